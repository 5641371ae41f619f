//! Stored rounds and stats files as linking and pairing see them.

use crate::analysis::linking::{RoundTimes, StatsCandidate};
use crate::analysis::matches::{self, PlayerSide, Side};
use crate::analysis::person::Person;
use crate::library::schema;
use rusqlite::{Connection, Result, Row};

/// A stored round as linking and pairing see it, without its players.
pub(super) struct KnownRound {
    pub(super) id: i64,
    pub(super) map: String,
    pub(super) number: i64,
    pub(super) claimed_number: Option<i64>,
    pub(super) is_disputed: bool,
    pub(super) times: RoundTimes,
}

pub(super) const ROUND_COLUMNS: &str = "id, map_name, round_number, claimed_number, round_number_disputed, round_start_unix, round_end_unix, \
                             zone_offset_s, stamp_local_s, end_ms - start_ms";

pub(super) fn known_rounds(conn: &Connection) -> Result<Vec<KnownRound>> {
    let sql = format!("SELECT {ROUND_COLUMNS} FROM proximity_round");
    conn.prepare_cached(&sql)?
        .query_map([], known_round)?
        .collect()
}

pub(super) fn known_round(row: &Row<'_>) -> Result<KnownRound> {
    Ok(KnownRound {
        id: row.get(0)?,
        map: row.get(1)?,
        number: row.get(2)?,
        claimed_number: row.get(3)?,
        is_disputed: row.get(4)?,
        times: times(row, 5)?,
    })
}

/// The times of a round whose `round_start_unix, round_end_unix, zone_offset_s, stamp_local_s, end_ms - start_ms` stand in the columns from
/// `first` on.
pub(in crate::library) fn times(row: &Row<'_>, first: usize) -> Result<RoundTimes> {
    let known = |unix: i64| (unix > 0).then_some(unix);
    let (start_unix, end_unix) = (known(row.get(first)?), known(row.get(first + 1)?));
    let wall_ms = start_unix
        .zip(end_unix)
        .map(|(start, end)| (end - start).saturating_mul(1000))
        .filter(|ms| *ms > 0);
    let clock_ms: i64 = row.get(first + 4)?;
    Ok(RoundTimes {
        start_unix,
        end_unix,
        zone_offset_s: row.get(first + 2)?,
        stamp_local_s: row.get(first + 3)?,
        length_ms: wall_ms.or((clock_ms > 0).then_some(clock_ms)),
    })
}

/// The stats files, without their players.
pub(super) fn known_stats(conn: &Connection) -> Result<Vec<StatsCandidate>> {
    let sql = "SELECT id, map_name, round_number, stamp_local_s, play_time_ms FROM rounds";
    let mut find = conn.prepare_cached(sql)?;
    find.query_map([], |row| {
        Ok(StatsCandidate {
            id: row.get(0)?,
            map: row.get(1)?,
            number: row.get(2)?,
            stamp_local_s: row.get(3)?,
            play_time_ms: row.get::<_, Option<i64>>(4)?.filter(|ms| *ms > 0),
            guid8s: Vec::new(),
        })
    })?
    .collect()
}

pub(super) struct Player {
    pub(super) guid: String,
    pub(super) plain_name: String,
    pub(super) team: Option<String>,
}

impl Player {
    /// As [`MatchRound::of`] makes it of a round.
    pub(super) fn side(self) -> PlayerSide {
        let side = match self.team.as_deref() {
            Some("AXIS") => Some(Side::Axis),
            Some("ALLIES") => Some(Side::Allies),
            _ => None,
        };
        PlayerSide {
            who: matches::who(&Person::new(&self.guid, &self.plain_name)),
            side,
        }
    }
}

pub(super) fn players(conn: &Connection, round: i64) -> Result<Vec<Player>> {
    let sql = "SELECT g.text, n.text, t.text FROM proximity_round_player_row AS p JOIN word AS g ON g.id = p.player_guid \
               JOIN word AS n ON n.id = p.plain_name LEFT JOIN word AS t ON t.id = p.team WHERE p.id BETWEEN ?1 AND ?2 ORDER BY p.id";
    let (first, last) = schema::row_range(round);
    let mut find = conn.prepare_cached(sql)?;
    find.query_map([first, last], |row| {
        Ok(Player {
            guid: row.get(0)?,
            plain_name: row.get(1)?,
            team: row.get(2)?,
        })
    })?
    .collect()
}
