//! Spawn areas, learned from where lives begin: no file says where they are.
//!
//! The place of the first sample of a life is a *spawn point*, if it was taken within [`Params::latest_first_ms`] of the start, by a living
//! player who did not come back by a revive. Spawn points of a team that are at most [`Params::link_u`] apart (three dimensions, from point
//! to point) belong to one *area*. Its centre is the middle of the box around its points, its radius reaches to the farthest of them
//! (in the plane) and [`Params::margin_u`] further.
//!
//! Points are first put on a raster of [`RASTER_U`]: maps have few spawn points, which repeat, and the players of simulated rounds stand
//! anywhere; so the cost does not grow with the number of rounds. O(lives · log lives + cells²), with at most some hundred cells.
//!
//! Known weakness: the area reaches as far as somebody was seen to spawn, so it grows a little with every round; it is a circle, whatever
//! the ground is, and goes through all storeys.

use crate::analysis::flags::RowFlags;
use crate::analysis::serial;
use crate::model::{Life, LifeId, Round, Team};
use serde::Serialize;

/// Constants of spawn areas and exits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// Spawn points at most so far apart belong together, u.
    pub link_u: f32,
    /// How far beyond its farthest spawn point an area reaches, u.
    pub margin_u: f32,
    /// A first sample taken later than this after the start of the life is no spawn point, ms.
    pub latest_first_ms: i64,
    /// Two lives leave by the same exit when the places are at most so far from its middle in the plane, u.
    pub exit_radius_u: f32,
    /// And at most so far in height, u: less than a storey.
    pub exit_height_u: f32,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            link_u: 256.0,
            margin_u: 320.0,
            latest_first_ms: 1000,
            exit_radius_u: 160.0,
            exit_height_u: 96.0,
        }
    }
}

/// A place farther out than this on any axis is no place of a map, u.
const FARTHEST_U: f32 = 1e6;

/// Raster of spawn points, u. Half a player's width.
const RASTER_U: f32 = 16.0;

/// Where a team spawns.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SpawnArea {
    /// Whose.
    #[serde(serialize_with = "serial::team")]
    pub team: Team,
    /// Middle of the box around its spawn points.
    pub centre: [f32; 3],
    /// From the centre to the farthest spawn point, in the plane, u.
    pub spread_u: f32,
    /// Beyond this distance from the centre, in the plane, a player has left, u.
    pub radius_u: f32,
    /// Lives that began in it.
    pub lives: u32,
}

impl SpawnArea {
    /// Whether a place is beyond the area.
    pub fn is_outside(&self, x: f32, y: f32) -> bool {
        let (dx, dy) = (x - self.centre[0], y - self.centre[1]);
        dx * dx + dy * dy > self.radius_u * self.radius_u
    }
}

/// Where a life began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spawn {
    pub(super) round: usize,
    pub(super) life: LifeId,
    pub(super) team: Team,
    /// The sample, counted in the life.
    pub(super) nth: usize,
    pub(super) place: [f32; 3],
}

/// The spawn point of a life, if it has one.
pub(super) fn spawn_of(
    round: &Round,
    flags: &RowFlags,
    life: &Life,
    params: &Params,
) -> Option<(usize, [f32; 3])> {
    let samples = round.samples();
    let is_usable = |index: usize| !flags.ghost_samples[index] && samples.health[index] > 0;
    let (nth, index) = life
        .sample_indices()
        .enumerate()
        .find(|(_, index)| is_usable(*index))?;
    let late_ms = i64::from(samples.time_ms[index]).saturating_sub(life.start_ms);
    let event = samples.event_names[usize::from(samples.event[index])];
    let place = [samples.x[index], samples.y[index], samples.z[index]];
    let is_spawn = late_ms <= params.latest_first_ms
        && round.text(event) != "revived"
        && place.iter().all(|v| v.abs() <= FARTHEST_U);
    is_spawn.then_some((nth, place))
}

