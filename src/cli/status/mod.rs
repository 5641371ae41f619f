//! `sandtable status`: how the library is.

mod text;
mod words;

use super::Outcome;
use super::output::{ended, message, stdout};
use crate::library::health::{Health, Options};
use crate::library::{Cause, Library, LibraryError, library_path};
use clap::Args;
use std::io::{self, Write};
use std::path::Path;

#[derive(Debug, Args)]
#[command(after_help = "Exit code 1: the library is damaged. Without a library all counts are 0.")]
pub(super) struct StatusArgs {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Look whether every known file is still on the disk
    #[arg(long)]
    files: bool,
    /// Examine the whole library for damage; takes seconds per gigabyte
    #[arg(long)]
    examine: bool,
}

pub(super) fn run(args: &StatusArgs, library: Option<&Path>) -> Outcome {
    let health = library_path(library).and_then(|path| examined(args, &path));
    let health = match health {
        Ok(health) => health,
        Err(error) => {
            message(&error.to_string());
            return Outcome::Failed;
        }
    };
    let mut out = stdout();
    let written = if args.json {
        serde_json::to_writer_pretty(&mut out, &health)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(out))
    } else {
        text::write(&health, &mut out)
    };
    let written = ended(written.and_then(|()| out.flush()), "standard output");
    let mut outcome = Outcome::Fine;
    if let Some(damage) = &health.damage {
        let path = health.library.display();
        message(&format!("{path}: the library is damaged ({damage})"));
        outcome = Outcome::Problems;
    }
    outcome.max(written)
}

/// The health of the library at `path`. Damage is part of the answer: what could not be read because of it is 0.
fn examined(args: &StatusArgs, path: &Path) -> Result<Health, LibraryError> {
    let nothing = || Health::of_nothing(path);
    let library = match Library::open_to_read(path) {
        Ok(Some(library)) => library,
        Ok(None) => return Ok(nothing()),
        Err(error) => return damaged(error, nothing()),
    };
    let options = Options {
        checks_files: args.files,
        ..Options::default()
    };
    let health = match library.health(options) {
        Ok(health) => health,
        Err(error) => return damaged(error, nothing()),
    };
    if !args.examine {
        return Ok(health);
    }
    match library.examine() {
        Ok(()) => Ok(health),
        Err(error) => damaged(error, health),
    }
}

/// What is known of a library in which damage was met; any other error stays one.
fn damaged(error: LibraryError, known: Health) -> Result<Health, LibraryError> {
    match error.cause {
        Cause::Damaged(what) => Ok(Health {
            is_there: true,
            damage: Some(what),
            ..known
        }),
        _ => Err(error),
    }
}
