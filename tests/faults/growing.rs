//! Files that are written while they are imported.

use crate::bench::Bench;
use crate::dump::{assert_same, assert_whole, dump};
use crate::sources::states;
use crate::support;
use sandtable::jobs::import::report::FileState;
use std::io::Write;
use std::time::Duration;

#[test]
fn a_file_that_grows_is_stored_once_and_whole() {
    let whole = support::plain(&support::fixture("4.1/2026-01-28"));
    let bench = Bench::new("growing");
    let path = bench
        .folder
        .join("2026-01-28-203300-te_escape2-round-1_engagements.txt");
    let mut file = std::fs::File::create(&path).unwrap();
    let pieces: Vec<&[u8]> = whole.chunks(whole.len() / 4 + 1).collect();
    file.write_all(pieces[0]).unwrap();
    let states = std::thread::scope(|scope| {
        scope.spawn(|| {
            for piece in &pieces[1..] {
                std::thread::sleep(Duration::from_millis(900));
                file.write_all(piece).unwrap();
            }
        });
        states(&bench, std::slice::from_ref(&path)).0
    });
    assert!(
        matches!(states[..], [FileState::Stored { replaced: None, .. }]),
        "{states:?}"
    );
    let grown = dump(&bench.library);
    std::fs::remove_file(&bench.library).unwrap();
    crate::bench::settled(&path);
    bench.import(&[&path]);
    let mut at_once = dump(&bench.library);
    // Only the time of the file is another.
    at_once.insert("file".to_owned(), grown["file"].clone());
    assert_same(&grown, &at_once, "grown");
    assert!(!bench.catalogue()[0].is_cut);
}

/// A file that was cut for good is waited for, and then stored with what is in it.
#[test]
fn a_file_that_stays_cut_is_stored_with_its_problems() {
    let whole = support::plain(&support::fixture("4.1/2026-01-28"));
    let bench = Bench::new("cut");
    let path = bench
        .folder
        .join("2026-01-28-203300-te_escape2-round-1_engagements.txt");
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let (states, _) = states(&bench, std::slice::from_ref(&path));
    assert!(
        matches!(states[..], [FileState::Stored { problems: 1.., .. }]),
        "{states:?}"
    );
    assert_eq!(assert_whole(&bench.library, "cut"), 1);
    assert!(bench.catalogue()[0].is_cut);
}
