//! One stats file to one round: best score first, ties left open.

use super::TIE_POINTS;
use super::score::Pair;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Who got whom.
#[derive(Default)]
pub(super) struct Assigned {
    /// Stats file by round.
    pub(super) links: BTreeMap<i64, i64>,
    /// Rounds whose best pair is as good as another one.
    pub(super) tied: BTreeSet<i64>,
}

/// Takes the best pair; alone in its score, it is a link. Otherwise the pairs that share a file with it and are within [`TIE_POINTS`] of it, and
/// those that share one with them, are one group that is left open. Either way the files are out, and the next best pair follows.
/// A group is the same from whichever of its best pairs it is found, so ids do not decide.
pub(super) fn assign<'a>(pairs: impl Iterator<Item = &'a Pair>) -> Assigned {
    let mut order: Vec<&Pair> = pairs.filter(|pair| pair.score.is_possible).collect();
    order.sort_by_key(|pair| (Reverse(pair.score.total), pair.round_id, pair.stats_id));
    let mut by_file: [BTreeMap<i64, Vec<&Pair>>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for pair in &order {
        by_file[0].entry(pair.round_id).or_default().push(pair);
        by_file[1].entry(pair.stats_id).or_default().push(pair);
    }
    let mut assigned = Assigned::default();
    let mut used = [BTreeSet::new(), BTreeSet::new()];
    for best in &order {
        if is_used(&used, best) {
            continue;
        }
        let [rounds, stats] = group(best, &by_file, &used);
        if rounds.len() == 1 && stats.len() == 1 {
            assigned.links.insert(best.round_id, best.stats_id);
        } else {
            assigned.tied.extend(&rounds);
        }
        used[0].extend(rounds);
        used[1].extend(stats);
    }
    assigned
}

fn is_used(used: &[BTreeSet<i64>; 2], pair: &Pair) -> bool {
    used[0].contains(&pair.round_id) || used[1].contains(&pair.stats_id)
}

/// The rounds and stats files that are tied with the best pair left, its own included.
fn group(
    best: &Pair,
    by_file: &[BTreeMap<i64, Vec<&Pair>>; 2],
    used: &[BTreeSet<i64>; 2],
) -> [BTreeSet<i64>; 2] {
    let mut found = [
        BTreeSet::from([best.round_id]),
        BTreeSet::from([best.stats_id]),
    ];
    let mut to_visit = vec![(0, best.round_id), (1, best.stats_id)];
    while let Some((side, id)) = to_visit.pop() {
        let pairs = by_file[side].get(&id).into_iter().flatten();
        let near = pairs
            .take_while(|pair| best.score.total - pair.score.total < TIE_POINTS)
            .filter(|pair| !is_used(used, pair));
        // Pairs above the best one left have a used file, so the nearness has only one side.
        for pair in near {
            for (side, id) in [(0, pair.round_id), (1, pair.stats_id)] {
                if found[side].insert(id) {
                    to_visit.push((side, id));
                }
            }
        }
    }
    found
}
