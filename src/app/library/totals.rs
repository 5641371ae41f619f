//! What became of the files of an import, counted.

use crate::jobs::import::report::{FileState, ImportFile};

/// What became of a file, without the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// In the library now, without problems.
    Stored,
    /// In the library now, with problems.
    WithProblems,
    /// Was in the library before.
    Known,
    /// Another file's round.
    Duplicate,
    /// Left out on purpose.
    Skipped,
    /// No round file.
    Refused,
    /// Could not be read or stored.
    Failed,
    /// Its turn did not come.
    Cancelled,
}

impl Outcome {
    /// All, in the order they are shown in.
    pub const ALL: [Self; 8] = [
        Self::Stored,
        Self::WithProblems,
        Self::Known,
        Self::Duplicate,
        Self::Skipped,
        Self::Refused,
        Self::Failed,
        Self::Cancelled,
    ];

    /// What a state comes to; `None` while something happens to the file.
    pub const fn of(state: &FileState) -> Option<Self> {
        Some(match state {
            FileState::Waiting | FileState::Growing | FileState::Reading => return None,
            FileState::Stored { problems: 0, .. } => Self::Stored,
            FileState::Stored { .. } => Self::WithProblems,
            FileState::Known => Self::Known,
            FileState::DuplicateOf(_) => Self::Duplicate,
            FileState::Skipped(_) => Self::Skipped,
            FileState::Refused(_) => Self::Refused,
            FileState::Failed(_) => Self::Failed,
            FileState::Cancelled => Self::Cancelled,
        })
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::WithProblems => "with problems",
            Self::Known => "known",
            Self::Duplicate => "duplicates",
            Self::Skipped => "left out",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// What it means.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Stored => "New in the library.",
            Self::WithProblems => {
                "New in the library; some rows of the file could not be read, or are doubtful."
            }
            Self::Known => "In the library before, and the same still.",
            Self::Duplicate => {
                "The same round is in the library from another file that is at least as complete."
            }
            Self::Skipped => {
                "Left out on purpose: taken out of the library before, or listed as imported by another program."
            }
            Self::Refused => "No round file: nothing of it was stored.",
            Self::Failed => "Could not be read or stored; trying again may help.",
            Self::Cancelled => "Its turn had not come when the import was cancelled.",
        }
    }

    /// Whether trying again makes sense.
    pub const fn can_retry(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled)
    }
}

/// How much is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All files.
    pub files: u64,
    /// Files with which nothing more will happen.
    pub done: u64,
    /// How many of them came to which [`Outcome`], in the order of [`Outcome::ALL`].
    pub outcomes: [u64; 8],
    /// Bytes of all files.
    pub bytes: u64,
    /// Bytes of the files that are done.
    pub bytes_done: u64,
}

impl Totals {
    /// Files that came to an outcome.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome as usize]
    }

    /// Files that were stored, with problems or without.
    pub fn stored(&self) -> u64 {
        self.of(Outcome::Stored) + self.of(Outcome::WithProblems)
    }

    /// Share of the bytes that is done, 0 to 1; of the files when no size is known.
    pub fn share(&self) -> f32 {
        let (done, all) = if self.bytes > 0 {
            (self.bytes_done, self.bytes)
        } else {
            (self.done, self.files)
        };
        if all == 0 {
            return 0.0;
        }
        (done as f64 / all as f64) as f32
    }

    pub(super) fn count(&mut self, file: &ImportFile) {
        self.change(file, |number, by| *number += by);
    }

    pub(super) fn uncount(&mut self, file: &ImportFile) {
        self.change(file, |number, by| *number -= by);
    }

    fn change(&mut self, file: &ImportFile, by: impl Fn(&mut u64, u64)) {
        by(&mut self.files, 1);
        by(&mut self.bytes, file.bytes);
        if let Some(outcome) = Outcome::of(&file.state) {
            by(&mut self.done, 1);
            by(&mut self.bytes_done, file.bytes);
            by(&mut self.outcomes[outcome as usize], 1);
        }
    }
}
