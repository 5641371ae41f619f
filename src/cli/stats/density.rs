//! `sandtable stats --density`: where things happened over the rounds given, cell by cell.

use crate::analysis::deaths::{Death, deaths};
use crate::analysis::density::{
    Density, Field, Filter, Kind, Normal, Params, Source, Unit, density, field,
};
use crate::analysis::flags::RowFlags;
use crate::analysis::person::person;
use crate::app::time_text::parse;
use crate::cli::names::player_named;
use crate::cli::output::{ended, message, stdout};
use crate::cli::{DensityArgs, Outcome, StatsArgs};
use crate::model::{Class, Round, Team};
use serde::Serialize;
use std::io::{self, Write};
use std::sync::Arc;

/// Cells that are written out, those with the most; `--json` has all.
const MOST_CELLS: usize = 25;

/// The JSON.
#[derive(Serialize)]
struct Answer<'a> {
    rounds: Vec<&'a str>,
    density: &'a Density,
    field: &'a Field,
}

pub(super) fn run(rounds: &[Arc<Round>], kind: DensityKind, args: &StatsArgs) -> Outcome {
    let (found, numbers) = match count(rounds, kind.into(), &args.density_args) {
        Ok(counted) => counted,
        Err(why) => {
            message(&why);
            return Outcome::Failed;
        }
    };
    for (round, why) in &found.unavailable {
        let name = &rounds[*round as usize].provenance.file_name;
        message(&format!("{name} is not counted: {}", why.words()));
    }
    let mut out = stdout();
    let written = if args.json {
        write_json(rounds, &found, &numbers, &mut out)
    } else {
        write_text(&found, &numbers, &mut out)
    };
    ended(written.and_then(|()| out.flush()), "standard output")
}

/// Counts, and makes numbers of the counts.
fn count(
    rounds: &[Arc<Round>],
    kind: Kind,
    asked: &DensityArgs,
) -> Result<(Density, Field), String> {
    let filter = filter(rounds, asked)?;
    let kept: Vec<(Vec<Death>, RowFlags)> = rounds
        .iter()
        .map(|round| {
            let deaths = deaths(round);
            let flags = RowFlags::of(round, &deaths);
            (deaths, flags)
        })
        .collect();
    let sources: Vec<Source<'_>> = rounds
        .iter()
        .zip(&kept)
        .map(|(round, (deaths, flags))| Source {
            round,
            deaths,
            flags,
        })
        .collect();
    let params = Params {
        size_u: asked.cell,
        ..Params::default()
    };
    let found = density(&sources, kind, &filter, &params);
    let presence = density(&sources, Kind::Movement, &filter, &params);
    let numbers = field(&found, Some(&presence), asked.per.into(), asked.blur);
    match numbers {
        Ok(numbers) => Ok((found, numbers)),
        Err(why) => Err(why.words().to_owned()),
    }
}

fn write_json(
    rounds: &[Arc<Round>],
    density: &Density,
    field: &Field,
    out: &mut impl Write,
) -> io::Result<()> {
    let names = rounds
        .iter()
        .map(|round| round.provenance.file_name.as_str());
    let answer = Answer {
        rounds: names.collect(),
        density,
        field,
    };
    serde_json::to_writer(&mut *out, &answer)?;
    writeln!(out)
}

