//! Filters of the library's list, and what there is to choose from.

use crate::library::catalogue::Entry;
use rustc_hash::FxHashMap;

/// What a filter says about bots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bots {
    /// They do not matter.
    #[default]
    Any,
    /// Rounds among people only.
    Without,
    /// Rounds with at least one.
    With,
}

/// Which rounds are listed. Everything that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Played on this map.
    pub map: Option<String>,
    /// With this player.
    pub player: Option<String>,
    /// On this evening or later, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// On this evening or earlier, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Written by this tracker version.
    pub version: Option<String>,
    /// Only rounds with `OBJECTIVE_FOCUS` rows.
    pub has_objective_focus: bool,
    /// Only rounds with problems of severity warning or error, and cut ones.
    pub has_problems: bool,
    /// With or without bots.
    pub bots: Bots,
}

/// One filter that is set, to be shown and taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// [`Filters::map`].
    Map,
    /// [`Filters::player`].
    Player,
    /// [`Filters::from`] and [`Filters::until`].
    Dates,
    /// [`Filters::version`].
    Version,
    /// [`Filters::has_objective_focus`].
    ObjectiveFocus,
    /// [`Filters::has_problems`].
    Problems,
    /// [`Filters::bots`].
    Bots,
}

/// Whether a round has problems worth a look.
pub fn has_problems(entry: &Entry) -> bool {
    entry.errors + entry.warnings > 0 || entry.is_cut
}

impl Filters {
    /// Whether a round is listed. A round without a date is on no evening of a range.
    pub fn passes(&self, entry: &Entry) -> bool {
        let is = |wanted: &Option<String>, value: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == value)
        };
        is(&self.map, &entry.map)
            && is(&self.version, &entry.version)
            && self.is_in_dates(entry.date.as_deref())
            && (!self.has_objective_focus || entry.has_objective_focus)
            && (!self.has_problems || has_problems(entry))
            && match self.bots {
                Bots::Any => true,
                Bots::Without => entry.bots == 0,
                Bots::With => entry.bots > 0,
            }
            && self
                .player
                .as_ref()
                .is_none_or(|player| entry.players.contains(player))
    }

    fn is_in_dates(&self, date: Option<&str>) -> bool {
        if self.from.is_none() && self.until.is_none() {
            return true;
        }
        // Dates written this way sort as texts.
        date.is_some_and(|date| {
            self.from.as_deref().is_none_or(|from| date >= from)
                && self.until.as_deref().is_none_or(|until| date <= until)
        })
    }

    /// The filters that are set, in words.
    pub fn parts(&self) -> Vec<(Part, String)> {
        let mut parts = Vec::new();
        parts.extend(self.map.clone().map(|map| (Part::Map, map)));
        parts.extend(self.player.clone().map(|player| (Part::Player, player)));
        let dates = match (&self.from, &self.until) {
            (None, None) => None,
            (Some(from), None) => Some(format!("from {from}")),
            (None, Some(until)) => Some(format!("until {until}")),
            (Some(from), Some(until)) if from == until => Some(from.clone()),
            (Some(from), Some(until)) => Some(format!("{from} to {until}")),
        };
        parts.extend(dates.map(|words| (Part::Dates, words)));
        let version = self.version.as_ref();
        parts.extend(version.map(|version| (Part::Version, format!("tracker {version}"))));
        let mut flag = |is_set: bool, part, words: &str| {
            if is_set {
                parts.push((part, words.to_owned()));
            }
        };
        flag(
            self.has_objective_focus,
            Part::ObjectiveFocus,
            "objective focus",
        );
        flag(self.has_problems, Part::Problems, "problems");
        flag(self.bots == Bots::Without, Part::Bots, "no bots");
        flag(self.bots == Bots::With, Part::Bots, "bots");
        parts
    }

    /// Takes one filter away.
    #[must_use]
    pub fn without(mut self, part: Part) -> Self {
        match part {
            Part::Map => self.map = None,
            Part::Player => self.player = None,
            Part::Dates => (self.from, self.until) = (None, None),
            Part::Version => self.version = None,
            Part::ObjectiveFocus => self.has_objective_focus = false,
            Part::Problems => self.has_problems = false,
            Part::Bots => self.bots = Bots::Any,
        }
        self
    }
}

