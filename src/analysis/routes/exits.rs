//! Where and when lives leave their spawn area.
//!
//! A life leaves at its first sample beyond the radius of its area ([`SpawnArea`]); the place and the time are the sample's, never
//! between two of them, so the time is late by at most one step and the place at most one step's way beyond the circle. The direction
//! is that of the step which left. A life that is carried off (a jump of over 300 u at more than 1200 u/s, as in limbo) before it left
//! has no exit, and one that ends inside has none; both are counted apart.
//!
//! Exits are found by density: the place with the most others within [`ExitParams`](super::ExitParams)`::exit_radius_u` of it
//! is the middle of an exit, these lives go by it, and the rest is looked at again. So an exit is never wider than twice the radius, also
//! in open ground, and storeys are told apart. No order of rows matters: equals are decided by place.
//!
//! How well: on the ten rounds of the project's own map, whose spawn points and doors are known, each team's areas are its base and the forward
//! spawn it holds, no more and no less, with centres within 80 u of the true ones; at least 95 of 100 lives leave within 250 u of a gate,
//! an arch or an open side of their area (`real_exits` in `tests/routes/real.rs`). The median life leaves after 1.8 to 3 s.
//!
//! O(samples up to the exits + lives of an area · (log of them + those within the radius along x + exits)).

use super::spawns::{Params, Spawn, SpawnArea, areas, ordered, spawn_of};
use crate::analysis::flags::RowFlags;
use crate::analysis::serial;
use crate::model::{LifeId, PlayerId, Round};
use serde::Serialize;
use std::cmp::Ordering;
use std::ops::Range;

/// How a life left its spawn area, or why it did not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "leaving")]
pub enum Leaving {
    /// On its own way.
    Left {
        /// The first sample outside, ms.
        t_ms: i64,
        /// From the start of the life, ms.
        after_ms: i64,
        /// Where that sample was taken.
        place: [f32; 3],
        /// Unit vector of the step that left, in the plane.
        direction: [f32; 2],
        /// Index in [`SpawnExits::exits`].
        exit: usize,
    },
    /// It ended inside.
    Stayed,
    /// It was carried off by a jump.
    Jumped,
    /// It has no spawn point: no samples, the first one late, in limbo or after a revive.
    NoSpawnPoint,
}

/// One life and its exit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LifeExit {
    /// Index of the round among those given.
    pub round: usize,
    /// The life.
    #[serde(serialize_with = "serial::life")]
    pub life: LifeId,
    /// Whose.
    pub player: PlayerId,
    /// Index in [`SpawnExits::areas`]; `None` without a spawn point.
    pub area: Option<usize>,
    /// How it left.
    #[serde(flatten)]
    pub leaving: Leaving,
}

/// A place by which lives leave an area.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Exit {
    /// Index in [`SpawnExits::areas`].
    pub area: usize,
    /// The median of the places, coordinate by coordinate.
    pub place: [f32; 3],
    /// The mean direction as a unit vector in the plane; `None` when the directions cancel out.
    pub direction: Option<[f32; 2]>,
    /// Lives that left by it.
    pub lives: u32,
    /// Of all lives that left the area, 0 to 1.
    pub share: f64,
    /// Median time from spawn to exit, ms (of an even number the lower middle).
    pub median_ms: i64,
    /// The shortest such time, ms.
    pub fastest_ms: i64,
}

/// Spawn areas and exits of rounds on one map.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SpawnExits {
    /// In order of team, number of lives and place.
    pub areas: Vec<SpawnArea>,
    /// In order of area, number of lives and place.
    pub exits: Vec<Exit>,
    /// Every life of the two teams, in order of round and file.
    pub lives: Vec<LifeExit>,
    /// Per area, how many lives ended inside.
    pub stayed: Vec<u32>,
    /// Per area, how many were carried off.
    pub jumped: Vec<u32>,
    /// Lives without a spawn point.
    pub without_spawn_point: u32,
}

/// A life that left: index in [`SpawnExits::lives`], place, time and direction.
#[derive(Clone, Copy, Debug)]
struct Crossing {
    life: usize,
    t_ms: i64,
    after_ms: i64,
    place: [f32; 3],
    direction: [f32; 2],
}

