//! The fixed words that problems and endings name: rules, sections, columns. They live as long as the program, so a document that comes from
//! somewhere else than its text has to find them here.

use super::header::Header;
use super::sections::PLAIN;
use super::{engagement, track};

/// Names of rules, as in [`super::Problem::rule`].
const RULES: &[&str] = &[
    "bad-header-value",
    "bad-item",
    "bad-number",
    "bad-point",
    "cut-line",
    "cut-section",
    "damaged-archive",
    "late-header",
    "missing-section",
    "repeated-section",
    "row-outside-section",
    "sample-count",
    "too-few-columns",
    "unknown-section",
    "unreadable-value",
];

/// The program's own copy of a rule's, a section's or a column's name; `None` when it has no such word.
pub(crate) fn known_word(text: &str) -> Option<&'static str> {
    let sections = PLAIN.iter().flat_map(|section| {
        let columns = section.columns.iter().copied();
        std::iter::once(section.name).chain(columns)
    });
    let lists = ["", engagement::SECTION, track::SECTION];
    let columns = engagement::COLUMNS.iter().chain(track::COLUMNS).copied();
    let mut words = RULES
        .iter()
        .copied()
        .chain(lists)
        .chain(columns)
        .chain(Header::known_keys())
        .chain(sections);
    words.find(|word| *word == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    fn source_files(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder)
            .expect("a source folder")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                source_files(&path, files);
            } else {
                files.push(path);
            }
        }
    }

    /// What stands where a rule is named: behind `rule:`, or behind the severity in a call.
    fn rules_in(code: &str) -> Vec<&str> {
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        let places = [
            "rule: \"",
            "Severity::Error,",
            "Severity::Warning,",
            "Severity::Note,",
        ];
        let mut rules = Vec::new();
        for place in places {
            for rest in code.split(place).skip(1) {
                let rest = rest.trim_start();
                let rest = rest.strip_prefix('"').unwrap_or(rest);
                let word = rest.split('"').next().unwrap_or_default();
                let is_rule = |b: u8| b.is_ascii_lowercase() || b == b'-';
                if word.bytes().all(is_rule) && word.contains('-') {
                    rules.push(word);
                }
            }
        }
        rules
    }

    #[test]
    fn every_rule_in_the_source_is_known() {
        let mut files = Vec::new();
        source_files(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut files,
        );
        let mut found = 0;
        // Problems of stats files stay with those; only a round's are packed.
        files.retain(|file| !file.to_string_lossy().contains("gamestats"));
        for file in files {
            let code = std::fs::read_to_string(&file).expect("a source file");
            for rule in rules_in(&code) {
                assert_eq!(known_word(rule), Some(rule), "{}", file.display());
                found += 1;
            }
        }
        assert!(found >= RULES.len(), "{found}");
    }

    #[test]
    fn sections_columns_and_keys_are_known() {
        for word in [
            "SHOT_FIRED",
            "PLAYER_TRACKS",
            "killer_health",
            "path",
            "attackers",
            "round",
            "capabilities",
            "",
        ] {
            assert_eq!(known_word(word), Some(word));
        }
        assert_eq!(known_word("no-such-rule"), None);
    }
}
