//! One round, complete and unchangeable.

use super::clock::RoundClock;
use super::identity::{RoundNumber, SessionDate};
use super::life::{Life, LifeId};
use super::player::{PlayerId, Players};
use super::provenance::Provenance;
use super::twin::Fingerprint;
use crate::format::{Document, Samples, Strings, Sym};

/// Whether a capture was on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Capability {
    /// Declared on, or its section has rows.
    Enabled,
    /// Declared off.
    Disabled,
    /// The file does not say, and no row proves it.
    Unknown,
}

/// Capture flags in the order of the 6.11 header, with the section whose rows prove each one.
pub const CAPABILITIES: &[(&str, &str)] = &[
    ("engagement_tracking", "ENGAGEMENTS"),
    ("crossfire_detection", ""),
    ("escape_detection", ""),
    ("heatmap_generation", "MOVEMENT_HEATMAP"),
    ("reaction_tracking", "REACTION_METRICS"),
    ("spawn_timing", "SPAWN_TIMING"),
    ("team_cohesion", "TEAM_COHESION"),
    ("crossfire_opportunities", "CROSSFIRE_OPPORTUNITIES"),
    ("focus_fire", "FOCUS_FIRE"),
    ("team_push_detection", "TEAM_PUSHES"),
    ("trade_kills", "TRADE_KILLS"),
    ("kill_outcome_tracking", "KILL_OUTCOME"),
    ("hit_region_tracking", "HIT_REGIONS"),
    ("combat_positions", "COMBAT_POSITIONS"),
    ("carrier_tracking", "CARRIER_EVENTS"),
    ("carrier_returns", "CARRIER_RETURNS"),
    ("vehicle_tracking", "VEHICLE_PROGRESS"),
    ("construction_tracking", "CONSTRUCTION_EVENTS"),
    ("objective_run_tracking", "OBJECTIVE_RUNS"),
    ("shot_fired", "SHOT_FIRED"),
    ("aim_lock", "AIM_LOCK"),
    ("spawn_select", "SPAWN_SELECT"),
    ("skill_snapshot", "SKILL_SNAPSHOT"),
    ("comm_events", "COMM_EVENTS"),
];

/// Interval that is assumed where neither header nor samples tell one, ms.
const ASSUMED_CADENCE_MS: i64 = 200;

/// One round of one map: the file's content and what follows from it at once. Immutable; share it as `Arc<Round>`.
#[derive(Clone, Debug)]
pub struct Round {
    /// The rows and columns as read.
    pub document: Document,
    /// The file.
    pub provenance: Provenance,
    /// 1 or 2 in the match.
    pub number: RoundNumber,
    /// The evening.
    pub date: SessionDate,
    /// What the times mean.
    pub clock: RoundClock,
    /// Who played.
    pub players: Players,
    /// Tells that another file is the same round.
    pub fingerprint: Fingerprint,
    lives: Vec<Life>,
    lives_of: Vec<Vec<LifeId>>,
    revives_of: Vec<Vec<i64>>,
    deaths_of: Vec<Vec<i64>>,
    measured_cadence_ms: Option<i64>,
}

impl Round {
    /// Builds the round of a document. Linear in the number of rows and samples.
    pub fn build(document: Document, provenance: Provenance) -> Self {
        let players = Players::collect(&document);
        let (lives, lives_of) = collect_lives(&document, &players);
        let stale = lives.iter().filter(|life| life.is_spawn_stale).count() as u32;
        let clock = RoundClock::of(&document, stale);
        let length_ms = clock.wall_ms.unwrap_or(clock.end_ms);
        Self {
            number: RoundNumber::resolve(&document.header, &provenance),
            date: SessionDate::resolve(&document.header, &provenance, length_ms),
            fingerprint: Fingerprint::of(&document),
            measured_cadence_ms: measured_cadence(&document.samples, &lives),
            revives_of: collect_revives(&document, &players),
            deaths_of: collect_deaths(&document, &players),
            clock,
            players,
            lives,
            lives_of,
            document,
            provenance,
        }
    }

    /// Map name as written; empty when the header has none.
    pub fn map(&self) -> &str {
        self.document.header.map.as_deref().unwrap_or_default()
    }

    /// The columns of all samples.
    pub fn samples(&self) -> &Samples {
        &self.document.samples
    }

    /// The strings that rows refer to.
    pub fn strings(&self) -> &Strings {
        &self.document.strings
    }

    /// The text of a string of this round.
    pub fn text(&self, sym: Sym) -> &str {
        self.document.strings.text(sym)
    }

    /// All lives, in file order.
    pub fn lives(&self) -> &[Life] {
        &self.lives
    }

    /// One life.
    ///
    /// # Panics
    /// When the id is of another round.
    pub fn life(&self, id: LifeId) -> &Life {
        &self.lives[id.index()]
    }

    /// The lives of a player in order of their start.
    pub fn lives_of(&self, player: PlayerId) -> &[LifeId] {
        &self.lives_of[player.index()]
    }

    /// When a player was revived, ms, in order.
    pub fn revives_of(&self, player: PlayerId) -> &[i64] {
        &self.revives_of[player.index()]
    }

