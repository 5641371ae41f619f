//! What is left to say when the last line is read: which version it was, and whether anything is missing.

use super::{Place, Reader};
use crate::format::problem::Severity;
use crate::format::version::{self, Version};
use crate::format::{Document, Ending};

impl Reader {
    pub(super) fn finish(mut self, bytes: &[u8]) -> Document {
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
