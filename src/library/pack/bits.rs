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

/// Appends the numbers, each with `width` bits, lowest bit first.
#[inline]
pub(super) fn pack(numbers: &[u64], width: u32, out: &mut Vec<u8>) {
    if width == RAW {
        for number in numbers {
            out.extend_from_slice(&number.to_le_bytes());
        }
        return;
    }
    let mut bytes = [0_u8; MOST_BYTES];
    let (mut word, mut filled, mut at) = (0, 0, 0);
    for number in numbers {
        word |= number << filled;
        filled += width;
        if filled >= u64::BITS {
            bytes[at..at + 8].copy_from_slice(&word.to_le_bytes());
            at += 8;
            filled -= u64::BITS;
            word = number >> (width - filled);
        }
    }
    if filled > 0 {
        bytes[at..at + 8].copy_from_slice(&word.to_le_bytes());
    }
    out.extend_from_slice(&bytes[..bytes_of(numbers.len(), width)]);
}

/// The sixteen numbers at the start of the window; those behind the packed ones are anything. The width is at most [`WIDEST_PACKED`], or
/// [`RAW`].
#[inline]
pub(super) fn unpack(window: &[u8; MOST_BYTES], width: u32) -> [u64; BLOCK] {
    if width == RAW {
        let (words, _) = window.as_chunks::<8>();
        return std::array::from_fn(|nth| u64::from_le_bytes(words[nth]));
    }
    let mask = (1_u64 << width) - 1;
    std::array::from_fn(|nth| {
        let bit = nth * width as usize;
        let bytes = window[bit / 8..].first_chunk().copied();
        u64::from_le_bytes(bytes.unwrap_or_default()) >> (bit % 8) & mask
    })
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
                pack(&numbers, width, &mut out);
                assert_eq!(out.len(), bytes_of(count, width));
                // What follows in the file must not matter.
                out.resize(MOST_BYTES, 0xff);
                let window = out.first_chunk().unwrap();
                assert_eq!(unpack(window, width)[..count], numbers, "{width} {count}");
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
