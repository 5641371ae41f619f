//! What the library's list says about rounds, with the definition of each word.

use super::filter::has_problems;
use crate::app::title::day_and_month;
use crate::library::catalogue::Entry;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

/// The cadence trackers write by default; only another one is worth a badge.
pub const USUAL_CADENCE_MS: i64 = 200;

/// `1 round`, `1,234 rounds`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{} {many}", thousands(n as u64)),
    }
}

/// `12,345`
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Millions of bytes: `0.9`, `1,204`.
pub fn megabytes(bytes: u64) -> String {
    match bytes {
        ..10_000_000 => format!("{:.1}", bytes as f64 / 1e6),
        _ => thousands(bytes / 1_000_000),
    }
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// `Sun 23 Aug 2026` of `2026-08-23`; other texts as they are.
pub fn evening_title(date: &str) -> String {
    match date.parse::<Date>() {
        Ok(day) => format!("{} {}", &weekday(day.weekday())[..3], day_and_month(date)),
        Err(_) => date.to_owned(),
    }
}

/// `23 Aug` of `2026-08-23`; other texts as they are.
pub fn day_title(date: &str) -> String {
    let words = day_and_month(date);
    match words.rsplit_once(' ') {
        Some((day, _)) if words != date => day.to_owned(),
        _ => words,
    }
}

/// The ways in which people type a date.
pub(super) fn search_dates(date: &str) -> Vec<String> {
    let mut texts = vec![date.to_owned()];
    if let Ok(day) = date.parse::<Date>() {
        texts.push(day_and_month(date));
        texts.push(weekday(day.weekday()).to_owned());
    }
    texts
}

/// Days before a date, `YYYY-MM-DD`; `None` for texts that are no date.
pub fn days_before(date: &str, days: i64) -> Option<String> {
    let day = date.parse::<Date>().ok()?;
    let before = day.checked_sub(jiff::Span::new().try_days(days).ok()?);
    before.ok().map(|before| before.to_string())
}

/// Whether a text is a date as filters take them.
pub fn is_date(text: &str) -> bool {
    text.len() == "2026-08-23".len() && text.parse::<Date>().is_ok()
}

/// When a round began, seconds. Without a start in the file its evening's local time stands in for it: good enough to sort by.
pub(super) fn seconds_of(entry: &Entry) -> Option<i64> {
    let by_evening = || {
        let day = entry.date.as_ref()?.parse::<Date>().ok()?;
        let time = entry.local_time.as_ref()?.parse::<Time>().ok()?;
        let moment = TimeZone::UTC.to_timestamp(day.to_datetime(time)).ok()?;
        Some(moment.as_second())
    };
    entry
        .start_unix
        .filter(|start| *start > 0)
        .or_else(by_evening)
}

/// `supply`, or that there is no name.
pub fn map_words(entry: &Entry) -> &str {
    match entry.map.as_str() {
        "" => "unknown map",
        map => map,
    }
}

/// `supply R1`
pub fn short_name(entry: &Entry) -> String {
    format!("{} R{}", map_words(entry), entry.number)
}

/// Something about a round that a row shows when there is room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Badge {
    /// Errors and warnings together; 0 with a cut file.
    Problems(u64),
    /// An unusual cadence, ms.
    Cadence(i64),
    /// How many bots.
    Bots(u32),
    /// Objective focus was recorded.
    ObjectiveFocus,
    /// A stats file was found.
    Linked,
    /// Tracker version.
    Version(String),
}

/// A round's badges, the most important first.
pub fn badges(entry: &Entry) -> Vec<Badge> {
    let mut badges = Vec::new();
    if has_problems(entry) {
        badges.push(Badge::Problems(entry.errors + entry.warnings));
    }
    if entry.cadence_ms != USUAL_CADENCE_MS {
        badges.push(Badge::Cadence(entry.cadence_ms));
    }
    if entry.bots > 0 {
        badges.push(Badge::Bots(entry.bots));
    }
    if entry.has_objective_focus {
        badges.push(Badge::ObjectiveFocus);
    }
    if entry.is_linked {
        badges.push(Badge::Linked);
    }
    if !entry.version.is_empty() {
        badges.push(Badge::Version(entry.version.clone()));
    }
    badges
}

#[cfg(test)]
mod tests {
    use super::super::sample::entry;
    use super::*;

    #[test]
    fn dates_are_written_for_people() {
        assert_eq!(evening_title("2026-08-23"), "Sun 23 Aug 2026");
        assert_eq!(evening_title("2026-08-32"), "2026-08-32");
        assert_eq!(day_title("2026-08-03"), "3 Aug");
        assert_eq!(day_title("soon"), "soon");
        assert_eq!(days_before("2026-03-01", 30).unwrap(), "2026-01-30");
        assert!(is_date("2026-02-28") && !is_date("2026-02-29") && !is_date("2026-2-1"));
    }

    #[test]
    fn large_numbers_can_be_read() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(thousands),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(count(1, "round", "rounds"), "1 round");
        assert_eq!([940_000, 1_204_900_000].map(megabytes), ["0.9", "1,204"]);
    }

    #[test]
    fn only_what_is_unusual_has_a_badge() {
        let plain = entry(1);
        assert_eq!(badges(&plain), [Badge::Version("6.11".to_owned())]);
        let odd = Entry {
            cadence_ms: 500,
            bots: 2,
            is_cut: true,
            version: String::new(),
            ..plain
        };
        assert_eq!(
            badges(&odd),
            [Badge::Problems(0), Badge::Cadence(500), Badge::Bots(2)]
        );
    }

    #[test]
    fn a_start_is_worked_out_when_the_file_has_none() {
        let mut round = entry(1);
        round.start_unix = None;
        assert_eq!(seconds_of(&round), Some(1_787_515_980));
        round.local_time = None;
        assert_eq!(seconds_of(&round), None);
    }
}
