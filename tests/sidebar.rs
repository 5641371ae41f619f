//! The sidebar, driven as a person would: by what things are called, with made-up news from the library.

mod support;

#[path = "support/shelf.rs"]
mod shelf;

use eframe::egui::accesskit::Role;
use eframe::egui::{DroppedFile, Key, Modifiers, Pos2, Rect};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotResults};
use sandtable::app::Source;
use sandtable::app::action::{Action, Dialog};
use sandtable::app::commands::CommandId;
use sandtable::app::library::Section;
use sandtable::jobs::import::report::{FileState, ImportEvent, ImportFile};
use sandtable::jobs::library::{LibraryEvent, LibraryOrder};
use sandtable::jobs::load::load_demo;
use sandtable::library::RoundId;
use sandtable::library::catalogue::Entry;
use sandtable::sync::{SourceStatus, SourceView, WatchedFolder};
use sandtable::ui::Desk;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use support::software::SoftwareTestRenderer;

type Window = Harness<'static, Desk>;

/// Seconds since 1970 in every test: 23 August 2026, 23:00 UTC.
const NOW: i64 = 1_787_526_000;

fn window(width: f32, height: f32) -> (Window, Receiver<LibraryOrder>) {
    window_at(width, height, 0.25)
}

/// A window whose frames are `step_s` seconds apart.
fn window_at(width: f32, height: f32, step_s: f32) -> (Window, Receiver<LibraryOrder>) {
    let (orders, inbox) = channel();
    let mut desk = Desk::new(|| ());
    desk.now_unix = || NOW;
    desk.app.attach_library(orders);
    let h = Harness::builder()
        .with_size([width, height])
        .with_step_dt(step_s)
        .renderer(SoftwareTestRenderer::default())
        .allow_missing_glyphs()
        .build_ui_state(|ui, desk: &mut Desk| desk.ui(ui), desk);
    (h, inbox)
}

fn tell(h: &mut Window, event: LibraryEvent) {
    h.state_mut().app.take_library_event(event);
    h.run();
}

fn window_with(entries: Vec<Entry>) -> (Window, Receiver<LibraryOrder>) {
    let (mut h, inbox) = window(1280.0, 800.0);
    tell(&mut h, LibraryEvent::Catalogue(Arc::new(entries)));
    (h, inbox)
}

fn selected(h: &Window) -> Vec<i64> {
    let shelf = &h.state().app.library.shelf;
    shelf.selected().iter().map(|id| id.0).collect()
}

