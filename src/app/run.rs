//! What actions and commands do.

use super::action::{Action, Dialog, Effect};
use super::commands::CommandId;
use super::notices::Level;
use super::opened::OpenRound;
use super::{App, moments};
use crate::jobs::pick::PickFor;
use crate::jobs::runner::Source;
use crate::model::Team;

/// While playing, "previous" means the one before what was just seen, this many ms of the viewer's time ago.
const JUST_SEEN_MS: f64 = 1000.0;
const ZOOM_STEP: f32 = 1.25;

impl App {
    /// Does what the person wants.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Run(id) => self.run(id),
            Action::Open(source) => {
                self.dialog = None;
                self.open(source);
            }
            Action::Pick(what) => self.pick(what),
            Action::UsePath(what, path) => {
                self.dialog = None;
                self.use_picked(what, vec![path]);
            }
            Action::Library(action) => self.apply_library(action),
            Action::ShowRound(key) => self.show(Some(key)),
            Action::CloseRound(key) => self.close(key),
            Action::Seek(t_ms) => self.with_shown(|open| open.playback.seek(t_ms)),
            Action::SetSpeed(index) => self.with_shown(|open| open.playback.set_speed(index)),
            Action::Select(player) => self.with_shown(|open| open.select(player)),
            Action::SelectPlace(team, place) => {
                self.with_shown(|open| select_place(open, team, place));
            }
            Action::StopFollowing => self.with_shown(|open| open.is_following = false),
            Action::SetLayers(layers) => self.layers = layers,
            Action::ShowProblems(show) => self.shows_problems = show,
            Action::ShowProblemsOf(key) => {
                self.show(Some(key));
                self.shows_problems = true;
            }
            Action::ShowDialog(dialog) => self.dialog = dialog,
            Action::Dismiss(id) => self.notices.dismiss(id),
        }
    }

    /// Where the desktop has no file chooser the path is typed.
    pub(super) fn pick(&mut self, what: PickFor) {
        if self.has_no_chooser {
            self.dialog = Some(Dialog::Path(what));
            return;
        }
        if let Err(error) = self.runner.pick(what) {
            self.notices.add(
                Level::Error,
                format!("No thread for the file chooser: {error}"),
                None,
            );
        }
    }

    fn with_shown(&mut self, change: impl FnOnce(&mut OpenRound)) {
        if let Some(open) = self.shown_mut() {
            change(open);
        }
    }

    /// Runs a command of the table, if it makes sense now.
    pub fn run(&mut self, id: CommandId) {
        if !self.is_enabled(id) {
            return;
        }
        match id {
            CommandId::OpenFile => self.dialog = Some(Dialog::Path(PickFor::Open)),
            CommandId::OpenDemo => self.apply(Action::Open(Source::Demo)),
            CommandId::CloseRound => self.shown.into_iter().for_each(|key| self.close(key)),
            CommandId::PreviousRound => self.show_neighbour(-1),
            CommandId::NextRound => self.show_neighbour(1),
            CommandId::Quit => self.effects.push(Effect::Quit),
            CommandId::FullScreen => self.effects.push(Effect::ToggleFullScreen),
            CommandId::FitMap => self.effects.push(Effect::FitMap),
            CommandId::ZoomIn => self.effects.push(Effect::ZoomMap(ZOOM_STEP)),
            CommandId::ZoomOut => self.effects.push(Effect::ZoomMap(1.0 / ZOOM_STEP)),
            CommandId::GoToTime => self.effects.push(Effect::FocusTimeField),
            CommandId::Trails => self.layers.trails = self.layers.trails.next(),
            CommandId::Names => self.layers.names ^= true,
            CommandId::Objectives => self.layers.objectives ^= true,
            CommandId::Deaths => self.layers.deaths ^= true,
            CommandId::Picture => self.layers.picture ^= true,
            CommandId::Grid => self.layers.grid ^= true,
            CommandId::Problems => self.shows_problems ^= true,
            CommandId::LightTheme => self.is_light ^= true,
            CommandId::ColourBlindPalette => self.is_colour_blind_safe ^= true,
            CommandId::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            // Without a digit the first of the list is meant.
            CommandId::SelectAxis => self.with_shown(|open| select_place(open, Team::Axis, 0)),
            CommandId::SelectAllies => self.with_shown(|open| select_place(open, Team::Allies, 0)),
            CommandId::Follow => self.with_shown(|open| open.is_following ^= true),
            CommandId::ClearSelection => self.with_shown(step_out),
            other if self.run_library(other) => {}
            other => self.with_shown(|open| run_playback(open, other)),
        }
    }

    fn show_neighbour(&mut self, step: isize) {
        let count = self.rounds.len() as isize;
        let nth = self
            .rounds
            .iter()
            .position(|open| Some(open.key) == self.shown);
        if let Some(nth) = nth {
            let neighbour = (nth as isize + step).rem_euclid(count) as usize;
            self.show(Some(self.rounds[neighbour].key));
        }
    }
}

