//! Writing a round: one transaction per file, so that a round is there whole or not at all.

use super::error::LibraryError;
use super::prepare::{FileFacts, Prepared};
use super::rows::Writer;
use super::twins::{Copy, twins_of};
use super::{Library, RoundId, files, gametimes, link, schema};
use crate::model::{Round, RoundNumber, Stamp};
use rusqlite::{Connection, OptionalExtension, Result, TransactionBehavior, named_params};

/// What came of storing a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is in the library now.
    New(RoundId),
    /// It took the place of a less complete copy, which was stored from a file of this name.
    Replaced(RoundId, String),
    /// Its very bytes are in the library already.
    Known(RoundId),
    /// The same round is in the library, at least as complete, from a file of this name.
    DuplicateOf(RoundId, String),
}

impl Library {
    /// Stores a round, or records its file as another copy of one that is there.
    ///
    /// # Errors
    /// Nothing is stored then; see [`super::Cause`].
    pub fn store(
        &mut self,
        prepared: &Prepared,
        file: &FileFacts,
    ) -> std::result::Result<Stored, LibraryError> {
        self.check_place()?;
        let Self {
            conn, path, words, ..
        } = self;
        let done = (|| {
            let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let stored = store(&step, words, prepared, file)?;
            step.commit()?;
            Ok(stored)
        })();
        done.map_err(|error| {
            words.forget();
            LibraryError::of(path, &error)
        })
    }
}

fn store(
    conn: &Connection,
    words: &mut super::words::Words,
    prepared: &Prepared,
    file: &FileFacts,
) -> Result<Stored> {
    let known = conn
        .prepare_cached("SELECT id FROM proximity_round WHERE content_hash = ?1")?
        .query_row([prepared.hash.0], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        files::record(conn, file, prepared, "stored", id)?;
        return Ok(Stored::Known(RoundId(id)));
    }
    let ours = Copy::of(prepared);
    let twins = twins_of(conn, prepared)?;
    let best = twins.iter().max_by(|a, b| a.copy.cmp(&b.copy));
    if let Some(best) = best.filter(|best| best.copy > ours) {
        files::record(conn, file, prepared, "duplicate", best.id)?;
        return Ok(Stored::DuplicateOf(
            RoundId(best.id),
            best.file_name.clone(),
        ));
    }
    let id = write_round(conn, prepared, file)?;
    let word_numbers = words.of_round(conn, prepared.round.strings())?;
    Writer::new(conn, words, &word_numbers, prepared, id).write()?;
    for twin in &twins {
        files::hand_over(conn, twin.id, id)?;
        delete_round(conn, twin.id)?;
    }
    files::record(conn, file, prepared, "stored", id)?;
    Ok(match best {
        Some(twin) => Stored::Replaced(RoundId(id), twin.file_name.clone()),
        None => Stored::New(RoundId(id)),
    })
}

/// Takes a round and its rows out; its files and notes stay.
pub(super) fn delete_round(conn: &Connection, id: i64) -> Result<()> {
    link::note_round(conn, id)?;
    let (first, last) = schema::row_range(id);
    for table in schema::row_tables() {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE id BETWEEN ?1 AND ?2"))?
            .execute([first, last])?;
    }
    conn.prepare_cached("DELETE FROM proximity_round WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

const INSERT_ROUND: &str = include_str!("sql/insert_round.sql");

fn write_round(conn: &Connection, prepared: &Prepared, file: &FileFacts) -> Result<i64> {
    let round = &prepared.round;
    let (document, provenance, summary) = (&round.document, &round.provenance, &prepared.summary);
    let number = number(conn, round)?;
    let id = conn.prepare_cached(INSERT_ROUND)?.insert(named_params! {
        ":content_hash": prepared.hash.0,
        ":opening_hash": round.fingerprint.opening as i64,
        ":file_name": provenance.file_name,
        ":file_path": file.path.to_string_lossy(),
        ":plain_bytes": provenance.plain_bytes as i64,
        ":was_packed": provenance.was_packed,
        ":map_name": round.map(),
        ":round_number": number.value,
        ":round_number_source": tag(&number.source),
        ":round_number_disputed": number.is_disputed(),
        ":claimed_number": number.candidates.first().map(|(_, number)| *number),
        ":session_date": round.date.value,
        ":session_date_source": round.date.source.as_ref().map(tag),
        ":zone_offset_s": round.date.zone_offset_s,
        ":stamp_local_s": Stamp::of(&provenance.file_name).map(|stamp| stamp.local_seconds),
        ":round_start_unix": document.header.round_start_unix.unwrap_or(0),
        ":round_end_unix": document.header.round_end_unix.unwrap_or(0),
        ":start_ms": round.clock.start_ms,
        ":end_ms": round.clock.end_ms,
        ":tracker_version": document.version.label,
        ":tracker_family": tag(&document.version.family),
        ":version_reason": document.version.reason,
        ":capabilities": summary.capabilities,
        ":config_hash": summary.config_hash,
        ":cadence_declared_ms": round.declared_cadence_ms(),
        ":cadence_measured_ms": round.measured_cadence_ms(),
        ":cadence_ms": round.cadence_ms(),
        ":player_count": round.players.len() as i64,
        ":bot_count": summary.bots,
        ":player_names": summary.player_names,
        ":life_count": round.lives().len() as i64,
        ":sample_count": document.samples.len() as i64,
        ":engagement_count": document.engagements.table.rows.len() as i64,
        ":kill_count": prepared.derived.kills,
        ":row_count": summary.rows,
        ":objective_rows": document.tables.objective_focus.rows.len() as i64,
        ":errors": summary.errors,
        ":warnings": summary.warnings,
        ":notes": summary.notes,
        ":is_cut": summary.is_cut,
        ":created_at": files::now(),
    })?;
    link::note_round(conn, id)?;
    conn.prepare_cached("INSERT INTO round_image (round, image) VALUES (?1, ?2)")?
        .insert((id, &prepared.image))?;
    Ok(id)
}

/// The round's number, also by gametime names that came from elsewhere and before the round.
fn number(conn: &Connection, round: &Round) -> Result<RoundNumber> {
    let header = &round.document.header;
    let names = gametimes::ending_at(conn, header.round_end_unix.unwrap_or(0))?;
    let mut provenance = round.provenance.clone();
    for name in names {
        if !provenance.gametime_names.contains(&name) {
            provenance.gametime_names.push(name);
        }
    }
    Ok(RoundNumber::resolve(header, &provenance))
}

/// The word by which a value is written in JSON, too.
pub(super) fn tag(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        other => other.map(|value| value.to_string()).unwrap_or_default(),
    }
}
