//! The list of stored rounds.

use super::catalogue::Entry;
use super::error::LibraryError;
use super::{Library, RoundId};
use crate::model::{ContentHash, NumberSource};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Result, Row};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::path::PathBuf;

impl Library {
    /// All stored rounds, the latest evening first, the rounds of an evening in order of their start.
    ///
    /// # Errors
    /// Those of the database.
    pub fn catalogue(&self) -> std::result::Result<Vec<Entry>, LibraryError> {
        self.guarded(|library| {
            let mut find = library.conn.prepare_cached(include_str!("sql/list.sql"))?;
            let mut found: Vec<Listed> = find.query_map([], listed)?.collect::<Result<_>>()?;
            // SQLite would carry whole rows through its sorting.
            found.sort_by(|a, b| order(a).cmp(&order(b)));
            let mut entries: Vec<Entry> = found.into_iter().map(|listed| listed.entry).collect();
            add_tags(&library.conn, &mut entries)?;
            Ok(entries)
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

/// A round and what it is sorted by.
struct Listed {
    entry: Entry,
    /// Its start on a clock that the rounds of an evening share, s.
    start_s: i64,
}

/// The latest evening first, rounds without one last; an evening in order of its rounds.
fn order(listed: &Listed) -> (bool, Reverse<&Option<String>>, i64, RoundId) {
    let entry = &listed.entry;
    (
        entry.date.is_none(),
        Reverse(&entry.date),
        listed.start_s,
        entry.id,
    )
}

/// Takes the columns of a row from the left: asking for them by name would look every name up in every row.
struct Columns<'a, 'r> {
    row: &'a Row<'r>,
    at: usize,
}

impl Columns<'_, '_> {
    fn next<T: FromSql>(&mut self) -> Result<T> {
        self.at += 1;
        self.row.get(self.at - 1)
    }

    fn text(&mut self) -> Result<&str> {
        self.at += 1;
        Ok(self.row.get_ref(self.at - 1)?.as_str()?)
    }
}

fn listed(row: &Row<'_>) -> Result<Listed> {
    let mut columns = Columns { row, at: 0 };
    // In the order of the query.
    let mut entry = Entry {
        id: RoundId(columns.next()?),
        hash: ContentHash(columns.next()?),
        file_name: columns.next()?,
        path: columns.next::<Option<String>>()?.map(PathBuf::from),
        map: columns.next()?,
        number: columns.next()?,
        number_source: number_source(columns.text()?),
        is_number_disputed: columns.next()?,
        date: columns.next()?,
        start_unix: columns.next()?,
        local_time: None,
        length_ms: 0,
        version: String::new(),
        cadence_ms: 0,
        players: Vec::new(),
        bots: 0,
        has_objective_focus: false,
        kills: 0,
        errors: 0,
        warnings: 0,
        is_cut: false,
        match_id: None,
        is_linked: false,
        tags: Vec::new(),
    };
    let (zone, stamp): (Option<i64>, Option<i64>) = (columns.next()?, columns.next()?);
    entry.length_ms = columns.next()?;
    entry.version = columns.next()?;
    entry.cadence_ms = columns.next()?;
    entry.players = columns.text()?.lines().map(str::to_owned).collect();
    entry.bots = columns.next()?;
    entry.has_objective_focus = columns.next()?;
    entry.kills = columns.next()?;
    entry.errors = columns.next::<i64>()? as u64;
    entry.warnings = columns.next::<i64>()? as u64;
    entry.is_cut = columns.next()?;
    entry.match_id = columns.next::<Option<i64>>()?.map(RoundId);
    entry.is_linked = columns.next()?;
    let by_stamp = stamp.map(|stamp| stamp - entry.length_ms / 1000);
    let local = entry.start_unix.zip(zone).map(|(start, zone)| start + zone);
    entry.local_time = local.or(by_stamp).map(clock_text);
    Ok(Listed {
        start_s: entry.start_unix.or(by_stamp).unwrap_or(0),
        entry,
    })
}

fn add_tags(conn: &Connection, entries: &mut [Entry]) -> Result<()> {
    let mut find = conn.prepare_cached(include_str!("sql/list_tags.sql"))?;
    let mut rows = find.query([])?;
    let mut tags: FxHashMap<i64, Vec<String>> = FxHashMap::default();
    while let Some(row) = rows.next()? {
        tags.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    for entry in entries {
        entry.tags = tags.remove(&entry.id.0).unwrap_or_default();
    }
    Ok(())
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
