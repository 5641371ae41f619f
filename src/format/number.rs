//! The three number rules of the format.
//!
//! - [`int`]: whole numbers up to 2^53, which is as far as Lua's own arithmetic is exact; so no sum or difference of two of them can
//!   overflow. `8.0` is accepted because Lua 5.4 writes integral floats that way, and flagged as [`Lenient`];
//!   anything with a fraction is refused. Surrounding blanks, `+` and single underscores between digits are accepted, as the
//!   format's Python reader accepts them.
//! - [`real`]: decimals. `nan` and `inf` are numbers to Lua's writer but not to us: they read as [`BadNumber::NotFinite`].
//! - [`truncated`]: coordinates that some versions write as decimals into whole-number columns: truncated toward zero.
//!
//! The fast paths work on the bytes; everything unusual goes to a slow path that decides by the letter.

use super::field::Field;
use super::marks::BLOCK;
use super::swar;

/// Why a field is not the number its column asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadNumber {
    /// Nothing between the separators.
    Empty,
    /// Not a number at all.
    NotANumber,
    /// A number, but with a fraction where a whole number is due.
    NotWhole,
    /// `nan` or `inf`.
    NotFinite,
    /// Outside what the column's type can hold.
    TooLarge,
}

impl BadNumber {
    /// Ends the sentence "`text` is …".
    pub const fn why(self) -> &'static str {
        match self {
            Self::Empty => "empty where a number is due",
            Self::NotANumber => "not a number",
            Self::NotWhole => "not a whole number",
            Self::NotFinite => "not a finite number",
            Self::TooLarge => "too large a number",
        }
    }
}

/// Whether a number was written the usual way, or in a way that only a tolerant reader accepts (`8.0` for 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lenient(pub bool);

/// Powers of ten up to the places a text of eight bytes can have; a `f64` holds them exactly, so dividing by one rounds correctly.
const POWERS: [f64; 8] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];

/// 2^53: up to here a `f64` holds every whole number.
const LARGEST: u64 = 1 << 53;

/// Bytes of text that are looked at together: those whose separators are known ([`super::marks`]), and as many behind them as a number
/// at their end may be read from.
pub(crate) const WINDOW: usize = BLOCK + 16;

/// The plain whole number between two places of a window; `None` for numbers that are unusual (a slower reader decides those) or longer
/// than seven digits. Places may be any numbers up to [`BLOCK`] + 1.
#[inline]
pub(crate) fn int_between(window: &[u8; WINDOW], start: usize, end: usize) -> Option<i64> {
    let word = swar::word_at(window, start)?;
    let negative = word as u8 == b'-';
    let count = end.wrapping_sub(start + usize::from(negative));
    if count.wrapping_sub(1) >= 7 {
        return None;
    }
    let word = word >> (u32::from(negative) * 8);
    let value = swar::number_of(word, count)? as i64;
    Some(if negative { -value } else { value })
}

/// The plain decimal with one place between two places of a window; `None` as for [`int_between`]. At most six digits, so that the
/// value is the nearest `f32` (a test tries them all).
#[inline]
pub(crate) fn tenths_between(window: &[u8; WINDOW], start: usize, end: usize) -> Option<f32> {
    let word = swar::word_at(window, start)?;
    let negative = word as u8 == b'-';
    let count = end.wrapping_sub(start + usize::from(negative));
    if count.wrapping_sub(3) >= 5 {
        return None;
    }
    let word = word >> (u32::from(negative) * 8);
    // Both are whole numbers that an `f32` holds exactly, so their quotient is the nearest one to the decimal.
    let value = swar::tenths_of(word, count)? as i32 as f32 / 10.0;
    Some(f32::from_bits(value.to_bits() | u32::from(negative) << 31))
}

/// Length of what [`two_digits_before_sample`] reads.
pub(crate) const TWO_DIGITS_BEFORE_SAMPLE: usize = b"0,0,sample|".len();

