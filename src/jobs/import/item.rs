//! One file of an import.

use super::report::FileState;
use crate::library::FileFacts;
use crate::sync::Mark;
use crate::sync::find::Found;
use std::path::{Path, PathBuf};

/// Who asked for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person, by name.
    Named,
    /// A watched folder.
    Watched {
        /// The folder.
        source: i64,
        /// The folder is listed for the first time since it was added or the program started: what is in it is no news.
        is_first: bool,
    },
}

/// What became of the files of a watched folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WatchedCounts {
    /// Stored now.
    pub new: u64,
    /// Known before, or copies of something known, or left out on purpose.
    pub known: u64,
    /// Refused, or could not be read.
    pub failed: u64,
}

impl WatchedCounts {
    pub(super) fn count(&mut self, state: &FileState) {
        match state {
            FileState::Stored { .. } => self.new += 1,
            FileState::Known | FileState::DuplicateOf(_) | FileState::Skipped(_) => self.known += 1,
            FileState::Refused(_) | FileState::Failed(_) => self.failed += 1,
            FileState::Waiting | FileState::Growing | FileState::Reading | FileState::Cancelled => {
            }
        }
    }
}

/// A file on its way into the library.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) found: Found,
    pub(super) origin: Origin,
    pub(super) state: FileState,
}

impl Item {
    /// What is recorded of the file when it looked like this.
    pub(super) fn facts(&self, mark: Mark) -> FileFacts {
        FileFacts {
            path: full_path(&self.found),
            name: self.found.file_name(),
            bytes: mark.bytes,
            changed_ns: mark.mtime_ns,
        }
    }
}

/// The file; of a member of an archive, the archive with the member behind it.
pub(super) fn full_path(found: &Found) -> PathBuf {
    match &found.member {
        None => absolute(&found.path),
        Some(member) => {
            let mut path = absolute(&found.path).into_os_string();
            path.push("!");
            path.push(&member.name);
            PathBuf::from(path)
        }
    }
}

/// The same file must have the same name from whatever folder it is asked for.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
