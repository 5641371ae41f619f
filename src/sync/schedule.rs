//! When which watched folder is looked at: the decisions, without files, threads or a clock.
//!
//! Fed with what happened and the time (ms on any clock that does not jump); [`Schedule::step`] then says what is to be done. A folder
//! goes round: at rest → probed (can it be read? does it tell of changes?) → looked at by whoever imports → at rest. Only one of them is
//! under way per folder, so that a slow share or a slow import piles nothing up; what happens meanwhile is kept for the next round.

mod source;

use super::{SourceStatus, WatchedFolder};
use source::{Phase, Source};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// How often to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Every folder is listed whole this often, whatever it tells by itself, ms.
    pub rescan_ms: i64,
    /// A folder that does not tell of changes is listed this often, ms.
    pub poll_ms: i64,
    /// A folder that cannot be read is tried again this often, ms.
    pub retry_ms: i64,
    /// Changes are gathered until nothing happens for this long, ms.
    pub quiet_ms: i64,
    /// …but not for longer than this, ms.
    pub longest_ms: i64,
    /// A folder that does not answer for this long counts as unreachable, ms.
    pub answer_ms: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            rescan_ms: 300_000,
            poll_ms: 15_000,
            retry_ms: 30_000,
            quiet_ms: 500,
            longest_ms: 3_000,
            answer_ms: 20_000,
        }
    }
}

/// Names a folder for as long as it is in the schedule. Never used again, so that a late answer about a folder that was removed is not
/// taken for one about its successor.
pub(super) type Key = u64;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Find out whether the folder can be read, and make it tell of changes; answered by [`Schedule::probed`].
    Probe {
        /// The folder.
        key: Key,
        /// Where it is.
        path: PathBuf,
        /// It is not to be asked to tell of changes.
        polls: bool,
    },
    /// Have these looked at; answered by [`Schedule::done`].
    Look {
        /// The folder.
        key: Key,
        /// Its name in the library.
        id: i64,
        /// Files and folders.
        paths: Vec<PathBuf>,
        /// The whole folder.
        is_full: bool,
        /// The whole folder for the first time.
        is_first: bool,
    },
    /// Its changes are of no interest for the time being.
    Deafen(Key),
}

/// A folder that can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reached {
    /// It tells of changes.
    pub tells: bool,
    /// Why it does not, in words.
    pub remark: Option<String>,
}

/// A folder as the outside sees it; times on the clock of the schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub folder: WatchedFolder,
    pub status: SourceStatus,
    pub last_scan_ms: Option<i64>,
    pub next_scan_ms: Option<i64>,
    pub remark: Option<String>,
}

/// More changes than this are simpler to find by listing the folder.
const MOST_CHANGES: usize = 2_000;

/// All watched folders.
#[derive(Debug)]
pub(super) struct Schedule {
    pace: Pace,
    sources: Vec<Source>,
    next_key: Key,
    /// Orders that need no waiting.
    orders: Vec<Order>,
}

