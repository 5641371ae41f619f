//! Files that are still being written: which are whole, and when the others are looked at again.
//!
//! A server writes a round within a moment, but it may be seen within that moment; a copy over the network takes longer, and some
//! programs set the old time of the original at its end or from the start. So neither a name nor a time alone tells that a file is
//! whole. What does: two looks some seconds apart that see the same size and time; an old time, where nobody is known to be copying; a
//! closing line (see [`has_end_marker`](super::read::has_end_marker)).
//!
//! Pure: it is fed with what was seen and the time, and knows neither files nor a clock. The times are ms since 1970, because they are
//! compared with those of files.

use super::mark::Mark;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// How patient to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// A file that looked the same for this long is whole, ms.
    pub quiet_ms: i64,
    /// A file whose content ends too early is given this much longer, once, ms.
    pub cut_ms: i64,
    /// Whether a file last changed longer than `quiet_ms` ago is whole at first sight. Right for files that a person names; wrong for
    /// a watched folder, where a copy that carries the original's time may be under way.
    pub trusts_old: bool,
}

impl Patience {
    /// For files and folders that a person names.
    pub const NAMED: Self = Self {
        quiet_ms: 3_000,
        cut_ms: 10_000,
        trusts_old: true,
    };
    /// For watched folders.
    pub const WATCHED: Self = Self {
        trusts_old: false,
        ..Self::NAMED
    };
}

/// What to do with a file that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Read it now.
    Ready,
    /// It may still grow; look again then, ms since 1970.
    Again(i64),
}

/// The files that are waited for.
#[derive(Clone, Debug)]
pub struct Settling {
    patience: Patience,
    waiting: FxHashMap<PathBuf, Waiting>,
}

#[derive(Clone, Copy, Debug)]
struct Waiting {
    /// What was seen last.
    mark: Mark,
    /// Seen so for the first time, ms since 1970.
    since_ms: i64,
    /// Must look the same for this long, ms.
    quiet_ms: i64,
    /// Its content ended too early: how far the second chance has got.
    chance: Chance,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chance {
    /// Nobody asked for one.
    Unasked,
    /// Being waited for.
    Given,
    /// Over: the file is the same as before.
    Used,
}

impl Waiting {
    fn due_ms(&self) -> i64 {
        self.since_ms.saturating_add(self.quiet_ms)
    }
}

impl Settling {
    /// Nothing is waited for yet.
    pub fn new(patience: Patience) -> Self {
        Self {
            patience,
            waiting: FxHashMap::default(),
        }
    }

    /// Tells of a look at a file. A file that is [`Verdict::Ready`] is forgotten, except while [`Self::is_worth_waiting`] may be asked
    /// about it again.
    pub fn look(&mut self, path: &Path, mark: Mark, now_ms: i64) -> Verdict {
        let Some(seen) = self.waiting.get_mut(path) else {
            let age_ms = now_ms.saturating_sub(mark.mtime_ns / 1_000_000);
            if self.patience.trusts_old && age_ms >= self.patience.quiet_ms {
                return Verdict::Ready;
            }
            return self.wait(path, mark, now_ms);
        };
        // A clock that was set back must not make anybody wait for it to catch up.
        if seen.mark != mark || now_ms < seen.since_ms {
            return self.wait(path, mark, now_ms);
        }
        if now_ms < seen.due_ms() {
            return Verdict::Again(seen.due_ms());
        }
        match seen.chance {
            Chance::Unasked => drop(self.waiting.remove(path)),
            Chance::Given | Chance::Used => seen.chance = Chance::Used,
        }
        Verdict::Ready
    }

    fn wait(&mut self, path: &Path, mark: Mark, now_ms: i64) -> Verdict {
        let waiting = Waiting {
            mark,
            since_ms: now_ms,
            quiet_ms: self.patience.quiet_ms,
            chance: Chance::Unasked,
        };
        self.waiting.insert(path.to_owned(), waiting);
        Verdict::Again(waiting.due_ms())
    }

    /// To be asked when a file was read and its content ends too early: when it is to be looked at again before that is believed, ms since
    /// 1970. `None`: it stayed the same all the while, or was last changed long ago; take it as it is.
    pub fn is_worth_waiting(&mut self, path: &Path, mark: Mark, now_ms: i64) -> Option<i64> {
        let cut_ms = self.patience.cut_ms;
        let seen = self.waiting.get(path).filter(|seen| seen.mark == mark);
        let was_used = seen.is_some_and(|seen| seen.chance == Chance::Used);
        let age_ms = now_ms.saturating_sub(mark.mtime_ns / 1_000_000);
        if was_used || self.patience.trusts_old && age_ms >= cut_ms {
            self.waiting.remove(path);
            return None;
        }
        let waiting = Waiting {
            mark,
            since_ms: now_ms,
            quiet_ms: cut_ms,
            chance: Chance::Given,
        };
        self.waiting.insert(path.to_owned(), waiting);
        Some(waiting.due_ms())
    }

    /// No more waiting for a file: its closing line was seen, it was read to its end, or it is gone.
    pub fn forget(&mut self, path: &Path) {
        self.waiting.remove(path);
    }

    /// The files to be looked at now, by name.
    pub fn due(&self, now_ms: i64) -> Vec<PathBuf> {
        let due = self.pending().filter(|(_, file)| file.due_ms() <= now_ms);
        let mut due: Vec<PathBuf> = due.map(|(path, _)| path.clone()).collect();
        due.sort_unstable();
        due
    }

