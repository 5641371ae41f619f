//! A path as text, for people who look into the database with SQL.

use super::{Damaged, LoosePath};
use serde::Serialize;
use std::borrow::Cow;

/// One sample under the names of the file's columns.
#[derive(Serialize)]
struct Point<'a> {
    time: i32,
    x: f32,
    y: f32,
    z: f32,
    health: i32,
    speed: f32,
    weapon: i16,
    stance: i16,
    sprint: i16,
    event: Cow<'a, str>,
}

/// The samples of a path's BLOB as a JSON list of objects:
/// `[{"time":..,"x":..,"y":..,"z":..,"health":..,"speed":..,"weapon":..,"stance":..,"sprint":..,"event":".."}, …]`.
///
/// Times are in ms, places in ET units. JSON has no infinite numbers and no NaN: they are null.
///
/// # Errors
/// [`Damaged`] when the bytes are no path.
pub fn path_json(bytes: &[u8]) -> Result<String, Damaged> {
    let path = LoosePath::decode(bytes)?;
    let points: Vec<Point<'_>> = path
        .iter()
        .map(|(sample, event)| Point {
            time: sample.time_ms,
            x: sample.x,
            y: sample.y,
            z: sample.z,
            health: sample.health,
            speed: sample.speed,
            weapon: sample.weapon,
            stance: sample.stance,
            sprint: sample.sprint,
            event: String::from_utf8_lossy(event),
        })
        .collect();
    serde_json::to_string(&points).map_err(|_| Damaged("its samples cannot be shown"))
}
