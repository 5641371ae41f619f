//! `sandtable stats`: the numbers of rounds, by the reference's definitions and by ours.

mod course;
mod density;
mod over_rounds;
mod text;

pub(super) use density::{DensityKind, DensityPer};

use super::output::{ended, message, stdout};
use super::rounds::{Origin, Shelf};
use super::{Outcome, StatsArgs};
use crate::analysis::stats::{OverAll, Params, Stats, over_all, stats};
use crate::format::Severity;
use crate::maps::table::KnownMaps;
use crate::model::{Round, et_name};
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// Several rounds in JSON.
#[derive(Serialize)]
struct Many<'a> {
    rounds: &'a [Stats],
    over_all: OverAll,
}

pub(super) fn run(args: &StatsArgs, library: Option<&Path>) -> Outcome {
    let mut shelf = Shelf::new(library);
    let asked = shelf.resolve_all(&args.files);
    let mut outcome = asked.outcome();
    let mut load = |origin: &Origin| match shelf.load(origin) {
        Ok(round) => {
            if round.document.problems.count(Severity::Error) > 0 {
                outcome = outcome.max(Outcome::Problems);
            }
            Some(round)
        }
        Err(error) => {
            message(&error);
            outcome = Outcome::Failed;
            None
        }
    };
    let loaded = asked.rounds.iter().filter_map(&mut load);
    if let Some(kind) = args.density {
        let rounds: Vec<Arc<Round>> = loaded.collect();
        return outcome.max(density::run(&rounds, kind, args));
    }
    // One round after the other: its numbers are smaller than the round.
    let rounds: Vec<Stats> = loaded.map(|round| of_round(&round)).collect();
    let is_many = asked.is_many;
    let mut out = stdout();
    let written = if args.json {
        write_json(&rounds, is_many, &mut out)
    } else {
        text::write(&rounds, is_many, &mut out)
    };
    outcome.max(ended(written.and_then(|()| out.flush()), "standard output"))
}

fn of_round(round: &Round) -> Stats {
    let known = KnownMaps::bundled().lookup(round.map());
    let objectives = known.map_or(&[][..], |known| &known.map.objectives);
    stats(round, objectives, &Params::default())
}

fn write_json(rounds: &[Stats], is_many: bool, out: &mut impl Write) -> io::Result<()> {
    if is_many {
        let many = Many {
            rounds,
            over_all: over_all(rounds),
        };
        serde_json::to_writer(&mut *out, &many)?;
    } else if let Some(round) = rounds.first() {
        serde_json::to_writer(&mut *out, round)?;
    } else {
        return Ok(());
    }
    writeln!(out)
}

/// A name for a column: without colour codes, not too long.
fn short(name: &str) -> String {
    et_name::strip(name).chars().take(25).collect()
}
