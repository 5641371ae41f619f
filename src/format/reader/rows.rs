//! A line that is no comment becomes a row of the current section, or a problem.

use super::refused::{BadRow, field_text, strict_reader_drops};
use super::{MOST_COLUMNS, Place, Reader};
use crate::format::TrackRow;
use crate::format::engagement::{self, BadItem};
use crate::format::field::Field;
use crate::format::number::BadNumber;
use crate::format::problem::{Severity, excerpt};
use crate::format::row::{BadField, RowReader};
use crate::format::sections::PlainSection;
use crate::format::split::{split, split_keeping_rest};
use crate::format::track::{self, BadPointKind, PathFindings};

impl Reader {
    /// A line that is no comment.
    pub(super) fn row<'a>(
        &mut self,
        line: Field<'a>,
        number: u32,
        fields: &mut [Field<'a>; MOST_COLUMNS],
    ) {
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
}
