//! Links stats files to round files: which two were written about the same round.
//!
//! [`link`] is a function over all candidates and knows nothing of earlier links, so a link that a better candidate makes wrong is gone
//! as soon as it runs again. [`neighbourhood`] names the few candidates among which it has to run when some are new; linking there gives
//! what linking everything would. A stats file is linked to at most one round and a round to at most one stats file.
//!
//! # How
//!
//! Only files of one map are compared (small letters, colour codes taken off). Both stamps are server local time, so no zone is needed. The
//! stats module writes 3 s of server time after the round file; measured on a real server: 3 or 4 s. A pair is possible when the stamps are
//! at most [`WINDOW_S`] apart and nothing contradicts ([`Score`] tells how a pair is weighed):
//!
//! - of players known on both sides at least a quarter is common, if each side knows three or more;
//! - play time and length differ by less than [`MOST_LENGTH_DIFFERENCE_S`] (pauses count in one of them only);
//! - round numbers are equal, or disputed, or unknown; where they differ (the engine's counter survives a map load) the stamps must
//!   be within [`OTHER_NUMBER_S`].
//!
//! Pairs are taken best score first. Where the best pair shares a file with another pair whose score is less than [`TIE_POINTS`] lower, nobody
//! can tell which is right: all rounds of such a group stay unlinked ([`LinkReason::AmbiguousTie`]) and their stats files are
//! left out. Nothing depends on the order of the input.
//!
//! Known weakness: with stamps missing in the round file and a server zone that is not known, UTC is taken for local time and such rounds
//! find no partner; two servers that play one map at the same second with bots alone are a tie. O(n log n) plus
//! the pairs in the window; ten thousand of each take a fraction of a second.

mod assign;
mod candidate;
mod coverage;
mod neighbourhood;
mod reason;
mod score;
mod times;

pub use candidate::{RoundCandidate, StatsCandidate, map_key};
pub use coverage::{Coverage, coverage};
pub use neighbourhood::{Neighbourhood, Place, PlaceId, neighbourhood};
pub use reason::LinkReason;
pub use score::{NumberMatch, Score};
pub use times::RoundTimes;

use candidate::Prepared;
use score::Pair;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How far the two stamps may be apart, s. Two rounds of one map on one server end further apart than this in nearly every case (the shortest
/// real distance at hand is 303 s), and a tracker that delays its output does so by two minutes at most.
pub const WINDOW_S: i64 = 300;
/// A stats stamp this many seconds after the round's is that of the same round, if it is of the same map.
pub const EXACT_S: std::ops::RangeInclusive<i64> = 0..=6;
/// Where round numbers differ, the stamps may be this far apart, s.
pub const OTHER_NUMBER_S: i64 = 60;
/// More than this between play time and length, s, is another round. A timeout lasts three minutes.
pub const MOST_LENGTH_DIFFERENCE_S: i64 = 400;
/// Scores closer than this are a tie, points of 1000.
pub const TIE_POINTS: i32 = 20;
/// Stats files of a map further away than this, s, are not looked at: they are of another evening.
pub const NEARBY_S: i64 = 86_400;
/// Stats files weighed per round: the best in points. Only copies in great number can be more.
pub const MOST_CANDIDATES: usize = 64;

/// A stats file that was considered for a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// The stats file.
    pub stats_id: i64,
    /// How well it fits.
    pub score: Score,
}

/// What was found for one round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundLink {
    /// The round.
    pub round_id: i64,
    /// Its stats file.
    pub stats_id: Option<i64>,
    /// Why this one, or why none.
    pub reason: LinkReason,
    /// How well the linked one fits.
    pub score: Option<Score>,
    /// The others of the map within the window, best first.
    pub alternatives: Vec<Alternative>,
}

/// The links among some candidates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Linking {
    /// One per round, in order of their ids.
    pub rounds: Vec<RoundLink>,
    /// Stats files that no round can be compared with, by id: [`LinkReason::TimeParseFailed`] or [`LinkReason::InvalidInput`].
    pub unusable_stats: Vec<(i64, LinkReason)>,
}