    /// When a player died by the engagement and kill rows, ms, in order; also deaths after a revive, which end no recorded life.
    pub fn deaths_of(&self, player: PlayerId) -> &[i64] {
        &self.deaths_of[player.index()]
    }

    /// Interval the header declares, ms.
    pub fn declared_cadence_ms(&self) -> Option<i64> {
        self.document
            .header
            .position_sample_interval
            .filter(|ms| *ms > 0)
    }

    /// Median time between consecutive samples of a life, ms; `None` with fewer than two samples.
    pub fn measured_cadence_ms(&self) -> Option<i64> {
        self.measured_cadence_ms
    }

    /// The cadence to reckon with: measured, else declared, else 200 ms.
    pub fn cadence_ms(&self) -> i64 {
        self.measured_cadence_ms
            .or(self.declared_cadence_ms())
            .unwrap_or(ASSUMED_CADENCE_MS)
    }

    /// Whether a capture was on, and how that is known.
    pub fn capability(&self, flag: &str) -> (Capability, &'static str) {
        let declared = self.document.header.capabilities.as_ref();
        match declared.and_then(|flags| flags.iter().find(|(name, _)| name == flag)) {
            Some((_, true)) => return (Capability::Enabled, "declared in the header"),
            Some((_, false)) => return (Capability::Disabled, "declared in the header"),
            None => {}
        }
        let section = CAPABILITIES
            .iter()
            .find(|(name, _)| *name == flag)
            .map(|(_, section)| *section);
        match section {
            Some(section) if !section.is_empty() && self.document.rows_in(section) > 0 => {
                (Capability::Enabled, "its section has rows")
            }
            _ => (Capability::Unknown, "not declared, and no row proves it"),
        }
    }
}

fn collect_lives(document: &Document, players: &Players) -> (Vec<Life>, Vec<Vec<LifeId>>) {
    let mut lives = Vec::with_capacity(document.tracks.rows.len());
    let mut lives_of = vec![Vec::new(); players.len()];
    for (index, row) in document.tracks.rows.iter().enumerate() {
        if let Some(player) = players.find(row.guid, row.name) {
            lives_of[player.index()].push(LifeId(lives.len() as u32));
            lives.push(Life::build(row, index, player, document));
        }
    }
    for ids in &mut lives_of {
        ids.sort_by_key(|id| lives[id.index()].start_ms);
    }
    (lives, lives_of)
}

/// Revives by both sections that record them; each may miss some.
fn collect_revives(document: &Document, players: &Players) -> Vec<Vec<i64>> {
    let tables = &document.tables;
    let by_medic = tables
        .revives
        .rows
        .iter()
        .map(|row| (row.revived_guid, row.revived_name, row.time));
    let outcomes = tables
        .kill_outcomes
        .rows
        .iter()
        .filter(|row| document.strings.raw(row.outcome) == b"revived");
    let by_outcome = outcomes.map(|row| (row.victim_guid, row.victim_name, row.outcome_time));
    times_by_player(by_medic.chain(by_outcome), players)
}

/// Deaths by the engagements that end with one and by the kill rows.
fn collect_deaths(document: &Document, players: &Players) -> Vec<Vec<i64>> {
    let strings = &document.strings;
    let deadly = |outcome: Sym| {
        matches!(
            strings.raw(outcome),
            b"killed" | b"teamkill" | b"selfkill" | b"fallen" | b"world"
        )
    };
    let engagements = document
        .engagements
        .table
        .rows
        .iter()
        .filter(|row| deadly(row.outcome));
    let by_engagement =
        engagements.filter_map(|row| Some((row.target_guid, row.target_name, row.end_time?)));
    let kills = document.tables.combat_positions.rows.iter();
    let by_kill = kills.map(|row| (row.vic_guid, row.vic_name, row.time));
    times_by_player(by_engagement.chain(by_kill), players)
}

fn times_by_player(
    events: impl Iterator<Item = (Sym, Sym, i64)>,
    players: &Players,
) -> Vec<Vec<i64>> {
    let mut times = vec![Vec::new(); players.len()];
    for (guid, name, time) in events {
        if let Some(player) = players.find(guid, name) {
            times[player.index()].push(time);
        }
    }
    for times in &mut times {
        times.sort_unstable();
        times.dedup();
    }
    times
}

/// Median step between neighbouring samples of a life.
fn measured_cadence(samples: &Samples, lives: &[Life]) -> Option<i64> {
    // Steps above the longest plausible cadence are gaps; a table of counts is all a median needs.
    const LONGEST_MS: usize = 5_000;
    let mut counts = vec![0_u32; LONGEST_MS + 1];
    let mut total = 0_u32;
    for life in lives {
        let mut previous: Option<i32> = None;
        for index in life.sample_indices() {
            let time = samples.time_ms[index];
            if let Some(step) = previous.and_then(|previous| time.checked_sub(previous))
                && step > 0
                && step as usize <= LONGEST_MS
            {
                counts[step as usize] += 1;
                total += 1;
            }
            previous = Some(time);
        }
    }
    let mut seen = 0;
    let middle = counts.iter().position(|count| {
        seen += count;
        seen * 2 > total
    });
    middle.filter(|_| total > 0).map(|ms| ms as i64)
}