fn click(h: &mut Window, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

fn click_with(h: &mut Window, modifiers: Modifiers, label: &str) {
    h.get_by_label(label).click_modifiers(modifiers);
    h.run();
}

fn row(h: &Window, id: i64) -> String {
    let entry = h.state().app.library.shelf.entry(RoundId(id)).unwrap();
    let (date, time) = (&entry.date, &entry.local_time);
    format!(
        "{} R{} {} {}",
        entry.map,
        entry.number,
        date.as_ref().unwrap(),
        time.as_ref().unwrap()
    )
}

#[test]
fn what_is_searched_is_listed_and_opened_with_enter() {
    let (mut h, _inbox) = window_with(shelf::library(300));
    h.key_press_modifiers(Modifiers::COMMAND, Key::F);
    h.run();
    let field = h.get_by_role_and_label(Role::TextInput, "Search library");
    assert!(field.is_focused());
    field.type_text("goldrush coral r2");
    h.run();
    let shelf = &h.state().app.library.shelf;
    assert_eq!(shelf.query(), "goldrush coral r2");
    let listed: Vec<RoundId> = shelf
        .lines()
        .iter()
        .flat_map(|line| shelf.rounds_of(line).map(|entry| entry.id))
        .collect();
    assert!(!listed.is_empty() && listed.len() < 300);
    for id in listed {
        let entry = shelf.entry(id).unwrap();
        assert_eq!((entry.map.as_str(), entry.number), ("sw_goldrush_te", 2));
        assert!(entry.players.iter().any(|name| name == "salt_coral"));
    }
    // Down leads to the list, on to the first round, and Enter opens it.
    h.key_press(Key::ArrowDown);
    h.run();
    for _ in 0..2 {
        h.key_press(Key::ArrowDown);
        h.run();
    }
    let picked = selected(&h);
    assert_eq!(picked.len(), 1);
    h.key_press(Key::Enter);
    h.run_steps(2);
    assert!(was_asked(&h, "sw_goldrush_te R2"));
}

/// Whether a stored round was asked for: it is waited for, or was refused already, as there is nobody here to read it.
fn was_asked(h: &Window, name: &str) -> bool {
    let app = &h.state().app;
    let waits = |source: &Source| matches!(source, Source::Stored(_, it) if it == name);
    let mut notices = app.notices.shown().iter();
    app.loading().iter().any(waits) || notices.any(|notice| notice.text.contains(name))
}

fn double_click(h: &mut Window, label: &str) {
    h.get_by_label(label).click();
    h.get_by_label(label).click();
    h.run_steps(3);
}

#[test]
fn a_double_click_opens_a_round_and_a_match() {
    let (mut h, _inbox) = window_at(1280.0, 800.0, 0.02);
    tell(&mut h, LibraryEvent::Catalogue(Arc::new(shelf::library(6))));
    let label = row(&h, 6);
    double_click(&mut h, &label);
    assert!(was_asked(&h, "etl_adlernest R2") && !was_asked(&h, "etl_adlernest R1"));
    h.run_steps(20);
    double_click(&mut h, "frostbite, R1 + R2");
    assert!(was_asked(&h, "frostbite R1") && was_asked(&h, "frostbite R2"));
}

#[test]
fn filters_are_set_in_the_panel_and_taken_away_by_their_chips() {
    let (mut h, _inbox) = window_with(shelf::library(60));
    click(&mut h, "Filters");
    click(&mut h, "Filter: Map");
    h.get_by_role_and_label(Role::ListBoxOption, "supply")
        .click();
    h.run();
    let listed = h.state().app.library.shelf.listed();
    assert!(listed > 0 && listed < 60);
    click(&mut h, "problems");
    assert!(h.state().app.library.shelf.listed() < listed);
    click(&mut h, "Remove filter problems");
    assert_eq!(h.state().app.library.shelf.listed(), listed);
    h.get_by_label("Until date").focus();
    h.run();
    h.get_by_label("Until date").type_text("2026-08-1");
    h.run();
    assert_eq!(
        h.state().app.library.shelf.filters().until,
        None,
        "not a date yet"
    );
    h.get_by_label("Until date").type_text("0");
    h.run();
    let until = h.state().app.library.shelf.filters().until.clone();
    assert_eq!(until.as_deref(), Some("2026-08-10"));
    click(&mut h, "Last evening");
    let from = h.state().app.library.shelf.filters().from.clone();
    assert_eq!(from.as_deref(), Some("2026-08-23"));
    click(&mut h, "Show all");
    assert_eq!(h.state().app.library.shelf.listed(), 60);
}

#[test]
fn several_rounds_are_selected_and_deleting_asks_first() {
    let (mut h, inbox) = window_with(shelf::library(12));
    let (first, second, third) = (row(&h, 6), row(&h, 5), row(&h, 2));
    click(&mut h, &first);
    click_with(&mut h, Modifiers::COMMAND, &third);
    let mut ids = selected(&h);
    ids.sort_unstable();
    assert_eq!(ids, [2, 6]);
    click(&mut h, &second);
    click_with(&mut h, Modifiers::SHIFT, &first);
    let mut ids = selected(&h);
    ids.sort_unstable();
    assert_eq!(ids, [5, 6]);
    h.get_by_label("2 rounds selected");
    h.key_press(Key::Delete);
    h.run();
    h.get_by_label("Delete 2 rounds from the library?");
    assert!(inbox.try_recv().is_err());
    click(&mut h, "Cancel");
    assert_eq!(h.state().app.dialog, None);
    click(&mut h, "Delete…");
    click(&mut h, "Delete from library");
    let Ok(LibraryOrder::Delete(ids)) = inbox.try_recv() else {
        panic!("nothing was asked")
    };
    assert_eq!(ids.len(), 2);
}

#[test]
fn too_many_rounds_are_not_opened() {
    let (mut h, _inbox) = window_with(shelf::library(30));
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    assert_eq!(selected(&h).len(), 30);
    click(&mut h, "Open");
    assert!(h.state().app.loading().is_empty());
    h.get_by_label_contains("30 rounds are selected");
    click(&mut h, "Clear selection");
    assert!(selected(&h).is_empty());
}

#[test]
fn the_list_is_walked_with_the_keyboard() {
    let (mut h, _inbox) = window_with(shelf::library(10_000));
    let label = row(&h, 2);
    click(&mut h, &label);
    let at = |h: &Window| h.state().app.library.shelf.cursor().unwrap();
    let start = at(&h);
    h.key_press(Key::ArrowDown);
    h.run();
    assert_eq!(at(&h), start + 1);
    // Keys that are shortcuts elsewhere belong to the list.
    h.key_press(Key::End);
    h.run();
    let last = h.state().app.library.shelf.lines().len() - 1;
    assert_eq!(at(&h), last);
    let bottom = row(&h, selected(&h)[0]);
    let room = Rect::from_min_size(Pos2::ZERO, [1280.0, 800.0].into());
    assert!(
        room.contains_rect(h.get_by_label(&bottom).rect()),
        "it is in view"
    );
    h.key_press(Key::Home);
    h.run();
    assert_eq!(at(&h), 0);
    let lines = |h: &Window| h.state().app.library.shelf.lines().len();
    h.key_press(Key::ArrowLeft);
    h.run();
    let folded = lines(&h);
    assert!(folded < last + 1);
    h.key_press(Key::ArrowRight);
    h.run();
    assert_eq!(lines(&h), last + 1);
    h.key_press(Key::Escape);
    h.run();
    assert!(selected(&h).is_empty());
    h.key_press(Key::ArrowDown);
    h.run();
    let picked = selected(&h).len();
    assert!(picked > 0);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Space);
    h.run();
    assert!(selected(&h).is_empty(), "taken away again");
    // With nothing selected Esc leaves the list, and keys are shortcuts again.
    h.key_press(Key::Escape);
    h.run();
    let before = h.state().app.library.shelf.cursor();
    h.key_press(Key::Home);
    h.run();
    assert_eq!(h.state().app.library.shelf.cursor(), before);
}

