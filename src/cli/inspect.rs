//! `sandtable inspect`: what a round file holds and what is wrong with it.

use super::output::{ended, message, stdout};
use super::rounds::Shelf;
use super::{InspectArgs, Outcome};
use crate::analysis::deaths::{deaths, scores_at};
use crate::app::time_text::clock;
use crate::format::Severity;
use crate::format::export::header_json;
use crate::model::{CAPABILITIES, Capability, Round, Team};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(args: &InspectArgs, library: Option<&Path>) -> Outcome {
    let mut shelf = Shelf::new(library);
    let asked = shelf.resolve_all(&args.files);
    let mut outcome = asked.outcome();
    let mut rounds = Vec::new();
    let mut out = stdout();
    for origin in &asked.rounds {
        let round = match shelf.load(origin) {
            Ok(round) => round,
            Err(error) => {
                message(&error);
                outcome = Outcome::Failed;
                continue;
            }
        };
        if round.document.problems.count(Severity::Error) > 0 {
            outcome = outcome.max(Outcome::Problems);
        }
        if args.json {
            rounds.push(as_json(&round));
        } else {
            let written = as_text(&round, &mut out);
            if written.is_err() {
                return outcome.max(ended(written, "standard output"));
            }
        }
    }
    if args.json {
        let value = if asked.is_many {
            Some(Value::Array(rounds))
        } else {
            rounds.pop()
        };
        if let Some(value) = value {
            let written = serde_json::to_writer_pretty(&mut out, &value).map_err(io::Error::from);
            outcome = outcome.max(ended(
                written.and_then(|()| writeln!(out)),
                "standard output",
            ));
        }
    }
    outcome.max(ended(out.flush(), "standard output"))
}

fn team_name(team: Option<Team>) -> &'static str {
    team.map_or("-", Team::name)
}

fn as_json(round: &Round) -> Value {
    let document = &round.document;
    let deaths = deaths(round);
    let scores = scores_at(&deaths, round.players.len(), i64::MAX);
    let players = round.players.iter().map(|(id, player)| {
        let lives = round.lives_of(id);
        let samples: usize = lives.iter().map(|life| round.life(*life).sample_count()).sum();
        json!({
            "guid": round.text(player.guid), "name": round.text(player.name), "plain_name": player.plain_name,
            "names": player.names.iter().map(|name| round.text(*name)).collect::<Vec<_>>(),
            "team": player.team.map(Team::tag), "is_bot": player.is_bot, "lives": lives.len(), "samples": samples,
            "score": scores[id.index()],
        })
    });
    let capabilities = CAPABILITIES.iter().map(|(flag, _)| {
        let (state, why) = round.capability(flag);
        ((*flag).to_owned(), json!({"state": state, "why": why}))
    });
    let sections = document.sections.iter().map(|section| {
        json!({"name": section.name, "known": section.known, "line": section.line, "rows": section.rows,
            "refused": section.refused, "dropped_items": section.dropped_items})
    });
    let provenance = &round.provenance;
    json!({
        "file": {
            "name": provenance.file_name, "path": provenance.path, "bytes": provenance.plain_bytes,
            "packed": provenance.was_packed, "blake3": provenance.content_hash.map(|hash| hash.to_string()),
        },
        "header": header_json(&document.header),
        "version": document.version,
        "round": round.number,
        "session_date": round.date,
        "clock": round.clock,
        "cadence_ms": {"declared": round.declared_cadence_ms(), "measured": round.measured_cadence_ms()},
        "capabilities": Value::Object(capabilities.collect()),
        "sections": sections.collect::<Vec<_>>(),
        "players": players.collect::<Vec<_>>(),
        "lives": round.lives().len(),
        "samples": round.samples().len(),
        "deaths": deaths.len(),
        "is_cut": document.ending.is_cut(),
        "problems": {
            "errors": document.problems.count(Severity::Error),
            "warnings": document.problems.count(Severity::Warning),
            "notes": document.problems.count(Severity::Note),
            "list": document.problems.kept(),
        },
    })
}

fn as_text(round: &Round, out: &mut impl Write) -> io::Result<()> {
    let date = round.date.value.as_deref().unwrap_or("no date");
    let length = clock(round.clock.length_ms());
    let map = if round.map().is_empty() {
        "(no map name)"
    } else {
        round.map()
    };
    writeln!(
        out,
        "{map} · round {} · {date} · {length}",
        round.number.value
    )?;
    write_origin(round, out)?;
    write_capabilities(round, out)?;
    write_sections(round, out)?;
    write_players(round, out)?;
    write_problems(round, out)?;
    writeln!(out)
}

