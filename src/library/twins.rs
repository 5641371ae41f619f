//! Telling which of several files of one round is the best, and which stored rounds are the same as a new one.
//!
//! A tracker that crashed while writing wrote the round again, a copy may have been fetched half, a file may have been written anew. The
//! best copy is stored whatever the order in which they come.

use super::prepare::Prepared;
use crate::model::{ContentHash, Stamp};
use rusqlite::{Connection, Result};
use std::cmp::Reverse;

/// How good a copy is: the greater the better. The order of the fields is the order of what counts: whole before cut, more rows, more
/// bytes, written earlier (the second copy of a crashed tracker knows nothing more), and then something that decides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Copy {
    is_whole: bool,
    rows: i64,
    plain_bytes: i64,
    stamp_local_s: Reverse<i64>,
    hash: ContentHash,
}

impl Copy {
    pub(super) fn of(prepared: &Prepared) -> Self {
        let provenance = &prepared.round.provenance;
        let stamp = Stamp::of(&provenance.file_name).map(|stamp| stamp.local_seconds);
        Self {
            is_whole: !prepared.summary.is_cut,
            rows: prepared.summary.rows,
            plain_bytes: provenance.plain_bytes as i64,
            stamp_local_s: Reverse(stamp.unwrap_or(i64::MAX)),
            hash: prepared.hash,
        }
    }
}

/// A stored round that is the same round as a new one.
#[derive(Debug)]
pub(super) struct Twin {
    pub(super) id: i64,
    pub(super) file_name: String,
    pub(super) copy: Copy,
}

/// Stored rounds that are the same round as `prepared`: the same map and the same start second, and either the same first engagements or
/// at least half of the players in common; where the start is not known, the same first engagements.
pub(super) fn twins_of(conn: &Connection, prepared: &Prepared) -> Result<Vec<Twin>> {
    let (round, print) = (&prepared.round, &prepared.round.fingerprint);
    if round.lives().is_empty() && round.document.engagements.table.rows.is_empty() {
        // Nothing happened in it, so nothing tells it from another.
        return Ok(Vec::new());
    }
    let names: Vec<&str> = prepared.summary.player_names.lines().collect();
    let sql = "SELECT id, file_name, is_cut, row_count, plain_bytes, stamp_local_s, content_hash, opening_hash, player_names \
               FROM proximity_round WHERE map_name = ?1 COLLATE NOCASE AND round_start_unix = ?2";
    let mut find = conn.prepare_cached(sql)?;
    let mut rows = find.query((&print.map, print.start_unix))?;
    let mut twins = Vec::new();
    while let Some(row) = rows.next()? {
        let same_opening = row.get::<_, i64>(7)? == print.opening as i64;
        let others = row.get_ref(8)?.as_str()?.lines();
        if !same_opening && (print.start_unix == 0 || !have_company(&names, others)) {
            continue;
        }
        twins.push(Twin {
            id: row.get(0)?,
            file_name: row.get(1)?,
            copy: Copy {
                is_whole: !row.get::<_, bool>(2)?,
                rows: row.get(3)?,
                plain_bytes: row.get(4)?,
                stamp_local_s: Reverse(row.get::<_, Option<i64>>(5)?.unwrap_or(i64::MAX)),
                hash: ContentHash(row.get(6)?),
            },
        });
    }
    Ok(twins)
}

/// Whether at least half of the smaller of two lists of names stand in the other; an empty one proves nothing.
fn have_company<'a>(ours: &[&str], theirs: impl Iterator<Item = &'a str>) -> bool {
    let theirs: Vec<&str> = theirs.collect();
    let common = ours.iter().filter(|name| theirs.contains(name)).count();
    let smaller = ours.len().min(theirs.len());
    smaller > 0 && common * 2 >= smaller
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(is_whole: bool, rows: i64, bytes: i64, stamp: i64, hash: u8) -> Copy {
        Copy {
            is_whole,
            rows,
            plain_bytes: bytes,
            stamp_local_s: Reverse(stamp),
            hash: ContentHash([hash; 32]),
        }
    }

    #[test]
    fn what_makes_a_copy_better() {
        let cut = copy(false, 900, 9000, 10, 1);
        let better = [
            copy(true, 100, 1000, 20, 0),
            copy(false, 901, 1000, 20, 0),
            copy(false, 900, 9001, 20, 0),
            copy(false, 900, 9000, 9, 0),
            copy(false, 900, 9000, 10, 2),
        ];
        for better in better {
            assert!(better > cut, "{better:?}");
        }
    }

    #[test]
    fn company() {
        assert!(have_company(&["a", "b", "c"], ["c", "b"].into_iter()));
        assert!(have_company(&["a", "b"], ["b", "x", "y"].into_iter()));
        assert!(!have_company(&["a", "b", "c"], ["c", "x", "y"].into_iter()));
        assert!(!have_company(&[], ["a"].into_iter()));
    }
}
