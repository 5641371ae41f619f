//! What several tests need: the fixtures, and reading them.
#![allow(dead_code, reason = "every test uses its own part of this")]

pub(crate) mod software;

use sandtable::format::{self, Document, container};
use sandtable::model::{Provenance, Round};
use std::path::{Path, PathBuf};

/// The project's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder of the project, sorted.
pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)
            .expect("a folder of the project")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every fixture that is a readable round.
pub(crate) fn rounds() -> Vec<PathBuf> {
    let is_round = |path: &PathBuf| {
        let path = path.to_string_lossy().replace('\\', "/");
        let named = path.ends_with("_engagements.txt") || path.ends_with("_engagements.txt.gz");
        named
            && !path.contains("/v1/")
            && !path.ends_with("235958-te_escape2-round-3_engagements.txt")
    };
    files("fixtures").into_iter().filter(is_round).collect()
}

/// One fixture by a part of its path.
pub(crate) fn fixture(part: &str) -> PathBuf {
    let mut found = rounds()
        .into_iter()
        .filter(|path| path.to_string_lossy().replace('\\', "/").contains(part));
    found
        .next()
        .unwrap_or_else(|| panic!("no fixture with {part} in its path"))
}

/// The unpacked bytes of a file.
pub(crate) fn plain(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    container::unpack(&bytes)
        .expect("packed or plain")
        .bytes
        .into_owned()
}

/// A file, read.
pub(crate) fn document(path: &Path) -> Document {
    format::read(&plain(path)).unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()))
}

/// A file as a round.
pub(crate) fn round(path: &Path) -> Round {
    let name = path
        .file_name()
        .expect("a file")
        .to_string_lossy()
        .into_owned();
    let provenance = Provenance {
        file_name: name,
        ..Provenance::default()
    };
    Round::build(document(path), provenance)
}
