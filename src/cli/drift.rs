//! `sandtable drift`: whether the trackers that wrote some rounds were set up alike.

use super::Outcome;
use super::output::{ended, message, stdout};
use super::rounds::Shelf;
use crate::analysis::drift::{Cadences, Drift, RoundSetup, Window, drift, sentences};
use crate::format::container;
use crate::jobs::load::round_of;
use crate::library::RoundId;
use crate::model::{ContentHash, Provenance};
use crate::sync::find::{Found, Kind, Options, find};
use crate::sync::read::Reader;
use clap::Args;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The JSON.
#[derive(Serialize)]
struct Answer<'a> {
    window_days: u32,
    is_mixed: bool,
    drift: &'a Drift,
    /// The findings in words, in their order.
    sentences: Vec<String>,
    /// Files left out because another one has the same bytes.
    repeated: usize,
    /// What could not be read, and why.
    unread: &'a [String],
}

/// What the exit code of `drift` means.
const DRIFT_HELP: &str = "\
Exit code 1: cadences or configurations are mixed in a window. Exit code 2: nothing could be read. Besides files and folders: the word library,
or @12, @2026-11-19, @last, @all for rounds of it. A folder that really is called library is ./library.";

#[derive(Debug, Args)]
#[command(after_help = DRIFT_HELP)]
pub(super) struct DriftArgs {
    /// Round files, folders with everything below them, archives; or the word library
    #[arg(required = true, value_name = "PATH|library")]
    places: Vec<PathBuf>,
    /// Length of a deployment window
    #[arg(long, default_value_t = crate::analysis::drift::DEFAULT_WINDOW_DAYS, value_name = "DAYS")]
    window: u32,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &DriftArgs, library: Option<&Path>) -> Outcome {
    let read = match collect(args, library) {
        Ok(read) => read,
        Err(why) => {
            message(&why);
            return Outcome::Failed;
        }
    };
    for why in &read.unread {
        message(why);
    }
    if read.setups.is_empty() {
        message("there is no round to look at");
        return Outcome::Failed;
    }
    let found = drift(&read.setups, args.window);
    let mut out = stdout();
    let written = if args.json {
        write_json(args, &found, &read, &mut out)
    } else {
        write_text(args, &found, &read, &mut out)
    };
    let outcome = if found.is_mixed() {
        Outcome::Problems
    } else {
        Outcome::Fine
    };
    outcome.max(ended(written.and_then(|()| out.flush()), "standard output"))
}

/// What was read.
#[derive(Default)]
struct Read {
    setups: Vec<RoundSetup>,
    repeated: usize,
    unread: Vec<String>,
}

fn collect(args: &DriftArgs, library: Option<&Path>) -> Result<Read, String> {
    let mut shelf = Shelf::new(library);
    let mut stored: FxHashSet<RoundId> = FxHashSet::default();
    let mut places: Vec<PathBuf> = Vec::new();
    for place in &args.places {
        let word = if place == Path::new("library") {
            Path::new("@all")
        } else {
            place
        };
        match shelf.stored_rounds(word)? {
            Some(rounds) => stored.extend(rounds),
            None => places.push(place.clone()),
        }
    }
    let mut read = of_files(&places);
    if !stored.is_empty() {
        let setups = shelf.library()?.round_setups();
        let setups = setups.map_err(|error| error.to_string())?;
        let named = setups.into_iter().filter(|(id, _)| stored.contains(id));
        read.setups.extend(named.map(|(_, setup)| setup));
    }
    Ok(read)
}

/// The rounds of files, folders and archives, as many at a time as there are cores.
fn of_files(places: &[PathBuf]) -> Read {
    let mut files = Vec::new();
    let listing = find(
        places,
        Options::default(),
        |found| {
            if found.kind == Kind::Round {
                files.push(found);
            }
        },
        || false,
    );
    let troubles = listing.troubles.iter().map(ToString::to_string);
    let mut read = Read {
        unread: troubles.collect(),
        ..Read::default()
    };
    let looked: Vec<_> = files
        .par_iter()
        .map_init(Reader::new, |reader, found| look(found, reader))
        .collect();
    let mut seen = FxHashSet::default();
    for look in looked {
        match look {
            Ok((hash, setup)) if seen.insert(hash) => read.setups.push(setup),
            Ok(_) => read.repeated += 1,
            Err(why) => read.unread.push(why),
        }
    }
    read
}

