//! The queue of files that are imported: where each stands, totals, speed.

use super::totals::{Outcome, Totals};
use crate::jobs::import::report::{FileState, ImportEvent, ImportFile};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// How fast it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// Files a second.
    pub files_per_s: f64,
    /// Bytes a second.
    pub bytes_per_s: f64,
    /// Seconds until all is done, if it goes on like this.
    pub remaining_s: f64,
}

/// Speed is measured over so many seconds: long enough not to jump, short enough to follow.
const SPEED_OVER_S: f64 = 5.0;
/// Nothing is said about the speed before, seconds.
const SPEED_AFTER_S: f64 = 1.0;

/// Files that are imported now, and those of earlier imports until they are cleared away.
#[derive(Debug, Default)]
pub struct Imports {
    files: Vec<ImportFile>,
    by_id: FxHashMap<u32, usize>,
    totals: Totals,
    /// Files that are being read, or that grow.
    active: Vec<u32>,
    /// Files with which nothing more will happen, as they finished.
    finished: Vec<u32>,
    is_running: bool,
    is_cancelling: bool,
    stopped: Option<String>,
    elapsed_s: f64,
    /// Time, files and bytes done, oldest first.
    marks: VecDeque<(f64, u64, u64)>,
    /// Only files of this outcome are listed.
    pub only: Option<Outcome>,
}

impl Imports {
    /// Takes news in.
    pub fn take(&mut self, event: ImportEvent) {
        match event {
            ImportEvent::Found(files) => files.into_iter().for_each(|file| self.add(file)),
            ImportEvent::Changed(changes) => {
                for (id, state) in changes {
                    self.change(id, state);
                }
            }
            ImportEvent::Done => self.end(None),
            ImportEvent::Stopped(why) => self.end(Some(why)),
        }
    }

    fn begin(&mut self) {
        if !self.is_running {
            self.is_running = true;
            self.is_cancelling = false;
            self.stopped = None;
            self.elapsed_s = 0.0;
            self.marks.clear();
        }
    }

    fn end(&mut self, why: Option<String>) {
        self.is_running = false;
        self.is_cancelling = false;
        self.stopped = why;
    }

    fn add(&mut self, file: ImportFile) {
        self.begin();
        let (id, state) = (file.id, file.state.clone());
        if self.by_id.contains_key(&id) {
            self.change(id, state);
            return;
        }
        self.totals.count(&file);
        self.by_id.insert(id, self.files.len());
        self.files.push(file);
        self.list(id, &state);
    }

    fn change(&mut self, id: u32, state: FileState) {
        // Files that were cleared away meanwhile are not listed again.
        let Some(&nth) = self.by_id.get(&id) else {
            return;
        };
        if !state.is_final() {
            self.begin();
        }
        let file = &mut self.files[nth];
        self.totals.uncount(file);
        let was_final = std::mem::replace(&mut file.state, state).is_final();
        self.totals.count(file);
        let state = file.state.clone();
        if was_final {
            self.finished.retain(|finished| *finished != id);
        } else {
            self.active.retain(|active| *active != id);
        }
        self.list(id, &state);
    }

    fn list(&mut self, id: u32, state: &FileState) {
        if state.is_final() {
            self.finished.push(id);
        } else if *state != FileState::Waiting {
            self.active.push(id);
        }
    }

    /// Lets `dt_s` seconds pass.
    pub fn advance(&mut self, dt_s: f64) {
        if !self.is_running {
            return;
        }
        self.elapsed_s += dt_s;
        let (done, bytes) = (self.totals.done, self.totals.bytes_done);
        self.marks.push_back((self.elapsed_s, done, bytes));
        while self
            .marks
            .front()
            .is_some_and(|mark| mark.0 < self.elapsed_s - SPEED_OVER_S)
        {
            self.marks.pop_front();
        }
    }

    /// How fast it goes; `None` while nothing runs, and until that can be told.
    pub fn speed(&self) -> Option<Speed> {
        let (from, until) = (self.marks.front()?, self.marks.back()?);
        let seconds = until.0 - from.0;
        if !self.is_running || seconds < SPEED_AFTER_S {
            return None;
        }
        let files = until.1.saturating_sub(from.1) as f64;
        let bytes = until.2.saturating_sub(from.2) as f64;
        let left_files = (self.totals.files - self.totals.done) as f64;
        let left_bytes = (self.totals.bytes - self.totals.bytes_done) as f64;
        let remaining = if bytes > 0.0 {
            left_bytes * seconds / bytes
        } else if files > 0.0 {
            left_files * seconds / files
        } else {
            return None;
        };
        Some(Speed {
            files_per_s: files / seconds,
            bytes_per_s: bytes / seconds,
            remaining_s: remaining,
        })
    }

    /// The person wants it to stop; it does when the library says so.
    pub fn cancelling(&mut self) {
        self.is_cancelling = self.is_running;
    }

    /// Whether it is stopping.
    pub fn is_cancelling(&self) -> bool {
        self.is_cancelling
    }

    /// Whether something is imported now.
    pub fn is_running(&self) -> bool {
        self.is_running
    }

    /// Why the last import could not go on.
    pub fn stopped(&self) -> Option<&str> {
        self.stopped.as_deref()
    }

    /// How much is done.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Files that are not done.
    pub fn left(&self) -> u64 {
        self.totals.files - self.totals.done
    }

    /// Files whose turn has not come.
    pub fn waiting(&self) -> u64 {
        self.left().saturating_sub(self.active.len() as u64)
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.stopped.is_none() && !self.is_running
    }

    /// A file.
    pub fn file(&self, id: u32) -> Option<&ImportFile> {
        self.by_id.get(&id).map(|nth| &self.files[*nth])
    }

    /// Files to list: what is being read first, then the finished ones, the last one first. Waiting files are only counted.
    pub fn listed(&self) -> Vec<u32> {
        let finished = self.finished.iter().rev();
        match self.only {
            None => self.active.iter().chain(finished).copied().collect(),
            Some(outcome) => {
                let is_it = |id: &&u32| {
                    self.file(**id)
                        .is_some_and(|file| Outcome::of(&file.state) == Some(outcome))
                };
                finished.filter(is_it).copied().collect()
            }
        }
    }

    /// Files for which trying again may help.
    pub fn to_retry(&self) -> Vec<u32> {
        let can_retry =
            |file: &&ImportFile| Outcome::of(&file.state).is_some_and(Outcome::can_retry);
        self.files
            .iter()
            .filter(can_retry)
            .map(|file| file.id)
            .collect()
    }

    /// Takes the finished files off the list.
    pub fn clear_finished(&mut self) {
        self.files.retain(|file| !file.state.is_final());
        self.finished.clear();
        self.by_id = self.files.iter().map(|file| file.id).zip(0..).collect();
        self.totals = Totals::default();
        for file in &self.files {
            self.totals.count(file);
        }
        self.marks.clear();
        self.stopped = None;
        self.only = None;
    }
}

#[cfg(test)]
mod tests;
