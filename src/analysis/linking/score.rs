//! How well a stats file fits a round, in points of 1000 with every part named.

use super::candidate::{Prepared, RoundCandidate};
use super::{EXACT_S, LinkReason, MOST_LENGTH_DIFFERENCE_S, OTHER_NUMBER_S, WINDOW_S};
use serde::Serialize;
use std::collections::BTreeSet;

/// What the round numbers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberMatch {
    /// Equal.
    Equal,
    /// One is not known.
    Unknown,
    /// Different, but the round's own sources contradict each other.
    Disputed,
    /// Different.
    Different,
}

/// The parts of a pair's score. Whole numbers, so that equal means equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Sum of the four parts, 0 to 1000.
    pub total: i32,
    /// 0 to 400. 400 within the exact seconds; else up to 300, less with every second from the usual 3.
    pub time_points: i32,
    /// 0 to 300: common players of the smaller side; 150 where a side knows none.
    pub player_points: i32,
    /// 0 to 150: nearness of play time and length; 75 where one is not known.
    pub length_points: i32,
    /// 150 for equal numbers, 75 for unknown or disputed ones, else 0.
    pub number_points: i32,
    /// The stats stamp less the end of the round, s.
    pub difference_s: i64,
    /// Players both know by GUID prefix.
    pub common_players: u32,
    /// Players the side with fewer of them knows.
    pub fewer_players: u32,
    /// Length of the round less play time, ms: what was paused, if the clocks agree.
    pub length_difference_ms: Option<i64>,
    /// What the numbers say.
    pub number: NumberMatch,
    /// Nothing contradicts, so the two may be linked.
    pub is_possible: bool,
}

impl Score {
    /// The reason a link of this score has.
    pub(super) fn reason(&self) -> LinkReason {
        if self.number == NumberMatch::Different {
            LinkReason::ResolvedOtherNumber
        } else if EXACT_S.contains(&self.difference_s) {
            LinkReason::ResolvedExactStamp
        } else {
            LinkReason::Resolved
        }
    }
}

/// A round and a stats file of the same map in the window.
pub(super) struct Pair {
    pub(super) round_id: i64,
    pub(super) stats_id: i64,
    pub(super) score: Score,
}

/// The usual delay between the two files, s.
const USUAL_S: i64 = 3;
/// Play time and length closer than this score full points, s: the clocks start and stop a moment apart.
const SAME_LENGTH_S: i64 = 3;
/// Fewer players than this on a side prove nothing.
const ENOUGH_PLAYERS: u32 = 3;

/// Weighs a pair; `None` without a time on either side. `people` are the round's GUID prefixes.
pub(super) fn pair(
    round: &RoundCandidate,
    people: &BTreeSet<String>,
    file: &Prepared<'_>,
) -> Option<Pair> {
    let stats = file.candidate;
    let difference_s = stats
        .stamp_local_s?
        .checked_sub(round.times.local_end_s()?)?;
    let off_s = (difference_s - USUAL_S).abs();
    let common_players = people.intersection(&file.people).count() as u32;
    let fewer_players = people.len().min(file.people.len()) as u32;
    let length_difference_ms = round
        .times
        .length_ms
        .zip(stats.play_time_ms)
        .map(|(length, play)| length.saturating_sub(play));
    let length_off_s = length_difference_ms.map(|ms| (ms / 1000).saturating_abs());
    let number = numbers(round, stats.number);

    let are_others = fewer_players >= ENOUGH_PLAYERS && common_players * 4 < fewer_players;
    let is_other_length = length_off_s.is_some_and(|off| off >= MOST_LENGTH_DIFFERENCE_S);
    let is_far_other = number == NumberMatch::Different && off_s > OTHER_NUMBER_S;

    let time_points = if EXACT_S.contains(&difference_s) {
        400
    } else {
        share_left(off_s, WINDOW_S, 300)
    };
    let player_points = match fewer_players {
        0 => 150,
        fewer => (300 * common_players / fewer) as i32,
    };
    let length_points = length_off_s.map_or(75, |off| {
        let beyond = (off - SAME_LENGTH_S).max(0);
        share_left(beyond, MOST_LENGTH_DIFFERENCE_S, 150)
    });
    let number_points = match number {
        NumberMatch::Equal => 150,
        NumberMatch::Unknown | NumberMatch::Disputed => 75,
        NumberMatch::Different => 0,
    };
    let score = Score {
        total: time_points + player_points + length_points + number_points,
        time_points,
        player_points,
        length_points,
        number_points,
        difference_s,
        common_players,
        fewer_players,
        length_difference_ms,
        number,
        is_possible: !(are_others || is_other_length || is_far_other),
    };
    Some(Pair {
        round_id: round.id,
        stats_id: stats.id,
        score,
    })
}

/// `most` points at nothing off, none from `limit` on.
fn share_left(off: i64, limit: i64, most: i64) -> i32 {
    (most * (limit - off.min(limit)) / limit) as i32
}

fn numbers(round: &RoundCandidate, theirs: Option<i64>) -> NumberMatch {
    match round.number.zip(theirs) {
        None => NumberMatch::Unknown,
        Some((ours, theirs)) if ours == theirs => NumberMatch::Equal,
        Some(_) if round.is_number_disputed => NumberMatch::Disputed,
        Some(_) => NumberMatch::Different,
    }
}