impl Schedule {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            sources: Vec::new(),
            next_key: 0,
            orders: Vec::new(),
        }
    }

    /// Watches a folder, listing it at once. One with the same id is replaced.
    pub fn add(&mut self, folder: WatchedFolder, now_ms: i64) {
        self.remove(folder.id);
        self.sources.push(Source {
            key: self.next_key,
            folder,
            phase: Phase::AtRest,
            reach: Ok(Reached::default()),
            full_ms: now_ms,
            is_asked: false,
            last_scan_ms: None,
            changes: BTreeSet::new(),
            first_change_ms: 0,
            last_change_ms: 0,
        });
        self.next_key += 1;
    }

    /// Watches a folder no longer.
    pub fn remove(&mut self, id: i64) {
        let gone = self.sources.extract_if(.., |source| source.folder.id == id);
        self.orders
            .extend(gone.map(|source| Order::Deafen(source.key)));
    }

    /// Pauses a folder, or goes on with it by listing it.
    pub fn pause(&mut self, id: i64, is_paused: bool, now_ms: i64) {
        for source in self.sources.iter_mut().filter(|it| it.folder.id == id) {
            if source.folder.is_paused == is_paused {
                continue;
            }
            source.folder.is_paused = is_paused;
            source.changes.clear();
            source.ask(now_ms);
            if is_paused {
                self.orders.push(Order::Deafen(source.key));
            }
        }
    }

    /// Lists a folder as soon as possible; one that is paused, when it goes on.
    pub fn run_now(&mut self, id: i64, now_ms: i64) {
        for source in self.sources.iter_mut().filter(|it| it.folder.id == id) {
            source.ask(now_ms);
        }
    }

    fn source(&mut self, key: Key) -> Option<&mut Source> {
        self.sources.iter_mut().find(|source| source.key == key)
    }

    /// Whether a folder is there and its changes are wanted.
    pub fn wants_changes(&self, key: Key) -> bool {
        let mut sources = self.sources.iter();
        sources.any(|source| source.key == key && !source.folder.is_paused)
    }

    /// Answers [`Order::Probe`].
    pub fn probed(&mut self, key: Key, reach: Result<Reached, String>, now_ms: i64) {
        let retry_ms = self.pace.retry_ms;
        let Some(source) = self.source(key) else {
            return;
        };
        source.phase = Phase::AtRest;
        source.reach = reach;
        if source.folder.is_paused {
            return;
        }
        if source.reach.is_err() {
            source.changes.clear();
            source.full_ms = now_ms + retry_ms;
            return;
        }
        source.changes.clear();
        source.phase = Phase::Looking {
            full_since_ms: Some(now_ms),
        };
        let order = Order::Look {
            key,
            id: source.folder.id,
            paths: vec![source.folder.path.clone()],
            is_full: true,
            is_first: source.last_scan_ms.is_none(),
        };
        self.orders.push(order);
    }

    /// Answers [`Order::Look`].
    pub fn done(&mut self, key: Key, now_ms: i64) {
        let pace = self.pace;
        let Some(source) = self.source(key) else {
            return;
        };
        if let Phase::Looking {
            full_since_ms: Some(since_ms),
        } = source.phase
        {
            source.last_scan_ms = Some(now_ms);
            // Asked for meanwhile: at once. Otherwise in its turn, resting at least as long as the listing took.
            if !source.is_asked {
                let in_turn_ms = since_ms + source.interval_ms(&pace);
                source.full_ms = in_turn_ms.max(now_ms + (now_ms - since_ms));
            }
        }
        source.phase = Phase::AtRest;
    }

    /// Something changed in a folder.
    pub fn changed(&mut self, key: Key, paths: Vec<PathBuf>, now_ms: i64) {
        let Some(source) = self.source(key).filter(|it| !it.folder.is_paused) else {
            return;
        };
        if source.changes.is_empty() {
            source.first_change_ms = now_ms;
        }
        source.last_change_ms = now_ms;
        source.changes.extend(paths);
        if source.changes.len() > MOST_CHANGES {
            source.changes.clear();
            source.ask(now_ms);
        }
    }

    /// Changes were lost, or the folder itself moved or went: list it, which also finds out whether it is there.
    pub fn missed(&mut self, key: Key, now_ms: i64) {
        if let Some(source) = self.source(key) {
            source.ask(now_ms);
        }
    }

    /// A folder does not tell of changes any longer.
    pub fn fell_silent(&mut self, key: Key, remark: String, now_ms: i64) {
        if let Some(source) = self.source(key) {
            if source.reach.is_ok() {
                source.reach = Ok(Reached {
                    tells: false,
                    remark: Some(remark),
                });
            }
            source.ask(now_ms);
            self.orders.push(Order::Deafen(key));
        }
    }

    /// What is to be done now.
    pub fn step(&mut self, now_ms: i64) -> Vec<Order> {
        let mut orders = std::mem::take(&mut self.orders);
        for source in &mut self.sources {
            orders.extend(source.step(&self.pace, now_ms));
        }
        orders
    }

    /// When [`Self::step`] is to be called next if nothing happens before; `None` when nothing is due.
    pub fn next_ms(&self, now_ms: i64) -> Option<i64> {
        let due = self.sources.iter();
        due.filter_map(|source| source.due_ms(&self.pace, now_ms))
            .min()
    }

    /// Every folder, in the order they were added.
    pub fn states(&self, now_ms: i64) -> Vec<State> {
        let states = self.sources.iter();
        states.map(|it| it.state(&self.pace, now_ms)).collect()
    }
}

#[cfg(test)]
mod tests;
