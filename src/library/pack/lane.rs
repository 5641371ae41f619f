//! Lanes: lists of whole numbers, such as a column, whose length the reader knows.
//!
//! Columns rise evenly, or change a little from row to row, or hold a few small codes; so a lane stores its numbers, their steps, or the changes
//! of their steps, whichever is the smallest.
//!
//! # Bytes
//!
//! A lane without numbers has no bytes. Any other begins with a byte that names its kind, and its base:
//!
//! | kind | then | what is packed |
//! |---|---|---|
//! | 0 | zigzag varint: the smallest number | each number's distance from the smallest |
//! | 1 | zigzag varint: the first number | from the second number on, the zigzag of its step from the one before |
//! | 2 | two zigzag varints: the first number, the first step | from the third number on, the zigzag of its step's change from the step before |
//!
//! The packed numbers stand in blocks of sixteen, only the last one may be shorter. A block is a byte with the width *w* (0 to 56, or 64) and
//! then *w* bits of each number, side by side from the lowest bit of the first byte on, filled up to a whole byte. All arithmetic is modulo 2^64.

use super::Damaged;
use super::bits::{self, BLOCK, RAW, WIDEST_PACKED};
use super::bytes::{Cursor, put_signed, unzigzag, zigzag};

/// Fewest bytes that a lane of `count` numbers takes: nobody needs to believe a length that the bytes cannot hold.
pub(super) const fn fewest_bytes(count: usize) -> usize {
    count.saturating_sub(2).div_ceil(BLOCK)
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Plain,
    Steps,
    Changes,
}

/// Blocks that are looked at to choose a kind; of longer lanes, so many spread evenly.
const TRIED: usize = 8;

/// The kind that packs the numbers into the fewest bits, as far as the blocks tell that are tried.
fn best_kind(numbers: &[i64], smallest: i64) -> Kind {
    let Some(pairs_before) = numbers.len().checked_sub(2) else {
        return Kind::Steps;
    };
    // Each with the two before it; the first two are in the base of those kinds that have steps.
    let (before2, before, these) = (
        &numbers[..pairs_before],
        &numbers[1..=pairs_before],
        &numbers[2..],
    );
    let stride = these.len().div_ceil(BLOCK * TRIED).max(1);
    let blocks = these.chunks(BLOCK).zip(before.chunks(BLOCK));
    let blocks = blocks.zip(before2.chunks(BLOCK)).step_by(stride);
    let mut bits = [0; 3];
    for ((these, before), before2) in blocks {
        let mut all = [0; 3];
        for ((number, before), before2) in these.iter().zip(before).zip(before2) {
            let step = number.wrapping_sub(*before);
            let change = step.wrapping_sub(before.wrapping_sub(*before2));
            all[0] |= number.wrapping_sub(smallest) as u64;
            all[1] |= zigzag(step);
            all[2] |= zigzag(change);
        }
        for (sum, all) in bits.iter_mut().zip(all) {
            *sum += bits::width_of(all) as usize * these.len();
        }
    }
    if bits[0] <= bits[1] && bits[0] <= bits[2] {
        Kind::Plain
    } else if bits[1] <= bits[2] {
        Kind::Steps
    } else {
        Kind::Changes
    }
}

/// The smallest number; four are compared side by side, because each comparison waits for the one before.
fn smallest(numbers: &[i64]) -> i64 {
    let (fours, rest) = numbers.as_chunks::<4>();
    let start = [numbers.first().copied().unwrap_or_default(); 4];
    let lanes = fours.iter().fold(start, |lanes, four| {
        std::array::from_fn(|nth| lanes[nth].min(four[nth]))
    });
    let all = lanes.into_iter().chain(rest.iter().copied());
    all.fold(start[0], i64::min)
}

/// Appends a lane.
pub(super) fn put(numbers: &[i64], out: &mut Vec<u8>) {
    let [first, rest @ ..] = numbers else { return };
    let smallest = smallest(numbers);
    let kind = best_kind(numbers, smallest);
    out.push(kind as u8);
    match kind {
        Kind::Plain => {
            put_signed(smallest, out);
            put_blocks(numbers, out, |number| number.wrapping_sub(smallest) as u64);
        }
        Kind::Steps => {
            put_signed(*first, out);
            let mut before = *first;
            put_blocks(rest, out, |number| {
                let step = number.wrapping_sub(before);
                before = number;
                zigzag(step)
            });
        }
        Kind::Changes => {
            // The kind is only chosen for two numbers and more.
            let [second, rest @ ..] = rest else { return };
            let mut step_before = second.wrapping_sub(*first);
            put_signed(*first, out);
            put_signed(step_before, out);
            let mut before = *second;
            put_blocks(rest, out, |number| {
                let step = number.wrapping_sub(before);
                let change = step.wrapping_sub(step_before);
                (before, step_before) = (number, step);
                zigzag(change)
            });
        }
    }
}

#[inline]
fn put_blocks(numbers: &[i64], out: &mut Vec<u8>, mut packed: impl FnMut(i64) -> u64) {
    for block in numbers.chunks(BLOCK) {
        let mut values = [0; BLOCK];
        let mut all = 0;
        for (value, number) in values.iter_mut().zip(block) {
            *value = packed(*number);
            all |= *value;
        }
        let width = bits::width_of(all);
        out.push(width as u8);
        bits::pack(&values, block.len(), width, out);
    }
}

