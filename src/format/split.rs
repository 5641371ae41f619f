//! Finding separators in short texts.
//!
//! Rows have a separator every few bytes: the places of all separators in 64 bytes are found together; a search made for long texts
//! (`memchr`) costs several times as much per separator found.

use super::field::Field;
use super::marks::{BLOCK, Places};

/// Calls `found` with every position of `needle` in the text until it says stop by `false`.
#[inline]
fn each(text: Field<'_>, needle: u8, mut found: impl FnMut(usize) -> bool) {
    let mut start = 0;
    while start < text.len() {
        let mut places = Places(text.places(start, needle));
        let left = text.len() - start;
        if left < BLOCK {
            // What stands behind the text was looked at, too.
            places.0 &= (1 << left) - 1;
        }
        while places.0 != 0 {
            if !found(start + places.next()) {
                return;
            }
        }
        start += BLOCK;
    }
}

/// Splits a text at `separator` into at most `fields.len()` fields; gives how many there are. Further fields are not looked at.
#[inline]
pub(crate) fn split<'a>(text: Field<'a>, separator: u8, fields: &mut [Field<'a>]) -> usize {
    let mut start = 0;
    let mut count = 0;
    each(text, separator, |end| {
        fields[count] = text.part(start, end);
        count += 1;
        start = end + 1;
        count < fields.len()
    });
    if count < fields.len() {
        fields[count] = text.part(start, text.len());
        count += 1;
    }
    count
}

/// Like [`split`], but the last field takes the rest of the text.
#[inline]
pub(crate) fn split_keeping_rest<'a>(
    text: Field<'a>,
    separator: u8,
    fields: &mut [Field<'a>],
) -> usize {
    let mut start = 0;
    let mut count = 0;
    if fields.len() > 1 {
        each(text, separator, |end| {
            fields[count] = text.part(start, end);
            count += 1;
            start = end + 1;
            count + 1 < fields.len()
        });
    }
    fields[count] = text.part(start, text.len());
    count + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str, most: usize, keeping_rest: bool) -> Vec<String> {
        let mut slots = vec![Field::EMPTY; most];
        let split = if keeping_rest {
            split_keeping_rest
        } else {
            split
        };
        // Behind the text stands what must not be found.
        let tail = format!("{text};;x;").repeat(20);
        let count = split(Field::new(tail.as_bytes(), text.len()), b';', &mut slots);
        slots[..count]
            .iter()
            .map(|field| String::from_utf8_lossy(field.text()).into_owned())
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
