//! Eight bytes looked at as one number: what makes short texts fast to take apart without a branch per byte.
//!
//! Words are little-endian: the first byte of the text is the lowest of the word.

const LOW_BITS: u64 = 0x7f7f_7f7f_7f7f_7f7f;
const ONES: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The top bit of every byte of `word` that equals `byte`; exact, no byte influences another.
#[inline]
pub(super) fn equal_bytes(word: u64, byte: u8) -> u64 {
    let word = word ^ (ONES * u64::from(byte));
    !(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS)
}

/// Index of the first byte marked by a mask of top bits; 8 for none.
#[inline]
pub(super) fn first_marked(mask: u64) -> usize {
    mask.trailing_zeros() as usize / 8
}

/// Bytes of text as distances from `0`: a digit becomes its value.
#[inline]
pub(super) fn values(word: u64) -> u64 {
    word ^ ZEROS
}

/// The top bit of every byte of `values` that is no digit's value, exact up to and including the first such byte.
#[inline]
fn non_digits(values: u64) -> u64 {
    // 10 and more reach the top bit by adding 0x76; what has it already keeps it. A sum only spills over from a byte that is no digit.
    (values.wrapping_add(0x7676_7676_7676_7676) | values) & !LOW_BITS
}

/// The eight bytes of `text` from `at` on, if there are so many.
#[inline]
pub(super) fn word_at(text: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*text.get(at..)?.first_chunk()?))
}

/// A text of at most eight bytes as the low bytes of a word; the rest are zero.
#[inline]
pub(super) fn word_of(text: &[u8]) -> Option<u64> {
    let length = text.len();
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        // Two overlapping halves: where they overlap they agree.
        let (first, last) = (
            u64::from(u32::from_le_bytes(*first)),
            u64::from(u32::from_le_bytes(*last)),
        );
        return (length <= 8).then(|| first | last << ((length - 4) * 8));
    }
    let byte = |at: usize| u64::from(text[at]);
    match length {
        0 => Some(0),
        _ => Some(
            byte(0) | byte(length / 2) << (length / 2 * 8) | byte(length - 1) << ((length - 1) * 8),
        ),
    }
}

/// The number whose `count` digits (0 to 8) are the low bytes of `word`; `None` when one of them is no digit.
#[inline]
pub(super) fn number_of(word: u64, count: usize) -> Option<u64> {
    let digits = match count {
        0 => 0,
        _ => values(word) << ((8 - count) * 8),
    };
    (non_digits(digits) == 0).then(|| joined(digits))
}

/// Ten times the decimal whose `count` characters (3 to 8) are the low bytes of `word`; `None` when they are not digits, a point and one
/// digit.
#[inline]
pub(super) fn tenths_of(word: u64, count: usize) -> Option<u64> {
    const POINT: u64 = ((b'.' ^ b'0') as u64) << 48;
    let values = values(word) << ((8 - count) * 8);
    // The point's place is taken by what stands before it.
    let digits = (values & 0xff << 56) | (values << 8 & 0x00ff_ffff_ffff_ffff);
    let is_plain = values & 0xff << 48 == POINT && non_digits(digits) == 0;
    is_plain.then(|| joined(digits))
}

/// The number whose digits' values are the bytes of `digits`, the last one highest; bytes in front of the first digit are zero.
#[inline]
pub(super) fn joined(digits: u64) -> u64 {
    // Pairs, then fours, then all eight: each step puts neighbours together in one multiplication.
    let pairs = digits.wrapping_mul(10 << 8 | 1) >> 8;
    let fours = (pairs & 0x00ff_00ff_00ff_00ff).wrapping_mul(100 << 16 | 1) >> 16;
    (fours & 0x0000_ffff_0000_ffff).wrapping_mul(10_000 << 32 | 1) >> 32
}

/// `word` without the byte at `at`: what is above it moves down.
#[inline]
pub(super) fn without_byte(word: u64, at: usize) -> u64 {
    let below = (1_u64 << (at * 8)) - 1;
    (word & below) | ((word >> 8) & !below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_told_from_everything_else() {
        for byte in 0..=255_u8 {
            for at in 0..8 {
                let mut text = *b"12345678";
                text[at] = byte;
                let number = std::str::from_utf8(&text)
                    .ok()
                    .filter(|_| byte.is_ascii_digit());
                let expected = number.and_then(|number| number.parse().ok());
                assert_eq!(
                    number_of(u64::from_le_bytes(text), 8),
                    expected,
                    "{byte} at {at}"
                );
            }
        }
    }

    #[test]
    fn numbers_of_every_length() {
        let digits = b"90817263";
        for count in 1..=8 {
            let word = word_of(&digits[..count]).unwrap();
            let expected: u64 = std::str::from_utf8(&digits[..count])
                .unwrap()
                .parse()
                .unwrap();
            assert_eq!(number_of(word, count), Some(expected));
            assert_eq!(number_of(word ^ 0x80, count), None);
        }
        assert_eq!(word_of(b"123456789"), None);
        assert_eq!(word_of(b""), Some(0));
        assert_eq!(number_of(u64::from_le_bytes(*b"12.45678"), 8), None);
    }

    #[test]
    fn a_byte_is_taken_out() {
        let word = u64::from_le_bytes(*b"123.4567");
        for at in 0..8 {
            let mut expected = *b"123.4567";
            expected.copy_within(at + 1.., at);
            expected[7] = 0;
            assert_eq!(without_byte(word, at), u64::from_le_bytes(expected));
        }
    }

    #[test]
    fn equal_bytes_are_exact() {
        // Off by one, by the top bit, and right behind a hit: what inexact tricks get wrong.
        let text = [
            b';',
            b';' ^ 1,
            b';' ^ 0x80,
            b';',
            b';' - 1,
            b';' + 1,
            0,
            0xff,
        ];
        assert_eq!(
            equal_bytes(u64::from_le_bytes(text), b';'),
            0x0000_0000_8000_0080
        );
    }
}
