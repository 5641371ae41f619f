//! An import that is cancelled, and files that are tried again.

use crate::bench::{Bench, settled};
use crate::dump::{assert_same, assert_whole, dump};
use crate::sources::{import_with, states};
use crate::{corpus, support};
use sandtable::jobs::import::report::{FileState, ImportEvent};
use sandtable::jobs::import::{Importer, Options, Origin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

#[test]
fn what_was_cancelled_is_imported_the_next_time() {
    let bench = Bench::new("whole");
    let paths = corpus::write(&bench);
    states(&bench, &paths);
    let expected = dump(&bench.library);
    let mut stored_then = Vec::new();
    for after in [1, 5, 12] {
        let bench = Bench::new("cancelled");
        let (is_cancelled, mut stored) = (AtomicBool::new(false), 0);
        let done = import_with(&bench, &paths, &is_cancelled, |event| {
            if let ImportEvent::Changed(changed) = event {
                stored += changed
                    .iter()
                    .filter(|(_, state)| matches!(state, FileState::Stored { .. }))
                    .count();
            }
            is_cancelled.store(stored >= after, Ordering::Relaxed);
        });
        let (files, _) = done.unwrap();
        assert!(files.iter().all(|file| file.state.is_final()));
        let cancelled = files
            .iter()
            .filter(|file| file.state == FileState::Cancelled)
            .count();
        stored_then.push((assert_whole(&bench.library, "cancelled"), cancelled));
        states(&bench, &paths);
        assert_same(
            &dump(&bench.library),
            &expected,
            "cancelled and imported again",
        );
    }
    println!("rounds stored and files left at each cancel: {stored_then:?}");
    assert!(
        stored_then.iter().any(|(_, cancelled)| *cancelled > 0),
        "{stored_then:?}"
    );
}

/// Drives an importer until it has nothing left to do.
fn run(
    importer: &mut Importer,
    inbox: &std::sync::mpsc::Receiver<sandtable::jobs::import::Message>,
) {
    while !importer.is_idle() {
        match inbox.recv_timeout(Duration::from_millis(50)) {
            Ok(message) => importer.handle(message).unwrap(),
            Err(_) => importer.look_again(),
        }
    }
}

#[test]
fn files_that_failed_or_were_cancelled_are_tried_again() {
    let bench = Bench::new("retry");
    let path = bench.folder.join("a_engagements.txt.gz");
    let (sender, inbox) = channel();
    let answer = move |message| drop(sender.send(message));
    let mut importer = Importer::new(bench.open(), Options::default(), answer).unwrap();
    // It is there when it is found, and gone when it is read.
    bench.copy(
        &support::fixture("6.11/2026-08-23-201300"),
        "a_engagements.txt.gz",
    );
    importer.begin(vec![path.clone()], Origin::Named).unwrap();
    let found = inbox.recv().unwrap();
    std::fs::remove_file(&path).unwrap();
    importer.handle(found).unwrap();
    run(&mut importer, &inbox);
    let state = importer.file(0).unwrap().2.clone();
    assert!(
        matches!(&state, FileState::Failed(why) if why.contains("it is not there (any more)")),
        "{state:?}"
    );
    // Tried again while it is still missing, it fails again.
    importer.retry(&[0, 7]);
    run(&mut importer, &inbox);
    assert_eq!(importer.file(0).unwrap().2, &state);
    bench.copy(
        &support::fixture("6.11/2026-08-23-201300"),
        "a_engagements.txt.gz",
    );
    settled(&path);
    importer.retry(&[0]);
    // Twice at once is once.
    importer.retry(&[0]);
    importer.cancel();
    assert_eq!(importer.file(0).unwrap().2, &FileState::Cancelled);
    importer.retry(&[0]);
    run(&mut importer, &inbox);
    assert!(
        matches!(importer.file(0).unwrap().2, FileState::Stored { .. }),
        "{:?}",
        importer.file(0)
    );
    importer.retry(&[0]);
    assert!(importer.is_idle(), "what is stored is not tried again");
    drop(importer);
    assert_eq!(assert_whole(&bench.library, "tried again"), 1);
}
