//! One pass over the bytes of a file: lines go to the header, to the reader of their section, or into a [`Problem`].

use super::engagement::{self, BadItem, Engagements};
use super::field::Field;
use super::header::{BadEntry, Header};
use super::number::BadNumber;
use super::problem::{Problem, Problems, Severity, excerpt};
use super::refusal::{self, Refusal};
use super::row::{BadField, RowReader};
use super::sections::{PLAIN, PlainSection, Tables};
use super::split::{split, split_keeping_rest};
use super::track::{self, BadPointKind, PathFindings};
use super::{
    Document, Ending, Samples, SectionInfo, Strings, Table, TrackRow, UnknownSection, Version,
    container, row, version,
};

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
    late_columns: version::LateColumns,
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
            late_columns: version::LateColumns::default(),
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

    /// A line that is no comment.
    fn row<'a>(&mut self, line: Field<'a>, number: u32, fields: &mut [Field<'a>; MOST_COLUMNS]) {
        let read = match self.place {
            Place::Header => {
                self.problem(
                    Severity::Error,
                    "row-outside-section",
                    Some(number),
                    None,
                    || {
                        format!(
                            "a row before the first section: \"{}\"",
                            excerpt(line.text())
                        )
                    },
                );
                return;
            }
            Place::Unknown(index) => {
                let text = &mut self.unknown[index].text;
                text.extend_from_slice(line.text());
                text.push(b'\n');
                Ok(())
            }
            Place::Engagements => self.engagement_row(line, number),
            Place::Tracks => self.track_row(line, number),
            Place::Plain(section) => self.plain_row(section, line, number, fields),
        };
        let info = &mut self.sections[self.section];
        match read {
            Ok(()) => info.rows += 1,
            Err(BadRow { column, why, rule }) => {
                info.refused += 1;
                self.problem(Severity::Error, rule, Some(number), column, || {
                    format!("row refused: {why}; row: \"{}\"", excerpt(line.text()))
                });
            }
        }
    }

    fn plain_row<'a>(
        &mut self,
        section: &'static PlainSection,
        line: Field<'a>,
        number: u32,
        fields: &mut [Field<'a>; MOST_COLUMNS],
    ) -> Result<(), BadRow> {
        let count = split(line, b';', fields);
        if count < section.min_columns {
            return Err(BadRow::too_short(count, section.min_columns));
        }
        let fields = &fields[..count];
        let mut reader = RowReader::new(&mut self.strings);
        reader.lenient = strict_reader_drops(section.name, fields);
        let read = (section.read)(&mut self.tables, fields, number, &mut reader);
        let doubts = reader.doubts;
        read.map_err(|bad| BadRow::field(&bad, section.columns, fields))?;
        self.late_columns.note(section.name, count);
        for BadField { column, why } in doubts {
            let text = field_text(column, why, section.columns, fields);
            self.problem(
                Severity::Warning,
                "unreadable-value",
                Some(number),
                Some(column),
                || format!("{text}; taken as unknown"),
            );
        }
        Ok(())
    }

    // Kept out of line: the frame it needs would be paid by every short row.
    #[inline(never)]
    fn engagement_row(&mut self, line: Field<'_>, number: u32) -> Result<(), BadRow> {
        let mut fields = [Field::EMPTY; 24];
        // The list of positions is long: its end is looked for in another way than that of the short fields before it.
        let count = split_keeping_rest(line, b';', &mut fields[..23]);
        let lists = fields[22];
        match memchr::memchr(b';', lists.text()).filter(|_| count == 23) {
            Some(end) => {
                (fields[22], fields[23]) = (lists.part(0, end), lists.part(end + 1, lists.len()));
            }
            None => return Err(BadRow::too_short(count, fields.len())),
        }
        let findings = engagement::read(&fields, &mut self.engagements, &mut self.strings, number)
            .map_err(|bad| BadRow::field(&bad, engagement::COLUMNS, &fields))?;
        for BadItem {
            list,
            number: item,
            field,
        } in findings.bad_items
        {
            if list.is_empty() {
                let (column, why) = field.unwrap_or(("", BadNumber::NotFinite));
                self.problem(
                    Severity::Warning,
                    "unreadable-value",
                    Some(number),
                    Some(column),
                    || format!("{column} is {}; taken as unknown", why.why()),
                );
                continue;
            }
            self.sections[self.section].dropped_items += 1;
            self.problem(
                Severity::Error,
                "bad-item",
                Some(number),
                Some(list),
                || match field {
                    None => format!("item {item} of {list} has too few fields and is dropped"),
                    Some((field, why)) => {
                        format!("item {item} of {list} is dropped: {field} is {}", why.why())
                    }
                },
            );
        }
        Ok(())
    }

    #[inline(never)]
    fn track_row(&mut self, line: Field<'_>, number: u32) -> Result<(), BadRow> {
        // The tenth column, or in 4.0 the ninth, holds the path; whatever follows is ignored.
        let mut fields = [Field::EMPTY; 10];
        let count = split_keeping_rest(line, b';', &mut fields);
        if count < track::MIN_COLUMNS {
            return Err(BadRow::too_short(count, track::MIN_COLUMNS));
        }
        if let Some(end) = memchr::memchr(b';', fields[9].text()) {
            fields[9] = fields[9].part(0, end);
        }
        let (mut row, path, lenient) = track::read_columns(&fields[..count], &mut self.strings)
            .map_err(|bad| BadRow::field(&bad, track::columns(count), &fields[..count]))?;
        let (span, findings) = track::read_path(path, &mut self.samples, &mut self.strings);
        row.path = span;
        row.dropped_points = findings.dropped;
        self.report_path(&row, &findings, number);
        self.tracks.push(row, number, lenient || findings.lenient);
        Ok(())
    }

    fn report_path(&mut self, row: &TrackRow, findings: &PathFindings, line: u32) {
        self.sections[self.section].dropped_items += findings.dropped;
        for bad in &findings.bad_points {
            let number = bad.number;
            self.problem(
                Severity::Error,
                "bad-point",
                Some(line),
                Some("path"),
                || match bad.what {
                    BadPointKind::TooShort => {
                        format!("point {number} has fewer than ten fields and is dropped")
                    }
                    BadPointKind::Field(field, why) => {
                        format!("point {number} is dropped: {field} is {}", why.why())
                    }
                    BadPointKind::TooManyEvents => {
                        format!("point {number} is dropped: more than 255 different event names")
                    }
                },
            );
        }
        let unnamed = findings.dropped as usize - findings.bad_points.len();
        if unnamed > 0 {
            self.problem(
                Severity::Error,
                "bad-point",
                Some(line),
                Some("path"),
                || format!("{unnamed} more points of this life are dropped"),
            );
        }
        let there = i64::from(row.path.len) + i64::from(row.dropped_points);
        if there != row.declared_samples {
            self.problem(
                Severity::Warning,
                "sample-count",
                Some(line),
                Some("samples"),
                || {
                    format!(
                        "the row says {} samples, its path has {there}",
                        row.declared_samples
                    )
                },
            );
        }
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

    fn finish(mut self, bytes: &[u8]) -> Document {
        let version = version::detect(&version::Evidence {
            header: &self.header,
            sections: &self.sections,
            tracks: &self.tracks.rows,
            late_columns: self.late_columns,
        });
        let ending = self.ending(&version);
        self.report_ending(&ending, bytes);
        Document {
            header: self.header,
            version,
            strings: self.strings,
            engagements: self.engagements,
            tracks: self.tracks,
            samples: self.samples,
            tables: self.tables,
            sections: self.sections,
            unknown: self.unknown,
            ending,
            problems: self.problems,
        }
    }

    fn ending(&self, version: &Version) -> Ending {
        let has = |name: &str| self.sections.iter().any(|section| section.name == name);
        let always = version.unconditional_sections();
        let last = self.sections.last();
        let empty_last = last.filter(|s| {
            s.known && s.rows == 0 && s.refused == 0 && !always.contains(&s.name.as_str())
        });
        Ending {
            unterminated: self.unterminated,
            empty_last_section: empty_last.map(|section| section.name.clone()),
            missing_sections: always.iter().copied().filter(|name| !has(name)).collect(),
            end_marker: self.end_marker.clone(),
        }
    }

    fn report_ending(&mut self, ending: &Ending, bytes: &[u8]) {
        self.place = Place::Header;
        if ending.unterminated {
            let lines = memchr::memchr_iter(b'\n', bytes).count() as u32 + 1;
            self.problem(Severity::Error, "cut-line", Some(lines), None, || {
                "the last line has no line end: the file is cut and this row may be incomplete"
                    .to_owned()
            });
        }
        if let Some(name) = &ending.empty_last_section {
            let line = self.sections.last().map(|section| section.line);
            self.problem(Severity::Error, "cut-section", line, None, || {
                format!("the file ends behind the heading {name}, which is only written when rows follow: it is cut")
            });
        }
        if !ending.missing_sections.is_empty() {
            let names = ending.missing_sections.join(", ");
            self.problem(Severity::Error, "missing-section", None, None, || {
                format!(
                    "every complete file has {names}; this one has not: it is cut or was edited"
                )
            });
        }
    }
}

