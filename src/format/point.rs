//! A point of a path as nearly all are written, with all its numbers read at the same time.
//!
//! `time,x,y,z,health,speed,weapon,stance,sprint,sample|`: once the commas are known, the digits of each number are put at the end of eight
//! bytes, two numbers fill a vector, and one multiplication after the other joins neighbours: digits to pairs, pairs to fours, fours
//! to the number. Whatever is not written so is left to a slower reader.

use super::marks::{self, Places};
use super::number::{self, WINDOW};
use super::swar;
use super::track::{Sample, Samples};
use bytemuck::cast;
use wide::{f32x4, i16x8, i32x4, i32x8, u8x16, u16x8};

/// The point at the start of the window and its length, with the separator behind it. `None` when it is written in another way, is no
/// ordinary sample, or is the last of its path.
#[inline]
pub(super) fn usual_point(window: &[u8; WINDOW]) -> Option<(Sample, usize)> {
    let block = window.first_chunk()?;
    let mut commas = Places(marks::places(block, b','));
    let ends: [usize; 7] = std::array::from_fn(|_| commas.next());
    let text = |nth: usize, fewest, most| {
        Number::between(window, ends[nth - 1] + 1, ends[nth], fewest, most)
    };
    let time = Number::between(window, 0, ends[0], 1, 7)?;
    let health = text(4, 1, 7)?;
    // Five digits, the point and the tenth: so many an `f32` holds exactly.
    let (x, y, z, speed) = (
        text(1, 3, 7)?,
        text(2, 3, 7)?,
        text(3, 3, 7)?,
        text(5, 3, 7)?,
    );
    let weapon = number::int_between(window, ends[5] + 1, ends[6])?;
    let at = ends[6] + 1;
    let [stance, sprint] = number::two_digits_before_sample(window, at)?;

    let whole = pair(time, health);
    let decimals = [pair(x, y) ^ POINTS, pair(z, speed) ^ POINTS];
    let is_plain = is_at_most(whole, u8x16::splat(9))
        & is_at_most(decimals[0], DECIMAL_LIMITS)
        & is_at_most(decimals[1], DECIMAL_LIMITS);
    if is_plain.to_bitmask() != 0xffff {
        return None;
    }
    let whole = fours(whole, i16x8::new([100, 1, 100, 1, 100, 1, 100, 1]));
    let whole = joined([whole; 2], 10_000).to_array();
    let weights = i16x8::new([100, 1, 10, 1, 100, 1, 10, 1]);
    let tenths = joined(decimals.map(|pair| fours(pair, weights)), 1000);
    // Both are whole numbers that an `f32` holds exactly, so their quotient is the nearest one to the decimal.
    let reals = (f32x4::from_i32x4(tenths) / f32x4::splat(10.0)).to_array();
    let point = Sample {
        time_ms: signed(whole[0], time),
        x: signed_real(reals[0], x),
        y: signed_real(reals[1], y),
        z: signed_real(reals[2], z),
        health: signed(whole[1], health),
        speed: signed_real(reals[3], speed),
        weapon: i16::try_from(weapon).ok()?,
        stance,
        sprint,
        event: Samples::EVENT_SAMPLE,
    };
    Some((point, at + number::TWO_DIGITS_BEFORE_SAMPLE))
}

/// The text of a number: bytes as distances from `0`, the last one highest, zeros in front.
#[derive(Clone, Copy)]
struct Number {
    values: u64,
    is_negative: bool,
}

impl Number {
    /// The text between two places, if it has from `fewest` to `most` characters behind its sign; at most eight.
    #[inline]
    fn between(
        window: &[u8; WINDOW],
        start: usize,
        end: usize,
        fewest: usize,
        most: usize,
    ) -> Option<Self> {
        let word = swar::word_at(window, start)?;
        let is_negative = word as u8 == b'-';
        let count = end.wrapping_sub(start + usize::from(is_negative));
        if count.wrapping_sub(fewest) > most - fewest {
            return None;
        }
        let word = word >> (u32::from(is_negative) * 8);
        Some(Self {
            values: swar::values(word) << ((8 - count) * 8),
            is_negative,
        })
    }
}

/// What stands for a decimal point, where it has to stand.
const POINTS: u8x16 = u8x16::new([
    0,
    0,
    0,
    0,
    0,
    0,
    b'.' ^ b'0',
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    b'.' ^ b'0',
    0,
]);
/// Digits everywhere, and nothing left of the point.
const DECIMAL_LIMITS: u8x16 = u8x16::new([9, 9, 9, 9, 9, 9, 0, 9, 9, 9, 9, 9, 9, 9, 0, 9]);

