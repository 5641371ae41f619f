//! What follows from the list of rounds alone.

use super::facts::Facts;
use crate::analysis::linking::{Coverage, coverage};
use crate::library::store::tag;
use crate::model::NumberSource;
use rusqlite::{Connection, Result};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// What all rounds hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Stored rounds.
    pub rounds: u64,
    /// Rounds whose evening is not known.
    pub undated: u64,
    /// Evenings.
    pub evenings: u64,
    /// The first evening.
    pub first_date: Option<String>,
    /// The last evening.
    pub last_date: Option<String>,
    /// Lives.
    pub lives: u64,
    /// Samples of lives.
    pub samples: u64,
    /// Engagements.
    pub engagements: u64,
    /// Deaths caused by enemies.
    pub kills: u64,
}

impl Totals {
    pub(super) fn of(all: &[Facts]) -> Self {
        let mut dates: Vec<&str> = all.iter().filter_map(|of| of.date.as_deref()).collect();
        let dated = dates.len();
        dates.sort_unstable();
        dates.dedup();
        Self {
            rounds: all.len() as u64,
            undated: (all.len() - dated) as u64,
            evenings: dates.len() as u64,
            first_date: dates.first().map(|&date| date.to_owned()),
            last_date: dates.last().map(|&date| date.to_owned()),
            lives: sum(all, |of| of.lives),
            samples: sum(all, |of| of.samples),
            engagements: sum(all, |of| of.engagements),
            kills: sum(all, |of| of.kills),
        }
    }
}

fn sum(all: &[Facts], value: impl Fn(&Facts) -> u64) -> u64 {
    all.iter().map(value).sum()
}

fn having(all: &[Facts], is: impl Fn(&Facts) -> bool) -> u64 {
    all.iter().filter(|of| is(of)).count() as u64
}

/// Stats files, and which rounds have theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Links {
    /// Stats files in the library.
    pub stats_files: u64,
    /// Stats files that belong to no stored round.
    pub stats_files_without_round: u64,
    /// Rounds whose stats file nobody has looked for yet; they stand in no other count here.
    pub pending: u64,
    /// Rounds with a stats file, and all with a reason.
    pub all: Coverage,
    /// The same by evening.
    pub by_date: BTreeMap<String, Coverage>,
}

pub(super) fn links(conn: &Connection, facts: &[Facts]) -> Result<Links> {
    let sql = "SELECT count(*), coalesce(sum(NOT EXISTS (SELECT 1 FROM proximity_round AS r WHERE r.round_id = s.id)), 0) FROM rounds AS s";
    let (stats_files, without) = conn.query_row(sql, [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
    })?;
    let known = || facts.iter().filter_map(|of| Some((of, of.link?)));
    let mut all = coverage(known().map(|(_, reason)| (None, reason)));
    Ok(Links {
        stats_files: stats_files as u64,
        stats_files_without_round: without as u64,
        pending: having(facts, |of| of.link.is_none()),
        all: all.remove("").unwrap_or_default(),
        by_date: coverage(known().map(|(of, reason)| (of.date.as_deref(), reason))),
    })
}

/// Which rounds belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Matches {
    /// Matches of which both rounds are there.
    pub complete: u64,
    /// Rounds without the other of their match.
    pub single: u64,
}

impl Matches {
    pub(super) fn of(all: &[Facts]) -> Self {
        let mut rounds_of: FxHashMap<i64, u64> = FxHashMap::default();
        for id in all.iter().filter_map(|of| of.match_id) {
            *rounds_of.entry(id).or_default() += 1;
        }
        let complete = rounds_of.values().filter(|rounds| **rounds > 1).count() as u64;
        let paired: u64 = rounds_of.values().filter(|rounds| **rounds > 1).sum();
        Self {
            complete,
            single: all.len() as u64 - paired,
        }
    }
}

/// Where round numbers come from: `gametime`, `filename`, `header`, `default` (nothing said one), and `pairing` (the match contradicts
/// what file and header say).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Numbers {
    /// Each source in that order; every round stands under one.
    pub by_source: Vec<NumberCount>,
    /// Rounds whose sources contradict each other.
    pub disputed: u64,
}

/// Rounds whose number is by one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NumberCount {
    /// The source.
    pub source: String,
    /// Rounds.
    pub rounds: u64,
    /// Those of them where another source says another number: where this one corrects it, if it is right.
    pub disputed: u64,
}

impl Numbers {
    pub(super) fn of(all: &[Facts]) -> Self {
        let sources = [
            NumberSource::Gametime,
            NumberSource::Filename,
            NumberSource::Header,
            NumberSource::Default,
        ];
        let count = |source: String, is: &dyn Fn(&Facts) -> bool| NumberCount {
            source,
            rounds: having(all, is),
            disputed: having(all, |of| is(of) && of.is_disputed),
        };
        let by_file = sources.map(|source| {
            count(tag(&source), &|of: &Facts| {
                !of.is_paired_anew && of.number_source == source
            })
        });
        let by_match = count("pairing".to_owned(), &|of: &Facts| of.is_paired_anew);
        Self {
            by_source: by_file.into_iter().chain([by_match]).collect(),
            disputed: having(all, |of| of.is_disputed),
        }
    }
}

/// A tracker version and when it was in use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VersionSpan {
    /// As detected, such as `6.11`.
    pub version: String,
    /// Its rounds.
    pub rounds: u64,
    /// The first evening; `None` when none of its rounds has a date.
    pub first_date: Option<String>,
    /// The last evening.
    pub last_date: Option<String>,
}

impl VersionSpan {
    pub(super) fn all(all: &[Facts]) -> Vec<Self> {
        let mut spans: BTreeMap<&str, Self> = BTreeMap::new();
        for of in all {
            let span = spans.entry(&of.version).or_default();
            span.rounds += 1;
            if of.date.is_some() {
                if span.first_date.is_none() || of.date < span.first_date {
                    span.first_date.clone_from(&of.date);
                }
                // `None` is smaller than any date.
                if of.date > span.last_date {
                    span.last_date.clone_from(&of.date);
                }
            }
        }
        let mut spans: Vec<Self> = spans
            .into_iter()
            .map(|(version, span)| Self {
                version: version.to_owned(),
                ..span
            })
            .collect();
        spans.sort_by(|a, b| a.last_date.cmp(&b.last_date));
        spans
    }
}

/// What is wrong in the stored files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// Problems of severity error.
    pub errors: u64,
    /// Problems of severity warning.
    pub warnings: u64,
    /// Problems of severity note.
    pub notes: u64,
    /// Rounds with an error.
    pub rounds_with_errors: u64,
    /// Rounds with a warning.
    pub rounds_with_warnings: u64,
    /// Rounds whose file ends too early.
    pub cut_rounds: u64,
}

impl Problems {
    pub(super) fn of(all: &[Facts]) -> Self {
        Self {
            errors: sum(all, |of| of.errors),
            warnings: sum(all, |of| of.warnings),
            notes: sum(all, |of| of.notes),
            rounds_with_errors: having(all, |of| of.errors > 0),
            rounds_with_warnings: having(all, |of| of.warnings > 0),
            cut_rounds: having(all, |of| of.is_cut),
        }
    }
}
