//! The stored rounds as lists show them: one small value per round, without its rows and samples.

use super::RoundId;
use crate::model::{ContentHash, NumberSource};
use std::path::PathBuf;

/// One stored round.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Entry {
    /// Names it in this library.
    pub id: RoundId,
    /// Names it everywhere.
    #[serde(serialize_with = "as_text")]
    pub hash: ContentHash,
    /// The file's name without folders.
    pub file_name: String,
    /// Where the file was when it was imported.
    pub path: Option<PathBuf>,
    /// Map name as written; empty when the header has none.
    pub map: String,
    /// 1 or 2 in the match.
    pub number: u32,
    /// Where that comes from.
    pub number_source: NumberSource,
    /// The sources of the number contradict each other.
    pub is_number_disputed: bool,
    /// The evening, `YYYY-MM-DD`; `None` when neither header nor file name tells a time.
    pub date: Option<String>,
    /// Seconds since 1970 (UTC) at the start; `None` when not known.
    pub start_unix: Option<i64>,
    /// The server's local time at the start as text, `HH:MM`; `None` when not known. From the file stamp where the header has no times.
    pub local_time: Option<String>,
    /// Length on the round's clock, ms.
    pub length_ms: i64,
    /// Tracker version as detected.
    pub version: String,
    /// Cadence, ms: measured, else declared, else assumed.
    pub cadence_ms: i64,
    /// Plain names (without colour codes) of the players, bots included.
    pub players: Vec<String>,
    /// How many of them are bots.
    pub bots: u32,
    /// `OBJECTIVE_FOCUS` has rows.
    pub has_objective_focus: bool,
    /// Deaths caused by enemies.
    pub kills: u32,
    /// Problems of severity error.
    pub errors: u64,
    /// Problems of severity warning.
    pub warnings: u64,
    /// The file ends too early.
    pub is_cut: bool,
    /// Rounds with the same number here are round 1 and round 2 of one match; `None` while no partner is known. It is the id of the
    /// match's first round.
    pub match_id: Option<RoundId>,
    /// A stats file was found for the round.
    pub is_linked: bool,
    /// What a person attached to it.
    pub tags: Vec<String>,
}

/// A hash in hexadecimal.
fn as_text<S: serde::Serializer>(hash: &ContentHash, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(hash)
}
