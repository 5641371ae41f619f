//! `sandtable sample`: rounds that nobody played, for testing.

use super::Outcome;
use super::output::{ended, message};
use crate::sample::{self, Params};
use clap::Args;
use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What `sample` makes.
const SAMPLE_HELP: &str = "\
The files are what tracker 6.11 would have written of a small simulated round: all sections agree with each other. The same arguments give
the same bytes. With --count, --out is a folder: rounds of one circle of people, evening after evening, two to a match with sides changed in
the second, through several maps unless --map names one, under the names that the tracker gives. Only sandpit has real ground; ways on other
maps are made up.";

#[derive(Debug, Args)]
#[command(after_help = SAMPLE_HELP)]
pub(super) struct SampleArgs {
    /// File to write; with --count a folder
    #[arg(long)]
    out: PathBuf,
    /// Name of the map
    #[arg(long)]
    map: Option<String>,
    /// How many play, 2 to 64
    #[arg(long, default_value_t = 12, value_name = "N")]
    players: usize,
    /// Length of a round
    #[arg(long, default_value_t = 4.0, value_name = "M")]
    minutes: f64,
    /// Who plays and what happens
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// So many rounds into a folder
    #[arg(long, value_name = "N", conflicts_with = "round")]
    count: Option<usize>,
    /// Round of the match, 1 or 2
    #[arg(long, default_value_t = 1)]
    round: u8,
    /// Time between samples, ms, a multiple of 50
    #[arg(long, default_value_t = 200, value_name = "MS")]
    cadence: i64,
    /// Start of the first round, seconds since 1970
    #[arg(long, default_value_t = crate::sample::DEFAULT_START_UNIX, value_name = "UNIX")]
    start: i64,
    /// Pack with gzip
    #[arg(long)]
    gzip: bool,
}

pub(super) fn run(args: &SampleArgs) -> Outcome {
    let first = Params {
        players: args.players,
        minutes: args.minutes,
        seed: args.seed,
        round: args.round,
        cadence_ms: args.cadence,
        round_start_unix: args.start,
        map: args.map.clone().unwrap_or(Params::default().map),
        ..Params::default()
    };
    if let Err(why) = first.check() {
        message(&why);
        return Outcome::Failed;
    }
    match args.count {
        None => {
            let written = write_round(&args.out, &first, args.gzip);
            ended(written, &args.out.display().to_string())
        }
        Some(count) => write_series(args, &first, count),
    }
}

/// Many rounds into a folder, as many at a time as there are cores.
fn write_series(args: &SampleArgs, first: &Params, count: usize) -> Outcome {
    let maps: Vec<String> = match &args.map {
        Some(map) => vec![map.clone()],
        None => sample::ROTATION.map(str::to_owned).to_vec(),
    };
    let rounds = sample::series(first, count, &maps);
    let written = fs::create_dir_all(&args.out).and_then(|()| {
        rounds.par_iter().try_for_each(|params| {
            let ending = if args.gzip { ".gz" } else { "" };
            let path = args.out.join(params.file_name() + ending);
            write_round(&path, params, args.gzip).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            })
        })
    });
    ended(written, &args.out.display().to_string())
}

/// Writes beside the final name first, so that a watched folder never shows a half-written round. Unlike what people made, made-up rounds are
/// not forced to the disk one by one: that would take longer than making them.
fn write_round(path: &Path, params: &Params, gzip: bool) -> io::Result<()> {
    let mut bytes = sample::text(params);
    if gzip {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&bytes)?;
        bytes = packer.finish()?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}
