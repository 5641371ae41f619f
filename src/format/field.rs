//! A field of a row together with what stands behind it in the file.
//!
//! Fields are a few bytes long. Looking at eight bytes at a time is only quick when nobody has to care where the field ends; so a field keeps
//! the rest of the file, and its length.

use super::marks;
use super::number::WINDOW;
use super::swar;

/// A text and what follows it.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// From the field's first byte on.
    tail: &'a [u8],
    len: usize,
}

impl<'a> Field<'a> {
    /// Nothing.
    pub(crate) const EMPTY: Self = Self { tail: &[], len: 0 };

    /// The first `len` bytes of `tail`, or all of it when it is shorter.
    #[inline]
    pub(crate) fn new(tail: &'a [u8], len: usize) -> Self {
        let len = len.min(tail.len());
        Self { tail, len }
    }

    /// A text with nothing behind it.
    #[inline]
    pub(crate) const fn alone(text: &'a [u8]) -> Self {
        let len = text.len();
        Self { tail: text, len }
    }

    /// The field's own bytes.
    #[inline]
    pub(crate) fn text(self) -> &'a [u8] {
        &self.tail[..self.len]
    }

    /// How many they are.
    #[inline]
    pub(crate) const fn len(self) -> usize {
        self.len
    }

    /// The part from `start` to `end` (exclusive), with what follows it.
    #[inline]
    pub(crate) fn part(self, start: usize, end: usize) -> Self {
        let tail = self.tail.get(start..).unwrap_or_default();
        Self::new(tail, end.saturating_sub(start))
    }

    /// The bytes from `at` on, as many as a window has, whether they belong to the field or not; `None` near the end of the file.
    #[inline]
    pub(crate) fn window(self, at: usize) -> Option<&'a [u8; WINDOW]> {
        self.tail.get(at..)?.first_chunk()
    }

    /// Where `needle` stands in the 64 bytes from `at` on, as bits, whether they belong to the field or not.
    #[inline]
    pub(crate) fn places(self, at: usize, needle: u8) -> u64 {
        let rest = self.tail.get(at..).unwrap_or_default();
        match rest.first_chunk() {
            Some(block) => marks::places(block, needle),
            None => marks::places_in_short(rest, needle),
        }
    }

    /// The field's first eight bytes as the low bytes of a word; behind a shorter field stands anything.
    #[inline]
    pub(crate) fn word(self) -> Option<u64> {
        match self.tail.first_chunk() {
            Some(bytes) => Some(u64::from_le_bytes(*bytes)),
            None => swar::word_of(self.tail),
        }
    }
}
