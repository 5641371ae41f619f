//! The reinforcement clock of a team, solved from what the file says and believed only when the landings bear it out.
//!
//! Every `SPAWN_TIMING` row gives the victim team's interval I and the time to its next wave at the kill; so
//! `offset = I − time to next − kill time (mod I)`, the same for all rows of a team. A *landing* is the start of a life that is neither the
//! player's first nor a revive. The clock is used only when at least [`Params::fewest_rows`] rows agree, all of them, at least
//! [`Params::fewest_landings`] different waves were landed on, and at least [`Params::share`] of the landings lie within
//! [`Params::tolerance_ms`] of a wave; otherwise it is unavailable, with the reason.
//!
//! So no tracker's mistake makes a clock: 5.0a writes interval 0, which is no clock; 4.2 with banner V5 writes offset 0 and mostly an
//! interval it assumed, which landings of a real server do not fit unless it happens to be right. As landings on every second wave would fit half
//! the true interval too, files of that version have none either when all landings skip waves evenly.
//!
//! Landings come one server frame beside the recorded wave (25 ms early on a server with 40 frames a second, 50 ms with 20);
//! [`WaveClock::bias_ms`] is the median of that, and [`WaveClock::landing_ms`] counts it in.
//!
//! Source: `SPAWN_TIMING`, `PLAYER_TRACKS`, `REVIVES`. Unit ms on the file's clock. Known weakness: a pause moves the waves against the clock of
//! the file in most versions, so rounds with pauses usually have none. O(rows + lives · log).

mod clock;

pub use clock::WaveClock;

use crate::model::format::Family;
use crate::model::{LifeId, PlayerId, Round, Team};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// When a clock is believed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// Rows that must agree.
    pub fewest_rows: usize,
    /// Waves that must have been landed on.
    pub fewest_landings: usize,
    /// Share of landings near a wave.
    pub share: f64,
    /// How near, ms.
    pub tolerance_ms: i64,
    /// An interval shorter than this is no interval of waves, ms.
    pub shortest_interval_ms: i64,
    /// Nor is a longer one than this, ms.
    pub longest_interval_ms: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            fewest_rows: 3,
            fewest_landings: 3,
            share: 0.9,
            tolerance_ms: 250,
            shortest_interval_ms: 1000,
            longest_interval_ms: 600_000,
        }
    }
}

/// Why there is no clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoClock {
    /// Fewer rows with an interval than needed.
    FewRows(usize),
    /// There are rows, but none has an interval that could be one.
    NoInterval(usize),
    /// The rows contradict each other.
    RowsDisagree,
    /// Fewer waves with landings than needed.
    FewLandings(usize),
    /// Too many landings are not on a wave: how many are, of how many.
    LandingsOff(usize, usize),
    /// The interval is the tracker's assumption, and all landings are on every so many waves of it.
    WavesSkipped(i64),
}

impl fmt::Display for NoClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FewRows(rows) => write!(f, "only {rows} kills tell the reinforcement time"),
            Self::NoInterval(rows) => {
                write!(f, "none of {rows} kills tells a usable interval")
            }
            Self::RowsDisagree => f.write_str("the kills tell different reinforcement times"),
            Self::FewLandings(waves) => write!(f, "only {waves} waves can be checked"),
            Self::LandingsOff(near, all) => write!(f, "only {near} of {all} spawns fit the waves"),
            Self::WavesSkipped(every) => write!(
                f,
                "all spawns are on every {every}th wave of an interval that the tracker assumed"
            ),
        }
    }
}

/// Both teams' clocks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Clocks {
    /// Of the Axis, or why there is none.
    pub axis: Result<WaveClock, NoClock>,
    /// Of the Allies, or why there is none.
    pub allies: Result<WaveClock, NoClock>,
}

impl Clocks {
    /// Both clocks of a round.
    pub fn of(round: &Round, params: &Params) -> Self {
        Self {
            axis: wave_clock(round, Team::Axis, params),
            allies: wave_clock(round, Team::Allies, params),
        }
    }

    /// The clock of a team, if it has one.
    pub fn team(&self, team: Team) -> Option<&WaveClock> {
        match team {
            Team::Axis => self.axis.as_ref().ok(),
            Team::Allies => self.allies.as_ref().ok(),
            Team::Spectator => None,
        }
    }
}

/// Who landed with which wave of a team, by number of the wave; the players of a wave in order.
pub fn landed(
    round: &Round,
    team: Team,
    clock: &WaveClock,
    params: &Params,
) -> BTreeMap<i64, Vec<PlayerId>> {
    let mut landed: BTreeMap<i64, Vec<PlayerId>> = BTreeMap::new();
    for (player, id) in landings(round, team, params) {
        let start_ms = round.life(id).start_ms;
        if clock.off_ms(start_ms) <= params.tolerance_ms {
            let of_wave = landed.entry(clock.nearest_wave(start_ms)).or_default();
            of_wave.push(player);
        }
    }
    for players in landed.values_mut() {
        players.sort_unstable();
        players.dedup();
    }
    landed
}