/// The spawn areas of all `rounds` (of one map, each with its flags) and how every life leaves its area.
pub fn spawn_exits(rounds: &[(&Round, &RowFlags)], params: &Params) -> SpawnExits {
    let mut spawns = Vec::new();
    let mut result = SpawnExits::default();
    let mut spawn_of_life = Vec::new();
    for (nth, (round, flags)) in rounds.iter().enumerate() {
        for (index, life) in round.lives().iter().enumerate() {
            let Some(team) = life.team.filter(|team| team.opponent().is_some()) else {
                continue;
            };
            let spawn = spawn_of(round, flags, life, params);
            spawn_of_life.push(spawn.map(|_| spawns.len()));
            let id = LifeId(index as u32);
            spawns.extend(spawn.map(|(first, place)| Spawn {
                round: nth,
                life: id,
                team,
                nth: first,
                place,
            }));
            result.lives.push(LifeExit {
                round: nth,
                life: id,
                player: life.player,
                area: None,
                leaving: Leaving::NoSpawnPoint,
            });
        }
    }
    let (areas, area_of) = areas(&spawns, params);
    let mut crossings: Vec<Vec<Crossing>> = vec![Vec::new(); areas.len()];
    result.stayed = vec![0; areas.len()];
    result.jumped = vec![0; areas.len()];
    for (life, spawn) in spawn_of_life.into_iter().enumerate() {
        let Some(spawn) = spawn else {
            result.without_spawn_point += 1;
            continue;
        };
        let area = area_of[spawn];
        result.lives[life].area = Some(area);
        let (round, flags) = rounds[spawns[spawn].round];
        match follow(round, flags, &spawns[spawn], &areas[area]) {
            Way::Out(crossing) => crossings[area].push(Crossing { life, ..crossing }),
            Way::Stays => {
                result.lives[life].leaving = Leaving::Stayed;
                result.stayed[area] += 1;
            }
            Way::Jumps => {
                result.lives[life].leaving = Leaving::Jumped;
                result.jumped[area] += 1;
            }
        }
    }
    for (area, crossings) in crossings.iter().enumerate() {
        for members in grouped(crossings, params) {
            let exit = result.exits.len();
            result.exits.push(summed(area, crossings.len(), &members));
            for member in members {
                result.lives[member.life].leaving = Leaving::Left {
                    t_ms: member.t_ms,
                    after_ms: member.after_ms,
                    place: member.place,
                    direction: member.direction,
                    exit,
                };
            }
        }
    }
    result.areas = areas;
    result
}

enum Way {
    Out(Crossing),
    Stays,
    Jumps,
}

/// Follows a life from its spawn point until it is out.
fn follow(round: &Round, flags: &RowFlags, spawn: &Spawn, area: &SpawnArea) -> Way {
    let samples = round.samples();
    let life = round.life(spawn.life);
    let mut last = life.sample_index(spawn.nth);
    for nth in spawn.nth + 1..life.sample_count() {
        let index = life.sample_index(nth);
        if flags.ghost_samples[index] || flags.jumped[index] {
            return Way::Jumps;
        }
        if area.is_outside(samples.x[index], samples.y[index]) {
            let t_ms = i64::from(samples.time_ms[index]);
            let step = [
                samples.x[index] - samples.x[last],
                samples.y[index] - samples.y[last],
            ];
            let radial = [
                samples.x[index] - area.centre[0],
                samples.y[index] - area.centre[1],
            ];
            return Way::Out(Crossing {
                life: 0,
                t_ms,
                after_ms: t_ms.saturating_sub(life.start_ms),
                place: [samples.x[index], samples.y[index], samples.z[index]],
                direction: unit(step).or(unit(radial)).unwrap_or([1.0, 0.0]),
            });
        }
        last = index;
    }
    Way::Stays
}

/// The unit vector; `None` of next to nothing.
pub(super) fn unit(vector: [f32; 2]) -> Option<[f32; 2]> {
    let length = vector[0].hypot(vector[1]);
    (length.is_finite() && length > 1e-3).then(|| vector.map(|v| v / length))
}