fn select_place(open: &mut OpenRound, team: Team, place: usize) {
    let player = open
        .roster()
        .team(team)
        .get(place)
        .map(|entry| entry.player);
    if player.is_some() {
        open.select(player);
    }
}

/// Stops following first, and clears the selection when nothing is followed.
fn step_out(open: &mut OpenRound) {
    if open.is_following {
        open.is_following = false;
    } else {
        open.select(None);
    }
}

fn run_playback(open: &mut OpenRound, id: CommandId) {
    let playback = &mut open.playback;
    match id {
        CommandId::PlayPause => playback.set_playing(!playback.is_playing()),
        CommandId::BackFive => playback.seek_by(-5_000),
        CommandId::ForwardFive => playback.seek_by(5_000),
        CommandId::BackTen => playback.seek_by(-10_000),
        CommandId::ForwardTen => playback.seek_by(10_000),
        CommandId::BackOne => playback.seek_by(-1_000),
        CommandId::ForwardOne => playback.seek_by(1_000),
        CommandId::GoToStart => playback.seek(i64::MIN),
        CommandId::GoToEnd => playback.seek(i64::MAX),
        CommandId::Faster => playback.step_speed(1),
        CommandId::Slower => playback.step_speed(-1),
        CommandId::NormalSpeed => playback.reset_speed(),
        CommandId::PreviousSample | CommandId::NextSample => {
            step_sample(open, id == CommandId::NextSample);
        }
        CommandId::PreviousKill | CommandId::NextKill => step_kill(open, id == CommandId::NextKill),
        _ => {}
    }
}

/// Stepping is for looking closely, so it pauses.
fn step_sample(open: &mut OpenRound, forward: bool) {
    open.playback.set_playing(false);
    let t_ms = open.playback.t_ms();
    let step = if forward {
        moments::next_sample
    } else {
        moments::previous_sample
    };
    if let Some(t_ms) = step(&open.round, open.selected, t_ms) {
        open.playback.seek(t_ms);
    }
}

