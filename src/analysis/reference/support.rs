//! Support uptime: how much of the time a fighting team mate was near.
//!
//! Every sampled point of every life counts once; it is *supported* when another life of the same team (the same GUID's included) is
//! alive at that time, its GUID in combat, and its point nearest in time at most [`Params::position_tolerance_ms`] off and at most
//! [`Params::distance_u`] away (two dimensions). In combat is who is target of an engagement, from its start to its end, or attacker,
//! from first to last hit, each plus [`Params::combat_tail_ms`]; stretches with a time of 0 are left out. Of a life with at least twice
//! [`Params::most_samples`] points only every n-th is taken.
//!
//! Source: `ENGAGEMENTS`, `PLAYER_TRACKS`. Unit: samples, percent of samples. Known weakness: see the table in [`super`].
//!
//! Instead of asking every other life at every point (lives × points), each life walks along the combat stretches of its team that
//! touch it, both sides in order of time: O(points + points inside a mate's combat stretch).

use super::trades::exact;
use super::{Life, Nearest, Path, ReferenceRound, rounded};
use crate::analysis::combat::{Stretches, Windows};
use crate::model::{Samples, Sym};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// The reference's constants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// How near the fighting team mate must be, u.
    pub distance_u: f64,
    /// How long combat goes on after the last hit, ms.
    pub combat_tail_ms: i64,
    /// How far in time the mate's point may be from the moment, ms.
    pub position_tolerance_ms: i64,
    /// Lives with at least twice as many points are thinned out.
    pub most_samples: usize,
    /// Combat stretches this near to each other are one, ms.
    pub merge_gap_ms: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            distance_u: 600.0,
            combat_tail_ms: 1500,
            position_tolerance_ms: 1500,
            most_samples: 1200,
            merge_gap_ms: 1,
        }
    }
}

/// The support of one round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SupportSummary {
    /// Points at which a fighting team mate was near.
    pub support_samples: u32,
    /// Points looked at.
    pub total_samples: u32,
    /// Percent, two decimals; 0 without points.
    pub support_uptime_pct: f64,
}

/// The support uptime of a round; `None` when it has no lives.
pub fn support(view: &ReferenceRound<'_>, params: &Params) -> Option<SupportSummary> {
    if view.lives.is_empty() {
        return None;
    }
    let windows = windows_of_teams(view, params);
    let mut walk = Walk {
        view,
        params,
        marked: Vec::new(),
    };
    let (mut supported, mut total) = (0, 0);
    for (index, life) in view.lives.iter().enumerate() {
        let moments = moments(view.round.samples(), life, params.most_samples);
        total += moments.len() as u32;
        if let Some(windows) = windows.get(&life.row.team) {
            supported += walk.supported(index as u32, &moments, windows);
        }
    }
    let pct = 100.0 * f64::from(supported) / f64::from(total.max(1));
    Some(SupportSummary {
        support_samples: supported,
        total_samples: total,
        support_uptime_pct: rounded(pct, 2),
    })
}

/// The points of a life that are looked at, as indices into the columns, in order of time.
fn moments(samples: &Samples, life: &Life<'_>, most: usize) -> Vec<u32> {
    let stride = (life.path.len() / most.max(1)).max(1);
    let taken = life.path.in_file_order().step_by(stride);
    let mut taken: Vec<u32> = taken.map(|index| index as u32).collect();
    if !taken.is_sorted_by_key(|index| samples.time_ms[*index as usize]) {
        taken.sort_by_key(|index| samples.time_ms[*index as usize]);
    }
    taken
}

/// When each GUID is in combat.
fn combat(view: &ReferenceRound<'_>, params: &Params) -> FxHashMap<Sym, Stretches> {
    let mut raw: FxHashMap<Sym, Vec<(i64, i64)>> = FxHashMap::default();
    let mut add = |guid: Sym, start: i64, end: i64| {
        if start != 0 && end != 0 {
            let end = end.saturating_add(params.combat_tail_ms);
            raw.entry(guid).or_default().push((start, end));
        }
    };
    for engagement in &view.engagements {
        let row = engagement.row;
        add(row.target_guid, row.start_time, engagement.end_ms());
        for attacker in view.attackers_of(engagement) {
            add(attacker.guid, attacker.first_hit, attacker.last_hit);
        }
    }
    let merged = |(guid, raw)| (guid, Stretches::merged(raw, params.merge_gap_ms));
    raw.into_iter().map(merged).collect()
}

