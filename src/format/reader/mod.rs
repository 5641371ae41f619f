//! One pass over the bytes of a file: lines go to the header, to the reader of their section, or into a [`Problem`].

mod ending;
mod refused;
mod rows;

use super::engagement::{self, Engagements};
use super::field::Field;
use super::header::{BadEntry, Header};
use super::problem::{Problem, Problems, Severity, excerpt};
use super::refusal::{self, Refusal};
use super::sections::{PLAIN, PlainSection, Tables};
use super::track;
use super::version::LateColumns;
use super::{Document, Samples, SectionInfo, Strings, Table, TrackRow, UnknownSection, container};

/// No section has more columns; further ones of a row are not looked at.
const MOST_COLUMNS: usize = 32;

/// Reads the (unpacked) bytes of a round file.
///
/// Linear in the size of the file; needs about half the file's size of memory for the result. Never panics, whatever the bytes.
///
/// # Errors
/// [`Refusal`] when this is no round file or one of a version without rounds. Everything else is read as far as it goes; see
/// [`Document::problems`].
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() as u64 > container::MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let banner = refusal::recognise(bytes)?;
    let mut reader = Reader::new(banner);
    reader.read_lines(bytes);
    Ok(reader.finish(bytes))
}

/// Where the rows of the current line go.
#[derive(Clone, Copy)]
enum Place {
    Header,
    Engagements,
    Tracks,
    Plain(&'static PlainSection),
    Unknown(usize),
}

struct Reader {
    header: Header,
    strings: Strings,
    engagements: Engagements,
    tracks: Table<TrackRow>,
    samples: Samples,
    tables: Tables,
    sections: Vec<SectionInfo>,
    unknown: Vec<UnknownSection>,
    problems: Problems,
    place: Place,
    /// Index into `sections` of the current one.
    section: usize,
    end_marker: Option<String>,
    unterminated: bool,
    /// How much of the file lies behind the current line.
    bytes_left: usize,
    /// `SPAWN_TIMING` and `COMBAT_POSITIONS` rows have the columns that came with 6.01b.
    late_columns: LateColumns,
}

impl Reader {
    fn new(banner: u32) -> Self {
        let mut strings = Strings::default();
        let samples = Samples::new(&mut strings);
        Self {
            header: Header {
                banner,
                ..Header::default()
            },
            strings,
            engagements: Engagements::default(),
            tracks: Table::default(),
            samples,
            tables: Tables::default(),
            sections: Vec::new(),
            unknown: Vec::new(),
            problems: Problems::default(),
            place: Place::Header,
            section: 0,
            end_marker: None,
            unterminated: false,
            bytes_left: 0,
            late_columns: LateColumns::default(),
        }
    }

    fn read_lines(&mut self, bytes: &[u8]) {
        // Made once: to clear it for every row would cost as much as to read a short one.
        let mut fields = [Field::EMPTY; MOST_COLUMNS];
        let mut start = 0;
        let mut number = 0;
        let mut banner_seen = false;
        while start < bytes.len() {
            let end = memchr::memchr(b'\n', &bytes[start..]);
            self.unterminated = end.is_none();
            let stop = end.map_or(bytes.len(), |n| start + n);
            let line = &bytes[start..stop];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let row = Field::new(&bytes[start..], line.len());
            number += 1;
            start = stop + 1;
            self.bytes_left = bytes.len().saturating_sub(start);
            let content = line.trim_ascii_start();
            if content.is_empty() {
                continue;
            }
            if content[0] == b'#' {
                if banner_seen {
                    self.comment(content.trim_ascii_end(), number);
                }
                banner_seen = true;
            } else {
                self.row(row, number, &mut fields);
            }
        }
    }

    /// A line that starts with `#`: a heading, a header line, the closing line or a comment.
    fn comment(&mut self, line: &[u8], number: u32) {
        let text = line[1..].trim_ascii_start();
        let is_name = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_';
        if line.starts_with(b"# ")
            && text.first().is_some_and(u8::is_ascii_uppercase)
            && text.iter().all(is_name)
        {
            self.heading(text, number);
        } else if text.starts_with(b"END ") {
            self.end_marker = Some(String::from_utf8_lossy(text).into_owned());
        } else if matches!(self.place, Place::Header) {
            let mut bad = Vec::new();
            self.header.take_line(text, number, &mut bad);
            for BadEntry { key, line, value } in bad {
                let text = format!(
                    "{key} is \"{}\", which cannot be read; taken as unknown",
                    excerpt(&value)
                );
                self.problem(
                    Severity::Error,
                    "bad-header-value",
                    Some(line),
                    Some(key),
                    || text,
                );
            }
        } else if text.starts_with(b"map=") || text.starts_with(b"round=") {
            self.problem(Severity::Warning, "late-header", Some(number), None, || {
                format!(
                    "header line \"{}\" behind the first section is ignored",
                    excerpt(text)
                )
            });
        }
    }

    fn heading(&mut self, name: &[u8], number: u32) {
        let name = String::from_utf8_lossy(name).into_owned();
        self.place = match name.as_str() {
            engagement::SECTION => Place::Engagements,
            track::SECTION => {
                // Room for what may come: memory that is not written to costs nothing, growing step by step does.
                self.samples
                    .reserve(self.bytes_left / track::USUAL_POINT_BYTES);
                Place::Tracks
            }
            _ => match PLAIN.iter().find(|section| section.name == name) {
                Some(section) => Place::Plain(section),
                None => Place::Unknown(self.unknown_section(&name, number)),
            },
        };
        let known = !matches!(self.place, Place::Unknown(_));
        self.section = self
            .sections
            .iter()
            .position(|s| s.name == name)
            .unwrap_or_else(|| {
                self.sections.push(SectionInfo {
                    name,
                    line: number,
                    rows: 0,
                    refused: 0,
                    dropped_items: 0,
                    known,
                });
                self.sections.len() - 1
            });
        if known && self.sections[self.section].line != number {
            let text = format!(
                "second heading; the first is in line {}",
                self.sections[self.section].line
            );
            self.problem(
                Severity::Warning,
                "repeated-section",
                Some(number),
                None,
                || text,
            );
        }
    }

    fn unknown_section(&mut self, name: &str, line: u32) -> usize {
        let text = format!("section {name} is not known; its text is kept but not read");
        let severity = Severity::Warning;
        let problem = || Problem {
            severity,
            rule: "unknown-section",
            line: Some(line),
            section: None,
            column: None,
            text,
        };
        self.problems.push(problem, severity);
        self.unknown.push(UnknownSection {
            name: name.to_owned(),
            line,
            text: Vec::new(),
        });
        self.unknown.len() - 1
    }

    fn problem(
        &mut self,
        severity: Severity,
        rule: &'static str,
        line: Option<u32>,
        column: Option<&'static str>,
        text: impl FnOnce() -> String,
    ) {
        let section = match self.place {
            Place::Header | Place::Unknown(_) => None,
            Place::Engagements => Some(engagement::SECTION),
            Place::Tracks => Some(track::SECTION),
            Place::Plain(section) => Some(section.name),
        };
        let problem = || Problem {
            severity,
            rule,
            line,
            section,
            column,
            text: text(),
        };
        self.problems.push(problem, severity);
    }
}
