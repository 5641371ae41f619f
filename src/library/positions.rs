//! Where the target of an engagement was, as one small BLOB.
//!
//! The rows of `combat_engagement` keep it for queries ([`super::functions`]: `path_json`); the exact list is in the round's image. One kind
//! byte [`KIND`], then per position: time as the difference to the one before, x, y, z in tenths of a unit as differences, each a zigzag
//! varint, and a byte for the event: 0 … 5 for those of [`EVENTS`], 255 with a length byte and the text for any other.

use crate::format::engagement::EngagementPosition;
use crate::format::{Strings, Sym};
use std::fmt::Write as _;

/// First byte; the paths of lives begin with another.
pub(super) const KIND: u8 = 0xE0;

const EVENTS: [&[u8]; 6] = [
    b"start",
    b"hit",
    b"sample",
    b"death",
    b"escape",
    b"round_end",
];
const OTHER_EVENT: u8 = 255;

/// The positions as a BLOB; empty for none.
pub(super) fn encode(positions: &[EngagementPosition], strings: &Strings) -> Vec<u8> {
    let mut out = Vec::with_capacity(positions.len() * 9 + 1);
    if positions.is_empty() {
        return out;
    }
    out.push(KIND);
    let mut before = [0_i64; 4];
    for at in positions {
        let now = [at.time, tenths(at.x), tenths(at.y), tenths(at.z)];
        for (now, before) in now.iter().zip(&before) {
            put_varint(&mut out, now.wrapping_sub(*before));
        }
        before = now;
        put_event(&mut out, at.event, strings);
    }
    out
}

/// A coordinate beyond all maps is cut: queries need no more, and the image has it.
fn tenths(value: f32) -> i64 {
    (f64::from(value) * 10.0).round() as i64
}

fn put_varint(out: &mut Vec<u8>, value: i64) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn put_event(out: &mut Vec<u8>, event: Sym, strings: &Strings) {
    let raw = strings.raw(event);
    if let Some(code) = EVENTS.iter().position(|known| *known == raw) {
        out.push(code as u8);
        return;
    }
    let text = strings.text(event).as_bytes();
    let text = &text[..text.len().min(255)];
    out.extend([OTHER_EVENT, text.len() as u8]);
    out.extend_from_slice(text);
}

/// `[{"time", "x", "y", "z", "event"}]` of a BLOB; `None` when it is none of ours.
pub(super) fn json(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes.strip_prefix(&[KIND])?;
    let mut out = String::from("[");
    let mut now = [0_i64; 4];
    while !rest.is_empty() {
        for value in &mut now {
            *value = value.wrapping_add(take_varint(&mut rest)?);
        }
        let event = take_event(&mut rest)?;
        let comma = if out.len() > 1 { "," } else { "" };
        let [time, x, y, z] = now;
        let [x, y, z] = [x, y, z].map(|tenths| tenths as f64 / 10.0);
        let event = serde_json::to_string(&event).ok()?;
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "{comma}{{\"time\":{time},\"x\":{x},\"y\":{y},\"z\":{z},\"event\":{event}}}"
        );
    }
    out.push(']');
    Some(out)
}

fn take_varint(rest: &mut &[u8]) -> Option<i64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((value >> 1) as i64 ^ -((value & 1) as i64));
        }
    }
    None
}

fn take_event(rest: &mut &[u8]) -> Option<String> {
    let (code, behind) = rest.split_first()?;
    *rest = behind;
    let text = if *code == OTHER_EVENT {
        let (length, behind) = rest.split_first()?;
        let (text, behind) = behind.split_at_checked(usize::from(*length))?;
        *rest = behind;
        text
    } else {
        EVENTS.get(usize::from(*code)).copied()?
    };
    Some(String::from_utf8_lossy(text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_as_json() {
        let mut strings = Strings::default();
        let mut at = |time, x, event: &[u8]| EngagementPosition {
            time,
            x,
            y: -0.5,
            z: 65_536.0,
            event: strings.intern(event),
        };
        let positions = [at(15_650, -2573.0, b"start"), at(15_700, 12.3, b"gone")];
        let blob = encode(&positions, &strings);
        let expected = concat!(
            r#"[{"time":15650,"x":-2573,"y":-0.5,"z":65536,"event":"start"},"#,
            r#"{"time":15700,"x":12.3,"y":-0.5,"z":65536,"event":"gone"}]"#
        );
        assert_eq!(json(&blob).as_deref(), Some(expected));
        assert!(encode(&[], &strings).is_empty());
        for length in 1..blob.len() {
            // Cut anywhere it is an error, or the positions before.
            let cut = json(&blob[..length]);
            assert!(cut.is_none_or(
                |text| text == "[]" || expected.starts_with(text.trim_end_matches(']'))
            ));
        }
    }
}
