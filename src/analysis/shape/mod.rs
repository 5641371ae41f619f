//! The shape of a team over time, from samples, and its pushes; beside what the tracker says of both.
//!
//! [`shapes`] looks at both teams every [`Params::step_ms`]. *Seen* at time t is a player of the team in a life that contains t whose last
//! sample at or before t is at most [`Params::oldest_ms`] old and not taken in limbo; with at least two of them there is a shape: centroid,
//! *dispersion* (mean distance from the centroid), *spread* (largest distance of two), *stragglers* (farther than
//! [`Params::straggler_u`] from the centroid) and the closest pair, all in two dimensions, as in the file. *Unseen* are those who are alive
//! but not seen: after a revive (trackers up to 6.11 lose the track) or in a gap of their samples.
//!
//! [`pushes`]: a team that moves together; [`cohesion_agreement`] and [`push_agreement`]: the rows of `TEAM_COHESION` and `TEAM_PUSHES` beside
//! ours. Source: `PLAYER_TRACKS`, `REVIVES`, `KILL_OUTCOME`. Unit u, ms, u/s.
//!
//! Known weakness: a team that plays in two groups has its centroid between them, where nobody is; the unseen are where they are.
//! O(samples + steps · alive²), which is O(samples) for teams of the usual size.

mod against_file;
mod pushes;
mod seen;

pub use against_file::{
    CohesionAgreement, NotComparable, OnlyFile, OnlyOurs, PushAgreement, Quantiles,
    cohesion_agreement, push_agreement, push_agreement_of,
};
pub use pushes::{Motions, Push, PushParams, Toward, pushes};

use crate::analysis::flags::RowFlags;
use crate::analysis::serial;
use crate::model::{PlayerId, Round, Team};
use seen::{Look, Member, look};
use serde::Serialize;

/// Constants of the shape.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// From look to look, ms; at least [`SHORTEST_STEP_MS`].
    pub step_ms: i64,
    /// How old a sample may be, ms.
    pub oldest_ms: i64,
    /// Farther than this from the centroid is a straggler, u.
    pub straggler_u: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            step_ms: 500,
            oldest_ms: 1500,
            straggler_u: 800.0,
        }
    }
}

/// Looking more often says nothing: servers run frames of 50 ms at most.
pub const SHORTEST_STEP_MS: i64 = 50;

/// A team at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TeamShape {
    /// When, ms.
    pub t_ms: i64,
    /// Which.
    #[serde(serialize_with = "serial::team")]
    pub team: Team,
    /// Living members with a fresh sample; at least two.
    pub seen: u32,
    /// Living members without one.
    pub unseen: u32,
    /// Mean of the places seen.
    pub centroid: [f64; 3],
    /// Mean distance from the centroid in the plane, u.
    pub dispersion_u: f64,
    /// Largest distance of two in the plane, u.
    pub spread_u: f64,
    /// How many are far from the centroid.
    pub stragglers: u32,
    /// The two who are nearest to each other.
    pub closest: [PlayerId; 2],
    /// Their distance in the plane, u.
    pub closest_u: f64,
}

/// The shapes of both teams in order of time, the Axis first; moments with fewer than two seen are left out.
pub fn shapes(round: &Round, flags: &RowFlags, params: &Params) -> Vec<TeamShape> {
    let times = grid(round, params.step_ms);
    shapes_at(round, flags, &times, params)
}

/// The shapes and what [`Motions`] keeps of the same round: in one walk where both look at the same times, as they do by default.
pub fn shapes_and_motions(
    round: &Round,
    flags: &RowFlags,
    params: &Params,
    push_params: &PushParams,
) -> (Vec<TeamShape>, Motions) {
    let age = (params.step_ms, params.oldest_ms);
    if age != (push_params.step_ms, push_params.oldest_ms) {
        let motions = Motions::of(round, flags, push_params);
        return (shapes(round, flags, params), motions);
    }
    let times = grid(round, params.step_ms);
    let mut shapes = Vec::with_capacity(times.len() * 2);
    let mut motions = Motions::new(push_params);
    let window_ms = Some(push_params.window_ms.max(1));
    look(
        round,
        flags,
        &times,
        (params.oldest_ms, window_ms),
        |look| {
            shapes.extend(shapes_of(look, params));
            motions.add(look);
        },
    );
    (shapes, motions)
}

/// The shapes at the given times, which are in ascending order.
fn shapes_at(round: &Round, flags: &RowFlags, times: &[i64], params: &Params) -> Vec<TeamShape> {
    let mut shapes = Vec::with_capacity(times.len() * 2);
    look(round, flags, times, (params.oldest_ms, None), |look| {
        shapes.extend(shapes_of(look, params));
    });
    shapes
}

