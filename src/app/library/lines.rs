//! From rounds in order to the lines of the list: evenings or maps, matches, rounds.

use super::order::{Grouping, Places};
use crate::library::RoundId;
use crate::library::catalogue::Entry;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Names a line, however the list around it changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LineKey {
    /// An evening by its date, or a map by its name; `None` for rounds that have none.
    Group(Option<String>),
    /// A match; one round without a partner is a match too, called by its own id.
    Match(RoundId),
    /// A round.
    Round(RoundId),
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Header of an evening or map; the rounds of it in [`Lines::shown`].
    Group(Range<usize>),
    /// Header of a match; its rounds in [`Lines::shown`].
    Match(Range<usize>),
    /// One round: where in [`Lines::shown`].
    Round(usize),
}

impl Line {
    /// The rounds it stands for, as a range of [`Lines::shown`].
    pub fn rounds(&self) -> Range<usize> {
        match self {
            Self::Group(rounds) | Self::Match(rounds) => rounds.clone(),
            Self::Round(nth) => *nth..*nth + 1,
        }
    }
}

/// The list as it is shown.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Indices of the listed rounds in the catalogue, also of those in folded lines.
    pub shown: Vec<u32>,
    /// The visible lines.
    pub lines: Vec<Line>,
    /// How many evenings or maps there are.
    pub groups: usize,
}

/// What the lines are made of.
#[derive(Clone, Copy)]
pub(super) struct Material<'a> {
    pub entries: &'a [Entry],
    pub places: &'a Places,
    pub grouping: Grouping,
    pub folded: &'a FxHashSet<LineKey>,
}

impl Material<'_> {
    /// The evening or map of a round.
    fn group(&self, nth: u32) -> Option<&str> {
        match self.grouping {
            Grouping::Evening => self.places.evening(self.entries, nth),
            Grouping::Map => {
                let map = &self.entries[nth as usize].map;
                (!map.is_empty()).then_some(map.as_str())
            }
            Grouping::Flat => None,
        }
    }

    fn match_of(&self, nth: u32) -> RoundId {
        let entry = &self.entries[nth as usize];
        entry.match_id.unwrap_or(entry.id)
    }

    /// What a line is called.
    pub fn key(&self, lines: &Lines, line: &Line) -> LineKey {
        let first = lines.shown[line.rounds().start];
        match line {
            Line::Group(_) => LineKey::Group(self.group(first).map(str::to_owned)),
            Line::Match(_) => LineKey::Match(self.match_of(first)),
            Line::Round(..) => LineKey::Round(self.entries[first as usize].id),
        }
    }

    /// Whether a line is called so; as [`Self::key`] without making a key.
    pub fn is_called(&self, lines: &Lines, line: &Line, key: &LineKey) -> bool {
        let first = lines.shown[line.rounds().start];
        let entry = &self.entries[first as usize];
        match (line, key) {
            (Line::Group(_), LineKey::Group(name)) => self.group(first) == name.as_deref(),
            (Line::Match(_), LineKey::Match(id)) => self.match_of(first) == *id,
            (Line::Round(..), LineKey::Round(id)) => entry.id == *id,
            _ => false,
        }
    }

    /// Lays the rounds out as lines.
    pub fn lines(&self, shown: Vec<u32>) -> Lines {
        let mut lines = Lines {
            shown,
            ..Lines::default()
        };
        if self.grouping == Grouping::Flat {
            lines.lines.extend((0..lines.shown.len()).map(Line::Round));
            return lines;
        }
        let shown = std::mem::take(&mut lines.shown);
        let mut begin = 0;
        for group in shown.chunk_by(|a, b| self.group(*a) == self.group(*b)) {
            lines.lines.push(Line::Group(begin..begin + group.len()));
            lines.groups += 1;
            let key = LineKey::Group(self.group(group[0]).map(str::to_owned));
            if !self.folded.contains(&key) {
                self.add_matches(&mut lines.lines, group, begin);
            }
            begin += group.len();
        }
        lines.shown = shown;
        lines
    }

    fn add_matches(&self, lines: &mut Vec<Line>, group: &[u32], begin: usize) {
        let mut begin = begin;
        for rounds in group.chunk_by(|a, b| self.match_of(*a) == self.match_of(*b)) {
            let range = begin..begin + rounds.len();
            begin = range.end;
            lines.push(Line::Match(range.clone()));
            let key = LineKey::Match(self.match_of(rounds[0]));
            if !self.folded.contains(&key) {
                lines.extend(range.map(Line::Round));
            }
        }
    }
}
