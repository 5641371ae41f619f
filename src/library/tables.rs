//! What can be asked for: the tables as a query sees them.

use super::error::LibraryError;
use super::schema::STEPS;
use rusqlite::{Connection, Result};
use std::path::Path;

/// A table, or a view that looks like one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TableColumns {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<String>,
}

/// The tables and views of this program's libraries, by name, without those that only hold what a view shows.
///
/// # Errors
/// When there is no memory to make an empty library in.
pub fn tables() -> std::result::Result<Vec<TableColumns>, LibraryError> {
    read().map_err(|error| LibraryError::of(Path::new("(an empty library)"), &error))
}

fn read() -> Result<Vec<TableColumns>> {
    let conn = Connection::open_in_memory()?;
    for step in STEPS {
        conn.execute_batch(step)?;
    }
    let mut find = conn.prepare(include_str!("sql/tables.sql"))?;
    let mut rows = find.query([])?;
    let mut tables: Vec<TableColumns> = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, column): (String, String) = (row.get(0)?, row.get(1)?);
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push(column),
            None => tables.push(TableColumns {
                name,
                columns: vec![column],
            }),
        }
    }
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_behind_the_views_is_left_out() {
        let tables = tables().unwrap();
        let columns = |name: &str| {
            let found = tables.iter().find(|table| table.name == name);
            found.map(|table| table.columns.join(" "))
        };
        assert!(
            columns("player_track")
                .unwrap()
                .starts_with("id session_date round_number")
        );
        assert!(columns("tag").unwrap().starts_with("id content_hash text"));
        for hidden in [
            "player_track_row",
            "word",
            "scope",
            "round_image",
            "link_change",
        ] {
            assert_eq!(columns(hidden), None, "{hidden}");
        }
        assert!(tables.is_sorted_by(|a, b| a.name < b.name));
    }
}
