//! The reinforcement clock of a team, solved from what the file says and believed only when the landings bear it out.
//!
//! Every `SPAWN_TIMING` row gives the victim team's interval I and the time to its next wave at the kill; so
//! `offset = I − time to next − kill time (mod I)`, the same for all rows of a team. A *landing* is the start of a life that is not the
//! player's first. The clock is used only when at least [`Params::fewest_rows`] rows agree, all of them, at least
//! [`Params::fewest_landings`] different waves were landed on, and at least [`Params::share`] of the landings lie within
//! [`Params::tolerance_ms`] of a wave; otherwise it is unavailable, with the reason.
//!
//! Source: `SPAWN_TIMING`, `PLAYER_TRACKS`. Unit ms on the file's clock. Known weakness: a pause moves the waves against the clock of
//! the file in most versions, so rounds with pauses usually have none. O(rows + lives).

use crate::model::{Life, Round, Team};
use serde::Serialize;
use std::collections::BTreeSet;
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
}

impl Default for Params {
    fn default() -> Self {
        Self {
            fewest_rows: 3,
            fewest_landings: 3,
            share: 0.9,
            tolerance_ms: 250,
        }
    }
}

/// A team's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WaveClock {
    /// From wave to wave, ms.
    pub interval_ms: i64,
    /// A wave lands when time plus this is a multiple of the interval, ms.
    pub offset_ms: i64,
    /// Rows behind it.
    pub rows: usize,
    /// Landings near a wave.
    pub landings_near: usize,
    /// Landings.
    pub landings: usize,
}

impl WaveClock {
    /// Time since the last wave, ms.
    pub fn phase_ms(&self, t_ms: i64) -> i64 {
        (t_ms + self.offset_ms).rem_euclid(self.interval_ms)
    }

    /// Time to the next wave, ms; in the moment of a wave the whole interval.
    pub fn to_next_ms(&self, t_ms: i64) -> i64 {
        self.interval_ms - self.phase_ms(t_ms)
    }

    /// Number of the wave that landed last.
    pub fn wave(&self, t_ms: i64) -> i64 {
        (t_ms + self.offset_ms).div_euclid(self.interval_ms)
    }

    /// How far from the nearest wave, ms, never negative.
    pub fn off_ms(&self, t_ms: i64) -> i64 {
        self.phase_ms(t_ms).min(self.to_next_ms(t_ms))
    }
}

/// Why there is no clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoClock {
    /// Fewer rows with an interval than needed.
    FewRows(usize),
    /// The rows contradict each other.
    RowsDisagree,
    /// Fewer waves with landings than needed.
    FewLandings(usize),
    /// Too many landings are not on a wave: how many are, of how many.
    LandingsOff(usize, usize),
}

impl fmt::Display for NoClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FewRows(rows) => write!(f, "only {rows} kills tell the reinforcement time"),
            Self::RowsDisagree => f.write_str("the kills tell different reinforcement times"),
            Self::FewLandings(waves) => write!(f, "only {waves} waves can be checked"),
            Self::LandingsOff(near, all) => write!(f, "only {near} of {all} spawns fit the waves"),
        }
    }
}

/// The reinforcement clock of a team.
///
/// # Errors
/// When the file does not prove one, with the reason.
pub fn wave_clock(round: &Round, team: Team, params: &Params) -> Result<WaveClock, NoClock> {
    let rows = round.document.tables.spawn_timing.rows.iter();
    let of_team = rows.filter(|row| {
        Team::from_tag(round.text(row.victim_team)) == Some(team) && row.enemy_spawn_interval > 0
    });
    let solved: Vec<(i64, i64)> = of_team
        .map(|row| {
            let interval = row.enemy_spawn_interval;
            let to_wave =
                row.time_to_next_spawn.rem_euclid(interval) + row.kill_time.rem_euclid(interval);
            (interval, (-to_wave).rem_euclid(interval))
        })
        .collect();
    let (interval_ms, offset_ms) = match solved.first() {
        Some(first) if solved.len() >= params.fewest_rows => *first,
        _ => return Err(NoClock::FewRows(solved.len())),
    };
    if solved.iter().any(|row| *row != (interval_ms, offset_ms)) {
        return Err(NoClock::RowsDisagree);
    }
    let mut clock = WaveClock {
        interval_ms,
        offset_ms,
        rows: solved.len(),
        landings_near: 0,
        landings: 0,
    };
    let mut waves = BTreeSet::new();
    for life in landings(round, team) {
        clock.landings += 1;
        if clock.off_ms(life.start_ms) <= params.tolerance_ms {
            clock.landings_near += 1;
            waves.insert(clock.wave(life.start_ms + params.tolerance_ms));
        }
    }
    if (clock.landings_near as f64) < params.share * clock.landings as f64 {
        return Err(NoClock::LandingsOff(clock.landings_near, clock.landings));
    }
    if waves.len() < params.fewest_landings {
        return Err(NoClock::FewLandings(waves.len()));
    }
    Ok(clock)
}

/// Lives of a team that began with a wave: all but each player's first, which may have begun at any time, and those with a stale start.
fn landings(round: &Round, team: Team) -> impl Iterator<Item = &Life> {
    let later = round
        .players
        .ids()
        .flat_map(|player| round.lives_of(player).iter().skip(1));
    let lives = later.map(|id| round.life(*id));
    lives.filter(move |life| life.team == Some(team) && !life.is_spawn_stale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_tells_phase_and_next_wave() {
        let clock = WaveClock {
            interval_ms: 20_000,
            offset_ms: 5000,
            rows: 3,
            landings_near: 3,
            landings: 3,
        };
        assert_eq!(
            (clock.phase_ms(15_000), clock.to_next_ms(15_000)),
            (0, 20_000)
        );
        assert_eq!(
            (clock.phase_ms(14_900), clock.to_next_ms(14_900)),
            (19_900, 100)
        );
        assert_eq!((clock.off_ms(14_900), clock.off_ms(15_100)), (100, 100));
        assert_eq!(
            (clock.wave(14_999), clock.wave(15_000), clock.wave(-5001)),
            (0, 1, -1)
        );
    }
}
