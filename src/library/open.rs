//! Opening a library: made when it is not there, brought up to date when it is older, left alone when it is newer or not ours.

use super::error::{Cause, LibraryError};
use super::notebook::Notebook;
use super::schema::{APPLICATION_ID, STEPS};
use super::words::Words;
use super::{Library, functions};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// How long to wait for another program that writes, in steps of [`WAIT_STEP`]. A round takes some milliseconds, so this is generous.
const MOST_WAITS: i32 = 5_000;
const WAIT_STEP: Duration = Duration::from_millis(2);

/// SQLite's own waiting grows to steps of 100 ms, in which a program that stores one round after the other is never met between two.
fn wait(waits: i32) -> bool {
    std::thread::sleep(WAIT_STEP);
    waits < MOST_WAITS
}

impl Library {
    /// Opens a library to read and write; makes it, and its folder, when it is not there.
    ///
    /// # Errors
    /// See [`Cause`]; nothing is changed in a file that is not ours, newer, or damaged.
    pub fn open(path: &Path) -> Result<Self, LibraryError> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            let made = std::fs::create_dir_all(folder);
            made.map_err(|error| LibraryError::new(path, Cause::CannotOpen(error.to_string())))?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut library = Self::connect(path, flags)?;
        library.guarded(|library| {
            let conn = &library.conn;
            // Where the file system cannot do it (some network shares), SQLite stays with its older way, which is as safe.
            conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
            conn.pragma_update(None, "synchronous", "NORMAL")?;
            conn.pragma_update(None, "cache_size", -32_768)?;
            // Fewer and longer checkpoints than usual: an import writes whole rounds.
            conn.pragma_update(None, "wal_autocheckpoint", 4_000)?;
            conn.pragma_update(None, "journal_size_limit", 64 << 20)
        })?;
        library.update()?;
        Ok(library)
    }

    /// Opens a library that is there, to read only; `None` when there is none.
    ///
    /// # Errors
    /// See [`Cause`].
    pub fn open_to_read(path: &Path) -> Result<Option<Self>, LibraryError> {
        if !path.exists() {
            return Ok(None);
        }
        let library = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        if library.version()? < STEPS.len() as i64 {
            // Older, or made this moment: only who may write can bring it up to date.
            drop(library);
            drop(Self::open(path)?);
            return Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map(Some);
        }
        Ok(Some(library))
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, LibraryError> {
        let fail = |error: rusqlite::Error| LibraryError::of(path, &error);
        let mut conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(fail)?;
        conn.busy_handler(Some(wait)).map_err(fail)?;
        conn.set_prepared_statement_cache_capacity(128);
        let library = Self {
            conn,
            path: path.to_owned(),
            words: Words::default(),
        };
        library.guarded(|library| {
            library.conn.pragma_update(None, "foreign_keys", true)?;
            functions::add(&library.conn)
        })?;
        library.version()?;
        Ok(library)
    }

    /// The version of its tables; 0 for an empty file.
    fn version(&self) -> Result<i64, LibraryError> {
        let (owner, version, tables) = self.guarded(|library| {
            let number = |name| {
                library
                    .conn
                    .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            };
            let tables =
                library
                    .conn
                    .query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
                        row.get::<_, i64>(0)
                    })?;
            Ok((number("application_id")?, number("user_version")?, tables))
        })?;
        if owner != APPLICATION_ID && (owner != 0 || tables > 0) {
            let what = "it is a database of another program".to_owned();
            return Err(self.error(Cause::NotOurs(what)));
        }
        let known = STEPS.len() as i64;
        if version > known {
            return Err(self.error(Cause::TooNew {
                found: version,
                known,
            }));
        }
        Ok(version)
    }

    /// Brings the tables up to date, all steps or none.
    fn update(&mut self) -> Result<(), LibraryError> {
        if self.version()? == STEPS.len() as i64 {
            return Ok(());
        }
        let path = self.path.clone();
        let fail = |error: rusqlite::Error| LibraryError::of(&path, &error);
        let step = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        // Another program may have done it while this one waited.
        let version: i64 = step
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(fail)?;
        for sql in STEPS.iter().skip(version as usize) {
            step.execute_batch(sql).map_err(fail)?;
        }
        step.pragma_update(None, "application_id", APPLICATION_ID)
            .map_err(fail)?;
        step.pragma_update(None, "user_version", STEPS.len() as i64)
            .map_err(fail)?;
        // A new library beside the backup of one that is gone begins with what was written in that.
        if version == 0
            && let Some(notebook) = Notebook::of_backup(&path)
        {
            notebook.put(&step).map_err(fail)?;
        }
        step.commit().map_err(fail)?;
        if version == 0 {
            // From now on the backup beside it says that this file is a library, whatever happens to its first bytes.
            self.back_up()?;
        }
        Ok(())
    }
}