/// The reinforcement clock of a team.
///
/// # Errors
/// When the file does not prove one, with the reason.
pub fn wave_clock(round: &Round, team: Team, params: &Params) -> Result<WaveClock, NoClock> {
    let mut clock = solve(round, team, params)?;
    let mut waves = BTreeSet::new();
    let mut biases = Vec::new();
    for (_, id) in landings(round, team, params) {
        let start_ms = round.life(id).start_ms;
        clock.landings += 1;
        if clock.off_ms(start_ms) <= params.tolerance_ms {
            clock.landings_near += 1;
            let wave = clock.nearest_wave(start_ms);
            waves.insert(wave);
            biases.push(start_ms.saturating_sub(clock.landing_ms(wave)));
        }
    }
    if (clock.landings_near as f64) < params.share * clock.landings as f64 {
        return Err(NoClock::LandingsOff(clock.landings_near, clock.landings));
    }
    if waves.len() < params.fewest_landings {
        return Err(NoClock::FewLandings(waves.len()));
    }
    let every = greatest_step(&waves);
    if every > 1 && round.document.version.family == Family::V4PostHoc {
        return Err(NoClock::WavesSkipped(every));
    }
    biases.sort_unstable();
    clock.bias_ms = biases
        .get(biases.len().saturating_sub(1) / 2)
        .map_or(0, |bias| *bias);
    Ok(clock)
}

/// The clock by the rows alone.
fn solve(round: &Round, team: Team, params: &Params) -> Result<WaveClock, NoClock> {
    let rows = round.document.tables.spawn_timing.rows.iter();
    let of_team = rows.filter(|row| Team::from_tag(round.text(row.victim_team)) == Some(team));
    let mut without_interval = 0;
    let mut solved: Vec<(i64, i64)> = Vec::new();
    for row in of_team {
        let interval = row.enemy_spawn_interval;
        if !(params.shortest_interval_ms.max(1)..=params.longest_interval_ms).contains(&interval) {
            without_interval += 1;
            continue;
        }
        let to_wave = row
            .time_to_next_spawn
            .rem_euclid(interval)
            .saturating_add(row.kill_time.rem_euclid(interval));
        solved.push((interval, (-to_wave).rem_euclid(interval)));
    }
    let (interval_ms, offset_ms) = match solved.first() {
        Some(first) if solved.len() >= params.fewest_rows => *first,
        None if without_interval > 0 => return Err(NoClock::NoInterval(without_interval)),
        _ => return Err(NoClock::FewRows(solved.len())),
    };
    if solved.iter().any(|row| *row != (interval_ms, offset_ms)) {
        return Err(NoClock::RowsDisagree);
    }
    Ok(WaveClock {
        interval_ms,
        offset_ms,
        rows: solved.len(),
        landings_near: 0,
        landings: 0,
        bias_ms: 0,
    })
}

/// Lives of a team that began with a wave: all but each player's first, which may have begun at any time, those with a stale start, and those
/// that began with a revive.
fn landings(
    round: &Round,
    team: Team,
    params: &Params,
) -> impl Iterator<Item = (PlayerId, LifeId)> {
    let tolerance_ms = params.tolerance_ms;
    let later = round.players.ids().flat_map(|player| {
        let lives = round.lives_of(player).iter().skip(1);
        lives.map(move |id| (player, *id))
    });
    later.filter(move |(player, id)| {
        let life = round.life(*id);
        let is_revive = || {
            let revives = round.revives_of(*player).iter();
            revives
                .map(|t| t.abs_diff(life.start_ms))
                .any(|off| off <= tolerance_ms.max(0).unsigned_abs())
        };
        life.team == Some(team) && !life.is_spawn_stale && !is_revive()
    })
}

/// The greatest step by which all these numbers can be reached from the first; 0 for less than two of them.
fn greatest_step(waves: &BTreeSet<i64>) -> i64 {
    let steps = waves.iter().zip(waves.iter().skip(1)).map(|(a, b)| b - a);
    steps.fold(0, |mut a, mut b| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_step() {
        let step = |waves: &[i64]| greatest_step(&waves.iter().copied().collect());
        assert_eq!(step(&[1, 3, 7]), 2);
        assert_eq!(step(&[1, 3, 6]), 1);
        assert_eq!((step(&[4]), step(&[])), (0, 0));
    }
}
