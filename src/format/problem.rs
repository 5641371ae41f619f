//! What could not be read, or reads but cannot be right.
//!
//! Reading never stops at a bad row: the row becomes a [`Problem`] that names line, section, column and cause, and everything
//! else is kept.

use std::fmt;

/// How much a problem matters. The order is from harmless to severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is lost or doubtful.
    Note,
    /// Everything was read, but something is doubtful.
    Warning,
    /// Something could not be read.
    Error,
}

impl Severity {
    /// All of them, harmless first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// Lower-case name, as printed and exported.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding of the reader.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// Stable short name of the rule that found it, such as `bad-number`.
    pub rule: &'static str,
    /// Line in the (unpacked) file, from 1; `None` when it concerns the file as a whole.
    pub line: Option<u32>,
    /// Section the line belongs to.
    pub section: Option<&'static str>,
    /// Column the cause is in.
    pub column: Option<&'static str>,
    /// What is wrong, in one sentence, with the offending text.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(self.severity.name())?;
        if let Some(section) = self.section {
            write!(f, ": {section}")?;
            if let Some(column) = self.column {
                write!(f, ".{column}")?;
            }
        }
        write!(f, ": {} [{}]", self.text, self.rule)
    }
}

/// The problems of one file. At most [`Problems::MOST_KEPT`] are kept with their text, so that a damaged 100 MB file cannot fill the
/// memory; all are counted.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    counts: [u64; 3],
}

impl Problems {
    /// Problems that were found before; `counts` by severity, harmless first, include those that were not kept.
    pub(crate) const fn restored(kept: Vec<Problem>, counts: [u64; 3]) -> Self {
        Self { kept, counts }
    }

    /// How many problems keep their text.
    pub const MOST_KEPT: usize = 5_000;

    /// Adds a problem; the text is only built when there is room for it.
    pub fn push(&mut self, problem: impl FnOnce() -> Problem, severity: Severity) {
        self.counts[severity as usize] += 1;
        if self.kept.len() < Self::MOST_KEPT {
            self.kept.push(problem());
        }
    }

    /// The kept problems, in the order they were found.
    pub fn kept(&self) -> &[Problem] {
        &self.kept
    }

    /// How many of one severity were found, kept or not.
    pub fn count(&self, severity: Severity) -> u64 {
        self.counts[severity as usize]
    }

    /// How many were found in all.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// At most 60 characters of `bytes` for a message, control characters escaped.
pub(crate) fn excerpt(bytes: &[u8]) -> String {
    const MOST: usize = 60;
    let cut = &bytes[..bytes.len().min(MOST * 4)];
    let text = String::from_utf8_lossy(cut);
    let mut out: String = text
        .chars()
        .take(MOST)
        .flat_map(char::escape_debug)
        .collect();
    if bytes.len() > cut.len() || text.chars().count() > MOST {
        out.push('…');
    }
    out
}