#[test]
fn an_evening_folds_at_its_arrowhead() {
    let (mut h, _inbox) = window_with(shelf::library(12));
    let all = h.state().app.library.shelf.lines().len();
    click(&mut h, "Fold Sun 23 Aug 2026, 6 rounds");
    assert!(h.state().app.library.shelf.lines().len() < all);
    click(&mut h, "Unfold Sun 23 Aug 2026, 6 rounds");
    assert_eq!(h.state().app.library.shelf.lines().len(), all);
    click(&mut h, "Sun 23 Aug 2026, 6 rounds");
    assert_eq!(selected(&h).len(), 6, "a click on it selects its rounds");
}

/// A file or folder that is dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads it here".to_owned())
    }
}

fn drop_on(h: &mut Window, paths: &[&str]) {
    for path in paths {
        let file = Dropped(PathBuf::from(path));
        h.input_mut().dropped_files.push(Arc::new(file));
    }
    h.run_steps(2);
}

#[test]
fn a_dropped_folder_is_imported_and_its_files_are_listed() {
    let (mut h, inbox) = window_with(Vec::new());
    drop_on(&mut h, &["/srv/rounds"]);
    let folder = vec![PathBuf::from("/srv/rounds")];
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::Import(folder)));
    assert_eq!(h.state().app.library.section, Section::Imports);
    assert!(h.state().app.loading().is_empty());
    drop_on(&mut h, &["/nowhere/a_engagements.txt", "/nowhere/b.zip"]);
    assert!(matches!(inbox.try_recv(), Ok(LibraryOrder::Import(paths)) if paths.len() == 2));
    drop_on(&mut h, &["/nowhere/a_engagements.txt"]);
    assert!(matches!(inbox.try_recv(), Ok(LibraryOrder::Import(paths)) if paths.len() == 1));
    let asked = h.state().app.loading().len() + h.state().app.notices.shown().len();
    assert_eq!(asked, 1, "one round is opened as well");
}

