//! The whole window, driven as a person would: by what things are called.

mod support;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotResults};
use sandtable::app::Source;
use sandtable::app::action::Action;
use sandtable::app::commands::CommandId;
use sandtable::app::notices::Level;
use sandtable::jobs::library::LibraryEvent;
use sandtable::jobs::load::{load_demo, load_path};
use sandtable::ui::Desk;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::software::SoftwareTestRenderer;

type Window = Harness<'static, Desk>;

/// A window with an empty library.
fn window(width: f32, height: f32) -> Window {
    let mut desk = Desk::new(|| ());
    let nothing_stored = LibraryEvent::Catalogue(Arc::default());
    desk.app.take_library_event(nothing_stored);
    Harness::builder()
        .with_size([width, height])
        .renderer(SoftwareTestRenderer::default())
        // Names may be written in any script; which fonts there are is the system's business.
        .allow_missing_glyphs()
        .build_ui_state(|ui, desk: &mut Desk| desk.ui(ui), desk)
}

fn window_with_demo() -> Window {
    let mut h = window(1280.0, 800.0);
    h.state_mut().app.add_round(load_demo());
    h.run();
    h
}

/// Waits for the thread that reads.
fn wait_for_rounds(h: &mut Window) {
    let begun = Instant::now();
    while !h.state().app.loading().is_empty() {
        assert!(begun.elapsed() < Duration::from_mins(1), "nothing came");
        std::thread::sleep(Duration::from_millis(5));
        h.step();
    }
    h.run();
}

fn t_ms(h: &Window) -> i64 {
    h.state().app.shown().expect("a round").playback.t_ms()
}

fn selected_name(h: &Window) -> Option<String> {
    let open = h.state().app.shown()?;
    Some(open.round.players[open.selected?].plain_name.clone())
}

#[test]
fn the_first_thing_offered_is_the_demo_round_and_it_plays() {
    let mut h = window(1280.0, 800.0);
    h.run();
    h.get_by_label("Open demo round").click();
    h.step();
    h.step();
    wait_for_rounds(&mut h);
    h.get_by_label("Play").click();
    h.step();
    h.run_steps(4);
    let playing = t_ms(&h);
    assert!(playing > 0 && h.state().app.is_playing());
    h.get_by_label("Pause").click();
    h.run();
    let paused = t_ms(&h);
    h.run_steps(4);
    assert_eq!(t_ms(&h), paused, "a paused round stands still");
    h.key_press(Key::Period);
    h.run();
    let stepped = t_ms(&h);
    assert!(
        stepped > paused && stepped - paused <= 400,
        "{paused} to {stepped}"
    );
}

#[test]
fn a_click_on_the_timeline_seeks_there() {
    let mut h = window_with_demo();
    let rect = h.get_by_label("Timeline").rect();
    let middle = rect.center();
    h.hover_at(middle);
    h.step();
    h.drag_at(middle);
    h.step();
    h.drop_at(middle);
    h.run();
    let half = h.state().app.shown().unwrap().playback.end_ms() / 2;
    assert!((t_ms(&h) - half).abs() < 1000, "{}", t_ms(&h));
    // And drags along.
    h.drag_at(middle);
    h.step();
    h.hover_at(middle + vec2(100.0, 0.0));
    h.step();
    let dragged = t_ms(&h);
    assert!(dragged > half + 10_000, "{dragged}");
    h.drop_at(middle + vec2(100.0, 0.0));
    h.run();
}

#[test]
fn a_player_is_selected_in_the_roster_and_followed() {
    let mut h = window_with_demo();
    h.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
    h.run();
    h.get_by_role_and_label(Role::Button, "dune.vesper").click();
    h.run();
    assert_eq!(selected_name(&h).as_deref(), Some("dune.vesper"));
    h.key_press(Key::F);
    h.run();
    assert!(h.state().app.shown().unwrap().is_following);
    h.key_press(Key::Escape);
    h.run();
    h.key_press(Key::Escape);
    h.run();
    assert_eq!(selected_name(&h), None);
    h.key_press(Key::Num2);
    h.run();
    let open = h.state().app.shown().unwrap();
    assert_eq!(open.selected, Some(open.roster().axis[1].player));
}

#[test]
fn a_death_in_the_feed_is_shown_from_three_seconds_before() {
    let mut h = window_with_demo();
    h.key_press(Key::L);
    h.key_press(Key::L);
    h.run();
    h.get_by_label_contains("0:18.325 dune.kestrel killed salt_wren")
        .click();
    h.run();
    assert_eq!(t_ms(&h), 15_325);
}

#[test]
fn a_typed_time_is_gone_to_and_nonsense_is_refused() {
    let mut h = window_with_demo();
    h.key_press_modifiers(Modifiers::COMMAND, Key::G);
    h.run();
    let field = h.get_by_label("Go to time");
    assert!(field.is_focused());
    field.type_text("3:05.5");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(t_ms(&h), 185_500);
    h.key_press_modifiers(Modifiers::COMMAND, Key::G);
    h.run();
    h.get_by_label("Go to time").type_text("soon");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(t_ms(&h), 185_500);
}

