//! JSON: `{"header": {…}, "sections": {"NAME": [row, …]}, "extra": {"NAME": [row, …]}, "unknown_sections": […], "problems": […]}`.
//!
//! A row is an object whose keys are the section's columns in file order. `ENGAGEMENTS` rows end with `positions`
//! (`[{time, x, y, z, event}]`) and `attackers` (`[{guid, name, team, damage, hits, first_hit, last_hit, got_kill, weapons: {id: hits}}]`);
//! `PLAYER_TRACKS` rows always have ten columns and `path` holds `[time, x, y, z, health, speed, weapon, stance, sprint, event]` per
//! point. Empty optional columns are null. Rows that only a tolerant reader can read stand under `extra` instead of `sections` (see the
//! module docs of [`crate::format`]).

use super::{engagement_cells, separated, track_cells};
use crate::format::engagement::{self, EngagementRow};
use crate::format::row::Cell;
use crate::format::sections::PLAIN;
use crate::format::text::{Strings, Sym};
use crate::format::track::{self, TrackRow};
use crate::format::{Document, Header};
use std::io::{self, Write};

/// Writes a whole document, or one section of it, as JSON.
///
/// # Errors
/// Those of `out`.
pub fn json(document: &Document, only: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"{\"header\":")?;
    serde_json::to_writer(&mut *out, &header_json(&document.header))?;
    out.write_all(b",\"sections\":{")?;
    write_sections(document, only, false, out)?;
    out.write_all(b"},\"extra\":{")?;
    write_sections(document, only, true, out)?;
    out.write_all(b"},\"unknown_sections\":")?;
    let unknown = document.unknown.iter().map(|section| {
        let text = String::from_utf8_lossy(&section.text);
        serde_json::json!({"name": section.name, "line": section.line, "text": text})
    });
    serde_json::to_writer(&mut *out, &unknown.collect::<Vec<_>>())?;
    out.write_all(b",\"problems\":")?;
    serde_json::to_writer(&mut *out, document.problems.kept())?;
    out.write_all(b"}\n")
}

/// The header as JSON: every known key, null when missing.
pub fn header_json(header: &Header) -> serde_json::Value {
    let mut map = serde_json::Map::new();
    map.insert("banner".into(), header.banner.into());
    map.insert("map".into(), header.map.clone().into());
    for (key, value) in header.numbers() {
        map.insert(key.into(), value.into());
    }
    map.insert(
        "tracker_version_full".into(),
        header.tracker_version_full.clone().into(),
    );
    map.insert("test_mode".into(), header.test_mode.into());
    let flags = header.capabilities.as_ref().map(|flags| {
        let flags = flags.iter().map(|(flag, on)| (flag.clone(), (*on).into()));
        serde_json::Value::Object(flags.collect())
    });
    map.insert("capabilities".into(), flags.into());
    serde_json::Value::Object(map)
}

/// Writes the strict (or the lenient) rows of all sections as members of an object.
fn write_sections(
    document: &Document,
    only: Option<&str>,
    lenient: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut first = true;
    for section in document.sections.iter().filter(|section| section.known) {
        let name = section.name.as_str();
        if only.is_some_and(|only| only != name) || (lenient && !has_lenient(document, name)) {
            continue;
        }
        if !first {
            out.write_all(b",")?;
        }
        first = false;
        write!(out, "\n\"{name}\":[")?;
        match name {
            engagement::SECTION => {
                let table = &document.engagements.table;
                let rows = table.rows.iter().enumerate();
                let rows = rows.filter(|(index, _)| table.is_lenient(*index) == lenient);
                separated(rows, out, |(_, row), out| {
                    engagement_json(document, row, out)
                })?;
            }
            track::SECTION => {
                let rows = document.tracks.rows.iter().enumerate();
                let rows = rows.filter(|(index, _)| document.tracks.is_lenient(*index) == lenient);
                separated(rows, out, |(_, row), out| track_json(document, row, out))?;
            }
            _ => {
                if let Some(section) = PLAIN.iter().find(|section| section.name == name) {
                    let marked = (section.lenient)(&document.tables);
                    let is_lenient = |row: &usize| marked.binary_search(&(*row as u32)).is_ok();
                    let rows = 0..(section.rows)(&document.tables);
                    let rows = rows.filter(|row| is_lenient(row) == lenient);
                    separated(rows, out, |row, out| {
                        let cells = (section.cells)(&document.tables, row);
                        row_json(section.columns, &cells, &document.strings, out)?;
                        out.write_all(b"}")
                    })?;
                }
            }
        }
        out.write_all(b"]")?;
    }
    Ok(())
}

