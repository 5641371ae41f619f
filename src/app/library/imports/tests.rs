use super::*;
use std::path::PathBuf;

const MB: u64 = 1_000_000;

fn file(id: u32) -> ImportFile {
    ImportFile {
        id,
        path: PathBuf::from(format!("round {id}.txt")),
        bytes: MB,
        state: FileState::Waiting,
    }
}

fn stored(problems: u64) -> FileState {
    FileState::Stored {
        problems,
        replaced: None,
    }
}

fn running(files: u32) -> Imports {
    let mut imports = Imports::default();
    imports.take(ImportEvent::Found((0..files).map(file).collect()));
    imports
}

#[test]
fn totals_are_counted_from_the_states() {
    let mut imports = running(6);
    assert!(imports.is_running() && imports.waiting() == 6);
    imports.take(ImportEvent::Changed(vec![
        (0, stored(0)),
        (1, stored(3)),
        (2, FileState::DuplicateOf("twin.txt".to_owned())),
        (3, FileState::Failed("no access".to_owned())),
        (4, FileState::Reading),
    ]));
    let totals = *imports.totals();
    assert_eq!((totals.files, totals.done, totals.stored()), (6, 4, 2));
    assert_eq!(totals.of(Outcome::WithProblems), 1);
    assert_eq!((totals.bytes_done, totals.bytes), (4 * MB, 6 * MB));
    assert_eq!((imports.waiting(), imports.left()), (1, 2));
    assert_eq!(
        imports.listed(),
        [4, 3, 2, 1, 0],
        "what is read first, then the last finished"
    );
    imports.only = Some(Outcome::WithProblems);
    assert_eq!(imports.listed(), [1]);
}

#[test]
fn a_file_that_is_tried_again_is_counted_once() {
    let mut imports = running(2);
    imports.take(ImportEvent::Changed(vec![
        (0, FileState::Failed("no access".to_owned())),
        (1, FileState::Cancelled),
    ]));
    imports.take(ImportEvent::Done);
    assert_eq!(imports.to_retry(), [0, 1]);
    assert!(!imports.is_running());
    imports.take(ImportEvent::Changed(vec![(0, FileState::Waiting)]));
    assert!(imports.is_running());
    assert_eq!(imports.totals().of(Outcome::Failed), 0);
    imports.take(ImportEvent::Changed(vec![(0, stored(0))]));
    assert_eq!(imports.totals().stored(), 1);
    assert_eq!(imports.listed(), [0, 1]);
    imports.take(ImportEvent::Found(vec![file(1)]));
    assert_eq!(imports.totals().files, 2, "the same file, found again");
}

#[test]
fn speed_and_remaining_time_follow_the_last_seconds() {
    let mut imports = running(100);
    imports.advance(0.5);
    assert_eq!(imports.speed(), None, "too early to tell");
    // Four files a second.
    for nth in 0..40_u32 {
        imports.take(ImportEvent::Changed(vec![(nth, stored(0))]));
        imports.advance(0.25);
    }
    let speed = imports.speed().unwrap();
    assert!((speed.files_per_s - 4.0).abs() < 1e-9, "{speed:?}");
    assert!((speed.bytes_per_s - 4.0 * MB as f64).abs() < 1e-3);
    assert!((speed.remaining_s - 15.0).abs() < 1e-9);
    imports.take(ImportEvent::Done);
    assert_eq!(imports.speed(), None);
}

#[test]
fn cancelling_lasts_until_the_library_has_stopped() {
    let mut imports = running(1);
    imports.cancelling();
    assert!(imports.is_cancelling());
    imports.take(ImportEvent::Changed(vec![(0, FileState::Cancelled)]));
    imports.take(ImportEvent::Done);
    assert!(!imports.is_cancelling() && imports.stopped().is_none());
    imports.cancelling();
    assert!(!imports.is_cancelling(), "nothing runs");
    imports.take(ImportEvent::Stopped("the disk is full".to_owned()));
    assert_eq!(imports.stopped(), Some("the disk is full"));
    assert!(!imports.is_empty());
}

#[test]
fn clearing_leaves_what_is_not_done() {
    let mut imports = running(3);
    imports.take(ImportEvent::Changed(vec![
        (0, stored(0)),
        (1, FileState::Reading),
    ]));
    imports.only = Some(Outcome::Stored);
    imports.clear_finished();
    assert_eq!((imports.totals().files, imports.totals().done), (2, 0));
    assert_eq!(imports.listed(), [1]);
    imports.take(ImportEvent::Changed(vec![(0, stored(0)), (1, stored(0))]));
    assert_eq!((imports.totals().files, imports.totals().done), (2, 1));
    assert_eq!(imports.listed(), [1]);
    assert!((imports.totals().share() - 0.5).abs() < 1e-6);
}
