//! Writes a document back as a round file.
//!
//! For a well-formed file of version 6.11 the bytes are the same as those read; for other versions the content is, in the columns of
//! the latest one. Used to make fixtures and to prove that the reader loses nothing.

use super::engagement::{self, AttackerRow, EngagementRow};
use super::row::{Cell, Table};
use super::sections::PLAIN;
use super::text::{Strings, Sym};
use super::track::{self, TrackRow};
use super::{Document, Samples};
use std::io::Write;

pub(crate) const TRACK_COMMENTS: [&str; 3] = [
    "# death_type: killed|selfkill|fallen|world|teamkill|round_end|disconnect|unknown",
    "# path format: time,x,y,z,health,speed,weapon,stance,sprint,event separated by |",
    "# stance: 0=standing, 1=crouching, 2=prone | sprint: 0=no, 1=yes",
];

/// The file's bytes. Rows that could not be read are not in it.
pub fn to_bytes(document: &Document) -> Vec<u8> {
    let mut out = Vec::with_capacity(document.samples.len() * 56 + 4096);
    // Writing into a Vec cannot fail.
    let _ = write_document(document, &mut out);
    out
}

fn write_document(document: &Document, out: &mut Vec<u8>) -> std::io::Result<()> {
    writeln!(out, "# PROXIMITY_TRACKER_V{}", document.header.banner)?;
    for entry in &document.header.entries {
        write!(out, "# {}=", entry.key)?;
        out.extend_from_slice(&entry.value);
        out.push(b'\n');
    }
    for section in &document.sections {
        if section.name != engagement::SECTION {
            out.push(b'\n');
        }
        writeln!(out, "# {}", section.name)?;
        match section.name.as_str() {
            engagement::SECTION => write_engagements(document, out)?,
            track::SECTION => {
                write_tracks(&document.tracks, &document.samples, &document.strings, out)?;
            }
            name => write_other(document, name, out)?,
        }
    }
    if let Some(marker) = &document.ending.end_marker {
        writeln!(out, "# {marker}")?;
    }
    Ok(())
}

fn write_columns(columns: &[&str], out: &mut Vec<u8>) -> std::io::Result<()> {
    writeln!(out, "# {}", columns.join(";"))
}

fn write_other(document: &Document, name: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
    let Some(section) = PLAIN.iter().find(|section| section.name == name) else {
        if let Some(unknown) = document.unknown.iter().find(|unknown| unknown.name == name) {
            out.extend_from_slice(&unknown.text);
        }
        return Ok(());
    };
    write_columns(section.columns, out)?;
    for comment in section.comments {
        writeln!(out, "{comment}")?;
    }
    for row in 0..(section.rows)(&document.tables) {
        for (index, cell) in (section.cells)(&document.tables, row).iter().enumerate() {
            if index > 0 {
                out.push(b';');
            }
            write_cell(*cell, &document.strings, out)?;
        }
        out.push(b'\n');
    }
    Ok(())
}

fn write_cell(cell: Cell, strings: &Strings, out: &mut Vec<u8>) -> std::io::Result<()> {
    match cell {
        Cell::Empty => Ok(()),
        Cell::Text(sym) => out.write_all(strings.raw(sym)),
        Cell::Int(value) => write!(out, "{value}"),
        Cell::Real(value, places) if value.is_finite() => {
            write!(out, "{value:.*}", places as usize)
        }
        Cell::Real(..) => out.write_all(b"nan"),
        Cell::Flag(value) => write!(out, "{}", u8::from(value)),
    }
}

