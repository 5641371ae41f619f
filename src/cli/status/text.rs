//! The health of a library as text.

use super::words::{bytes, shortened};
use crate::analysis::drift::sentences;
use crate::app::library::words::thousands;
use crate::cli::drift::cadence_words;
use crate::library::health::{Files, Health, Links, Objectives, Sizes};
use std::io::{self, Write};

/// Entries of a list that are written out; `--json` has all.
const MOST: usize = 12;

pub(super) fn write(health: &Health, out: &mut impl Write) -> io::Result<()> {
    let path = health.library.display();
    if !health.is_there {
        return writeln!(
            out,
            "library      there is none yet; it would be {path}\n             \
             sandtable import PATH makes it"
        );
    }
    let state = if health.damage.is_some() {
        "  (DAMAGED)"
    } else {
        ""
    };
    writeln!(out, "library      {path}{state}")?;
    write_sizes(&health.sizes, out)?;
    write_rounds(health, out)?;
    write_files(&health.files, out)?;
    write_versions(health, out)?;
    write_numbers(health, out)?;
    write_links(&health.links, out)?;
    write_objectives(&health.objectives, out)?;
    write_drift(health, out)?;
    write_tables(health, out)
}

fn write_sizes(sizes: &Sizes, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "sizes        {}, {} of it free; log {}; files unpacked {}; notebook backup {}",
        bytes(sizes.database),
        bytes(sizes.free),
        bytes(sizes.log),
        bytes(sizes.files_unpacked),
        bytes(sizes.notebook_backup)
    )?;
    let packing = &sizes.packing;
    if let (Some(per_round), Some(per_sample)) = (sizes.per_round, packing.bytes_per_sample) {
        writeln!(
            out,
            "             {} per round, {per_sample:.2} bytes per sample (over {} rounds)",
            bytes(per_round as u64),
            packing.rounds
        )?;
    }
    Ok(())
}

fn write_rounds(health: &Health, out: &mut impl Write) -> io::Result<()> {
    let (totals, matches) = (&health.totals, &health.matches);
    let dash = |date: &Option<String>| date.clone().unwrap_or_else(|| "-".to_owned());
    writeln!(
        out,
        "rounds       {} of {} evenings, {} to {}; {} without a date",
        thousands(totals.rounds),
        thousands(totals.evenings),
        dash(&totals.first_date),
        dash(&totals.last_date),
        totals.undated
    )?;
    writeln!(
        out,
        "             {} matches of two rounds, {} rounds alone",
        thousands(matches.complete),
        thousands(matches.single)
    )?;
    writeln!(
        out,
        "content      {} lives, {} samples, {} engagements, {} kills",
        thousands(totals.lives),
        thousands(totals.samples),
        thousands(totals.engagements),
        thousands(totals.kills)
    )?;
    let problems = &health.problems;
    writeln!(
        out,
        "problems     {} errors in {} rounds, {} warnings in {}, {} notes; {} rounds are cut",
        thousands(problems.errors),
        problems.rounds_with_errors,
        thousands(problems.warnings),
        problems.rounds_with_warnings,
        thousands(problems.notes),
        problems.cut_rounds
    )?;
    let written = health
        .notebook
        .iter()
        .map(|(kind, entries)| format!("{kind} {entries}"));
    writeln!(
        out,
        "notebook     {}",
        written.collect::<Vec<_>>().join(", ")
    )
}

fn write_files(files: &Files, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "files        {} known: {} stored ({} of them the same bytes again), {} duplicates, {} stats files, {} refused, {} taken out",
        thousands(files.all),
        thousands(files.stored),
        thousands(files.same_bytes),
        thousands(files.duplicate),
        thousands(files.stats),
        thousands(files.refused),
        thousands(files.removed)
    )?;
    for refusal in files.refusals.iter().take(MOST) {
        writeln!(out, "  refused    {:>6}  {}", refusal.files, refusal.reason)?;
    }
    write_more(files.refusals.len(), "reasons", out)?;
    for duplicate in files.duplicates.iter().take(MOST) {
        writeln!(
            out,
            "  duplicate  {}  is stored from {} (@{})",
            duplicate.path.display(),
            duplicate.stored_from,
            duplicate.round
        )?;
    }
    write_more(files.duplicates.len(), "duplicates", out)?;
    let Some(disk) = &files.on_disk else {
        return Ok(());
    };
    writeln!(
        out,
        "  on disk    {} as they were, {} changed, {} missing",
        thousands(disk.present),
        thousands(disk.changed),
        thousands(disk.missing)
    )?;
    for path in disk.missing_paths.iter().take(MOST) {
        writeln!(out, "  missing    {}", path.display())?;
    }
    write_more(disk.missing_paths.len(), "missing files", out)
}

