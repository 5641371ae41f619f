//! The heatmaps in the file, with the columns that the existing database derives from them.
//!
//! Cells of 512 u: cell (x, y) covers `512·x .. 512·(x+1)` and the same for y. Kills are counted for the killer's team at the **victim's**
//! place; the deaths of a team are the other team's kills. Source: `KILL_HEATMAP`, `MOVEMENT_HEATMAP`.
//!
//! Known weakness: self kills are kills of the own team in most versions, and deaths by the world are kills of the Allies up to 4.1.
//! Movement counts samples, not time, and shots at bodies count as combat. O(rows · log rows).

use crate::model::Round;
use serde::Serialize;
use std::collections::BTreeMap;

/// Edge of a cell, u.
pub const CELL_U: f32 = 512.0;

/// A cell of the kill heatmap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KillCell {
    /// Column.
    pub grid_x: i64,
    /// Row.
    pub grid_y: i64,
    /// Kills by the Axis.
    pub axis_kills: i64,
    /// Kills by the Allies.
    pub allies_kills: i64,
    /// Both.
    pub total_kills: i64,
    /// Deaths of the Axis: kills by the Allies.
    pub axis_deaths: i64,
    /// Deaths of the Allies: kills by the Axis.
    pub allies_deaths: i64,
}

/// A cell of the movement heatmap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MovementCell {
    /// Column.
    pub grid_x: i64,
    /// Row.
    pub grid_y: i64,
    /// Samples taken here.
    pub traversal: i64,
    /// Hits taken here.
    pub combat: i64,
    /// Escapes that ended here.
    pub escape: i64,
}

/// Both heatmaps, each in order of column and row; cells that are listed twice are added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileHeatmaps {
    /// Kills and deaths.
    pub kills: Vec<KillCell>,
    /// Movement.
    pub movement: Vec<MovementCell>,
}

/// The heatmaps of one file or, given several rounds of one map, of all of them added up.
pub fn file_heatmaps<'a>(rounds: impl IntoIterator<Item = &'a Round>) -> FileHeatmaps {
    let mut kills: BTreeMap<(i64, i64), KillCell> = BTreeMap::new();
    let mut movement: BTreeMap<(i64, i64), MovementCell> = BTreeMap::new();
    for round in rounds {
        for row in &round.document.tables.kill_heatmap.rows {
            let cell = kills.entry((row.grid_x, row.grid_y)).or_default();
            cell.axis_kills = cell.axis_kills.saturating_add(row.axis_kills);
            cell.allies_kills = cell.allies_kills.saturating_add(row.allies_kills);
        }
        for row in &round.document.tables.movement_heatmap.rows {
            let cell = movement.entry((row.grid_x, row.grid_y)).or_default();
            cell.traversal = cell.traversal.saturating_add(row.traversal);
            cell.combat = cell.combat.saturating_add(row.combat);
            cell.escape = cell.escape.saturating_add(row.escape);
        }
    }
    let kill_cell = |((grid_x, grid_y), cell): ((i64, i64), KillCell)| KillCell {
        grid_x,
        grid_y,
        total_kills: cell.axis_kills.saturating_add(cell.allies_kills),
        axis_deaths: cell.allies_kills,
        allies_deaths: cell.axis_kills,
        ..cell
    };
    let movement_cell = |((grid_x, grid_y), cell): ((i64, i64), MovementCell)| MovementCell {
        grid_x,
        grid_y,
        ..cell
    };
    FileHeatmaps {
        kills: kills.into_iter().map(kill_cell).collect(),
        movement: movement.into_iter().map(movement_cell).collect(),
    }
}
