//! How many rows each table has, and how fresh they are.

use crate::library::schema;
use rusqlite::{Connection, Result};
use serde::Serialize;

/// One table of the community's schema.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TableCount {
    /// Its name in queries. Of the views that add up over rounds (`player_teamplay_stats`, `crossfire_pairs`, the heatmaps) the rows that
    /// they add up are counted.
    pub name: String,
    /// Rows.
    pub rows: u64,
    /// Rounds that have rows; for `rounds` and `round_player_stats`, stats files.
    pub rounds: u64,
    /// The last evening that has rows; `None` when none has, or its rounds have no date.
    pub latest: Option<String>,
}

/// By what name queries know a table of rows.
fn name(table: &str) -> String {
    match table {
        "player_teamplay_row" => "player_teamplay_stats".to_owned(),
        "crossfire_pair_row" => "crossfire_pairs".to_owned(),
        other => other.strip_suffix("_row").unwrap_or(other).to_owned(),
    }
}

const STATS_TABLES: [&str; 2] = ["rounds", "round_player_stats"];

/// All tables without rows.
pub(super) fn empty() -> Vec<TableCount> {
    let names = schema::row_tables()
        .map(name)
        .chain(STATS_TABLES.map(str::to_owned));
    names
        .map(|name| TableCount {
            name,
            ..TableCount::default()
        })
        .collect()
}

pub(super) fn counts(conn: &Connection) -> Result<Vec<TableCount>> {
    let mut tables = schema::row_tables()
        .map(|table| of_rows(conn, table))
        .collect::<Result<Vec<_>>>()?;
    tables.extend(of_stats(conn)?);
    Ok(tables)
}

fn of_rows(conn: &Connection, table: &str) -> Result<TableCount> {
    let sql = include_str!("../sql/health_table.sql").replace("TABLE_NAME", table);
    conn.query_row(&sql, [], |row| {
        Ok(TableCount {
            name: name(table),
            rows: row.get::<_, i64>(0)? as u64,
            rounds: row.get::<_, i64>(1)? as u64,
            latest: row.get(2)?,
        })
    })
}

/// Stats files and their players; each file says how many it has.
fn of_stats(conn: &Connection) -> Result<[TableCount; 2]> {
    let sql = "SELECT count(*), max(round_date), coalesce(sum(player_count), 0), coalesce(sum(player_count > 0), 0), \
               max(iif(player_count > 0, round_date, NULL)) FROM rounds";
    conn.query_row(sql, [], |row| {
        let files = row.get::<_, i64>(0)? as u64;
        let of_files = TableCount {
            name: STATS_TABLES[0].to_owned(),
            rows: files,
            rounds: files,
            latest: row.get(1)?,
        };
        let of_players = TableCount {
            name: STATS_TABLES[1].to_owned(),
            rows: row.get::<_, i64>(2)? as u64,
            rounds: row.get::<_, i64>(3)? as u64,
            latest: row.get(4)?,
        };
        Ok([of_files, of_players])
    })
}
