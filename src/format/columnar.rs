//! Rows seen column by column, every value as a number: what a compact form of a table is made from, and made into rows again.
//!
//! The lists of columns come from the same tables as the rows themselves ([`super::sections`]), so a new section has its columns here without
//! being written out again. This says what a value is as a number, not how numbers are stored.

use super::row::{Decimal, Whole};
use super::text::Sym;

/// A value as a number, or why it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Datum {
    /// In the column's smallest unit, which gives the value back exactly.
    Number(i64),
    /// No value.
    Absent,
    /// A floating-point number that is no whole number of smallest units: its bits (of a `f32`, the low 32).
    Bits(u64),
}

/// A column's type.
pub(crate) trait Value: Copy {
    /// The value as a number.
    fn datum(self) -> Datum;
    /// The value of a number; `None` when it is none of this type. Handles of strings have to be below `strings`.
    fn of(datum: Datum, strings: usize) -> Option<Self>;
}

impl Value for Sym {
    #[inline]
    fn datum(self) -> Datum {
        Datum::Number(self.index() as i64)
    }
    #[inline]
    fn of(datum: Datum, strings: usize) -> Option<Self> {
        match datum {
            Datum::Number(number) => Self::nth(usize::try_from(number).ok()?, strings),
            _ => None,
        }
    }
}

