//! Trade events: who could have avenged a death, who tried, who did.
//!
//! One event per engagement with outcome `killed` and a killer. Its time is the engagement's end, its place the engagement's end
//! position. Source: `ENGAGEMENTS` and `PLAYER_TRACKS`; without tracks there are no events, as in the reference.
//!
//! * *Opportunity*: another GUID whose life contains the moment (spawn and death included), of the victim's team, whose point nearest in
//!   time is at most [`Params::position_tolerance_ms`] off and at most [`Params::distance_u`] away (two dimensions).
//! * *Attempt*: in an engagement on the killer, an attacker of the victim's team whose *first* hit falls into the window.
//! * *Success*: such an engagement ended with the killer's death in the window, and the attacker made the kill.
//! * *Missed*: all opportunities, if there was neither attempt nor success.
//! * *Isolation*: no opportunity, and the nearest team mate further than [`Params::isolation_u`] or not known.
//!
//! Known weakness: see the table in [`super`]. O(deaths · (GUIDs + log)) binary searches.

use super::{Engagement, ReferenceRound, rounded};
use crate::analysis::flags::Flags;
use crate::model::Sym;
use serde::Serialize;

/// The reference's constants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// How long after the death, ms.
    pub window_ms: i64,
    /// How near a team mate must be to count as an opportunity, u.
    pub distance_u: f64,
    /// How far in time a point may be from the death, ms.
    pub position_tolerance_ms: i64,
    /// Further than this from all team mates is isolated, u.
    pub isolation_u: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            window_ms: 3000,
            distance_u: 800.0,
            position_tolerance_ms: 1500,
            isolation_u: 1200.0,
        }
    }
}

/// A team mate who was near.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opportunity {
    /// Who.
    pub guid: String,
    /// His name in that life.
    pub name: String,
    /// To the victim, u, one decimal.
    pub distance: f64,
    /// His point's distance from the death in time, ms.
    pub delta_ms: i64,
}

/// A team mate who shot at the killer, or killed him.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reply {
    /// Who.
    pub guid: String,
    /// His name in that engagement.
    pub name: String,
    /// After the death, ms: his first hit, or the killer's death.
    pub delta_ms: i64,
}

/// One death and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TradeEvent {
    /// Number of the engagement (its column `id`).
    pub engagement_id: i64,
    /// Who died.
    pub victim_guid: String,
    /// His name.
    pub victim_name: String,
    /// His team.
    pub victim_team: String,
    /// Who did it.
    pub killer_guid: String,
    /// His name.
    pub killer_name: String,
    /// ms.
    pub death_time_ms: i64,
    /// Team mates who were near.
    pub opportunities: Vec<Opportunity>,
    /// Team mates who shot at the killer, each once, by his earliest first hit.
    pub attempts: Vec<Reply>,
    /// Team mates who killed him, each once.
    pub successes: Vec<Reply>,
    /// The opportunities, if nothing came of them.
    pub missed_candidates: Vec<Opportunity>,
    /// u, one decimal; `None` when no team mate's place is known.
    pub nearest_teammate_dist: Option<f64>,
    /// He was alone.
    pub is_isolation_death: bool,
    /// Doubts about the engagement.
    pub flags: Flags,
}

/// The trade events of a round, in the order of its engagements.
pub fn trades(view: &ReferenceRound<'_>, params: &Params) -> Vec<TradeEvent> {
    if view.lives.is_empty() {
        return Vec::new();
    }
    let avengeable = view
        .engagements
        .iter()
        .filter(|engagement| engagement.is_killed && !engagement.row.killer_guid.is_empty());
    avengeable
        .map(|engagement| event(view, engagement, params))
        .collect()
}

