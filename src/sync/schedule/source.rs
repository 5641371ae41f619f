//! One watched folder in the schedule.

use super::{Key, Order, Pace, Reached, State};
use crate::sync::{SourceStatus, WatchedFolder};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What is under way for a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    AtRest,
    Probing {
        since_ms: i64,
    },
    /// `full_since_ms`: the whole folder is looked at, and since when.
    Looking {
        full_since_ms: Option<i64>,
    },
}

/// A watched folder.
#[derive(Debug)]
pub(super) struct Source {
    pub key: Key,
    pub folder: WatchedFolder,
    pub phase: Phase,
    /// `Err` after a probe that failed.
    pub reach: Result<Reached, String>,
    /// When the whole folder is due.
    pub full_ms: i64,
    /// It was asked for out of turn, and not begun since.
    pub is_asked: bool,
    pub last_scan_ms: Option<i64>,
    pub changes: BTreeSet<PathBuf>,
    pub first_change_ms: i64,
    pub last_change_ms: i64,
}

impl Source {
    /// The whole folder, out of turn.
    pub fn ask(&mut self, now_ms: i64) {
        self.full_ms = now_ms;
        self.is_asked = true;
    }

    /// How often the whole folder is listed, ms.
    pub fn interval_ms(&self, pace: &Pace) -> i64 {
        let tells = self.reach.as_ref().is_ok_and(|reached| reached.tells);
        if tells && !self.folder.polls {
            pace.rescan_ms
        } else {
            pace.poll_ms.min(pace.rescan_ms)
        }
    }

    /// When the changes gathered so far are looked at.
    fn changes_ms(&self, pace: &Pace) -> Option<i64> {
        let quiet_ms = self.last_change_ms + pace.quiet_ms;
        let longest_ms = self.first_change_ms + pace.longest_ms;
        (!self.changes.is_empty()).then(|| quiet_ms.min(longest_ms))
    }

    /// When [`Self::step`] has something to do, or something else is to be shown.
    pub fn due_ms(&self, pace: &Pace, now_ms: i64) -> Option<i64> {
        match self.phase {
            _ if self.folder.is_paused => None,
            Phase::AtRest => {
                let changes_ms = self.changes_ms(pace).unwrap_or(i64::MAX);
                Some(self.full_ms.min(changes_ms))
            }
            // Nothing to do then; but what is shown changes.
            Phase::Probing { since_ms } => {
                Some(since_ms + pace.answer_ms).filter(|answer_ms| *answer_ms > now_ms)
            }
            Phase::Looking { .. } => None,
        }
    }

    /// What is to be done now.
    pub fn step(&mut self, pace: &Pace, now_ms: i64) -> Option<Order> {
        if self.folder.is_paused || self.phase != Phase::AtRest {
            return None;
        }
        if now_ms >= self.full_ms {
            self.phase = Phase::Probing { since_ms: now_ms };
            self.is_asked = false;
            return Some(Order::Probe {
                key: self.key,
                path: self.folder.path.clone(),
                polls: self.folder.polls,
            });
        }
        if self.changes_ms(pace).is_none_or(|due_ms| now_ms < due_ms) {
            return None;
        }
        self.phase = Phase::Looking {
            full_since_ms: None,
        };
        Some(Order::Look {
            key: self.key,
            id: self.folder.id,
            paths: std::mem::take(&mut self.changes).into_iter().collect(),
            is_full: false,
            is_first: false,
        })
    }

    /// When the whole folder is listed next; while it is, the time after.
    fn next_scan_ms(&self, pace: &Pace) -> i64 {
        match self.phase {
            Phase::Looking {
                full_since_ms: Some(since_ms),
            } if !self.is_asked => since_ms + self.interval_ms(pace),
            _ => self.full_ms,
        }
    }

    /// The folder as the outside sees it.
    pub fn state(&self, pace: &Pace, now_ms: i64) -> State {
        let status = match (&self.reach, self.phase) {
            _ if self.folder.is_paused => SourceStatus::Paused,
            (_, Phase::Probing { since_ms }) if now_ms >= since_ms + pace.answer_ms => {
                SourceStatus::Unreachable("the folder does not answer".to_owned())
            }
            // The reason stays in sight while it is tried again.
            (Err(why), _) => SourceStatus::Unreachable(why.clone()),
            (Ok(_), Phase::AtRest) => SourceStatus::Watching,
            (Ok(_), Phase::Probing { .. } | Phase::Looking { .. }) => SourceStatus::Scanning,
        };
        let remark = self.reach.as_ref().ok();
        State {
            folder: self.folder.clone(),
            status,
            last_scan_ms: self.last_scan_ms,
            next_scan_ms: (!self.folder.is_paused).then(|| self.next_scan_ms(pace)),
            remark: remark.and_then(|reached| reached.remark.clone()),
        }
    }
}
