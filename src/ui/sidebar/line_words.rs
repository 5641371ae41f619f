//! What the lines of the list are called.

use crate::app::library::Entry;
use crate::app::library::lines::{Line, LineKey};
use crate::app::library::order::Grouping;
use crate::app::library::shelf::Shelf;
use crate::app::library::words::{count, day_title, evening_title, map_words, short_name};

/// What a line is called aloud.
pub(super) fn spoken_name(shelf: &Shelf, line: &Line) -> String {
    let Some(first) = shelf.rounds_of(line).next() else {
        return String::new();
    };
    match line {
        Line::Group(rounds) => format!(
            "{}, {}",
            group_title(&shelf.key(line), shelf.sort().grouping()),
            count(rounds.len(), "round", "rounds")
        ),
        Line::Match(_) => format!("{}, {}", match_title(shelf, first), numbers(shelf, line)),
        Line::Round(..) => {
            let when = [first.date.as_deref(), first.local_time.as_deref()];
            let when = when.into_iter().flatten().collect::<Vec<_>>().join(" ");
            format!("{} {when}", short_name(first))
        }
    }
}

/// `Sun 23 Aug 2026`, or a map.
pub(super) fn group_title(key: &LineKey, grouping: Grouping) -> String {
    match (key, grouping) {
        (LineKey::Group(Some(date)), Grouping::Evening) => evening_title(date),
        (LineKey::Group(Some(name)), _) => name.clone(),
        (_, Grouping::Map) => "unknown map".to_owned(),
        _ => "No date".to_owned(),
    }
}

/// Under an evening a match is known by its map, under a map by its date.
pub(super) fn match_title(shelf: &Shelf, first: &Entry) -> String {
    match shelf.sort().grouping() {
        Grouping::Map => {
            let date = first.date.as_ref();
            date.map_or_else(|| "No date".to_owned(), |date| evening_title(date))
        }
        _ => map_words(first).to_owned(),
    }
}

/// `R1 + R2`
pub(super) fn numbers(shelf: &Shelf, line: &Line) -> String {
    let numbers = shelf
        .rounds_of(line)
        .map(|round| format!("R{}", round.number));
    numbers.collect::<Vec<_>>().join(" + ")
}

/// In a list without evenings the day says more than the time of day.
pub(super) fn time_words(shelf: &Shelf, entry: &Entry) -> String {
    let day = || entry.date.as_ref().map(|date| day_title(date));
    let time = || entry.local_time.clone();
    let words = match shelf.sort().grouping() {
        Grouping::Flat => day().or_else(time),
        _ => time(),
    };
    words.unwrap_or_else(|| "-".to_owned())
}
