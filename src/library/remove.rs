//! Taking rounds out. Files are never touched, and what a person wrote stays.

use super::error::LibraryError;
use super::{Library, RoundId, store};
use rusqlite::TransactionBehavior;

impl Library {
    /// Takes rounds out, all or none. Their files are remembered as removed, so that a watched folder does not bring them back; who imports
    /// them by name gets them back. Gives how many were there.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remove(&mut self, rounds: &[RoundId]) -> Result<usize, LibraryError> {
        let Self { conn, path, .. } = self;
        let done = (|| {
            let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut removed = 0;
            for round in rounds {
                step.prepare_cached("UPDATE file SET state = 'removed' WHERE round = ?1")?
                    .execute([round.0])?;
                let there: bool = step
                    .prepare_cached("SELECT EXISTS (SELECT 1 FROM proximity_round WHERE id = ?1)")?
                    .query_row([round.0], |row| row.get(0))?;
                store::delete_round(&step, round.0)?;
                removed += usize::from(there);
            }
            step.commit()?;
            Ok(removed)
        })();
        done.map_err(|error| LibraryError::of(path, &error))
    }

    /// The rounds of an evening, `YYYY-MM-DD`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn rounds_of_date(&self, date: &str) -> Result<Vec<RoundId>, LibraryError> {
        self.guarded(|library| {
            let sql = "SELECT id FROM proximity_round WHERE session_date = ?1 ORDER BY round_start_unix, stamp_local_s, id";
            let mut find = library.conn.prepare_cached(sql)?;
            find.query_map([date], |row| row.get(0).map(RoundId))?.collect()
        })
    }
}
