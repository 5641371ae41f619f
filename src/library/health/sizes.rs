//! Room on the disk.

use super::facts::Facts;
use crate::library::notebook;
use rusqlite::{Connection, Result};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Rounds that are looked into for [`Packing`]: enough for a mean, few enough to be read at once.
const MOST_MEASURED: usize = 64;

/// Sizes in bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sizes {
    /// The database file.
    pub database: u64,
    /// What was written last and not brought into it yet (`-wal`).
    pub log: u64,
    /// Room inside the database that was freed and will be used again.
    pub free: u64,
    /// The notebook's backup.
    pub notebook_backup: u64,
    /// The stored rounds' files, unpacked.
    pub files_unpacked: u64,
    /// Database per round; `None` without rounds.
    pub per_round: Option<f64>,
    /// What some rounds take.
    pub packing: Packing,
}

/// What some rounds, evenly spread over the library, take in it. Up to 64 rounds it is all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Packing {
    /// Rounds that were looked into.
    pub rounds: u64,
    /// Their samples.
    pub samples: u64,
    /// Bytes of the packed samples.
    pub path_bytes: u64,
    /// Bytes of everything else of their files.
    pub image_bytes: u64,
    /// Bytes of the packed samples per sample; `None` without samples.
    pub bytes_per_sample: Option<f64>,
}

pub(super) fn sizes(conn: &Connection, path: &Path, facts: &[Facts]) -> Result<Sizes> {
    let number = |name| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (page, pages, free) = (
        number("page_size")?,
        number("page_count")?,
        number("freelist_count")?,
    );
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    // Pages that are only in the log count too: the file is as large once they are brought in.
    let database = size(path).max((page * pages) as u64);
    Ok(Sizes {
        database,
        log: size(&PathBuf::from(log)),
        free: (page * free) as u64,
        notebook_backup: size(&notebook::backup_path(path)),
        files_unpacked: facts.iter().map(|of| of.plain_bytes).sum(),
        per_round: (!facts.is_empty()).then(|| database as f64 / facts.len() as f64),
        packing: packing(conn, facts)?,
    })
}

/// Bytes of a file; 0 when it is not there.
fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

fn packing(conn: &Connection, facts: &[Facts]) -> Result<Packing> {
    let mut packing = Packing::default();
    let mut find = conn.prepare(include_str!("../sql/health_packing.sql"))?;
    let step = facts.len().div_ceil(MOST_MEASURED).max(1);
    for of in facts.iter().step_by(step) {
        let (paths, image) = find.query_row([of.id], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?))
        })?;
        packing.rounds += 1;
        packing.samples += of.samples;
        packing.path_bytes += paths as u64;
        packing.image_bytes += image.unwrap_or(0) as u64;
    }
    packing.bytes_per_sample =
        (packing.samples > 0).then(|| packing.path_bytes as f64 / packing.samples as f64);
    Ok(packing)
}
