//! A document as JSON or CSV.
//!
//! JSON: `{"header": {…}, "sections": {"NAME": [row, …]}, "extra": {"NAME": [row, …]}, "unknown_sections": […], "problems": […]}`. A row is an object whose
//! keys are the section's columns in file order. `ENGAGEMENTS` rows end with `positions` (`[{time, x, y, z, event}]`) and
//! `attackers` (`[{guid, name, team, damage, hits, first_hit, last_hit, got_kill, weapons: {id: hits}}]`); `PLAYER_TRACKS` rows
//! always have ten columns and `path` holds `[time, x, y, z, health, speed, weapon, stance, sprint, event]` per point. Empty optional
//! columns are null. Rows that only a tolerant reader can read stand under `extra` instead of `sections` (see the module docs of
//! [`crate::format`]).

use super::engagement::{self, EngagementRow};
use super::row::Cell;
use super::sections::PLAIN;
use super::text::{Strings, Sym};
use super::track::{self, TrackRow};
use super::{Document, Header};
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

/// Writes items with commas between them.
fn separated<T, W: Write>(
    items: impl Iterator<Item = T>,
    out: &mut W,
    mut write: impl FnMut(T, &mut W) -> io::Result<()>,
) -> io::Result<()> {
    for (nth, item) in items.enumerate() {
        if nth > 0 {
            out.write_all(b",")?;
        }
        write(item, out)?;
    }
    Ok(())
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

fn optional(value: Option<i64>) -> Cell {
    value.map_or(Cell::Empty, Cell::Int)
}

/// The columns of an engagement before its lists, without the participants.
fn engagement_cells(row: &EngagementRow) -> [Cell; 21] {
    let real = |value: super::Decimal<1>| Cell::Real(value.0, 1);
    [
        Cell::Int(row.id),
        Cell::Int(row.start_time),
        optional(row.end_time),
        optional(row.duration),
        Cell::Text(row.target_guid),
        Cell::Text(row.target_name),
        Cell::Text(row.target_team),
        Cell::Text(row.outcome),
        Cell::Int(row.total_damage),
        Cell::Text(row.killer_guid),
        Cell::Text(row.killer_name),
        Cell::Int(row.num_attackers),
        Cell::Flag(row.is_crossfire),
        optional(row.crossfire_delay),
        real(row.start_x),
        real(row.start_y),
        real(row.start_z),
        real(row.end_x),
        real(row.end_y),
        real(row.end_z),
        real(row.distance_traveled),
    ]
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

/// The columns of a life before its path. A death type `unknown` says as little as none and is exported as none.
fn track_cells(row: &TrackRow, strings: &Strings) -> [Cell; 9] {
    [
        Cell::Text(row.guid),
        Cell::Text(row.name),
        Cell::Text(row.team),
        Cell::Text(row.class),
        Cell::Int(row.spawn_time),
        optional(row.death_time),
        optional(row.first_move_time),
        row.death_type
            .filter(|tag| strings.raw(*tag) != b"unknown")
            .map_or(Cell::Empty, Cell::Text),
        Cell::Int(row.declared_samples),
    ]
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
