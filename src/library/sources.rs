//! The watched folders, as the library remembers them.

use super::error::LibraryError;
use super::{Library, files};
use rusqlite::Row;
use std::path::{Path, PathBuf};

/// A folder whose new files are imported by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedFolder {
    /// Names it in the library.
    pub id: i64,
    /// The folder; its subfolders belong to it.
    pub path: PathBuf,
    /// Nothing is imported from it for the time being.
    pub is_paused: bool,
    /// A round that arrives is opened by itself.
    pub opens_newest: bool,
    /// Look for changes by listing the folder again and again: network shares tell nobody about theirs.
    pub polls: bool,
}

fn folder(row: &Row<'_>) -> rusqlite::Result<WatchedFolder> {
    Ok(WatchedFolder {
        id: row.get(0)?,
        path: PathBuf::from(row.get::<_, String>(1)?),
        is_paused: row.get(2)?,
        opens_newest: row.get(3)?,
        polls: row.get(4)?,
    })
}

impl Library {
    /// The watched folders, in order of adding.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sources(&self) -> Result<Vec<WatchedFolder>, LibraryError> {
        self.guarded(|library| {
            let sql = "SELECT id, path, is_paused, opens_newest, polls FROM source ORDER BY id";
            let mut find = library.conn.prepare_cached(sql)?;
            find.query_map([], folder)?.collect()
        })
    }

    /// Watches a folder; one that is watched already stays as it is.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_source(&mut self, path: &Path, polls: bool) -> Result<(), LibraryError> {
        self.guarded(|library| {
            let sql = "INSERT INTO source (path, is_paused, opens_newest, polls, created_at) VALUES (?1, 0, 0, ?2, ?3) \
                       ON CONFLICT (path) DO NOTHING";
            library.conn.execute(sql, (path.to_string_lossy(), polls, files::now())).map(|_| ())
        })
    }

    /// Changes how a folder is watched.
    ///
    /// # Errors
    /// Those of the database.
    pub fn change_source(&mut self, folder: &WatchedFolder) -> Result<(), LibraryError> {
        self.guarded(|library| {
            let sql =
                "UPDATE source SET is_paused = ?2, opens_newest = ?3, polls = ?4 WHERE id = ?1";
            library
                .conn
                .execute(
                    sql,
                    (
                        folder.id,
                        folder.is_paused,
                        folder.opens_newest,
                        folder.polls,
                    ),
                )
                .map(|_| ())
        })
    }

    /// Watches a folder no longer; its rounds stay.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remove_source(&mut self, id: i64) -> Result<(), LibraryError> {
        self.guarded(|library| {
            library
                .conn
                .execute("DELETE FROM source WHERE id = ?1", [id])
                .map(|_| ())
        })
    }

    /// Remembers when a folder was last listed, seconds since 1970.
    ///
    /// # Errors
    /// Those of the database.
    pub fn note_scan(&mut self, id: i64, unix: i64) -> Result<(), LibraryError> {
        self.guarded(|library| {
            library
                .conn
                .execute(
                    "UPDATE source SET last_scan_unix = ?2 WHERE id = ?1",
                    [id, unix],
                )
                .map(|_| ())
        })
    }
}