/// A value and in how many rounds of the library it occurs.
pub type Choice = (String, u32);

/// Everything that can be filtered for, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Maps; rounds without one are left out.
    pub maps: Vec<Choice>,
    /// Player names.
    pub players: Vec<Choice>,
    /// Tracker versions, newest first.
    pub versions: Vec<Choice>,
    /// First and last evening.
    pub dates: Option<(String, String)>,
}

impl Choices {
    /// What there is to choose from in a catalogue.
    pub fn of(entries: &[Entry]) -> Self {
        let dates = || entries.iter().filter_map(|entry| entry.date.as_ref());
        let mut versions = counted(entries.iter().map(|entry| &entry.version));
        versions.sort_by(|a, b| b.0.cmp(&a.0));
        Self {
            maps: counted(
                entries
                    .iter()
                    .map(|entry| &entry.map)
                    .filter(|map| !map.is_empty()),
            ),
            players: counted(entries.iter().flat_map(|entry| &entry.players)),
            versions,
            dates: dates().min().cloned().zip(dates().max().cloned()),
        }
    }
}

fn counted<'a>(values: impl Iterator<Item = &'a String>) -> Vec<Choice> {
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<Choice> = counts
        .into_iter()
        .map(|(value, count)| (value.to_owned(), count))
        .collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

#[cfg(test)]
mod tests {
    use super::super::sample::entry;
    use super::*;

    #[test]
    fn everything_that_is_set_must_hold() {
        let mut round = entry(1);
        round.players = vec!["ash".to_owned()];
        round.date = Some("2026-08-23".to_owned());
        let some = |text: &str| Some(text.to_owned());
        let passes = |filters: Filters| filters.passes(&round);
        let none = Filters::default;
        assert!(passes(none()));
        assert!(passes(Filters {
            map: some("supply"),
            player: some("ash"),
            ..none()
        }));
        assert!(!passes(Filters {
            map: some("supply"),
            player: some("as"),
            ..none()
        }));
        assert!(passes(Filters {
            from: some("2026-08-23"),
            until: some("2026-08-23"),
            ..none()
        }));
        assert!(!passes(Filters {
            from: some("2026-08-24"),
            ..none()
        }));
        assert!(!passes(Filters {
            has_problems: true,
            ..none()
        }));
        assert!(!passes(Filters {
            bots: Bots::With,
            ..none()
        }));
        round.date = None;
        assert!(
            !Filters {
                until: some("2027-01-01"),
                ..none()
            }
            .passes(&round)
        );
        round.is_cut = true;
        assert!(
            Filters {
                has_problems: true,
                ..none()
            }
            .passes(&round)
        );
    }

    #[test]
    fn filters_are_named_and_taken_away_one_by_one() {
        let filters = Filters {
            map: Some("supply".to_owned()),
            until: Some("2026-08-23".to_owned()),
            bots: Bots::Without,
            ..Filters::default()
        };
        let words: Vec<String> = filters.parts().into_iter().map(|part| part.1).collect();
        assert_eq!(words, ["supply", "until 2026-08-23", "no bots"]);
        let mut left = filters;
        for (part, _) in left.clone().parts() {
            left = left.without(part);
        }
        assert_eq!(left, Filters::default());
    }

    #[test]
    fn choices_are_counted() {
        let mut other = entry(2);
        other.map = "radar".to_owned();
        other.date = Some("2026-01-01".to_owned());
        let choices = Choices::of(&[entry(1), other, entry(3)]);
        assert_eq!(
            choices.maps,
            [("supply".to_owned(), 2), ("radar".to_owned(), 1)]
        );
        assert_eq!(choices.dates.unwrap().0, "2026-01-01");
    }
}
