//! Finding separators in short texts.
//!
//! Rows have a separator every few bytes. Eight bytes are looked at together, as one number; a search made for long texts (`memchr`) costs
//! several times as much per separator found.

use super::swar::{bits_of_marks, equal_bytes};

/// Where `needle` stands in at most 64 bytes, as bits.
#[inline]
fn places(text: &[u8], needle: u8) -> u64 {
    let (words, rest) = text.as_chunks::<8>();
    let mut places = 0;
    for (nth, word) in words.iter().enumerate() {
        let marks = equal_bytes(u64::from_le_bytes(*word), needle);
        places |= bits_of_marks(marks) << (nth * 8);
    }
    let start = words.len() * 8;
    for (nth, byte) in rest.iter().enumerate() {
        places |= u64::from(*byte == needle) << (start + nth);
    }
    places
}

/// Calls `found` with every position of `needle` until it says stop by `false`.
///
/// Positions are collected for 64 bytes before they are used: a loop that ends after every eighth byte, sooner or later, is one the
/// processor guesses wrong every time.
#[inline]
fn each(text: &[u8], needle: u8, mut found: impl FnMut(usize) -> bool) {
    for (nth, block) in text.chunks(64).enumerate() {
        let mut places = places(block, needle);
        while places != 0 {
            if !found(nth * 64 + places.trailing_zeros() as usize) {
                return;
            }
            places &= places - 1;
        }
    }
}

/// Splits a text at `separator` into at most `fields.len()` fields; gives how many there are. Further fields are not looked at.
#[inline]
pub(crate) fn split<'a>(text: &'a [u8], separator: u8, fields: &mut [&'a [u8]]) -> usize {
    let mut start = 0;
    let mut count = 0;
    each(text, separator, |end| {
        fields[count] = &text[start..end];
        count += 1;
        start = end + 1;
        count < fields.len()
    });
    if count < fields.len() {
        fields[count] = &text[start..];
        count += 1;
    }
    count
}

/// Like [`split`], but the last field takes the rest of the text.
#[inline]
pub(crate) fn split_keeping_rest<'a>(
    text: &'a [u8],
    separator: u8,
    fields: &mut [&'a [u8]],
) -> usize {
    let mut start = 0;
    let mut count = 0;
    if fields.len() > 1 {
        each(text, separator, |end| {
            fields[count] = &text[start..end];
            count += 1;
            start = end + 1;
            count + 1 < fields.len()
        });
    }
    fields[count] = &text[start..];
    count + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str, most: usize, keeping_rest: bool) -> Vec<String> {
        let mut slots = vec![&[][..]; most];
        let split = if keeping_rest {
            split_keeping_rest
        } else {
            split
        };
        let count = split(text.as_bytes(), b';', &mut slots);
        slots[..count]
            .iter()
            .map(|field| String::from_utf8_lossy(field).into_owned())
            .collect()
    }

    #[test]
    fn fields_are_those_of_the_standard_split() {
        for text in [
            "",
            ";",
            "a",
            "a;b",
            ";;;;;;;;;;;;;;;;;",
            "abcdefgh;ijklmnop;",
            "a;b;c;d;e;f;g;h;i;j;k",
            ":;<;:::::::;\u{bb};",
        ] {
            let expected: Vec<&str> = text.split(';').collect();
            assert_eq!(fields(text, 32, false), expected, "{text}");
            assert_eq!(
                fields(text, 3, false),
                expected[..expected.len().min(3)],
                "{text}"
            );
            assert_eq!(
                fields(text, 3, true),
                text.splitn(3, ';').collect::<Vec<_>>(),
                "{text}"
            );
            assert_eq!(fields(text, 1, true), [text]);
        }
    }
}
