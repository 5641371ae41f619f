//! Which way a round was leaning lately: a simple curve per team, of two parts that are always shown apart.
//!
//! * *Exchange*: every enemy killed counts +1 for the killer's team, every own death of any kind −1; each fades by half every
//!   [`Params::half_life_ms`]. So it is the recent kills less the recent deaths.
//! * *Lead*: [`Params::lead_weight`] for every man more alive than the enemy has, negative for every man less.
//!
//! The curve of a team is their sum; the *balance* is that of the Axis less that of the Allies. A value at a moment depends on what happened
//! at or before it alone. A *swing* is a large change of the balance within [`Params::swing_ms`].
//!
//! This is a reading aid and no model: it knows nothing of objectives, ground or reinforcement times, predicts nothing, and its constants are
//! conventions. A team that plays with a man more leads all the time. Source: deaths of [`super::deaths`], counts of [`super::alive`].
//! Unit: kills. Built in O(n log n) of deaths and steps, sampled anywhere in O(log n).

use super::alive::Step;
use super::deaths::{Death, DeathKind};
use crate::model::Team;
use serde::Serialize;

/// Constants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// After this long a kill counts half, ms.
    pub half_life_ms: i64,
    /// What one man more alive counts, in fresh kills.
    pub lead_weight: f64,
    /// A swing is the change within this time, ms.
    pub swing_ms: i64,
    /// A smaller change of the balance is no swing.
    pub smallest_swing: f64,
    /// At most so many swings are given, the largest.
    pub most_swings: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            half_life_ms: 15_000,
            lead_weight: 0.5,
            swing_ms: 10_000,
            smallest_swing: 4.0,
            most_swings: 5,
        }
    }
}

/// The parts of one team's curve at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Parts {
    /// Recent kills less recent deaths.
    pub exchange: f64,
    /// From men more or less alive.
    pub lead: f64,
}

impl Parts {
    /// The curve.
    pub fn sum(self) -> f64 {
        self.exchange + self.lead
    }
}

/// Both teams at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// When, ms.
    pub t_ms: i64,
    /// The Axis.
    pub axis: Parts,
    /// The Allies.
    pub allies: Parts,
}

impl Reading {
    /// Axis less Allies.
    pub fn balance(&self) -> f64 {
        self.axis.sum() - self.allies.sum()
    }
}

/// A large change of the balance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Swing {
    /// From, ms.
    pub start_ms: i64,
    /// To, ms: the event that completed it.
    pub end_ms: i64,
    /// The balance before.
    pub from: f64,
    /// The balance after; above `from` the Axis gained.
    pub to: f64,
}

impl Swing {
    /// The change; positive is for the Axis.
    pub fn change(&self) -> f64 {
        self.to - self.from
    }
}

/// The momentum of a round.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Momentum {
    /// Right after every event, in order of time. Between them the exchange fades and the lead stays; see [`Momentum::at`].
    pub readings: Vec<Reading>,
    /// The largest swings in order of time; no two overlap.
    pub swings: Vec<Swing>,
    half_life_ms: i64,
}

/// The momentum of a round from its deaths and the counts of the living ([`super::alive::Alive::steps`]), as far as these mean
/// something (`over_ms`, [`super::alive::over_ms`]).
pub fn momentum(deaths: &[Death], steps: &[Step], over_ms: i64, params: &Params) -> Momentum {
    let leads: Vec<(i64, i64)> = steps
        .iter()
        .take_while(|step| step.t_ms < over_ms)
        .map(|step| (step.t_ms, i64::from(step.axis) - i64::from(step.allies)))
        .collect();
    let mut times: Vec<i64> = deaths.iter().map(|death| death.t_ms).collect();
    times.extend(leads.iter().map(|lead| lead.0));
    times.sort_unstable();
    times.dedup();
    let mut result = Momentum {
        half_life_ms: params.half_life_ms.max(1),
        ..Momentum::default()
    };
    let (mut deaths, mut leads) = (deaths.iter().peekable(), leads.iter().peekable());
    let mut ahead = 0;
    for t_ms in times {
        let mut now = result.at(t_ms);
        while let Some(death) = deaths.next_if(|death| death.t_ms <= t_ms) {
            count(death, &mut now);
        }
        while let Some(step) = leads.next_if(|step| step.0 <= t_ms) {
            ahead = step.1;
        }
        now.axis.lead = params.lead_weight * ahead as f64;
        now.allies.lead = params.lead_weight * -ahead as f64;
        result.readings.push(now);
    }
    let both = steps.iter().find(|step| step.axis > 0 && step.allies > 0);
    if let Some(both) = both {
        result.swings = swings(&result, both.t_ms, over_ms, params);
    }
    result
}

fn count(death: &Death, now: &mut Reading) {
    let (own, enemy) = match death.victim_team {
        Some(Team::Axis) => (&mut now.axis, &mut now.allies),
        Some(Team::Allies) => (&mut now.allies, &mut now.axis),
        _ => return,
    };
    own.exchange -= 1.0;
    if death.kind == DeathKind::Enemy {
        enemy.exchange += 1.0;
    }
}

impl Momentum {
    /// Both teams at any moment, from events at or before it. O(log n).
    pub fn at(&self, t_ms: i64) -> Reading {
        let until = self
            .readings
            .partition_point(|reading| reading.t_ms <= t_ms);
        let Some(last) = until.checked_sub(1).map(|nth| self.readings[nth]) else {
            return Reading {
                t_ms,
                axis: Parts::default(),
                allies: Parts::default(),
            };
        };
        let age_ms = t_ms.saturating_sub(last.t_ms) as f64;
        let left = (-age_ms / self.half_life_ms.max(1) as f64).exp2();
        let faded = |parts: Parts| Parts {
            exchange: parts.exchange * left,
            ..parts
        };
        Reading {
            t_ms,
            axis: faded(last.axis),
            allies: faded(last.allies),
        }
    }
}

/// The largest changes that an event completed, from when both teams had somebody alive until the counts are over.
fn swings(momentum: &Momentum, first_ms: i64, over_ms: i64, params: &Params) -> Vec<Swing> {
    let inside = |reading: &&Reading| reading.t_ms > first_ms && reading.t_ms <= over_ms;
    let mut all: Vec<Swing> = momentum
        .readings
        .iter()
        .filter(inside)
        .map(|reading| {
            let start_ms = reading
                .t_ms
                .saturating_sub(params.swing_ms.max(0))
                .max(first_ms);
            Swing {
                start_ms,
                end_ms: reading.t_ms,
                from: momentum.at(start_ms).balance(),
                to: reading.balance(),
            }
        })
        .filter(|swing| swing.change().abs() >= params.smallest_swing)
        .collect();
    all.sort_by(|a, b| {
        let larger = b.change().abs().total_cmp(&a.change().abs());
        larger.then(a.end_ms.cmp(&b.end_ms))
    });
    let mut kept: Vec<Swing> = Vec::new();
    for swing in all {
        let overlaps =
            |other: &Swing| swing.start_ms < other.end_ms && other.start_ms < swing.end_ms;
        if kept.len() < params.most_swings && !kept.iter().any(overlaps) {
            kept.push(swing);
        }
    }
    kept.sort_by_key(|swing| swing.end_ms);
    kept
}
