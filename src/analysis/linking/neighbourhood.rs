//! Which candidates have to be looked at again when some are new or gone.

use super::{NEARBY_S, WINDOW_S};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A candidate of either kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceId {
    /// A round file.
    Round(i64),
    /// A stats file.
    Stats(i64),
}

/// Where a candidate stands: enough to find its neighbours, and all a store must give for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The candidate.
    pub id: PlaceId,
    /// [`super::map_key`] of its map.
    pub map_key: String,
    /// [`super::RoundTimes::local_end_s`], or the stats file's stamp.
    pub local_s: i64,
}

/// What to link again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Neighbourhood {
    /// These rounds' links are to be replaced by what [`super::link`] gives for them.
    pub rounds: BTreeSet<i64>,
    /// Together with these rounds, all of these stats files are to be given to it.
    pub stats: BTreeSet<i64>,
}

/// What a change of `changed` (added, altered or removed; as they stand now or stood last) can reach among `all`.
///
/// A link can only change along chains of pairs within the window, and the reason of a round without one when a stats file within a
/// day comes or goes. Candidates without map or time have no place: they are linked with nothing and reach nothing. O(n log n)
/// plus what is reached.
pub fn neighbourhood(all: &[Place], changed: &[Place]) -> Neighbourhood {
    let mut by_map: BTreeMap<&str, [Vec<(i64, i64)>; 2]> = BTreeMap::new();
    for place in all {
        let (side, id) = side_of(place.id);
        let sides = by_map.entry(&place.map_key).or_default();
        sides[side].push((place.local_s, id));
    }
    let mut found = Neighbourhood::default();
    for (map, mut sides) in by_map {
        let changed: Vec<&Place> = changed
            .iter()
            .filter(|place| place.map_key == map)
            .collect();
        if changed.is_empty() {
            continue;
        }
        for side in &mut sides {
            side.sort_unstable();
        }
        reach(&sides, &changed, &mut found);
    }
    found
}

const ROUNDS: usize = 0;
const STATS: usize = 1;

fn side_of(id: PlaceId) -> (usize, i64) {
    match id {
        PlaceId::Round(id) => (ROUNDS, id),
        PlaceId::Stats(id) => (STATS, id),
    }
}

fn reach(sides: &[Vec<(i64, i64)>; 2], changed: &[&Place], found: &mut Neighbourhood) {
    let mut reached = [BTreeSet::new(), BTreeSet::new()];
    let mut to_visit: Vec<(usize, i64)> = Vec::new();
    for place in changed {
        let (side, id) = side_of(place.id);
        // It may be gone from `all`; its neighbours are reached all the same.
        reached[side].extend(
            sides[side]
                .contains(&(place.local_s, id))
                .then_some((place.local_s, id)),
        );
        to_visit.push((side, place.local_s));
        if side == STATS {
            for &round in around(&sides[ROUNDS], place.local_s, NEARBY_S) {
                if reached[ROUNDS].insert(round) {
                    to_visit.push((ROUNDS, round.0));
                }
            }
        }
    }
    while let Some((side, at)) = to_visit.pop() {
        for &neighbour in around(&sides[1 - side], at, WINDOW_S) {
            if reached[1 - side].insert(neighbour) {
                to_visit.push((1 - side, neighbour.0));
            }
        }
    }
    // Stats files that cannot be linked to any of these rounds but tell a reason of theirs.
    let [rounds, mut stats] = reached;
    for &(at, _) in &rounds {
        stats.extend(around(&sides[STATS], at, NEARBY_S));
    }
    found.rounds.extend(rounds.iter().map(|(_, id)| id));
    found.stats.extend(stats.iter().map(|(_, id)| id));
}

/// Those at most `distance_s` from a moment, of a list sorted by time.
fn around(sorted: &[(i64, i64)], at: i64, distance_s: i64) -> &[(i64, i64)] {
    let (from, to) = (at.saturating_sub(distance_s), at.saturating_add(distance_s));
    let first = sorted.partition_point(|(time, _)| *time < from);
    let end = sorted.partition_point(|(time, _)| *time <= to);
    &sorted[first..end]
}