fn event(view: &ReferenceRound<'_>, engagement: &Engagement<'_>, params: &Params) -> TradeEvent {
    let row = engagement.row;
    let (opportunities, nearest_u) = opportunities(view, engagement, params);
    let (attempts, successes) = replies(view, engagement, params);
    let is_missed = attempts.is_empty() && successes.is_empty();
    TradeEvent {
        engagement_id: row.id,
        victim_guid: view.string(row.target_guid),
        victim_name: view.string(row.target_name),
        victim_team: view.string(row.target_team),
        killer_guid: view.string(row.killer_guid),
        killer_name: view.string(row.killer_name),
        death_time_ms: engagement.end_ms(),
        missed_candidates: if is_missed {
            opportunities.clone()
        } else {
            Vec::new()
        },
        nearest_teammate_dist: nearest_u.map(|u| rounded(u, 1)),
        is_isolation_death: opportunities.is_empty()
            && nearest_u.is_none_or(|u| u > params.isolation_u),
        opportunities,
        attempts,
        successes,
        flags: engagement.flags,
    }
}

/// Team mates who were near, and how near the nearest of all was.
fn opportunities(
    view: &ReferenceRound<'_>,
    engagement: &Engagement<'_>,
    params: &Params,
) -> (Vec<Opportunity>, Option<f64>) {
    let (row, t_ms) = (engagement.row, engagement.end_ms());
    let mut near = Vec::new();
    let mut nearest_u: Option<f64> = None;
    let (Some(x), Some(y)) = (row.end_x.get(), row.end_y.get()) else {
        return (near, nearest_u);
    };
    let samples = view.round.samples();
    for (guid, life) in view.alive_at(t_ms) {
        if guid == row.target_guid || life.row.team != row.target_team {
            continue;
        }
        let point = life.path.nearest(samples, t_ms);
        let Some(point) = point.filter(|point| point.off_ms <= params.position_tolerance_ms) else {
            continue;
        };
        let (dx, dy) = (
            exact(samples.x[point.index]) - x,
            exact(samples.y[point.index]) - y,
        );
        // Garbage coordinates may be beyond what a square holds.
        let u = (dx * dx + dy * dy).sqrt().min(f64::MAX);
        nearest_u = Some(nearest_u.map_or(u, |nearest| nearest.min(u)));
        if u <= params.distance_u {
            near.push(Opportunity {
                guid: view.string(guid),
                name: view.string(life.row.name),
                distance: rounded(u, 1),
                delta_ms: point.off_ms,
            });
        }
    }
    (near, nearest_u)
}

/// Attempts and successes.
fn replies(
    view: &ReferenceRound<'_>,
    engagement: &Engagement<'_>,
    params: &Params,
) -> (Vec<Reply>, Vec<Reply>) {
    let row = engagement.row;
    let (from, to) = (
        engagement.end_ms(),
        engagement.end_ms().saturating_add(params.window_ms),
    );
    let mut attempts: Vec<(Sym, Sym, i64)> = Vec::new();
    let mut successes: Vec<(Sym, Sym, i64)> = Vec::new();
    for attacker in view.first_hits_on(row.killer_guid, from, to) {
        if attacker.team == row.target_team {
            keep_earliest(
                &mut attempts,
                attacker.guid,
                attacker.name,
                attacker.first_hit,
            );
        }
    }
    for death in view.deaths_of(row.killer_guid, from, to) {
        for attacker in view.attackers_of(death) {
            if attacker.got_kill && attacker.team == row.target_team {
                keep_earliest(&mut successes, attacker.guid, attacker.name, death.end_ms());
            }
        }
    }
    let reply = |(guid, name, t_ms): (Sym, Sym, i64)| Reply {
        guid: view.string(guid),
        name: view.string(name),
        delta_ms: t_ms - engagement.end_ms(),
    };
    (
        attempts.into_iter().map(reply).collect(),
        successes.into_iter().map(reply).collect(),
    )
}

fn keep_earliest(replies: &mut Vec<(Sym, Sym, i64)>, guid: Sym, name: Sym, t_ms: i64) {
    match replies.iter_mut().find(|(known, ..)| *known == guid) {
        Some(known) if known.2 <= t_ms => {}
        Some(known) => *known = (guid, name, t_ms),
        None => replies.push((guid, name, t_ms)),
    }
}

/// The decimal number that stands in the file, of a column that keeps it in single precision.
pub(super) fn exact(value: f32) -> f64 {
    let tenths = f64::from(value) * 10.0;
    (tenths + 0.5_f64.copysign(tenths)) as i64 as f64 / 10.0
}
