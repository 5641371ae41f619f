//! The stored rounds as the sidebar lists them: searched, filtered, sorted, folded, selected.

use super::filter::{Choices, Filters};
use super::lines::{Line, LineKey, Lines, Material};
use super::order::{Places, Sort};
use super::search::Index;
use super::selection::{Pick, Selection, Step};
use crate::library::RoundId;
use crate::library::catalogue::Entry;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::sync::Arc;

/// All stored rounds, and the list made of them.
#[derive(Default)]
pub struct Shelf {
    entries: Arc<Vec<Entry>>,
    index: Index,
    places: Places,
    /// Indices of all rounds in the order of the sort.
    order: Vec<u32>,
    by_id: FxHashMap<RoundId, u32>,
    choices: OnceCell<Choices>,
    query: String,
    filters: Filters,
    sort: Sort,
    folded: FxHashSet<LineKey>,
    /// Folded since the search or the filters changed: what was found is never hidden by an earlier fold.
    folded_meanwhile: FxHashSet<LineKey>,
    lines: Lines,
    selection: Selection,
}

impl Shelf {
    /// Takes a new catalogue; search, filters, folds and the selection stay.
    pub fn set_entries(&mut self, entries: Arc<Vec<Entry>>) {
        self.index = Index::new(&entries);
        self.places = Places::new(&entries);
        let ids = entries.iter().map(|entry| entry.id);
        self.by_id = ids.zip(0..).collect();
        self.choices = OnceCell::new();
        self.entries = entries;
        self.selection.keep(|id| self.by_id.contains_key(&id));
        self.sort_anew();
    }

    /// All stored rounds.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A stored round.
    pub fn entry(&self, id: RoundId) -> Option<&Entry> {
        self.by_id.get(&id).map(|nth| &self.entries[*nth as usize])
    }

    /// What there is to filter for.
    pub fn choices(&self) -> &Choices {
        self.choices.get_or_init(|| Choices::of(&self.entries))
    }

    /// What is searched for.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Searches.
    pub fn set_query(&mut self, query: String) {
        self.query = query;
        self.folded_meanwhile.clear();
        self.list_anew();
    }

    /// Which rounds are listed.
    pub fn filters(&self) -> &Filters {
        &self.filters
    }

    /// Filters.
    pub fn set_filters(&mut self, filters: Filters) {
        self.filters = filters;
        self.folded_meanwhile.clear();
        self.list_anew();
    }

    /// How the list is sorted.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// Sorts.
    pub fn set_sort(&mut self, sort: Sort) {
        self.sort = sort;
        self.sort_anew();
    }

    fn sort_anew(&mut self) {
        self.order = self.places.order(&self.entries, self.sort);
        self.list_anew();
    }

    /// Whether something is searched or filtered for.
    pub fn is_narrowed(&self) -> bool {
        !self.query.trim().is_empty() || self.filters != Filters::default()
    }

    fn list_anew(&mut self) {
        let shown = self.found();
        self.lines = self.material().lines(shown);
    }

    fn found(&self) -> Vec<u32> {
        let found = self.index.find(&self.query);
        let passing = self.order.iter().copied().filter_map(|nth| {
            let score = self.index.score(&found, nth as usize)?;
            let passes = self.filters.passes(&self.entries[nth as usize]);
            passes.then_some((nth, score))
        });
        if self.sort != Sort::Relevance {
            return passing.map(|(nth, _)| nth).collect();
        }
        let mut scored: Vec<(u32, u32)> = passing.collect();
        scored.sort_by_key(|(_, score)| Reverse(*score));
        scored.into_iter().map(|(nth, _)| nth).collect()
    }

