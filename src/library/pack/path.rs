//! The samples of one life as a BLOB that stands by itself.
//!
//! It is made of columns, because a player's time, place and speed change evenly and the rest hardly ever: about five bytes per sample in
//! real rounds. Coordinates and speeds are tenths, as the tracker writes them; a number that is not exactly the single-precision number nearest to a whole number of
//! tenths (such as -0.0) is kept by its bits.
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
//! *Exceptions* replace a tenth of their lanes, which then means nothing, by a single-precision number, lowest byte first. Sample *i* has the places `4 i` (`x`), `4 i + 1`
//! (`y`), `4 i + 2` (`z`) and `4 i + 3` (`speed`). The varint is the distance from the place behind the exception before, for the first one from 0.
//!
//! *Runs* follow each other until they cover *n* samples: a zigzag varint with the value, and a varint with the number of samples after the first that
//! have it too.

use super::Damaged;
use super::bytes::{Cursor, put_signed, put_text, put_varint, seal};
use super::lane;
use crate::format::columnar::{from_tenths, tenths};
use crate::format::{Sample, Samples, Span, Strings};
use std::ops::Range;

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

/// Appends the samples `range` as one BLOB.
///
/// # Panics
/// When `range` reaches beyond the samples.
pub fn encode_path(samples: &Samples, strings: &Strings, range: Range<usize>, out: &mut Vec<u8>) {
    let start = out.len();
    out.push(VERSION);
    put_varint(range.len() as u64, out);
    if !range.is_empty() {
        let mut numbers: Vec<i64> = Vec::with_capacity(range.len());
        numbers.extend(samples.time_ms[range.clone()].iter().map(|t| i64::from(*t)));
        lane::put(&numbers, out);
        let mut exceptions = Vec::new();
        for (nth, column) in reals(samples).into_iter().enumerate() {
            let column = &column[range.clone()];
            put_tenths(column, nth, &mut numbers, &mut exceptions, out);
        }
        put_exceptions(exceptions, out);
        put_runs(&samples.health[range.clone()], out);
        put_runs(&samples.weapon[range.clone()], out);
        put_runs(&samples.stance[range.clone()], out);
        put_runs(&samples.sprint[range.clone()], out);
        put_events(samples, strings, range, out);
    }
    seal(out, start);
}

/// The columns of tenths, in the order of their lanes.
fn reals(samples: &Samples) -> [&[f32]; LANES - 1] {
    [&samples.x, &samples.y, &samples.z, &samples.speed]
}

/// A column as a lane; what is no tenth goes to `exceptions` with its place.
fn put_tenths(
    column: &[f32],
    nth: usize,
    numbers: &mut Vec<i64>,
    exceptions: &mut Vec<(usize, f32)>,
    out: &mut Vec<u8>,
) {
    numbers.clear();
    let mut are_exact = true;
    numbers.extend(column.iter().map(|value| {
        let (tenths, is_exact) = tenths(*value);
        are_exact &= is_exact;
        i64::from(tenths)
    }));
    if !are_exact {
        take_exceptions(column, nth, numbers, exceptions);
    }
    lane::put(numbers, out);
}

/// Notes what is no tenth, and puts the number before in its place.
#[cold]
fn take_exceptions(
    column: &[f32],
    nth: usize,
    numbers: &mut [i64],
    exceptions: &mut Vec<(usize, f32)>,
) {
    let mut before = 0;
    for (index, (value, number)) in column.iter().zip(numbers).enumerate() {
        if tenths(*value).1 {
            before = *number;
        } else {
            *number = before;
            exceptions.push((index * (LANES - 1) + nth, *value));
        }
    }
}

fn put_exceptions(mut exceptions: Vec<(usize, f32)>, out: &mut Vec<u8>) {
    exceptions.sort_unstable_by_key(|(place, _)| *place);
    put_varint(exceptions.len() as u64, out);
    let mut next = 0;
    for (place, value) in exceptions {
        put_varint((place - next) as u64, out);
        out.extend_from_slice(&value.to_le_bytes());
        next = place + 1;
    }
}