fn write_tracks(
    tracks: &Table<TrackRow>,
    samples: &Samples,
    strings: &Strings,
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    write_columns(track::COLUMNS, out)?;
    for comment in TRACK_COMMENTS {
        writeln!(out, "{comment}")?;
    }
    for row in &tracks.rows {
        for sym in [row.guid, row.name, row.team, row.class] {
            out.extend_from_slice(strings.raw(sym));
            out.push(b';');
        }
        write!(out, "{};", row.spawn_time)?;
        write_optional(row.death_time, out)?;
        write_optional(row.first_move_time, out)?;
        out.extend_from_slice(strings.raw(row.death_type.unwrap_or(Sym::EMPTY)));
        write!(out, ";{};", row.declared_samples)?;
        for (nth, index) in row.path.range().enumerate() {
            if nth > 0 {
                out.push(b'|');
            }
            write_sample(samples, index, strings, out)?;
        }
        out.push(b'\n');
    }
    Ok(())
}

/// A number that may be empty, with the separator behind it.
fn write_optional(value: Option<i64>, out: &mut Vec<u8>) -> std::io::Result<()> {
    if let Some(value) = value {
        write!(out, "{value}")?;
    }
    out.push(b';');
    Ok(())
}

fn write_sample(
    samples: &Samples,
    index: usize,
    strings: &Strings,
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    let s = samples.get(index);
    write!(
        out,
        "{},{:.1},{:.1},{:.1},{},{:.1},{},{},{},",
        s.time_ms, s.x, s.y, s.z, s.health, s.speed, s.weapon, s.stance, s.sprint
    )?;
    out.write_all(strings.raw(samples.event_names[s.event as usize]))
}

fn write_engagements(document: &Document, out: &mut Vec<u8>) -> std::io::Result<()> {
    write_columns(engagement::COLUMNS, out)?;
    for row in &document.engagements.table.rows {
        write_engagement(document, row, out)?;
    }
    Ok(())
}

fn write_engagement(
    document: &Document,
    row: &EngagementRow,
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    let (all, strings) = (&document.engagements, &document.strings);
    write!(out, "{};{};", row.id, row.start_time)?;
    write_optional(row.end_time, out)?;
    write_optional(row.duration, out)?;
    for sym in [
        row.target_guid,
        row.target_name,
        row.target_team,
        row.outcome,
    ] {
        out.extend_from_slice(strings.raw(sym));
        out.push(b';');
    }
    write!(out, "{};", row.total_damage)?;
    for sym in [row.killer_guid, row.killer_name] {
        out.extend_from_slice(strings.raw(sym));
        out.push(b';');
    }
    write!(out, "{};{};", row.num_attackers, u8::from(row.is_crossfire))?;
    write_optional(row.crossfire_delay, out)?;
    for (nth, guid) in all.participants_of(row).iter().enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        out.extend_from_slice(strings.raw(*guid));
    }
    for place in [
        row.start_x,
        row.start_y,
        row.start_z,
        row.end_x,
        row.end_y,
        row.end_z,
    ] {
        write!(out, ";{:.1}", place.0)?;
    }
    write!(out, ";{:.1};", row.distance_traveled.0)?;
    for (nth, at) in all.positions_of(row).iter().enumerate() {
        let bar = if nth > 0 { "|" } else { "" };
        write!(out, "{bar}{},{:.1},{:.1},{:.1},", at.time, at.x, at.y, at.z)?;
        out.extend_from_slice(strings.raw(at.event));
    }
    out.push(b';');
    for (nth, attacker) in all.attackers_of(row).iter().enumerate() {
        if nth > 0 {
            out.push(b'|');
        }
        write_attacker(document, attacker, out)?;
    }
    out.push(b'\n');
    Ok(())
}

fn write_attacker(
    document: &Document,
    attacker: &AttackerRow,
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    for sym in [attacker.guid, attacker.name, attacker.team] {
        out.extend_from_slice(document.strings.raw(sym));
        out.push(b',');
    }
    let kill = u8::from(attacker.got_kill);
    write!(
        out,
        "{},{},{},{},{kill},",
        attacker.damage, attacker.hits, attacker.first_hit, attacker.last_hit
    )?;
    match document.engagements.weapons_of(attacker) {
        [(0, 0)] => out.write_all(b"0:0"),
        weapons => weapons
            .iter()
            .try_for_each(|(weapon, hits)| write!(out, "{weapon}:{hits};")),
    }
}
