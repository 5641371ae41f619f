//! Stats files: what a second server module (`c0rnp0rn8`) writes about the same rounds, `gamestats/YYYY-MM-DD-HHMMSS-<map>-round-<n>.txt`.
//!
//! A file is one header line ([`StatsHeader`]) and one line per player ([`StatsPlayer`]), fields joined by `\`. It is written 3 s after the
//! round file of the same round, and its stamp is server local time like that of a round file, so [`crate::model::Stamp`] reads both.
//! Reading never fails: what cannot be read becomes a [`Problem`] and everything else is kept. Whether a file is one at all is asked
//! before, of [`kind_of`].
//!
//! # What runs on
//!
//! The engine keeps a player's session counters from round 1 to round 2 of a match, so the file of round 2 holds the sums of both rounds
//! in its weapon counts and in those further fields whose [`Carry`] is [`Carry::Match`]. The module's own counters start anew with every
//! round. [`difference()`] gives what belongs to the later round alone.
//!
//! Known weakness: the module keys its lines by GUID, so of all bots without one only the last is in the file.

mod difference;
mod fields;
mod header;
mod name;
mod player;
#[cfg(test)]
mod tests;
mod weapons;

pub use difference::{Basis, PlayerDifference, difference};
pub use fields::{Carry, EXTRA_FIELDS, Extra, ExtraField};
pub use header::{Side, StatsHeader};
pub use name::{FileKind, StatsName, kind_of};
pub use player::{StatsPlayer, WeaponCounts};
pub use weapons::{WEAPON_KINDS, weapon_kind_name};

use super::problem::{Problem, Problems, Severity};

/// A stats file, read.
#[derive(Clone, Debug, Default)]
pub struct StatsFile {
    /// The first line.
    pub header: StatsHeader,
    /// One per readable line, in file order, which is the order of a Lua table and means nothing.
    pub players: Vec<StatsPlayer>,
    /// The last line has no line end, so it may be cut.
    pub is_unterminated: bool,
    /// What could not be read, with its line.
    pub problems: Problems,
}

/// Reads the plain bytes of a stats file.
///
/// `file_name` helps with one thing: a server name or a configuration name with a backslash makes the header ambiguous, and the map's
/// name in the file name settles it. An empty one is allowed.
pub fn read(bytes: &[u8], file_name: &str) -> StatsFile {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut file = StatsFile {
        is_unterminated: bytes.last().is_some_and(|&byte| byte != b'\n'),
        ..StatsFile::default()
    };
    let lines = bytes.split(|&byte| byte == b'\n').enumerate();
    let mut lines = lines
        .map(|(index, line)| {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            (number, line.strip_suffix(b"\r").unwrap_or(line))
        })
        .filter(|(_, line)| !line.trim_ascii().is_empty());
    let Some((number, line)) = lines.next() else {
        file.problems.push(empty_file, Severity::Error);
        return file;
    };
    // A file whose header is lost starts with a player.
    if !header::looks_like_header(line) && player::read(line).is_ok() {
        report(
            &mut file.problems,
            Severity::Error,
            "missing-header",
            number,
            "HEADER",
            || "the first line is a player's, the header line is missing".to_owned(),
        );
        take_player(&mut file, number, line);
    } else {
        file.header = header::read(
            line,
            number,
            StatsName::of(file_name).as_ref(),
            &mut file.problems,
        );
    }
    for (number, line) in lines {
        take_player(&mut file, number, line);
    }
    note_short_lines(&mut file);
    file
}

fn empty_file() -> Problem {
    Problem {
        severity: Severity::Error,
        rule: "empty-file",
        line: None,
        section: None,
        column: None,
        text: "the file is empty".to_owned(),
    }
}

fn take_player(file: &mut StatsFile, number: u32, line: &[u8]) {
    match player::read(line) {
        Ok(player) => {
            for at in player.unread_numbers() {
                report(
                    &mut file.problems,
                    Severity::Warning,
                    "bad-number",
                    number,
                    "PLAYERS",
                    || format!("field {at} behind the weapons is no number; kept as text"),
                );
            }
            file.players.push(StatsPlayer {
                line: number,
                ..player
            });
        }
        Err(cause) => {
            report(
                &mut file.problems,
                Severity::Error,
                "bad-player",
                number,
                "PLAYERS",
                || format!("{cause}: \"{}\"", super::problem::excerpt(line)),
            );
        }
    }
}

/// All lines of a file are written by one statement, so one with fewer fields than the others is cut.
fn note_short_lines(file: &mut StatsFile) {
    let most = file.players.iter().map(|player| player.extra.len()).max();
    let most = most.unwrap_or_default();
    for player in file
        .players
        .iter()
        .filter(|player| player.extra.len() < most)
    {
        let (line, has) = (player.line, player.extra.len());
        report(
            &mut file.problems,
            Severity::Warning,
            "short-line",
            line,
            "PLAYERS",
            || {
                format!(
                    "{has} fields behind the weapons where other lines have {most}: the line is cut"
                )
            },
        );
    }
}

/// Adds a problem of one line; `section` is `HEADER` or `PLAYERS`.
fn report(
    problems: &mut Problems,
    severity: Severity,
    rule: &'static str,
    line: u32,
    section: &'static str,
    text: impl FnOnce() -> String,
) {
    let problem = || Problem {
        severity,
        rule,
        line: Some(line),
        section: Some(section),
        column: None,
        text: text(),
    };
    problems.push(problem, severity);
}
