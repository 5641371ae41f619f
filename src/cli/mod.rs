//! The command line: the same numbers as the window, for scripts and for people without a display.
//!
//! Data goes to standard output, messages to standard error. Exit codes: 0 all is well, 1 something in the data is wrong (a problem
//! of severity error), 2 it could not be done at all.

mod cleanup;
mod drift;
mod export;
mod import;
mod inspect;
mod library;
mod link;
mod list;
mod names;
mod output;
mod query;
mod render;
mod rounds;
mod sample;
mod stats;
mod status;
mod table;
mod watch;

use crate::jobs::runner::Source;
use crate::library::library_path;
use crate::window::{self, Startup};
use clap::{Args, Parser, Subcommand};
use rounds::{Origin, Shelf};
use stats::{DensityKind, DensityPer};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Replays and analyses rounds of Wolfenstein: Enemy Territory.
///
/// Without a subcommand the window opens, with the given files or with the built-in demo round.
#[derive(Debug, Parser)]
#[command(
    name = "sandtable",
    version,
    override_usage = "sandtable [OPTIONS] [FILES]...\n       sandtable [OPTIONS] <COMMAND>"
)]
struct Cli {
    /// Use this library instead of the usual one (or of the one that `SANDTABLE_LIBRARY` names)
    #[arg(long, value_name = "PATH", global = true)]
    library: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
    /// Round files (.txt or .txt.gz), folders of which the newest round is opened, or rounds of the library (@12, @2026-11-19, @last)
    files: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what a round file holds: version, players, sections, problems
    Inspect(InspectArgs),
    /// Write a round file's rows as JSON or CSV
    Export(ExportArgs),
    /// Say what follows from rounds: trades, support, teamplay, lives
    Stats(StatsArgs),
    /// Draw the map with the players at one moment as a PNG, without a display
    Render(RenderArgs),
    /// Write a round that nobody played, for testing
    Sample(sample::SampleArgs),
    /// Take round files, folders and archives into the library
    Import(import::ImportArgs),
    /// Import new files of folders as they arrive, until ended
    Watch(watch::WatchArgs),
    /// List the rounds in the library
    List(list::ListArgs),
    /// Ask the library a question in SQL
    Query(query::QueryArgs),
    /// Take rounds out of the library; files stay
    Cleanup(cleanup::CleanupArgs),
    /// Say which rounds have their stats file, and which are one match
    Link(link::LinkArgs),
    /// Say how the library is: rows and freshness, files, sizes, cadences, links, what is doubtful
    Status(status::StatusArgs),
    /// Say whether the trackers that wrote some rounds were set up alike
    Drift(drift::DriftArgs),
}

/// How rounds of the library are named where a command takes files.
const STORED_HELP: &str = "\
Instead of a file, rounds of the library can be named: @12 (the round of that number), @2026-11-19 (all of an evening), @last (the newest),
@all. A file that really is called so is ./@12.";

#[derive(Debug, Args)]
#[command(after_help = STORED_HELP)]
struct InspectArgs {
    /// Round files, or rounds of the library
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print one JSON object per file (several files: an array)
    #[arg(long)]
    json: bool,
}

/// What the JSON of `stats` looks like.
const STATS_HELP: &str = "\
Instead of a file, rounds of the library can be named: @12 (the round of that number), @2026-11-19 (all of an evening), @last (the newest),
@all. A file that really is called so is ./@12. An evening and @all count as several files, however many rounds they are.

