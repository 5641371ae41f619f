//! Ways that many lives of a team share.
//!
//! Two lives go the same route when [`path_distance_u`](super::path_distance_u) of their ways is at most [`RouteParams::radius_u`] of a common
//! representative. Routes are found by density among the lives that went at least [`RouteParams::core_places`] steps of way: the one with the most others
//! within the radius stands for a route, these go by it, and the rest is looked at again until no way has
//! [`RouteParams::fewest_lives`] left. Then every life that went at least [`RouteParams::shortest_places`] of them joins the route whose
//! representative is nearest, over the way that both went, if it is within the radius. Last, each route is represented by its medoid: the
//! core life with the least mean distance to the others of it (more than twice the radius counts as twice).
//!
//! A death is counted to the route of the life it ended. Order of paths does not matter: equals are decided by start and places. Unit u.
//!
//! On the ten rounds of the project's own map (1,200 lives) a team has 4 to 10 routes, whose lives run 24 to 234 u from their representative on
//! average; 49 lives went a way of their own.
//!
//! Known weakness: a life that ended before two routes part joins the one whose beginning it is nearer to; a route is never
//! wider than its radius, so players who spread out over open ground make several.
//!
//! In large sets the routes are sought among [`RouteParams::most_compared`] core lives of a team, evenly taken in order of start; all lives
//! join these as above. So a way that few of very many went may not be found, and it is a life of the sample that stands for a route. A
//! round of six against six stays below the bound; twenty minutes of twelve against twelve do not. Several rounds are put together by
//! their paths.
//!
//! O(core lives compared, squared) and O(n · routes), each pair O(places) at most, four of them at once.

use super::lanes::{Lanes, Way};
use super::path::{Path, path_distance_u};
use super::spawns::ordered;
use crate::analysis::serial;
use crate::model::Team;
use serde::Serialize;
use std::cmp::Ordering;

/// What makes a route.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RouteParams {
    /// How far a way may run from the representative on average, u.
    pub radius_u: f32,
    /// Lives that went less decide nothing about which routes there are, places (a place each `step_u` of way).
    pub core_places: usize,
    /// Lives that went less belong to no route, places.
    pub shortest_places: usize,
    /// Fewer lives are no route.
    pub fewest_lives: usize,
    /// Among how many core lives of a team the routes are sought at most. The cost grows with the square of it.
    pub most_compared: usize,
}

impl Default for RouteParams {
    fn default() -> Self {
        Self {
            radius_u: 256.0,
            core_places: 9,
            shortest_places: 5,
            fewest_lives: 2,
            most_compared: 256,
        }
    }
}

/// A way that several lives went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Route {
    /// Indices of its lives among the paths given, ascending.
    pub lives: Vec<usize>,
    /// Index of the life that stands for it.
    pub representative: usize,
    /// Of all lives that were compared, 0 to 1.
    pub share: f64,
    /// How many of its lives ended with a death.
    pub deaths: u32,
    /// Of the deaths of all lives that were compared, 0 to 1; `None` without any.
    pub share_of_deaths: Option<f64>,
    /// Mean distance of its other lives from the representative, u; 0 when they went the very same way.
    pub mean_distance_u: f64,
}

/// The routes of a team.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TeamRoutes {
    /// Whose.
    #[serde(serialize_with = "serial::team")]
    pub team: Team,
    /// Lives that went far enough to be compared.
    pub compared: u32,
    /// Lives that did not.
    pub too_short: u32,
    /// Deaths among those compared.
    pub deaths: u32,
    /// The most used first.
    pub routes: Vec<Route>,
    /// Lives on a way of their own, ascending.
    pub alone: Vec<usize>,
}

/// The routes of both teams.
pub fn routes(paths: &[Path], params: &RouteParams) -> Vec<TeamRoutes> {
    Team::SIDES
        .into_iter()
        .map(|team| of_team(paths, team, params))
        .collect()
}

