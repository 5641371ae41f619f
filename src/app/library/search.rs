//! Fuzzy search over the stored rounds: every typed word must be found in the map, a player's name, the date, the tracker version, the
//! round number or a tag.
//!
//! Rounds share most of their texts (the same people play the same maps), so each different text is kept once, and a keystroke looks at
//! texts instead of rounds. What is left per round is to look its texts up.

use super::words::search_dates;
use crate::library::catalogue::Entry;
use rustc_hash::FxHashMap;

/// How well a word fits a text; 0 means not at all.
type Quality = u8;

const WHOLE: Quality = 100;
const PREFIX: Quality = 80;
const WORD_START: Quality = 60;
const INSIDE: Quality = 40;
/// Letters in order, but with others between them; one less for each of these.
const SCATTERED: Quality = 30;
/// Shorter words must stand in the text as they are: two letters in order are nearly everywhere.
const SHORTEST_SCATTERED: usize = 3;

/// A different text, in lower case, with a bit for each character in it.
#[derive(Clone, Debug)]
struct Text {
    text: Box<str>,
    letters: u64,
}

/// The texts of a catalogue, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct Index {
    texts: Vec<Text>,
    /// Numbers of texts, round by round.
    of_rounds: Vec<u32>,
    /// Where in `of_rounds` each round's begin; one more at the end.
    starts: Vec<u32>,
}

/// What a query found in the texts: a column of qualities per word.
#[derive(Clone, Debug, Default)]
pub struct Found {
    by_word: Vec<Vec<Quality>>,
}

impl Index {
    /// Indexes a catalogue.
    pub fn new(entries: &[Entry]) -> Self {
        let mut index = Self::default();
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut dates: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        let numbers = ["R1", "R2"].map(|number| index.add(number));
        for entry in entries {
            index.starts.push(index.of_rounds.len() as u32);
            let plain = entry.players.iter().chain(&entry.tags);
            for text in plain.chain([&entry.map, &entry.version]) {
                let id = *known.entry(text).or_insert_with(|| index.add(text));
                index.of_rounds.push(id);
            }
            if let Some(number) = numbers.get(entry.number.wrapping_sub(1) as usize) {
                index.of_rounds.push(*number);
            }
            if let Some(date) = &entry.date {
                let ids = dates.entry(date).or_insert_with(|| {
                    let texts = search_dates(date);
                    texts.iter().map(|text| index.add(text)).collect()
                });
                index.of_rounds.extend_from_slice(ids);
            }
        }
        index.starts.push(index.of_rounds.len() as u32);
        index
    }

    fn add(&mut self, text: &str) -> u32 {
        let text = text.to_lowercase().into_boxed_str();
        let letters = letters_of(&text);
        self.texts.push(Text { text, letters });
        (self.texts.len() - 1) as u32
    }

    /// Looks every word of a query up in all texts.
    pub fn find(&self, query: &str) -> Found {
        let query = query.to_lowercase();
        let column = |word: &str| {
            let letters = letters_of(word);
            let of = |text: &Text| {
                // Most texts lack a letter of the word.
                let has_letters = text.letters & letters == letters;
                if has_letters {
                    quality(&text.text, word)
                } else {
                    0
                }
            };
            self.texts.iter().map(of).collect()
        };
        Found {
            by_word: query.split_whitespace().map(column).collect(),
        }
    }

    /// How well the nth round fits: the best text for each word, added up. `None` when a word fits none; 0 for an empty query.
    pub fn score(&self, found: &Found, nth: usize) -> Option<u32> {
        let texts = &self.of_rounds[self.starts[nth] as usize..self.starts[nth + 1] as usize];
        found.by_word.iter().try_fold(0, |sum, column| {
            let best = texts.iter().map(|text| column[*text as usize]).max();
            best.filter(|best| *best > 0)
                .map(|best| sum + u32::from(best))
        })
    }
}

