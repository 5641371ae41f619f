//! The samples of one life as a BLOB that stands by itself.
//!
//! It is made of columns, because a player's time, place and speed change evenly and the rest hardly ever: about five bytes per sample in
//! rounds recorded every 200 ms, seven at 500 ms. Coordinates and speeds are tenths, as the tracker writes them; a number that is not exactly the
//! single-precision number nearest to a whole number of tenths (such as -0.0) is kept by its bits.
//!
//! # Bytes, version 1
//!
//! | part | bytes |
//! |---|---|
//! | version | 1 |
//! | *n*, the number of samples | varint; when it is 0, only the checksum follows |
//! | `time`, ms | lane ([`super::lane`]) of *n* numbers |
//! | `x`, `y`, `z`, `speed` | a lane of *n* numbers each: tenths of a unit, of a unit per second |
//! | exceptions | varint: how many; for each a varint and 4 bytes (below) |
//! | `health`, `weapon`, `stance`, `sprint` | runs (below) |
//! | names of events | varint: how many; for each a byte: 0 and a text, or the place from 1 on in [`KNOWN_EVENTS`] |
//! | `event` | runs of places in the list of names, from 0 on |
//! | checksum | 4 |
//!
//! A tenth is turned into a number by dividing it by ten in single precision.
//!
//! *Exceptions* replace a tenth of their lanes, which then means nothing, by a single-precision number, lowest byte first. Sample *i* has the
//! places `4 i` (`x`), `4 i + 1` (`y`), `4 i + 2` (`z`) and `4 i + 3` (`speed`). The varint is the distance from the place behind the
//! exception before, for the first one from 0.
//!
//! *Runs* follow each other until they cover *n* samples: a zigzag varint with the value, and a varint with the number of samples after the
//! first that have it too.

mod decode;
mod encode;

pub use decode::{LoosePath, decode_path};
pub use encode::encode_path;

/// The form's version.
const VERSION: u8 = 1;

/// Names of events that trackers write. The list belongs to the form's version: it must not change.
pub const KNOWN_EVENTS: [&str; 13] = [
    "sample",
    "spawn",
    "killed",
    "selfkill",
    "teamkill",
    "fallen",
    "world",
    "round_end",
    "disconnect",
    "death",
    "shutdown",
    "revived",
    "unknown",
];

/// Lanes of a path.
const LANES: usize = 5;
