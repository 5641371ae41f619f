//! Cells of rows as the tracker writes them: whole numbers, numbers with a fixed count of decimals, text.
//!
//! The standard library's formatting of floating-point numbers would cost more than playing the round, so decimals are written from whole numbers here.

/// A cell.
pub(super) trait Put {
    /// Writes it behind what is there.
    fn put(&self, out: &mut Vec<u8>);
}

impl Put for str {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl Put for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_str().put(out);
    }
}

impl<T: Put + ?Sized> Put for &T {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }
}

impl Put for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        if *self < 0 {
            out.push(b'-');
        }
        digits(self.unsigned_abs(), out);
    }
}

impl Put for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        digits(u64::from(*self), out);
    }
}

impl Put for usize {
    fn put(&self, out: &mut Vec<u8>) {
        digits(*self as u64, out);
    }
}

impl Put for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(b'0' + u8::from(*self));
    }
}

/// Nothing is written where there is nothing.
impl<T: Put> Put for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        if let Some(value) = self {
            value.put(out);
        }
    }
}

/// A number with one decimal.
#[derive(Clone, Copy, Debug)]
pub(super) struct F1(pub(super) f32);

/// A number with two decimals.
#[derive(Clone, Copy, Debug)]
pub(super) struct F2(pub(super) f32);

/// A number with three decimals.
#[derive(Clone, Copy, Debug)]
pub(super) struct F3(pub(super) f32);

impl Put for F1 {
    fn put(&self, out: &mut Vec<u8>) {
        let tenths = (self.0 * 10.0).round() as i64;
        let size = sign(tenths, out);
        digits(size / 10, out);
        out.extend_from_slice(&[b'.', b'0' + (size % 10) as u8]);
    }
}

impl Put for F2 {
    fn put(&self, out: &mut Vec<u8>) {
        let size = sign((f64::from(self.0) * 100.0).round() as i64, out);
        digits(size / 100, out);
        let digit = |of: u64| b'0' + (of % 10) as u8;
        out.extend_from_slice(&[b'.', digit(size / 10), digit(size)]);
    }
}

impl Put for F3 {
    fn put(&self, out: &mut Vec<u8>) {
        let size = sign((f64::from(self.0) * 1000.0).round() as i64, out);
        digits(size / 1000, out);
        let digit = |of: u64| b'0' + (of % 10) as u8;
        out.extend_from_slice(&[b'.', digit(size / 100), digit(size / 10), digit(size)]);
    }
}

/// Writes the sign and gives the rest.
fn sign(value: i64, out: &mut Vec<u8>) -> u64 {
    if value < 0 {
        out.push(b'-');
    }
    value.unsigned_abs()
}

fn digits(mut value: u64, out: &mut Vec<u8>) {
    let mut text = [0; 20];
    let mut at = text.len();
    loop {
        at -= 1;
        text[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&text[at..]);
}

/// Writes cells with a separator between them.
macro_rules! cells {
    ($out:expr, $separator:literal: $first:expr $(, $more:expr)* $(,)?) => {{
        let out: &mut Vec<u8> = $out;
        $crate::sample::text::Put::put(&$first, out);
        $(
            out.push($separator);
            $crate::sample::text::Put::put(&$more, out);
        )*
    }};
}

/// Writes a row of a section.
macro_rules! row {
    ($out:expr; $($cell:expr),+ $(,)?) => {{
        let out: &mut Vec<u8> = $out;
        $crate::sample::text::cells!(out, b';': $($cell),+);
        out.push(b'\n');
    }};
}

pub(super) use {cells, row};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_written_as_the_tracker_does() {
        let mut out = Vec::new();
        row!(&mut out; "a", -12_i64, 7_u8, 30_usize, true, None::<i64>, F1(-0.04), F1(-2573.04), F2(18.019), F3(1.0), F3(-0.0995), Some(5_i64));
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "a;-12;7;30;1;;0.0;-2573.0;18.02;1.000;-0.100;5\n"
        );
    }
}
