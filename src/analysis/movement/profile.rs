//! How a player moves: speeds over time, first moves, stance and sprint.
//!
//! A step's speed is its way (three dimensions, as in [`super::Movement`]) over its real time, and it counts for as long as its first sample holds
//! (at most twice the cadence). Means, median and bins are over that time, not over samples, so that they do not depend on the cadence
//! beyond the cut corners. The *peak* leaves out steps of less than half a cadence.
//!
//! *Time to first move* is from the start of a life to the first sample that is reached at more than 10 u/s in the plane, and beside it what the
//! file says (`first_move_time`, by the recorded speed); lives with a stale spawn time have neither. Stance and sprint: see
//! [`super::flags_trustworthy`]; a sprint flag is about the time before its sample.
//!
//! Source: `PLAYER_TRACKS`. Unit u/s, ms. Known weakness: a sprint shorter than the cadence counts for a whole step. O(samples).

use super::trust::{FlagTrust, Measured, NotMeasured, StanceMeaning, flags_trustworthy};
use super::{MOVING_U_PER_S, Step, StepTo, steps, tells_peak};
use crate::analysis::flags::RowFlags;
use crate::model::{Life, PlayerId, Round};
use serde::Serialize;

/// Width of a speed bin, u/s.
pub const SPEED_BIN_U_PER_S: usize = 50;
/// Number of speed bins; the last holds all that is faster.
pub const SPEED_BINS: usize = 11;
/// The median is found among whole u/s up to this.
const FASTEST_TOLD: usize = 1200;

/// Times of several lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Times {
    /// Of how many lives.
    pub n: u32,
    /// The shortest, ms.
    pub shortest_ms: i64,
    /// The median, ms; of an even number the lower middle.
    pub median_ms: i64,
    /// The longest, ms.
    pub longest_ms: i64,
}

impl Times {
    fn of(mut times: Vec<i64>) -> Option<Self> {
        times.sort_unstable();
        let last = times.len().checked_sub(1)?;
        Some(Self {
            n: times.len() as u32,
            shortest_ms: times[0],
            median_ms: times[last / 2],
            longest_ms: times[last],
        })
    }
}

/// When lives first move, from their start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FirstMoves {
    /// By the file.
    pub file: Option<Times>,
    /// By places and times.
    pub samples: Option<Times>,
    /// Lives with samples that never move.
    pub never: u32,
}

/// Time in each stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StanceTimes {
    /// Standing, ms.
    pub standing_ms: i64,
    /// Crouched or prone, ms.
    pub low_ms: i64,
    /// Crouched, ms.
    pub crouched_ms: Measured<i64>,
    /// Prone, ms.
    pub prone_ms: Measured<i64>,
    /// Time in which the file does not tell, ms.
    pub not_known_ms: i64,
}

/// How a player moves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// Who.
    pub player: PlayerId,
    /// Lives with samples.
    pub lives: u32,
    /// Way without jumps, u.
    pub way_u: f64,
    /// Time with samples, ms.
    pub alive_ms: i64,
    /// Of this, time of which the speed is known, ms.
    pub timed_ms: i64,
    /// Of that, faster than [`MOVING_U_PER_S`], ms.
    pub moving_ms: i64,
    /// Mean speed over the time with a speed, u/s.
    pub mean_u_per_s: Option<f64>,
    /// Mean speed while moving, u/s.
    pub mean_moving_u_per_s: Option<f64>,
    /// Half of the time with a speed he is slower than one more than this, in whole u/s.
    pub median_u_per_s: Option<u32>,
    /// Fastest step, u/s.
    pub peak_u_per_s: Option<f64>,
    /// Time by speed, ms: below 50 u/s, below 100 u/s, …, and all from 500 u/s on.
    pub bins_ms: [i64; SPEED_BINS],
    /// When his lives first move.
    pub first_moves: FirstMoves,
    /// Time by stance.
    pub stance: Measured<StanceTimes>,
    /// Time sprinting, ms.
    pub sprint_ms: Measured<i64>,
}

/// The profile of every player, in order of their numbers; empty without samples.
pub fn profiles(round: &Round, flags: &RowFlags) -> Vec<Profile> {
    if round.samples().is_empty() {
        return Vec::new();
    }
    let trust = flags_trustworthy(round, flags);
    let of = |player: PlayerId| {
        let mut sums = Sums::default();
        for &life in round.lives_of(player) {
            sums.add_life(round, flags, round.life(life));
        }
        sums.profile(player, trust)
    };
    round.players.ids().map(of).collect()
}

/// Sums over the lives of one player.
struct Sums {
    lives: u32,
    way_u: f64,
    alive_ms: i64,
    moving_ms: i64,
    /// Speed times time, and the same of the moving steps, u/s · ms.
    speed_time: f64,
    moving_speed_time: f64,
    peak: Option<f64>,
    /// Time by whole u/s; the last holds all that is faster.
    by_speed: Vec<i64>,
    /// Time by recorded stance 0, 1, 2, and any other.
    stance_ms: [i64; 4],
    sprint_ms: i64,
    first_file: Vec<i64>,
    first_samples: Vec<i64>,
    never_moved: u32,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            lives: 0,
            way_u: 0.0,
            alive_ms: 0,
            moving_ms: 0,
            speed_time: 0.0,
            moving_speed_time: 0.0,
            peak: None,
            by_speed: vec![0; FASTEST_TOLD + 1],
            stance_ms: [0; 4],
            sprint_ms: 0,
            first_file: Vec::new(),
            first_samples: Vec::new(),
            never_moved: 0,
        }
    }
}

