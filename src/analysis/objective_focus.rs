//! Objective focus from samples: who was how long how near to which objective.
//!
//! A sample holds from its time until the next one of its life (see [`super::support`]); at an objective is who is within its radius in
//! three dimensions. *Contested* is an objective with players of both teams at it, *supported* one with at least two of a team. Works
//! for every map with known objectives, whether or not the file has `OBJECTIVE_FOCUS`; where it has, [`Focus::agreement`] holds both.
//!
//! Unit ms, u. Source: `PLAYER_TRACKS`. Known weakness: a player is not seen after a revive (trackers up to 6.11); an objective's marker
//! is not always in the middle of the thing; a visit shorter than the cadence may be missed, and every visit is uncertain by one step.
//! O(samples · objectives + visits · log visits).

use super::flags::RowFlags;
use super::support::held_ms;
use crate::maps::objective::{DEFAULT_RADIUS_U, Objective};
use crate::model::{PlayerId, Round, Team};
use serde::Serialize;

/// A stay at an objective, from one sample to another without a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// Who.
    pub player: PlayerId,
    /// For which team; `None` when the file names none of the two.
    #[serde(skip)]
    pub team: Option<Team>,
    /// From, ms.
    pub start_ms: i64,
    /// To (exclusive), ms.
    pub end_ms: i64,
}

/// One player and one objective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Nearness {
    /// Time at it, ms.
    pub inside_ms: i64,
    /// Stays.
    pub visits: u32,
    /// Nearest approach, u.
    pub nearest_u: Option<f32>,
    /// Mean distance over his time alive, u.
    pub mean_u: Option<f64>,
}

/// One objective.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AtObjective {
    /// Its word in round files.
    pub id: String,
    /// Its name.
    pub name: String,
    /// By player (indexed by [`PlayerId`]).
    pub players: Vec<Nearness>,
    /// All stays in order of their start.
    pub visits: Vec<Visit>,
    /// Both teams at it: from, to, ms.
    pub contested: Vec<(i64, i64)>,
    /// Their sum, ms.
    pub contested_ms: i64,
    /// At least two of the Axis at it, ms.
    pub axis_supported_ms: i64,
    /// At least two of the Allies at it, ms.
    pub allies_supported_ms: i64,
}

/// The file's row for a player beside ours.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Who.
    pub player: PlayerId,
    /// Objective he was nearest to for most samples, by the file.
    pub file_objective: String,
    /// Objective he was nearest to for most of the time, by us.
    pub our_objective: Option<String>,
    /// Time within 500 u of any, by the file, ms.
    pub file_inside_ms: i64,
    /// The same by us, ms.
    pub our_inside_ms: i64,
    /// Mean distance to the nearest, by the file, u.
    pub file_mean_u: Option<f64>,
    /// The same by us, u.
    pub our_mean_u: Option<f64>,
}

/// The objective focus of a round.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Focus {
    /// The objectives in the order given.
    pub objectives: Vec<AtObjective>,
    /// Per row of the file.
    pub agreement: Vec<Agreement>,
}

/// Sums of one player over all objectives.
#[derive(Clone, Debug, Default)]
struct Totals {
    alive_ms: i64,
    inside_any_ms: i64,
    /// Distance to the nearest objective times the time it holds, u · ms.
    to_nearest: f64,
    /// How long each objective was the nearest, ms.
    time_nearest: Vec<i64>,
    /// Distance to each objective times the time it holds, u · ms.
    by_objective: Vec<f64>,
}

/// The objective focus of a round at these objectives; empty when there is none.
pub fn objective_focus(round: &Round, flags: &RowFlags, objectives: &[Objective]) -> Focus {
    if objectives.is_empty() {
        return Focus::default();
    }
    let mut at: Vec<AtObjective> = objectives
        .iter()
        .map(|objective| AtObjective {
            id: objective.id.clone(),
            name: objective.name.clone(),
            players: vec![Nearness::default(); round.players.len()],
            ..AtObjective::default()
        })
        .collect();
    let none = Totals {
        time_nearest: vec![0; at.len()],
        by_objective: vec![0.0; at.len()],
        ..Totals::default()
    };
    let mut sums = vec![none; round.players.len()];
    for life in round.lives() {
        follow(
            round,
            flags,
            life,
            objectives,
            &mut at,
            &mut sums[life.player.index()],
        );
    }
    for (nth, at) in at.iter_mut().enumerate() {
        for (player, sums) in at.players.iter_mut().zip(&sums) {
            let alive_ms = sums.alive_ms as f64;
            player.mean_u = (sums.alive_ms > 0).then(|| sums.by_objective[nth] / alive_ms);
        }
        at.visits
            .sort_by_key(|visit| (visit.start_ms, visit.player));
        sweep(at);
    }
    Focus {
        agreement: agreement(round, &sums, &at),
        objectives: at,
    }
}

