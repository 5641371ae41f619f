//! Names of gametime files: a second module writes one when a round ends, and its name, `gametime-<map>-R<n>-<unix>.json`, tells the
//! round's number better than the round file does.

use super::error::LibraryError;
use super::store::tag;
use super::{Library, RoundId, link};
use rusqlite::Result;

impl Library {
    /// Remembers names, and corrects the numbers of stored rounds that they are about. Gives whether a number changed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_gametimes<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> std::result::Result<bool, LibraryError> {
        let mut concerned: Vec<RoundId> = Vec::new();
        for name in names {
            let Some(end) = ended_unix(name) else {
                continue;
            };
            let found: Vec<i64> = self.guarded(|library| {
                let sql = "INSERT INTO gametime (name, ended_unix) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
                if library.conn.prepare_cached(sql)?.execute((name, end))? == 0 {
                    return Ok(Vec::new());
                }
                let sql = "SELECT id FROM proximity_round WHERE round_end_unix = ?1";
                library.conn.prepare_cached(sql)?.query_map([end], |row| row.get(0))?.collect::<Result<_>>()
            })?;
            concerned.extend(found.into_iter().map(RoundId));
        }
        let mut has_changed = false;
        for id in concerned {
            has_changed |= self.number_anew(id)?;
        }
        Ok(has_changed)
    }

    fn number_anew(&mut self, id: RoundId) -> std::result::Result<bool, LibraryError> {
        // What its own sources say, whatever the match does.
        let number = self
            .open_with(id, |provenance| provenance.paired_number = None)?
            .number;
        self.guarded(|library| {
            let sql = "UPDATE proximity_round SET round_number = ?2, round_number_source = ?3, round_number_disputed = ?4, \
                       claimed_number = ?5 WHERE id = ?1 AND (round_number <> ?2 OR round_number_source <> ?3)";
            let claimed = number.candidates.first().map(|(_, claimed)| *claimed);
            let values = (id.0, number.value, tag(&number.source), number.is_disputed(), claimed);
            let step = library.conn.unchecked_transaction()?;
            let changed = step.execute(sql, values)? > 0;
            if changed {
                link::note_round(&step, id.0)?;
            }
            step.commit()?;
            Ok(changed)
        })
    }
}

/// The end of the round a name is about, seconds since 1970.
fn ended_unix(name: &str) -> Option<i64> {
    let rest = name.strip_prefix("gametime-")?.strip_suffix(".json")?;
    rest.rsplit_once('-')?.1.parse().ok()
}