impl Sums {
    fn add_life(&mut self, round: &Round, flags: &RowFlags, life: &Life) {
        if life.sample_count() == 0 {
            return;
        }
        self.lives += 1;
        let mut first_move: Option<i64> = None;
        for step in steps(round, flags, life) {
            self.add_step(round, &step);
            if first_move.is_none() {
                first_move = moved_at(round, &step);
            }
        }
        if life.is_spawn_stale {
            return;
        }
        let since_start = |t_ms: i64| {
            let after = t_ms.saturating_sub(life.start_ms);
            (after >= 0).then_some(after)
        };
        self.first_file
            .extend(life.first_move_ms.and_then(since_start));
        match first_move {
            Some(t_ms) => self.first_samples.extend(since_start(t_ms)),
            None => self.never_moved += 1,
        }
    }

    fn add_step(&mut self, round: &Round, step: &Step) {
        let samples = round.samples();
        self.alive_ms += step.held_ms;
        let stance = usize::try_from(samples.stance[step.from]).unwrap_or(3);
        self.stance_ms[stance.min(3)] += step.held_ms;
        let Some((to, speed)) = step.to.speed() else {
            return;
        };
        if samples.sprint[to] == 1 && samples.health[to] > 0 {
            self.sprint_ms += step.held_ms;
        }
        let held = step.held_ms as f64;
        self.by_speed[(speed as usize).min(FASTEST_TOLD)] += step.held_ms;
        self.speed_time += speed * held;
        if speed > MOVING_U_PER_S {
            self.moving_ms += step.held_ms;
            self.moving_speed_time += speed * held;
        }
        if let StepTo::Sample { way_u, step_ms, .. } = step.to {
            self.way_u += way_u;
            if tells_peak(round, step_ms) {
                self.peak = Some(self.peak.map_or(speed, |peak| peak.max(speed)));
            }
        }
    }

    fn profile(self, player: PlayerId, trust: FlagTrust) -> Profile {
        let timed_ms: i64 = self.by_speed.iter().sum();
        let mut bins_ms = [0; SPEED_BINS];
        for (speed, ms) in self.by_speed.iter().enumerate() {
            bins_ms[(speed / SPEED_BIN_U_PER_S).min(SPEED_BINS - 1)] += ms;
        }
        let mut slower = 0;
        let median = self.by_speed.iter().position(|ms| {
            slower += ms;
            slower * 2 >= timed_ms
        });
        Profile {
            player,
            lives: self.lives,
            way_u: self.way_u,
            alive_ms: self.alive_ms,
            timed_ms,
            moving_ms: self.moving_ms,
            mean_u_per_s: (timed_ms > 0).then(|| self.speed_time / timed_ms as f64),
            mean_moving_u_per_s: (self.moving_ms > 0)
                .then(|| self.moving_speed_time / self.moving_ms as f64),
            median_u_per_s: median.filter(|_| timed_ms > 0).map(|speed| speed as u32),
            peak_u_per_s: self.peak,
            bins_ms,
            stance: self.stance(trust),
            sprint_ms: match trust.sprint {
                Ok(()) => Measured::Value(self.sprint_ms),
                Err(why) => Measured::Not(why),
            },
            first_moves: FirstMoves {
                file: Times::of(self.first_file),
                samples: Times::of(self.first_samples),
                never: self.never_moved,
            },
        }
    }

    fn stance(&self, trust: FlagTrust) -> Measured<StanceTimes> {
        let [standing_ms, one_ms, two_ms, other_ms] = self.stance_ms;
        match trust.stance {
            Err(why) => Measured::Not(why),
            Ok(StanceMeaning::True) => Measured::Value(StanceTimes {
                standing_ms,
                low_ms: one_ms + two_ms,
                crouched_ms: Measured::Value(one_ms),
                prone_ms: Measured::Value(two_ms),
                not_known_ms: other_ms,
            }),
            Ok(StanceMeaning::LowOrNot) => Measured::Value(StanceTimes {
                standing_ms,
                low_ms: one_ms,
                crouched_ms: Measured::Not(NotMeasured::StanceIsMixed),
                prone_ms: Measured::Not(NotMeasured::StanceIsMixed),
                not_known_ms: two_ms + other_ms,
            }),
        }
    }
}

/// When a step ends that moves in the plane, ms.
fn moved_at(round: &Round, step: &Step) -> Option<i64> {
    let samples = round.samples();
    let StepTo::Sample { index, step_ms, .. } = step.to else {
        return None;
    };
    let delta = |axis: &[f32]| f64::from(axis[index]) - f64::from(axis[step.from]);
    let way_u = delta(&samples.x).hypot(delta(&samples.y));
    let is_move = 1000.0 * way_u > MOVING_U_PER_S * step_ms.max(1) as f64;
    is_move.then(|| i64::from(samples.time_ms[index]))
}
