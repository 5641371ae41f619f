//! One life as columns to colour its path by, and how much of a life was spent alone or in danger.
//!
//! *Danger* is the distance to the nearest living enemy, *solitude* the one to the nearest living team mate (see [`Company`] for who counts as
//! seen); *speed* is the recorded horizontal speed; *health* the recorded health. A column says `None` at samples that are no living player's.
//!
//! Shares are sums of the time that samples hold (until the next one, at most twice the cadence). *In danger* is an enemy within
//! [`ShareParams::danger_u`], *alone* no team mate within [`ShareParams::alone_u`], also when there is none alive. While a team mate lives
//! unseen after a revive, being alone is not sure, and while an enemy does, being safe is not: these parts are told apart.
//!
//! O(samples) beside [`Company`].

use super::company::{Company, side};
use crate::analysis::alive::alive_stretches;
use crate::analysis::combat::Stretches;
use crate::analysis::flags::RowFlags;
use crate::analysis::serial;
use crate::analysis::support::held_ms;
use crate::model::{LifeId, PlayerId, Round, Team};
use serde::Serialize;

/// One life, a value per sample in order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LifeColumns {
    /// When, ms.
    pub t_ms: Vec<i64>,
    /// How long the sample holds, ms.
    pub held_ms: Vec<i64>,
    /// Distance of the nearest living enemy, u.
    pub danger_u: Vec<Option<f32>>,
    /// Distance of the nearest living team mate, u.
    pub solitude_u: Vec<Option<f32>>,
    /// Horizontal speed, u/s.
    pub speed_u_per_s: Vec<Option<f32>>,
    /// Health points.
    pub health: Vec<Option<i32>>,
}

/// The columns of one life; `company` is the round's. O(samples of the life).
pub fn life_columns(
    round: &Round,
    flags: &RowFlags,
    company: &Company,
    life: LifeId,
) -> LifeColumns {
    let samples = round.samples();
    let life = round.life(life);
    let mut columns = LifeColumns::default();
    for (nth, index) in life.sample_indices().enumerate() {
        let is_living = !flags.ghost_samples[index] && samples.health[index] > 0;
        columns.t_ms.push(i64::from(samples.time_ms[index]));
        columns.held_ms.push(held_ms(flags, life, nth));
        columns.danger_u.push(company.enemy_u[index]);
        columns.solitude_u.push(company.mate_u[index]);
        let speed = samples.speed[index];
        let is_speed = is_living && speed.is_finite();
        columns.speed_u_per_s.push(is_speed.then_some(speed));
        let health = samples.health[index];
        columns.health.push(is_living.then_some(health));
    }
    columns
}

/// What counts as danger and as alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShareParams {
    /// An enemy this near is danger, u.
    pub danger_u: f32,
    /// Nobody of the own team this near is alone, u.
    pub alone_u: f32,
}

impl Default for ShareParams {
    fn default() -> Self {
        Self {
            danger_u: 800.0,
            alone_u: 500.0,
        }
    }
}

/// One life in times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LifeShares {
    /// The life.
    #[serde(serialize_with = "serial::life")]
    pub life: LifeId,
    /// Whose.
    pub player: PlayerId,
    /// Time with samples, ms.
    pub alive_ms: i64,
    /// Of this, with an enemy near, ms.
    pub danger_ms: i64,
    /// With none near that is seen, while an enemy lives unseen, ms.
    pub danger_unsure_ms: i64,
    /// Without a team mate near that is seen, ms.
    pub alone_ms: i64,
    /// Of that, while a team mate lives unseen, ms.
    pub alone_unsure_ms: i64,
}

impl LifeShares {
    /// Percent of the time alive in danger, as far as seen; `None` without any.
    pub fn danger_percent(&self) -> Option<f64> {
        (self.alive_ms > 0).then(|| 100.0 * self.danger_ms as f64 / self.alive_ms as f64)
    }

    /// Percent of the time alive spent alone, as far as seen; `None` without any.
    pub fn alone_percent(&self) -> Option<f64> {
        (self.alive_ms > 0).then(|| 100.0 * self.alone_ms as f64 / self.alive_ms as f64)
    }
}

/// Danger and solitude of every life of the two teams, in file order; `company` is the round's.
pub fn life_shares(
    round: &Round,
    flags: &RowFlags,
    company: &Company,
    params: &ShareParams,
) -> Vec<LifeShares> {
    let samples = round.samples();
    let unseen = unseen(round);
    let lives = round.lives().iter().enumerate();
    lives
        .filter_map(|(nth, life)| {
            let own = side(life.team)?;
            let mut mates = Walk::new(&unseen[own]);
            let mut enemies = Walk::new(&unseen[1 - own]);
            let mut shares = LifeShares {
                life: LifeId(nth as u32),
                player: life.player,
                alive_ms: 0,
                danger_ms: 0,
                danger_unsure_ms: 0,
                alone_ms: 0,
                alone_unsure_ms: 0,
            };
            for (nth, index) in life.sample_indices().enumerate() {
                let held = held_ms(flags, life, nth);
                let t_ms = i64::from(samples.time_ms[index]);
                shares.alive_ms += held;
                if company.enemy_u[index].is_some_and(|u| u <= params.danger_u) {
                    shares.danger_ms += held;
                } else if enemies.is_inside(t_ms) {
                    shares.danger_unsure_ms += held;
                }
                if company.mate_u[index].is_none_or(|u| u > params.alone_u) {
                    shares.alone_ms += held;
                    if mates.is_inside(t_ms) {
                        shares.alone_unsure_ms += held;
                    }
                }
            }
            Some(shares)
        })
        .collect()
}

/// When somebody of a team lives without samples after a revive (both ends included), per side.
fn unseen(round: &Round) -> [Stretches; 2] {
    let mut raw = [Vec::new(), Vec::new()];
    for stretch in unseen_stretches(round) {
        if let Some(side) = side(Some(stretch.2)) {
            raw[side].push((stretch.0, stretch.1 - 1));
        }
    }
    raw.map(|raw| Stretches::merged(raw, 1))
}

/// Start, end (exclusive), team of every stretch in which a player is alive outside of his lives: after revives.
pub(in crate::analysis) fn unseen_stretches(round: &Round) -> Vec<(i64, i64, Team)> {
    let is_life = |player: PlayerId, start_ms: i64| {
        let mut lives = round.lives_of(player).iter();
        lives.any(|life| round.life(*life).start_ms == start_ms)
    };
    alive_stretches(round)
        .into_iter()
        .filter(|stretch| !is_life(stretch.player, stretch.start_ms))
        .map(|stretch| (stretch.start_ms, stretch.end_ms, stretch.team))
        .collect()
}

/// Goes along stretches with growing times.
struct Walk {
    stretches: Vec<(i64, i64)>,
    next: usize,
}

impl Walk {
    fn new(stretches: &Stretches) -> Self {
        Self {
            stretches: stretches.iter().collect(),
            next: 0,
        }
    }

    fn is_inside(&mut self, t_ms: i64) -> bool {
        while self.stretches.get(self.next).is_some_and(|s| s.1 < t_ms) {
            self.next += 1;
        }
        self.stretches.get(self.next).is_some_and(|s| s.0 <= t_ms)
    }
}