/// Reads `d,d,sample|` at `at`, where d is one digit. Nearly all points of a path end so.
#[inline]
pub(crate) fn two_digits_before_sample(window: &[u8; WINDOW], at: usize) -> Option<[i16; 2]> {
    // Equal bytes are zero now, and digits their values; six more takes what is above nine out of the low half.
    let front = swar::word_at(window, at)? ^ u64::from_le_bytes(*b"0,0,samp");
    let back = swar::word_at(window, at + 3)? ^ u64::from_le_bytes(*b",sample|");
    let high = front | front.wrapping_add(0x0006_0006);
    (high & !0x000f_000f | back == 0).then_some([front as i16 & 0xf, (front >> 16) as i16 & 0xf])
}

/// A whole number, by the first rule.
///
/// # Errors
/// [`BadNumber`], when the field is no whole number or beyond 2^53.
#[inline]
pub fn int(field: &[u8]) -> Result<(i64, Lenient), BadNumber> {
    int_of(Field::alone(field))
}

/// [`int`] of a field whose surroundings are known.
#[inline]
pub(crate) fn int_of(field: Field<'_>) -> Result<(i64, Lenient), BadNumber> {
    match short_int(field) {
        Some(value) => Ok((value, Lenient(false))),
        None => slow_int(field.text()),
    }
}

/// A whole number of at most eight bytes, written plainly.
#[inline]
fn short_int(field: Field<'_>) -> Option<i64> {
    let word = field.word()?;
    let negative = word as u8 == b'-' && field.len() > 0;
    let count = field.len() - usize::from(negative);
    if count.wrapping_sub(1) >= 8 - usize::from(negative) {
        return None;
    }
    let value = swar::number_of(word >> (u32::from(negative) * 8), count)? as i64;
    Some(if negative { -value } else { value })
}

/// A decimal, by the second rule.
///
/// # Errors
/// [`BadNumber`], when the field is no finite decimal number.
#[inline]
pub fn real(field: &[u8]) -> Result<f64, BadNumber> {
    real_of(Field::alone(field))
}

/// [`real`] of a field whose surroundings are known.
#[inline]
pub(crate) fn real_of(field: Field<'_>) -> Result<f64, BadNumber> {
    match short_real(field) {
        Some(value) => Ok(value),
        None => slow_real(field.text()),
    }
}

/// A decimal of at most eight bytes, written plainly.
#[inline]
fn short_real(field: Field<'_>) -> Option<f64> {
    let word = field.word()?;
    let negative = word as u8 == b'-' && field.len() > 0;
    let count = field.len() - usize::from(negative);
    let word = word >> (u32::from(negative) * 8);
    let point = swar::first_marked(swar::equal_bytes(word, b'.'));
    // Not `.5` or `5.`: a slower reader decides those.
    if count > 8 - usize::from(negative) || point == 0 || point + 1 >= count {
        return None;
    }
    let mantissa = swar::number_of(swar::without_byte(word, point), count - 1)?;
    let value = mantissa as f64 / POWERS[count - point - 1];
    Some(if negative { -value } else { value })
}

/// A coordinate, by the third rule.
///
/// # Errors
/// [`BadNumber`], when the field is no finite number or beyond 2^53.
pub fn truncated(field: &[u8]) -> Result<i64, BadNumber> {
    truncated_of(Field::alone(field))
}

/// [`truncated`] of a field whose surroundings are known.
#[inline]
pub(crate) fn truncated_of(field: Field<'_>) -> Result<i64, BadNumber> {
    if let Ok((value, Lenient(false))) = int_of(field) {
        return Ok(value);
    }
    let value = real_of(field)?.trunc();
    if value.abs() > LARGEST as f64 {
        return Err(BadNumber::TooLarge);
    }
    Ok(value as i64)
}

