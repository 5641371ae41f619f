//! The watched folders, as the library remembers them.

use super::error::LibraryError;
use super::{Library, files};
use rusqlite::{Connection, Row};
use serde_json::{Value, json};
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

const LIST: &str = "SELECT id, path, is_paused, opens_newest, polls FROM source ORDER BY id";

fn folder(row: &Row<'_>) -> rusqlite::Result<WatchedFolder> {
    Ok(WatchedFolder {
        id: row.get(0)?,
        path: PathBuf::from(row.get::<_, String>(1)?),
        is_paused: row.get(2)?,
        opens_newest: row.get(3)?,
        polls: row.get(4)?,
    })
}

/// All watched folders of a database, as far as they can be read.
pub(super) fn salvage(conn: &Connection) -> Vec<WatchedFolder> {
    let Ok(mut find) = conn.prepare(LIST) else {
        return Vec::new();
    };
    let rows = find.query_map([], folder);
    rows.map_or_else(|_| Vec::new(), |rows| rows.flatten().collect())
}

/// Watches folders as they were watched before; those that are watched already stay as they are.
pub(super) fn put(conn: &Connection, folders: &[WatchedFolder]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO source (path, is_paused, opens_newest, polls, created_at) VALUES (?1, ?2, ?3, ?4, ?5) \
               ON CONFLICT (path) DO NOTHING";
    for folder in folders {
        let path = folder.path.to_string_lossy();
        let flags = (folder.is_paused, folder.opens_newest, folder.polls);
        conn.execute(sql, (path, flags.0, flags.1, flags.2, files::now()))?;
    }
    Ok(())
}

/// For the backup.
pub(super) fn to_json(folders: &[WatchedFolder]) -> Value {
    let folder = |folder: &WatchedFolder| {
        json!({
            "path": folder.path.to_string_lossy(), "is_paused": folder.is_paused,
            "opens_newest": folder.opens_newest, "polls": folder.polls,
        })
    };
    folders.iter().map(folder).collect()
}

/// From a backup.
pub(super) fn of_json(folders: &Value) -> Vec<WatchedFolder> {
    let is = |folder: &Value, name: &str| folder[name].as_bool().unwrap_or_default();
    let folder = |folder: &Value| {
        Some(WatchedFolder {
            id: 0,
            path: PathBuf::from(folder["path"].as_str()?),
            is_paused: is(folder, "is_paused"),
            opens_newest: is(folder, "opens_newest"),
            polls: is(folder, "polls"),
        })
    };
    let all = folders.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(folder).collect()
}

impl Library {
    /// The watched folders, in order of adding.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sources(&self) -> Result<Vec<WatchedFolder>, LibraryError> {
        self.guarded(|library| {
            let mut find = library.conn.prepare_cached(LIST)?;
            find.query_map([], folder)?.collect()
        })
    }

    /// Watches a folder; one that is watched already stays as it is.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_source(&mut self, path: &Path, polls: bool) -> Result<(), LibraryError> {
        let folder = WatchedFolder {
            id: 0,
            path: path.to_owned(),
            is_paused: false,
            opens_newest: false,
            polls,
        };
        self.write_down(|conn| put(conn, &[folder]))
    }

    /// Changes how a folder is watched.
    ///
    /// # Errors
    /// Those of the database.
    pub fn change_source(&mut self, folder: &WatchedFolder) -> Result<(), LibraryError> {
        self.write_down(|conn| {
            let sql =
                "UPDATE source SET is_paused = ?2, opens_newest = ?3, polls = ?4 WHERE id = ?1";
            conn.execute(
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
        self.write_down(|conn| {
            conn.execute("DELETE FROM source WHERE id = ?1", [id])
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
