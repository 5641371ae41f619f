//! Words that the program has itself, such as names of rules: stored as texts, each once, and found again among the program's own.

use crate::format::known_word;
use crate::library::pack::Damaged;
use crate::library::pack::bytes::{Cursor, put_text, put_varint};

/// Different words in the order in which they were met.
#[derive(Default)]
pub(super) struct Words(Vec<&'static str>);

impl Words {
    /// The place of a word, from 1 on; 0 for none.
    pub(super) fn place(&mut self, word: Option<&'static str>) -> u64 {
        let Some(word) = word else { return 0 };
        let known = self.0.iter().position(|known| *known == word);
        let place = known.unwrap_or_else(|| {
            self.0.push(word);
            self.0.len() - 1
        });
        place as u64 + 1
    }

    /// The word at a place, from 1 on; `None` at 0.
    pub(super) fn at(&self, place: usize) -> Result<Option<&'static str>, Damaged> {
        match place.checked_sub(1) {
            None => Ok(None),
            Some(index) => match self.0.get(index) {
                Some(word) => Ok(Some(word)),
                None => Err(Damaged("a word is missing")),
            },
        }
    }
}

pub(super) fn put(words: &[&'static str], out: &mut Vec<u8>) {
    put_varint(words.len() as u64, out);
    for word in words {
        put_text(word.as_bytes(), out);
    }
}

impl Words {
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put(&self.0, out);
    }

    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Damaged> {
        read(cursor).map(Self)
    }
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Vec<&'static str>, Damaged> {
    let count = cursor.count(1)?;
    let mut words = Vec::new();
    for _ in 0..count {
        let text = std::str::from_utf8(cursor.text()?).ok();
        let word = text.and_then(known_word);
        words.push(word.ok_or(Damaged("it has a word that this program does not know"))?);
    }
    Ok(words)
}
