//! Pairs of team mates over many rounds.

use super::super::distribution::Distribution;
use super::super::person::Person;
use super::facts::{PairFacts, RoundFacts};
use serde::Serialize;
use std::collections::BTreeMap;

/// What two did together over their rounds. Of the two-sided values the first is that of the first person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairSummary {
    /// The two, in order.
    pub persons: [Person; 2],
    /// At least one of them is a bot.
    pub has_bot: bool,
    /// Rounds in which they were alive for one team at the same time, or did something together.
    pub rounds: usize,
    /// Crossfires.
    pub crossfires: usize,
    /// Of these, deadly.
    pub kills: u64,
    /// Raw damage of both in crossfires.
    pub damage: i64,
    /// Spread of the times between their first hits, ms, over crossfires.
    pub delay_ms: Option<Distribution>,
    /// Spread of the number of crossfires over rounds.
    pub crossfires_per_round: Option<Distribution>,
    /// Deaths of the other near which he was.
    pub chances: [u64; 2],
    /// Of these, after which he hit the killer.
    pub tries: [u64; 2],
    /// Deaths of the other which he avenged, near or not.
    pub trades: [u64; 2],
    /// Both alive with samples for one team, ms.
    pub both_ms: i64,
    /// Of this, near each other, ms.
    pub near_ms: i64,
    /// That as percent; `None` without time.
    pub near_pct: Option<f64>,
    /// Spread of that percentage over rounds.
    pub near_pct_per_round: Option<Distribution>,
}

/// All pairs of the rounds in order of their persons.
pub(super) fn pairs<'a>(rounds: impl Iterator<Item = &'a RoundFacts>) -> Vec<PairSummary> {
    type Key<'a> = [&'a Person; 2];
    let mut all: BTreeMap<Key<'a>, (bool, Vec<&'a PairFacts>)> = BTreeMap::new();
    for round in rounds {
        for pair in &round.pairs {
            let places = pair.players.map(usize::from);
            let [Some(one), Some(other)] = places.map(|place| round.players.get(place)) else {
                continue;
            };
            // Players are in order of persons, so the first of a pair is always the same.
            let entry = all.entry([&one.person, &other.person]).or_default();
            entry.0 |= one.is_bot || other.is_bot;
            entry.1.push(pair);
        }
    }
    let summaries = all
        .into_iter()
        .map(|(persons, (has_bot, rounds))| summary(persons.map(Clone::clone), has_bot, &rounds));
    summaries.collect()
}

fn summary(persons: [Person; 2], has_bot: bool, rounds: &[&PairFacts]) -> PairSummary {
    let sum = |of: fn(&PairFacts) -> u32| rounds.iter().map(|pair| u64::from(of(pair))).sum();
    let sides = |of: fn(&PairFacts) -> [u32; 2]| {
        [0, 1].map(|side| rounds.iter().map(|pair| u64::from(of(pair)[side])).sum())
    };
    let ms = |of: fn(&PairFacts) -> i64| {
        rounds
            .iter()
            .fold(0_i64, |sum, pair| sum.saturating_add(of(pair)))
    };
    let near_pct =
        |near_ms: i64, both_ms: i64| (both_ms > 0).then(|| 100.0 * near_ms as f64 / both_ms as f64);
    let (both_ms, near_ms) = (ms(|pair| pair.both_ms), ms(|pair| pair.near_ms));
    let delays = rounds
        .iter()
        .flat_map(|pair| pair.delays_ms.iter().copied());
    let crossfires = rounds.iter().map(|pair| pair.delays_ms.len());
    PairSummary {
        persons,
        has_bot,
        rounds: rounds.len(),
        crossfires: crossfires.clone().sum(),
        kills: sum(|pair| pair.kills),
        damage: ms(|pair| pair.damage),
        delay_ms: Distribution::of_whole(delays),
        crossfires_per_round: Distribution::of(crossfires.map(|n| n as f64)),
        chances: sides(|pair| pair.chances),
        tries: sides(|pair| pair.tries),
        trades: sides(|pair| pair.trades),
        both_ms,
        near_ms,
        near_pct: near_pct(near_ms, both_ms),
        near_pct_per_round: Distribution::of(
            rounds
                .iter()
                .filter_map(|pair| near_pct(pair.near_ms, pair.both_ms)),
        ),
    }
}