/// Reads a lane of `count` numbers; `numbers` holds them afterwards, and nothing else.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    count: usize,
    numbers: &mut Vec<i64>,
) -> Result<(), Damaged> {
    numbers.clear();
    if count == 0 {
        return Ok(());
    }
    if fewest_bytes(count) > cursor.len() {
        return Err(Damaged("it says that more follows than there is"));
    }
    match cursor.byte()? {
        0 => {
            let smallest = cursor.signed()?;
            read_blocks(cursor, count, numbers, |value| {
                smallest.wrapping_add(value as i64)
            })
        }
        1 => {
            let mut before = cursor.signed()?;
            numbers.push(before);
            read_blocks(cursor, count - 1, numbers, |value| {
                before = before.wrapping_add(unzigzag(value));
                before
            })
        }
        2 if count >= 2 => {
            let mut before = cursor.signed()?;
            let mut step = cursor.signed()?;
            numbers.push(before);
            before = before.wrapping_add(step);
            numbers.push(before);
            read_blocks(cursor, count - 2, numbers, |value| {
                step = step.wrapping_add(unzigzag(value));
                before = before.wrapping_add(step);
                before
            })
        }
        _ => Err(Damaged("a list of numbers is of no known kind")),
    }
}

#[inline]
fn read_blocks(
    cursor: &mut Cursor<'_>,
    count: usize,
    numbers: &mut Vec<i64>,
    mut number: impl FnMut(u64) -> i64,
) -> Result<(), Damaged> {
    numbers.reserve(count);
    let mut left = count;
    let mut values = [0; BLOCK];
    while left > 0 {
        let width = u32::from(cursor.byte()?);
        if width > WIDEST_PACKED && width != RAW {
            return Err(Damaged("a list of numbers has too wide a block"));
        }
        let here = left.min(BLOCK);
        match cursor.rest().first_chunk() {
            Some(window) => bits::unpack(window, width, &mut values),
            None => bits::unpack(&window_of_few(cursor.rest()), width, &mut values),
        }
        cursor.take(bits::bytes_of(here, width))?;
        numbers.extend(values[..here].iter().map(|value| number(*value)));
        left -= here;
    }
    Ok(())
}

/// The last bytes, filled up with zeros.
#[cold]
fn window_of_few(bytes: &[u8]) -> [u8; bits::MOST_BYTES] {
    let mut window = [0; bits::MOST_BYTES];
    window[..bytes.len()].copy_from_slice(bytes);
    window
}

#[cfg(test)]
mod tests {
    use super::super::bytes::seal;
    use super::*;

    fn packed(numbers: &[i64]) -> Vec<u8> {
        let mut out = vec![9];
        put(numbers, &mut out);
        seal(&mut out, 0);
        out
    }

    fn assert_comes_back(numbers: &[i64]) {
        let bytes = packed(numbers);
        let mut cursor = Cursor::open(&bytes, 9).unwrap();
        let mut back = vec![77];
        assert_eq!(read(&mut cursor, numbers.len(), &mut back), Ok(()));
        assert_eq!(back, numbers);
        assert_eq!(cursor.finish(), Ok(()));
        assert!(fewest_bytes(numbers.len()) <= bytes.len() - 5);
    }

    #[test]
    fn all_kinds_and_lengths_come_back() {
        for length in 0..70_i64 {
            let all = 0..length;
            assert_comes_back(&all.clone().collect::<Vec<_>>());
            assert_comes_back(&all.clone().map(|n| n * n - 500).collect::<Vec<_>>());
            assert_comes_back(&all.clone().map(|n| n * 7919 % 13).collect::<Vec<_>>());
            assert_comes_back(&all.clone().map(|n| n << (n % 63)).collect::<Vec<_>>());
            let extremes = [i64::MIN, i64::MAX, 0, -1, 1 << 53];
            assert_comes_back(
                &all.map(|n| extremes[n as usize * 3 % 5])
                    .collect::<Vec<_>>(),
            );
        }
    }

    #[test]
    fn the_smallest_kind_is_taken() {
        let even: Vec<i64> = (0..1000).map(|n| 5_000_000 + n * 200).collect();
        assert_eq!(packed(&even)[1], 2);
        let waves: Vec<i64> = (0..1000)
            .map(|n| 5_000_000 + ((n * 2_654_435_761) >> 7) % 61)
            .collect();
        assert_eq!(packed(&waves)[1], 0);
        let wandering: Vec<i64> = waves
            .iter()
            .scan(0, |sum, n| {
                *sum += n % 19 - 9;
                Some(*sum)
            })
            .collect();
        assert_eq!(packed(&wandering)[1], 1);
        // A number per hundred or so needs a byte of width and nothing else.
        assert!(packed(&even).len() < 80, "{}", packed(&even).len());
    }

    #[test]
    fn lengths_that_the_bytes_cannot_hold_take_no_memory() {
        let bytes = packed(&[1, 2, 3]);
        let mut numbers = Vec::new();
        let mut cursor = Cursor::open(&bytes, 9).unwrap();
        assert!(read(&mut cursor, usize::MAX, &mut numbers).is_err());
        assert_eq!(numbers.capacity(), 0);
    }
}
