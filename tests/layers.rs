//! Who may know whom. Reads the source: an arrow that is not in this table is a failure.

use std::path::{Path, PathBuf};

/// A module, the modules it may use, and words it must not contain.
struct Layer {
    name: &'static str,
    may_use: &'static [&'static str],
    must_not_say: &'static [&'static str],
}

const DRAWING: &[&str] = &["egui", "eframe"];

const LAYERS: &[Layer] = &[
    // The text of a file, not what the game means by it.
    Layer {
        name: "format",
        may_use: &[],
        must_not_say: &["egui", "rusqlite", "std::thread", "std::fs"],
    },
    Layer {
        name: "model",
        may_use: &["format"],
        must_not_say: &["egui", "rusqlite", "std::fs", "std::thread"],
    },
    Layer {
        name: "maps",
        may_use: &["model"],
        must_not_say: &["egui", "rusqlite", "std::fs", "std::thread"],
    },
    // Pure functions: no input or output, no clock.
    Layer {
        name: "analysis",
        may_use: &["model", "maps"],
        must_not_say: &[
            "egui",
            "rusqlite",
            "std::fs",
            "std::io",
            "std::time",
            "std::env",
            "std::thread",
        ],
    },
    // Made-up rounds: the same for the same parameters, so no clock either.
    Layer {
        name: "sample",
        may_use: &["format", "model", "maps"],
        must_not_say: &[
            "egui",
            "rusqlite",
            "std::fs",
            "std::time",
            "std::env",
            "std::thread",
        ],
    },
    Layer {
        name: "render",
        may_use: &[],
        must_not_say: &["rusqlite", "std::fs", "std::thread"],
    },
    Layer {
        name: "library",
        may_use: &["format", "model", "analysis"],
        must_not_say: &["egui", "eframe", "thread::spawn", "thread::Builder"],
    },
    Layer {
        name: "sync",
        may_use: &["library", "model"],
        must_not_say: DRAWING,
    },
    Layer {
        name: "jobs",
        may_use: &["format", "model", "maps", "analysis", "library", "sync"],
        must_not_say: DRAWING,
    },
    Layer {
        name: "app",
        may_use: &[
            "format", "model", "maps", "analysis", "library", "sync", "jobs",
        ],
        must_not_say: &["Painter", "rusqlite", "std::fs"],
    },
    Layer {
        name: "ui",
        may_use: &["app", "model", "analysis", "maps"],
        must_not_say: &["rusqlite", "std::fs", "std::thread", "File::open"],
    },
];

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)
        .expect("a source folder")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            files.push(path);
        }
    }
    files
}

/// The code without comments and without its tests: both may mention anything.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a source file");
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// Modules named behind `crate::`.
fn used_modules(code: &str) -> Vec<&str> {
    let behind = code.split("crate::").skip(1);
    behind
        .map(|rest| {
            rest.split(|c: char| !c.is_ascii_lowercase() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .collect()
}

#[test]
fn arrows_point_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for layer in LAYERS {
        let files = source_files(&source.join(layer.name));
        assert!(!files.is_empty(), "layer {} is there", layer.name);
        for file in files {
            let code = code(&file);
            for module in used_modules(&code) {
                if module != layer.name && !layer.may_use.contains(&module) {
                    faults.push(format!("{}: {} uses {module}", file.display(), layer.name));
                }
            }
            for word in layer.must_not_say {
                if code.contains(word) {
                    faults.push(format!("{}: {} says {word}", file.display(), layer.name));
                }
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_wrong_arrow_would_be_found() {
    assert_eq!(
        used_modules("use crate::ui::theme;\nlet x = crate::app::Y;"),
        ["ui", "app"]
    );
}