/// An import in full swing.
fn busy(h: &mut Window) {
    let file = |id: u32| ImportFile {
        id,
        path: PathBuf::from(format!(
            "/srv/games/et/proximity/2026-08-{:02}-2013{:02}-supply-round-{}_engagements.txt.gz",
            1 + id / 40,
            id % 40,
            1 + id % 2
        )),
        bytes: 950_000 + u64::from(id) * 100,
        state: FileState::Waiting,
    };
    tell(
        h,
        LibraryEvent::Import(ImportEvent::Found((0..500).map(file).collect())),
    );
    for step in 0..16_u32 {
        let state = |id: u32| match id {
            7 => FileState::Refused("it is a gamestats file, not a round".to_owned()),
            255 => FileState::Refused("it is empty".to_owned()),
            12 | 252 => FileState::Failed("Permission denied (os error 13)".to_owned()),
            254 => FileState::Stored {
                problems: 3,
                replaced: None,
            },
            id if id % 50 == 3 => FileState::DuplicateOf(
                "2026-08-01-201305-supply-round-1_engagements.txt".to_owned(),
            ),
            id if id % 60 == 9 => FileState::Stored {
                problems: 12,
                replaced: None,
            },
            id if id % 9 == 4 => FileState::Known,
            _ => FileState::Stored {
                problems: 0,
                replaced: None,
            },
        };
        let done = (step * 16..step * 16 + 16).map(|id| (id, state(id)));
        h.state_mut()
            .app
            .take_library_event(LibraryEvent::Import(ImportEvent::Changed(done.collect())));
        h.step();
    }
    let reading = vec![
        (256, FileState::Reading),
        (257, FileState::Reading),
        (258, FileState::Growing),
    ];
    tell(h, LibraryEvent::Import(ImportEvent::Changed(reading)));
}

#[test]
fn an_import_shows_what_became_of_each_file_and_can_be_cancelled() {
    let (mut h, inbox) = window_with(Vec::new());
    click(&mut h, "Imports");
    busy(&mut h);
    h.get_by_label("Imports, 244 left");
    h.get_by_label("256 of 500 files");
    h.get_by_label("50 percent imported");
    h.get_by_label_contains("rounds/s");
    h.get_by_label_contains("refused: it is empty");
    click(&mut h, "2 refused");
    h.get_by_label_contains("refused: it is a gamestats file");
    assert!(h.query_by_label_contains("Permission denied").is_none());
    click(&mut h, "2 refused");
    click(&mut h, "Cancel");
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::CancelImports));
    h.get_by_label("Stopping…");
    let rest = (256..500).map(|id| (id, FileState::Cancelled)).collect();
    tell(&mut h, LibraryEvent::Import(ImportEvent::Changed(rest)));
    tell(&mut h, LibraryEvent::Import(ImportEvent::Done));
    assert!(h.query_by_label("Cancel").is_none());
    h.get_by_label("Imports");
    click(&mut h, "Retry 246 files");
    assert!(matches!(inbox.try_recv(), Ok(LibraryOrder::Retry(files)) if files.len() == 246));
    click(&mut h, "2 failed");
    h.get_all_by_label("Retry").next().unwrap().click();
    h.run();
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::Retry(vec![252])));
    click(&mut h, "Clear finished");
    h.get_by_label("Nothing imported yet");
}

