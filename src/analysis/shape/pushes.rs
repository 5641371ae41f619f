//! Pushes: a team that moves together in one direction.
//!
//! Every [`PushParams::step_ms`] each seen player's velocity is his way in the plane over the last [`PushParams::window_ms`] by his
//! samples. *Movers* are faster than [`PushParams::moving_u_per_s`]. With at least two of them the team has a *speed* (mean of theirs), a
//! *direction* (of their mean velocity) and an *alignment* (mean cosine of each mover's velocity to it, 1 when all go the same way). The
//! team pushes while speed and alignment reach their thresholds; breaks of at most [`PushParams::gap_ms`] belong to the push, and
//! pushes shorter than [`PushParams::shortest_ms`] are none.
//!
//! Speed, direction and alignment of a push are means over its steps with both reached. The tracker (5.0 and later) uses the same thresholds
//! every 1000 ms, but halves old and new value at each step, so that its means are mostly of the last two seconds; keeps the direction of the
//! first second; and calls the objective nearest to the team's middle (with its height taken as 0) the aim if the direction's cosine to it is above 0.3,
//! so that a team which has just passed an objective goes nowhere.
//!
//! *Toward* is the nearest (mean distance of the movers' middle, three dimensions) of the objectives to which the mean cosine of the direction is at
//! least [`PushParams::toward_cosine`] (in the plane).
//!
//! Known weakness: two groups that go different ways are no push, though each may be one; a push is noticed up to one window late.
//! O(samples + steps · (movers + objectives)).

use super::seen::{Look, Member, look};
use super::{centroid, grid};
use crate::analysis::flags::RowFlags;
use crate::analysis::serial;
use crate::maps::objective::Objective;
use crate::model::{PlayerId, Round, Team};
use serde::Serialize;

/// Constants of pushes, with the tracker's values where it has them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PushParams {
    /// From look to look, ms.
    pub step_ms: i64,
    /// How old a sample may be, ms.
    pub oldest_ms: i64,
    /// Over how long velocities are taken, ms.
    pub window_ms: i64,
    /// Slower is standing, u/s.
    pub moving_u_per_s: f64,
    /// Slower is no push, u/s.
    pub speed_u_per_s: f64,
    /// Less aligned is no push.
    pub alignment: f64,
    /// Breaks up to this belong to the push, ms.
    pub gap_ms: i64,
    /// Shorter is no push, ms.
    pub shortest_ms: i64,
    /// Cosine from which a direction is toward an objective.
    pub toward_cosine: f64,
}

impl Default for PushParams {
    fn default() -> Self {
        Self {
            step_ms: 500,
            oldest_ms: 1500,
            window_ms: 500,
            moving_u_per_s: 10.0,
            speed_u_per_s: 80.0,
            alignment: 0.4,
            gap_ms: 500,
            shortest_ms: 1000,
            toward_cosine: 0.7,
        }
    }
}

/// Toward what a team pushes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Toward {
    /// This objective, by its word in round files.
    Objective(String),
    /// None of those known.
    None,
    /// No objectives are known.
    NotKnown,
}

/// A push.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Push {
    /// First step at which the team pushes, ms.
    pub start_ms: i64,
    /// One step behind the last, ms.
    pub end_ms: i64,
    /// Who pushes.
    #[serde(serialize_with = "serial::team")]
    pub team: Team,
    /// Mean speed of the movers, u/s.
    pub speed_u_per_s: f64,
    /// Unit vector of the mean of the steps' directions, in the plane; `None` when they cancel out.
    pub direction: Option<[f64; 2]>,
    /// Mean cosine of the movers' velocities to the direction of each step.
    pub alignment: f64,
    /// Most movers at one step.
    pub movers: u32,
    /// Who moved along (cosine at least the alignment's threshold) for at least half of the steps, in order of their numbers.
    pub participants: Vec<PlayerId>,
    /// Where to.
    pub toward: Toward,
}

/// How a team moves at one step.
#[derive(Clone, Debug)]
pub(super) struct Motion {
    pub(super) t_ms: i64,
    pub(super) speed: f64,
    pub(super) alignment: f64,
    direction: [f64; 2],
    middle: [f64; 3],
    movers: u32,
    /// Who moves along, where the team pushes.
    along: Vec<PlayerId>,
}

impl Motion {
    pub(super) fn is_push(&self, params: &PushParams) -> bool {
        self.speed >= params.speed_u_per_s && self.alignment >= params.alignment
    }
}

/// How both teams moved: what pushes are made of, for who needs it more than once.
#[derive(Clone, Debug)]
pub struct Motions {
    pub(super) params: PushParams,
    /// Per side, the steps at which at least two move.
    pub(super) sides: [Vec<Motion>; 2],
    /// Of one step, kept for its memory.
    movers: Vec<Mover>,
}

impl Motions {
    /// Of a round.
    pub fn of(round: &Round, flags: &RowFlags, params: &PushParams) -> Self {
        let mut motions = Self::new(params);
        let times = grid(round, params.step_ms);
        let window_ms = Some(params.window_ms.max(1));
        look(
            round,
            flags,
            &times,
            (params.oldest_ms, window_ms),
            |look| {
                motions.add(look);
            },
        );
        motions
    }

