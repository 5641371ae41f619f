//! Up to sixteen numbers side by side, all with as many bits as the largest one needs.

/// Numbers that share a width.
pub(super) const BLOCK: usize = 16;

/// Widths up to here are packed; wider numbers take eight bytes each.
pub(super) const WIDEST_PACKED: u32 = 56;

/// The width of a block of eight-byte numbers.
pub(super) const RAW: u32 = 64;

/// Bytes of a whole block of the largest width.
pub(super) const MOST_BYTES: usize = BLOCK * 8;

/// The width for numbers whose bits, all together, are `all`.
pub(super) const fn width_of(all: u64) -> u32 {
    let width = u64::BITS - all.leading_zeros();
    if width > WIDEST_PACKED { RAW } else { width }
}

/// Bytes that `count` numbers take.
pub(super) const fn bytes_of(count: usize, width: u32) -> usize {
    (count * width as usize).div_ceil(8)
}

/// Calls a function that knows the width when it is compiled, so that where each number stands needs no arithmetic; the last one for
/// [`RAW`].
macro_rules! by_width {
    ($width:expr, $packed:ident($($argument:expr),+), $raw:expr) => {
        by_width!(
            @ $width, $packed, ($($argument),+), $raw,
            0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39
            40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56
        )
    };
    (@ $width:expr, $packed:ident, $arguments:tt, $raw:expr, $($known:literal)*) => {
        match $width {
            $($known => $packed::<$known> $arguments,)*
            _ => $raw,
        }
    };
}

/// Appends the first `count` of the numbers, each with `width` bits, lowest bit first. The others have to be 0.
#[inline]
pub(super) fn pack(numbers: &[u64; BLOCK], count: usize, width: u32, out: &mut Vec<u8>) {
    let mut words = [0; BLOCK];
    by_width!(width, pack_width(numbers, &mut words), words = *numbers);
    let mut bytes = [0; MOST_BYTES];
    let (chunks, _) = bytes.as_chunks_mut();
    for (bytes, word) in chunks.iter_mut().zip(words) {
        *bytes = u64::to_le_bytes(word);
    }
    out.extend_from_slice(&bytes[..bytes_of(count, width)]);
}

fn pack_width<const WIDTH: usize>(numbers: &[u64; BLOCK], words: &mut [u64; BLOCK]) {
    for (nth, number) in numbers.iter().enumerate() {
        let (word, bit) = (nth * WIDTH / 64, nth * WIDTH % 64);
        words[word] |= number << bit;
        if bit + WIDTH > 64 {
            words[word + 1] |= number >> (64 - bit);
        }
    }
}

/// Reads the sixteen numbers at the start of the window; those behind the packed ones are anything. The width is at most
/// [`WIDEST_PACKED`], or [`RAW`].
#[inline]
pub(super) fn unpack(window: &[u8; MOST_BYTES], width: u32, numbers: &mut [u64; BLOCK]) {
    by_width!(
        width,
        unpack_width(window, numbers),
        unpack_raw(window, numbers)
    );
}

fn unpack_width<const WIDTH: usize>(window: &[u8; MOST_BYTES], numbers: &mut [u64; BLOCK]) {
    let mask = (1_u64 << WIDTH) - 1;
    for (nth, number) in numbers.iter_mut().enumerate() {
        let bit = nth * WIDTH;
        let bytes = window[bit / 8..].first_chunk().copied();
        *number = u64::from_le_bytes(bytes.unwrap_or_default()) >> (bit % 8) & mask;
    }
}

fn unpack_raw(window: &[u8; MOST_BYTES], numbers: &mut [u64; BLOCK]) {
    let (words, _) = window.as_chunks();
    for (number, word) in numbers.iter_mut().zip(words) {
        *number = u64::from_le_bytes(*word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_and_count() {
        for width in (0..=WIDEST_PACKED).chain([RAW]) {
            let mask = if width == RAW {
                u64::MAX
            } else {
                (1 << width) - 1
            };
            for count in 0..=BLOCK {
                let numbers: Vec<u64> = (1..=count as u64)
                    .map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) & mask)
                    .collect();
                let mut out = Vec::new();
                let mut block = [0; BLOCK];
                block[..count].copy_from_slice(&numbers);
                pack(&block, count, width, &mut out);
                assert_eq!(out.len(), bytes_of(count, width));
                // What follows in the file must not matter.
                out.resize(MOST_BYTES, 0xff);
                let mut back = [0; BLOCK];
                unpack(out.first_chunk().unwrap(), width, &mut back);
                assert_eq!(back[..count], numbers, "{width} {count}");
            }
        }
    }

    #[test]
    fn widths() {
        assert_eq!(width_of(0), 0);
        assert_eq!(width_of(255), 8);
        assert_eq!(width_of((1 << 56) - 1), 56);
        assert_eq!(width_of(1 << 56), RAW);
    }
}
