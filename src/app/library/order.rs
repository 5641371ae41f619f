//! In which order rounds are listed: worked out once per catalogue, so that a keystroke only has to leave some out.

use super::words::seconds_of;
use crate::library::catalogue::Entry;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// How the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By evening, the newest first.
    #[default]
    Newest,
    /// By evening, the oldest first.
    Oldest,
    /// By map, the newest evening of each first.
    Map,
    /// The longest round first.
    Length,
    /// Most errors first, then most warnings.
    Problems,
    /// What fits the search best first.
    Relevance,
}

impl Sort {
    /// All, in menu order.
    pub const ALL: [Self; 6] = [
        Self::Newest,
        Self::Oldest,
        Self::Map,
        Self::Length,
        Self::Problems,
        Self::Relevance,
    ];

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Newest => "Newest evening",
            Self::Oldest => "Oldest evening",
            Self::Map => "Map",
            Self::Length => "Longest round",
            Self::Problems => "Most problems",
            Self::Relevance => "Best match of the search",
        }
    }

    /// Whether rounds stand under evenings, maps, or nothing.
    pub const fn grouping(self) -> Grouping {
        match self {
            Self::Newest | Self::Oldest => Grouping::Evening,
            Self::Map => Grouping::Map,
            Self::Length | Self::Problems | Self::Relevance => Grouping::Flat,
        }
    }
}

/// What rounds stand under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Evenings, and matches in them.
    Evening,
    /// Maps, and matches in them.
    Map,
    /// Nothing: one round after the other.
    Flat,
}

/// Where a round stands in time: with the first round of its match, so that a match that runs past midnight stays together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Index of a round with the date of the evening; `None` for rounds without a date.
    evening_of: Option<u32>,
    /// Start of the match, seconds.
    match_start_s: i64,
    /// Start of the round, seconds.
    start_s: i64,
}

/// The places of all rounds of a catalogue.
#[derive(Clone, Debug, Default)]
pub struct Places(Vec<Place>);

impl Places {
    /// Places every round of a catalogue.
    pub fn new(entries: &[Entry]) -> Self {
        let own = |(nth, entry): (usize, &Entry)| {
            let start_s = seconds_of(entry).unwrap_or(i64::MIN);
            Place {
                evening_of: entry.date.is_some().then_some(nth as u32),
                match_start_s: start_s,
                start_s,
            }
        };
        let mut places: Vec<Place> = entries.iter().enumerate().map(own).collect();
        let mut firsts = FxHashMap::default();
        for (entry, place) in entries.iter().zip(&places) {
            let Some(match_id) = entry.match_id else {
                continue;
            };
            let first = firsts.entry(match_id).or_insert_with(|| place.clone());
            if place.start_s < first.start_s {
                *first = place.clone();
            }
        }
        for (entry, place) in entries.iter().zip(&mut places) {
            if let Some(first) = entry.match_id.and_then(|match_id| firsts.get(&match_id)) {
                place.evening_of = first.evening_of.or(place.evening_of);
                place.match_start_s = first.start_s;
            }
        }
        Self(places)
    }

    /// The evening a round is listed under, `YYYY-MM-DD`.
    pub fn evening<'a>(&self, entries: &'a [Entry], nth: u32) -> Option<&'a str> {
        let evening_of = self.0[nth as usize].evening_of?;
        entries[evening_of as usize].date.as_deref()
    }

    /// All rounds in a sort's order. [`Sort::Relevance`] gives that of [`Sort::Newest`], which breaks its ties.
    pub fn order(&self, entries: &[Entry], sort: Sort) -> Vec<u32> {
        let mut order: Vec<u32> = (0..entries.len() as u32).collect();
        let place = |nth: u32| &self.0[nth as usize];
        let entry = |nth: u32| &entries[nth as usize];
        let in_evening = |nth: u32| {
            let entry = entry(nth);
            (entry.match_id, entry.number, place(nth).start_s, entry.id)
        };
        let evening = |nth: u32| self.evening(entries, nth);
        if sort == Sort::Oldest {
            order.sort_unstable_by(|&a, &b| {
                // Rounds without a date come last in both directions.
                let dated = evening(a).is_none().cmp(&evening(b).is_none());
                dated
                    .then_with(|| evening(a).cmp(&evening(b)))
                    .then_with(|| place(a).match_start_s.cmp(&place(b).match_start_s))
                    .then_with(|| in_evening(a).cmp(&in_evening(b)))
            });
            return order;
        }
        order.sort_unstable_by(|&a, &b| {
            let evenings = evening(b).cmp(&evening(a));
            evenings
                .then_with(|| place(b).match_start_s.cmp(&place(a).match_start_s))
                .then_with(|| in_evening(a).cmp(&in_evening(b)))
        });
        match sort {
            Sort::Map => order.sort_by_key(|&nth| (entry(nth).map.is_empty(), &entry(nth).map)),
            Sort::Length => order.sort_by_key(|&nth| Reverse(entry(nth).length_ms)),
            Sort::Problems => {
                order.sort_by_key(|&nth| Reverse((entry(nth).errors, entry(nth).warnings)));
            }
            Sort::Newest | Sort::Oldest | Sort::Relevance => {}
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::entry;
    use super::*;
    use crate::library::RoundId;

    /// Rounds 1 and 2 are a match past midnight, 3 a later one, 4 of the day before, 5 without a date.
    fn entries() -> Vec<Entry> {
        let round = |id: i64, date: &str, start: i64| Entry {
            date: Some(date.to_owned()),
            start_unix: Some(start),
            match_id: None,
            length_ms: id * 1000,
            ..entry(id)
        };
        let mut entries = vec![
            round(2, "2026-08-24", 1_000),
            round(3, "2026-08-23", 900),
            round(1, "2026-08-23", 990),
            round(4, "2026-08-22", 100),
            round(5, "2026-08-22", 0),
        ];
        for (nth, number) in [(0, 2), (2, 1)] {
            entries[nth].match_id = Some(RoundId(1));
            entries[nth].number = number;
        }
        entries[4].date = None;
        entries[4].start_unix = None;
        entries[4].local_time = None;
        entries
    }

    fn ids(sort: Sort) -> Vec<i64> {
        let entries = entries();
        let order = Places::new(&entries).order(&entries, sort);
        order
            .iter()
            .map(|nth| entries[*nth as usize].id.0)
            .collect()
    }

    #[test]
    fn a_match_stays_together_past_midnight() {
        assert_eq!(ids(Sort::Newest), [1, 2, 3, 4, 5]);
        assert_eq!(ids(Sort::Oldest), [4, 3, 1, 2, 5]);
        let entries = entries();
        let places = Places::new(&entries);
        assert_eq!(places.evening(&entries, 0), Some("2026-08-23"));
        assert_eq!(places.evening(&entries, 4), None);
    }

    #[test]
    fn other_orders_keep_the_newest_first_among_equals() {
        assert_eq!(ids(Sort::Length), [5, 4, 3, 2, 1]);
        assert_eq!(ids(Sort::Problems), ids(Sort::Newest));
        assert_eq!(ids(Sort::Map), ids(Sort::Newest));
    }
}