fn put_runs<T: Copy + PartialEq + Into<i64>>(column: &[T], out: &mut Vec<u8>) {
    for run in column.chunk_by(|a, b| a == b) {
        put_signed(run[0].into(), out);
        put_varint(run.len() as u64 - 1, out);
    }
}

fn put_events(samples: &Samples, strings: &Strings, range: Range<usize>, out: &mut Vec<u8>) {
    let column = &samples.event[range];
    let mut places = [None::<u8>; 256];
    let mut met = Vec::new();
    for run in column.chunk_by(|a, b| a == b) {
        let place = &mut places[usize::from(run[0])];
        if place.is_none() {
            *place = Some(met.len() as u8);
            met.push(run[0]);
        }
    }
    put_varint(met.len() as u64, out);
    for event in met {
        let name = strings.raw(samples.event_names[usize::from(event)]);
        let known = KNOWN_EVENTS
            .iter()
            .position(|known| known.as_bytes() == name);
        match known {
            Some(known) => out.push(known as u8 + 1),
            None => {
                out.push(0);
                put_text(name, out);
            }
        }
    }
    for run in column.chunk_by(|a, b| a == b) {
        put_signed(places[usize::from(run[0])].unwrap_or_default().into(), out);
        put_varint(run.len() as u64 - 1, out);
    }
}

/// Appends the samples of a BLOB to `samples`, whose names of events grow where it has new ones. Gives where they stand.
///
/// # Errors
/// [`Damaged`] when the bytes are not what [`encode_path`] makes, or the file would have too many names of events; no sample is
/// appended then.
pub fn decode_path(
    bytes: &[u8],
    samples: &mut Samples,
    strings: &mut Strings,
) -> Result<Span, Damaged> {
    let start = samples.len();
    let unpacked = unpack(bytes, samples).and_then(|names| {
        let mut codes = Vec::with_capacity(names.len());
        for name in names {
            let code = samples.event_code(name, strings);
            codes.push(code.ok_or(Damaged("it has too many names of events"))?);
        }
        for event in &mut samples.event[start..] {
            *event = codes[usize::from(*event)];
        }
        u32::try_from(samples.len()).map_err(|_| Damaged("it has too many samples"))
    });
    if let Err(damaged) = unpacked {
        truncate(samples, start);
        return Err(damaged);
    }
    Ok(Span {
        start: start as u32,
        len: (samples.len() - start) as u32,
    })
}

/// A path that belongs to no document.
#[derive(Clone, Debug, Default)]
pub struct LoosePath<'a> {
    samples: Samples,
    event_names: Vec<&'a [u8]>,
}

impl<'a> LoosePath<'a> {
    /// Unpacks a BLOB.
    ///
    /// # Errors
    /// [`Damaged`] when the bytes are not what [`encode_path`] makes.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, Damaged> {
        let mut samples = Samples::default();
        let event_names = unpack(bytes, &mut samples)?;
        Ok(Self {
            samples,
            event_names,
        })
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// The samples in order, with the names of their events as bytes; the samples' own `event` is an index into these names, not into
    /// those of a document.
    pub fn iter(&self) -> impl Iterator<Item = (Sample, &'a [u8])> {
        (0..self.len()).map(|index| {
            let sample = self.samples.get(index);
            (sample, self.event_names[usize::from(sample.event)])
        })
    }
}

fn truncate(samples: &mut Samples, count: usize) {
    samples.time_ms.truncate(count);
    samples.x.truncate(count);
    samples.y.truncate(count);
    samples.z.truncate(count);
    samples.health.truncate(count);
    samples.speed.truncate(count);
    samples.weapon.truncate(count);
    samples.stance.truncate(count);
    samples.sprint.truncate(count);
    samples.event.truncate(count);
}

