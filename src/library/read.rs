//! Opening a stored round: from its image and the paths of its lives, never from its file.

use super::error::{Cause, LibraryError};
use super::{Library, RoundId, gametimes, pack, schema};
use crate::model::{ContentHash, Provenance, Round};
use rusqlite::{Connection, OptionalExtension, Result};
use std::path::PathBuf;

impl Library {
    /// The round as it was read from its file.
    ///
    /// # Errors
    /// [`Cause::NotFound`] when there is no such round; [`Cause::Damaged`] when its image is.
    pub fn open_round(&self, id: RoundId) -> std::result::Result<Round, LibraryError> {
        // One moment for all its parts: another program may replace the round in between.
        let found = self.guarded(|library| packed(&*library.conn.unchecked_transaction()?, id))?;
        self.unpacked(id, found)
    }

    /// The round by its own sources, whatever its match says, within a transaction that was begun before.
    pub(super) fn open_alone(&self, id: RoundId) -> std::result::Result<Round, LibraryError> {
        let mut found = self.guarded(|library| packed(&library.conn, id))?;
        if let Some((provenance, ..)) = &mut found {
            provenance.paired_number = None;
        }
        self.unpacked(id, found)
    }

    fn unpacked(
        &self,
        id: RoundId,
        found: Option<Packed>,
    ) -> std::result::Result<Round, LibraryError> {
        let Some((provenance, image, (paths, ends))) = found else {
            let what = format!("there is no round {} in the library", id.0);
            return Err(self.error(Cause::NotFound(what)));
        };
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let paths = starts.zip(&ends).map(|(start, end)| &paths[start..*end]);
        match pack::decode_image(&image, paths) {
            Ok(document) => Ok(Round::build(document, provenance)),
            Err(damaged) => {
                let what = format!("round {} ({}): {damaged}", id.0, provenance.file_name);
                Err(self.error(Cause::Damaged(what)))
            }
        }
    }
}

/// Where a round comes from, its image, and the paths of its lives.
type Packed = (Provenance, Vec<u8>, (Vec<u8>, Vec<usize>));

fn packed(conn: &Connection, id: RoundId) -> Result<Option<Packed>> {
    let Some(provenance) = provenance(conn, id)? else {
        return Ok(None);
    };
    let image: Vec<u8> = conn
        .prepare_cached("SELECT image FROM round_image WHERE round = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    Ok(Some((provenance, image, paths(conn, id)?)))
}

fn provenance(conn: &Connection, id: RoundId) -> Result<Option<Provenance>> {
    let sql = "SELECT file_name, file_path, plain_bytes, was_packed, content_hash, round_end_unix, paired_number FROM proximity_round WHERE id = ?1";
    let found = conn.prepare_cached(sql)?.query_row([id.0], |row| {
        let provenance = Provenance {
            file_name: row.get(0)?,
            path: row.get::<_, Option<String>>(1)?.map(PathBuf::from),
            plain_bytes: row.get::<_, i64>(2)? as u64,
            was_packed: row.get(3)?,
            content_hash: Some(ContentHash(row.get(4)?)),
            gametime_names: Vec::new(),
            paired_number: row.get(6)?,
        };
        Ok((provenance, row.get::<_, i64>(5)?))
    });
    let Some((mut provenance, end_unix)) = found.optional()? else {
        return Ok(None);
    };
    provenance.gametime_names = gametimes::ending_at(conn, end_unix)?;
    Ok(Some(provenance))
}

/// The packed samples of all lives, one behind the other, and where each ends.
fn paths(conn: &Connection, id: RoundId) -> Result<(Vec<u8>, Vec<usize>)> {
    let (first, last) = schema::row_range(id.0);
    let mut find = conn.prepare_cached(
        "SELECT path FROM player_track_row WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    )?;
    let mut rows = find.query([first, last])?;
    let (mut all, mut ends) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        all.extend_from_slice(row.get_ref(0)?.as_blob()?);
        ends.push(all.len());
    }
    Ok((all, ends))
}
