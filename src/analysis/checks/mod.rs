//! Checks: is what the tracker wrote true? Rules over one round, each finding with its lines, times, players and the numbers.
//!
//! [`RULES`] is the table of all rules: what each finds, why that matters, and what trackers are known to do. A rule looks at rows or
//! samples and books what contradicts itself or something else in the file. Nothing is repaired and nothing is left out here; other
//! modules of the analysis set doubtful rows aside by themselves ([`super::flags`]).
//!
//! For each rule the [`Report`] says how many things were looked at (0: the file holds nothing to check, or does not record what the
//! rule needs), how many findings there are, and keeps at most [`Params::most_findings`] of them, the worst first.
//!
//! Source: all sections. Units ms, u. Known weakness: a rule compares the file with itself, so an error that is the same everywhere is
//! not seen; lives after a revive are not in the file (trackers up to 6.11), so what happens in them is not checked.
//! O(samples + rows · log rows).

mod book;
mod clock;
mod fights;
mod file;
mod heat;
mod kills;
mod lives;
mod repeats;
mod rules;
mod samples;
mod sections;
mod timing;

pub use book::{Finding, Report, RuleReport};
pub use rules::{RULES, Rule, RuleId};

use super::deaths::Death;
use super::density::file_check::FileCheck;
use super::flags::RowFlags;
use crate::model::{PlayerId, Round};
use book::Book;
use serde::Serialize;

/// Constants of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// How many findings of a rule are kept; all are counted.
    pub most_findings: usize,
    /// A gap is longer than so many cadences.
    pub gap_cadences: i64,
    /// How far measured and declared cadence may differ, ms: one server frame of a server at 20 frames a second.
    pub cadence_tolerance_ms: i64,
    /// Rows this far apart tell of one death, ms.
    pub same_death_ms: i64,
    /// How long after his death a player's grenades and mines may hit, ms.
    pub posthumous_ms: i64,
    /// The longest delay of a trade, ms.
    pub trade_window_ms: i64,
    /// How far a row of `SPAWN_TIMING` may be off the others of its team, ms.
    pub offset_tolerance_ms: i64,
    /// How far a written quotient may be off the reckoned one.
    pub ratio_tolerance: f64,
    /// How much time each sample of an aim lock stands for at most, ms.
    pub aim_step_ms: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            most_findings: 20,
            gap_cadences: 2,
            cadence_tolerance_ms: 50,
            same_death_ms: super::deaths::SAME_DEATH_MS,
            posthumous_ms: 35_000,
            trade_window_ms: 3000,
            offset_tolerance_ms: 50,
            ratio_tolerance: 0.002,
            aim_step_ms: 400,
        }
    }
}

/// What the rules share.
struct Check<'a> {
    round: &'a Round,
    deaths: &'a [Death],
    flags: &'a RowFlags,
    params: &'a Params,
    /// The file tells who was revived; without that, the dead may be alive.
    records_revives: bool,
}

impl Check<'_> {
    /// A player's name without colours, for a sentence.
    fn name(&self, player: PlayerId) -> &str {
        &self.round.players[player].plain_name
    }
}

/// Applies all rules. `deaths`, `flags` and `heatmaps` are the round's own ([`super::deaths::deaths`], [`RowFlags::of`],
/// [`file_check`](super::density::file_check::file_check)).
pub fn check(
    round: &Round,
    deaths: &[Death],
    flags: &RowFlags,
    heatmaps: &FileCheck,
    params: &Params,
) -> Report {
    let tables = &round.document.tables;
    let check = Check {
        round,
        deaths,
        flags,
        params,
        records_revives: !(tables.revives.rows.is_empty() && tables.kill_outcomes.rows.is_empty()),
    };
    let mut book = Book::new(params.most_findings);
    file::check(&check, &mut book);
    repeats::check(&check, &mut book);
    clock::check(&check, &mut book);
    samples::check(&check, &mut book);
    lives::check(&check, &mut book);
    kills::check(&check, &mut book);
    fights::check(&check, &mut book);
    timing::check(&check, &mut book);
    sections::check(&check, &mut book);
    heat::check(&check, heatmaps, &mut book);
    book.close(params)
}

/// A moment of the round's clock as `m:ss.mmm`.
fn clock_text(t_ms: i64) -> String {
    let ms = t_ms.unsigned_abs();
    let sign = if t_ms < 0 { "-" } else { "" };
    format!(
        "{sign}{}:{:02}.{:03}",
        ms / 60_000,
        ms / 1000 % 60,
        ms % 1000
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_names_are_unique() {
        for (nth, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.id as usize, nth, "{}", rule.name);
            assert_eq!(
                RULES.iter().filter(|other| other.name == rule.name).count(),
                1
            );
            assert!(
                rule.name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-')
            );
            for text in [rule.finds, rule.why, rule.known] {
                assert!(text.ends_with('.'), "{}: {text}", rule.name);
            }
        }
    }

    #[test]
    fn constants_named_in_the_table_exist() {
        let params = serde_json::to_value(Params::default()).unwrap();
        for rule in RULES {
            for constant in rule.constants {
                assert!(params.get(constant).is_some(), "{}: {constant}", rule.name);
            }
        }
    }

    #[test]
    fn moments_are_written_as_on_the_clock() {
        assert_eq!(clock_text(83_004), "1:23.004");
        assert_eq!(clock_text(-61_500), "-1:01.500");
        assert_eq!(clock_text(i64::MIN), "-153722867280912:55.808");
    }
}
