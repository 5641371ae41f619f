//! How well two rounds fit as round 1 and round 2, in points with every part named.

use super::round::{MatchRound, Timed};
use super::{ENOUGH_PLAYERS, LEAST_GAP_S, LEAST_SWAP_PERCENT, MOST_GAP_S, MOST_PARTNERS};
use serde::Serialize;

/// What the two numbers say of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberHint {
    /// 1 and 2.
    OneTwo,
    /// Anything that old trackers write for a match (0 and 1, twice the same), or a number is missing.
    Silent,
    /// 2 and 1, but disputed.
    DisputedReverse,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PairReason {
    /// The players changed sides, and the numbers are 1 and 2.
    SwapAndNumbers,
    /// The players changed sides; the numbers say nothing or the opposite.
    Swap,
    /// Too few common players with a side; the numbers are 1 and 2.
    Numbers,
}

/// The parts of a pair's score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PairScore {
    /// Sum of the four parts, 0 to 1000.
    pub total: i32,
    /// 0 to 400: share of common players who changed sides.
    pub swap_points: i32,
    /// 0 to 200: share of pairs of common players who stayed together or stayed apart.
    pub mate_points: i32,
    /// 0, 100 or 200: [`NumberHint`].
    pub number_points: i32,
    /// 0 to 200: the shorter the gap, the more.
    pub gap_points: i32,
    /// From the end of the first to the start of the second, s.
    pub gap_s: i64,
    /// Players with a known side in both.
    pub common_players: u32,
    /// Those of them who changed it.
    pub changed_players: u32,
    /// What the numbers say.
    pub number: NumberHint,
    /// What decided.
    pub reason: PairReason,
}

/// A possible second round.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    pub(super) second: usize,
    pub(super) score: PairScore,
}

/// Possible second rounds of each round of a map; both by place in `rounds`, which is in order of start.
pub(super) fn edges(rounds: &[Timed<'_>]) -> Vec<Vec<Edge>> {
    let of_first = |(at, first): (usize, &Timed<'_>)| {
        let latest = first.end_s.saturating_add(MOST_GAP_S);
        let later = rounds.iter().enumerate().skip(at + 1);
        let later = later.take_while(|(_, second)| second.start_s <= latest);
        let possible = later.filter_map(|(second, timed)| {
            let score = weigh(first, timed)?;
            Some(Edge { second, score })
        });
        let mut edges: Vec<Edge> = possible.collect();
        edges.sort_by_key(|edge| (std::cmp::Reverse(edge.score.total), edge.second));
        edges.truncate(MOST_PARTNERS);
        edges
    };
    rounds.iter().enumerate().map(of_first).collect()
}

/// Weighs a pair; `None` when it is not possible.
fn weigh(first: &Timed<'_>, second: &Timed<'_>) -> Option<PairScore> {
    let gap_s = second.start_s.checked_sub(first.end_s)?;
    if !(LEAST_GAP_S..=MOST_GAP_S).contains(&gap_s) {
        return None;
    }
    let number = hint(first.round, second.round)?;
    let company = Company::of(first, second)?;
    let proves = company.with_side >= ENOUGH_PLAYERS;
    let reason = match (proves, number) {
        (true, NumberHint::OneTwo) => PairReason::SwapAndNumbers,
        (true, _) => PairReason::Swap,
        (false, NumberHint::OneTwo) => PairReason::Numbers,
        (false, _) => return None,
    };
    if proves && company.changed * 100 < company.with_side * LEAST_SWAP_PERCENT {
        return None;
    }
    let share = |part: u32, all: u32, most: u32| {
        let points = (most * part).checked_div(all);
        points.unwrap_or(0) as i32
    };
    let swap_points = if proves {
        share(company.changed, company.with_side, 400)
    } else {
        0
    };
    let mate_points = if proves {
        share(company.consistent_pairs, company.pairs, 200)
    } else {
        0
    };
    let number_points = match number {
        NumberHint::OneTwo => 200,
        NumberHint::Silent => 100,
        NumberHint::DisputedReverse => 0,
    };
    let gap_points = (200 * (MOST_GAP_S - gap_s.max(0)) / MOST_GAP_S) as i32;
    Some(PairScore {
        total: swap_points + mate_points + number_points + gap_points,
        swap_points,
        mate_points,
        number_points,
        gap_points,
        gap_s,
        common_players: company.with_side,
        changed_players: company.changed,
        number,
        reason,
    })
}

/// What the numbers say; `None` when they are 2 and 1 without dispute.
fn hint(first: &MatchRound, second: &MatchRound) -> Option<NumberHint> {
    let is_disputed = first.is_number_disputed || second.is_number_disputed;
    match (first.number, second.number, is_disputed) {
        (Some(1), Some(2), _) => Some(NumberHint::OneTwo),
        (Some(2), Some(1), false) => None,
        (Some(2), Some(1), true) => Some(NumberHint::DisputedReverse),
        _ => Some(NumberHint::Silent),
    }
}

/// Who was in both rounds.
struct Company {
    with_side: u32,
    changed: u32,
    pairs: u32,
    /// Pairs of them who stayed together or stayed apart.
    consistent_pairs: u32,
}

impl Company {
    /// `None` when less than half of the smaller round is in both.
    fn of(first: &Timed<'_>, second: &Timed<'_>) -> Option<Self> {
        let mut common = 0_usize;
        let mut sides = Vec::new();
        for (who, before) in &first.sides {
            let Some(after) = second.sides.get(who) else {
                continue;
            };
            common += 1;
            sides.extend(before.zip(*after));
        }
        let fewer = first.sides.len().min(second.sides.len());
        if common * 2 < fewer {
            return None;
        }
        let with_side = sides.len() as u32;
        let changed = sides
            .iter()
            .filter(|(before, after)| before != after)
            .count() as u32;
        let stayed = with_side - changed;
        let choose_2 = |n: u32| n * n.saturating_sub(1) / 2;
        Some(Self {
            with_side,
            changed,
            pairs: choose_2(with_side),
            // Two of whom both or neither changed stand to each other as before.
            consistent_pairs: choose_2(changed) + choose_2(stayed),
        })
    }
}
