//! Which rounds are selected in the library's list, and how clicks and keys change that.

use super::lines::LineKey;
use crate::library::RoundId;
use rustc_hash::FxHashSet;

/// How a line was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Plainly: it alone.
    Only,
    /// With Ctrl: it too, or no longer.
    Toggle,
    /// With Shift: everything from the last plain click to it.
    Extend,
}

/// A move of the keyboard's cursor, in lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Down by so many; up when negative.
    By(isize),
    /// To the first line.
    First,
    /// To the last line.
    Last,
}

impl Step {
    /// Where it leads from a line of `count`; `None` when there are none. Without a cursor it begins at the first line.
    pub(super) fn target(self, from: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, from) {
            (Self::First, _) | (Self::By(_), None) => 0,
            (Self::Last, _) => last,
            (Self::By(lines), Some(from)) => from.saturating_add_signed(lines).min(last),
        })
    }
}

/// The selected rounds. They stay selected while search, filters or folds hide them.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    rounds: FxHashSet<RoundId>,
    /// Where a range begins.
    anchor: Option<LineKey>,
    /// Where the keyboard stands.
    cursor: Option<LineKey>,
}

impl Selection {
    /// Whether a round is selected.
    pub fn contains(&self, id: RoundId) -> bool {
        self.rounds.contains(&id)
    }

    /// How many are.
    pub fn len(&self) -> usize {
        self.rounds.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.rounds.is_empty()
    }

    pub(super) fn anchor(&self) -> Option<&LineKey> {
        self.anchor.as_ref()
    }

    pub(super) fn cursor(&self) -> Option<&LineKey> {
        self.cursor.as_ref()
    }

    /// Selects `ids`, the rounds of the line `key`, or of all lines from the anchor to it.
    pub(super) fn pick(&mut self, key: &LineKey, ids: &[RoundId], how: Pick) {
        match how {
            Pick::Only | Pick::Extend => self.rounds = ids.iter().copied().collect(),
            Pick::Toggle if ids.iter().all(|id| self.rounds.contains(id)) => {
                self.rounds.retain(|id| !ids.contains(id));
            }
            Pick::Toggle => self.rounds.extend(ids),
        }
        if how != Pick::Extend || self.anchor.is_none() {
            self.anchor = Some(key.clone());
        }
        self.cursor = Some(key.clone());
    }

    pub(super) fn set(&mut self, ids: impl IntoIterator<Item = RoundId>) {
        self.rounds = ids.into_iter().collect();
    }

    /// Keeps what is still there.
    pub(super) fn keep(&mut self, is_there: impl Fn(RoundId) -> bool) {
        self.rounds.retain(|id| is_there(*id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stop_at_both_ends() {
        assert_eq!(Step::By(1).target(None, 3), Some(0));
        assert_eq!(Step::By(5).target(Some(1), 3), Some(2));
        assert_eq!(Step::By(-5).target(Some(1), 3), Some(0));
        assert_eq!(Step::Last.target(Some(0), 3), Some(2));
        assert_eq!(Step::First.target(None, 0), None);
    }

    #[test]
    fn ctrl_adds_and_takes_away() {
        let mut selection = Selection::default();
        let key = |id| LineKey::Round(RoundId(id));
        selection.pick(&key(1), &[RoundId(1)], Pick::Only);
        selection.pick(&key(2), &[RoundId(2), RoundId(3)], Pick::Toggle);
        assert_eq!(selection.len(), 3);
        selection.pick(&key(3), &[RoundId(3)], Pick::Toggle);
        assert!(selection.contains(RoundId(2)) && !selection.contains(RoundId(3)));
        selection.keep(|id| id == RoundId(2));
        assert_eq!(selection.len(), 1);
    }
}
