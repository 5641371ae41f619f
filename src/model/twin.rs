//! Telling that two files are the same round.
//!
//! A tracker that crashed while writing wrote the round again seconds later: two files with different names, equal up to the header's
//! end time, both cut. A rewritten or re-downloaded file may be complete where an earlier copy was not.

use crate::format::Document;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// What two files of one round share, however they end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// Map, lower case.
    pub map: String,
    /// Seconds since 1970; 0 when the file does not say.
    pub start_unix: i64,
    /// Hash over the first engagements (id, times, target, outcome) and, without any, the first lives. Files of a version without start
    /// time are told apart by it alone.
    pub opening: u64,
}

/// Enough to tell rounds apart, and complete in every file that is cut behind them.
const ROWS_IN_OPENING: usize = 12;

impl Fingerprint {
    pub(crate) fn of(document: &Document) -> Self {
        let mut hasher = FxHasher::default();
        let strings = &document.strings;
        for row in document.engagements.table.rows.iter().take(ROWS_IN_OPENING) {
            hasher.write_i64(row.id);
            hasher.write_i64(row.start_time);
            hasher.write_i64(row.end_time.unwrap_or(0));
            hasher.write(strings.raw(row.target_guid));
            hasher.write(strings.raw(row.outcome));
        }
        if document.engagements.table.rows.is_empty() {
            for life in document.tracks.rows.iter().take(ROWS_IN_OPENING) {
                hasher.write_i64(life.spawn_time);
                hasher.write(strings.raw(life.guid));
                hasher.write(strings.raw(life.name));
            }
        }
        Self {
            map: document
                .header
                .map
                .as_deref()
                .unwrap_or_default()
                .to_lowercase(),
            start_unix: document.header.round_start_unix.unwrap_or(0),
            opening: hasher.finish(),
        }
    }
}