/// A bit for each letter and digit, the rest shared by all other characters.
fn letters_of(text: &str) -> u64 {
    let bit = |byte: u8| match byte {
        b'a'..=b'z' => byte - b'a',
        b'0'..=b'9' => byte - b'0' + 26,
        other => 36 + other % 28,
    };
    text.bytes().fold(0, |mask, byte| mask | 1 << bit(byte))
}

fn quality(text: &str, word: &str) -> Quality {
    match text.find(word) {
        Some(_) if text.len() == word.len() => WHOLE,
        Some(0) => PREFIX,
        Some(_) if starts_a_word(text, word) => WORD_START,
        Some(_) => INSIDE,
        None => scattered(text.as_bytes(), word.as_bytes()),
    }
}

fn starts_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric())
    })
}

/// The letters of `word` in order with at most as many others between them. Words with digits are dates and versions, in which only
/// separators may be left out.
fn scattered(text: &[u8], word: &[u8]) -> Quality {
    if word.len() < SHORTEST_SCATTERED {
        return 0;
    }
    let has_digit = word.iter().any(u8::is_ascii_digit);
    let starts = (0..text.len()).filter(|at| text[*at] == word[0]);
    let skips = starts.filter_map(|at| skipped(&text[at..], word, has_digit));
    skips.min().map_or(0, |skipped| {
        SCATTERED.saturating_sub(skipped as Quality).max(1)
    })
}

/// How many bytes lie between those of `word`, which begins where `text` does.
fn skipped(text: &[u8], word: &[u8], only_separators: bool) -> Option<usize> {
    let mut skipped = 0;
    let mut rest = word.iter().peekable();
    for byte in text {
        match rest.peek() {
            None => break,
            Some(wanted) if *wanted == byte => {
                rest.next();
            }
            Some(_) if only_separators && byte.is_ascii_alphanumeric() => return None,
            Some(_) => skipped += 1,
        }
        if skipped > word.len() {
            return None;
        }
    }
    rest.peek().is_none().then_some(skipped)
}

#[cfg(test)]
mod tests {
    use super::super::sample::entry;
    use super::*;

    fn score(query: &str) -> Option<u32> {
        let mut one = entry(1);
        one.map = "te_escape2".to_owned();
        one.players = vec!["salt_Coral".to_owned(), "dune.oskar".to_owned()];
        one.date = Some("2026-08-23".to_owned());
        one.version = "6.11".to_owned();
        one.tags = vec!["scrim".to_owned()];
        let index = Index::new(&[one]);
        index.score(&index.find(query), 0)
    }

    #[test]
    fn every_word_must_be_found_somewhere() {
        assert_eq!(score(""), Some(0));
        assert_eq!(score("scrim"), Some(100));
        assert_eq!(score("SCRIM 6.11 r1"), Some(300));
        assert_eq!(score("scrim supply"), None);
    }

    #[test]
    fn better_places_count_more() {
        let qualities = ["te_escape2", "salt", "coral", "alt", "escpe"].map(score);
        let expected = [WHOLE, PREFIX, WORD_START, INSIDE, SCATTERED - 1];
        assert_eq!(qualities, expected.map(|quality| Some(u32::from(quality))));
    }

    #[test]
    fn letters_may_be_left_out_but_not_too_many() {
        assert!(score("teescape").is_some());
        assert_eq!(score("srl"), None, "s…r…l in salt_coral is too far apart");
        assert_eq!(score("ea"), None, "two letters must stand together");
        assert_eq!(score("lasct"), None, "the order counts");
    }

    #[test]
    fn dates_are_found_as_people_write_them() {
        for query in ["2026-08", "20260823", "aug", "23 aug", "sunday", "08-23"] {
            assert!(score(query).is_some(), "{query}");
        }
        assert_eq!(score("0824"), None);
        assert_eq!(score("2023"), None, "digits are not picked from all over");
        assert!(score("escape2").is_some());
        assert_eq!(score("escape 7"), None);
    }
}
