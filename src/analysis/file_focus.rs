//! Objective focus as the file gives it.
//!
//! One row per GUID: the objective he was nearest to most often, his mean distance in three dimensions to the nearest one over all
//! samples, and the time within 500 u. Source: `OBJECTIVE_FOCUS`, which exists only for maps whose objectives the tracker knows.
//!
//! Known weakness: the time is samples within the radius times the declared interval; the mean is over the whole round, also while he
//! walked home from the spawn; bots without GUID share one row. O(rows).

use crate::model::{PlayerId, Round, Team};
use serde::Serialize;

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileFocus {
    /// Who, if the round knows him.
    pub player: Option<PlayerId>,
    /// His GUID.
    pub guid: String,
    /// His name.
    pub name: String,
    /// `AXIS` or `ALLIES`.
    pub team: Option<&'static str>,
    /// The objective he was nearest to most often.
    pub objective: String,
    /// Mean distance to the nearest objective, u.
    pub mean_distance_u: Option<f64>,
    /// Time within 500 u of any, ms.
    pub inside_ms: i64,
    /// Samples behind the row.
    pub samples: i64,
}

/// The rows in file order.
pub fn file_focus(round: &Round) -> Vec<FileFocus> {
    let rows = round.document.tables.objective_focus.rows.iter();
    rows.map(|row| FileFocus {
        player: round.players.find(row.guid, row.name),
        guid: round.text(row.guid).to_owned(),
        name: round.text(row.name).to_owned(),
        team: Team::from_tag(round.text(row.team)).map(Team::tag),
        objective: round.text(row.objective).to_owned(),
        mean_distance_u: row.avg_distance.get(),
        inside_ms: row.time_within_radius_ms,
        samples: row.samples,
    })
    .collect()
}
