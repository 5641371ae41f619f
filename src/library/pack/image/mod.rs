//! Everything of a document but its samples, as one BLOB. The samples are kept apart, one BLOB per life ([`super::path`]), so that a database can
//! show a single life without the rest.
//!
//! # Bytes, version 1
//!
//! Version (1 byte), the parts below one after the other, checksum (4 bytes). *Option* is a byte 0, or a byte 1 and the thing; *list* is a
//! varint with the number of things, and the things; *flag* is a byte 0 or 1.
//!
//! | part | bytes |
//! |---|---|
//! | strings, without the empty one in front | varint: how many; a lane of their lengths; all their bytes. A *handle* is a place in this list from 1 on, or 0 for the empty string |
//! | header | varint: banner; list of lines (text: key, text: value, varint: line number). The header's values follow from its lines |
//! | version | byte: place in [`Family::ALL`]; texts: label, reason |
//! | sections | list of (text: name; varints: line, rows, refused, dropped items; flag: known) |
//! | unknown sections | list of (text: name, varint: line, text: content) |
//! | ending | flag: unterminated; option of text: empty last section; list of texts: missing sections; option of text: end marker |
//! | problems | three varints: how many notes, warnings, errors; list of texts: words; list of kept ones (byte: severity; varint: rule; varints: line, section, column, each 0 for none; text). Rule, section and column are places in the words, from 1 on; the line is one more than the number |
//! | engagements | table; pool of positions; pool of attackers; pool of (weapon, hits); pool of participants |
//! | tracks | table. The path is a column of lengths |
//! | names of sample events | pool of handles |
//! | other sections | varint: how many have rows; for each, in the order of the format: text: name, varint: number of columns, table |
//!
//! A *pool* is a varint *n* and *n* rows, in groups of 1024 of which only the last may be shorter: of each group all columns, one after the
//! other. A *table* is a pool and, if it has rows, a lane of *n* line numbers and a list of the tolerantly read rows (varint: how many; a lane of
//! their places, rising). Spans are columns of lengths: each begins where the one before it ends.
//!
//! A *column* of *n* values is a flag: whether all are numbers. If it is 1, a lane of *n* numbers follows. If it is 0, it begins with a lane of *n*
//! kinds: 0 number, 1 no value, 2 bits; then, for each of kind 2 in order, the 8 bytes of a double-precision number (of a single-precision one in
//! the lower four), lowest first; then the lane, whose numbers mean nothing where the kind is not 0. Numbers of decimal columns are tenths,
//! hundredths or thousandths as the column has places, and are divided by ten, hundred or thousand in double precision (coordinates of positions:
//! in single precision); those of text columns are handles; flags are 0 or 1.

mod columns;
mod facts;
mod problems;
mod tables;
mod words;

use super::bytes::{Cursor, seal};
use super::{Damaged, decode_path};
use crate::format::{Document, Family, Samples, Strings, Sym};

/// The form's version.
const VERSION: u8 = 1;

/// Samples for which room is made at once; beyond, the columns grow as paths come.
const MOST_RESERVED: u32 = 1 << 20;

/// Everything but the samples as one BLOB.
///
/// The document has to be as [`crate::format::read`] makes it: header values as in the header's lines, and the lists of engagements and lives
/// one after the other in their pools.
pub fn encode_image(document: &Document) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * 1024);
    out.push(VERSION);
    facts::put_strings(&document.strings, &mut out);
    facts::put_header(&document.header, &mut out);
    facts::put_version(&document.version, &mut out);
    facts::put_sections(document, &mut out);
    facts::put_ending(&document.ending, &mut out);
    problems::put(&document.problems, &mut out);
    tables::put(document, &mut out);
    seal(&mut out, 0);
    out
}

/// A document that is being put together: its image first, then the paths of its lives in the order of the file.
#[derive(Debug)]
pub struct Unpacking {
    document: Document,
    /// Lives that have their path.
    lives: usize,
}

impl Unpacking {
    /// Unpacks the image.
    ///
    /// # Errors
    /// [`Damaged`] when the bytes are not what [`encode_image`] makes.
    pub fn new(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut cursor = Cursor::open(bytes, VERSION)?;
        let strings = facts::read_strings(&mut cursor)?;
        let header = facts::read_header(&mut cursor)?;
        let version = facts::read_version(&mut cursor)?;
        let (sections, unknown) = facts::read_sections(&mut cursor)?;
        let ending = facts::read_ending(&mut cursor)?;
        let problems = problems::read(&mut cursor)?;
        let tables = tables::read(&mut cursor, &strings)?;
        cursor.finish()?;
        let mut samples = Samples {
            event_names: tables.event_names,
            ..Samples::default()
        };
        let last = tables.tracks.rows.last();
        let points = last.map_or(0, |life| life.path.start.saturating_add(life.path.len));
        samples.reserve(points.min(MOST_RESERVED) as usize);
        Ok(Self {
            document: Document {
                header,
                version,
                strings,
                engagements: tables.engagements,
                tracks: tables.tracks,
                samples,
                tables: tables.plain,
                sections,
                unknown,
                ending,
                problems,
            },
            lives: 0,
        })
    }

    /// Unpacks the path of the next life.
    ///
    /// # Errors
    /// [`Damaged`] when the bytes are no path, or not the path of this life.
    pub fn push_path(&mut self, bytes: &[u8]) -> Result<(), Damaged> {
        let document = &mut self.document;
        let life = document.tracks.rows.get(self.lives);
        let expected = life.ok_or(Damaged("there are more paths than lives"))?.path;
        let found = decode_path(bytes, &mut document.samples, &mut document.strings)?;
        if found != expected {
            return Err(Damaged("a path is of another length than its life says"));
        }
        self.lives += 1;
        Ok(())
    }

    /// The document, when every life has its path.
    ///
    /// # Errors
    /// [`Damaged`] when paths are missing.
    pub fn finish(self) -> Result<Document, Damaged> {
        if self.lives < self.document.tracks.rows.len() {
            return Err(Damaged("there are fewer paths than lives"));
        }
        Ok(self.document)
    }
}

/// The document of an image and of the paths of its lives, in the order of the file.
///
/// # Errors
/// [`Damaged`] when the bytes are not what [`encode_image`] and [`super::encode_path`] make of one document.
pub fn decode_image(
    bytes: &[u8],
    paths: impl IntoIterator<Item = impl AsRef<[u8]>>,
) -> Result<Document, Damaged> {
    let mut unpacking = Unpacking::new(bytes)?;
    for path in paths {
        unpacking.push_path(path.as_ref())?;
    }
    unpacking.finish()
}
