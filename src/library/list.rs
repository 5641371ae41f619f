//! The list of stored rounds.

use super::catalogue::Entry;
use super::error::LibraryError;
use super::{Library, RoundId};
use crate::model::{ContentHash, NumberSource};
use rusqlite::{Result, Row};
use std::path::PathBuf;

impl Library {
    /// All stored rounds, the latest evening first, the rounds of an evening in order of their start.
    ///
    /// # Errors
    /// Those of the database.
    pub fn catalogue(&self) -> std::result::Result<Vec<Entry>, LibraryError> {
        self.guarded(|library| {
            let mut find = library.conn.prepare_cached(include_str!("sql/list.sql"))?;
            find.query_map([], entry)?.collect()
        })
    }

    /// How many rounds are stored.
    ///
    /// # Errors
    /// Those of the database.
    pub fn round_count(&self) -> std::result::Result<u64, LibraryError> {
        self.guarded(|library| {
            let count: i64 =
                library
                    .conn
                    .query_row("SELECT count(*) FROM proximity_round", [], |row| row.get(0))?;
            Ok(count as u64)
        })
    }
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    let start_unix = row.get::<_, Option<i64>>("start_unix")?;
    let zone_offset_s: Option<i64> = row.get("zone_offset_s")?;
    let length_ms: i64 = row.get("length_ms")?;
    let stamp: Option<i64> = row.get("stamp_local_s")?;
    let local_start = start_unix
        .zip(zone_offset_s)
        .map(|(start, zone)| start + zone);
    Ok(Entry {
        id: RoundId(row.get("id")?),
        hash: ContentHash(row.get("content_hash")?),
        file_name: row.get("file_name")?,
        path: row
            .get::<_, Option<String>>("file_path")?
            .map(PathBuf::from),
        map: row.get("map_name")?,
        number: row.get("round_number")?,
        number_source: number_source(row.get_ref("round_number_source")?.as_str()?),
        is_number_disputed: row.get("round_number_disputed")?,
        date: row.get("session_date")?,
        start_unix,
        local_time: local_start
            .or(stamp.map(|stamp| stamp - length_ms / 1000))
            .map(clock_text),
        length_ms,
        version: row.get("tracker_version")?,
        cadence_ms: row.get("cadence_ms")?,
        players: row
            .get_ref("player_names")?
            .as_str()?
            .lines()
            .map(str::to_owned)
            .collect(),
        bots: row.get("bot_count")?,
        has_objective_focus: row.get("has_objective_focus")?,
        kills: row.get("kill_count")?,
        errors: row.get::<_, i64>("errors")? as u64,
        warnings: row.get::<_, i64>("warnings")? as u64,
        is_cut: row.get("is_cut")?,
        match_id: row.get::<_, Option<i64>>("match_id")?.map(RoundId),
        is_linked: row.get("is_linked")?,
        tags: serde_json::from_str(row.get_ref("tags")?.as_str()?).unwrap_or_default(),
    })
}

pub(super) fn number_source(word: &str) -> NumberSource {
    match word {
        "gametime" => NumberSource::Gametime,
        "filename" => NumberSource::Filename,
        "header" => NumberSource::Header,
        "pairing" => NumberSource::Pairing,
        _ => NumberSource::Default,
    }
}

/// `HH:MM` of seconds since midnight and whole days.
fn clock_text(local_s: i64) -> String {
    let minutes = local_s.rem_euclid(86_400) / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
