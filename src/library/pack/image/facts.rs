//! What a document is besides its rows: its strings, its header, which sections it has, how it ends.

use super::words;
use super::{Family, Strings};
use crate::format::{Document, Ending, Header, HeaderEntry, SectionInfo, UnknownSection, Version};
use crate::library::pack::bytes::{Cursor, put_text, put_varint};
use crate::library::pack::{Damaged, lane};

pub(super) fn put_strings(strings: &Strings, out: &mut Vec<u8>) {
    // The first one is always the empty one.
    let texts = || strings.iter().skip(1).map(|sym| strings.raw(sym));
    let lengths: Vec<i64> = texts().map(|text| text.len() as i64).collect();
    put_varint(lengths.len() as u64, out);
    lane::put(&lengths, out);
    for text in texts() {
        out.extend_from_slice(text);
    }
}

pub(super) fn read_strings(cursor: &mut Cursor<'_>) -> Result<Strings, Damaged> {
    let count = cursor.number()?;
    let mut lengths = Vec::new();
    lane::read(cursor, count, &mut lengths)?;
    let mut strings = Strings::default();
    for (place, length) in (1..).zip(lengths) {
        let length = usize::try_from(length).map_err(|_| Damaged("a string has no length"))?;
        let sym = strings.intern(cursor.take(length)?);
        if sym.index() != place {
            return Err(Damaged("a string stands in it twice"));
        }
    }
    Ok(strings)
}

pub(super) fn put_header(header: &Header, out: &mut Vec<u8>) {
    put_varint(u64::from(header.banner), out);
    put_varint(header.entries.len() as u64, out);
    for entry in &header.entries {
        put_text(entry.key.as_bytes(), out);
        put_text(&entry.value, out);
        put_varint(u64::from(entry.line), out);
    }
}

pub(super) fn read_header(cursor: &mut Cursor<'_>) -> Result<Header, Damaged> {
    let banner = cursor.number()?;
    let mut entries = Vec::new();
    for _ in 0..cursor.count(3)? {
        entries.push(HeaderEntry {
            key: cursor.string()?,
            value: cursor.text()?.to_vec(),
            line: cursor.number()?,
        });
    }
    Ok(Header::of(banner, entries))
}

pub(super) fn put_version(version: &Version, out: &mut Vec<u8>) {
    out.push(version.family as u8);
    put_text(version.label.as_bytes(), out);
    put_text(version.reason.as_bytes(), out);
}

pub(super) fn read_version(cursor: &mut Cursor<'_>) -> Result<Version, Damaged> {
    let family = Family::ALL.get(usize::from(cursor.byte()?));
    Ok(Version {
        family: *family.ok_or(Damaged("it is of no known family"))?,
        label: cursor.string()?,
        reason: cursor.string()?,
    })
}

pub(super) fn put_sections(document: &Document, out: &mut Vec<u8>) {
    put_varint(document.sections.len() as u64, out);
    for section in &document.sections {
        put_text(section.name.as_bytes(), out);
        for number in [
            section.line,
            section.rows,
            section.refused,
            section.dropped_items,
        ] {
            put_varint(u64::from(number), out);
        }
        out.push(u8::from(section.known));
    }
    put_varint(document.unknown.len() as u64, out);
    for section in &document.unknown {
        put_text(section.name.as_bytes(), out);
        put_varint(u64::from(section.line), out);
        put_text(&section.text, out);
    }
}

pub(super) fn read_sections(
    cursor: &mut Cursor<'_>,
) -> Result<(Vec<SectionInfo>, Vec<UnknownSection>), Damaged> {
    let mut sections = Vec::new();
    for _ in 0..cursor.count(6)? {
        sections.push(SectionInfo {
            name: cursor.string()?,
            line: cursor.number()?,
            rows: cursor.number()?,
            refused: cursor.number()?,
            dropped_items: cursor.number()?,
            known: cursor.flag()?,
        });
    }
    let mut unknown = Vec::new();
    for _ in 0..cursor.count(3)? {
        unknown.push(UnknownSection {
            name: cursor.string()?,
            line: cursor.number()?,
            text: cursor.text()?.to_vec(),
        });
    }
    Ok((sections, unknown))
}

pub(super) fn put_ending(ending: &Ending, out: &mut Vec<u8>) {
    out.push(u8::from(ending.unterminated));
    put_optional(ending.empty_last_section.as_deref(), out);
    words::put(&ending.missing_sections, out);
    put_optional(ending.end_marker.as_deref(), out);
}

pub(super) fn read_ending(cursor: &mut Cursor<'_>) -> Result<Ending, Damaged> {
    Ok(Ending {
        unterminated: cursor.flag()?,
        empty_last_section: read_optional(cursor)?,
        missing_sections: words::read(cursor)?,
        end_marker: read_optional(cursor)?,
    })
}

fn put_optional(text: Option<&str>, out: &mut Vec<u8>) {
    out.push(u8::from(text.is_some()));
    if let Some(text) = text {
        put_text(text.as_bytes(), out);
    }
}

fn read_optional(cursor: &mut Cursor<'_>) -> Result<Option<String>, Damaged> {
    let has_text = cursor.flag()?;
    has_text.then(|| cursor.string()).transpose()
}
