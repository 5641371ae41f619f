//! Rounds of the library where a command takes files.

use crate::bench::Bench;
use crate::program::{sandtable, text};
use crate::support::{self, fixture};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The number by which a stored round is asked for.
fn at(bench: &Bench, file: &Path) -> String {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let mut entries = bench.catalogue().into_iter();
    let entry = entries.find(|entry| entry.file_name == name).unwrap();
    format!("@{}", entry.id.0)
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// For every stored fixture at once.
#[test]
fn the_export_of_the_library_is_the_export_of_the_files() {
    let bench = Bench::new("same-export");
    bench.import(&[&support::root().join("fixtures")]);
    let stored: Vec<String> = bench
        .catalogue()
        .into_iter()
        .map(|entry| entry.file_name)
        .collect();
    let mut files: Vec<String> = Vec::new();
    for path in support::rounds() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if stored.contains(&name) {
            files.push(text(path));
        }
    }
    assert_eq!(files.len(), stored.len());
    let (ours, theirs) = (bench.folder.join("ours"), bench.folder.join("theirs"));
    let said = sandtable(&bench.library, &["export", "@all", "--out", &text(&ours)]);
    let theirs_text = text(&theirs);
    let mut args = vec!["export", "--out", &theirs_text];
    args.extend(files.iter().map(String::as_str));
    let of_files = sandtable(&bench.library, &args);
    // Some fixtures are cut, which is an error in them.
    assert_eq!((said.code, of_files.code), (1, 1), "{}", said.err);
    let (ours, theirs) = (contents(&ours), contents(&theirs));
    assert_eq!(ours.len(), stored.len());
    assert_eq!(
        ours.keys().collect::<Vec<_>>(),
        theirs.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &ours {
        assert!(*bytes == theirs[name], "{name} differs");
    }
}

#[test]
fn every_command_takes_a_stored_round_as_its_file() {
    let bench = Bench::new("same-commands");
    bench.import(&[
        &support::root().join("fixtures/sandpit"),
        &support::root().join("fixtures/4.2"),
    ]);
    for part in ["sandpit/2026-11-19-201935", "4.2/2026-02-14-202500"] {
        let file = fixture(part);
        let id = at(&bench, &file);
        let file = text(file);
        for args in [
            &["export"][..],
            &["export", "--format", "csv", "--section", "PLAYER_TRACKS"],
            &["stats"],
            &["stats", "--json"],
            &["inspect"],
            &["inspect", "--json"],
        ] {
            let with = |what: &str| {
                let args: Vec<&str> = args.iter().copied().chain([what]).collect();
                sandtable(&bench.library, &args)
            };
            let (ours, theirs) = (with(&id), with(&file));
            assert_eq!(ours.code, theirs.code, "{args:?} {part}: {}", ours.err);
            assert!(ours.out == theirs.out, "{args:?} {part}");
            assert!(!ours.out.is_empty());
        }
    }
    let draw = |what: &str, name: &str| {
        let out = text(bench.folder.join(name));
        let said = sandtable(
            &bench.library,
            &[
                "render", what, "--at", "1:05", "--size", "320x180", "--out", &out,
            ],
        );
        assert_eq!(said.code, 0, "{}", said.err);
        std::fs::read(out).unwrap()
    };
    let newest = text(fixture("sandpit/2026-11-19-212637"));
    assert!(draw("@last", "a.png") == draw(&newest, "b.png"));
}

#[test]
fn an_evening_is_a_list_and_the_last_round_is_not() {
    let bench = Bench::new("sets");
    bench.import(&[
        &support::root().join("fixtures/sandpit"),
        &fixture("4.0/2026-01-20-201300"),
    ]);
    let names = |what: &str| -> Vec<String> {
        let said = sandtable(&bench.library, &["inspect", "--json", what]);
        assert_eq!(said.code, 0, "{}", said.err);
        let json = said.json();
        let list = json
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![json.clone()]);
        list.iter()
            .map(|round| round["file"]["name"].as_str().unwrap()[..17].to_owned())
            .collect()
    };
    let evening = [
        "2026-11-19-201935",
        "2026-11-19-212012",
        "2026-11-19-212637",
    ];
    assert_eq!(names("@2026-11-19"), evening);
    assert_eq!(names("@last"), evening[2..]);
    assert_eq!(
        names("@all"),
        [&["2026-01-20-201300"], &evening[..]].concat()
    );
    // An evening of one round is a list all the same.
    let one = sandtable(&bench.library, &["inspect", "--json", "@2026-01-20"]).json();
    assert_eq!(one.as_array().unwrap().len(), 1);
    let several = sandtable(&bench.library, &["stats", "--json", "@2026-11-19"]).json();
    assert_eq!(several["over_all"]["rounds"], 3);
}

#[test]
fn what_names_no_round_is_told() {
    let bench = Bench::new("no-round");
    let none = sandtable(&bench.library, &["export", "@last"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("there is no library yet"), "{}", none.err);
    drop(bench.open());
    let empty = sandtable(&bench.library, &["stats", "@last"]);
    assert_eq!(empty.code, 2);
    assert!(empty.err.contains("holds no rounds"), "{}", empty.err);
    bench.import(&[&support::root().join("fixtures/sandpit")]);
    for (what, why) in [
        ("@4711", "there is no such round"),
        ("@2026-11-20", "its last evening is 2026-11-19"),
        ("@yesterday", "a file of that name is ./@yesterday"),
    ] {
        for command in ["stats", "export", "inspect"] {
            let said = sandtable(&bench.library, &[command, what]);
            assert_eq!(said.code, 2, "{command} {what}");
            assert!(said.err.contains(why), "{}", said.err);
        }
    }
    let out = text(bench.folder.join("x.png"));
    let many = sandtable(&bench.library, &["render", "@2026-11-19", "--out", &out]);
    assert_eq!(many.code, 2);
    assert!(many.err.contains("names 3 rounds"), "{}", many.err);
    // What can be had is given all the same.
    let both = sandtable(&bench.library, &["inspect", "--json", "@4711", "@last"]);
    assert_eq!(both.code, 2);
    assert_eq!(both.json().as_array().unwrap().len(), 1);
}

/// A file that is really called so is given with its folder.
#[test]
fn a_file_called_so_can_be_meant() {
    let bench = Bench::new("called-so");
    let plain = support::plain(&fixture("4.0/2026-01-20-201300"));
    let file: PathBuf = bench.write("@12", &plain);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sandtable"))
        .args(["inspect", "--json", "./@12"])
        .current_dir(file.parent().unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sandtable"))
        .args(["--library", "none.db", "inspect", "@12"])
        .current_dir(file.parent().unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("the file of that name is ./@12"), "{said}");
}