/// Exits of one area, the most used first: repeatedly the place with the most others around it, with these.
fn grouped(crossings: &[Crossing], params: &Params) -> Vec<Vec<Crossing>> {
    let mut all: Vec<Crossing> = crossings.to_vec();
    all.sort_by_key(|c| (c.place.map(ordered), c.after_ms, c.t_ms, c.life));
    let places = Places::of(&all, params);
    // How many are around each of them; nobody is around who has gone.
    let mut near: Vec<u32> = (0..all.len()).map(|nth| places.count(nth)).collect();
    let mut left: Vec<usize> = (0..all.len()).collect();
    let mut groups: Vec<Vec<Crossing>> = Vec::new();
    while let Some(&first) = left.first() {
        // The first of the best, which is the first by place; a place that is not a number has no neighbour, not even itself.
        let best = |best: usize, nth: &usize| if near[*nth] > near[best] { *nth } else { best };
        let middle = left.iter().fold(first, best);
        let (members, others): (Vec<usize>, Vec<usize>) = left
            .into_iter()
            .partition(|nth| *nth == middle || places.is_near(middle, *nth));
        for &member in &members {
            places.take_away(member, &mut near);
        }
        groups.push(members.into_iter().map(|nth| all[nth]).collect());
        left = others;
    }
    groups.sort_by_key(|members| usize::MAX - members.len());
    groups
}

/// Places where lives left, in order of x, so that those around one stand in a window around it.
struct Places {
    x: Vec<f32>,
    y: Vec<f32>,
    z: Vec<f32>,
    radius_u: f32,
    radius_sq: f32,
    height_u: f32,
}

impl Places {
    fn of(crossings: &[Crossing], params: &Params) -> Self {
        let radius_u = params.exit_radius_u;
        let [x, y, z] = [0, 1, 2].map(|axis| crossings.iter().map(|c| c.place[axis]).collect());
        Self {
            x,
            y,
            z,
            radius_u,
            // Nothing is within a radius below 0.
            radius_sq: radius_u.abs() * radius_u,
            height_u: params.exit_height_u,
        }
    }

    /// Those that are near enough along x.
    fn window(&self, nth: usize) -> Range<usize> {
        let x = self.x[nth];
        let is_before = |other: &f32| {
            let far = (x - other).partial_cmp(&self.radius_u);
            far.is_none_or(Ordering::is_gt)
        };
        let from = self.x[..nth].partition_point(is_before);
        let to = self.x[nth..].partition_point(|other| other - x <= self.radius_u);
        from..nth + to
    }

    fn is_near(&self, a: usize, b: usize) -> bool {
        self.are_near(
            [self.x[a], self.y[a], self.z[a]],
            [self.x[b], self.y[b], self.z[b]],
        )
    }

    #[inline]
    fn are_near(&self, a: [f32; 3], b: [f32; 3]) -> bool {
        let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        (x * x + y * y <= self.radius_sq) & (z.abs() <= self.height_u)
    }

    /// How many are around the place, itself included.
    fn count(&self, nth: usize) -> u32 {
        self.around(nth).map(u32::from).sum()
    }

    /// One less around all that the place is around.
    fn take_away(&self, nth: usize, near: &mut [u32]) {
        let near = &mut near[self.window(nth)];
        for (is_near, near) in self.around(nth).zip(near) {
            *near = near.wrapping_sub(u32::from(is_near));
        }
    }

    /// Whether each of the window is around the place.
    fn around(&self, nth: usize) -> impl Iterator<Item = bool> + '_ {
        let window = self.window(nth);
        let here = [self.x[nth], self.y[nth], self.z[nth]];
        let [x, y, z] = [&self.x, &self.y, &self.z].map(|axis| &axis[window.clone()]);
        let places = x.iter().zip(y).zip(z);
        places.map(move |((x, y), z)| self.are_near(here, [*x, *y, *z]))
    }
}

fn summed(area: usize, of: usize, members: &[Crossing]) -> Exit {
    let mut times: Vec<i64> = members.iter().map(|c| c.after_ms).collect();
    times.sort_unstable();
    let place = [0, 1, 2].map(|axis| {
        let mut values: Vec<f32> = members.iter().map(|c| c.place[axis]).collect();
        values.sort_unstable_by(f32::total_cmp);
        values[(values.len() - 1) / 2]
    });
    let sum = |axis: usize| members.iter().map(|c| c.direction[axis]).sum::<f32>();
    Exit {
        area,
        place,
        direction: unit([sum(0), sum(1)]),
        lives: members.len() as u32,
        share: members.len() as f64 / of.max(1) as f64,
        median_ms: times[(times.len() - 1) / 2],
        fastest_ms: times[0],
    }
}
