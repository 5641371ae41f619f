//! How much and how fast players move, from places and times alone.
//!
//! The way is the polyline through the samples in three dimensions; jumps ([`super::flags`]: over 300 u at more than 1200 u/s) and samples
//! taken in limbo are left out. Moving is a step of more than [`MOVING_U_PER_S`]. Source: `PLAYER_TRACKS`. Unit u, ms, u/s.
//!
//! [`life_movements`] and [`player_movements`] are the sums; [`profiles`] adds how fast over which time, when lives first move, and stance and
//! sprint as far as the file's flags mean what they say ([`flags_trustworthy`]).
//!
//! Known weakness: the polyline cuts corners, the more the coarser the cadence (scripted players on a real server:
//! 2 % less way at 400 ms than at 200 ms, 4 % at 600 ms); lifts and falls count as moving. O(samples).

mod profile;
mod trust;

pub use profile::{
    FirstMoves, Profile, SPEED_BIN_U_PER_S, SPEED_BINS, StanceTimes, Times, profiles,
};
pub use trust::{
    FlagTrust, Measured, NotMeasured, StanceMeaning, TRUE_SPRINT, TRUE_STANCE, flags_trustworthy,
};

use super::flags::RowFlags;
use crate::model::{Life, Round};
use serde::Serialize;

/// Slower than this is standing, u/s. The tracker's own threshold for the first move.
pub const MOVING_U_PER_S: f64 = 10.0;

/// The movement of a life or of a player.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Movement {
    /// Lives behind it.
    pub lives: u32,
    /// Way, u.
    pub way_u: f64,
    /// Time with samples, ms.
    pub alive_ms: i64,
    /// Of this, moving, ms.
    pub moving_ms: i64,
    /// Fastest step, u/s.
    pub fastest_u_per_s: f64,
    /// Jumps left out.
    pub jumps: u32,
}

impl Movement {
    /// Way per time alive, u/s; `None` without time.
    pub fn mean_speed(self) -> Option<f64> {
        (self.alive_ms > 0).then(|| 1000.0 * self.way_u / self.alive_ms as f64)
    }

    /// Share of the time alive spent moving, 0 to 1; `None` without time.
    pub fn moving_share(self) -> Option<f64> {
        (self.alive_ms > 0).then(|| self.moving_ms as f64 / self.alive_ms as f64)
    }

    fn add(&mut self, other: &Self) {
        self.lives += other.lives;
        self.way_u += other.way_u;
        self.alive_ms += other.alive_ms;
        self.moving_ms += other.moving_ms;
        self.fastest_u_per_s = self.fastest_u_per_s.max(other.fastest_u_per_s);
        self.jumps += other.jumps;
    }
}

/// The movement of every life, as long as [`Round::lives`].
pub fn life_movements(round: &Round, flags: &RowFlags) -> Vec<Movement> {
    round
        .lives()
        .iter()
        .map(|life| of_life(round, flags, life))
        .collect()
}

/// The movement of every player (indexed by [`crate::model::PlayerId`]), from [`life_movements`].
pub fn player_movements(round: &Round, lives: &[Movement]) -> Vec<Movement> {
    let mut players = vec![Movement::default(); round.players.len()];
    for (life, movement) in round.lives().iter().zip(lives) {
        players[life.player.index()].add(movement);
    }
    players
}

/// From one sample of a life to the next.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The sample it begins at.
    from: usize,
    /// How long that holds, ms; never 0.
    held_ms: i64,
    to: StepTo,
}

/// Where a step leads.
#[derive(Clone, Copy, Debug)]
enum StepTo {
    /// Nowhere known: the last sample, or the next was taken in limbo.
    Nowhere,
    /// Somewhere no player can go.
    Jump,
    Sample {
        index: usize,
        /// Real time between the two, ms.
        step_ms: i64,
        /// Way in three dimensions, u.
        way_u: f64,
    },
}

impl StepTo {
    /// Index and speed of a step that leads somewhere.
    fn speed(self) -> Option<(usize, f64)> {
        match self {
            Self::Sample {
                index,
                step_ms,
                way_u,
            } => Some((index, 1000.0 * way_u / step_ms.max(1) as f64)),
            Self::Nowhere | Self::Jump => None,
        }
    }
}

/// The steps of a life that take time. How long a sample holds is [`RowFlags::held_ms`].
fn steps(round: &Round, flags: &RowFlags, life: &Life) -> impl Iterator<Item = Step> {
    let samples = round.samples();
    let indices = life.sample_indices();
    let next = indices.skip(1).map(Some).chain([None]);
    let pairs = life.sample_indices().zip(next);
    pairs.filter_map(move |(from, next)| {
        let held_ms = i64::from(flags.held_ms[from]);
        if held_ms == 0 {
            return None;
        }
        let to = match next.filter(|to| !flags.ghost_samples[*to]) {
            None => StepTo::Nowhere,
            Some(to) if flags.jumped[to] => StepTo::Jump,
            Some(to) => {
                let deltas = [&samples.x, &samples.y, &samples.z]
                    .map(|axis| f64::from(axis[to]) - f64::from(axis[from]));
                StepTo::Sample {
                    index: to,
                    step_ms: i64::from(samples.time_ms[to]) - i64::from(samples.time_ms[from]),
                    way_u: deltas.iter().map(|d| d * d).sum::<f64>().sqrt(),
                }
            }
        };
        Some(Step { from, held_ms, to })
    })
}

/// The last step of a life ends at the moment of death, which may be a few ms behind a sample: too short to tell a speed by.
fn tells_peak(round: &Round, step_ms: i64) -> bool {
    step_ms * 2 >= round.cadence_ms()
}

fn of_life(round: &Round, flags: &RowFlags, life: &Life) -> Movement {
    let mut movement = Movement {
        lives: 1,
        ..Movement::default()
    };
    for step in steps(round, flags, life) {
        movement.alive_ms += step.held_ms;
        let (way_u, step_ms) = match step.to {
            StepTo::Sample { way_u, step_ms, .. } => (way_u, step_ms),
            StepTo::Jump => {
                movement.jumps += 1;
                continue;
            }
            StepTo::Nowhere => continue,
        };
        let speed = 1000.0 * way_u / step_ms.max(1) as f64;
        movement.way_u += way_u;
        if speed > MOVING_U_PER_S {
            movement.moving_ms += step.held_ms;
        }
        if tells_peak(round, step_ms) {
            movement.fastest_u_per_s = movement.fastest_u_per_s.max(speed);
        }
    }
    movement
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::deaths::deaths;
    use crate::analysis::support::held_ms;
    use crate::model::Provenance;
    use crate::model::format::{container, read};

    #[test]
    fn a_step_holds_as_long_as_its_sample() {
        let bytes = include_bytes!(
            "../../assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz"
        );
        let bytes = container::unpack(bytes).unwrap().bytes;
        let round = Round::build(read(&bytes).unwrap(), Provenance::default());
        let flags = RowFlags::of(&round, &deaths(&round));
        for life in round.lives() {
            let held = (0..life.sample_count()).map(|nth| held_ms(&flags, life, nth));
            let held: Vec<i64> = held.filter(|ms| *ms > 0).collect();
            let of_steps: Vec<i64> = steps(&round, &flags, life).map(|s| s.held_ms).collect();
            assert_eq!(of_steps, held);
        }
    }
}
