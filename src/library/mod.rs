//! The library: a local `SQLite` cache of rounds, and the notebook of what a person wrote about them.
//!
//! Everything in it can be built again from the round files, except for the notebook, which has its own tables, its own backup, and is
//! keyed by the content hash of a round so that it outlives the round's deletion and re-import.
//!
//! A round is prepared ([`Prepared`]: worked out and packed, on as many threads as there are) and then stored in one transaction
//! ([`Library::store`]). It is opened from what is stored ([`Library::open_round`]), exactly as its file was read.

pub mod catalogue;
mod derived;
mod error;
mod files;
mod functions;
mod gametimes;
pub mod health;
mod link;
mod links;
mod list;
mod lists;
mod notebook;
mod open;
pub mod pack;
mod place;
mod positions;
mod prepare;
mod query;
mod read;
mod remove;
mod rescue;
mod rows;
mod schema;
mod sources;
mod stats_file;
mod store;
mod tables;
mod twins;
mod words;

pub use error::{Cause, LibraryError};
pub use files::KnownFile;
pub use link::Relinked;
pub use links::RoundLinks;
pub use place::{VARIABLE, library_path};
pub use prepare::{FileFacts, Prepared};
pub use query::Value;
pub use rescue::Rescue;
pub use sources::WatchedFolder;
pub use store::Stored;
pub use tables::{TableColumns, tables};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use words::Words;

/// A stored round. Numbers are never used again for another round of the same library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct RoundId(pub i64);

/// An open library. One value per thread that uses it; several, also of several programs, may be open at once.
#[derive(Debug)]
pub struct Library {
    conn: Connection,
    path: PathBuf,
    words: Words,
    /// Which file was opened, to see whether it is the one at the path still.
    identity: place::Identity,
}

impl Library {
    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A deleted file can be written to on some systems, and everything in it is gone when it is closed.
    fn check_place(&self) -> Result<(), LibraryError> {
        if place::identity(&self.path) == self.identity {
            Ok(())
        } else {
            Err(self.error(Cause::Gone))
        }
    }

    fn error(&self, cause: Cause) -> LibraryError {
        LibraryError::new(&self.path, cause)
    }

    /// Begins to write; nobody else can until it ends. Given up unless it is committed.
    fn begin(&self) -> Result<Transaction<'_>, LibraryError> {
        let begun = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate);
        begun.map_err(|error| LibraryError::of(&self.path, &error))
    }

    /// Does something with the database; what `SQLite` says then is told in our words.
    fn guarded<T>(
        &self,
        work: impl FnOnce(&Self) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        work(self).map_err(|error| LibraryError::of(&self.path, &error))
    }
}