/// The text without blanks around it and underscores between digits; `None` when that leaves no plain ASCII number text.
fn plain_text(field: &[u8]) -> Result<String, BadNumber> {
    let text = std::str::from_utf8(field).map_err(|_| BadNumber::NotANumber)?;
    let text = text.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c));
    if text.is_empty() {
        return Err(BadNumber::Empty);
    }
    if text.contains('_') {
        let bytes = text.as_bytes();
        let between_digits = |i: usize| {
            i > 0
                && bytes[i - 1].is_ascii_digit()
                && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
        };
        if (0..bytes.len()).any(|i| bytes[i] == b'_' && !between_digits(i)) {
            return Err(BadNumber::NotANumber);
        }
        return Ok(text.replace('_', ""));
    }
    Ok(text.to_owned())
}

#[cold]
fn slow_int(field: &[u8]) -> Result<(i64, Lenient), BadNumber> {
    let text = plain_text(field)?;
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(&text);
    if !unsigned.is_empty() && unsigned.bytes().all(|b| b.is_ascii_digit()) {
        let value: i64 = text.parse().map_err(|_| BadNumber::TooLarge)?;
        let is_exact = value.unsigned_abs() <= LARGEST;
        return if is_exact {
            Ok((value, Lenient(false)))
        } else {
            Err(BadNumber::TooLarge)
        };
    }
    let value = slow_real(field)?;
    if value.fract() != 0.0 {
        return Err(BadNumber::NotWhole);
    }
    if value.abs() > LARGEST as f64 {
        return Err(BadNumber::TooLarge);
    }
    Ok((value as i64, Lenient(true)))
}

