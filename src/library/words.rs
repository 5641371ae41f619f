//! Numbers of texts: rows hold a number of the table `word` instead of a GUID or a name.

use crate::format::{Strings, Sym};
use rusqlite::{Connection, OptionalExtension, Result};
use rustc_hash::FxHashMap;

/// Numbers met so far. Another program may add words to the same library meanwhile, so what is not here is looked up.
#[derive(Debug, Default)]
pub(super) struct Words {
    known: FxHashMap<Box<str>, i64>,
}

/// Beyond this the memory is better used otherwise; names and GUIDs of thousands of players are fewer.
const MOST_KNOWN: usize = 200_000;

impl Words {
    /// The number of a text, which is added when it is new.
    pub(super) fn number(&mut self, conn: &Connection, text: &str) -> Result<i64> {
        if let Some(number) = self.known.get(text) {
            return Ok(*number);
        }
        let mut find = conn.prepare_cached("SELECT id FROM word WHERE text = ?1")?;
        let number = match find.query_row([text], |row| row.get(0)).optional()? {
            Some(number) => number,
            None => conn
                .prepare_cached("INSERT INTO word (text) VALUES (?1)")?
                .insert([text])?,
        };
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(text.into(), number);
        Ok(number)
    }

    /// The numbers of all strings of a round, by their index.
    pub(super) fn of_round(&mut self, conn: &Connection, strings: &Strings) -> Result<Vec<i64>> {
        strings
            .iter()
            .map(|sym: Sym| self.number(conn, strings.text(sym)))
            .collect()
    }

    /// Words added in a transaction that was rolled back are not there.
    pub(super) fn forget(&mut self) {
        self.known.clear();
    }
}