fn of_team(paths: &[Path], team: Team, params: &RouteParams) -> TeamRoutes {
    let mut order: Vec<usize> = (0..paths.len())
        .filter(|nth| paths[*nth].team == team)
        .collect();
    let all = order.len();
    order.retain(|nth| paths[*nth].places.len() >= params.shortest_places.max(1));
    order.sort_by(|a, b| canonical(&paths[*a], &paths[*b]));
    let core: Vec<usize> = order
        .iter()
        .copied()
        .filter(|nth| paths[*nth].places.len() >= params.core_places)
        .collect();
    let core = evenly(core, params.most_compared);
    let mut core_of: Vec<Option<usize>> = vec![None; paths.len()];
    for (nth, &path) in core.iter().enumerate() {
        core_of[path] = Some(nth);
    }
    let near = Distances::of(paths, &core, 2.0 * params.radius_u);
    let leaders = near.leaders(params);
    let (members, mut alone) = joined(paths, &order, &leaders, &core, params.radius_u);
    let deaths = |lives: &[usize]| lives.iter().filter(|nth| paths[**nth].died).count() as u32;
    let all_deaths = deaths(&order);
    let mut found: Vec<Route> = members
        .into_iter()
        .zip(&leaders)
        .map(|(mut lives, leader)| {
            let medoid = near.medoid(&lives, &core_of, *leader);
            let representative = core[medoid];
            let deaths = deaths(&lives);
            let mean_distance_u = mean_distance(paths, &lives, representative);
            lives.sort_unstable();
            Route {
                share: lives.len() as f64 / order.len().max(1) as f64,
                share_of_deaths: (all_deaths > 0)
                    .then(|| f64::from(deaths) / f64::from(all_deaths)),
                lives,
                representative,
                deaths,
                mean_distance_u,
            }
        })
        .collect();
    // A life may have joined another route, down to none.
    for route in &found {
        if route.lives.len() < params.fewest_lives {
            alone.extend(&route.lives);
        }
    }
    found.retain(|route| route.lives.len() >= params.fewest_lives.max(1));
    found.sort_by(|a, b| {
        let size = b.lives.len().cmp(&a.lives.len());
        size.then_with(|| canonical(&paths[a.representative], &paths[b.representative]))
    });
    alone.sort_unstable();
    TeamRoutes {
        team,
        compared: order.len() as u32,
        too_short: (all - order.len()) as u32,
        deaths: all_deaths,
        routes: found,
        alone,
    }
}

/// An order that does not know where in a file a life stands.
fn canonical(a: &Path, b: &Path) -> Ordering {
    let places = |path: &Path| path.places.len();
    let by_start = a.start_ms.cmp(&b.start_ms);
    let by_length = by_start.then_with(|| places(b).cmp(&places(a)));
    by_length.then_with(|| {
        let of = |place: &[f32; 3]| place.map(ordered);
        let by_places = a.places.iter().map(of).cmp(b.places.iter().map(of));
        by_places.then(a.round.cmp(&b.round))
    })
}

/// At most `most` of them, evenly taken.
fn evenly(all: Vec<usize>, most: usize) -> Vec<usize> {
    let n = all.len();
    if n <= most {
        return all;
    }
    (0..most).map(|k| all[k * n / most]).collect()
}

/// Per leader those of `order` that are nearest to it and within the radius, and those that are near none.
fn joined(
    paths: &[Path],
    order: &[usize],
    leaders: &[usize],
    core: &[usize],
    radius_u: f32,
) -> (Vec<Vec<usize>>, Vec<usize>) {
    let lanes = Lanes::of(paths, order);
    // Which leader is nearest, and how far it is.
    let mut nearest: Vec<(Option<usize>, f32)> = vec![(None, f32::INFINITY); order.len()];
    for (which, &leader) in leaders.iter().enumerate() {
        let way = Way::of(&paths[core[leader]]);
        for block in &lanes.blocks {
            let Some(distances) = lanes.distances(block, &way, radius_u, lanes.longest_step_u)
            else {
                continue;
            };
            for (&who, distance) in block.who.iter().zip(distances) {
                if distance < nearest[who].1 {
                    nearest[who] = (Some(which), distance);
                }
            }
        }
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); leaders.len()];
    let mut alone = Vec::new();
    for (&nth, (which, _)) in order.iter().zip(nearest) {
        match which {
            Some(which) => members[which].push(nth),
            None => alone.push(nth),
        }
    }
    (members, alone)
}

