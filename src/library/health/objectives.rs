//! Objectives: on which maps the tracker knew where they are, and by which labels.

use super::facts::Facts;
use crate::analysis::linking::map_key;
use crate::library::schema::ROW_BITS;
use rusqlite::{Connection, OptionalExtension, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::BTreeMap;

/// What `OBJECTIVE_FOCUS` covers. A tracker writes it only on maps whose objectives it was told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Objectives {
    /// Rounds that have rows.
    pub rounds_with: u64,
    /// Rounds that have none.
    pub rounds_without: u64,
    /// Maps by name, in small letters and without colour codes; rounds without a map name are under the empty one.
    pub maps: BTreeMap<String, MapCoverage>,
}

/// One map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MapCoverage {
    /// Its rounds.
    pub rounds: u64,
    /// Those with rows.
    pub rounds_with: u64,
    /// Objectives by the label the tracker gives them.
    pub labels: BTreeMap<String, LabelCoverage>,
}

/// One objective of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LabelCoverage {
    /// Rounds in which somebody was near it.
    pub rounds: u64,
    /// Players that were near it, told apart by GUID, else by name.
    pub players: u64,
    /// Rows: one per player and round.
    pub rows: u64,
}

/// Who and where, while rows are counted.
#[derive(Default)]
struct Seen {
    rows: u64,
    rounds: u64,
    last_round: Option<i64>,
    /// Numbers of words: of the GUID, or of the name of who has none.
    players: FxHashSet<i64>,
}

pub(super) fn objectives(conn: &Connection, facts: &[Facts]) -> Result<Objectives> {
    let mut found = Objectives::default();
    let mut maps: FxHashMap<i64, String> = FxHashMap::default();
    for of in facts {
        let key = map_key(&of.map);
        let map = found.maps.entry(key.clone()).or_default();
        map.rounds += 1;
        if of.has_objectives {
            map.rounds_with += 1;
            found.rounds_with += 1;
        } else {
            found.rounds_without += 1;
        }
        maps.insert(of.id, key);
    }
    for ((map, label), seen) in labels(conn, &maps)? {
        let coverage = LabelCoverage {
            rounds: seen.rounds,
            players: seen.players.len() as u64,
            rows: seen.rows,
        };
        let of_map = found.maps.entry(map.to_owned()).or_default();
        of_map.labels.insert(text(conn, label)?, coverage);
    }
    Ok(found)
}

/// By map and by the label's number among the words.
fn labels<'a>(
    conn: &Connection,
    maps: &'a FxHashMap<i64, String>,
) -> Result<FxHashMap<(&'a str, Option<i64>), Seen>> {
    let nobody: Option<i64> = conn
        .query_row("SELECT id FROM word WHERE text = ''", [], |row| row.get(0))
        .optional()?;
    let sql = "SELECT id, objective, player_guid, player_name FROM proximity_objective_focus_row ORDER BY id";
    let mut find = conn.prepare(sql)?;
    let mut rows = find.query([])?;
    let mut found: FxHashMap<(&str, Option<i64>), Seen> = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let round = row.get::<_, i64>(0)? >> ROW_BITS;
        let Some(map) = maps.get(&round) else {
            continue;
        };
        let guid: Option<i64> = row.get(2)?;
        let who = guid.filter(|guid| Some(*guid) != nobody).or(row.get(3)?);
        let seen = found.entry((map, row.get(1)?)).or_default();
        seen.rows += 1;
        seen.players.extend(who);
        if seen.last_round != Some(round) {
            seen.last_round = Some(round);
            seen.rounds += 1;
        }
    }
    Ok(found)
}

fn text(conn: &Connection, word: Option<i64>) -> Result<String> {
    let mut find = conn.prepare_cached("SELECT text FROM word WHERE id = ?1")?;
    Ok(find
        .query_row([word], |row| row.get(0))
        .optional()?
        .unwrap_or_default())
}