fn shapes_of(look: &Look<'_>, params: &Params) -> impl Iterator<Item = TeamShape> {
    let sides = Team::SIDES.into_iter().zip(look.members).zip(look.unseen);
    sides.filter_map(|((team, members), unseen)| shape(look.t_ms, team, members, unseen, params))
}

fn shape(
    t_ms: i64,
    team: Team,
    members: &[Member],
    unseen: u32,
    params: &Params,
) -> Option<TeamShape> {
    if members.len() < 2 {
        return None;
    }
    let centroid = centroid(members.iter().map(|member| member.place));
    let plane = |member: &Member| [member.place[0], member.place[1]].map(f64::from);
    let square = |a: [f64; 2], b: [f64; 2]| {
        let (x, y) = (a[0] - b[0], a[1] - b[1]);
        x * x + y * y
    };
    let middle = [centroid[0], centroid[1]];
    let mut sum = 0.0;
    let mut stragglers = 0;
    let mut most: f64 = 0.0;
    let mut least = f64::INFINITY;
    let mut closest = (f64::INFINITY, [members[0].player, members[1].player]);
    for (nth, member) in members.iter().enumerate() {
        let place = plane(member);
        let from_centroid = square(place, middle).sqrt();
        sum += from_centroid;
        stragglers += u32::from(from_centroid > params.straggler_u);
        for other in &members[nth + 1..] {
            let apart = square(place, plane(other));
            most = if apart > most { apart } else { most };
            if apart < least {
                least = apart;
                // Of pairs whose distances are the same but for rounding the first counts.
                if apart.sqrt() < closest.0 {
                    closest = (apart.sqrt(), [member.player, other.player]);
                }
            }
        }
    }
    Some(TeamShape {
        t_ms,
        team,
        seen: members.len() as u32,
        unseen,
        centroid,
        dispersion_u: sum / members.len() as f64,
        spread_u: most.sqrt(),
        stragglers,
        closest: closest.1,
        closest_u: closest.0,
    })
}

fn centroid(places: impl Iterator<Item = [f32; 3]>) -> [f64; 3] {
    let (mut sum, mut n) = ([0.0; 3], 0_u32);
    for place in places {
        for (sum, value) in sum.iter_mut().zip(place) {
            *sum += f64::from(value);
        }
        n += 1;
    }
    sum.map(|sum| sum / f64::from(n.max(1)))
}

/// The multiples of the step within the round; none without lives.
fn grid(round: &Round, step_ms: i64) -> Vec<i64> {
    if round.samples().is_empty() {
        return Vec::new();
    }
    let step_ms = step_ms.max(SHORTEST_STEP_MS);
    let from = round.clock.start_ms.div_euclid(step_ms);
    let to = round.clock.end_ms.div_euclid(step_ms);
    (from..=to)
        .map(|nth| nth * step_ms)
        .filter(|t_ms| *t_ms >= round.clock.start_ms)
        .collect()
}

/// What the shape of a team was over a round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShapeSummary {
    /// Which team.
    #[serde(serialize_with = "serial::team")]
    pub team: Team,
    /// Moments with a shape.
    pub moments: u32,
    /// Of these, with somebody alive unseen.
    pub with_unseen: u32,
    /// Dispersion, u.
    pub dispersion_u: Quantiles,
    /// Spread, u.
    pub spread_u: Quantiles,
    /// Of all members seen at all moments, how many were stragglers, 0 to 1.
    pub straggler_share: f64,
}

/// Summaries of the teams that have shapes.
pub fn shape_summaries(shapes: &[TeamShape]) -> Vec<ShapeSummary> {
    let of_team = |team: Team| {
        let own: Vec<&TeamShape> = shapes.iter().filter(|shape| shape.team == team).collect();
        let seen: u64 = own.iter().map(|shape| u64::from(shape.seen)).sum();
        let stragglers: u64 = own.iter().map(|shape| u64::from(shape.stragglers)).sum();
        Some(ShapeSummary {
            team,
            moments: own.len() as u32,
            with_unseen: own.iter().filter(|shape| shape.unseen > 0).count() as u32,
            dispersion_u: Quantiles::of(own.iter().map(|shape| shape.dispersion_u))?,
            spread_u: Quantiles::of(own.iter().map(|shape| shape.spread_u))?,
            straggler_share: stragglers as f64 / seen.max(1) as f64,
        })
    };
    Team::SIDES.into_iter().filter_map(of_team).collect()
}
