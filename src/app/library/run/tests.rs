use super::super::sample::entry;
use super::*;
use crate::app::commands::CommandId;
use crate::app::library::{FileState, ImportFile};
use crate::jobs::load::load_demo;
use std::sync::mpsc::{Receiver, channel};

fn app() -> (App, Receiver<LibraryOrder>) {
    let (orders, inbox) = channel();
    let mut app = App::new(|| ());
    app.attach_library(orders);
    let entries = Arc::new((1..=20).map(entry).collect());
    app.take_library_event(LibraryEvent::Catalogue(entries));
    (app, inbox)
}

fn library(app: &mut App, action: LibraryAction) {
    app.apply(Action::Library(action));
}

#[test]
fn folders_and_several_files_are_imported_and_one_round_is_opened_too() {
    let (mut app, inbox) = app();
    let folder = vec![PathBuf::from("/srv/rounds")];
    library(&mut app, LibraryAction::Dropped(folder.clone()));
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::Import(folder)));
    assert_eq!(app.library.section, Section::Imports);
    assert!(app.loading().is_empty());
    let file = vec![PathBuf::from("/nowhere/a_engagements.txt.GZ")];
    library(&mut app, LibraryAction::Dropped(file.clone()));
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::Import(file.clone())));
    assert_eq!(app.loading(), [Source::Path(file[0].clone())]);
}

#[test]
fn without_a_library_what_is_dropped_is_opened() {
    let mut app = App::new(|| ());
    let paths = vec![PathBuf::from("/nowhere/a"), PathBuf::from("/nowhere/b")];
    library(&mut app, LibraryAction::Dropped(paths.clone()));
    assert_eq!(app.loading().len(), 2);
    let (mut app, inbox) = self::app();
    app.take_library_event(LibraryEvent::Unavailable("it is damaged".to_owned()));
    library(&mut app, LibraryAction::Dropped(paths));
    assert_eq!(app.loading().len(), 2);
    assert!(inbox.try_recv().is_err());
    library(&mut app, LibraryAction::RunSource(1));
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::RunSource(1)));
}

#[test]
fn a_few_rounds_are_opened_at_once_and_many_are_not() {
    let (mut app, _inbox) = app();
    let ids: Vec<RoundId> = (1..=9).map(RoundId).collect();
    library(&mut app, LibraryAction::Open(ids.clone()));
    assert!(app.loading().is_empty());
    assert!(
        app.notices.shown()[0]
            .text
            .contains("9 rounds are selected")
    );
    library(&mut app, LibraryAction::Open(ids[..8].to_vec()));
    let first = Source::Stored(RoundId(1), "supply R1".to_owned());
    assert_eq!((app.loading().len(), &app.loading()[0]), (8, &first));
    library(&mut app, LibraryAction::Open(ids[..1].to_vec()));
    assert_eq!(app.loading().len(), 8, "it is on its way already");
}

#[test]
fn a_round_that_is_open_is_shown_and_not_read_again() {
    let (mut app, _inbox) = app();
    let demo = load_demo();
    let hash = demo.round.provenance.content_hash.unwrap();
    app.add_round(demo);
    let key = app.shown().unwrap().key;
    let stored = Entry { hash, ..entry(7) };
    app.take_library_event(LibraryEvent::Catalogue(Arc::new(vec![stored])));
    app.show(None);
    library(&mut app, LibraryAction::Open(vec![RoundId(7)]));
    assert_eq!(app.shown().map(|open| open.key), Some(key));
    assert!(app.loading().is_empty());
}

#[test]
fn deleting_asks_first() {
    let (mut app, inbox) = app();
    app.library.is_visible = true;
    app.run(CommandId::DeleteRounds);
    assert_eq!(app.dialog, None, "nothing is selected");
    app.run(CommandId::SelectAllRounds);
    app.run(CommandId::DeleteRounds);
    assert_eq!(app.dialog, Some(Dialog::DeleteRounds));
    assert!(inbox.try_recv().is_err());
    library(&mut app, LibraryAction::Delete);
    let Ok(LibraryOrder::Delete(ids)) = inbox.try_recv() else {
        panic!("nothing was asked")
    };
    assert_eq!((ids.len(), app.dialog), (20, None));
    library(&mut app, LibraryAction::Delete);
    assert!(inbox.try_recv().is_err(), "only once");
}

#[test]
fn retrying_names_the_files_and_problems_are_shown_of_the_stored_round() {
    let (mut app, inbox) = app();
    let file = |id: u32, state| ImportFile {
        id,
        path: PathBuf::from(format!("/srv/{id}.txt")),
        bytes: 1,
        state,
    };
    let stored = FileState::Stored {
        problems: 2,
        replaced: None,
    };
    let failed = FileState::Failed("no access".to_owned());
    let found = ImportEvent::Found(vec![file(1, stored), file(2, failed)]);
    app.take_library_event(LibraryEvent::Import(found));
    library(&mut app, LibraryAction::RetryAll);
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::Retry(vec![2])));
    let mut catalogue = vec![entry(5)];
    catalogue[0].path = Some(PathBuf::from("/srv/1.txt"));
    app.take_library_event(LibraryEvent::Catalogue(Arc::new(catalogue)));
    library(&mut app, LibraryAction::ShowProblems(1));
    let source = Source::Stored(RoundId(5), "supply R1".to_owned());
    assert_eq!(app.loading(), std::slice::from_ref(&source));
    app.take_loaded(&source, Ok(Box::new(load_demo())));
    assert!(app.shows_problems);
}

#[test]
fn news_are_told() {
    let (mut app, _inbox) = app();
    app.take_library_event(LibraryEvent::Arrived(RoundId(3)));
    assert_eq!(app.loading().len(), 1);
    let stopped = ImportEvent::Stopped("the disk is full".to_owned());
    app.take_library_event(LibraryEvent::Import(stopped));
    app.take_library_event(LibraryEvent::Unavailable("no access".to_owned()));
    app.take_library_event(LibraryEvent::Available(Some("It was mended.".to_owned())));
    let texts: Vec<&str> = app
        .notices
        .shown()
        .iter()
        .map(|n| n.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "supply R1 has arrived in a watched folder and is opened.",
            "The import stopped: the disk is full",
            "It was mended."
        ]
    );
    assert_eq!(app.library.standing, Standing::Ready);
}

#[test]
fn a_round_without_a_path_cannot_be_revealed() {
    let (mut app, _inbox) = app();
    library(&mut app, LibraryAction::Reveal(RoundId(3)));
    assert!(app.notices.shown()[0].text.contains("not known"));
    let mut round = entry(3);
    round.path = Some(PathBuf::from("/srv/3.txt"));
    app.take_library_event(LibraryEvent::Catalogue(Arc::new(vec![round])));
    library(&mut app, LibraryAction::CopyPath(RoundId(3)));
    let copied = Effect::CopyText("/srv/3.txt".to_owned());
    assert_eq!(app.take_effects(), [copied]);
}
