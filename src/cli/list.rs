//! `sandtable list`: the rounds in the library.

use super::Outcome;
use super::library::{self, Done};
use super::output::{ended, message, stdout};
use super::table::{self, Cell};
use crate::app::time_text::short;
use crate::library::catalogue::Entry;
use clap::Args;
use std::io::{self, Write};
use std::path::Path;

/// What the list shows.
const LIST_HELP: &str = "\
The latest evening comes first, the rounds of an evening in order of their start. R is the round of the match, link says whether a stats file
was found; rounds with the same number under match are round 1 and 2 of one match.
JSON: an array of objects with everything the library knows of a round besides its rows and samples.";

#[derive(Debug, Args)]
#[command(after_help = LIST_HELP)]
pub(super) struct ListArgs {
    #[command(flatten)]
    filter: Filter,
    /// At most so many rounds
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Which rounds.
#[derive(Debug, Default, Args)]
struct Filter {
    /// Only of this map, or of maps whose name contains this
    #[arg(long)]
    map: Option<String>,
    /// Only with this player, by name or part of it
    #[arg(long)]
    player: Option<String>,
    /// Only of this evening, such as `2026-11-19`
    #[arg(long, value_parser = date, conflicts_with_all = ["from", "to"])]
    date: Option<String>,
    /// Only of this evening or later
    #[arg(long, value_parser = date, value_name = "DATE")]
    from: Option<String>,
    /// Only of this evening or earlier
    #[arg(long, value_parser = date, value_name = "DATE")]
    to: Option<String>,
    /// Only of this tracker version, such as `6.11`; `6` stands for all that begin with it
    #[arg(long)]
    version: Option<String>,
    /// Only with errors or warnings in the file
    #[arg(long)]
    problems: bool,
    /// Only where time at objectives was recorded
    #[arg(long)]
    objectives: bool,
    /// Only with this tag
    #[arg(long)]
    tag: Option<String>,
}

/// A date as the library writes it.
pub(super) fn date(text: &str) -> Result<String, String> {
    let date: Result<jiff::civil::Date, _> = text.parse();
    date.map(|date| date.to_string())
        .map_err(|_| "a date is written as 2026-11-19".to_owned())
}

impl Filter {
    fn takes(&self, entry: &Entry) -> bool {
        let contains = |text: &str, part: &str| text.to_lowercase().contains(&part.to_lowercase());
        let fits =
            |asked: &Option<String>, is: &dyn Fn(&str) -> bool| asked.as_deref().is_none_or(is);
        let on = |is: &dyn Fn(&str) -> bool| entry.date.as_deref().is_some_and(is);
        fits(&self.map, &|map| contains(&entry.map, map))
            && fits(&self.player, &|player| {
                entry.players.iter().any(|name| contains(name, player))
            })
            && fits(&self.date, &|date| on(&|at| at == date))
            && fits(&self.from, &|from| on(&|at| at >= from))
            && fits(&self.to, &|to| on(&|at| at <= to))
            && fits(&self.version, &|version| {
                is_version(&entry.version, version)
            })
            && (!self.problems || entry.errors + entry.warnings > 0)
            && (!self.objectives || entry.has_objective_focus)
            && fits(&self.tag, &|tag| {
                entry
                    .tags
                    .iter()
                    .any(|known| known.to_lowercase() == tag.to_lowercase())
            })
    }
}

/// `6` stands for `6.01` and `6.11`, but `6.1` does not stand for `6.11`. Of a file that may be of several versions (`6.02 or 6.10`) each
/// counts.
fn is_version(version: &str, asked: &str) -> bool {
    let fits = |word: &str| {
        let rest = word.strip_prefix(asked);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    version.split(' ').any(fits)
}

pub(super) fn run(args: &ListArgs, asked: Option<&Path>) -> Outcome {
    library::outcome(list(args, asked))
}

fn list(args: &ListArgs, asked: Option<&Path>) -> Done {
    let library = library::to_read(asked)?;
    let all = library
        .catalogue()
        .map_err(|error| library::words(&error))?;
    let fitting = all.iter().filter(|entry| args.filter.takes(entry));
    let shown: Vec<&Entry> = fitting.take(args.limit.unwrap_or(usize::MAX)).collect();
    let mut out = stdout();
    let written = if args.json {
        serde_json::to_writer(&mut out, &shown)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(out))
    } else if shown.is_empty() {
        message(if all.is_empty() {
            "the library holds no rounds yet"
        } else {
            "none of the rounds is like that"
        });
        Ok(())
    } else {
        write_rounds(&shown, &mut out)
    };
    Ok(ended(written.and_then(|()| out.flush()), "standard output"))
}

/// Rounds as a table.
pub(super) fn write_rounds(entries: &[&Entry], out: &mut impl Write) -> io::Result<()> {
    let heads = [
        "id", "date", "time", "map", "R", "length", "players", "kills", "version", "ms", "link",
        "match", "notes",
    ];
    let or_empty = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
    let row = |entry: &&Entry| {
        vec![
            Cell::number(entry.id.0),
            or_empty(&entry.date),
            or_empty(&entry.local_time),
            Cell::text(&entry.map),
            Cell::number(entry.number),
            // Right-aligned, as times of different length end alike.
            Cell::number(short(entry.length_ms)),
            Cell::number(entry.players.len()),
            Cell::number(entry.kills),
            Cell::text(&entry.version),
            Cell::number(entry.cadence_ms),
            Cell::text(if entry.is_linked { "yes" } else { "" }),
            entry
                .match_id
                .map_or(Cell::empty(), |id| Cell::number(id.0)),
            Cell::text(&notes(entry)),
        ]
    };
    table::write(&heads, &entries.iter().map(row).collect::<Vec<_>>(), out)
}

/// What is special about a round.
fn notes(entry: &Entry) -> String {
    let count = |n: u64, one: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {one}s")),
    };
    let when = |is: bool, what: &str| is.then(|| what.to_owned());
    let mut notes: Vec<String> = [
        when(entry.is_cut, "cut"),
        count(entry.errors, "error"),
        count(entry.warnings, "warning"),
        count(u64::from(entry.bots), "bot"),
        when(entry.is_number_disputed, "number disputed"),
    ]
    .into_iter()
    .flatten()
    .collect();
    notes.extend(entry.tags.iter().map(|tag| format!("#{tag}")));
    notes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_stand_for_those_that_begin_with_them() {
        for (version, asked, fits) in [
            ("6.11", "6.11", true),
            ("6.11", "6", true),
            ("6.11", "6.1", false),
            ("6.1", "6.11", false),
            ("6.02 or 6.10", "6.10", true),
            ("6.01 (b) to 6.10", "6.01", true),
            ("6.01 (b) to 6.10", "6.0", false),
        ] {
            assert_eq!(is_version(version, asked), fits, "{version} {asked}");
        }
    }

    #[test]
    fn dates_are_dates() {
        assert_eq!(date("2026-11-19"), Ok("2026-11-19".to_owned()));
        assert!(date("2026-02-30").is_err());
        assert!(date("yesterday").is_err());
    }
}