#[inline]
fn pair(first: Number, second: Number) -> u8x16 {
    cast([first.values, second.values])
}

/// All bits set in every byte that is at most its limit.
#[inline]
fn is_at_most(values: u8x16, limits: u8x16) -> u8x16 {
    values.max(limits).simd_eq(limits)
}

/// Joins the digits of two numbers to two parts each; `weights` are those of the four pairs of digits.
#[inline]
fn fours(digits: u8x16, weights: i16x8) -> i32x4 {
    let pairs: u16x8 = cast(digits);
    // The tens come down to the units in the upper byte: d0 · 10 + d1.
    let pairs = (pairs * u16x8::splat(10 << 8 | 1)) >> 8_u32;
    cast::<u16x8, i16x8>(pairs).dot(weights)
}

/// Joins the two parts of four numbers; the first part counts `weight` times.
#[inline]
fn joined(parts: [i32x4; 2], weight: i16) -> i32x4 {
    let parts = i16x8::from_i32x8_saturate(cast::<[i32x4; 2], i32x8>(parts));
    parts.dot(i16x8::new([weight, 1, weight, 1, weight, 1, weight, 1]))
}

#[inline]
fn signed(value: i32, number: Number) -> i32 {
    if number.is_negative { -value } else { value }
}

/// With the sign of zero, too: `-0.0` is written in files.
#[inline]
fn signed_real(value: f32, number: Number) -> f32 {
    f32::from_bits(value.to_bits() | u32::from(number.is_negative) << 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Strings;
    use crate::format::number::Lenient;
    use crate::format::track::unusual_point;

    /// The point that a text begins with, by the slow reader; `None` when it can not be read or only by a tolerant rule.
    fn by_the_letter(text: &[u8]) -> Option<(Sample, usize)> {
        let end = text.iter().position(|&b| b == b'|')?;
        let mut strings = Strings::default();
        let mut samples = Samples::new(&mut strings);
        match unusual_point(&text[..end], &mut samples, &mut strings) {
            Ok(Some((point, Lenient(false)))) => Some((point, end + 1)),
            _ => None,
        }
    }

    fn window(text: &str) -> [u8; WINDOW] {
        let mut window =
            *b"_1,2.0,3.0,4.0,5,6.0,7,0,0,sample|1,2.0,3.0,4.0,5,6.0,7,0,0,sample|1,2.0,3.0,4.0";
        window[..text.len()].copy_from_slice(text.as_bytes());
        window
    }

    /// Bits, so that zeros of either sign are told apart.
    fn bits(found: Option<(Sample, usize)>) -> Option<(String, [u32; 4], usize)> {
        let reals = |p: &Sample| [p.x, p.y, p.z, p.speed].map(f32::to_bits);
        found.map(|(point, length)| (format!("{point:?}"), reals(&point), length))
    }

    #[test]
    fn usual_points_are_read_as_by_the_letter() {
        for text in [
            "0,0.0,0.0,0.0,0,0.0,0,0,0,sample|",
            "65200,-2573.0,1047.3,-26.4,140,352.1,8,0,1,sample|",
            "1234567,99999.9,-99999.9,-0.0,-175,0.1,55,2,0,sample|",
            "-150,1900.0,-2300.1,120.0,140,0.0,3,2,0,sample|",
            "-1234567,-12345.6,-12345.6,12345.6,999,1000.0,-1,9,9,sample|",
        ] {
            let window = window(text);
            let expected = bits(by_the_letter(&window));
            assert!(expected.is_some(), "{text}");
            assert_eq!(bits(usual_point(&window)), expected, "{text}");
        }
    }

    /// Whatever byte stands wherever: what is read quickly is what the letter says, or nothing.
    #[test]
    fn a_changed_byte_is_read_right_or_left_to_the_slow_reader() {
        let text = "65200,-2573.0,1047.3,-26.4,140,352.1,8,0,1,sample|";
        let mut read = 0;
        for at in 0..text.len() {
            for byte in 0..=255_u8 {
                let mut window = window(text);
                window[at] = byte;
                if let Some(found) = usual_point(&window) {
                    read += 1;
                    assert_eq!(
                        bits(Some(found)),
                        bits(by_the_letter(&window)),
                        "{byte} at {at}"
                    );
                }
            }
        }
        // At least every other digit where one stands.
        assert!(read > 24 * 10, "{read}");
    }
}