/// For each team the stretches in which one of its lives is alive and its GUID in combat.
fn windows_of_teams(view: &ReferenceRound<'_>, params: &Params) -> FxHashMap<Sym, Windows> {
    let combat = combat(view, params);
    let mut of_team: FxHashMap<Sym, Vec<(i64, i64, u32)>> = FxHashMap::default();
    for (index, life) in view.lives.iter().enumerate() {
        let Some(stretches) = combat.get(&life.row.guid).filter(|_| !life.path.is_empty()) else {
            continue;
        };
        let death = life.death_ms().unwrap_or(i64::MAX);
        let alive = stretches.within(life.row.spawn_time, death);
        let windows = of_team.entry(life.row.team).or_default();
        // A stretch that ends before it starts holds no moment.
        let held = alive.filter(|(start, end)| start <= end);
        windows.extend(held.map(|(start, end)| (start, end, index as u32)));
    }
    let sorted = |(team, all)| (team, Windows::new(all));
    of_team.into_iter().map(sorted).collect()
}

struct Walk<'a> {
    view: &'a ReferenceRound<'a>,
    params: &'a Params,
    /// Which of a life's moments are supported; kept to save allocations.
    marked: Vec<bool>,
}

impl Walk<'_> {
    /// How many of a life's moments are supported.
    fn supported(&mut self, own: u32, moments: &[u32], windows: &Windows) -> u32 {
        let times = &self.view.round.samples().time_ms;
        let time = |index: &u32| i64::from(times[*index as usize]);
        let (Some(first), Some(last)) = (moments.first().map(time), moments.last().map(time))
        else {
            return 0;
        };
        self.marked.clear();
        self.marked.resize(moments.len(), false);
        for (start, end, mate) in windows.touching(first, last) {
            if mate != own {
                let from = moments.partition_point(|index| time(index) < start);
                self.walk_beside(mate, moments, from, end);
            }
        }
        self.marked.iter().filter(|marked| **marked).count() as u32
    }

    /// Marks the moments from number `from` until `end_ms` at which `mate` is near.
    fn walk_beside(&mut self, mate: u32, moments: &[u32], from: usize, end_ms: i64) {
        let samples = self.view.round.samples();
        let path = &self.view.lives[mate as usize].path;
        let follow = Follow::new(path, samples);
        let mut next: Option<usize> = None;
        let rest = moments[from..].iter().zip(&mut self.marked[from..]);
        for (&index, marked) in rest {
            let index = index as usize;
            let t_ms = i64::from(samples.time_ms[index]);
            if t_ms > end_ms {
                return;
            }
            if *marked {
                continue;
            }
            let found = follow.nearest(t_ms, &mut next);
            *marked = found.is_some_and(|point| {
                point.off_ms <= self.params.position_tolerance_ms
                    && is_within(samples, index, point.index, self.params.distance_u)
            });
        }
    }
}

/// Follows a path by times that only grow. The mate's points go on with the moments: the place is found once, then followed.
struct Follow<'a> {
    path: &'a Path,
    samples: &'a Samples,
    /// The path's times, when they stand in order.
    times: Option<&'a [i32]>,
}

impl<'a> Follow<'a> {
    fn new(path: &'a Path, samples: &'a Samples) -> Self {
        let times = path.times_in_order(samples);
        Self {
            path,
            samples,
            times,
        }
    }

    fn nearest(&self, t_ms: i64, next: &mut Option<usize>) -> Option<Nearest> {
        let (path, samples) = (self.path, self.samples);
        let mut before = next.unwrap_or_else(|| path.count_before(samples, t_ms));
        let Some(times) = self.times else {
            while before < path.len() && path.time_ms(samples, before) < t_ms {
                before += 1;
            }
            *next = Some(before);
            return path.nearest_around(samples, t_ms, before);
        };
        while times.get(before).is_some_and(|t| i64::from(*t) < t_ms) {
            before += 1;
        }
        *next = Some(before);
        let later_ms = times.get(before).map(|t| i64::from(*t) - t_ms);
        // A point at the very moment, or the first one, needs no look back.
        if let Some(off_ms) = later_ms.filter(|off_ms| *off_ms == 0 || before == 0) {
            return Some(Nearest {
                index: path.index(before),
                off_ms,
            });
        }
        path.nearest_around(samples, t_ms, before)
    }
}

/// Whether two points are within a distance in two dimensions, by the decimals that stand in the file. Only where single precision
/// cannot tell they are looked at.
fn is_within(samples: &Samples, a: usize, b: usize, distance_u: f64) -> bool {
    const DOUBT_U2: f64 = 50.0;
    let dx = f64::from(samples.x[a]) - f64::from(samples.x[b]);
    let dy = f64::from(samples.y[a]) - f64::from(samples.y[b]);
    let over = dx * dx + dy * dy - distance_u * distance_u;
    if over.abs() > DOUBT_U2 {
        return over < 0.0;
    }
    let dx = exact(samples.x[a]) - exact(samples.x[b]);
    let dy = exact(samples.y[a]) - exact(samples.y[b]);
    (dx * dx + dy * dy).sqrt() <= distance_u
}
