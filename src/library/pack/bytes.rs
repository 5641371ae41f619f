//! Writing and reading the small parts: varints, texts, and the frame around all.

use super::Damaged;

/// Bytes of the checksum.
const SEAL_BYTES: usize = 4;

/// What the checksum multiplies by: odd, so that no step loses a bit.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// The checksum of `bytes`: from their number on, each eight of them (lowest first, the last filled up with zeros) are xored to the sum
/// rotated left by 23 bits, and the result is multiplied by `0x9e3779b97f4a7c15` modulo 2^64. Its upper half counts.
fn checksum(bytes: &[u8]) -> [u8; SEAL_BYTES] {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let words = words.iter().chain(std::iter::once(&last));
    let sum = words.fold(bytes.len() as u64, |sum, word| {
        (sum.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(MIX)
    });
    ((sum >> 32) as u32).to_le_bytes()
}

/// Puts the checksum of `out[start..]` behind it.
pub fn seal(out: &mut Vec<u8>, start: usize) {
    let sum = checksum(&out[start..]);
    out.extend_from_slice(&sum);
}

pub(super) const fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

pub(super) const fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

pub(super) fn put_varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(super) fn put_signed(number: i64, out: &mut Vec<u8>) {
    put_varint(zigzag(number), out);
}

pub(super) fn put_text(text: &[u8], out: &mut Vec<u8>) {
    put_varint(text.len() as u64, out);
    out.extend_from_slice(text);
}

/// The bytes that are not read yet.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    left: &'a [u8],
}

const TOO_SHORT: Damaged = Damaged("it ends too early");

impl<'a> Cursor<'a> {
    /// What stands between the version and the checksum, which both have to be right.
    pub(super) fn open(bytes: &'a [u8], version: u8) -> Result<Self, Damaged> {
        let (body, sum) = bytes.split_last_chunk().ok_or(TOO_SHORT)?;
        let (first, left) = body.split_first().ok_or(TOO_SHORT)?;
        if *first != version {
            return Err(Damaged("its version is not known"));
        }
        if checksum(body) != *sum {
            return Err(Damaged("its checksum is wrong"));
        }
        Ok(Self { left })
    }

    /// Number of bytes not read yet.
    pub(super) const fn len(&self) -> usize {
        self.left.len()
    }

    /// All bytes not read yet.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.left
    }

    /// That everything has been read.
    pub(super) fn finish(&self) -> Result<(), Damaged> {
        if self.left.is_empty() {
            Ok(())
        } else {
            Err(Damaged("something stands behind its end"))
        }
    }

    #[inline]
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (taken, left) = self.left.split_at_checked(count).ok_or(TOO_SHORT)?;
        self.left = left;
        Ok(taken)
    }

    #[inline]
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        let (taken, left) = self.left.split_first_chunk().ok_or(TOO_SHORT)?;
        self.left = left;
        Ok(*taken)
    }

    #[inline]
    pub(super) fn byte(&mut self) -> Result<u8, Damaged> {
        self.array().map(|[byte]| byte)
    }

    #[inline]
    pub(super) fn varint(&mut self) -> Result<u64, Damaged> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged("a number is too long"))
    }

    #[inline]
    pub(super) fn signed(&mut self) -> Result<i64, Damaged> {
        self.varint().map(unzigzag)
    }

    /// A number that has to fit into another type.
    pub(super) fn number<T: TryFrom<u64>>(&mut self) -> Result<T, Damaged> {
        T::try_from(self.varint()?).map_err(|_| Damaged("a number is too large"))
    }

    pub(super) fn text(&mut self) -> Result<&'a [u8], Damaged> {
        let length = self.number()?;
        self.take(length)
    }

    /// A text that has to be UTF-8.
    pub(super) fn string(&mut self) -> Result<String, Damaged> {
        let text = std::str::from_utf8(self.text()?);
        text.map(str::to_owned)
            .map_err(|_| Damaged("a text is no UTF-8"))
    }

    /// `0` or `1`.
    pub(super) fn flag(&mut self) -> Result<bool, Damaged> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Damaged("a flag is neither 0 nor 1")),
        }
    }

    /// The number of things that follow, each of which takes at least `bytes` bytes; so there can't be more than the bytes that are left allow.
    pub(super) fn count(&mut self, bytes: usize) -> Result<usize, Damaged> {
        let count: usize = self.number()?;
        if count.saturating_mul(bytes) > self.len() {
            return Err(Damaged("it says that more follows than there is"));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN];
        let mut out = vec![1];
        for number in numbers {
            put_signed(number, &mut out);
        }
        seal(&mut out, 0);
        let mut cursor = Cursor::open(&out, 1).unwrap();
        assert_eq!(numbers.map(|_| cursor.signed().unwrap()), numbers);
        assert_eq!(cursor.finish(), Ok(()));
    }

    #[test]
    fn a_changed_byte_is_found() {
        for length in 0..40 {
            let mut out = vec![7_u8; length + 1];
            seal(&mut out, 0);
            assert!(Cursor::open(&out, 7).is_ok());
            for bit in 0..out.len() * 8 {
                let mut changed = out.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                assert!(Cursor::open(&changed, 7).is_err(), "{length} {bit}");
            }
        }
    }

    #[test]
    fn numbers_without_an_end_are_refused() {
        let mut cursor = Cursor { left: &[0xff; 20] };
        assert!(cursor.varint().is_err());
        let mut cursor = Cursor { left: &[0xff; 3] };
        assert_eq!(cursor.varint(), Err(TOO_SHORT));
        let mut cursor = Cursor { left: &[200, 1, 0] };
        assert!(cursor.count(1).is_err());
    }
}