JSON of one file: {\"players\": [{id, guid, name, team, is_bot}], \"unavailable\": [reason], \"params\": {…}, \"trades\": […],
\"support\": {…} or null, \"teamplay\": […], \"crossfire_pairs\": […], \"lives\": […], \"engagements\": {all, fights, flags},
\"objective_focus\": […], \"heatmaps\": {…}, \"ours_trades\": […], \"ours_support\": {…}, …}. Several files: {\"rounds\": [one such object each],
\"over_all\": {…}}. Keys without prefix follow the definitions of the format's existing parser, keys that begin with ours_ those of
this program; rows of the first kind that are doubtful carry \"flags\" (self_kill, team_kill, world, corpse, limbo_ghost, bot).
Of the second kind: ours_chains (trade chains, rates, the other definitions beside ours), ours_course (momentum, outages, staggered
kills, ledger of waves), ours_ways (spawn exits, routes, danger, solitude), ours_shape (team shape, pushes), ours_profiles (movement),
ours_moments, ours_heatmap_check, ours_checks; over_all.ours has players, classes, maps and pairs over all rounds.

JSON with --density: {\"rounds\": [file], \"density\": {what is counted, its filter, the cells with sum, n, lives, rounds},
\"field\": {\"unit\", \"cells\": [{\"at\": [column, row], \"value\"}]}}. A cell covers cell size × column … and the same for rows; a value of null
is masked: too little is known there.";

#[derive(Debug, Args)]
#[command(after_help = STATS_HELP)]
struct StatsArgs {
    /// Round files, or rounds of the library (see below)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
    /// Where things happened, cell by cell, instead of all the numbers; rounds of one map are counted together
    #[arg(long, value_enum, value_name = "KIND")]
    density: Option<DensityKind>,
    #[command(flatten)]
    density_args: DensityArgs,
}

/// What and how `stats --density` counts.
#[derive(Debug, Args)]
struct DensityArgs {
    /// With --density: edge of a cell, 16 to 512 u
    #[arg(long, default_value_t = 64.0, value_name = "U", requires = "density")]
    cell: f32,
    /// With --density: spread by a bell of so many u
    #[arg(long, default_value_t = 0.0, value_name = "U", requires = "density")]
    blur: f32,
    /// With --density: per what
    #[arg(long, value_enum, default_value_t, requires = "density")]
    per: DensityPer,
    /// With --density: only of this team
    #[arg(long, requires = "density")]
    team: Option<String>,
    /// With --density: only of this class
    #[arg(long, requires = "density")]
    class: Option<String>,
    /// With --density: only of this player, by name or part of it
    #[arg(long, requires = "density")]
    player: Option<String>,
    /// With --density: only of who was alone (true) or not (false)
    #[arg(long, requires = "density", value_name = "BOOL")]
    alone: Option<bool>,
    /// With --density: only from this moment on, such as `3:05`
    #[arg(long, requires = "density", value_name = "TIME")]
    from: Option<String>,
    /// With --density: only before this moment
    #[arg(long, requires = "density", value_name = "TIME")]
    to: Option<String>,
    /// With --density: only from this height on, u
    #[arg(
        long,
        requires = "density",
        value_name = "U",
        allow_negative_numbers = true
    )]
    above: Option<f32>,
    /// With --density: only below this height, u
    #[arg(
        long,
        requires = "density",
        value_name = "U",
        allow_negative_numbers = true
    )]
    below: Option<f32>,
}

/// What the JSON of `export` looks like.
const EXPORT_HELP: &str = "\
Instead of a file, rounds of the library can be named: @12 (the round of that number), @2026-11-19 (all of an evening), @last (the newest),
@all. A file that really is called so is ./@12. An evening and @all count as several files, however many rounds they are.

JSON: {\"header\": {…}, \"sections\": {NAME: [row, …]}, \"extra\": {NAME: [row, …]}, \"unknown_sections\": […], \"problems\": […]}.
A row is an object whose keys are the section's columns in file order. ENGAGEMENTS rows end with \"positions\"
([{time, x, y, z, event}]) and \"attackers\" ([{guid, name, team, damage, hits, first_hit, last_hit, got_kill, weapons:
{id: hits}}]). PLAYER_TRACKS rows always have ten columns (death_type is null where the file has none); \"path\" is a list
of [time, x, y, z, health, speed, weapon, stance, sprint, event]. Empty optional columns are null.
\"extra\" holds rows that are readable only by rules a strict reader does not have (8.0 for 8, a life of which one point
is broken), so that \"sections\" holds exactly what a strict reader keeps.