/// Follows one life past all objectives.
fn follow(
    round: &Round,
    flags: &RowFlags,
    life: &crate::model::Life,
    objectives: &[Objective],
    at: &mut [AtObjective],
    sums: &mut Totals,
) {
    let samples = round.samples();
    for (nth, index) in life.sample_indices().enumerate() {
        let held = held_ms(flags, life, nth);
        if held == 0 {
            continue;
        }
        let t_ms = i64::from(samples.time_ms[index]);
        let mut nearest = (0, f32::INFINITY);
        for (which, (objective, at)) in objectives.iter().zip(at.iter_mut()).enumerate() {
            let u = objective.distance_u(samples.x[index], samples.y[index], samples.z[index]);
            sums.by_objective[which] += f64::from(u) * held as f64;
            if u < nearest.1 {
                nearest = (which, u);
            }
            let near = &mut at.players[life.player.index()];
            near.nearest_u = Some(near.nearest_u.map_or(u, |nearest| nearest.min(u)));
            if u > objective.radius_u {
                continue;
            }
            near.inside_ms += held;
            match at.visits.last_mut() {
                Some(visit) if visit.player == life.player && visit.end_ms == t_ms => {
                    visit.end_ms += held;
                }
                _ => {
                    near.visits += 1;
                    at.visits.push(Visit {
                        player: life.player,
                        team: life.team,
                        start_ms: t_ms,
                        end_ms: t_ms + held,
                    });
                }
            }
        }
        sums.alive_ms += held;
        sums.time_nearest[nearest.0] += held;
        sums.to_nearest += f64::from(nearest.1) * held as f64;
        if nearest.1 <= DEFAULT_RADIUS_U {
            sums.inside_any_ms += held;
        }
    }
}

/// Goes through the stays at one objective in order of time, counting who is there.
fn sweep(at: &mut AtObjective) {
    let side = |visit: &Visit| {
        Team::SIDES
            .iter()
            .position(|team| visit.team == Some(*team))
    };
    let mut changes: Vec<(i64, usize, i32)> = Vec::new();
    for visit in &at.visits {
        if let Some(side) = side(visit) {
            changes.push((visit.start_ms, side, 1));
            changes.push((visit.end_ms, side, -1));
        }
    }
    changes.sort_unstable();
    let mut there = [0_i32; 2];
    let mut last_ms = i64::MIN;
    for (t_ms, side, change) in changes {
        if there[0] > 0 && there[1] > 0 && t_ms > last_ms {
            at.contested_ms += t_ms - last_ms;
            match at.contested.last_mut() {
                Some(last) if last.1 == last_ms => last.1 = t_ms,
                _ => at.contested.push((last_ms, t_ms)),
            }
        }
        let sums = [&mut at.axis_supported_ms, &mut at.allies_supported_ms];
        for (sum, count) in sums.into_iter().zip(there) {
            if count >= 2 {
                *sum += t_ms - last_ms;
            }
        }
        there[side] += change;
        last_ms = t_ms;
    }
}

fn agreement(round: &Round, sums: &[Totals], at: &[AtObjective]) -> Vec<Agreement> {
    let rows = round.document.tables.objective_focus.rows.iter();
    rows.filter_map(|row| {
        let player = round.players.find(row.guid, row.name)?;
        let sums = &sums[player.index()];
        let most = sums
            .time_nearest
            .iter()
            .enumerate()
            .max_by_key(|(_, ms)| **ms);
        let alive_ms = sums.alive_ms as f64;
        Some(Agreement {
            player,
            file_objective: round.text(row.objective).to_owned(),
            our_objective: most
                .filter(|(_, ms)| **ms > 0)
                .map(|(which, _)| at[which].id.clone()),
            file_inside_ms: row.time_within_radius_ms,
            our_inside_ms: sums.inside_any_ms,
            file_mean_u: row.avg_distance.get(),
            our_mean_u: (sums.alive_ms > 0).then(|| sums.to_nearest / alive_ms),
        })
    })
    .collect()
}