/// Appends the samples; their events are places in the list of names, which is given back and has every one of them. After an error
/// the columns may be of different lengths.
fn unpack<'a>(bytes: &'a [u8], samples: &mut Samples) -> Result<Vec<&'a [u8]>, Damaged> {
    let mut cursor = Cursor::open(bytes, VERSION)?;
    let count: usize = cursor.number()?;
    if lane::fewest_bytes(count).saturating_mul(LANES) > cursor.len() {
        return Err(Damaged("it says that more samples follow than there are"));
    }
    let mut names = Vec::new();
    if count > 0 {
        let start = samples.len();
        let mut numbers = Vec::with_capacity(count);
        lane::read(&mut cursor, count, &mut numbers)?;
        let is_time = |number: &i64| i32::try_from(*number).is_ok();
        if !numbers.iter().all(is_time) {
            return Err(Damaged("a time is too large"));
        }
        samples.time_ms.extend(numbers.iter().map(|t| *t as i32));
        for column in [
            &mut samples.x,
            &mut samples.y,
            &mut samples.z,
            &mut samples.speed,
        ] {
            lane::read(&mut cursor, count, &mut numbers)?;
            column.extend(numbers.iter().map(|tenths| from_tenths(*tenths as i32)));
        }
        read_exceptions(&mut cursor, samples, start)?;
        read_runs(&mut cursor, count, &mut samples.health)?;
        read_runs(&mut cursor, count, &mut samples.weapon)?;
        read_runs(&mut cursor, count, &mut samples.stance)?;
        read_runs(&mut cursor, count, &mut samples.sprint)?;
        names = read_names(&mut cursor)?;
        read_runs(&mut cursor, count, &mut samples.event)?;
        let is_named = |event: &u8| usize::from(*event) < names.len();
        if !samples.event[start..].iter().all(is_named) {
            return Err(Damaged("an event has no name"));
        }
    }
    cursor.finish()?;
    Ok(names)
}

fn read_exceptions(
    cursor: &mut Cursor<'_>,
    samples: &mut Samples,
    start: usize,
) -> Result<(), Damaged> {
    let mut next = 0_usize;
    for _ in 0..cursor.count(5)? {
        let place = next.checked_add(cursor.number()?);
        let place = place.ok_or(Damaged("an exception has no sample"))?;
        let value = f32::from_le_bytes(cursor.array()?);
        let column = match place % (LANES - 1) {
            0 => &mut samples.x,
            1 => &mut samples.y,
            2 => &mut samples.z,
            _ => &mut samples.speed,
        };
        let slot = column.get_mut(start + place / (LANES - 1));
        *slot.ok_or(Damaged("an exception has no sample"))? = value;
        next = place + 1;
    }
    Ok(())
}

fn read_runs<T: Copy + TryFrom<i64>>(
    cursor: &mut Cursor<'_>,
    count: usize,
    column: &mut Vec<T>,
) -> Result<(), Damaged> {
    let mut left = count;
    while left > 0 {
        let value = T::try_from(cursor.signed()?);
        let value = value.map_err(|_| Damaged("a value is too large"))?;
        let more: usize = cursor.number()?;
        if more >= left {
            return Err(Damaged("a value lasts longer than the path"));
        }
        column.extend(std::iter::repeat_n(value, more + 1));
        left -= more + 1;
    }
    Ok(())
}

fn read_names<'a>(cursor: &mut Cursor<'a>) -> Result<Vec<&'a [u8]>, Damaged> {
    let count = cursor.count(1)?;
    let mut names = Vec::with_capacity(count.min(256));
    for _ in 0..count {
        names.push(match cursor.byte()? {
            0 => cursor.text()?,
            known => match KNOWN_EVENTS.get(usize::from(known) - 1) {
                Some(name) => name.as_bytes(),
                None => return Err(Damaged("an event is not known")),
            },
        });
    }
    Ok(names)
}