fn has_lenient(document: &Document, name: &str) -> bool {
    match name {
        engagement::SECTION => !document.engagements.table.lenient.is_empty(),
        track::SECTION => !document.tracks.lenient.is_empty(),
        _ => PLAIN
            .iter()
            .any(|section| section.name == name && !(section.lenient)(&document.tables).is_empty()),
    }
}

fn text_json(sym: Sym, strings: &Strings, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, strings.text(sym)).map_err(Into::into)
}

fn cell_json(cell: Cell, strings: &Strings, out: &mut impl Write) -> io::Result<()> {
    match cell {
        Cell::Empty => out.write_all(b"null"),
        Cell::Text(sym) => text_json(sym, strings, out),
        Cell::Int(value) => write!(out, "{value}"),
        Cell::Real(value, _) => real_json(value, out),
        Cell::Flag(value) => write!(out, "{value}"),
    }
}

/// JSON has no NaN: a decimal the file gives as one is null.
fn real_json(value: f64, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, &value).map_err(Into::into)
}

/// An open object with one member per column.
fn row_json(
    columns: &[&str],
    cells: &[Cell],
    strings: &Strings,
    out: &mut impl Write,
) -> io::Result<()> {
    out.write_all(b"\n{")?;
    separated(columns.iter().zip(cells), out, |(column, cell), out| {
        write!(out, "\"{column}\":")?;
        cell_json(*cell, strings, out)
    })
}

/// Position of `crossfire_participants` among the columns.
const PARTICIPANTS_AT: usize = 14;

fn engagement_json(
    document: &Document,
    row: &EngagementRow,
    out: &mut impl Write,
) -> io::Result<()> {
    let (all, strings) = (&document.engagements, &document.strings);
    let cells = engagement_cells(row);
    row_json(
        &engagement::COLUMNS[..PARTICIPANTS_AT],
        &cells[..PARTICIPANTS_AT],
        strings,
        out,
    )?;
    out.write_all(b",\"crossfire_participants\":[")?;
    separated(all.participants_of(row).iter(), out, |guid, out| {
        text_json(*guid, strings, out)
    })?;
    out.write_all(b"]")?;
    let behind = &engagement::COLUMNS[PARTICIPANTS_AT + 1..22];
    for (column, cell) in behind.iter().zip(&cells[PARTICIPANTS_AT..]) {
        write!(out, ",\"{column}\":")?;
        cell_json(*cell, strings, out)?;
    }
    out.write_all(b",\"positions\":[")?;
    separated(all.positions_of(row).iter(), out, |at, out| {
        write!(
            out,
            "{{\"time\":{},\"x\":{},\"y\":{},\"z\":{},\"event\":",
            at.time, at.x, at.y, at.z
        )?;
        text_json(at.event, strings, out)?;
        out.write_all(b"}")
    })?;
    out.write_all(b"],\"attackers\":[")?;
    separated(all.attackers_of(row).iter(), out, |attacker, out| {
        out.write_all(b"{\"guid\":")?;
        text_json(attacker.guid, strings, out)?;
        out.write_all(b",\"name\":")?;
        text_json(attacker.name, strings, out)?;
        out.write_all(b",\"team\":")?;
        text_json(attacker.team, strings, out)?;
        write!(
            out,
            ",\"damage\":{},\"hits\":{},\"first_hit\":{},\"last_hit\":{},\"got_kill\":{},\"weapons\":{{",
            attacker.damage,
            attacker.hits,
            attacker.first_hit,
            attacker.last_hit,
            attacker.got_kill
        )?;
        separated(
            all.weapons_of(attacker).iter(),
            out,
            |(weapon, hits), out| write!(out, "\"{weapon}\":{hits}"),
        )?;
        out.write_all(b"}}")
    })?;
    out.write_all(b"]}")
}

fn track_json(document: &Document, row: &TrackRow, out: &mut impl Write) -> io::Result<()> {
    let (samples, strings) = (&document.samples, &document.strings);
    row_json(
        &track::COLUMNS[..9],
        &track_cells(row, strings),
        strings,
        out,
    )?;
    out.write_all(b",\"path\":[")?;
    separated(row.path.range(), out, |index, out| {
        let s = samples.get(index);
        write!(
            out,
            "[{},{},{},{},{},{},{},{},{},",
            s.time_ms, s.x, s.y, s.z, s.health, s.speed, s.weapon, s.stance, s.sprint
        )?;
        text_json(samples.event_names[s.event as usize], strings, out)?;
        out.write_all(b"]")
    })?;
    out.write_all(b"]}")
}
