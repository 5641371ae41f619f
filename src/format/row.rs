//! What all sections share: typed columns, rows made of columns, tables made of rows.

use super::field::Field;
use super::number::{self, BadNumber, Lenient};
use super::text::{Strings, Sym};

/// One value of a row, for printing, exporting and writing back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// An empty optional column, or a column this version of the file does not have.
    Empty,
    /// Text, interned.
    Text(Sym),
    /// Whole number.
    Int(i64),
    /// Decimal with the number of places the tracker writes; never infinite, NaN when the file says `nan` or `inf`.
    Real(f64, u8),
    /// `0` or `1`.
    Flag(bool),
}

/// A decimal column that the tracker writes with `PLACES` places. NaN stands for a value the file gives as `nan` or `inf`
/// (reported as a problem); use [`Decimal::get`] where that matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Decimal<const PLACES: u8>(pub f64);

impl<const PLACES: u8> Decimal<PLACES> {
    /// The value, or `None` when the file holds no finite number.
    pub fn get(self) -> Option<f64> {
        self.0.is_finite().then_some(self.0)
    }
}

/// A coordinate written as a whole number; decimals are cut toward zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole(pub i64);

/// Why one field cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadField {
    /// The column's name.
    pub column: &'static str,
    /// What is wrong with it.
    pub why: BadNumber,
}

/// What reading a row needs besides its fields, and what it finds out on the way.
pub(crate) struct RowReader<'a> {
    pub(crate) strings: &'a mut Strings,
    /// The row was read by a rule that a strict reader of the format does not have, so such a reader would have dropped it.
    pub(crate) lenient: bool,
    /// Columns that were read as "no value" although they are not empty.
    pub(crate) doubts: Vec<BadField>,
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(strings: &'a mut Strings) -> Self {
        Self {
            strings,
            lenient: false,
            doubts: Vec::new(),
        }
    }

    pub(crate) fn int(&mut self, field: Field<'_>) -> Result<i64, BadNumber> {
        let (value, Lenient(lenient)) = number::int_of(field)?;
        self.lenient |= lenient;
        Ok(value)
    }
}

/// A column type: how it is read and shown.
pub(crate) trait Column: Sized {
    fn read(
        field: Field<'_>,
        column: &'static str,
        reader: &mut RowReader<'_>,
    ) -> Result<Self, BadNumber>;
    /// The value of a column that older versions of the section do not have.
    fn absent() -> Self;
    fn cell(&self) -> Cell;
}

impl Column for Sym {
    fn read(
        field: Field<'_>,
        _: &'static str,
        reader: &mut RowReader<'_>,
    ) -> Result<Self, BadNumber> {
        Ok(reader.strings.intern(field.text()))
    }
    fn absent() -> Self {
        Self::EMPTY
    }
    fn cell(&self) -> Cell {
        Cell::Text(*self)
    }
}

impl Column for i64 {
    fn read(
        field: Field<'_>,
        _: &'static str,
        reader: &mut RowReader<'_>,
    ) -> Result<Self, BadNumber> {
        reader.int(field)
    }
    fn absent() -> Self {
        0
    }
    fn cell(&self) -> Cell {
        Cell::Int(*self)
    }
}

impl Column for Whole {
    fn read(field: Field<'_>, _: &'static str, _: &mut RowReader<'_>) -> Result<Self, BadNumber> {
        number::truncated_of(field).map(Whole)
    }
    fn absent() -> Self {
        Self(0)
    }
    fn cell(&self) -> Cell {
        Cell::Int(self.0)
    }
}

impl<const PLACES: u8> Column for Decimal<PLACES> {
    fn read(
        field: Field<'_>,
        column: &'static str,
        reader: &mut RowReader<'_>,
    ) -> Result<Self, BadNumber> {
        match number::real_of(field) {
            Ok(value) => Ok(Self(value)),
            Err(why @ BadNumber::NotFinite) => {
                reader.doubts.push(BadField { column, why });
                Ok(Self(f64::NAN))
            }
            Err(why) => Err(why),
        }
    }
    fn absent() -> Self {
        Self(f64::NAN)
    }
    fn cell(&self) -> Cell {
        Cell::Real(self.0, PLACES)
    }
}

impl Column for bool {
    fn read(
        field: Field<'_>,
        column: &'static str,
        reader: &mut RowReader<'_>,
    ) -> Result<Self, BadNumber> {
        match field.text() {
            b"1" => Ok(true),
            b"0" => Ok(false),
            text => {
                let field = text.trim_ascii();
                if field != b"0" && field != b"1" {
                    let why = BadNumber::NotANumber;
                    reader.doubts.push(BadField { column, why });
                }
                Ok(field == b"1")
            }
        }
    }
    fn absent() -> Self {
        false
    }
    fn cell(&self) -> Cell {
        Cell::Flag(*self)
    }
}

/// An optional column: empty reads as `None`, and so does something unreadable, which is reported without losing the row.
impl<T: Column> Column for Option<T> {
    fn read(
        field: Field<'_>,
        column: &'static str,
        reader: &mut RowReader<'_>,
    ) -> Result<Self, BadNumber> {
        if field.text().trim_ascii().is_empty() {
            return Ok(None);
        }
        match T::read(field, column, reader) {
            Ok(value) => Ok(Some(value)),
            Err(why) => {
                reader.doubts.push(BadField { column, why });
                Ok(None)
            }
        }
    }
    fn absent() -> Self {
        None
    }
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Empty, Column::cell)
    }
}

/// A row of one section.
pub trait Row: Sized {
    /// The section's name in the file.
    const SECTION: &'static str;
    /// Column names in file order, as the format's documentation spells them.
    const COLUMNS: &'static [&'static str];
    /// Fewer columns than this make a row unreadable; further ones are optional.
    const MIN_COLUMNS: usize;
    /// The row's values, one per column.
    fn cells(&self) -> Vec<Cell>;
}

/// Reading a row, kept apart from [`Row`] because only the reader may do it.
pub(crate) trait ReadRow: Row {
    fn read(fields: &[Field<'_>], reader: &mut RowReader<'_>) -> Result<Self, BadField>;
}

/// The rows of one section.
#[derive(Clone, Debug)]
pub struct Table<R> {
    /// The rows in file order.
    pub rows: Vec<R>,
    /// Line of each row in the file, from 1; as long as `rows`.
    pub lines: Vec<u32>,
    /// Indices of rows that were readable only by a tolerant rule (see [`number`]): a strict reader drops them.
    pub lenient: Vec<u32>,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            lines: Vec::new(),
            lenient: Vec::new(),
        }
    }
}

impl<R> Table<R> {
    pub(crate) fn push(&mut self, row: R, line: u32, lenient: bool) {
        if lenient {
            self.lenient.push(self.rows.len() as u32);
        }
        self.rows.push(row);
        self.lines.push(line);
    }

    /// Whether row `index` was readable only by a tolerant rule.
    pub fn is_lenient(&self, index: usize) -> bool {
        self.lenient.binary_search(&(index as u32)).is_ok()
    }
}

/// A run of consecutive entries in one of the document's pools.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Index of the first entry.
    pub start: u32,
    /// Number of entries.
    pub len: u32,
}

impl Span {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            len: (end - start) as u32,
        }
    }

    /// As an index range.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}
