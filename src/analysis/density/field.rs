//! Numbers to be drawn: a density per something, spread by a bell.

use super::blur::blurred;
use super::grid::{At, Grid};
use super::{Density, Kind};
use serde::Serialize;
use std::collections::BTreeMap;

/// Per what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Normal {
    /// As counted: seconds, or events.
    Total,
    /// By the number of rounds counted, also those in which nothing happened.
    PerRound,
    /// By the minutes that those whom the filter takes were alive **anywhere**: a sum over cells is their rate. Makes sets of
    /// different length comparable.
    PerMinuteAlive,
    /// By the minutes that those whom the filter takes were alive **in that cell**: how dangerous, or how busy, it is to be there. Only where
    /// that time is at least `fewest_ms`; elsewhere the cell is masked. Not for movement, nor for kills by victim, where who is counted
    /// is not at the place.
    PerMinuteThere {
        /// The least time in a cell, ms.
        fewest_ms: i64,
    },
    /// By the total: cells add up to 1.
    Share,
}

/// What a number of a [`Field`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Seconds alive.
    Seconds,
    /// Events.
    Events,
    /// Seconds alive in a round.
    SecondsPerRound,
    /// Events in a round.
    EventsPerRound,
    /// Seconds in a minute alive.
    SecondsPerMinuteAlive,
    /// Events in a minute alive anywhere.
    EventsPerMinuteAlive,
    /// Events in a minute alive in that cell.
    EventsPerMinuteThere,
    /// Part of the whole, 0 to 1.
    Share,
}

impl Unit {
    /// As it stands behind a number.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Seconds => "s",
            Self::Events => "events",
            Self::SecondsPerRound => "s per round",
            Self::EventsPerRound => "events per round",
            Self::SecondsPerMinuteAlive => "s per minute alive",
            Self::EventsPerMinuteAlive => "events per minute alive",
            Self::EventsPerMinuteThere => "events per minute alive there",
            Self::Share => "of the whole",
        }
    }
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FieldCell {
    /// Column and row.
    pub at: At,
    /// The number; `None` where too little is known to give one.
    pub value: Option<f64>,
}

/// Numbers of cells, all finite.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Edge of a cell, u.
    pub size_u: f32,
    /// What the numbers are.
    pub unit: Unit,
    /// Cells in order of row and column; those that are not listed are 0.
    pub cells: Vec<FieldCell>,
}

impl Field {
    /// The number of a cell; `None` where it is masked.
    pub fn get(&self, (x, y): At) -> Option<f64> {
        let found = self
            .cells
            .binary_search_by_key(&(y, x), |cell| (cell.at.1, cell.at.0));
        found.map_or(Some(0.0), |index| self.cells[index].value)
    }

    /// Sum over all cells that are not masked.
    pub fn total(&self) -> f64 {
        let values = self.cells.iter().filter_map(|cell| cell.value);
        // Not `sum`, which makes -0 of nothing.
        values.fold(0.0, |total, value| total + value)
    }

    /// The largest number; `None` without any.
    pub fn peak(&self) -> Option<f64> {
        let values = self.cells.iter().filter_map(|cell| cell.value);
        values.reduce(f64::max)
    }
}

/// Why there is no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoField {
    /// A rate needs the movement of the same set.
    NeedsPresence,
    /// The movement given is not that of the same rounds, filter and constants.
    PresenceOfOtherSet,
    /// Nobody whom the filter takes was alive as far as the samples tell.
    NoTimeAlive,
    /// This kind cannot be given so.
    NotOfThisKind,
}

impl NoField {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NeedsPresence => "a rate needs the movement of the same rounds",
            Self::PresenceOfOtherSet => "the movement is that of other rounds or another filter",
            Self::NoTimeAlive => "nobody of those asked for was alive, as far as the samples tell",
            Self::NotOfThisKind => "this kind cannot be given per that",
        }
    }
}

