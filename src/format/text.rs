//! Interned strings of one file.
//!
//! A round repeats the same few dozen names and GUIDs thousands of times. Each distinct byte string is stored once; rows hold a
//! [`Sym`]. The raw bytes are kept, because names may be Latin-1 or cut inside a UTF-8 sequence and a file must be writable
//! again byte for byte; for reading there is the text with U+FFFD in place of every invalid sequence.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Handle of a string in the [`Strings`] of the same file. `Sym::EMPTY` is always the empty string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sym(u32);

impl Sym {
    /// The empty string; also what an empty column reads as.
    pub const EMPTY: Self = Self(0);

    /// Position in the table, dense from 0: usable as an index of a side table of length [`Strings::len`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The handle at position `index` of a table with `count` strings.
    pub(crate) fn nth(index: usize, count: usize) -> Option<Self> {
        (index < count).then_some(Self(index as u32))
    }

    /// Whether this is the empty string.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    raw_start: u32,
    raw_end: u32,
    text_start: u32,
    text_end: u32,
}

/// All distinct strings of one file.
#[derive(Clone)]
pub struct Strings {
    raw: Vec<u8>,
    text: String,
    entries: Vec<Entry>,
    table: HashTable<Sym>,
    /// For each value of [`slot`], the string seen there last: rows repeat the same few names, and a look here is cheaper than a hash.
    recent: Box<[Sym; RECENT]>,
}

const RECENT: usize = 256;

/// Equality of short strings without a call: two overlapping halves of either.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    fn halves<const N: usize>(a: &[u8], b: &[u8]) -> bool {
        a.first_chunk::<N>() == b.first_chunk::<N>() && a.last_chunk::<N>() == b.last_chunk::<N>()
    }
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        16..=32 => halves::<16>(a, b),
        8..=15 => halves::<8>(a, b),
        4..=7 => halves::<4>(a, b),
        _ => a == b,
    }
}

/// Where a string is looked for first: by its length and its ends.
#[inline]
fn slot(bytes: &[u8]) -> usize {
    let ends = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u32::from_le_bytes(*first) ^ u32::from_le_bytes(*last).rotate_left(16)
        }
        _ => bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | u32::from(*byte)),
    };
    let mixed = (ends ^ bytes.len() as u32).wrapping_mul(0x9e37_79b1);
    mixed as usize >> 24
}

impl std::fmt::Debug for Strings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Strings({} distinct)", self.entries.len())
    }
}

impl Default for Strings {
    fn default() -> Self {
        let mut strings = Self {
            raw: Vec::new(),
            text: String::new(),
            entries: Vec::with_capacity(256),
            table: HashTable::with_capacity(256),
            recent: Box::new([Sym::EMPTY; RECENT]),
        };
        strings.add(b"");
        strings
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

impl Strings {
    /// The handle of `bytes`, adding them when they are new.
    #[inline]
    pub fn intern(&mut self, bytes: &[u8]) -> Sym {
        let recent = self.recent[slot(bytes)];
        if same(self.raw(recent), bytes) {
            return recent;
        }
        self.find_or_add(bytes)
    }

    #[inline(never)]
    fn find_or_add(&mut self, bytes: &[u8]) -> Sym {
        let sym = self.find(bytes).unwrap_or_else(|| self.add(bytes));
        self.recent[slot(bytes)] = sym;
        sym
    }

    fn add(&mut self, bytes: &[u8]) -> Sym {
        let hash = hash(bytes);
        let sym = Sym(self.entries.len() as u32);
        let text = String::from_utf8_lossy(bytes);
        let entry = Entry {
            raw_start: self.raw.len() as u32,
            raw_end: (self.raw.len() + bytes.len()) as u32,
            text_start: self.text.len() as u32,
            text_end: (self.text.len() + text.len()) as u32,
        };
        self.raw.extend_from_slice(bytes);
        self.text.push_str(&text);
        self.entries.push(entry);
        let (raw, entries) = (&self.raw, &self.entries);
        self.table.insert_unique(hash, sym, |&sym| {
            let entry = entries[sym.index()];
            self::hash(&raw[entry.raw_start as usize..entry.raw_end as usize])
        });
        sym
    }

    /// The handle of `bytes` if the file contains them.
    pub fn find(&self, bytes: &[u8]) -> Option<Sym> {
        self.table
            .find(hash(bytes), |&sym| self.raw(sym) == bytes)
            .copied()
    }

    /// The bytes as they stand in the file.
    #[inline]
    pub fn raw(&self, sym: Sym) -> &[u8] {
        let entry = self.entries[sym.index()];
        &self.raw[entry.raw_start as usize..entry.raw_end as usize]
    }

    /// The text, with U+FFFD for every invalid UTF-8 sequence.
    pub fn text(&self, sym: Sym) -> &str {
        let entry = self.entries[sym.index()];
        &self.text[entry.text_start as usize..entry.text_end as usize]
    }

    /// Number of distinct strings; always at least 1 (the empty string).
    #[expect(
        clippy::len_without_is_empty,
        reason = "it holds the empty string from the start"
    )]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Every handle in order of first appearance.
    pub fn iter(&self) -> impl Iterator<Item = Sym> + use<> {
        (0..self.entries.len() as u32).map(Sym)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_share_a_handle_and_raw_bytes_survive() {
        let mut strings = Strings::default();
        let latin = strings.intern(b"latin\xe9byte");
        let other = strings.intern(b"other");
        assert_eq!(strings.intern(b"latin\xe9byte"), latin);
        assert_ne!(latin, other);
        assert_eq!(strings.raw(latin), b"latin\xe9byte");
        assert_eq!(strings.text(latin), "latin\u{fffd}byte");
        assert_eq!(strings.intern(b""), Sym::EMPTY);
        assert_eq!(strings.find(b"other"), Some(other));
        assert_eq!(strings.find(b"absent"), None);
    }

    #[test]
    fn many_strings_stay_apart() {
        let mut strings = Strings::default();
        let all: Vec<Sym> = (0..5000)
            .map(|i| strings.intern(format!("name{i}").as_bytes()))
            .collect();
        for (i, sym) in all.iter().enumerate() {
            assert_eq!(strings.text(*sym), format!("name{i}"));
        }
        assert_eq!(strings.len(), 5001);
    }
    #[test]
    fn equality_looks_at_every_byte() {
        for length in 0..70 {
            let text: Vec<u8> = (0..length).map(|i| i as u8 + 1).collect();
            assert!(same(&text, &text.clone()));
            for at in 0..length {
                let mut other = text.clone();
                other[at] ^= 0x80;
                assert!(!same(&text, &other), "{length} {at}");
            }
            assert!(length == 0 || !same(&text, &text[1..]));
        }
    }
}