#[test]
fn problems_of_an_imported_file_are_a_click_away() {
    let entries = shelf::library(6);
    let path = entries[3].path.clone().unwrap();
    let (mut h, _inbox) = window_with(entries);
    let state = FileState::Stored {
        problems: 3,
        replaced: None,
    };
    let file = ImportFile {
        id: 9,
        path,
        bytes: 1_000_000,
        state,
    };
    tell(&mut h, LibraryEvent::Import(ImportEvent::Found(vec![file])));
    tell(&mut h, LibraryEvent::Import(ImportEvent::Done));
    click(&mut h, "Imports");
    h.get_by_label_contains("stored with 3 problems");
    h.get_by_label("Show problems").click();
    h.step();
    h.step();
    let name = h.state().app.library.shelf.entry(RoundId(4)).unwrap();
    let name = format!("{} R{}", name.map, name.number);
    assert!(was_asked(&h, &name));
}

fn source(id: i64, path: &str, status: SourceStatus) -> SourceView {
    let is_paused = status == SourceStatus::Paused;
    SourceView {
        folder: WatchedFolder {
            id,
            path: PathBuf::from(path),
            is_paused,
            opens_newest: id == 1,
            polls: id == 2,
        },
        status,
        last_scan_unix: Some(NOW - 130),
        next_scan_unix: (!is_paused).then_some(NOW + 170),
        new: 12,
        known: 1_204,
        failed: if id == 2 { 3 } else { 0 },
        remark: None,
    }
}

fn sources() -> Vec<SourceView> {
    let gone = SourceStatus::Unreachable("The share is not mounted".to_owned());
    vec![
        source(1, "/srv/games/et/proximity", SourceStatus::Watching),
        source(
            2,
            "/mnt/nas/clan/archive/season 14/rounds from all servers",
            gone,
        ),
        source(3, "/home/oskar/Downloads", SourceStatus::Paused),
    ]
}

#[test]
fn watched_folders_are_run_paused_switched_and_removed() {
    let (mut h, inbox) = window_with(shelf::library(3));
    click(&mut h, "Sync");
    h.get_by_label("No folder is watched");
    let views = sources();
    tell(&mut h, LibraryEvent::Sources(views[..1].to_vec()));
    h.get_by_label_contains("Scanned 2 min ago, next in 2 min");
    click(&mut h, "Scan now");
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::RunSource(1)));
    click(&mut h, "Pause");
    let mut folder = views[0].folder.clone();
    folder.is_paused = true;
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::ChangeSource(folder)));
    click(&mut h, "Network share");
    let mut folder = views[0].folder.clone();
    folder.polls = true;
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::ChangeSource(folder)));
    click(&mut h, "Remove");
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::RemoveSource(1)));
}

#[test]
fn without_a_file_chooser_the_folder_is_typed() {
    let (mut h, inbox) = window_with(Vec::new());
    h.state_mut().app.has_no_chooser = true;
    h.run();
    click(&mut h, "Sync");
    click(&mut h, CommandId::WatchFolder.command().title);
    h.get_by_role_and_label(
        Role::TextInput,
        "Path of a folder whose new round files are imported by themselves",
    )
    .type_text("/srv/rounds");
    h.run();
    click(&mut h, "Watch");
    let folder = PathBuf::from("/srv/rounds");
    assert_eq!(inbox.try_recv(), Ok(LibraryOrder::AddSource(folder)));
    assert_eq!(h.state().app.dialog, None::<Dialog>);
}

#[test]
fn without_a_library_it_says_why_and_files_open_as_before() {
    let (mut h, inbox) = window_with(shelf::library(3));
    let why = "It was written by a newer program (version 9).".to_owned();
    tell(&mut h, LibraryEvent::Unavailable(why));
    h.get_by_label("The library cannot be used");
    h.get_by_label_contains("written by a newer program");
    let file = support::fixture("6.11");
    drop_on(&mut h, &[file.to_str().unwrap()]);
    assert!(inbox.try_recv().is_err());
    let app = &h.state().app;
    assert_eq!(app.loading().len() + app.rounds().len(), 1);
}

