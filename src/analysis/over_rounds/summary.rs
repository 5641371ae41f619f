//! Several rounds of somebody (or of everybody) as one.

use super::super::distribution::Distribution;
use super::metrics::METRICS;
use super::tally::Tally;
use serde::Serialize;

/// One number over several rounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Metric {
    /// Its key, of [`METRICS`].
    pub key: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Over all rounds as if they were one: counts summed, rates from summed counts. `None` where nothing was measured.
    pub pooled: Option<f64>,
    /// Its spread over the rounds in which it was measured; `n` is their number.
    pub per_round: Option<Distribution>,
}

/// Everything of one group over its rounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Rounds it took part in.
    pub rounds: usize,
    /// All counts, summed.
    pub total: Tally,
    /// The numbers, in the order of [`METRICS`].
    pub metrics: Vec<Metric>,
    /// Spread of the lengths of lives that ended by themselves, ms, over lives.
    pub life_ms: Option<Distribution>,
    /// The same of lives that the end of the round or leaving cut; these would have been longer.
    pub cut_life_ms: Option<Distribution>,
    /// Spread of the times from the start of a life to the first move, ms, over lives.
    pub first_move_ms: Option<Distribution>,
}

impl Summary {
    /// The number of that key.
    pub fn metric(&self, key: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.key == key)
    }
}

/// Rounds on their way into a [`Summary`].
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    pub(super) tallies: Vec<Tally>,
    pub(super) life_ms: Vec<i64>,
    pub(super) cut_life_ms: Vec<i64>,
    pub(super) first_move_ms: Vec<i64>,
}

impl Gathered {
    /// Adds the tally of one round; one with nothing in it is no round taken part in.
    pub(super) fn add_round(&mut self, tally: Tally) {
        if !tally.is_empty() {
            self.tallies.push(tally);
        }
    }

    pub(super) fn add_lives(&mut self, part: &super::facts::ClassPart) {
        self.life_ms.extend(&part.life_ms);
        self.cut_life_ms.extend(&part.cut_life_ms);
        self.first_move_ms.extend(&part.first_move_ms);
    }

    pub(super) fn summary(&self) -> Summary {
        let mut total = Tally::default();
        for tally in &self.tallies {
            total.add(tally);
        }
        let metrics = METRICS.iter().map(|metric| Metric {
            key: metric.key,
            unit: metric.unit,
            pooled: (!self.tallies.is_empty())
                .then(|| (metric.of)(&total))
                .flatten(),
            per_round: Distribution::of(self.tallies.iter().filter_map(metric.of)),
        });
        Summary {
            rounds: self.tallies.len(),
            total,
            metrics: metrics.collect(),
            life_ms: Distribution::of_whole(self.life_ms.iter().copied()),
            cut_life_ms: Distribution::of_whole(self.cut_life_ms.iter().copied()),
            first_move_ms: Distribution::of_whole(self.first_move_ms.iter().copied()),
        }
    }
}
