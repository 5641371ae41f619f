//! The window with a real library behind it, from dropped files to an open round.

mod support;

use eframe::egui::accesskit::Role;
use eframe::egui::{DroppedFile, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use sandtable::app::action::Action;
use sandtable::app::library::action::LibraryAction;
use sandtable::app::library::totals::Outcome;
use sandtable::app::library::{Section, Standing};
use sandtable::sample::{self, Params};
use sandtable::ui::Desk;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::software::SoftwareTestRenderer;

type Window = Harness<'static, Desk>;

/// A folder of its own that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!(
            "sandtable-window-library-{name}-{}",
            std::process::id()
        ));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn library(&self) -> PathBuf {
        self.0.join("data/library.db")
    }

    /// Writes rounds of a minute each, as if they had been written long ago.
    fn rounds(&self, count: usize) -> PathBuf {
        let folder = self.0.join("rounds");
        std::fs::create_dir_all(&folder).unwrap();
        let first = Params {
            minutes: 1.0,
            players: 4,
            ..Params::default()
        };
        for params in sample::series(&first, count, &["sandpit".to_owned(), "supply".to_owned()]) {
            let path = folder.join(params.file_name());
            std::fs::write(&path, sample::text(&params)).unwrap();
            age(&path);
        }
        folder
    }
}