    pub(super) fn new(params: &PushParams) -> Self {
        Self {
            params: *params,
            sides: [Vec::new(), Vec::new()],
            movers: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, look: &Look<'_>) {
        for (motions, members) in self.sides.iter_mut().zip(look.members) {
            let movers = &mut self.movers;
            motions.extend(motion(look.t_ms, members, movers, &self.params));
        }
    }

    /// The pushes of both teams in order of start, the Axis first; `objectives` are the map's, as far as they are known.
    pub fn pushes(&self, objectives: &[Objective]) -> Vec<Push> {
        let mut found = Vec::new();
        for (team, motions) in Team::SIDES.into_iter().zip(&self.sides) {
            found.extend(of_team(team, motions, objectives, &self.params));
        }
        found.sort_by_key(|push| (push.start_ms, push.team));
        found
    }
}

/// [`Motions::pushes`] of a round.
pub fn pushes(
    round: &Round,
    flags: &RowFlags,
    objectives: &[Objective],
    params: &PushParams,
) -> Vec<Push> {
    Motions::of(round, flags, params).pushes(objectives)
}

/// Who moves, and how.
#[derive(Clone, Copy, Debug)]
struct Mover {
    player: PlayerId,
    place: [f32; 3],
    velocity: [f64; 2],
    speed: f64,
    /// To the team's direction.
    cosine: f64,
}

fn motion(
    t_ms: i64,
    members: &[Member],
    movers: &mut Vec<Mover>,
    params: &PushParams,
) -> Option<Motion> {
    movers.clear();
    movers.extend(members.iter().filter_map(|member| {
        let velocity = member.velocity?;
        let speed = length(velocity);
        (speed > params.moving_u_per_s).then_some(Mover {
            player: member.player,
            place: member.place,
            velocity,
            speed,
            cosine: 0.0,
        })
    }));
    if movers.len() < 2 {
        return None;
    }
    let n = movers.len() as f64;
    let mean = [0, 1].map(|axis| movers.iter().map(|m| m.velocity[axis]).sum::<f64>() / n);
    let direction = unit(mean)?;
    for mover in movers.iter_mut() {
        mover.cosine = dot(mover.velocity, direction) / mover.speed;
    }
    let mut motion = Motion {
        t_ms,
        speed: movers.iter().map(|mover| mover.speed).sum::<f64>() / n,
        alignment: movers.iter().map(|mover| mover.cosine).sum::<f64>() / n,
        direction,
        middle: centroid(movers.iter().map(|mover| mover.place)),
        movers: movers.len() as u32,
        along: Vec::new(),
    };
    if motion.is_push(params) {
        let along = movers.iter().filter(|m| m.cosine >= params.alignment);
        motion.along = along.map(|mover| mover.player).collect();
    }
    Some(motion)
}

fn of_team(
    team: Team,
    motions: &[Motion],
    objectives: &[Objective],
    params: &PushParams,
) -> Vec<Push> {
    let step_ms = params.step_ms.max(super::SHORTEST_STEP_MS);
    let mut runs: Vec<Vec<&Motion>> = Vec::new();
    for motion in motions.iter().filter(|motion| motion.is_push(params)) {
        let goes_on = runs.last().and_then(|run| run.last()).is_some_and(|last| {
            motion
                .t_ms
                .saturating_sub(last.t_ms)
                .saturating_sub(step_ms)
                <= params.gap_ms
        });
        match runs.last_mut() {
            Some(run) if goes_on => run.push(motion),
            _ => runs.push(vec![motion]),
        }
    }
    let pushes = runs.iter().filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        let end_ms = last.t_ms.saturating_add(step_ms);
        (end_ms.saturating_sub(first.t_ms) >= params.shortest_ms).then(|| {
            let n = run.len() as f64;
            let mean = |value: fn(&Motion) -> f64| run.iter().map(|m| value(m)).sum::<f64>() / n;
            Push {
                start_ms: first.t_ms,
                end_ms,
                team,
                speed_u_per_s: mean(|motion| motion.speed),
                direction: unit([mean(|m| m.direction[0]), mean(|m| m.direction[1])]),
                alignment: mean(|motion| motion.alignment),
                movers: run.iter().map(|motion| motion.movers).max().unwrap_or(0),
                participants: participants(run),
                toward: toward(run, objectives, params),
            }
        })
    });
    pushes.collect()
}

fn participants(run: &[&Motion]) -> Vec<PlayerId> {
    let mut all: Vec<PlayerId> = run
        .iter()
        .flat_map(|motion| &motion.along)
        .copied()
        .collect();
    all.sort_unstable();
    let chunks = all.chunk_by(|a, b| a == b);
    let often = chunks.filter(|same| same.len() * 2 >= run.len());
    often.map(|same| same[0]).collect()
}

fn toward(run: &[&Motion], objectives: &[Objective], params: &PushParams) -> Toward {
    if objectives.is_empty() {
        return Toward::NotKnown;
    }
    let n = run.len() as f64;
    let mut best: Option<(f64, &Objective)> = None;
    for objective in objectives {
        let (mut cosine, mut distance) = (0.0, 0.0);
        for motion in run {
            let there = [objective.x, objective.y, objective.z].map(f64::from);
            let way = [0, 1, 2].map(|axis| there[axis] - motion.middle[axis]);
            // Who is there goes toward it.
            let ahead = unit([way[0], way[1]]);
            cosine += ahead.map_or(1.0, |ahead| dot(ahead, motion.direction));
            distance += way.iter().map(|d| d * d).sum::<f64>().sqrt();
        }
        if cosine / n >= params.toward_cosine && best.is_none_or(|best| distance < best.0) {
            best = Some((distance, objective));
        }
    }
    best.map_or(Toward::None, |best| Toward::Objective(best.1.id.clone()))
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

fn length(a: [f64; 2]) -> f64 {
    dot(a, a).sqrt()
}

/// The unit vector; `None` of next to nothing.
fn unit(a: [f64; 2]) -> Option<[f64; 2]> {
    let length = length(a);
    (length.is_finite() && length > 1e-6).then(|| a.map(|v| v / length))
}