fn look(found: &Found, reader: &mut Reader) -> Result<(ContentHash, RoundSetup), String> {
    let contents = reader.read(found).map_err(|error| error.to_string())?;
    let refused = |why: &dyn std::fmt::Display| match &found.member {
        Some(member) => format!("{} ({}): {why}", found.path.display(), member.name),
        None => format!("{}: {why}", found.path.display()),
    };
    let unpacked = container::unpack(&contents.bytes).map_err(|refusal| refused(&refusal))?;
    let hash = ContentHash::of(&unpacked.bytes);
    let provenance = Provenance {
        file_name: found.file_name(),
        path: Some(found.path.clone()),
        ..Provenance::default()
    };
    let round = round_of(&unpacked, hash, provenance, |end_unix| {
        found.gametimes.ending_at(end_unix)
    });
    let round = round.map_err(|refusal| refused(&refusal))?;
    Ok((hash, RoundSetup::of(&round)))
}

fn write_json(
    args: &DriftArgs,
    found: &Drift,
    read: &Read,
    out: &mut impl Write,
) -> io::Result<()> {
    let answer = Answer {
        window_days: args.window,
        is_mixed: found.is_mixed(),
        drift: found,
        sentences: sentences(found),
        repeated: read.repeated,
        unread: &read.unread,
    };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}

fn write_text(
    args: &DriftArgs,
    found: &Drift,
    read: &Read,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, "{} rounds", found.rounds)?;
    if read.repeated > 0 {
        write!(
            out,
            " ({} files with the same bytes left out)",
            read.repeated
        )?;
    }
    writeln!(out, "\nevening     rounds by cadence")?;
    for (date, cadences) in &found.by_date {
        let date = if date.is_empty() { "no date" } else { date };
        writeln!(out, "  {date:<10}  {}", cadence_words(cadences))?;
    }
    writeln!(
        out,
        "deployment windows of at most {} days: {}",
        args.window,
        found.windows.len()
    )?;
    for window in &found.windows {
        write_window(window, out)?;
    }
    if !found.undated.is_empty() {
        writeln!(
            out,
            "in no window, for want of a time: {}",
            found.undated.join(", ")
        )?;
    }
    let sentences = sentences(found);
    if sentences.is_empty() {
        return writeln!(out, "nothing is mixed");
    }
    writeln!(out, "findings")?;
    for sentence in sentences {
        writeln!(out, "  {sentence}")?;
    }
    Ok(())
}

fn write_window(window: &Window, out: &mut impl Write) -> io::Result<()> {
    let dates = match &window.dates {
        Some((from, to)) if from == to => from.clone(),
        Some((from, to)) => format!("{from} to {to}"),
        None => "no date".to_owned(),
    };
    let versions = window
        .versions
        .iter()
        .map(|(version, rounds)| format!("{version}: {rounds}"));
    let configs = window.configs.keys().filter(|hash| !hash.is_empty());
    writeln!(
        out,
        "  {dates:<24} {:<10} {:>5} rounds; {}; {} configurations; versions {}",
        window.server,
        window.rounds,
        cadence_words(&window.cadences),
        configs.count(),
        versions.collect::<Vec<_>>().join(", ")
    )
}

/// `200 ms: 12, 500 ms: 3, not known: 1`.
pub(super) fn cadence_words(cadences: &Cadences) -> String {
    let words = cadences.iter().map(|(cadence, rounds)| match cadence {
        Some(ms) => format!("{ms} ms: {rounds}"),
        None => format!("not known: {rounds}"),
    });
    words.collect::<Vec<_>>().join(", ")
}