#[test]
fn shortcuts_rest_while_a_path_is_typed() {
    let mut h = window_with_demo();
    h.key_press_modifiers(Modifiers::COMMAND, Key::O);
    h.run();
    let label = "Path of a round file, or of a folder to open its newest round";
    let field = h.get_by_role_and_label(Role::TextInput, label);
    assert!(field.is_focused(), "the cursor is in the field at once");
    field.type_text(" l.k");
    for key in [Key::Space, Key::L, Key::Period, Key::K] {
        h.key_press(key);
    }
    h.run();
    assert_eq!((t_ms(&h), h.state().app.is_playing()), (0, false));
    assert_eq!(
        h.get_by_role_and_label(Role::TextInput, label)
            .value()
            .as_deref(),
        Some(" l.k")
    );
    h.key_press(Key::Escape);
    h.run();
    h.key_press(Key::Escape);
    h.run();
    assert!(h.state().app.dialog.is_none());
    h.key_press(Key::L);
    h.run();
    assert_eq!(t_ms(&h), 10_000);
}

#[test]
fn a_file_with_problems_opens_and_says_so() {
    let mut h = window(1280.0, 800.0);
    let file = support::fixture("235957-te_escape2-round-x");
    h.state_mut().app.apply(Action::Open(Source::Path(file)));
    wait_for_rounds(&mut h);
    assert!(h.state().app.shown().is_some());
    h.get_by_label_contains("opened with");
    h.get_by_label("Show").click();
    h.run();
    assert!(h.state().app.shows_problems);
    h.get_by_label_contains("Everything else was read");
    h.get_by_label("Dismiss").click();
    h.run();
    assert!(h.query_by_label("Dismiss").is_none());
}

#[test]
fn a_file_that_is_no_round_leaves_an_error_that_stays() {
    let mut h = window(1280.0, 800.0);
    let file = support::root().join("Cargo.toml");
    h.state_mut().app.apply(Action::Open(Source::Path(file)));
    h.state_mut()
        .app
        .apply(Action::Open(Source::Path(PathBuf::from(
            "/nowhere/round.txt",
        ))));
    wait_for_rounds(&mut h);
    h.run_steps(200);
    let shown = h.state().app.notices.shown();
    assert_eq!(shown.len(), 2);
    assert!(shown.iter().all(|notice| notice.level == Level::Error));
    assert!(
        shown[0].text.contains("Cargo.toml: ")
            && shown[1].text.contains("/nowhere/round.txt: No such file")
    );
    h.get_by_label_contains("/nowhere/round.txt");
}

#[test]
fn every_fixture_can_be_watched() {
    for path in support::rounds() {
        let mut h = window(1024.0, 700.0);
        let loaded = load_path(&path).unwrap_or_else(|error| panic!("{error}"));
        h.state_mut().app.add_round(loaded);
        h.run();
        h.state_mut().app.run(CommandId::Problems);
        h.key_press(Key::Space);
        h.step();
        for key in [Key::L, Key::Comma, Key::Period, Key::End, Key::Home] {
            h.key_press(key);
            h.step();
        }
    }
}

#[test]
fn several_rounds_have_tabs() {
    let mut h = window_with_demo();
    h.state_mut()
        .app
        .add_round(load_path(&support::fixture("6.11")).unwrap());
    h.run();
    h.get_by_role_and_label(Role::Button, "sandpit R1").click();
    h.run();
    assert_eq!(h.state().app.shown().unwrap().short_name(), "sandpit R1");
    h.get_by_label("Close sandpit R1").click();
    h.run();
    assert_eq!(h.state().app.rounds().len(), 1);
}

#[test]
fn the_overview_lists_every_shortcut() {
    let mut h = window_with_demo();
    h.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    h.run();
    h.get_by_label("Ctrl+Right");
    h.key_press(Key::Escape);
    h.run();
    assert!(h.query_by_label("Ctrl+Right").is_none());
}

#[test]
fn a_paused_window_asks_for_no_frame() {
    let mut h = window_with_demo();
    h.run();
    let delay = h
        .output()
        .viewport_output
        .values()
        .map(|output| output.repaint_delay)
        .min();
    assert_eq!(delay, Some(Duration::MAX));
}

#[test]
fn nothing_is_cut_off_in_a_small_window() {
    let mut h = window(1024.0, 700.0);
    h.state_mut().app.add_round(load_demo());
    h.run();
    let room = eframe::egui::Rect::from_min_size(Pos2::ZERO, vec2(1024.0, 700.0));
    for label in [
        "Timeline",
        "Next kill",
        "Go to time",
        "Speed",
        "no problems",
        "Layers",
        "dune.oskar",
    ] {
        let rect = h.get_by_role_and_label_or_label(label);
        assert!(room.contains_rect(rect), "{label}: {rect:?}");
    }
}

/// The rectangle of the first thing called so.
trait ByLabel {
    fn get_by_role_and_label_or_label(&self, label: &str) -> eframe::egui::Rect;
}

impl ByLabel for Window {
    fn get_by_role_and_label_or_label(&self, label: &str) -> eframe::egui::Rect {
        self.query_all_by_label(label)
            .next()
            .unwrap_or_else(|| panic!("no {label}"))
            .rect()
    }
}

#[test]
fn the_main_window_looks_as_it_did() {
    let mut results = SnapshotResults::new();
    for (width, height) in [(1280.0, 800.0), (1024.0, 700.0)] {
        let mut h = window(width, height);
        h.state_mut().app.add_round(load_demo());
        h.run();
        h.state_mut().app.apply(Action::Seek(162_571));
        h.key_press(Key::Num1);
        h.run();
        h.snapshot(format!("window_{width}x{height}"));
        results.extend_harness(&mut h);
    }
}

#[test]
fn the_welcome_looks_as_it_did() {
    let mut h = window(1280.0, 800.0);
    h.run();
    h.snapshot("window_welcome");
}