    fn material(&self) -> Material<'_> {
        Material {
            entries: &self.entries,
            places: &self.places,
            grouping: self.sort.grouping(),
            folded: if self.is_narrowed() {
                &self.folded_meanwhile
            } else {
                &self.folded
            },
        }
    }

    /// The visible lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines.lines
    }

    /// How many rounds are listed, folded ones included.
    pub fn listed(&self) -> usize {
        self.lines.shown.len()
    }

    /// How many evenings or maps they stand under.
    pub fn groups(&self) -> usize {
        self.lines.groups
    }

    /// What a line is called.
    pub fn key(&self, line: &Line) -> LineKey {
        self.material().key(&self.lines, line)
    }

    /// The rounds a line stands for, in order.
    pub fn rounds_of(&self, line: &Line) -> impl ExactSizeIterator<Item = &Entry> {
        let shown = &self.lines.shown[line.rounds()];
        shown.iter().map(|nth| &self.entries[*nth as usize])
    }

    fn line_of(&self, key: &LineKey) -> Option<usize> {
        let material = self.material();
        self.lines()
            .iter()
            .position(|line| material.is_called(&self.lines, line, key))
    }

    /// Where the keyboard's cursor stands.
    pub fn cursor(&self) -> Option<usize> {
        self.line_of(self.selection.cursor()?)
    }

    /// Whether a line's rounds are hidden.
    pub fn is_folded(&self, key: &LineKey) -> bool {
        self.material().folded.contains(key)
    }

    /// Hides or shows the rounds of an evening, map or match.
    pub fn fold(&mut self, key: LineKey, is_folded: bool) {
        let folded = if self.is_narrowed() {
            &mut self.folded_meanwhile
        } else {
            &mut self.folded
        };
        if is_folded {
            folded.insert(key);
        } else {
            folded.remove(&key);
        }
        self.list_anew();
    }

    /// Folds every evening or map, or unfolds everything.
    pub fn fold_all(&mut self, is_folded: bool) {
        let groups = |line: &&Line| matches!(line, Line::Group(_));
        let keys: FxHashSet<LineKey> = self
            .lines()
            .iter()
            .filter(groups)
            .map(|line| self.key(line))
            .collect();
        let folded = if self.is_narrowed() {
            &mut self.folded_meanwhile
        } else {
            &mut self.folded
        };
        if is_folded {
            folded.extend(keys);
        } else {
            folded.clear();
        }
        self.list_anew();
    }

    /// Whether all rounds of a line are selected.
    pub fn is_selected(&self, line: &Line) -> bool {
        self.rounds_of(line)
            .all(|entry| self.selection.contains(entry.id))
    }

    /// The selected rounds, in the list's order; those that search and filters leave out come last.
    pub fn selected(&self) -> Vec<RoundId> {
        let ids = self.lines.shown.iter();
        let listed: Vec<RoundId> = ids
            .map(|nth| self.entries[*nth as usize].id)
            .filter(|id| self.selection.contains(*id))
            .collect();
        if listed.len() == self.selection.len() {
            return listed;
        }
        let is_listed: FxHashSet<RoundId> = listed.iter().copied().collect();
        let rest = self.entries.iter().map(|entry| entry.id);
        let rest = rest.filter(|id| self.selection.contains(*id) && !is_listed.contains(id));
        listed.iter().copied().chain(rest).collect()
    }

    /// How many rounds are selected.
    pub fn selected_count(&self) -> usize {
        self.selection.len()
    }

    /// Selects a line the way it was clicked.
    pub fn pick(&mut self, key: &LineKey, how: Pick) {
        let Some(line) = self.line_of(key) else {
            return;
        };
        let anchor = self
            .selection
            .anchor()
            .and_then(|anchor| self.line_of(anchor));
        let range = match (how, anchor) {
            (Pick::Extend, Some(anchor)) => anchor.min(line)..anchor.max(line) + 1,
            _ => line..line + 1,
        };
        let ids = self.ids_in(range);
        self.selection.pick(key, &ids, how);
    }

    /// Rounds of some visible lines. Of several lines a header counts only while it is folded: otherwise its rounds have lines
    /// of their own, and those decide.
    fn ids_in(&self, range: std::ops::Range<usize>) -> Vec<RoundId> {
        let is_one = range.len() == 1;
        let lines = self.lines()[range].iter().filter(|line| {
            is_one || matches!(line, Line::Round(..)) || self.is_folded(&self.key(line))
        });
        let rounds = lines.flat_map(|line| self.rounds_of(line));
        rounds.map(|entry| entry.id).collect()
    }

    /// Moves the cursor, and selects where it arrives.
    pub fn step(&mut self, step: Step, extends: bool) {
        let count = self.lines().len();
        let Some(target) = step.target(self.cursor(), count) else {
            return;
        };
        let key = self.key(&self.lines()[target]);
        let how = if extends { Pick::Extend } else { Pick::Only };
        self.pick(&key, how);
    }

    /// Selects every listed round.
    pub fn select_all(&mut self) {
        let shown = self.lines.shown.iter();
        let ids: Vec<RoundId> = shown.map(|nth| self.entries[*nth as usize].id).collect();
        self.selection.set(ids);
    }

    /// Selects nothing.
    pub fn clear_selection(&mut self) {
        self.selection.set([]);
    }
}

#[cfg(test)]
mod tests;
