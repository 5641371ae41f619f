//! Which stats file and which match each round has, as it is written down.

use super::error::LibraryError;
use super::{Library, RoundId};
use crate::analysis::linking::LinkReason;
use rusqlite::Row;

/// What linking and pairing found for one round.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RoundLinks {
    /// The round.
    pub id: RoundId,
    /// The evening, `YYYY-MM-DD`; `None` when it is not known.
    pub date: Option<String>,
    /// Map name as written.
    pub map: String,
    /// Name of its file.
    pub file_name: String,
    /// Number in the match, as it counts.
    pub number: u32,
    /// What file and gametimes said before the match contradicted them; `None` when it did not.
    pub corrected_from: Option<u32>,
    /// Why it has a stats file, or none; `None` before it was worked out.
    pub reason: Option<LinkReason>,
    /// Name of the stats file.
    pub stats_file: Option<String>,
    /// The match, named after its first round; `None` while no partner is known.
    pub match_id: Option<RoundId>,
}

impl Library {
    /// The links of all rounds, by date, then in order of storing.
    ///
    /// # Errors
    /// Those of the database.
    pub fn links(&self) -> Result<Vec<RoundLinks>, LibraryError> {
        self.guarded(|library| {
            let mut find = library.conn.prepare_cached(include_str!("sql/links.sql"))?;
            find.query_map([], links)?.collect()
        })
    }
}

fn links(row: &Row<'_>) -> rusqlite::Result<RoundLinks> {
    let number = row.get("round_number")?;
    let paired: Option<u32> = row.get("paired_number")?;
    let reason: Option<String> = row.get("round_link_reason")?;
    Ok(RoundLinks {
        id: RoundId(row.get("id")?),
        date: row.get("session_date")?,
        map: row.get("map_name")?,
        file_name: row.get("file_name")?,
        number: paired.unwrap_or(number),
        corrected_from: paired.map(|_| number),
        reason: reason.and_then(|code| LinkReason::from_code(&code)),
        stats_file: row.get("stats_file")?,
        match_id: row.get::<_, Option<i64>>("match_id")?.map(RoundId),
    })
}
