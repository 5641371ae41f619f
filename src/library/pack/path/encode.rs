//! Samples to bytes.

use super::{KNOWN_EVENTS, LANES, VERSION};
use crate::format::columnar::tenths;
use crate::format::{Samples, Strings};
use crate::library::pack::bytes::{put_signed, put_text, put_varint, seal};
use crate::library::pack::lane;
use std::ops::Range;

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
        if let Some(known) = known {
            out.push(known as u8 + 1);
        } else {
            out.push(0);
            put_text(name, out);
        }
    }
    for run in column.chunk_by(|a, b| a == b) {
        put_signed(places[usize::from(run[0])].unwrap_or_default().into(), out);
        put_varint(run.len() as u64 - 1, out);
    }
}
