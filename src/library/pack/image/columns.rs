//! One column after the other, as lanes with exceptions.

use crate::format::columnar::{ColumnSink, ColumnSource, Datum, Value};
use crate::library::pack::bytes::Cursor;
use crate::library::pack::{Damaged, lane};

/// What stands at a place of a column, as it is stored.
const NUMBER: i64 = 0;
const ABSENT: i64 = 1;
const BITS: i64 = 2;

/// Packs columns.
pub(super) struct Packer<'a> {
    pub(super) out: &'a mut Vec<u8>,
    numbers: Vec<i64>,
    /// Empty while all are numbers.
    kinds: Vec<i64>,
    bits: Vec<u64>,
}

impl<'a> Packer<'a> {
    pub(super) const fn new(out: &'a mut Vec<u8>) -> Self {
        Self {
            out,
            numbers: Vec::new(),
            kinds: Vec::new(),
            bits: Vec::new(),
        }
    }

    /// A place without a number among `count`.
    #[cold]
    fn exception(&mut self, datum: Datum, count: usize) {
        self.kinds.resize(count, NUMBER);
        self.kinds[self.numbers.len()] = match datum {
            Datum::Bits(bits) => {
                self.bits.push(bits);
                BITS
            }
            Datum::Number(_) | Datum::Absent => ABSENT,
        };
        let before = self.numbers.last().copied().unwrap_or_default();
        self.numbers.push(before);
    }

    fn put_column(&mut self) {
        self.out.push(u8::from(self.kinds.is_empty()));
        lane::put(&self.kinds, self.out);
        for bits in self.bits.drain(..) {
            self.out.extend_from_slice(&bits.to_le_bytes());
        }
        lane::put(&self.numbers, self.out);
        self.kinds.clear();
        self.numbers.clear();
    }

    /// A lane that is no column of a row.
    pub(super) fn lane(&mut self, numbers: impl Iterator<Item = i64>) {
        self.numbers.extend(numbers);
        lane::put(&self.numbers, self.out);
        self.numbers.clear();
    }
}

impl ColumnSink for Packer<'_> {
    fn column<R, T: Value>(&mut self, rows: &[R], value: impl Fn(&R) -> T) {
        for row in rows {
            match value(row).datum() {
                Datum::Number(number) => self.numbers.push(number),
                datum => self.exception(datum, rows.len()),
            }
        }
        self.put_column();
    }
}

/// Unpacks columns.
pub(super) struct Unpacker<'a, 'b> {
    pub(super) cursor: &'b mut Cursor<'a>,
    /// How many strings there are for handles to name.
    strings: usize,
    numbers: Vec<i64>,
    kinds: Vec<i64>,
}

impl<'a, 'b> Unpacker<'a, 'b> {
    pub(super) const fn new(cursor: &'b mut Cursor<'a>, strings: usize) -> Self {
        Self {
            cursor,
            strings,
            numbers: Vec::new(),
            kinds: Vec::new(),
        }
    }

    /// That `count` rows of `columns` columns can follow: not more than the bytes that are left can hold.
    pub(super) fn check_rows(&self, count: usize, columns: usize) -> Result<(), Damaged> {
        let fewest = lane::fewest_bytes(count).saturating_mul(columns);
        if fewest > self.cursor.len() {
            return Err(Damaged("it says that more rows follow than there are"));
        }
        Ok(())
    }

    /// A lane that is no column of a row.
    pub(super) fn lane(&mut self, count: usize) -> Result<&[i64], Damaged> {
        lane::read(self.cursor, count, &mut self.numbers)?;
        Ok(&self.numbers)
    }

    /// The bits of the places that hold some, and then the numbers.
    fn read_exceptions(&mut self, count: usize) -> Result<&'a [[u8; 8]], Damaged> {
        lane::read(self.cursor, count, &mut self.kinds)?;
        let with_bits = self.kinds.iter().filter(|kind| **kind == BITS).count();
        let (bits, _) = self.cursor.take(with_bits * 8)?.as_chunks();
        lane::read(self.cursor, count, &mut self.numbers)?;
        Ok(bits)
    }
}

const NO_VALUE: Damaged = Damaged("a value is none of its column");

impl ColumnSource for Unpacker<'_, '_> {
    type Error = Damaged;

    fn column<R, T: Value>(
        &mut self,
        rows: &mut [R],
        slot: impl Fn(&mut R) -> &mut T,
    ) -> Result<(), Damaged> {
        if self.cursor.flag()? {
            lane::read(self.cursor, rows.len(), &mut self.numbers)?;
            for (row, number) in rows.iter_mut().zip(&self.numbers) {
                *slot(row) = T::of(Datum::Number(*number), self.strings).ok_or(NO_VALUE)?;
            }
            return Ok(());
        }
        let mut bits = self.read_exceptions(rows.len())?.iter();
        for (row, (kind, number)) in rows.iter_mut().zip(self.kinds.iter().zip(&self.numbers)) {
            let datum = match *kind {
                NUMBER => Datum::Number(*number),
                ABSENT => Datum::Absent,
                BITS => Datum::Bits(u64::from_le_bytes(*bits.next().ok_or(NO_VALUE)?)),
                _ => return Err(NO_VALUE),
            };
            *slot(row) = T::of(datum, self.strings).ok_or(NO_VALUE)?;
        }
        Ok(())
    }
}