fn write_more(all: usize, what: &str, out: &mut impl Write) -> io::Result<()> {
    if all > MOST {
        writeln!(
            out,
            "             and {} more {what} (--json has all)",
            all - MOST
        )?;
    }
    Ok(())
}

fn write_versions(health: &Health, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "versions     rounds  first       last")?;
    for span in &health.versions {
        let date = |date: &Option<String>| date.clone().unwrap_or_else(|| "-".to_owned());
        writeln!(
            out,
            "  {:<10} {:>6}  {:<10}  {}",
            span.version,
            span.rounds,
            date(&span.first_date),
            date(&span.last_date)
        )?;
    }
    Ok(())
}

fn write_numbers(health: &Health, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "round number rounds  disputed   (by)")?;
    for count in &health.numbers.by_source {
        writeln!(
            out,
            "  {:<10} {:>6}  {:>8}",
            count.source, count.rounds, count.disputed
        )?;
    }
    Ok(())
}

fn write_links(links: &Links, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "stats files  {}, {} without a round; {} of {} rounds have theirs{}",
        thousands(links.stats_files),
        thousands(links.stats_files_without_round),
        thousands(links.all.linked.into()),
        thousands(links.all.all.into()),
        match links.pending {
            0 => String::new(),
            pending => format!(", {pending} not looked at yet"),
        }
    )?;
    for (reason, rounds) in &links.all.by_reason {
        writeln!(
            out,
            "             {rounds:>6}  {}: {}",
            reason.code(),
            reason.sentence()
        )?;
    }
    // The latest evenings are the ones somebody can still do something about.
    for (date, coverage) in links.by_date.iter().rev().take(MOST) {
        let date = if date.is_empty() { "no date" } else { date };
        writeln!(
            out,
            "  {date:<10} {:>6} of {}",
            coverage.linked, coverage.all
        )?;
    }
    write_more(links.by_date.len(), "evenings", out)
}

fn write_objectives(objectives: &Objectives, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "objectives   {} rounds with rows, {} without",
        thousands(objectives.rounds_with),
        thousands(objectives.rounds_without)
    )?;
    for (map, coverage) in &objectives.maps {
        let map = if map.is_empty() { "(no name)" } else { map };
        writeln!(
            out,
            "  {map:<22} {:>6} of {}",
            coverage.rounds_with, coverage.rounds
        )?;
        for (label, of_label) in &coverage.labels {
            writeln!(
                out,
                "    {label:<30} {:>6} rounds, {:>6} players, {:>7} rows",
                of_label.rounds, of_label.players, of_label.rows
            )?;
        }
    }
    Ok(())
}

fn write_drift(health: &Health, out: &mut impl Write) -> io::Result<()> {
    let drift = &health.drift;
    let mut all = crate::analysis::drift::Cadences::new();
    for (cadence, rounds) in drift.by_date.values().flatten() {
        *all.entry(*cadence).or_default() += rounds;
    }
    writeln!(
        out,
        "cadence      {}; {} deployment windows, {} findings (sandtable drift library)",
        cadence_words(&all),
        drift.windows.len(),
        drift.findings.len()
    )?;
    for sentence in sentences(drift).iter().take(MOST) {
        writeln!(out, "  {}", shortened(sentence))?;
    }
    write_more(drift.findings.len(), "findings", out)
}

fn write_tables(health: &Health, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "tables                                   rows  rounds  latest"
    )?;
    for table in &health.tables {
        writeln!(
            out,
            "  {:<32} {:>10}  {:>6}  {}",
            table.name,
            thousands(table.rows),
            table.rounds,
            table.latest.as_deref().unwrap_or("-")
        )?;
    }
    Ok(())
}
