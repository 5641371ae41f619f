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

/// Reads a plain whole number at `at` that ends right before `end`; gives value and the position behind `end`. `None` for numbers
/// that are unusual or stand too near the end of the text; a slower reader decides those.
#[expect(
    clippy::inline_always,
    reason = "measured: a tenth of the reader's time is the calls"
)]
#[inline(always)]
pub(crate) fn int_before(bytes: &[u8], at: usize, end: u8) -> Option<(i64, usize)> {
    let word = swar::word_at(bytes, at)?;
    let negative = word as u8 == b'-';
    let word = word >> (u32::from(negative) * 8);
    let values = swar::values(word);
    let count = swar::leading_digits(values);
    if count == 0 || count > 7 || (word >> (count * 8)) as u8 != end {
        return None;
    }
    let value = swar::joined(values << (64 - count * 8)) as i64;
    let next = at + usize::from(negative) + count + 1;
    Some((if negative { -value } else { value }, next))
}

/// Reads a plain decimal with one place at `at` that ends right before `end`; gives value and the position behind `end`. `None` as for
/// [`int_before`]. At most six digits, so that the value is the nearest `f32` (a test tries them all).
#[expect(
    clippy::inline_always,
    reason = "measured: a tenth of the reader's time is the calls"
)]
#[inline(always)]
pub(crate) fn real_before(bytes: &[u8], at: usize, end: u8) -> Option<(f32, usize)> {
    let word = swar::word_at(bytes, at)?;
    let negative = word as u8 == b'-';
    let word = word >> (u32::from(negative) * 8);
    let values = swar::values(word);
    let count = swar::leading_digits(values);
    if count == 0 || count > 5 {
        return None;
    }
    let behind = word >> (count * 8);
    let tenth = (values >> (count * 8 + 8)) & 0xff;
    if behind as u8 != b'.' || (behind >> 16) as u8 != end || tenth > 9 {
        return None;
    }
    let tenths = swar::joined(values << (64 - count * 8)) * 10 + tenth;
    // A product costs a quarter of a quotient; its error is far below half a step of `f32`.
    let value = (tenths as f64 * 0.1) as f32;
    let next = at + usize::from(negative) + count + 3;
    Some((if negative { -value } else { value }, next))
}

/// Reads three one-digit numbers `d,d,d,` at `at`; gives them and the position behind. Most points of a path end so.
#[inline]
pub(crate) fn three_digits(bytes: &[u8], at: usize) -> Option<([i64; 3], usize)> {
    let digits = swar::word_at(bytes, at)? ^ u64::from_le_bytes(*b"0,0,0,\0\0");
    // Separators are zero now, digits their values; six more takes what is above nine out of the low half.
    let high = digits | digits.wrapping_add(0x0006_0006_0006);
    if high & 0xfff0_fff0_fff0 != 0 || digits & 0xff00_ff00_ff00 != 0 {
        return None;
    }
    let digit = |byte: u32| (digits >> (byte * 8) & 0xf) as i64;
    Some(([digit(0), digit(2), digit(4)], at + 6))
}

/// A whole number, by the first rule.
///
/// # Errors
/// [`BadNumber`], when the field is no whole number or beyond 2^53.
#[inline]
pub fn int(field: &[u8]) -> Result<(i64, Lenient), BadNumber> {
    let negative = field.first() == Some(&b'-');
    let digits = &field[usize::from(negative)..];
    let short = swar::word_of(digits).and_then(|word| swar::number_of(word, digits.len()));
    match short {
        Some(value) if !digits.is_empty() => {
            let value = value as i64;
            Ok((if negative { -value } else { value }, Lenient(false)))
        }
        _ => slow_int(field),
    }
}

/// A decimal, by the second rule.
///
/// # Errors
/// [`BadNumber`], when the field is no finite decimal number.
#[inline]
pub fn real(field: &[u8]) -> Result<f64, BadNumber> {
    match short_real(field) {
        Some(value) => Ok(value),
        None => slow_real(field),
    }
}

/// A decimal of at most eight bytes, written plainly.
#[inline]
fn short_real(field: &[u8]) -> Option<f64> {
    let negative = field.first() == Some(&b'-');
    let plain = &field[usize::from(negative)..];
    let word = swar::word_of(plain)?;
    let point = swar::first_marked(swar::equal_bytes(word, b'.'));
    // Not `.5` or `5.`: a slower reader decides those.
    if point == 0 || point + 1 >= plain.len() {
        return None;
    }
    let places = plain.len() - point - 1;
    let mantissa = swar::number_of(swar::without_byte(word, point), plain.len() - 1)?;
    let value = mantissa as f64 / POWERS[places];
    Some(if negative { -value } else { value })
}

/// A coordinate, by the third rule.
///
/// # Errors
/// [`BadNumber`], when the field is no finite number or beyond 2^53.
pub fn truncated(field: &[u8]) -> Result<i64, BadNumber> {
    if let Ok((value, Lenient(false))) = int(field) {
        return Ok(value);
    }
    let value = real(field)?.trunc();
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

    #[test]
    fn numbers_before_a_separator() {
        for text in ["0", "-1", "6875", "1234567", "-123456"] {
            let with_end = format!("{text},xxxxxxxx");
            let (value, next) = int_before(with_end.as_bytes(), 0, b',').unwrap();
            assert_eq!((value, next), (text.parse().unwrap(), text.len() + 1));
        }
        for text in ["0.0", "-0.0", "-139.4", "256.0", "65535.9", "-1047.3"] {
            let with_end = format!("{text},xxxxxxxx");
            let (value, next) = real_before(with_end.as_bytes(), 0, b',').unwrap();
            assert_eq!(value.to_bits(), text.parse::<f32>().unwrap().to_bits());
            assert_eq!(next, text.len() + 1);
        }
        // What is not written so is left to the slower reader.
        for odd in [
            "",
            "-",
            ",",
            "1",
            "1;",
            "+1,",
            "1.,",
            ".5,",
            "nan,",
            "1e3,",
            "7,",
            "1.25,",
            "123456.5,",
            "1.5",
        ] {
            let text = format!("{odd}xxxxxxxxx");
            assert_eq!(real_before(text.as_bytes(), 0, b','), None, "{odd}");
        }
        assert_eq!(int_before(b"12345678,xxxxxxxx", 0, b','), None);
        assert_eq!(int_before(b"12,", 0, b','), None, "too near the end");
    }
    #[test]
    fn tenths_are_the_nearest_single_precision_numbers() {
        for tenths in 0..1_000_000_u32 {
            let nearest = (f64::from(tenths) / 10.0) as f32;
            assert_eq!((f64::from(tenths) * 0.1) as f32, nearest, "{tenths}");
        }
    }
    #[test]
    fn three_digits_and_nothing_else() {
        assert_eq!(three_digits(b"8,0,1,sample", 0), Some(([8, 0, 1], 6)));
        assert_eq!(three_digits(b"9,9,9,sample", 0), Some(([9, 9, 9], 6)));
        for byte in 0..=255_u8 {
            for at in 0..6 {
                let mut text = *b"3,2,1,sa";
                let usual = text[at];
                text[at] = byte;
                let fits = if at % 2 == 0 {
                    byte.is_ascii_digit()
                } else {
                    byte == usual
                };
                assert_eq!(three_digits(&text, 0).is_some(), fits, "{byte} at {at}");
            }
        }
        assert_eq!(three_digits(b"8,0,1,", 0), None, "too near the end");
    }
}
