//! A document as JSON or CSV, for other programs.

mod csv;
mod json;

pub use csv::{csv, csv_tables};
pub use json::{header_json, json};

use super::engagement::EngagementRow;
use super::row::{Cell, Decimal};
use super::text::Strings;
use super::track::TrackRow;
use std::io::{self, Write};

/// Writes items with commas between them.
fn separated<T, W: Write>(
    items: impl Iterator<Item = T>,
    out: &mut W,
    mut write: impl FnMut(T, &mut W) -> io::Result<()>,
) -> io::Result<()> {
    for (nth, item) in items.enumerate() {
        if nth > 0 {
            out.write_all(b",")?;
        }
        write(item, out)?;
    }
    Ok(())
}

fn optional(value: Option<i64>) -> Cell {
    value.map_or(Cell::Empty, Cell::Int)
}

/// The columns of an engagement before its lists, without the participants.
fn engagement_cells(row: &EngagementRow) -> [Cell; 21] {
    let real = |value: Decimal<1>| Cell::Real(value.0, 1);
    [
        Cell::Int(row.id),
        Cell::Int(row.start_time),
        optional(row.end_time),
        optional(row.duration),
        Cell::Text(row.target_guid),
        Cell::Text(row.target_name),
        Cell::Text(row.target_team),
        Cell::Text(row.outcome),
        Cell::Int(row.total_damage),
        Cell::Text(row.killer_guid),
        Cell::Text(row.killer_name),
        Cell::Int(row.num_attackers),
        Cell::Flag(row.is_crossfire),
        optional(row.crossfire_delay),
        real(row.start_x),
        real(row.start_y),
        real(row.start_z),
        real(row.end_x),
        real(row.end_y),
        real(row.end_z),
        real(row.distance_traveled),
    ]
}

/// The columns of a life before its path. A death type `unknown` says as little as none and is exported as none.
fn track_cells(row: &TrackRow, strings: &Strings) -> [Cell; 9] {
    [
        Cell::Text(row.guid),
        Cell::Text(row.name),
        Cell::Text(row.team),
        Cell::Text(row.class),
        Cell::Int(row.spawn_time),
        optional(row.death_time),
        optional(row.first_move_time),
        row.death_type
            .filter(|tag| strings.raw(*tag) != b"unknown")
            .map_or(Cell::Empty, Cell::Text),
        Cell::Int(row.declared_samples),
    ]
}
