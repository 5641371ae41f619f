//! Where a byte stands in the next 64 bytes, as bits: sixteen bytes are compared at once.
//!
//! What stands where is then known before any of it is read, so that the processor can read many fields at the same time instead of
//! learning from each where the next one begins.

use wide::u8x16;

/// Bytes looked at together: one bit each.
pub(super) const BLOCK: usize = 64;

/// Where `needle` stands in the block; the lowest bit is the first byte.
#[inline]
pub(super) fn places(block: &[u8; BLOCK], needle: u8) -> u64 {
    let needle = u8x16::splat(needle);
    let (lanes, _) = block.as_chunks::<16>();
    let mut places = 0;
    for (nth, lane) in lanes.iter().enumerate() {
        let marks = u8x16::new(*lane).simd_eq(needle).to_bitmask();
        places |= u64::from(marks) << (nth * 16);
    }
    places
}

/// The same in less than a block, which only the end of a file is.
#[cold]
pub(super) fn places_in_short(text: &[u8], needle: u8) -> u64 {
    let marks = text
        .iter()
        .take(BLOCK)
        .zip(0..)
        .map(|(byte, nth)| u64::from(*byte == needle) << nth);
    marks.fold(0, |places, mark| places | mark)
}

/// The places in order; [`BLOCK`] again and again once there are no more.
#[derive(Clone, Copy)]
pub(super) struct Places(pub(super) u64);

impl Places {
    /// The next one.
    #[inline]
    pub(super) fn next(&mut self) -> usize {
        let place = self.0.trailing_zeros() as usize;
        self.0 &= self.0.wrapping_sub(1);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found() {
        for needle in [b',', 0, 0xff] {
            for at in 0..BLOCK {
                let mut block = [b'x'; BLOCK];
                block[at] = needle;
                block[BLOCK - 1] = needle;
                let mut places = Places(places(&block, needle));
                assert_eq!(places.next(), at);
                assert_eq!(
                    places.next(),
                    if at + 1 < BLOCK { BLOCK - 1 } else { BLOCK }
                );
                assert_eq!(places.next(), BLOCK);
            }
        }
    }
}
