//! `sandtable cleanup`: takes rounds out of the library. Files are never touched.

use super::Outcome;
use super::library::{self, Done};
use super::list::{date, write_rounds};
use super::output::{ended, message, stdout};
use crate::library::catalogue::Entry;
use crate::library::{Library, RoundId};
use clap::Args;
use serde_json::json;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// What is kept.
const CLEANUP_HELP: &str = "\
Round files on disk are never touched. What was written about a round (notes, bookmarks, drawings, tags) stays in the library, and belongs to the
round again when its file is imported again: `import` brings back what it is given by name, a watched folder does not.
JSON: {\"rounds\": [as in `list --json`], \"removed\": how many were taken out}.";

#[derive(Debug, Args)]
#[command(after_help = CLEANUP_HELP)]
pub(super) struct CleanupArgs {
    /// All rounds of an evening, such as `2026-11-19`
    #[arg(long, value_parser = date, required_unless_present = "round", conflicts_with = "round")]
    date: Option<String>,
    /// This round, by its id in `sandtable list`; may be given several times
    #[arg(long, value_name = "ID")]
    round: Vec<i64>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &CleanupArgs, asked: Option<&Path>) -> Outcome {
    library::outcome(clean_up(args, asked))
}

fn clean_up(args: &CleanupArgs, asked: Option<&Path>) -> Done {
    if !args.yes && !io::stdin().is_terminal() {
        return Err("nobody is here to be asked; add --yes to take the rounds out".to_owned());
    }
    let mut library = library::to_change(asked)?;
    let all = library
        .catalogue()
        .map_err(|error| library::words(&error))?;
    let chosen = chosen(args, &all, &library)?;
    if !args.yes && !is_agreed(&chosen)? {
        message("nothing was taken out");
        return Ok(Outcome::Fine);
    }
    let ids: Vec<RoundId> = chosen.iter().map(|entry| entry.id).collect();
    let removed = library.remove(&ids).and_then(|removed| {
        // Stats files and partners that are free again may belong to others.
        library.link().map(|_| removed)
    });
    let removed = removed.map_err(|error| library::words(&error))?;
    let mut out = stdout();
    let written = if args.json {
        writeln!(out, "{}", json!({"rounds": chosen, "removed": removed}))
    } else if args.yes {
        write_rounds(&chosen, &mut out)
    } else {
        Ok(())
    };
    message(&format!(
        "took {} out of the library; files and notes stay",
        rounds(removed)
    ));
    Ok(ended(written.and_then(|()| out.flush()), "standard output"))
}

fn chosen<'a>(
    args: &CleanupArgs,
    all: &'a [Entry],
    library: &Library,
) -> Result<Vec<&'a Entry>, String> {
    let place = library.path().display();
    if let Some(date) = &args.date {
        let of_date = |entry: &&Entry| entry.date.as_ref() == Some(date);
        let chosen: Vec<&Entry> = all.iter().filter(of_date).collect();
        if chosen.is_empty() {
            return Err(format!("{place}: there are no rounds of {date}"));
        }
        return Ok(chosen);
    }
    let mut chosen: Vec<&Entry> = Vec::new();
    for id in &args.round {
        let entry = all.iter().find(|entry| entry.id.0 == *id);
        let entry = entry.ok_or_else(|| {
            format!("{place}: there is no round {id}; nothing was taken out (`sandtable list` shows the ids)")
        })?;
        if !chosen.iter().any(|known| known.id == entry.id) {
            chosen.push(entry);
        }
    }
    Ok(chosen)
}

/// Shows the rounds and asks. On standard error, so that standard output holds the outcome alone.
fn is_agreed(chosen: &[&Entry]) -> Result<bool, String> {
    let mut ask = io::stderr();
    let asked = write_rounds(chosen, &mut ask).and_then(|()| {
        write!(
            ask,
            "Take {} out of the library? Files and notes stay. [y/N] ",
            rounds(chosen.len())
        )?;
        ask.flush()
    });
    let mut answer = String::new();
    asked
        .and_then(|()| io::stdin().read_line(&mut answer))
        .map_err(|error| format!("cannot ask: {error}"))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn rounds(n: usize) -> String {
    if n == 1 {
        "1 round".to_owned()
    } else {
        format!("{n} rounds")
    }
}