/// Why a row was refused.
struct BadRow {
    rule: &'static str,
    column: Option<&'static str>,
    why: String,
}

impl BadRow {
    fn too_short(count: usize, needed: usize) -> Self {
        Self {
            rule: "too-few-columns",
            column: None,
            why: format!("{count} columns where at least {needed} are due"),
        }
    }

    fn field(bad: &BadField, columns: &[&str], fields: &[Field<'_>]) -> Self {
        Self {
            rule: "bad-number",
            column: Some(bad.column),
            why: field_text(bad.column, bad.why, columns, fields),
        }
    }
}

fn field_text(column: &str, why: BadNumber, columns: &[&str], fields: &[Field<'_>]) -> String {
    let index = columns.iter().position(|name| *name == column);
    let field = index
        .and_then(|index| fields.get(index))
        .map_or(&[][..], |field| field.text());
    format!("{column} is \"{}\", {}", excerpt(field), why.why())
}

/// Rows that can be read although a strict reader of the format drops them for a value it does not believe.
fn strict_reader_drops(section: &str, fields: &[Field<'_>]) -> bool {
    let negative = |index: usize| {
        fields
            .get(index)
            .is_some_and(|field| field.text().trim_ascii().starts_with(b"-"))
    };
    section == <super::sections::WeaponAccuracyRow as row::Row>::SECTION
        && (negative(4) || negative(5))
}