fn mean_distance(paths: &[Path], lives: &[usize], representative: usize) -> f64 {
    let others = lives.iter().filter(|nth| **nth != representative);
    let (mut sum, mut n) = (0.0, 0_u32);
    for &nth in others {
        if let Some(distance) = path_distance_u(&paths[nth], &paths[representative]) {
            sum += f64::from(distance);
            n += 1;
        }
    }
    sum / f64::from(n.max(1))
}

/// Distances of all pairs of core lives, as a square.
struct Distances {
    n: usize,
    /// Up to the limit; more is infinite.
    all: Vec<f32>,
    limit: f32,
}

impl Distances {
    fn of(paths: &[Path], core: &[usize], limit: f32) -> Self {
        let n = core.len();
        let mut all = vec![f32::INFINITY; n * n];
        let lanes = Lanes::of(paths, core);
        for (nth, block) in lanes.blocks.iter().enumerate() {
            for &a in &block.who {
                let way = Way::of(&paths[core[a]]);
                for other in &lanes.blocks[nth..] {
                    let Some(distances) = lanes.distances(other, &way, limit, lanes.longest_step_u)
                    else {
                        continue;
                    };
                    for (&b, distance) in other.who.iter().zip(distances) {
                        all[a * n + b] = distance;
                        all[b * n + a] = distance;
                    }
                }
            }
        }
        for a in 0..n {
            all[a * n + a] = 0.0;
        }
        Self { n, all, limit }
    }

    fn row(&self, a: usize) -> &[f32] {
        &self.all[a * self.n..(a + 1) * self.n]
    }

    /// Repeatedly the one with the most others within the radius, the first of equals.
    fn leaders(&self, params: &RouteParams) -> Vec<usize> {
        let is_near = |distance: f32| distance <= params.radius_u;
        let mut is_free = vec![true; self.n];
        let near = |a: usize| self.row(a).iter().map(|d| u32::from(is_near(*d))).sum();
        let mut count: Vec<u32> = (0..self.n).map(near).collect();
        let mut leaders = Vec::new();
        loop {
            let free = (0..self.n).filter(|nth| is_free[*nth]);
            let Some(best) = free.max_by_key(|nth| (count[*nth], self.n - nth)) else {
                return leaders;
            };
            if (count[best] as usize) < params.fewest_lives.max(1) {
                return leaders;
            }
            leaders.push(best);
            let row = self.row(best);
            let taken: Vec<usize> = (0..self.n)
                .filter(|nth| is_free[*nth] && (is_near(row[*nth]) || *nth == best))
                .collect();
            for &nth in &taken {
                is_free[nth] = false;
                for (count, distance) in count.iter_mut().zip(self.row(nth)) {
                    *count = count.saturating_sub(u32::from(is_near(*distance)));
                }
            }
        }
    }

    /// The core life among `lives` (in canonical order) with the least mean distance to the other core lives among them.
    fn medoid(&self, lives: &[usize], core_of: &[Option<usize>], leader: usize) -> usize {
        let inside: Vec<usize> = lives.iter().filter_map(|life| core_of[*life]).collect();
        let cost = |a: usize| -> f64 {
            let row = self.row(a);
            inside
                .iter()
                .map(|b| f64::from(row[*b].min(self.limit)))
                .sum()
        };
        let costs: Vec<f64> = inside.iter().map(|a| cost(*a)).collect();
        let best = (0..inside.len()).min_by(|a, b| costs[*a].total_cmp(&costs[*b]));
        best.map_or(leader, |best| inside[best])
    }
}