fn write_text(found: &Density, numbers: &Field, out: &mut impl Write) -> io::Result<()> {
    // Rates of places do not add up to anything.
    let total = match numbers.unit {
        Unit::EventsPerMinuteThere => String::new(),
        _ => format!("; {} in all", rounded(numbers.total())),
    };
    writeln!(
        out,
        "{} over {} rounds, cells of {} u, in {}{total}",
        found.kind.name(),
        found.rounds(),
        found.params.size_u,
        numbers.unit.words()
    )?;
    let mut cells: Vec<_> = numbers
        .cells
        .iter()
        .filter(|cell| cell.value.is_some())
        .collect();
    cells.sort_by(|a, b| b.value.unwrap_or(0.0).total_cmp(&a.value.unwrap_or(0.0)));
    writeln!(
        out,
        "  west to east        south to north            value       n  lives  rounds"
    )?;
    for cell in cells.iter().take(MOST_CELLS) {
        let [west, east, south, north] = found.grid.bounds_of(cell.at);
        let behind = found.grid.get(cell.at);
        writeln!(
            out,
            "  {:<18}  {:<18} {:>12} {:>7} {:>6} {:>7}",
            format!("{west:.0} to {east:.0}"),
            format!("{south:.0} to {north:.0}"),
            rounded(cell.value.unwrap_or(0.0)),
            behind.n,
            behind.lives,
            behind.rounds
        )?;
    }
    if cells.len() > MOST_CELLS {
        writeln!(
            out,
            "  and {} more cells (--json has all)",
            cells.len() - MOST_CELLS
        )?;
    }
    Ok(())
}

/// Four places behind the point are as many as a share needs.
fn rounded(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.4}")
    }
}

fn filter(rounds: &[Arc<Round>], asked: &DensityArgs) -> Result<Filter, String> {
    let team = match asked.team.as_deref().map(str::to_uppercase) {
        None => None,
        Some(tag) => Some(Team::from_tag(&tag).ok_or("--team is axis or allies")?),
    };
    let class = match asked.class.as_deref().map(str::to_uppercase) {
        None => None,
        Some(tag) => Some(
            Class::from_tag(&tag)
                .ok_or("--class is soldier, medic, engineer, fieldops or covertops")?,
        ),
    };
    let moment = |text: &Option<String>, otherwise| match text {
        None => Ok(otherwise),
        Some(text) => parse(text).ok_or(format!("{text} is no moment such as 3:05")),
    };
    let (from, to) = (moment(&asked.from, i64::MIN)?, moment(&asked.to, i64::MAX)?);
    let mut wanted = None;
    if let Some(part) = &asked.player {
        for round in rounds {
            if let Ok(id) = player_named(round, part) {
                wanted = Some(person(round, id));
                break;
            }
        }
        if wanted.is_none() {
            return Err(format!("no round has a player named {part}"));
        }
    }
    Ok(Filter {
        team,
        class,
        person: wanted,
        time_ms: (asked.from.is_some() || asked.to.is_some()).then_some((from, to)),
        height_u: (asked.above.is_some() || asked.below.is_some()).then_some((
            asked.above.unwrap_or(f32::NEG_INFINITY),
            asked.below.unwrap_or(f32::INFINITY),
        )),
        alone: asked.alone,
    })
}

/// What `--density` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum DensityKind {
    Movement,
    KillsByKiller,
    KillsByVictim,
    Deaths,
    Combat,
    Escapes,
    Shots,
}

impl From<DensityKind> for Kind {
    fn from(kind: DensityKind) -> Self {
        match kind {
            DensityKind::Movement => Self::Movement,
            DensityKind::KillsByKiller => Self::KillsByKiller,
            DensityKind::KillsByVictim => Self::KillsByVictim,
            DensityKind::Deaths => Self::Deaths,
            DensityKind::Combat => Self::Combat,
            DensityKind::Escapes => Self::Escapes,
            DensityKind::Shots => Self::Shots,
        }
    }
}

/// What `--per` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum DensityPer {
    /// As counted
    #[default]
    Total,
    /// By the number of rounds
    Round,
    /// By the minutes alive anywhere
    MinuteAlive,
    /// By the minutes alive in that cell, where that is at least five seconds
    MinuteThere,
    /// As part of the whole
    Share,
}

impl From<DensityPer> for Normal {
    fn from(per: DensityPer) -> Self {
        match per {
            DensityPer::Total => Self::Total,
            DensityPer::Round => Self::PerRound,
            DensityPer::MinuteAlive => Self::PerMinuteAlive,
            DensityPer::MinuteThere => Self::PerMinuteThere { fewest_ms: 5000 },
            DensityPer::Share => Self::Share,
        }
    }
}