#[cold]
fn slow_real(field: &[u8]) -> Result<f64, BadNumber> {
    let value: f64 = plain_text(field)?
        .parse()
        .map_err(|_| BadNumber::NotANumber)?;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(BadNumber::NotFinite)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        let strict = |v| Ok((v, Lenient(false)));
        assert_eq!(int(b"0"), strict(0));
        assert_eq!(int(b"-15650"), strict(-15650));
        assert_eq!(int(b" +7 "), strict(7));
        assert_eq!(int(b"1_000"), strict(1000));
        assert_eq!(int(b"9007199254740992"), strict(1 << 53));
        assert_eq!(int(b"-9007199254740992"), strict(-(1 << 53)));
        assert_eq!(int(b"9007199254740993"), Err(BadNumber::TooLarge));
        assert_eq!(int(b"9223372036854775808"), Err(BadNumber::TooLarge));
        assert_eq!(int(b"123456789012345678901"), Err(BadNumber::TooLarge));
        assert_eq!(int(b"8.0"), Ok((8, Lenient(true))));
        assert_eq!(int(b"-8.0"), Ok((-8, Lenient(true))));
        assert_eq!(int(b"8.5"), Err(BadNumber::NotWhole));
        assert_eq!(int(b"6.5e24"), Err(BadNumber::TooLarge));
        for (bad, why) in [
            (&b""[..], BadNumber::Empty),
            (b"  ", BadNumber::Empty),
            (b"-", BadNumber::NotANumber),
            (b"abc", BadNumber::NotANumber),
            (b"1__0", BadNumber::NotANumber),
            (b"_1", BadNumber::NotANumber),
            (b"12a", BadNumber::NotANumber),
            (b"\xff", BadNumber::NotANumber),
            (b"nan", BadNumber::NotFinite),
        ] {
            assert_eq!(int(bad), Err(why), "{}", String::from_utf8_lossy(bad));
        }
    }

    #[test]
    fn decimals() {
        for text in [
            "0.0",
            "-0.0",
            "-139.4",
            "65536.9",
            "0.001",
            "123456789.123456789",
            "1e3",
            "-.5",
            "5.",
            "+2.5",
            "6.5e24",
            "12345678901234567890",
            "0.30000000000000004",
        ] {
            let expected: f64 = text.parse().unwrap();
            let value = real(text.as_bytes()).unwrap();
            assert_eq!(value.to_bits(), expected.to_bits(), "{text}");
        }
        assert_eq!(real(b"nan"), Err(BadNumber::NotFinite));
        assert_eq!(real(b"-Infinity"), Err(BadNumber::NotFinite));
        assert_eq!(real(b"1e999"), Err(BadNumber::NotFinite));
        assert_eq!(real(b""), Err(BadNumber::Empty));
        assert_eq!(real(b"1.2.3"), Err(BadNumber::NotANumber));
        assert_eq!(real(b"0x10"), Err(BadNumber::NotANumber));
    }

    #[test]
    fn coordinates_are_cut_toward_zero() {
        assert_eq!(truncated(b"-3459"), Ok(-3459));
        assert_eq!(truncated(b"-3459.9"), Ok(-3459));
        assert_eq!(truncated(b"12.7"), Ok(12));
        assert_eq!(truncated(b"1e30"), Err(BadNumber::TooLarge));
    }

    fn window(text: &str) -> [u8; WINDOW] {
        let mut window = [b'7'; WINDOW];
        window[..text.len()].copy_from_slice(text.as_bytes());
        window
    }

    #[test]
    fn numbers_between_separators() {
        for text in ["0", "-0", "7", "-15650", "1234567", "-1234567", "007"] {
            let value = int_between(&window(&format!("{text},")), 0, text.len());
            assert_eq!(value, text.parse().ok(), "{text}");
        }
        for text in ["0.0", "-0.0", "-139.4", "256.0", "65535.9", "-1047.3"] {
            let value = tenths_between(&window(&format!("{text},")), 0, text.len());
            let expected: f32 = text.parse().unwrap();
            assert_eq!(value.map(f32::to_bits), Some(expected.to_bits()));
        }
        // What is not written so is left to the slower reader.
        for odd in [
            "", "-", "1", "+1.0", "1.", ".5", "nan", "1e3", "1.25", "123456.5", "--1.0", "1.-5",
        ] {
            let value = tenths_between(&window(&format!("{odd},")), 0, odd.len());
            assert_eq!(value, None, "{odd}");
        }
        for odd in ["", "-", "+1", "1.0", "12345678", "--1", "1 "] {
            let value = int_between(&window(&format!("{odd},")), 0, odd.len());
            assert_eq!(value, None, "{odd}");
        }
        assert_eq!(int_between(&window("1,2"), BLOCK + 1, BLOCK), None);
        assert_eq!(tenths_between(&window("1,2"), BLOCK + 1, BLOCK), None);
    }

    #[test]
    fn what_stands_behind_a_field_is_not_read() {
        for (text, len, value) in [("12;34567890", 2, 12), ("-1;-5", 2, -1), ("5-", 1, 5)] {
            assert_eq!(
                int_of(Field::new(text.as_bytes(), len)),
                Ok((value, Lenient(false)))
            );
        }
        assert_eq!(int_of(Field::new(b";7;7;7;7;7", 0)), Err(BadNumber::Empty));
        assert_eq!(int_of(Field::new(b"-7", 0)), Err(BadNumber::Empty));
        assert_eq!(real_of(Field::new(b"1.5;2.25;3", 3)), Ok(1.5));
        assert_eq!(
            real_of(Field::new(b"12;5.5.5.5", 2)),
            Ok(12.0),
            "the point is another's"
        );
        assert_eq!(real_of(Field::new(b"-1.5;", 4)), Ok(-1.5));
    }

    #[test]
    fn tenths_are_the_nearest_single_precision_numbers() {
        for tenths in 0..1_000_000_u32 {
            let text = format!("{}.{}", tenths / 10, tenths % 10);
            let value = tenths_between(&window(&text), 0, text.len());
            assert_eq!(value, text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn two_digits_and_the_event_and_nothing_else() {
        let text = "8,1,sample|";
        assert_eq!(two_digits_before_sample(&window(text), 0), Some([8, 1]));
        assert_eq!(
            two_digits_before_sample(&window("9,0,sample|"), 0),
            Some([9, 0])
        );
        for byte in 0..=255_u8 {
            for at in 0..text.len() {
                let mut window = window(text);
                let usual = window[at];
                window[at] = byte;
                let fits = byte == usual || (at < 3 && at % 2 == 0 && byte.is_ascii_digit());
                let found = two_digits_before_sample(&window, 0);
                assert_eq!(found.is_some(), fits, "{byte} at {at}");
            }
        }
    }
}
