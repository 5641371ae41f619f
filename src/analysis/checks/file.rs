//! Rules over the file as a whole: how it ends, what the reader could not take, what it says about itself.

use super::Check;
use super::book::{Book, Finding};
use super::rules::RuleId;
use crate::model::format::Family;
use crate::model::{Problem, Severity, Stamp};

/// What the reader reports and rules here report too, from the same facts.
const KNOWN_HERE: &[&str] = &[
    "cut-line",
    "cut-section",
    "missing-section",
    "sample-count",
    "bad-point",
    "bad-item",
    "bad-number",
    "too-few-columns",
];

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    ending(check, book);
    refused(check, book);
    doubts(check, book);
    number(check, book);
    map_name(check, book);
}

fn ending(check: &Check<'_>, book: &mut Book) {
    book.checked(RuleId::CutFile, 1);
    let document = &check.round.document;
    let ending = &document.ending;
    let line_of = |rule: &str| {
        let mut problems = document.problems.kept().iter().rev();
        problems
            .find(|problem| problem.rule == rule)
            .and_then(|problem| problem.line)
    };
    if ending.unterminated {
        book.found(RuleId::CutFile, 3.0, || {
            Finding::new("the last line has no line end: the file is cut there".to_owned())
                .lines(line_of("cut-line"))
        });
    }
    if let Some(section) = &ending.empty_last_section {
        book.found(RuleId::CutFile, 2.0, || {
            Finding::new(format!(
                "the file ends behind the heading {section}, which is only written when rows follow"
            ))
            .lines(line_of("cut-section"))
        });
    }
    if !ending.missing_sections.is_empty() {
        book.found(RuleId::CutFile, 1.0, || {
            let names = ending.missing_sections.join(", ");
            Finding::new(format!(
                "sections that every complete file of version {} has are missing: {names}",
                document.version.label
            ))
        });
    }
    if document.version.family == Family::Newer && ending.end_marker.is_none() {
        book.found(RuleId::CutFile, 0.0, || {
            Finding::new(
                "the closing line is missing that trackers newer than 6.11 write".to_owned(),
            )
        });
    }
}

fn refused(check: &Check<'_>, book: &mut Book) {
    let document = &check.round.document;
    for section in &document.sections {
        book.checked(
            RuleId::RefusedRows,
            section.rows as usize + section.refused as usize,
        );
        let (rows, items) = (section.refused, section.dropped_items);
        if rows == 0 && items == 0 {
            continue;
        }
        book.found(RuleId::RefusedRows, f64::from(rows) + f64::from(items), || {
            let name = section.name.as_str();
            let bad = document.problems.kept().iter().filter(|problem| {
                problem.severity == Severity::Error && problem.section == Some(name)
            });
            let lines = bad.filter_map(|problem| problem.line);
            let of = rows.saturating_add(section.rows);
            Finding::new(format!("{name}: {rows} of {of} rows and {items} items of lists inside rows could not be read"))
                .lines(lines)
        });
    }
}

fn doubts(check: &Check<'_>, book: &mut Book) {
    book.checked(RuleId::ReaderDoubts, 1);
    let is_doubt = |problem: &&Problem| {
        !KNOWN_HERE.contains(&problem.rule) && problem.severity != Severity::Note
    };
    let mut doubts: Vec<&Problem> = check
        .round
        .document
        .problems
        .kept()
        .iter()
        .filter(is_doubt)
        .collect();
    doubts.sort_by_key(|problem| problem.rule);
    for same in doubts.chunk_by(|a, b| a.rule == b.rule) {
        book.found(RuleId::ReaderDoubts, same.len() as f64, || {
            let (rule, first) = (same[0].rule, &same[0].text);
            Finding::new(format!("{rule}, {} times; first: {first}", same.len()))
                .lines(same.iter().filter_map(|problem| problem.line))
        });
    }
}

fn number(check: &Check<'_>, book: &mut Book) {
    book.checked(RuleId::RoundNumber, 1);
    let number = &check.round.number;
    if !number.is_disputed() {
        return;
    }
    book.found(RuleId::RoundNumber, 1.0, || {
        let sources = number
            .candidates
            .iter()
            .map(|(source, n)| format!("{source:?} says {n}").to_lowercase());
        let sources: Vec<String> = sources.collect();
        let text = format!("taken as round {}: {}", number.value, sources.join(", "));
        Finding::new(text).lines(header_line(check, "round"))
    });
}

fn header_line(check: &Check<'_>, key: &str) -> Option<u32> {
    let entries = check.round.document.header.entries.iter();
    entries
        .rev()
        .find(|entry| entry.key == key)
        .map(|entry| entry.line)
}

fn map_name(check: &Check<'_>, book: &mut Book) {
    let (file_name, header) = (&check.round.provenance.file_name, check.round.map());
    let Some(named) = map_in_name(file_name).filter(|_| !header.is_empty()) else {
        return;
    };
    book.checked(RuleId::MapName, 1);
    if !named.eq_ignore_ascii_case(header) {
        book.found(RuleId::MapName, 1.0, || {
            Finding::new(format!("the header says {header}, the file's name {named}"))
                .lines(header_line(check, "map"))
        });
    }
}

/// The map in `YYYY-MM-DD-HHMMSS-<map>-round-<n>_engagements…`.
fn map_in_name(file_name: &str) -> Option<&str> {
    Stamp::of(file_name)?;
    let end = file_name.rfind("-round-")?;
    file_name
        .get("YYYY-MM-DD-HHMMSS-".len()..end)
        .filter(|map| !map.is_empty())
}

#[cfg(test)]
mod tests {
    use super::map_in_name;

    #[test]
    fn the_map_stands_between_stamp_and_round() {
        let name = "2026-08-25-204230-te-escape_2-round-2_engagements.txt.gz";
        assert_eq!(map_in_name(name), Some("te-escape_2"));
        assert_eq!(
            map_in_name("2026-08-25-204230--round-2_engagements.txt"),
            None
        );
        assert_eq!(map_in_name("round-2_engagements.txt"), None);
    }
}
