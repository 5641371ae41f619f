//! What the tracker module would write of a round while it is played: version 6.11, section by section, each by the tracker's own rule
//! (`format.md` §3).
//!
//! It only watches; nothing in here changes what happens. Places are recorded as they are written, rounded to a tenth of a unit, so
//! that sums over them (heatmaps, nearness to objectives) are the sums over the written rows.

mod fights;
mod kills;
mod lives;
mod objectives;
mod shots;
mod teams;

pub(super) use objectives::{Action, Carry};
pub(super) use shots::Hit;

use super::Params;
use super::ground::{Ground, Point};
use super::player::Player;
use super::text::{F1, Put, cells};
use super::waves::Waves;
use crate::format::{engagement, sections::PLAIN, track, write::TRACK_COMMENTS};
use crate::model::CAPABILITIES;
use std::collections::BTreeMap;

/// Captures that are off unless a server's owner asks for them.
const OFF: [&str; 3] = ["spawn_select", "skill_snapshot", "comm_events"];
/// First sections, which stand in every file.
const ALWAYS: usize = 4;

macro_rules! sections {
    ($($section:ident $name:literal)+) => {
        /// A section's rows, by number in the order of the file.
        #[derive(Clone, Copy)]
        enum Section { $($section),+ }

        const NAMES: &[&str] = &[$($name),+];
    };
}

sections! {
    Engagements "ENGAGEMENTS"
    Tracks "PLAYER_TRACKS"
    KillHeat "KILL_HEATMAP"
    MovementHeat "MOVEMENT_HEATMAP"
    Focus "OBJECTIVE_FOCUS"
    Reactions "REACTION_METRICS"
    SpawnTiming "SPAWN_TIMING"
    Cohesion "TEAM_COHESION"
    Crossfire "CROSSFIRE_OPPORTUNITIES"
    FocusFire "FOCUS_FIRE"
    Pushes "TEAM_PUSHES"
    Trades "TRADE_KILLS"
    Revives "REVIVES"
    Accuracy "WEAPON_ACCURACY"
    Outcomes "KILL_OUTCOME"
    Regions "HIT_REGIONS"
    Positions "COMBAT_POSITIONS"
    Shots "SHOT_FIRED"
    Aims "AIM_LOCK"
    Carriers "CARRIER_EVENTS"
    CarrierKills "CARRIER_KILLS"
    CarrierReturns "CARRIER_RETURNS"
    Constructions "CONSTRUCTION_EVENTS"
    Runs "OBJECTIVE_RUNS"
}

/// Rows of all sections so far.
struct Rows(Vec<Vec<u8>>);

impl Rows {
    fn of(&mut self, section: Section) -> &mut Vec<u8> {
        &mut self.0[section as usize]
    }
}

/// A cell of 512 u.
type Cell = (i64, i64);

fn cell(place: Point) -> Cell {
    let at = |axis: f32| (f64::from(axis) / 512.0).floor() as i64;
    (at(place[0]), at(place[1]))
}

/// The tracker.
pub(super) struct Tracker<'a> {
    ground: &'a Ground,
    cadence_ms: i64,
    waves: [Waves; 2],
    rows: Rows,
    lives: lives::Lives,
    fights: fights::Fights,
    kills: kills::Kills,
    shots: shots::Shots,
    teams: teams::Teams,
    carries: Vec<Option<Carry>>,
    /// Kills by the Axis and by the Allies.
    kill_heat: BTreeMap<Cell, [i64; 2]>,
    /// Samples, hits, escapes.
    movement_heat: BTreeMap<Cell, [i64; 3]>,
}

impl<'a> Tracker<'a> {
    pub(super) fn new(
        ground: &'a Ground,
        cadence_ms: i64,
        waves: [Waves; 2],
        count: usize,
    ) -> Self {
        Self {
            ground,
            cadence_ms,
            waves,
            rows: Rows(vec![Vec::new(); NAMES.len()]),
            lives: lives::Lives::new(count),
            fights: fights::Fights::new(count),
            kills: kills::Kills::new(count),
            shots: shots::Shots::new(count),
            teams: teams::Teams::default(),
            carries: vec![None; count],
            kill_heat: BTreeMap::new(),
            movement_heat: BTreeMap::new(),
        }
    }