CSV: one table; name it with --section. Besides the sections there are ENGAGEMENT_POSITIONS, ENGAGEMENT_ATTACKERS and
SAMPLES (one line per path point). Without --section all tables are written, one file each, into the folder given with --out.

Several files: --out names a folder, into which one file (JSON) or one folder (CSV) per round is written; without --out the
JSON is an array and CSV tables follow each other.";

#[derive(Debug, Args)]
#[command(after_help = EXPORT_HELP)]
struct ExportArgs {
    /// Round files, or rounds of the library (see below)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value_t = ExportFormat::Json)]
    format: ExportFormat,
    /// Only this section or table, such as `KILL_OUTCOME`
    #[arg(long)]
    section: Option<String>,
    /// File (or folder, see below) to write to instead of standard output
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ExportFormat {
    Json,
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = STORED_HELP)]
struct RenderArgs {
    /// Round file, or a round of the library; the built-in demo round when none is given
    file: Option<PathBuf>,
    /// Moment on the file's clock, such as `3:05.2`, `65` (seconds) or `1:02:03`
    #[arg(long, default_value = "0:00")]
    at: String,
    /// Size of the picture in pixels
    #[arg(long, default_value = "1280x720")]
    size: String,
    /// PNG to write
    #[arg(long)]
    out: PathBuf,
    /// Pixels per point: 2 draws everything twice as large and fine
    #[arg(long, default_value_t = 1.0)]
    scale: f32,
    /// Trails: `off`, `life`, `round`, or a number of seconds
    #[arg(long, default_value = "10")]
    trails: String,
    /// Player to select and centre on, by name or part of it
    #[arg(long)]
    follow: Option<String>,
    /// Draw the whole window with all panes instead of the map alone
    #[arg(long)]
    window: bool,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Fine,
    Problems,
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Reads the program's arguments, does what they say, and gives the exit code.
pub fn main() -> ExitCode {
    // Wrong arguments end here with code 2, `--help` with 0.
    let cli = Cli::parse();
    let library = cli.library.as_deref();
    match cli.command {
        None => open_window(&cli.files, library),
        Some(Command::Inspect(args)) => inspect::run(&args, library).into(),
        Some(Command::Export(args)) => export::run(&args, library).into(),
        Some(Command::Stats(args)) => stats::run(&args, library).into(),
        Some(Command::Render(args)) => render::run(&args, library).into(),
        Some(Command::Sample(args)) => sample::run(&args).into(),
        Some(Command::Status(args)) => status::run(&args, library).into(),
        Some(Command::Drift(args)) => drift::run(&args, library).into(),
        Some(Command::Import(args)) => import::run(&args, library).into(),
        Some(Command::Watch(args)) => watch::run(&args, library).into(),
        Some(Command::List(args)) => list::run(&args, library).into(),
        Some(Command::Query(args)) => query::run(&args, library).into(),
        Some(Command::Cleanup(args)) => cleanup::run(&args, library).into(),
        Some(Command::Link(args)) => link::run(&args, library).into(),
    }
}

/// More rounds of the library than this are no tabs but a list.
const MOST_OPENED: usize = 8;

fn open_window(arguments: &[PathBuf], library: Option<&Path>) -> ExitCode {
    let asked = Shelf::new(library).resolve_all(arguments);
    let mut stored = 0;
    let rounds = asked.rounds.into_iter().filter_map(|origin| match origin {
        Origin::File(path) => Some(Source::Path(path)),
        Origin::Stored(id) => {
            stored += 1;
            let name = format!("round {} of the library", id.0);
            (stored <= MOST_OPENED).then_some(Source::Stored(id, name))
        }
    });
    let rounds: Vec<Source> = rounds.collect();
    if stored > MOST_OPENED {
        output::message(&format!(
            "{stored} rounds of the library are too many tabs: the first {MOST_OPENED} are opened"
        ));
    }
    let startup = Startup {
        demo: arguments.is_empty(),
        rounds,
        library: Some(library_path(library).map_err(|error| error.to_string())),
    };
    match window::run(startup) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandtable: {error}");
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