/// Links rounds to stats files. Ids must be unique among rounds and among stats files.
pub fn link(rounds: &[RoundCandidate], stats: &[StatsCandidate]) -> Linking {
    let mut linking = Linking::default();
    let mut by_map: BTreeMap<String, (Vec<&RoundCandidate>, Vec<&StatsCandidate>)> =
        BTreeMap::new();
    for round in rounds {
        match round.usable() {
            Ok(map) => by_map.entry(map).or_default().0.push(round),
            Err(reason) => linking.rounds.push(unusable(round.id, reason)),
        }
    }
    for file in stats {
        match file.usable() {
            Ok(map) => by_map.entry(map).or_default().1.push(file),
            Err(reason) => linking.unusable_stats.push((file.id, reason)),
        }
    }
    for (rounds, stats) in by_map.into_values() {
        linking.rounds.extend(link_map(&rounds, &stats));
    }
    linking.rounds.sort_by_key(|link| link.round_id);
    linking.unusable_stats.sort_unstable();
    linking
}

fn unusable(round_id: i64, reason: LinkReason) -> RoundLink {
    RoundLink {
        round_id,
        stats_id: None,
        reason,
        score: None,
        alternatives: Vec::new(),
    }
}

/// Links the rounds of one map, all of which have a time.
fn link_map(rounds: &[&RoundCandidate], stats: &[&StatsCandidate]) -> Vec<RoundLink> {
    let files = Files::of(stats);
    let pairs: Vec<Vec<Pair>> = rounds.iter().map(|round| files.pairs(round)).collect();
    let assigned = assign::assign(pairs.iter().flatten());
    rounds
        .iter()
        .zip(&pairs)
        .map(|(round, pairs)| outcome(round, pairs, &assigned, &files))
        .collect()
}

/// What the assignment means for one round; its pairs come best first.
fn outcome(
    round: &RoundCandidate,
    pairs: &[Pair],
    assigned: &assign::Assigned,
    files: &Files<'_>,
) -> RoundLink {
    let stats_id = assigned.links.get(&round.id).copied();
    let of_link = |pair: &&Pair| Some(pair.stats_id) == stats_id;
    let others = pairs.iter().filter(|pair| !of_link(pair));
    let alternatives = others.map(|pair| Alternative {
        stats_id: pair.stats_id,
        score: pair.score,
    });
    let score = pairs.iter().find(of_link).map(|pair| pair.score);
    let reason = if let Some(score) = score {
        score.reason()
    } else if assigned.tied.contains(&round.id) {
        LinkReason::AmbiguousTie
    } else if pairs.iter().any(|pair| pair.score.is_possible) {
        LinkReason::LinkedElsewhere
    } else if !pairs.is_empty() {
        LinkReason::AllCandidatesContradicted
    } else if !files.around(round, NEARBY_S).is_empty() {
        LinkReason::AllCandidatesOutsideWindow
    } else {
        LinkReason::NoRowsForMapRound
    };
    RoundLink {
        round_id: round.id,
        stats_id,
        reason,
        score,
        alternatives: alternatives.collect(),
    }
}

/// The stats files of one map in order of their stamps.
struct Files<'a>(Vec<(i64, Prepared<'a>)>);

impl<'a> Files<'a> {
    fn of(stats: &[&'a StatsCandidate]) -> Self {
        let stamped = stats
            .iter()
            .filter_map(|file| Some((file.stamp_local_s?, Prepared::of(file))));
        let mut files: Vec<(i64, Prepared<'a>)> = stamped.collect();
        files.sort_by_key(|(stamp_s, file)| (*stamp_s, file.candidate.id));
        Self(files)
    }

    /// Those stamped at most `distance_s` from the end of a round.
    fn around(&self, round: &RoundCandidate, distance_s: i64) -> &[(i64, Prepared<'a>)] {
        let Some(end_s) = round.times.local_end_s() else {
            return &[];
        };
        let (from, to) = (
            end_s.saturating_sub(distance_s),
            end_s.saturating_add(distance_s),
        );
        let first = self.0.partition_point(|(stamp_s, _)| *stamp_s < from);
        let end = self.0.partition_point(|(stamp_s, _)| *stamp_s <= to);
        &self.0[first..end]
    }

    /// A round's pairs in the window, best first.
    fn pairs(&self, round: &RoundCandidate) -> Vec<Pair> {
        let near = self.around(round, WINDOW_S);
        if near.is_empty() {
            return Vec::new();
        }
        let people = round.people();
        let weigh = |(_, file): &(i64, Prepared<'a>)| score::pair(round, &people, file);
        let mut pairs: Vec<Pair> = near.iter().filter_map(weigh).collect();
        pairs.sort_by_key(|pair| (Reverse(pair.score.total), pair.stats_id));
        pairs.truncate(MOST_CANDIDATES);
        pairs
    }
}
