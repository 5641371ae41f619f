//! Which two rounds are round 1 and round 2 of one stopwatch match.
//!
//! In stopwatch both teams play the same map once on each side, one round directly after the other. [`pair_rounds`] finds such pairs by
//! what was played: same map, the second starts after the first ended, and the players changed sides. The round numbers of headers and
//! file names are hints, because trackers up to 4.2d write 0 and 1 or twice 1 and because the engine's counter survives a map load; where the
//! pairing decides otherwise, it gives a [`Correction`].
//!
//! # How
//!
//! A pair is possible when
//!
//! - the map is the same ([`super::linking::map_key`]);
//! - from the end of the first to the start of the second are [`LEAST_GAP_S`] to [`MOST_GAP_S`] seconds (intermission, warm-up, a break);
//! - of the players of the smaller round at least half are in both, and of these, where at least [`ENOUGH_PLAYERS`] have a known side in
//!   both, at least [`LEAST_SWAP_PERCENT`] in a hundred changed it. With fewer the numbers must say 1 and 2 without dispute;
//! - the numbers do not say 2 and 1 without dispute.
//!
//! Each possible pair is weighed ([`PairScore`]); of all ways to pair the rounds, each with at most one other, the one with the highest
//! sum is taken. So two matches on one map in a row are two pairs, and of three rounds the two that fit best are paired. The result
//! does not depend on the order of the input.
//!
//! Known weakness: in four rounds of one map in a row, the first missing, with numbers that say nothing, the later three pair by the shorter
//! gap alone; a match whose second round was never played leaves its first round single. With more than [`MOST_PARTNERS`] possible
//! second rounds only the best are weighed. O(n log n) for real evenings.

mod choose;
mod round;
mod score;

pub use round::{MatchRound, PlayerSide, Side, who};
pub use score::{NumberHint, PairReason, PairScore};

use super::linking::map_key;
use serde::Serialize;
use std::collections::BTreeMap;

/// Times are whole seconds of two clocks, so the second round may seem to start this much before the first ended, s.
pub const LEAST_GAP_S: i64 = -5;
/// The longest break between the two rounds, s: a quarter of an hour. On a real server without waiting it is 24 to 26 s.
pub const MOST_GAP_S: i64 = 900;
/// Fewer common players than this prove nothing about a change of sides.
pub const ENOUGH_PLAYERS: u32 = 2;
/// At least so many in a hundred of the common players changed sides; one or two may have changed teams between the rounds.
pub const LEAST_SWAP_PERCENT: u32 = 60;
/// Possible second rounds weighed per round.
pub const MOST_PARTNERS: usize = 3;

/// Round 1 and round 2 of a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatchPair {
    /// Round 1; a match is named by it.
    pub first: i64,
    /// Round 2.
    pub second: i64,
    /// What speaks for it.
    pub score: PairScore,
}

/// A round number that the pairing decides otherwise than header and file name. To be recorded with the source `pairing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The round.
    pub round_id: i64,
    /// The number before; `None` when there was none.
    pub from: Option<i64>,
    /// The number by its place in the match.
    pub to: i64,
}

/// The matches among some rounds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pairing {
    /// In order of the first round's start.
    pub pairs: Vec<MatchPair>,
    /// In order of the rounds' ids: only numbers that change.
    pub corrections: Vec<Correction>,
    /// Rounds without a partner, by id.
    pub single: Vec<i64>,
}

/// Pairs rounds. Ids must be unique.
pub fn pair_rounds(rounds: &[MatchRound]) -> Pairing {
    let mut by_map: BTreeMap<String, Vec<round::Timed<'_>>> = BTreeMap::new();
    for round in rounds {
        let map = map_key(&round.map);
        if let Some(timed) = round.timed().filter(|_| !map.is_empty()) {
            by_map.entry(map).or_default().push(timed);
        }
    }
    let mut found: Vec<(i64, MatchPair)> = Vec::new();
    for rounds in by_map.values_mut() {
        rounds.sort_by_key(|timed| (timed.start_s, timed.end_s, timed.round.id));
        let edges = score::edges(rounds);
        found.extend(choose::choose(&edges).into_iter().map(|(first, edge)| {
            let pair = MatchPair {
                first: rounds[first].round.id,
                second: rounds[edge.second].round.id,
                score: edge.score,
            };
            (rounds[first].start_s, pair)
        }));
    }
    found.sort_by_key(|(start_s, pair)| (*start_s, pair.first));
    let pairs: Vec<MatchPair> = found.into_iter().map(|(_, pair)| pair).collect();
    let numbers: BTreeMap<i64, i64> = pairs
        .iter()
        .flat_map(|pair| [(pair.first, 1), (pair.second, 2)])
        .collect();
    Pairing {
        corrections: corrections(rounds, &numbers),
        single: single(rounds, &numbers),
        pairs,
    }
}

fn corrections(rounds: &[MatchRound], numbers: &BTreeMap<i64, i64>) -> Vec<Correction> {
    let wrong = rounds.iter().filter_map(|round| {
        let to = *numbers.get(&round.id)?;
        (round.number != Some(to)).then_some(Correction {
            round_id: round.id,
            from: round.number,
            to,
        })
    });
    let mut wrong: Vec<Correction> = wrong.collect();
    wrong.sort_unstable_by_key(|correction| correction.round_id);
    wrong
}

fn single(rounds: &[MatchRound], numbers: &BTreeMap<i64, i64>) -> Vec<i64> {
    let ids = rounds.iter().map(|round| round.id);
    let mut single: Vec<i64> = ids.filter(|id| !numbers.contains_key(id)).collect();
    single.sort_unstable();
    single
}