fn age(path: &Path) {
    let file = std::fs::File::options().append(true).open(path).unwrap();
    file.set_modified(std::time::SystemTime::now() - Duration::from_mins(1))
        .unwrap();
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn window(library: PathBuf) -> Window {
    let mut desk = Desk::new(|| ());
    desk.app.use_library(library);
    Harness::builder()
        .with_size([1280.0, 800.0])
        .with_step_dt(0.05)
        .renderer(SoftwareTestRenderer::default())
        .allow_missing_glyphs()
        .build_ui_state(|ui, desk: &mut Desk| desk.ui(ui), desk)
}

/// Draws frames until something is so.
fn until(h: &mut Window, what: &str, is_so: impl Fn(&Window) -> bool) {
    let begun = Instant::now();
    while !is_so(h) {
        assert!(begun.elapsed() < Duration::from_mins(1), "never: {what}");
        std::thread::sleep(Duration::from_millis(5));
        h.step();
    }
    h.run_steps(4);
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

fn drop_files(h: &mut Window, paths: &[PathBuf]) {
    for path in paths {
        let file = Dropped(path.clone());
        h.input_mut().dropped_files.push(Arc::new(file));
    }
    h.run_steps(2);
}

fn show_list(h: &mut Window) {
    let show = LibraryAction::ShowSection(Section::Library);
    h.state_mut().app.apply(Action::Library(show));
    h.run_steps(2);
}

fn stored(h: &Window) -> usize {
    h.state().app.library.shelf.entries().len()
}

fn is_resting(h: &Window) -> bool {
    let imports = &h.state().app.library.imports;
    !imports.is_running()
        && imports.totals().files > 0
        && imports.totals().files == imports.totals().done
}

fn outcomes(h: &Window, outcome: Outcome) -> u64 {
    h.state().app.library.imports.totals().of(outcome)
}

#[test]
fn from_dropped_files_to_an_open_round() {
    let folder = Folder::new("drop");
    let rounds = folder.rounds(8);
    let mut h = window(folder.library());
    until(&mut h, "an empty list", |h| {
        h.state().app.library.standing != Standing::Opening
    });
    assert!(
        !folder.library().exists(),
        "nothing is made before there is something to keep"
    );
    drop_files(&mut h, std::slice::from_ref(&rounds));
    assert_eq!(h.state().app.library.section, Section::Imports);
    until(&mut h, "all imported", |h| is_resting(h) && stored(h) == 8);
    assert_eq!(outcomes(&h, Outcome::Stored), 8);

    // Once more: nothing is read, nothing is there twice.
    drop_files(&mut h, std::slice::from_ref(&rounds));
    until(&mut h, "known", |h| {
        is_resting(h) && h.state().app.library.imports.totals().files == 16
    });
    assert_eq!(outcomes(&h, Outcome::Known), 8);
    assert_eq!(stored(&h), 8);

    // Search, and open with Enter.
    show_list(&mut h);
    h.key_press_modifiers(Modifiers::COMMAND, Key::F);
    h.run_steps(2);
    h.get_by_role_and_label(Role::TextInput, "Search library")
        .type_text("supply r2");
    h.run_steps(2);
    let listed = h.state().app.library.shelf.listed();
    assert!(listed > 0 && listed < 8, "{listed}");
    for _ in 0..3 {
        h.key_press(Key::ArrowDown);
        h.run_steps(2);
    }
    h.key_press(Key::Enter);
    until(&mut h, "a round", |h| h.state().app.shown().is_some());
    let open = h.state().app.shown().unwrap();
    assert_eq!((open.round.map(), open.round.number.value), ("supply", 2));
    assert!(open.round.samples().len() > 100);
    assert!(open.round.provenance.content_hash.is_some());
}

#[test]
fn several_are_marked_opened_and_deleted() {
    let folder = Folder::new("several");
    let rounds = folder.rounds(4);
    let mut h = window(folder.library());
    drop_files(&mut h, std::slice::from_ref(&rounds));
    until(&mut h, "all imported", |h| is_resting(h) && stored(h) == 4);
    show_list(&mut h);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run_steps(2);
    assert_eq!(h.state().app.library.shelf.selected().len(), 4);
    h.get_by_label("Open").click();
    until(&mut h, "four rounds", |h| h.state().app.rounds().len() == 4);
    h.run_steps(20);
    h.get_by_label("Delete…").click();
    h.run_steps(6);
    h.get_by_label("Delete from library").click();
    until(&mut h, "an empty library", |h| stored(h) == 0);
    assert_eq!(std::fs::read_dir(&rounds).unwrap().count(), 4, "files stay");
}

#[test]
fn a_cancelled_import_goes_on_where_it_was() {
    let folder = Folder::new("cancel");
    let rounds = folder.rounds(40);
    let mut h = window(folder.library());
    drop_files(&mut h, std::slice::from_ref(&rounds));
    until(&mut h, "a beginning", |h| outcomes(h, Outcome::Stored) > 0);
    h.get_by_label("Cancel").click();
    h.run_steps(1);
    until(&mut h, "rest", is_resting);
    let done = outcomes(&h, Outcome::Stored);
    let left = outcomes(&h, Outcome::Cancelled);
    assert_eq!(done + left, 40);
    until(&mut h, "the list", |h| stored(h) as u64 == done);
    drop_files(&mut h, std::slice::from_ref(&rounds));
    until(&mut h, "everything", |h| is_resting(h) && stored(h) == 40);
}

#[test]
fn a_watched_folder_brings_its_rounds() {
    let folder = Folder::new("watched");
    let rounds = folder.rounds(2);
    let mut h = window(folder.library());
    until(&mut h, "an empty list", |h| {
        h.state().app.library.standing != Standing::Opening
    });
    let watch = LibraryAction::Watch(rounds.clone());
    h.state_mut().app.apply(Action::Library(watch));
    until(&mut h, "its rounds", |h| stored(h) == 2);
    let sources = &h.state().app.library.sources;
    assert_eq!(
        (sources.len(), sources[0].folder.path.as_path()),
        (1, rounds.as_path())
    );
    // A file that arrives is noticed, waited for, and stored.
    let params = Params {
        minutes: 1.0,
        players: 4,
        round_start_unix: sample::DEFAULT_START_UNIX + 86_400,
        ..Params::default()
    };
    std::fs::write(rounds.join(params.file_name()), sample::text(&params)).unwrap();
    until(&mut h, "the new one", |h| stored(h) == 3);
    until(&mut h, "counted", |h| {
        h.state().app.library.sources[0].new == 3
    });
}

/// What threads of the lost library's import still have to say must not reach the new one.
#[test]
#[cfg(unix)]
fn a_library_that_is_deleted_meanwhile_is_made_anew() {
    let folder = Folder::new("gone");
    let rounds = folder.rounds(40);
    let mut h = window(folder.library());
    drop_files(&mut h, std::slice::from_ref(&rounds));
    until(&mut h, "a beginning", |h| outcomes(h, Outcome::Stored) > 0);
    for ending in ["", "-wal", "-shm"] {
        let mut name = folder.library().into_os_string();
        name.push(ending);
        let _ = std::fs::remove_file(name);
    }
    until(&mut h, "that it stopped", is_resting);
    drop_files(&mut h, &[rounds]);
    until(&mut h, "everything", |h| is_resting(h) && stored(h) == 40);
}