    /// When the next file is to be looked at, ms since 1970; `None` when nothing is waited for.
    pub fn next_ms(&self) -> Option<i64> {
        self.pending().map(|(_, file)| file.due_ms()).min()
    }

    /// How many files are waited for.
    pub fn len(&self) -> usize {
        self.pending().count()
    }

    /// Nothing is waited for.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Without those that are with their reader, who may still ask for a second chance.
    fn pending(&self) -> impl Iterator<Item = (&PathBuf, &Waiting)> {
        let with_reader = |file: &Waiting| file.chance == Chance::Used;
        self.waiting
            .iter()
            .filter(move |(_, file)| !with_reader(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_800_000_000_000;

    fn mark(bytes: u64, age_ms: i64) -> Mark {
        Mark {
            bytes,
            mtime_ns: (NOW_MS - age_ms) * 1_000_000,
        }
    }

    fn file() -> &'static Path {
        Path::new("/rounds/a_engagements.txt")
    }

    #[test]
    fn an_old_file_that_somebody_names_is_ready_at_once() {
        let mut settling = Settling::new(Patience::NAMED);
        assert_eq!(
            settling.look(file(), mark(5, 3_000), NOW_MS),
            Verdict::Ready
        );
        assert!(settling.is_empty());
    }

    #[test]
    fn a_young_file_is_ready_when_it_kept_quiet() {
        let mut settling = Settling::new(Patience::NAMED);
        let young = mark(5, 100);
        assert_eq!(
            settling.look(file(), young, NOW_MS),
            Verdict::Again(NOW_MS + 3_000)
        );
        assert_eq!(settling.due(NOW_MS + 2_999), Vec::<PathBuf>::new());
        assert_eq!(
            settling.look(file(), young, NOW_MS + 1_000),
            Verdict::Again(NOW_MS + 3_000),
            "an early look changes nothing"
        );
        assert_eq!(settling.due(NOW_MS + 3_000), [file()]);
        assert_eq!(settling.look(file(), young, NOW_MS + 3_000), Verdict::Ready);
        assert_eq!(settling.next_ms(), None);
    }

    #[test]
    fn a_growing_file_is_waited_for_as_long_as_it_grows() {
        let mut settling = Settling::new(Patience::NAMED);
        for step in 0..20 {
            let now_ms = NOW_MS + step * 3_000;
            let seen = mark(1000 * step as u64, -step * 3_000);
            assert_eq!(
                settling.look(file(), seen, now_ms),
                Verdict::Again(now_ms + 3_000)
            );
            assert_eq!(
                (settling.len(), settling.next_ms()),
                (1, Some(now_ms + 3_000))
            );
        }
    }

    #[test]
    fn a_copy_with_the_time_of_its_original_is_caught_in_a_watched_folder() {
        let mut settling = Settling::new(Patience::WATCHED);
        let month_ms = 30 * 86_400_000;
        let at = |ms| NOW_MS + ms;
        assert_eq!(
            settling.look(file(), mark(100, month_ms), at(0)),
            Verdict::Again(at(3_000))
        );
        assert_eq!(
            settling.look(file(), mark(200, month_ms), at(3_000)),
            Verdict::Again(at(6_000))
        );
        assert_eq!(
            settling.look(file(), mark(200, month_ms), at(6_000)),
            Verdict::Ready
        );
    }

    #[test]
    fn wrong_clocks_make_nobody_wait_for_them() {
        let mut settling = Settling::new(Patience::NAMED);
        let future = mark(5, -86_400_000);
        assert_eq!(
            settling.look(file(), future, NOW_MS),
            Verdict::Again(NOW_MS + 3_000)
        );
        assert_eq!(
            settling.look(file(), future, NOW_MS + 3_000),
            Verdict::Ready
        );
        settling.look(file(), future, NOW_MS);
        let set_back_ms = NOW_MS - 3_600_000;
        assert_eq!(
            settling.look(file(), future, set_back_ms),
            Verdict::Again(set_back_ms + 3_000)
        );
    }

    #[test]
    fn a_file_that_ends_too_early_gets_one_more_chance() {
        let mut settling = Settling::new(Patience::NAMED);
        let fresh = mark(5, 0);
        settling.look(file(), fresh, NOW_MS);
        let at = |ms| NOW_MS + ms;
        assert_eq!(settling.look(file(), fresh, at(3_000)), Verdict::Ready);
        assert_eq!(
            settling.is_worth_waiting(file(), fresh, at(3_100)),
            Some(at(13_100))
        );
        assert_eq!(settling.due(at(13_100)), [file()]);
        assert_eq!(settling.look(file(), fresh, at(13_100)), Verdict::Ready);
        assert_eq!(settling.due(at(99_000)), Vec::<PathBuf>::new());
        assert_eq!(
            settling.is_worth_waiting(file(), fresh, at(13_200)),
            None,
            "only once"
        );
        assert!(settling.is_empty());
        let old = mark(5, 60_000);
        assert_eq!(settling.is_worth_waiting(file(), old, NOW_MS), None);
    }

    #[test]
    fn a_cut_file_that_grows_after_all_starts_anew() {
        let mut settling = Settling::new(Patience::WATCHED);
        let at = |ms| NOW_MS + ms;
        settling.is_worth_waiting(file(), mark(5, 0), at(0));
        assert_eq!(
            settling.look(file(), mark(9, -10_000), at(10_000)),
            Verdict::Again(at(13_000))
        );
        settling.forget(file());
        assert!(settling.is_empty());
    }
}