fn step_kill(open: &mut OpenRound, forward: bool) {
    let playback = &mut open.playback;
    let t_ms = playback.t_ms();
    let target = if forward {
        moments::next_death(&open.deaths, open.selected, t_ms)
    } else {
        let seen = if playback.is_playing() {
            JUST_SEEN_MS * playback.speed()
        } else {
            0.0
        };
        moments::previous_death(&open.deaths, open.selected, t_ms - seen as i64)
    };
    if let Some(t_ms) = target {
        playback.seek(t_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::layers::Trails;
    use crate::app::notices::Remedy;
    use crate::jobs::load::{load_bytes, load_demo};
    use crate::model::Provenance;

    fn app_with_demo() -> App {
        let mut app = App::new(|| ());
        app.add_round(load_demo());
        app
    }

    fn t_ms(app: &App) -> i64 {
        app.shown().unwrap().playback.t_ms()
    }

    #[test]
    fn without_a_round_only_what_needs_none_is_enabled() {
        let mut app = App::new(|| ());
        assert!(!app.is_enabled(CommandId::PlayPause));
        assert!(app.is_enabled(CommandId::OpenFile));
        app.run(CommandId::PlayPause);
        app.run(CommandId::NextRound);
        app.run(CommandId::CloseRound);
        assert!(app.shown().is_none() && !app.is_playing());
    }

    #[test]
    fn playing_moves_and_stepping_pauses() {
        let mut app = app_with_demo();
        app.run(CommandId::PlayPause);
        app.advance(0.5);
        assert_eq!(t_ms(&app), 500);
        app.run(CommandId::NextSample);
        assert!(!app.is_playing());
        assert!(t_ms(&app) > 500);
        app.run(CommandId::BackTen);
        assert_eq!(t_ms(&app), 0);
    }

    #[test]
    fn next_kill_goes_through_all_deaths() {
        let mut app = app_with_demo();
        let deaths: Vec<i64> = app
            .shown()
            .unwrap()
            .deaths
            .iter()
            .map(|death| death.t_ms)
            .collect();
        app.run(CommandId::NextKill);
        assert_eq!(t_ms(&app), deaths[0]);
        app.run(CommandId::NextKill);
        assert_eq!(t_ms(&app), deaths[1]);
        app.run(CommandId::PreviousKill);
        assert_eq!(t_ms(&app), deaths[0]);
    }

    #[test]
    fn while_playing_previous_kill_does_not_stick() {
        let mut app = app_with_demo();
        for _ in 0..3 {
            app.run(CommandId::NextKill);
        }
        let third = t_ms(&app);
        app.run(CommandId::PlayPause);
        app.advance(0.3);
        app.run(CommandId::PreviousKill);
        assert!(t_ms(&app) < third);
    }

    #[test]
    fn esc_stops_following_first_and_then_clears() {
        let mut app = app_with_demo();
        assert!(!app.is_enabled(CommandId::Follow));
        app.apply(Action::SelectPlace(Team::Allies, 1));
        app.run(CommandId::Follow);
        assert_eq!(app.is_on(CommandId::Follow), Some(true));
        app.run(CommandId::ClearSelection);
        assert!(app.shown().unwrap().selected.is_some());
        app.run(CommandId::ClearSelection);
        assert_eq!(app.shown().unwrap().selected, None);
        app.apply(Action::SelectPlace(Team::Allies, 99));
        assert_eq!(app.shown().unwrap().selected, None);
    }

    #[test]
    fn the_same_round_is_opened_once() {
        let mut app = app_with_demo();
        app.add_round(load_demo());
        assert_eq!(app.rounds().len(), 1);
        assert!(app.notices.shown()[0].text.contains("open already"));
    }

    #[test]
    fn a_round_with_problems_says_so_and_offers_to_show_them() {
        let mut app = App::new(|| ());
        let bytes = b"# PROXIMITY_TRACKER_V6\n# map=supply\n# ENGAGEMENTS\n1;2;3\n";
        app.add_round(load_bytes(bytes, Provenance::default()).unwrap());
        let notice = app.notices.shown()[0].clone();
        assert!(notice.text.contains("opened with"), "{}", notice.text);
        let Some(Remedy::ShowProblems(key)) = notice.remedy else {
            panic!("{notice:?}")
        };
        app.apply(Action::ShowProblemsOf(key));
        assert!(app.shows_problems);
        app.run(CommandId::CloseRound);
        assert!(app.rounds().is_empty() && app.notices.shown().is_empty() && !app.shows_problems);
    }

    #[test]
    fn rounds_are_shown_in_turn_and_only_the_shown_one_plays() {
        let mut app = app_with_demo();
        app.add_round(load_bytes(b"# PROXIMITY_TRACKER_V6\n", Provenance::default()).unwrap());
        let keys: Vec<u64> = app.rounds().iter().map(|open| open.key).collect();
        assert_eq!(app.shown().unwrap().key, keys[1]);
        app.run(CommandId::NextRound);
        assert_eq!(app.shown().unwrap().key, keys[0]);
        app.run(CommandId::PlayPause);
        app.run(CommandId::PreviousRound);
        app.run(CommandId::PreviousRound);
        assert!(!app.is_playing());
        app.apply(Action::CloseRound(keys[0]));
        assert_eq!(app.shown().unwrap().key, keys[1]);
    }

    #[test]
    fn layers_are_switched_by_their_commands() {
        let mut app = app_with_demo();
        app.run(CommandId::Grid);
        app.run(CommandId::Trails);
        assert!(app.layers.grid);
        assert_eq!(app.layers.trails, Trails::CurrentLife);
    }
}
