//! The record of files that were looked at.

use super::prepare::{FileFacts, Prepared};
use super::{Library, LibraryError, RoundId};
use crate::model::ContentHash;
use rusqlite::{Connection, OptionalExtension, Result};

/// This program; a later one may read what this one refused.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What the library knows of a file that has not changed since it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnownFile {
    /// Its round is stored from it, or from a copy with the same bytes.
    Stored(RoundId),
    /// Its round is stored from another file, of this name.
    Duplicate(String),
    /// A stats file that is in.
    Stats,
    /// No round file, and why.
    Refused(String),
    /// A person took its round out of the library.
    Removed,
}

pub(super) fn now() -> String {
    jiff::Timestamp::now().to_string()
}

/// Records what a file was found to be.
struct Entry<'a> {
    file: &'a FileFacts,
    hash: Option<[u8; 32]>,
    state: &'a str,
    round: Option<i64>,
    reason: Option<&'a str>,
    problems: u64,
}

fn put(conn: &Connection, entry: &Entry<'_>) -> Result<()> {
    let file = entry.file;
    conn.prepare_cached(include_str!("sql/put_file.sql"))?
        .execute((
            file.path.to_string_lossy(),
            &file.name,
            file.bytes as i64,
            file.changed_ns,
            entry.hash,
            entry.state,
            entry.round,
            entry.reason,
            entry.problems as i64,
            PROGRAM,
            now(),
        ))?;
    Ok(())
}

pub(super) fn record(
    conn: &Connection,
    file: &FileFacts,
    prepared: &Prepared,
    state: &str,
    round: i64,
) -> Result<()> {
    let entry = Entry {
        file,
        hash: Some(prepared.hash.0),
        state,
        round: Some(round),
        reason: None,
        problems: prepared.problems(),
    };
    put(conn, &entry)
}

pub(super) fn record_stats(
    conn: &Connection,
    file: &FileFacts,
    hash: [u8; 32],
    problems: u64,
) -> Result<()> {
    put(
        conn,
        &Entry {
            file,
            hash: Some(hash),
            state: "stats",
            round: None,
            reason: None,
            problems,
        },
    )
}

/// The files of a round that gives way to a better copy become copies of that one.
pub(super) fn hand_over(conn: &Connection, from: i64, to: i64) -> Result<()> {
    conn.prepare_cached("UPDATE file SET round = ?2, state = 'duplicate' WHERE round = ?1")?
        .execute([from, to])?;
    Ok(())
}

impl Library {
    /// What is known of a file, if it is the same still (path, size and time).
    ///
    /// # Errors
    /// Those of the database.
    pub fn known_file(
        &self,
        file: &FileFacts,
    ) -> std::result::Result<Option<KnownFile>, LibraryError> {
        self.guarded(|library| {
            let sql = "SELECT f.state, f.round, f.reason, r.file_name, f.program FROM file AS f LEFT JOIN proximity_round AS r \
                       ON r.id = f.round WHERE f.path = ?1 AND f.bytes = ?2 AND f.changed_ns = ?3";
            let mut find = library.conn.prepare_cached(sql)?;
            let path = file.path.to_string_lossy();
            let found = find.query_row((path, file.bytes as i64, file.changed_ns), |row| {
                let state: String = row.get(0)?;
                let round = row.get::<_, Option<i64>>(1)?.map(RoundId);
                let name = row.get::<_, Option<String>>(3)?.unwrap_or_default();
                Ok(match (state.as_str(), round) {
                    ("stored", Some(round)) => Some(KnownFile::Stored(round)),
                    ("duplicate", Some(_)) => Some(KnownFile::Duplicate(name)),
                    ("stats", _) => Some(KnownFile::Stats),
                    ("removed", _) => Some(KnownFile::Removed),
                    ("refused", _) if row.get_ref(4)?.as_str()? == PROGRAM => {
                        Some(KnownFile::Refused(row.get::<_, Option<String>>(2)?.unwrap_or_default()))
                    }
                    _ => None,
                })
            });
            Ok(found.optional()?.flatten())
        })
    }

    /// Records that a file is no round file, so that it is not read again while it stays the same.
    ///
    /// # Errors
    /// Those of the database.
    pub fn refuse(&mut self, file: &FileFacts, why: &str) -> std::result::Result<(), LibraryError> {
        let entry = Entry {
            file,
            hash: None,
            state: "refused",
            round: None,
            reason: Some(why),
            problems: 0,
        };
        self.guarded(|library| put(&library.conn, &entry))
    }

    /// Records that a file holds bytes the library has; `false` when it has them no longer.
    ///
    /// # Errors
    /// Those of the database.
    pub fn note_copy(
        &mut self,
        hash: ContentHash,
        file: &FileFacts,
    ) -> std::result::Result<bool, LibraryError> {
        self.guarded(|library| {
            let conn = &library.conn;
            let of_round = conn
                .prepare_cached(
                    "SELECT id, errors + warnings FROM proximity_round WHERE content_hash = ?1",
                )?
                .query_row([hash.0], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))
                .optional()?;
            let of_stats = || {
                let sql = "SELECT problems FROM rounds WHERE content_hash = ?1";
                conn.prepare_cached(sql)?
                    .query_row([hash.0], |row| row.get::<_, i64>(0))
                    .optional()
            };
            let entry = |state, round, problems: i64| Entry {
                file,
                hash: Some(hash.0),
                state,
                round,
                reason: None,
                problems: problems as u64,
            };
            if let Some((round, problems)) = of_round {
                put(conn, &entry("stored", Some(round), problems))?;
            } else if let Some(problems) = of_stats()? {
                put(conn, &entry("stats", None, problems))?;
            } else {
                return Ok(false);
            }
            Ok(true)
        })
    }

    /// The hashes of everything that is stored.
    ///
    /// # Errors
    /// Those of the database.
    pub fn contents(&self) -> std::result::Result<Vec<ContentHash>, LibraryError> {
        self.guarded(|library| {
            let sql = "SELECT content_hash FROM proximity_round UNION ALL SELECT content_hash FROM rounds";
            let mut find = library.conn.prepare(sql)?;
            find.query_map([], |row| row.get(0).map(ContentHash))?.collect()
        })
    }
}
