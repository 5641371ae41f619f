//! What the round's clock tells of itself, as findings.

use super::Check;
use super::book::{Book, Finding};
use super::rules::RuleId;
use crate::model::ClockFinding;

const RULES: [RuleId; 5] = [
    RuleId::ClockNegative,
    RuleId::ClockInflated,
    RuleId::ClockStaleSpawns,
    RuleId::ClockWall,
    RuleId::ClockOutliers,
];

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    let clock = &check.round.clock;
    for rule in RULES {
        let has_both_ends = clock.wall_ms.is_some();
        book.checked(
            rule,
            usize::from(rule != RuleId::ClockWall || has_both_ends),
        );
    }
    for finding in &clock.findings {
        let (rule, weight) = match finding {
            ClockFinding::Negative { earliest_ms } => (RuleId::ClockNegative, *earliest_ms),
            ClockFinding::Inflated { first_spawn_ms } => (RuleId::ClockInflated, *first_spawn_ms),
            ClockFinding::StaleSpawns { lives } => (RuleId::ClockStaleSpawns, i64::from(*lives)),
            ClockFinding::WallMismatch { wall_ms, clock_ms } => {
                (RuleId::ClockWall, wall_ms.saturating_sub(*clock_ms))
            }
            ClockFinding::Outliers { samples } => (RuleId::ClockOutliers, i64::from(*samples)),
        };
        book.found(rule, weight.unsigned_abs() as f64, || {
            let stale = matches!(finding, ClockFinding::StaleSpawns { .. });
            let lines = stale_lines(check);
            Finding::new(finding.to_string())
                .lines(lines.filter(|_| stale))
                .time(clock.start_ms, clock.end_ms)
        });
    }
}

/// Lines of the lives whose spawn is stale.
fn stale_lines(check: &Check<'_>) -> impl Iterator<Item = u32> {
    let stale = check
        .round
        .lives()
        .iter()
        .filter(|life| life.is_spawn_stale);
    stale.map(|life| check.round.document.tracks.lines[life.row as usize])
}