#[test]
fn in_a_small_window_the_map_keeps_its_room() {
    let (mut h, _inbox) = window(1024.0, 700.0);
    h.state_mut().app.add_round(load_demo());
    tell(
        &mut h,
        LibraryEvent::Catalogue(Arc::new(shelf::library(40))),
    );
    let timeline = h.get_by_label("Timeline").rect();
    assert!(timeline.width() > 580.0, "{timeline:?}");
    assert!(h.query_by_label("Search library").is_none());
    // It lies over the map while it is wanted, and goes when a round is opened.
    h.key_press_modifiers(Modifiers::COMMAND, Key::B);
    h.run();
    let over = h.get_by_label("Search library").rect();
    assert!(over.width() > 200.0);
    assert_eq!(h.get_by_label("Timeline").rect(), timeline);
    let label = row(&h, 2);
    click(&mut h, &label);
    h.key_press(Key::Enter);
    h.step();
    h.step();
    h.state_mut().app.run(CommandId::ToggleSidebar);
    h.run_steps(2);
    assert!(h.query_by_label("Search library").is_none());
    click(&mut h, "Imports");
    h.get_by_label("Nothing imported yet");
}

#[test]
fn the_path_of_a_round_is_copied() {
    let (mut h, _inbox) = window_with(shelf::library(3));
    h.get_by_label(&row(&h, 2)).click_secondary();
    h.run();
    h.get_by_label("Copy path of file").click();
    let entry = |h: &Window| h.state().app.library.shelf.entry(RoundId(2)).cloned();
    let path = entry(&h).unwrap().path.unwrap().display().to_string();
    let has_copied = (0..4).any(|_| {
        h.step();
        let commands = format!("{:?}", h.output().platform_output.commands);
        commands.contains(&path)
    });
    assert!(has_copied);
}

#[test]
fn the_sidebar_looks_as_it_did() {
    let mut results = SnapshotResults::new();
    let mut shot = |mut h: Window, name: &str| {
        h.snapshot(name);
        results.extend_harness(&mut h);
    };
    let (h, _inbox) = window_with(Vec::new());
    shot(h, "sidebar_empty");

    let (mut h, _inbox) = window_with(Vec::new());
    h.state_mut().app.add_round(load_demo());
    click(&mut h, "Imports");
    busy(&mut h);
    shot(h, "sidebar_busy");

    let (mut h, _inbox) = window_with(shelf::library(10_000));
    h.state_mut().app.add_round(load_demo());
    h.run();
    let label = row(&h, 2);
    click(&mut h, &label);
    let label = row(&h, 6);
    click_with(&mut h, Modifiers::COMMAND, &label);
    shot(h, "sidebar_full");

    let (mut h, _inbox) = window_with(shelf::library(300));
    let label = row(&h, 6);
    h.get_by_label(&label).hover();
    h.run_steps(8);
    shot(h, "sidebar_hover");

    let (mut h, _inbox) = window_with(shelf::library(300));
    tell(&mut h, LibraryEvent::Sources(sources()));
    click(&mut h, "Sync");
    shot(h, "sidebar_sync");

    let (mut h, _inbox) = window(1024.0, 700.0);
    tell(
        &mut h,
        LibraryEvent::Catalogue(Arc::new(shelf::library(300))),
    );
    h.state_mut().app.add_round(load_demo());
    h.state_mut().app.is_light = true;
    h.state_mut().app.run(CommandId::FindInLibrary);
    h.run();
    h.get_by_label("Search library").type_text("salt gold");
    h.run();
    click(&mut h, "Filters");
    shot(h, "sidebar_small");
}

#[test]
fn an_arrived_round_is_asked_for() {
    let (mut h, _inbox) = window_with(shelf::library(3));
    h.state_mut().app.apply(Action::Run(CommandId::ShowSync));
    h.state_mut()
        .app
        .take_library_event(LibraryEvent::Arrived(RoundId(1)));
    h.run_steps(3);
    h.get_by_label_contains("has arrived in a watched folder");
}