fn write_origin(round: &Round, out: &mut impl Write) -> io::Result<()> {
    let (document, file) = (&round.document, &round.provenance);
    let packed = if file.was_packed { ", packed" } else { "" };
    writeln!(
        out,
        "  file       {} ({} bytes{packed})",
        file.file_name, file.plain_bytes
    )?;
    if let Some(hash) = file.content_hash {
        writeln!(out, "  blake3     {hash}")?;
    }
    let version = &document.version;
    writeln!(out, "  version    {} ({})", version.label, version.reason)?;
    write!(
        out,
        "  round      {} by {:?}",
        round.number.value, round.number.source
    )?;
    let said = round
        .number
        .candidates
        .iter()
        .map(|(source, n)| format!("{source:?} {n}"));
    writeln!(out, " (of: {})", said.collect::<Vec<_>>().join(", "))?;
    match round.date.source {
        Some(source) => {
            let said = round
                .date
                .candidates
                .iter()
                .map(|(source, date)| format!("{source:?} {date}"));
            writeln!(
                out,
                "  date       by {source:?} (of: {})",
                said.collect::<Vec<_>>().join(", ")
            )?;
        }
        None => writeln!(
            out,
            "  date       unknown: neither header nor file name tells a time"
        )?,
    }
    let times = &round.clock;
    let wall = times.wall_ms.map_or("unknown".to_owned(), clock);
    let (start, end) = (clock(times.start_ms), clock(times.end_ms));
    writeln!(
        out,
        "  clock      {start} to {end}, first sample {}, by the calendar {wall}",
        clock(times.t0_ms)
    )?;
    for finding in &times.findings {
        writeln!(out, "             {finding}")?;
    }
    let ms = |value: Option<i64>| value.map_or("unknown".to_owned(), |ms| format!("{ms} ms"));
    let (declared, measured) = (
        ms(round.declared_cadence_ms()),
        ms(round.measured_cadence_ms()),
    );
    writeln!(out, "  cadence    declared {declared}, measured {measured}")?;
    let (lives, samples) = (round.lives().len(), round.samples().len());
    writeln!(
        out,
        "  content    {} players, {lives} lives, {samples} samples",
        round.players.len()
    )
}

fn write_capabilities(round: &Round, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  captures")?;
    for state in [
        Capability::Enabled,
        Capability::Disabled,
        Capability::Unknown,
    ] {
        let flags = CAPABILITIES.iter().map(|(flag, _)| *flag);
        let flags: Vec<_> = flags
            .filter(|flag| round.capability(flag).0 == state)
            .collect();
        if !flags.is_empty() {
            writeln!(
                out,
                "    {:<9}{}",
                format!("{state:?}").to_lowercase(),
                flags.join(" ")
            )?;
        }
    }
    Ok(())
}

fn write_sections(round: &Round, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "  sections                         line     rows  refused  dropped items"
    )?;
    for section in &round.document.sections {
        let unknown = if section.known {
            ""
        } else {
            "  (not known, kept raw)"
        };
        writeln!(
            out,
            "    {:<27}{:>8} {:>8} {:>8} {:>14}{unknown}",
            section.name, section.line, section.rows, section.refused, section.dropped_items
        )?;
    }
    Ok(())
}

fn write_players(round: &Round, out: &mut impl Write) -> io::Result<()> {
    let deaths = deaths(round);
    let scores = scores_at(&deaths, round.players.len(), i64::MAX);
    writeln!(
        out,
        "  players                          team    lives  samples  kills  deaths  guid"
    )?;
    for (id, player) in round.players.iter() {
        let lives = round.lives_of(id);
        let samples: usize = lives
            .iter()
            .map(|life| round.life(*life).sample_count())
            .sum();
        let guid = match round.text(player.guid) {
            "" => "(none: told apart by name)",
            guid => guid,
        };
        let score = scores[id.index()];
        let name: String = player.plain_name.chars().take(28).collect();
        let bot = if player.is_bot { "  bot" } else { "" };
        writeln!(
            out,
            "    {name:<28} {:<8}{:>6} {samples:>8} {:>6} {:>7}  {guid}{bot}",
            team_name(player.team),
            lives.len(),
            score.kills,
            score.deaths
        )?;
    }
    Ok(())
}

fn write_problems(round: &Round, out: &mut impl Write) -> io::Result<()> {
    const MOST: usize = 50;
    let problems = &round.document.problems;
    let of = |severity| problems.count(severity);
    writeln!(
        out,
        "  problems   {} errors, {} warnings, {} notes",
        of(Severity::Error),
        of(Severity::Warning),
        of(Severity::Note)
    )?;
    for problem in problems.kept().iter().take(MOST) {
        writeln!(out, "    {problem}")?;
    }
    let more = problems.total().saturating_sub(MOST as u64);
    if more > 0 {
        writeln!(out, "    … and {more} more; --json lists the first 5000")?;
    }
    Ok(())
}
