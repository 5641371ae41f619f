//! The files that were looked at: what became of them, and whether they are still there.

use rusqlite::{Connection, Result};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Files that were looked at, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Files {
    /// All files on record.
    pub all: u64,
    /// Files whose round is stored, from them or from a file with the same bytes.
    pub stored: u64,
    /// Those of them beyond one per round: the same bytes once more.
    pub same_bytes: u64,
    /// Files whose round is stored from another, better copy.
    pub duplicate: u64,
    /// Stats files.
    pub stats: u64,
    /// Files that are no rounds.
    pub refused: u64,
    /// Files whose round a person took out.
    pub removed: u64,
    /// Why files were refused, the most frequent reason first.
    pub refusals: Vec<Refusals>,
    /// The duplicates, by path.
    pub duplicates: Vec<Duplicate>,
    /// What is on the disk; `None` when nobody looked.
    pub on_disk: Option<OnDisk>,
}

/// Files refused for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Refusals {
    /// The reason.
    pub reason: String,
    /// Files.
    pub files: u64,
}

/// A file whose round is stored from another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The file.
    pub path: PathBuf,
    /// The round.
    pub round: i64,
    /// Name of the file it is stored from.
    pub stored_from: String,
}

/// What became of the files on the disk since they were looked at. Files whose round was taken out count too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OnDisk {
    /// As they were.
    pub present: u64,
    /// There, but with another size or time.
    pub changed: u64,
    /// Not there, or not readable.
    pub missing: u64,
    /// The missing ones, by path.
    pub missing_paths: Vec<PathBuf>,
}

pub(super) fn files(conn: &Connection, checks_disk: bool) -> Result<Files> {
    let mut files = Files::default();
    let mut find = conn.prepare("SELECT state, count(*) FROM file GROUP BY state")?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let count = row.get::<_, i64>(1)? as u64;
        files.all += count;
        match row.get_ref(0)?.as_str()? {
            "stored" => files.stored = count,
            "duplicate" => files.duplicate = count,
            "stats" => files.stats = count,
            "refused" => files.refused = count,
            "removed" => files.removed = count,
            _ => {}
        }
    }
    let rounds: i64 = conn.query_row(
        "SELECT count(DISTINCT round) FROM file WHERE state = 'stored'",
        [],
        |row| row.get(0),
    )?;
    files.same_bytes = files.stored.saturating_sub(rounds as u64);
    files.refusals = refusals(conn)?;
    files.duplicates = duplicates(conn)?;
    if checks_disk {
        files.on_disk = Some(on_disk(conn)?);
    }
    Ok(files)
}

fn refusals(conn: &Connection) -> Result<Vec<Refusals>> {
    let sql = "SELECT coalesce(reason, ''), count(*) FROM file WHERE state = 'refused' GROUP BY 1 ORDER BY 2 DESC, 1";
    conn.prepare(sql)?
        .query_map([], |row| {
            Ok(Refusals {
                reason: row.get(0)?,
                files: row.get::<_, i64>(1)? as u64,
            })
        })?
        .collect()
}

fn duplicates(conn: &Connection) -> Result<Vec<Duplicate>> {
    let sql = "SELECT f.path, r.id, r.file_name FROM file AS f JOIN proximity_round AS r ON r.id = f.round \
               WHERE f.state = 'duplicate' ORDER BY f.path";
    conn.prepare(sql)?
        .query_map([], |row| {
            Ok(Duplicate {
                path: PathBuf::from(row.get::<_, String>(0)?),
                round: row.get(1)?,
                stored_from: row.get(2)?,
            })
        })?
        .collect()
}

fn on_disk(conn: &Connection) -> Result<OnDisk> {
    let mut found = OnDisk::default();
    let mut find = conn.prepare("SELECT path, bytes, changed_ns FROM file ORDER BY path")?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let path = PathBuf::from(row.get::<_, String>(0)?);
        let known: (i64, i64) = (row.get(1)?, row.get(2)?);
        match mark(&on_disk_path(&path)) {
            Some(now) if now == known => found.present += 1,
            Some(_) => found.changed += 1,
            None => {
                found.missing += 1;
                found.missing_paths.push(path);
            }
        }
    }
    Ok(found)
}

/// A member of an archive is there when its archive is: `april.zip!a/x_engagements.txt`.
fn on_disk_path(path: &Path) -> PathBuf {
    let text = path.to_string_lossy();
    let lower = text.to_ascii_lowercase();
    match lower.find(".zip!") {
        Some(at) if !path.exists() => PathBuf::from(&text[..at + ".zip".len()]),
        _ => path.to_owned(),
    }
}

/// Size in bytes and modification time in ns, as a file's record has them; `None` when it is no file that can be looked at.
fn mark(path: &Path) -> Option<(i64, i64)> {
    let metadata = std::fs::metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    // Where the file system keeps no time, 0 was recorded.
    let changed = metadata.modified().unwrap_or(UNIX_EPOCH);
    let changed_ns = match changed.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    };
    Some((metadata.len() as i64, changed_ns))
}
