//! The proximity round file: reading, problems, writing. Knows the text, not the game.
//!
//! A round file is lines of bytes: a banner, header lines `# key=value`, then sections. A section starts with a line `# NAME`; its rows
//! are columns joined by `;`, some of which hold lists joined by `|`. [`read`] takes the whole file as one byte slice and gives a
//! [`Document`]; it fails only for files that are no round files at all ([`Refusal`]). Rows that cannot be read become [`Problem`]s,
//! sections that are not known are kept as raw text, and a file may end anywhere.
//!
//! # Where this reader and the format's Python reader part ways
//!
//! Both readings agree on every row, except in these cases. The left column is what a file may hold, the middle what the Python
//! reader (`ProximityParserV4`) makes of it, the right what this reader does and why.
//!
//! | in the file | Python reader | here |
//! |---|---|---|
//! | `8.0` in a whole-number column | drops the row | row kept (Lua 5.4 writes so); marked *lenient*, exported under `extra` |
//! | one bad number in a path point | drops the whole life | drops that point, keeps the life; *lenient*, under `extra` |
//! | one bad number in a list item of an engagement | drops the engagement | drops the item, keeps the engagement; *lenient*, under `extra` |
//! | unreadable number in a header line | aborts the file (`crossfire_window` and three more) | value unknown, reported; all sections are read |
//! | a byte-order mark | banner not recognised, version wrong | skipped |
//! | an unknown section | its rows are read as rows of the section before it | kept raw and reported |
//! | two attackers with the same GUID in one engagement (bots without one) | the later replaces the earlier | both kept |
//! | `nan` or `inf` in a decimal column | taken as a number; `push_quality` becomes 0 | column unreadable (exported as null), reported, row kept |
//! | `push_quality` above 1, more hits than shots | clamped | as written |
//! | negative shots or hits in `WEAPON_ACCURACY` | drops the row | row kept; *lenient*, under `extra` |
//! | blanks at the ends of a line's first and last column | removed | kept, they are part of the name |
//! | a carriage return inside a line | ends the line | is a character of the line; only one at the end is dropped |
//! | a whole number beyond 2^53; beyond 32 (time, health) or 16 bits (weapon, stance, sprint) in a path point | taken | refused, reported |
//! | `death_time` 0, class and outcome empty | replaced by None or a default | as written; [`crate::model`] interprets |
//! | `death_type` `unknown` | replaced by None | as written; null in exports |
//! | an empty number in `REACTION_METRICS` times | replaced by 0 | row refused, reported |
//! | a header line behind the first section | taken | ignored, reported |

pub(crate) mod columnar;
pub mod container;
pub mod engagement;
pub mod export;
mod field;
pub mod gamestats;
mod header;
mod marks;
pub mod number;
mod point;
mod problem;
mod reader;
mod refusal;
pub mod row;
pub mod sections;
mod split;
mod swar;
mod text;
pub mod track;
mod version;
mod words;
pub mod write;

pub use engagement::Engagements;
pub use header::{Header, HeaderEntry};
pub use problem::{Problem, Problems, Severity};
pub use reader::read;
pub use refusal::Refusal;
pub use row::{Cell, Decimal, Row, Span, Table, Whole};
pub use sections::Tables;
pub use text::{Strings, Sym};
pub use track::{Sample, Samples, TrackRow};
pub use version::{Family, Version};
pub(crate) use words::known_word;

/// What was met under one section heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionInfo {
    /// The name, as in the heading.
    pub name: String,
    /// Line of the (first) heading, from 1.
    pub line: u32,
    /// Rows that were read.
    pub rows: u32,
    /// Rows that could not be read.
    pub refused: u32,
    /// Path points and list items that could not be read, inside rows that were.
    pub dropped_items: u32,
    /// Whether the format knows the section.
    pub known: bool,
}

/// A section the format does not know, kept as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSection {
    /// The name, as in the heading.
    pub name: String,
    /// Line of the heading, from 1.
    pub line: u32,
    /// Everything up to the next heading.
    pub text: Vec<u8>,
}

/// How the file ends. A tracker that crashed while writing leaves a file cut at any byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// The last line has no line end, so it may be cut.
    pub unterminated: bool,
    /// The last heading is one that is only written when rows follow, and none do.
    pub empty_last_section: Option<String>,
    /// Sections every complete file of this version has, and this one has not.
    pub missing_sections: Vec<&'static str>,
    /// The text of a closing line `# END …`, which only newer trackers write.
    pub end_marker: Option<String>,
}

impl Ending {
    /// Whether the file is cut.
    pub fn is_cut(&self) -> bool {
        self.unterminated || self.empty_last_section.is_some() || !self.missing_sections.is_empty()
    }
}

/// A round file, read.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the file says about itself.
    pub header: Header,
    /// Which tracker wrote it, and how that was found out.
    pub version: Version,
    /// All strings.
    pub strings: Strings,
    /// `ENGAGEMENTS`.
    pub engagements: Engagements,
    /// `PLAYER_TRACKS`: the rows; their points are in `samples`.
    pub tracks: Table<TrackRow>,
    /// The points of all lives.
    pub samples: Samples,
    /// All other known sections.
    pub tables: Tables,
    /// Sections in the order of their headings.
    pub sections: Vec<SectionInfo>,
    /// Sections that are not known.
    pub unknown: Vec<UnknownSection>,
    /// How it ends.
    pub ending: Ending,
    /// What could not be read.
    pub problems: Problems,
}

impl Document {
    /// What was met under the heading `name`; `None` when the file has no such heading.
    pub fn section(&self, name: &str) -> Option<&SectionInfo> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// Number of rows read under the heading `name`.
    pub fn rows_in(&self, name: &str) -> u32 {
        self.section(name).map_or(0, |section| section.rows)
    }
}
