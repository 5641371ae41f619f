//! `sandtable link`: which stats file belongs to which round, and which two rounds are one match.

use super::Outcome;
use super::library::{self, Done};
use super::output::{ended, stdout};
use super::table::{self, Cell};
use crate::analysis::linking::{Coverage, LinkReason, coverage};
use crate::library::{Relinked, RoundId, RoundLinks};
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// What is printed.
const LINK_HELP: &str = "\
An import links by itself; this shows what came of it, and works out what another program has left undone. Stats files of an evening are
imported like rounds (`sandtable import gamestats/`).
JSON: {\"changed\": {rounds, links, matches}, \"coverage\": {date: {linked, all, by_reason: {code: rounds}}},
\"matches\": [{match_id, date, map, rounds: [id]}], \"corrections\": [{id, file_name, from, to}], \"rounds\": [the links of every round]}.";

#[derive(Debug, Args)]
#[command(after_help = LINK_HELP)]
pub(super) struct LinkArgs {
    /// Work out everything anew, not only where something changed
    #[arg(long)]
    all: bool,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &LinkArgs, asked: Option<&Path>) -> Outcome {
    library::outcome(link(args, asked))
}

fn link(args: &LinkArgs, asked: Option<&Path>) -> Done {
    let mut library = library::to_change(asked)?;
    let relinked = if args.all {
        library.link_all()
    } else {
        library.link()
    };
    let found = relinked.and_then(|relinked| Ok((relinked, library.links()?)));
    let (relinked, links) = found.map_err(|error| library::words(&error))?;
    let report = Report::of(&links);
    let mut out = stdout();
    let written = if args.json {
        writeln!(out, "{}", report.json(relinked, &links))
    } else {
        report.write(relinked, &mut out)
    };
    Ok(ended(written.and_then(|()| out.flush()), "standard output"))
}

struct Report<'a> {
    /// By date; rounds without one under the empty date.
    coverage: BTreeMap<String, Coverage>,
    /// Rounds of a match, by its id.
    matches: BTreeMap<RoundId, Vec<&'a RoundLinks>>,
    corrections: Vec<&'a RoundLinks>,
}

impl<'a> Report<'a> {
    fn of(links: &'a [RoundLinks]) -> Self {
        let reasons = links
            .iter()
            .filter_map(|round| Some((round.date.as_deref(), round.reason?)));
        let mut matches: BTreeMap<RoundId, Vec<&RoundLinks>> = BTreeMap::new();
        for round in links {
            if let Some(id) = round.match_id {
                matches.entry(id).or_default().push(round);
            }
        }
        for rounds in matches.values_mut() {
            rounds.sort_by_key(|round| round.number);
        }
        Self {
            coverage: coverage(reasons),
            matches,
            corrections: links
                .iter()
                .filter(|round| round.corrected_from.is_some())
                .collect(),
        }
    }

    fn json(&self, relinked: Relinked, links: &[RoundLinks]) -> Value {
        let matches = self.matches.iter().map(|(id, rounds)| {
            let ids: Vec<RoundId> = rounds.iter().map(|round| round.id).collect();
            json!({"match_id": id, "date": rounds[0].date, "map": rounds[0].map, "rounds": ids})
        });
        let corrections = self.corrections.iter().map(|round| {
            json!({"id": round.id, "file_name": round.file_name, "from": round.corrected_from, "to": round.number})
        });
        json!({
            "changed": changed_json(relinked),
            "coverage": self.coverage,
            "matches": matches.collect::<Vec<_>>(),
            "corrections": corrections.collect::<Vec<_>>(),
            "rounds": links,
        })
    }

    fn write(&self, relinked: Relinked, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "{} rounds looked at, {} links and {} matches changed\n",
            relinked.rounds, relinked.links_changed, relinked.matches_changed
        )?;
        let row = |(date, of_date): (&String, &Coverage)| {
            let reasons = of_date.by_reason.iter();
            let reasons = reasons.map(|(reason, n)| format!("{} {n}", reason.code()));
            vec![
                Cell::text(if date.is_empty() { "no date" } else { date }),
                Cell::number(of_date.all),
                Cell::number(of_date.linked),
                Cell::text(&reasons.collect::<Vec<_>>().join(", ")),
            ]
        };
        let rows: Vec<Vec<Cell>> = self.coverage.iter().rev().map(row).collect();
        table::write(&["date", "rounds", "linked", "reasons"], &rows, out)?;
        self.write_reasons(out)?;
        self.write_matches(out)
    }

    /// What the codes mean, of those that occur.
    fn write_reasons(&self, out: &mut impl Write) -> io::Result<()> {
        let occurs = |reason: &LinkReason| {
            self.coverage
                .values()
                .any(|of_date| of_date.by_reason.contains_key(reason))
        };
        writeln!(out)?;
        for reason in LinkReason::ALL.into_iter().filter(occurs) {
            writeln!(out, "{:<30} {}", reason.code(), reason.sentence())?;
        }
        Ok(())
    }

    fn write_matches(&self, out: &mut impl Write) -> io::Result<()> {
        let count = |n: usize, one: &str, more: &str| {
            if n == 1 {
                format!("1 {one}")
            } else {
                format!("{n} {more}")
            }
        };
        writeln!(out, "\n{}", count(self.matches.len(), "match", "matches"))?;
        for (id, rounds) in &self.matches {
            let ids = rounds
                .iter()
                .map(|round| format!("R{} is {}", round.number, round.id.0));
            writeln!(
                out,
                "  {} {} {}: {}",
                id.0,
                rounds[0].date.as_deref().unwrap_or("no date"),
                rounds[0].map,
                ids.collect::<Vec<_>>().join(", ")
            )?;
        }
        let corrected = count(self.corrections.len(), "round number", "round numbers");
        writeln!(out, "{corrected} corrected by their match")?;
        for round in &self.corrections {
            let from = round.corrected_from.unwrap_or_default();
            writeln!(
                out,
                "  {} {}: {from} is {}",
                round.id.0, round.file_name, round.number
            )?;
        }
        Ok(())
    }
}

/// What linking changed.
pub(super) fn changed_json(relinked: Relinked) -> Value {
    json!({"rounds": relinked.rounds, "links": relinked.links_changed, "matches": relinked.matches_changed})
}
