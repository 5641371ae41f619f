//! Names of gametime files: a second module writes one when a round ends, and its name, `gametime-<map>-R<n>-<unix>.json`, tells the
//! round's number better than the round file does.

use super::error::LibraryError;
use super::store::tag;
use super::{Library, RoundId, link};
use rusqlite::{Connection, Result};

impl Library {
    /// Remembers names, and corrects the numbers of stored rounds that they are about. Gives whether a number changed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_gametimes<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> std::result::Result<bool, LibraryError> {
        // All or nothing: a name that is known already is not looked at again.
        let step = self.begin()?;
        let mut concerned: Vec<RoundId> = Vec::new();
        for name in names {
            if let Some(end) = ended_unix(name) {
                concerned.extend(self.guarded(|_| remember(&step, name, end))?);
            }
        }
        let mut has_changed = false;
        for id in concerned {
            has_changed |= self.number_anew(id)?;
        }
        self.guarded(|_| step.commit())?;
        Ok(has_changed)
    }

    fn number_anew(&self, id: RoundId) -> std::result::Result<bool, LibraryError> {
        let number = self.open_alone(id)?.number;
        self.guarded(|library| {
            let sql = "UPDATE proximity_round SET round_number = ?2, round_number_source = ?3, round_number_disputed = ?4, \
                       claimed_number = ?5 WHERE id = ?1 AND (round_number <> ?2 OR round_number_source <> ?3)";
            let claimed = number.candidates.first().map(|(_, claimed)| *claimed);
            let values = (id.0, number.value, tag(&number.source), number.is_disputed(), claimed);
            let has_changed = library.conn.execute(sql, values)? > 0;
            if has_changed {
                link::note_round(&library.conn, id.0)?;
            }
            Ok(has_changed)
        })
    }
}

/// Writes a name down and gives the rounds it is about; none when it was known.
fn remember(conn: &Connection, name: &str, end_unix: i64) -> Result<Vec<RoundId>> {
    let sql = "INSERT INTO gametime (name, ended_unix) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    if conn.prepare_cached(sql)?.execute((name, end_unix))? == 0 {
        return Ok(Vec::new());
    }
    let mut find =
        conn.prepare_cached("SELECT id FROM proximity_round WHERE round_end_unix = ?1")?;
    find.query_map([end_unix], |row| row.get(0).map(RoundId))?
        .collect()
}

/// The known names about rounds that ended in a second since 1970; 0 is no time.
pub(super) fn ending_at(conn: &Connection, end_unix: i64) -> Result<Vec<String>> {
    if end_unix <= 0 {
        return Ok(Vec::new());
    }
    let mut names =
        conn.prepare_cached("SELECT name FROM gametime WHERE ended_unix = ?1 ORDER BY name")?;
    names.query_map([end_unix], |row| row.get(0))?.collect()
}

/// The end of the round a name is about, seconds since 1970.
fn ended_unix(name: &str) -> Option<i64> {
    let rest = name.strip_prefix("gametime-")?.strip_suffix(".json")?;
    rest.rsplit_once('-')?.1.parse().ok()
}
