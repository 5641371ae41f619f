//! `sandtable import`: files, folders and archives into the library.

mod log;
mod progress;
mod words;

pub(super) use words::{line, state_json};

use super::Outcome;
use super::library::{self, Done};
use super::link::changed_json;
use super::output::{ended, message, stdout};
use crate::jobs::import::{self, Options};
use crate::library::{Cause, Library, LibraryError, Relinked, Rescue};
use clap::Args;
use log::Log;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// How an import goes.
const IMPORT_HELP: &str = "\
Folders are searched with everything below them for round files (…_engagements.txt, plain or .gz), stats files
(YYYY-MM-DD-HHMMSS-<map>-round-<N>.txt) and zip archives of both. A file that is named itself is taken for a round whatever its name. Files
that are the same as last time are not read again; a file that still grows is waited for.

Each round is stored whole or not at all: Ctrl+C, a crash or a power cut at any moment loses nothing that was stored, and the same command goes
on where it ended. A damaged library is set aside, what was written in it is saved, and its files are imported again.

Files that are refused or cannot be read are named on standard error. Exit code 0: everything is in the library; 1: something was refused, could
not be read, or has problems of its own; 2: the import could not be done.

JSON: {\"library\", \"rescued\": null or {damage, set_aside, files}, \"files\": [{path, bytes, state, problems, replaced, duplicate_of, why}],
\"totals\": {files, bytes, stored, with_problems, replaced, known, duplicates, skipped, refused, failed, cancelled}, \"troubles\": [folders and
archives that could not be searched], \"links\": {rounds, links, matches: what linking changed}}.";

#[derive(Debug, Args)]
#[command(after_help = IMPORT_HELP)]
pub(super) struct ImportArgs {
    /// Files, folders and archives
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave out files that this file names, one a line (such as an older importer's `.processed_proximity.txt`)
    #[arg(long, value_name = "FILE")]
    skip_listed: Option<PathBuf>,
    /// Folder with gametime-<map>-R<n>-<unix>.json files, whose names tell the round numbers; may be given several times
    #[arg(long, value_name = "DIR")]
    gametimes: Vec<PathBuf>,
    /// Print what became of every file
    #[arg(long, short, conflicts_with = "json")]
    verbose: bool,
    /// Print one JSON object with all files
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &ImportArgs, asked: Option<&Path>) -> Outcome {
    library::outcome(import(args, asked))
}

fn import(args: &ImportArgs, asked: Option<&Path>) -> Done {
    let options = options(args)?;
    let (library, rescue) = library::to_fill(asked)?;
    let (log, rescue, end) = import_or_rescue(args, &options, library, rescue)?;
    let (library, relinked, troubles) = end;
    for trouble in &troubles {
        message(trouble);
    }
    let totals = log.totals();
    message(&totals.sentence(log.elapsed()));
    let mut out = stdout();
    let mut written = Ok(());
    if args.json {
        let object = json!({
            "library": library.path(),
            "rescued": rescue.map(|rescue| {
                json!({"damage": rescue.damage, "set_aside": rescue.set_aside, "files": rescue.files})
            }),
            "files": log.files().iter().map(words::file_json).collect::<Vec<_>>(),
            "totals": totals,
            "troubles": troubles,
            "links": changed_json(relinked),
        });
        written = writeln!(out, "{object}");
    }
    let mut outcome = ended(written.and_then(|()| out.flush()), "standard output");
    if !troubles.is_empty() || totals.has_faults() {
        outcome = outcome.max(Outcome::Problems);
    }
    if !troubles.is_empty() && totals.files == 0 {
        outcome = Outcome::Failed;
    }
    Ok(outcome.max(log.outcome()))
}

type End = (Library, Relinked, Vec<String>);

/// Imports; when the library turns out to be damaged on the way, once more into a new one.
fn import_or_rescue(
    args: &ImportArgs,
    options: &Options,
    library: Library,
    mut rescue: Option<Rescue>,
) -> Result<(Log, Option<Rescue>, End), String> {
    let path = library.path().to_owned();
    let mut library = Some(library);
    loop {
        let opened = match library.take() {
            Some(library) => library,
            None => Library::open(&path).map_err(|error| library::words(&error))?,
        };
        let mut paths = args.paths.clone();
        paths.extend(rescue.iter().flat_map(|rescue| rescue.files.clone()));
        let mut log = Log::start(args.verbose);
        // The program's end by Ctrl+C is as good as a cancel: see the help.
        let never = AtomicBool::new(false);
        let done = import::import(opened, options.clone(), paths, &never, &mut |event| {
            log.hear(event);
        });
        log.end();
        match done {
            Ok(end) => return Ok((log, rescue, end)),
            Err(LibraryError {
                cause: Cause::Damaged(damage),
                ..
            }) if rescue.is_none() => {
                let rescued =
                    Library::rescue(&path, damage).map_err(|error| library::words(&error))?;
                library = Some(rescued.0);
                rescue = rescued.1;
                if let Some(rescue) = &rescue {
                    message(&rescue.to_string());
                }
            }
            Err(error) => {
                message(&log.totals().sentence(log.elapsed()));
                return Err(library::words(&error));
            }
        }
    }
}

fn options(args: &ImportArgs) -> Result<Options, String> {
    let mut options = Options::default();
    if let Some(path) = &args.skip_listed {
        let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let text = String::from_utf8_lossy(&bytes);
        let names = text.lines().map(str::trim).filter(|name| !name.is_empty());
        // Some lists have paths; what counts is the name.
        let name = |line: &str| line.rsplit(['/', '\\']).next().unwrap_or(line).to_owned();
        options.listed = names.map(name).collect();
    }
    for folder in &args.gametimes {
        if !folder.is_dir() {
            return Err(format!("{}: there is no such folder", folder.display()));
        }
    }
    options.gametime_folders.clone_from(&args.gametimes);
    Ok(options)
}
