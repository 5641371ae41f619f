//! Health: the facts about a library that an operator's audit would collect by hand.
//!
//! [`Library::health`] reads one moment of the library and changes nothing. It asks what is stored per round, per file and per table, never
//! row by row (the objectives' rows are the exception: there are a few dozen per round), so ten thousand rounds take a fraction of a second. Two
//! things are only done when asked, because they take as long as there are files or bytes: looking whether the files are still on disk
//! ([`Options::checks_files`]), and examining the library's integrity ([`Library::examine`]).
//!
//! A date is always an evening, `YYYY-MM-DD` where the server stands; rounds without one stand under the empty date, or count for none.

mod counts;
mod facts;
mod files;
mod objectives;
mod sizes;
mod tables;

pub use counts::{Links, Matches, NumberCount, Numbers, Problems, Totals, VersionSpan};
pub use files::{Duplicate, Files, OnDisk, Refusals};
pub use objectives::{LabelCoverage, MapCoverage, Objectives};
pub use sizes::{Packing, Sizes};
pub use tables::TableCount;

use super::error::LibraryError;
use super::{Library, RoundId, notebook};
use crate::analysis::drift::{DEFAULT_WINDOW_DAYS, Drift, RoundSetup, drift};
use facts::Facts;
use rusqlite::{Connection, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Look whether each known file is still where it was: as many questions to the file system as there are files.
    pub checks_files: bool,
    /// Days of a deployment window, see [`crate::analysis::drift`].
    pub window_days: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            checks_files: false,
            window_days: DEFAULT_WINDOW_DAYS,
        }
    }
}

/// Everything about a library.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Health {
    /// The library's file.
    pub library: PathBuf,
    /// There is one; without, all counts are 0.
    pub is_there: bool,
    /// What is damaged; `None` when nothing is known to be. Opening and reading find some damage, [`Library::examine`] all of it.
    pub damage: Option<String>,
    /// What all rounds hold.
    pub totals: Totals,
    /// The tables of the community's schema that have rows of their own, in the order of the schema.
    pub tables: Vec<TableCount>,
    /// Files that were looked at.
    pub files: Files,
    /// Room on the disk.
    pub sizes: Sizes,
    /// Cadences over time, and windows in which cadences or configurations are mixed.
    pub drift: Drift,
    /// `OBJECTIVE_FOCUS` by map and by label.
    pub objectives: Objectives,
    /// Stats files, and which rounds have theirs.
    pub links: Links,
    /// Which rounds belong together.
    pub matches: Matches,
    /// Where round numbers come from.
    pub numbers: Numbers,
    /// Tracker versions, the latest last.
    pub versions: Vec<VersionSpan>,
    /// What is wrong in the stored files.
    pub problems: Problems,
    /// Entries a person wrote, by kind: `note`, `bookmark`, `drawing`, `tag`, `calibration`.
    pub notebook: BTreeMap<String, u64>,
    /// Watched folders.
    pub watched_folders: u64,
}

impl Health {
    /// The health of a library that is not there, or of which nothing can be read.
    pub fn of_nothing(library: &Path) -> Self {
        Self {
            library: library.to_owned(),
            tables: tables::empty(),
            numbers: Numbers::of(&[]),
            notebook: notebook::TABLES
                .map(|table| (table.to_owned(), 0))
                .into_iter()
                .collect(),
            ..Self::default()
        }
    }
}

impl Library {
    /// Collects the facts, all of one moment.
    ///
    /// # Errors
    /// Those of the database; [`super::Cause::Damaged`] when damage is met.
    pub fn health(&self, options: Options) -> std::result::Result<Health, LibraryError> {
        self.guarded(|library| {
            // One moment for everything: another program may be importing.
            let moment = library.conn.unchecked_transaction()?;
            health(&moment, &library.path, options)
        })
    }

    /// How the trackers of all stored rounds were set up, in order of the rounds' numbers: what [`drift`] takes. The same as
    /// [`RoundSetup::of`] says of a round's file.
    ///
    /// # Errors
    /// Those of the database.
    pub fn round_setups(&self) -> std::result::Result<Vec<(RoundId, RoundSetup)>, LibraryError> {
        self.guarded(|library| {
            let facts = facts::all(&library.conn)?;
            Ok(facts
                .iter()
                .map(|facts| (RoundId(facts.id), facts.setup()))
                .collect())
        })
    }
}

fn health(conn: &Connection, path: &Path, options: Options) -> Result<Health> {
    let facts = facts::all(conn)?;
    let setups: Vec<RoundSetup> = facts.iter().map(Facts::setup).collect();
    Ok(Health {
        library: path.to_owned(),
        is_there: true,
        damage: None,
        totals: Totals::of(&facts),
        tables: tables::counts(conn)?,
        files: files::files(conn, options.checks_files)?,
        sizes: sizes::sizes(conn, path, &facts)?,
        drift: drift(&setups, options.window_days),
        objectives: objectives::objectives(conn, &facts)?,
        links: counts::links(conn, &facts)?,
        matches: Matches::of(&facts),
        numbers: Numbers::of(&facts),
        versions: VersionSpan::all(&facts),
        problems: Problems::of(&facts),
        notebook: written(conn)?,
        watched_folders: count(conn, "source")?,
    })
}

fn written(conn: &Connection) -> Result<BTreeMap<String, u64>> {
    let counts = notebook::TABLES.map(|table| Ok((table.to_owned(), count(conn, table)?)));
    counts.into_iter().collect()
}

/// All rows of a small table.
fn count(conn: &Connection, table: &str) -> Result<u64> {
    let sql = format!("SELECT count(*) FROM {table}");
    conn.query_row(&sql, [], |row| row.get::<_, i64>(0))
        .map(|count| count as u64)
}