/// The numbers of a density per something, spread by a bell of `blur_u` (0 for none). `presence` is the [`Kind::Movement`] of the same rounds
/// with the same filter and constants; only the two rates need it, and movement itself does not. Nothing counted gives no cells.
///
/// A rate per minute there is a quotient of two spread sums, so that a cell takes part by the time spent in it.
/// O(cells · radius of the bell).
///
/// # Errors
/// [`NoField`].
pub fn field(
    density: &Density,
    presence: Option<&Density>,
    normal: Normal,
    blur_u: f32,
) -> Result<Field, NoField> {
    let is_time = density.kind == Kind::Movement;
    let unit = match (normal, is_time) {
        (Normal::Total, true) => Unit::Seconds,
        (Normal::Total, false) => Unit::Events,
        (Normal::PerRound, true) => Unit::SecondsPerRound,
        (Normal::PerRound, false) => Unit::EventsPerRound,
        (Normal::PerMinuteAlive, true) => Unit::SecondsPerMinuteAlive,
        (Normal::PerMinuteAlive, false) => Unit::EventsPerMinuteAlive,
        (Normal::PerMinuteThere { .. }, _) => Unit::EventsPerMinuteThere,
        (Normal::Share, _) => Unit::Share,
    };
    let size_u = density.grid.size_u();
    let of = |cells| Field {
        size_u,
        unit,
        cells,
    };
    if let Normal::PerMinuteThere { fewest_ms } = normal {
        return there(density, presence, fewest_ms, blur_u).map(of);
    }
    if density.grid.is_empty() {
        return Ok(of(Vec::new()));
    }
    // Seconds for time.
    let scale = if is_time { 1e-3 } else { 1.0 };
    let per = match normal {
        Normal::PerRound => f64::from(density.rounds().max(1)),
        Normal::PerMinuteAlive => minutes_alive(density, presence)?,
        Normal::Share => density.grid.total() as f64 * scale,
        Normal::Total | Normal::PerMinuteThere { .. } => 1.0,
    };
    let spread = blurred(&sums(&density.grid), size_u, blur_u);
    let cell = |(at, sum): (At, f64)| FieldCell {
        at,
        value: Some(sum * scale / per),
    };
    Ok(of(spread.into_iter().map(cell).collect()))
}

/// The sums of a grid as numbers to reckon with.
pub(super) fn sums(grid: &Grid) -> Vec<(At, f64)> {
    let cells = grid.cells().iter();
    cells.map(|(at, cell)| (*at, cell.sum as f64)).collect()
}

fn presence_of<'a>(
    density: &'a Density,
    presence: Option<&'a Density>,
) -> Result<&'a Density, NoField> {
    if density.kind == Kind::Movement {
        return Ok(density);
    }
    let presence = presence.ok_or(NoField::NeedsPresence)?;
    let same = presence.kind == Kind::Movement
        && presence.filter == density.filter
        && presence.params == density.params
        && presence.given == density.given
        && presence
            .unavailable
            .iter()
            .map(|(round, _)| round)
            .eq(density.unavailable.iter().map(|(round, _)| round));
    same.then_some(presence).ok_or(NoField::PresenceOfOtherSet)
}

fn minutes_alive(density: &Density, presence: Option<&Density>) -> Result<f64, NoField> {
    let alive_ms = presence_of(density, presence)?.grid.total();
    (alive_ms > 0)
        .then(|| alive_ms as f64 / 60_000.0)
        .ok_or(NoField::NoTimeAlive)
}

fn there(
    density: &Density,
    presence: Option<&Density>,
    fewest_ms: i64,
    blur_u: f32,
) -> Result<Vec<FieldCell>, NoField> {
    if matches!(density.kind, Kind::Movement | Kind::KillsByVictim) {
        return Err(NoField::NotOfThisKind);
    }
    let presence = presence_of(density, presence)?;
    let size_u = density.grid.size_u();
    let by_row = |grid: &Grid| {
        let spread = blurred(&sums(grid), size_u, blur_u);
        spread.into_iter().map(|((x, y), sum)| ((y, x), sum))
    };
    let mut cells: BTreeMap<(i32, i32), (f64, f64)> = BTreeMap::new();
    for (at, events) in by_row(&density.grid) {
        cells.entry(at).or_default().0 = events;
    }
    for (at, alive_ms) in by_row(&presence.grid) {
        cells.entry(at).or_default().1 = alive_ms;
    }
    let fewest_ms = fewest_ms.max(1) as f64;
    let cell = |((y, x), (events, alive_ms)): ((i32, i32), (f64, f64))| FieldCell {
        at: (x, y),
        value: (alive_ms >= fewest_ms).then(|| events * 60_000.0 / alive_ms),
    };
    Ok(cells.into_iter().map(cell).collect())
}