/// The areas in order of team, number of lives and place, and for each spawn its area.
pub(super) fn areas(spawns: &[Spawn], params: &Params) -> (Vec<SpawnArea>, Vec<usize>) {
    let mut found: Vec<(SpawnArea, Vec<usize>)> = Vec::new();
    for team in Team::SIDES {
        let of_team: Vec<usize> = (0..spawns.len())
            .filter(|nth| spawns[*nth].team == team)
            .collect();
        for members in linked(spawns, &of_team, params.link_u) {
            found.push((area(team, spawns, &members, params.margin_u), members));
        }
    }
    let place = |area: &SpawnArea| area.centre.map(ordered);
    found.sort_by_key(|(area, _)| (area.team, u32::MAX - area.lives, place(area)));
    let mut area_of = vec![0; spawns.len()];
    for (which, (_, members)) in found.iter().enumerate() {
        for &member in members {
            area_of[member] = which;
        }
    }
    (found.into_iter().map(|(area, _)| area).collect(), area_of)
}

fn area(team: Team, spawns: &[Spawn], members: &[usize], margin_u: f32) -> SpawnArea {
    let places = || members.iter().map(|nth| spawns[*nth].place);
    let centre = [0, 1, 2].map(|axis| {
        let low = places().map(|p| p[axis]).fold(f32::INFINITY, f32::min);
        let high = places().map(|p| p[axis]).fold(f32::NEG_INFINITY, f32::max);
        f32::midpoint(low, high)
    });
    let from_centre = |p: [f32; 3]| (p[0] - centre[0]).hypot(p[1] - centre[1]);
    let spread_u = places().map(from_centre).fold(0.0, f32::max);
    SpawnArea {
        team,
        centre,
        spread_u,
        radius_u: spread_u + margin_u.max(0.0),
        lives: members.len() as u32,
    }
}

/// Single linkage of spawn points on the raster: groups of indices into `spawns`.
fn linked(spawns: &[Spawn], of_team: &[usize], link_u: f32) -> Vec<Vec<usize>> {
    let cell_of = |nth: usize| spawns[nth].place.map(|v| (v / RASTER_U).floor() as i32);
    let mut cells: Vec<[i32; 3]> = of_team.iter().map(|nth| cell_of(*nth)).collect();
    cells.sort_unstable();
    cells.dedup();
    // Cells are in order of x, so neighbours lie in a window behind each of them.
    let mut root: Vec<usize> = (0..cells.len()).collect();
    let reach = f64::from(link_u.max(0.0) / RASTER_U);
    for a in 0..cells.len() {
        for b in a + 1..cells.len() {
            let delta = [0, 1, 2].map(|axis| f64::from(cells[b][axis]) - f64::from(cells[a][axis]));
            if delta[0] > reach {
                break;
            }
            if delta.iter().map(|d| d * d).sum::<f64>() <= reach * reach {
                let (a, b) = (find(&mut root, a), find(&mut root, b));
                root[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
    for &nth in of_team {
        if let Ok(cell) = cells.binary_search(&cell_of(nth)) {
            groups[find(&mut root, cell)].push(nth);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// A number that orders as the coordinate does.
pub(super) fn ordered(value: f32) -> i32 {
    let bits = value.to_bits() as i32;
    bits ^ (((bits >> 31) as u32) >> 1) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spawn(team: Team, x: f32, y: f32) -> Spawn {
        Spawn {
            round: 0,
            life: LifeId(0),
            team,
            nth: 0,
            place: [x, y, 24.0],
        }
    }

    #[test]
    fn points_in_reach_of_each_other_are_one_area() {
        // Two chains of Axis points 200 u apart and 600 u from each other; one of the Allies among them.
        let spawns = [
            spawn(Team::Axis, 0.0, 0.0),
            spawn(Team::Axis, 1000.0, 0.0),
            spawn(Team::Axis, 200.0, 0.0),
            spawn(Team::Allies, 200.0, 0.0),
            spawn(Team::Axis, 400.0, 0.0),
        ];
        let (areas, area_of) = areas(&spawns, &Params::default());
        assert_eq!(area_of, [0, 1, 0, 2, 0]);
        assert_eq!(areas[0].centre, [200.0, 0.0, 24.0]);
        assert_eq!((areas[0].spread_u, areas[0].radius_u), (200.0, 520.0));
        assert_eq!(areas.iter().map(|a| a.lives).collect::<Vec<_>>(), [3, 1, 1]);
        assert!(!areas[0].is_outside(720.0, 0.0) && areas[0].is_outside(720.0, 1.0));
    }

    #[test]
    fn coordinates_keep_their_order() {
        let values = [-5000.0, -0.5, 0.0, 0.1, 24.0, 1e30];
        assert!(values.map(ordered).is_sorted());
    }
}
