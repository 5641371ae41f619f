//! Stats files of the second module: stored as `rounds` and `round_player_stats`, to be linked to the rounds they were written about.

use super::error::LibraryError;
use super::prepare::FileFacts;
use super::{Library, files, link, lists};
use crate::format::gamestats::{Side, StatsFile, StatsName, StatsPlayer};
use crate::model::{ContentHash, Stamp};
use rusqlite::{Connection, OptionalExtension, Result, TransactionBehavior, named_params};

impl Library {
    /// Stores a stats file; gives whether it is new.
    ///
    /// # Errors
    /// Those of the database.
    pub fn store_stats(
        &mut self,
        hash: ContentHash,
        stats: &StatsFile,
        file: &FileFacts,
    ) -> std::result::Result<bool, LibraryError> {
        let Self { conn, path, .. } = self;
        let done = (|| {
            let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let known: Option<i64> = step
                .prepare_cached("SELECT id FROM rounds WHERE content_hash = ?1")?
                .query_row([hash.0], |row| row.get(0))
                .optional()?;
            if known.is_none() {
                let id = write(&step, hash, stats, file)?;
                link::note_stats(&step, id)?;
            }
            files::record_stats(&step, file, hash.0, stats.problems.total())?;
            step.commit()?;
            Ok(known.is_none())
        })();
        done.map_err(|error| LibraryError::of(path, &error))
    }
}

fn write(conn: &Connection, hash: ContentHash, stats: &StatsFile, file: &FileFacts) -> Result<i64> {
    let header = &stats.header;
    let by_name = StatsName::of(&file.name);
    let map = header
        .map
        .clone()
        .or_else(|| by_name.as_ref().map(|name| name.map.clone()));
    let id = conn
        .prepare_cached(include_str!("sql/insert_stats.sql"))?
        .insert(named_params! {
            ":content_hash": hash.0,
            ":file_name": file.name,
            ":file_path": file.path.to_string_lossy(),
            ":round_date": file.name.get(..10),
            ":round_time": file.name.get(11..17),
            ":stamp_local_s": Stamp::of(&file.name).map(|stamp| stamp.local_seconds),
            ":server_name": header.server,
            ":map_name": map.unwrap_or_default(),
            ":config_name": header.config,
            ":round_number": header.round.or(by_name.map(|name| name.number)),
            ":defender_team": header.defender.map(Side::number),
            ":winner_team": header.winner.map(Side::number),
            ":time_limit_s": header.time_limit_s,
            ":next_time_limit_s": header.next_time_limit_s,
            ":play_time_ms": header.play_time_ms,
            ":player_count": stats.players.len() as i64,
            ":problems": stats.problems.total() as i64,
            ":created_at": files::now(),
        })?;
    for (place, player) in stats.players.iter().enumerate() {
        write_player(conn, id, place as i64, player)?;
    }
    Ok(id)
}

fn write_player(conn: &Connection, id: i64, place: i64, player: &StatsPlayer) -> Result<()> {
    let total = player.total();
    let weapons: std::collections::BTreeMap<u8, [i64; 5]> = player
        .weapons
        .iter()
        .map(|(kind, counts)| (*kind, counts.all()))
        .collect();
    conn.prepare_cached(include_str!("sql/insert_stats_player.sql"))?
        .execute((
            id,
            place,
            &player.guid8,
            &player.name,
            player.team,
            player.rounds,
            total.kills,
            total.deaths,
            total.headshots,
            total.hits,
            total.shots,
            lists::json(&weapons),
            lists::json(&player.extra),
        ))?;
    Ok(())
}
