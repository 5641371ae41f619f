//! What an import says about each of its files while it runs. Totals are counted from these.

use std::path::PathBuf;

/// Where one file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nobody has looked at it yet.
    Waiting,
    /// It still grows, so it is left until it has been the same for a while.
    Growing,
    /// It is being read or stored.
    Reading,
    /// It is in the library now.
    Stored {
        /// Problems of severity warning or error in it.
        problems: u64,
        /// It took the place of an incomplete copy of the same round.
        replaced: Option<String>,
    },
    /// It was in the library before and is the same still.
    Known,
    /// The same round is in the library from another file, of this name, which is at least as complete.
    DuplicateOf(String),
    /// It was left out on purpose, and why.
    Skipped(String),
    /// It is no round file, and why.
    Refused(String),
    /// It could not be read or stored, and why; trying again may help.
    Failed(String),
    /// The import was cancelled before its turn.
    Cancelled,
}

impl FileState {
    /// Nothing more will happen to the file by itself.
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Growing | Self::Reading)
    }
}

/// One file of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFile {
    /// Names it among all imports of this run of the program.
    pub id: u32,
    /// The file; for a member of a zip archive the archive's path with the member's name behind it.
    pub path: PathBuf,
    /// Size on disk; of a zip member, packed. 0 when not known yet.
    pub bytes: u64,
    /// Where it stands.
    pub state: FileState,
}

/// What an import tells whoever waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportEvent {
    /// Files were found and wait their turn.
    Found(Vec<ImportFile>),
    /// Files changed their state; comes in batches, some twenty a second at most.
    Changed(Vec<(u32, FileState)>),
    /// Nothing is left to do.
    Done,
    /// The import could not go on at all (no library, disk full), and why. Files not stored stay to be tried again.
    Stopped(String),
}