    /// What the tracker does in every server frame, behind everything that happened in it.
    pub(super) fn frame(&mut self, t_ms: i64, players: &[Player]) {
        self.watch_fights(t_ms, players);
        if t_ms % self.cadence_ms == 0 {
            self.sample(t_ms, players);
        }
        if t_ms % shots::AIM_STEP_MS == 0 {
            self.aims(t_ms, players);
        }
        if t_ms % teams::COHESION_STEP_MS == 0 {
            self.cohesion(t_ms, players);
        }
        if t_ms % teams::PUSH_STEP_MS == 0 {
            self.pushes(t_ms, players);
            self.crossfires(t_ms, players);
        }
    }

    /// Closes everything and gives the file.
    pub(super) fn finish(mut self, t_ms: i64, players: &[Player], params: &Params) -> Vec<u8> {
        self.end_fights(t_ms, players);
        self.end_lives(t_ms, players);
        self.end_kills(t_ms, players);
        self.end_shots(players);
        self.end_teams(t_ms, players);
        self.end_carries(t_ms, players);
        for (at, kills) in &self.kill_heat {
            super::text::row!(self.rows.of(Section::KillHeat); at.0, at.1, kills[0], kills[1]);
        }
        for (at, counts) in &self.movement_heat {
            super::text::row!(self.rows.of(Section::MovementHeat); at.0, at.1, counts[0], counts[1], counts[2]);
        }
        let size: usize = self.rows.0.iter().map(Vec::len).sum();
        let mut out = Vec::with_capacity(size + 8192);
        self.header(t_ms, params, &mut out);
        for (nth, rows) in self.rows.0.iter().enumerate() {
            if nth < ALWAYS || !rows.is_empty() {
                heading(nth, &mut out);
                out.extend_from_slice(rows);
            }
        }
        out
    }

    fn header(&self, end_ms: i64, params: &Params, out: &mut Vec<u8>) {
        let mut line = |key: &str, value: &dyn Put| {
            "# ".put(out);
            key.put(out);
            value.put(out);
            out.push(b'\n');
        };
        line("PROXIMITY_TRACKER_V6", &"");
        line("map=", &params.map);
        line("round=", &params.round);
        line("crossfire_window=", &fights::CROSSFIRE_MS);
        line("escape_time=", &fights::ESCAPE_MS);
        line("escape_distance=", &(fights::ESCAPE_U as i64));
        line("position_sample_interval=", &self.cadence_ms);
        line("round_start_unix=", &params.round_start_unix);
        line(
            "round_end_unix=",
            &params.round_start_unix.saturating_add(end_ms / 1000),
        );
        line("axis_spawn_interval=", &self.waves[0].interval_ms);
        line("allies_spawn_interval=", &self.waves[1].interval_ms);
        line("tracker_version_full=", &"6.11");
        line("test_mode=", &false);
        let capabilities: Vec<String> = CAPABILITIES
            .iter()
            .map(|(name, _)| format!("{name}:{}", u8::from(!OFF.contains(name))))
            .collect();
        line("capabilities=", &capabilities.join(","));
    }
}

/// The lines before a section's rows.
fn heading(nth: usize, out: &mut Vec<u8>) {
    let name = NAMES[nth];
    let (columns, comments): (&[&str], &[&str]) = match name {
        engagement::SECTION => (engagement::COLUMNS, &[]),
        track::SECTION => (track::COLUMNS, &TRACK_COMMENTS),
        _ => PLAIN
            .iter()
            .find(|section| section.name == name)
            .map_or((&[], &[]), |section| (section.columns, section.comments)),
    };
    if nth > 0 {
        out.push(b'\n');
    }
    for text in [name, &columns.join(";")] {
        "# ".put(out);
        text.put(out);
        out.push(b'\n');
    }
    for comment in comments {
        comment.put(out);
        out.push(b'\n');
    }
}

/// A place as three cells.
fn place(at: Point, out: &mut Vec<u8>, separator: u8) {
    F1(at[0]).put(out);
    out.push(separator);
    F1(at[1]).put(out);
    out.push(separator);
    F1(at[2]).put(out);
}

/// A place as whole numbers.
fn whole(at: Point) -> [i64; 3] {
    at.map(|axis| axis.round() as i64)
}

/// An item of a list: a moment, a place and what happened.
fn moment(t_ms: i64, at: Point, what: &str, out: &mut Vec<u8>) {
    cells!(out, b',': t_ms, F1(at[0]), F1(at[1]), F1(at[2]), what);
}
