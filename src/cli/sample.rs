//! `sandtable sample`: rounds that nobody played, for testing.

use super::output::{ended, message};
use super::{Outcome, SampleArgs};
use crate::sample::{self, Params};
use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

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
