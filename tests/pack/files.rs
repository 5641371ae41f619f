//! Documents of files: the fixtures, files that are broken at random, and those of a folder that a person names.

use crate::{Dice, assert_comes_back, packed, support};
use sandtable::format::{self, Document, write};
use sandtable::library::pack::decode_image;
use sandtable::model::{Provenance, Round};
use std::path::PathBuf;

#[test]
fn every_fixture_comes_back() {
    let rounds = support::rounds();
    assert!(rounds.len() > 15);
    for path in rounds {
        assert_comes_back(&support::document(&path), &path.to_string_lossy());
    }
}

#[test]
fn the_demo_comes_back() {
    for path in support::files("assets/demo") {
        assert_comes_back(&support::document(&path), &path.to_string_lossy());
    }
}

/// Real files that are no part of the project: `SANDTABLE_PACK_FILES` names their folder.
#[test]
fn the_files_of_a_named_folder_come_back() {
    let Some(folder) = std::env::var_os("SANDTABLE_PACK_FILES") else {
        return;
    };
    let mut folders = vec![PathBuf::from(folder)];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains("_engagements.txt")
                && let Ok(document) = format::read(&support::plain(&path))
            {
                assert_comes_back(&document, &path.to_string_lossy());
                read += 1;
            }
        }
    }
    assert!(read > 0, "no round file in the folder");
}

/// What is made of the document afterwards is the same, too.
#[test]
fn text_and_round_are_the_same() {
    let document = support::document(&support::fixture("6.11/2026-08-25-204230"));
    let (image, paths) = packed(&document);
    let back = decode_image(&image, &paths).expect("a document");
    assert_eq!(write::to_bytes(&back), write::to_bytes(&document));
    let build = |document: Document| Round::build(document, Provenance::default());
    let (round, expected) = (build(back), build(document));
    assert_eq!(format!("{round:?}"), format!("{expected:?}"));
}

/// Files with rows, numbers and headings that no tracker writes.
#[test]
fn broken_files_come_back() {
    let texts = [
        support::plain(&support::fixture("torture/2026-08-25-235956")),
        support::plain(&support::fixture("3.0/")),
        support::plain(&support::fixture("6.11/2026-08-25-204230")),
    ];
    let mut dice = Dice(3);
    let pieces: [&[u8]; 20] = [
        b";",
        b"|",
        b",",
        b"\n",
        b"nan",
        b"-0.0",
        b"8.0",
        b"-",
        b"1e30",
        b"\xff",
        b"# NEW\n",
        b"# PLAYER_TRACKS\n",
        b"0.25",
        b"9007199254740992",
        b"",
        b"# round=x\n",
        b":",
        b"inf",
        b"# SHOT_FIRED\n",
        b"death",
    ];
    let (mut problems, mut tolerant) = (0, 0);
    for nth in 0..120 {
        // The largest only now and then.
        let text = &texts[if nth % 20 == 0 { 2 } else { nth % 2 }];
        let mut text = text.clone();
        for _ in 0..=dice.below(40) {
            let at = dice.below(text.len());
            let end = (at + dice.below(6)).min(text.len());
            let piece = pieces[dice.below(pieces.len())];
            text.splice(at..end, piece.iter().copied());
        }
        text.truncate(text.len() - dice.below(text.len() / 4));
        let Ok(document) = format::read(&text) else {
            continue;
        };
        problems += document.problems.total();
        tolerant += document.tracks.lenient.len() + document.engagements.table.lenient.len();
        assert_comes_back(&document, &format!("broken file {nth}"));
    }
    assert!(problems > 500 && tolerant > 20, "{problems} {tolerant}");
}

#[test]
fn more_problems_than_are_kept_are_counted() {
    let mut text = String::from("# PROXIMITY_TRACKER_V6\n# map=x\n# KILL_HEATMAP\n");
    for nth in 0..6000 {
        text.push_str(if nth % 2 == 0 { "1;2;x;4\n" } else { "1;2\n" });
    }
    let document = format::read(text.as_bytes()).expect("a round file");
    assert!(document.problems.total() > 6000);
    assert_eq!(document.problems.kept().len(), 5000);
    assert_comes_back(&document, "many problems");
}

#[test]
fn a_document_without_anything_comes_back() {
    let document = format::read(b"# PROXIMITY_TRACKER_V6\n").expect("a round file");
    assert_comes_back(&document, "empty");
    let (image, paths) = packed(&document);
    assert!(paths.is_empty());
    assert!(image.len() < 400, "{}", image.len());
}