impl Value for i64 {
    #[inline]
    fn datum(self) -> Datum {
        Datum::Number(self)
    }
    #[inline]
    fn of(datum: Datum, _: usize) -> Option<Self> {
        match datum {
            Datum::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl Value for u32 {
    #[inline]
    fn datum(self) -> Datum {
        Datum::Number(i64::from(self))
    }
    #[inline]
    fn of(datum: Datum, _: usize) -> Option<Self> {
        match datum {
            Datum::Number(number) => Self::try_from(number).ok(),
            _ => None,
        }
    }
}

impl Value for Whole {
    #[inline]
    fn datum(self) -> Datum {
        Datum::Number(self.0)
    }
    #[inline]
    fn of(datum: Datum, strings: usize) -> Option<Self> {
        i64::of(datum, strings).map(Self)
    }
}

impl Value for bool {
    #[inline]
    fn datum(self) -> Datum {
        Datum::Number(i64::from(self))
    }
    #[inline]
    fn of(datum: Datum, _: usize) -> Option<Self> {
        match datum {
            Datum::Number(0) => Some(false),
            Datum::Number(1) => Some(true),
            _ => None,
        }
    }
}

impl<T: Value> Value for Option<T> {
    #[inline]
    fn datum(self) -> Datum {
        self.map_or(Datum::Absent, T::datum)
    }
    #[inline]
    fn of(datum: Datum, strings: usize) -> Option<Self> {
        match datum {
            Datum::Absent => Some(None),
            _ => T::of(datum, strings).map(Some),
        }
    }
}

/// Scaled values up to here are whole numbers that a `f64` holds exactly.
const MOST_SCALED: f64 = 9_007_199_254_740_992.0;

impl<const PLACES: u8> Decimal<PLACES> {
    const SCALE: f64 = {
        let mut scale = 1.0;
        let mut places = 0;
        while places < PLACES {
            scale *= 10.0;
            places += 1;
        }
        scale
    };
}

impl<const PLACES: u8> Value for Decimal<PLACES> {
    #[inline]
    fn datum(self) -> Datum {
        let scaled = self.0 * Self::SCALE;
        if scaled.abs() < MOST_SCALED {
            let number = (scaled + 0.5_f64.copysign(scaled)) as i64;
            // Both are exact, so the quotient is the number nearest to the decimal, as it was when the text was read.
            if (number as f64 / Self::SCALE).to_bits() == self.0.to_bits() {
                return Datum::Number(number);
            }
        }
        Datum::Bits(self.0.to_bits())
    }
    #[inline]
    fn of(datum: Datum, _: usize) -> Option<Self> {
        match datum {
            Datum::Number(number) => Some(Self(number as f64 / Self::SCALE)),
            Datum::Bits(bits) => Some(Self(f64::from_bits(bits))),
            Datum::Absent => None,
        }
    }
}

/// Whole tenths up to here are a few bits short of what a `f32` holds exactly.
const MOST_TENTHS: f32 = 4_194_304.0;

/// Added to a number between plus and minus [`MOST_TENTHS`], it leaves no bits for a fraction: the sum's last bits are the nearest whole number.
const ROUNDING: f32 = 12_582_912.0;

/// A coordinate as tenths of a unit, and whether it is exactly the `f32` nearest to them; where not, the tenths mean nothing. The sign of
/// zero counts.
#[inline]
pub(crate) fn tenths(value: f32) -> (i32, bool) {
    let scaled = value * 10.0;
    let sum = (scaled + ROUNDING).to_bits();
    let tenths = sum.wrapping_sub(ROUNDING.to_bits()) as i32;
    // Not `&&`: without a branch, many are looked at together.
    let is_exact = from_tenths(tenths).to_bits() == value.to_bits();
    (tenths, is_exact & (scaled.abs() < MOST_TENTHS))
}

/// The `f32` nearest to a whole number of tenths.
#[inline]
pub(crate) fn from_tenths(tenths: i32) -> f32 {
    tenths as f32 / 10.0
}

impl Value for f32 {
    #[inline]
    fn datum(self) -> Datum {
        match tenths(self) {
            (tenths, true) => Datum::Number(i64::from(tenths)),
            (_, false) => Datum::Bits(u64::from(self.to_bits())),
        }
    }
    #[inline]
    fn of(datum: Datum, _: usize) -> Option<Self> {
        match datum {
            Datum::Number(number) => i32::try_from(number).ok().map(from_tenths),
            Datum::Bits(bits) => u32::try_from(bits).ok().map(Self::from_bits),
            Datum::Absent => None,
        }
    }
}

/// Takes columns, one after the other.
pub(crate) trait ColumnSink {
    /// The next column of `rows`.
    fn column<R, T: Value>(&mut self, rows: &[R], value: impl Fn(&R) -> T);
}

/// Gives columns back in the order in which they were taken.
pub(crate) trait ColumnSource {
    /// Why a column cannot be given.
    type Error;
    /// Puts the next column into `rows`.
    fn column<R, T: Value>(
        &mut self,
        rows: &mut [R],
        slot: impl Fn(&mut R) -> &mut T,
    ) -> Result<(), Self::Error>;
}

/// Rows whose columns can be told one by one.
pub(crate) trait Columnar: Copy + Default {
    /// How many columns there are.
    const COUNT: usize;
    /// Shows every column in order.
    fn show(rows: &[Self], sink: &mut impl ColumnSink);
    /// Fills every column in order.
    fn fill<S: ColumnSource>(rows: &mut [Self], source: &mut S) -> Result<(), S::Error>;
}

/// Implements [`Columnar`] for a struct by its fields; of a field that is itself a struct, a part can be named.
macro_rules! columnar {
    ($row:ty { $($field:ident $(. $part:ident)?),+ $(,)? }) => {
        impl $crate::format::columnar::Columnar for $row {
            const COUNT: usize = [$(stringify!($field)),+].len();

            fn show(rows: &[Self], sink: &mut impl $crate::format::columnar::ColumnSink) {
                $(sink.column(rows, |row| row.$field$(.$part)?);)+
            }

            fn fill<S: $crate::format::columnar::ColumnSource>(
                rows: &mut [Self],
                source: &mut S,
            ) -> Result<(), S::Error> {
                $(source.column(rows, |row| &mut row.$field$(.$part)?)?;)+
                Ok(())
            }
        }
    };
}
pub(crate) use columnar;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_decimal_that_the_tracker_writes_is_a_number() {
        for number in (-200_000..200_000_i64).chain([1 << 40, -(1 << 40)]) {
            let value: f64 = format!("{number}e-3").parse().unwrap();
            assert_eq!(Decimal::<3>(value).datum(), Datum::Number(number));
            assert_eq!(
                Decimal::<3>::of(Datum::Number(number), 0),
                Some(Decimal(value))
            );
        }
    }

    #[test]
    fn what_is_no_whole_number_of_places_keeps_its_bits() {
        for value in [0.25, -0.0, f64::NAN, 1e300, f64::MIN_POSITIVE, 9.1e15] {
            let datum = Decimal::<1>(value).datum();
            assert_eq!(datum, Datum::Bits(value.to_bits()));
            let back = Decimal::<1>::of(datum, 0).map(|back| back.0.to_bits());
            assert_eq!(back, Some(value.to_bits()));
        }
    }

    #[test]
    fn coordinates_are_tenths_exactly_or_not_at_all() {
        for number in -1_000_000..1_000_000 {
            let value: f32 = format!("{number}e-1").parse().unwrap();
            assert_eq!(tenths(value), (number, true));
        }
        for odd in [
            -0.0,
            f32::NAN,
            f32::INFINITY,
            0.05,
            1e9,
            f32::MAX,
            f32::from_bits(1),
        ] {
            assert!(!tenths(odd).1, "{odd}");
        }
    }

    #[test]
    fn a_number_that_is_no_value_of_the_column_is_none() {
        assert_eq!(Sym::of(Datum::Number(3), 3), None);
        assert_eq!(Sym::of(Datum::Number(-1), 3), None);
        assert_eq!(Sym::of(Datum::Number(2), 3).map(Sym::index), Some(2));
        assert_eq!(bool::of(Datum::Number(2), 0), None);
        assert_eq!(u32::of(Datum::Number(1 << 32), 0), None);
        assert_eq!(i64::of(Datum::Absent, 0), None);
        assert_eq!(Option::<i64>::of(Datum::Absent, 0), Some(None));
        assert_eq!(f32::of(Datum::Number(1 << 40), 0), None);
    }
}
