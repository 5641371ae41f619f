//! CSV: a table per section, and one for each list inside its rows.

use super::{engagement_cells, separated, track_cells};
use crate::format::Document;
use crate::format::engagement;
use crate::format::row::Cell;
use crate::format::sections::PLAIN;
use crate::format::text::Strings;
use crate::format::track;
use std::io::{self, Write};

/// Names of everything [`csv`] can write for a document, in file order; the lists inside rows are tables of their own.
pub fn csv_tables(document: &Document) -> Vec<&str> {
    let mut names = Vec::new();
    for section in document.sections.iter().filter(|section| section.known) {
        names.push(section.name.as_str());
        match section.name.as_str() {
            engagement::SECTION => names.extend([POSITIONS, ATTACKERS]),
            track::SECTION => names.push(SAMPLES),
            _ => {}
        }
    }
    names
}

const POSITIONS: &str = "ENGAGEMENT_POSITIONS";
const ATTACKERS: &str = "ENGAGEMENT_ATTACKERS";
const SAMPLES: &str = "SAMPLES";

/// Writes one table as CSV (RFC 4180: CRLF-free, quotes doubled), with a line of column names. Gives whether there is a table of that
/// name; see [`csv_tables`].
///
/// # Errors
/// Those of `out`.
pub fn csv(document: &Document, table: &str, out: &mut impl Write) -> io::Result<bool> {
    let strings = &document.strings;
    let all = &document.engagements;
    match table {
        engagement::SECTION => {
            let columns = engagement::COLUMNS[..22]
                .iter()
                .filter(|c| **c != "crossfire_participants");
            csv_line(columns.copied(), out)?;
            for row in &all.table.rows {
                csv_row(&engagement_cells(row), strings, out)?;
            }
        }
        POSITIONS => {
            csv_line(["engagement_id", "time", "x", "y", "z", "event"], out)?;
            for row in &all.table.rows {
                for at in all.positions_of(row) {
                    write!(out, "{},{},{},{},{},", row.id, at.time, at.x, at.y, at.z)?;
                    csv_end(strings.text(at.event), out)?;
                }
            }
        }
        ATTACKERS => {
            let columns =
                "engagement_id,guid,name,team,damage,hits,first_hit,last_hit,got_kill,in_crossfire";
            writeln!(out, "{columns}")?;
            for row in &all.table.rows {
                for attacker in all.attackers_of(row) {
                    let in_crossfire = all.participants_of(row).contains(&attacker.guid);
                    let cells = [
                        Cell::Int(row.id),
                        Cell::Text(attacker.guid),
                        Cell::Text(attacker.name),
                        Cell::Text(attacker.team),
                        Cell::Int(attacker.damage),
                        Cell::Int(attacker.hits),
                        Cell::Int(attacker.first_hit),
                        Cell::Int(attacker.last_hit),
                        Cell::Flag(attacker.got_kill),
                        Cell::Flag(in_crossfire),
                    ];
                    csv_row(&cells, strings, out)?;
                }
            }
        }
        track::SECTION => {
            csv_line(track::COLUMNS[..9].iter().copied(), out)?;
            for row in &document.tracks.rows {
                csv_row(&track_cells(row, strings), strings, out)?;
            }
        }
        SAMPLES => csv_samples(document, out)?,
        _ => {
            let Some(section) = PLAIN.iter().find(|section| section.name == table) else {
                return Ok(false);
            };
            csv_line(section.columns.iter().copied(), out)?;
            for row in 0..(section.rows)(&document.tables) {
                csv_row(&(section.cells)(&document.tables, row), strings, out)?;
            }
        }
    }
    Ok(true)
}

fn csv_samples(document: &Document, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "life,guid,name,team,time,x,y,z,health,speed,weapon,stance,sprint,event"
    )?;
    let (samples, strings) = (&document.samples, &document.strings);
    for (life, row) in document.tracks.rows.iter().enumerate() {
        for index in row.path.range() {
            write!(out, "{},", life + 1)?;
            for sym in [row.guid, row.name, row.team] {
                csv_text(strings.text(sym), out)?;
                out.write_all(b",")?;
            }
            let s = samples.get(index);
            write!(
                out,
                "{},{},{},{},{},{},{},{},{},",
                s.time_ms, s.x, s.y, s.z, s.health, s.speed, s.weapon, s.stance, s.sprint
            )?;
            csv_end(strings.text(samples.event_names[s.event as usize]), out)?;
        }
    }
    Ok(())
}

fn csv_line<'a>(texts: impl IntoIterator<Item = &'a str>, out: &mut impl Write) -> io::Result<()> {
    separated(texts.into_iter(), out, |text, out| csv_text(text, out))?;
    out.write_all(b"\n")
}

fn csv_row(cells: &[Cell], strings: &Strings, out: &mut impl Write) -> io::Result<()> {
    separated(cells.iter(), out, |cell, out| match *cell {
        Cell::Text(sym) => csv_text(strings.text(sym), out),
        Cell::Int(value) => write!(out, "{value}"),
        Cell::Real(value, _) if value.is_finite() => write!(out, "{value}"),
        Cell::Empty | Cell::Real(..) => Ok(()),
        Cell::Flag(value) => write!(out, "{}", u8::from(value)),
    })?;
    out.write_all(b"\n")
}

fn csv_end(text: &str, out: &mut impl Write) -> io::Result<()> {
    csv_text(text, out)?;
    out.write_all(b"\n")
}

fn csv_text(text: &str, out: &mut impl Write) -> io::Result<()> {
    if text.contains(['"', ',', '\n', '\r']) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}
