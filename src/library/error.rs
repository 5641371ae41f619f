//! What can go wrong with a library, in words a person can act on.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The file is a database of another program, or no database at all.
    NotOurs(String),
    /// It was written by a newer version of this program.
    TooNew {
        /// Version of its tables.
        found: i64,
        /// The latest this program knows.
        known: i64,
    },
    /// Its content contradicts itself.
    Damaged(String),
    /// Another program kept it locked for longer than anybody should.
    Locked,
    /// There is no room left.
    DiskFull,
    /// The disk, or what is in its place, failed.
    Disk(String),
    /// Its file was deleted or replaced by another while it was open.
    Gone,
    /// It, or its folder, may not be written to.
    ReadOnly,
    /// It cannot be opened or created there.
    CannotOpen(String),
    /// The person asked for something that is not there.
    NotFound(String),
    /// A query is wrong, or anything else `SQLite` has to say.
    Sql(String),
}

/// What went wrong with which library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryError {
    /// The library's file.
    pub path: PathBuf,
    /// Why.
    pub cause: Cause,
}

impl fmt::Display for LibraryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.cause)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(what) => write!(
                f,
                "is no library of this program ({what}); nothing was changed in it"
            ),
            Self::TooNew { found, known } => write!(
                f,
                "was written by a newer version of this program (its tables have version {found}, this program knows up to {known}); \
                 nothing was changed in it"
            ),
            Self::Damaged(what) => write!(f, "the library is damaged ({what})"),
            Self::Locked => f.write_str(
                "another program has kept the library locked; nothing was lost, try again",
            ),
            Self::DiskFull => {
                f.write_str("no room left on the disk; what was stored before is safe")
            }
            Self::Disk(why) => write!(
                f,
                "the disk does not work as it should ({why}); what was stored before is safe"
            ),
            Self::Gone => f.write_str(
                "the library was deleted or replaced while it was in use; import the files again",
            ),
            Self::ReadOnly => f.write_str("the library or its folder may not be written to"),
            Self::CannotOpen(why) => write!(f, "cannot be opened ({why})"),
            Self::NotFound(what) => f.write_str(what),
            Self::Sql(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for LibraryError {}

impl LibraryError {
    /// With a cause of our own finding.
    pub(crate) fn new(path: &Path, cause: Cause) -> Self {
        Self {
            path: path.to_owned(),
            cause,
        }
    }

    /// What `SQLite` says, in our words.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        Self::new(path, cause_of(error))
    }

    /// Trying again later may help without anything being done about it.
    pub fn is_passing(&self) -> bool {
        matches!(self.cause, Cause::Locked)
    }
}

fn cause_of(error: &rusqlite::Error) -> Cause {
    use rusqlite::ErrorCode;
    let rusqlite::Error::SqliteFailure(failure, text) = error else {
        return Cause::Sql(error.to_string());
    };
    let words = || text.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::DatabaseCorrupt => Cause::Damaged(words()),
        ErrorCode::NotADatabase => Cause::NotOurs(words()),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Cause::Locked,
        ErrorCode::DiskFull => Cause::DiskFull,
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Cause::ReadOnly,
        ErrorCode::CannotOpen => Cause::CannotOpen(words()),
        ErrorCode::SystemIoFailure => Cause::Disk(words()),
        _ => Cause::Sql(words()),
    }
}
