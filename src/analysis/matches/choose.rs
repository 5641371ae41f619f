//! The best set of pairs among possible ones.

use super::score::Edge;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// States kept after each round. Real evenings need fewer than ten; the limit is against thousands of copies of one round.
const MOST_STATES: usize = 256;

/// The chosen pairs so far, as a list that states share.
enum Chosen {
    None,
    Pair(usize, Edge, Rc<Chosen>),
}

struct State {
    total: i32,
    chosen: Rc<Chosen>,
}

/// For each round of `edges` at most one of its possible second rounds, so that no round is in two pairs and the sum of the scores is
/// the highest; of equal sums, the one that pairs the earlier rounds.
///
/// Goes through the rounds in order of start and keeps, for every set of later rounds that are taken, the best way to get there.
pub(super) fn choose(edges: &[Vec<Edge>]) -> Vec<(usize, Edge)> {
    let start = State {
        total: 0,
        chosen: Rc::new(Chosen::None),
    };
    let mut states = BTreeMap::from([(BTreeSet::new(), start)]);
    for (first, possible) in edges.iter().enumerate() {
        states = step(first, possible, states);
    }
    let best = states.into_values().next();
    let mut pairs = Vec::new();
    let mut chosen = best.map(|state| state.chosen);
    while let Some(node) = chosen.take() {
        if let Chosen::Pair(first, edge, before) = &*node {
            pairs.push((*first, *edge));
            chosen = Some(Rc::clone(before));
        }
    }
    pairs
}

type States = BTreeMap<BTreeSet<usize>, State>;

fn step(first: usize, possible: &[Edge], states: States) -> States {
    let mut next = States::new();
    let mut offer = |taken: BTreeSet<usize>, state: State| {
        // At equal sums the way that came first stays.
        if next
            .get(&taken)
            .is_none_or(|known: &State| known.total < state.total)
        {
            next.insert(taken, state);
        }
    };
    for (mut taken, state) in states {
        let is_taken = taken.remove(&first);
        for edge in possible
            .iter()
            .filter(|edge| !is_taken && !taken.contains(&edge.second))
        {
            let mut with = taken.clone();
            with.insert(edge.second);
            let chosen = Chosen::Pair(first, *edge, Rc::clone(&state.chosen));
            let total = state.total.saturating_add(edge.score.total);
            offer(
                with,
                State {
                    total,
                    chosen: Rc::new(chosen),
                },
            );
        }
        offer(taken, state);
    }
    keep_best(next)
}

fn keep_best(states: States) -> States {
    if states.len() <= MOST_STATES {
        return states;
    }
    let mut order: Vec<_> = states.into_iter().collect();
    // Stable, so equal sums stay in order of the sets.
    order.sort_by_key(|(_, state)| Reverse(state.total));
    order.truncate(MOST_STATES);
    order.into_iter().collect()
}
