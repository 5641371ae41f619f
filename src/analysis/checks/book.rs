//! Where findings are booked: all counted, the worst kept.

use super::Params;
use super::rules::{RULES, RuleId};
use crate::model::{PlayerId, Severity};
use serde::Serialize;

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Which rule.
    pub rule: RuleId,
    /// How much it matters.
    pub severity: Severity,
    /// How bad it is in the rule's own measure (ms, u, rows …); only for putting findings of one rule in order.
    pub weight: f64,
    /// Lines of the unpacked file, from 1; the first [`Finding::MOST_LINES`] where there are many.
    pub lines: Vec<u32>,
    /// From and to, ms on the file's clock.
    pub times_ms: Option<[i64; 2]>,
    /// Who it is about.
    pub players: Vec<PlayerId>,
    /// Where: x, y, z in u.
    pub place: Option<[f32; 3]>,
    /// What it is, with the numbers.
    pub text: String,
}

impl Finding {
    /// How many lines a finding names at most.
    pub const MOST_LINES: usize = 10;

    pub(super) fn new(text: String) -> Self {
        Self {
            rule: RuleId::CutFile,
            severity: Severity::Note,
            weight: 0.0,
            lines: Vec::new(),
            times_ms: None,
            players: Vec::new(),
            place: None,
            text,
        }
    }

    pub(super) fn lines(mut self, lines: impl IntoIterator<Item = u32>) -> Self {
        self.lines.extend(lines.into_iter().take(Self::MOST_LINES));
        self
    }

    pub(super) fn time(mut self, from_ms: i64, to_ms: i64) -> Self {
        self.times_ms = Some([from_ms, to_ms]);
        self
    }

    pub(super) fn players(mut self, players: impl IntoIterator<Item = PlayerId>) -> Self {
        self.players.extend(players);
        self
    }

    pub(super) fn place(mut self, place: [f32; 3]) -> Self {
        self.place = place.iter().all(|axis| axis.is_finite()).then_some(place);
        self
    }
}

/// What one rule came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleReport {
    /// Which rule.
    pub rule: RuleId,
    /// How much each of its findings matters.
    pub severity: Severity,
    /// Rows, lives, samples or files looked at; 0 when the file holds nothing for this rule.
    pub checked: u64,
    /// Findings, kept or not.
    pub count: u64,
    /// The worst of them, the worst first.
    pub findings: Vec<Finding>,
}

/// What all rules came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The constants.
    pub params: Params,
    /// Findings that say something is wrong or missing.
    pub errors: u64,
    /// Findings that say something is doubtful.
    pub warnings: u64,
    /// Findings that are good to know.
    pub notes: u64,
    /// One per rule, in the order of [`RULES`].
    pub rules: Vec<RuleReport>,
}

impl Report {
    /// What one rule came to.
    pub fn of(&self, rule: RuleId) -> &RuleReport {
        &self.rules[rule as usize]
    }

    /// The kept findings, errors first, then warnings, then notes.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .flat_map(|severity| {
                let rules = self.rules.iter().filter(move |r| r.severity == severity);
                rules.flat_map(|rule| &rule.findings)
            })
    }
}

/// A report in the making.
pub(super) struct Book {
    most: usize,
    rules: Vec<RuleReport>,
}

impl Book {
    pub(super) fn new(most: usize) -> Self {
        let empty = |rule: &super::Rule| RuleReport {
            rule: rule.id,
            severity: rule.severity,
            checked: 0,
            count: 0,
            findings: Vec::new(),
        };
        Self {
            most,
            rules: RULES.iter().map(empty).collect(),
        }
    }

    /// So many things were looked at.
    pub(super) fn checked(&mut self, rule: RuleId, things: usize) {
        self.rules[rule as usize].checked += things as u64;
    }

    /// Something was found. The text is only written when the finding is among the worst so far; of equals the first stay.
    pub(super) fn found(&mut self, rule: RuleId, weight: f64, finding: impl FnOnce() -> Finding) {
        let report = &mut self.rules[rule as usize];
        report.count += 1;
        let weight = if weight.is_finite() { weight } else { f64::MAX };
        if report.findings.len() >= self.most {
            // The list is kept in order, so the least bad one is the last.
            match report.findings.last() {
                Some(last) if weight > last.weight => report.findings.pop(),
                _ => return,
            };
        }
        let at = report
            .findings
            .partition_point(|kept| kept.weight >= weight);
        let finding = Finding {
            rule,
            severity: report.severity,
            weight,
            ..finding()
        };
        report.findings.insert(at, finding);
    }

    pub(super) fn close(self, params: &Params) -> Report {
        let sum = |severity| {
            let rules = self.rules.iter().filter(|rule| rule.severity == severity);
            rules.map(|rule| rule.count).sum()
        };
        Report {
            params: *params,
            errors: sum(Severity::Error),
            warnings: sum(Severity::Warning),
            notes: sum(Severity::Note),
            rules: self.rules,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_worst_kept_in_order() {
        let mut book = Book::new(3);
        for (nth, weight) in [2.0, 5.0, 1.0, 5.0, f64::NAN, 3.0].into_iter().enumerate() {
            book.found(RuleId::Jump, weight, || Finding::new(nth.to_string()));
        }
        book.found(RuleId::CutFile, 0.0, || Finding::new(String::new()));
        let report = book.close(&Params::default());
        let jumps = report.of(RuleId::Jump);
        let texts: Vec<_> = jumps.findings.iter().map(|f| f.text.as_str()).collect();
        assert_eq!((jumps.count, texts), (6, vec!["4", "1", "3"]));
        assert_eq!((report.errors, report.warnings, report.notes), (1, 6, 0));
        assert_eq!(report.findings().next().unwrap().rule, RuleId::CutFile);
        assert!(report.findings().all(|finding| finding.weight.is_finite()));
    }

    #[test]
    fn nothing_is_kept_when_nothing_is_asked_for() {
        let mut book = Book::new(0);
        book.found(RuleId::Jump, 1.0, || Finding::new(String::new()));
        let report = book.close(&Params::default());
        assert_eq!(
            (report.of(RuleId::Jump).count, report.findings().count()),
            (1, 0)
        );
    }
}
