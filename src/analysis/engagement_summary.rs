//! How many engagements a round had, how they ended and how doubtful they are.
//!
//! Source: `ENGAGEMENTS`. Unit ms, raw damage. Given twice: over all rows, as the reference counts, and over fights
//! ([`RowFlags::is_fight`]), as this project does. O(engagements).

use super::flags::{Flag, RowFlags};
use crate::model::Round;
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts over a set of engagements.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Counts {
    /// Engagements.
    pub n: u32,
    /// By outcome as written.
    pub outcomes: BTreeMap<String, u32>,
    /// Called a crossfire by the tracker.
    pub crossfires: u32,
    /// With at least two attackers.
    pub focused: u32,
    /// Raw damage.
    pub damage: i64,
    /// Mean length, ms; `None` without engagements.
    pub mean_duration_ms: Option<f64>,
}

/// The engagements of a round.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EngagementSummary {
    /// All rows.
    pub all: Counts,
    /// Fights between enemies on living targets.
    pub fights: Counts,
    /// Rows by doubt.
    pub flags: BTreeMap<&'static str, u32>,
}

/// Counts the engagements of a round.
pub fn engagement_summary(round: &Round, flags: &RowFlags) -> EngagementSummary {
    let mut by_flag = BTreeMap::new();
    for flag in flags.engagements.iter().flat_map(|flags| flags.iter()) {
        *by_flag.entry(Flag::name(flag)).or_default() += 1;
    }
    EngagementSummary {
        all: counts(round, |_| true),
        fights: counts(round, |index| flags.is_fight(index)),
        flags: by_flag,
    }
}

fn counts(round: &Round, is_in: impl Fn(usize) -> bool) -> Counts {
    let mut counts = Counts::default();
    let mut duration_ms = 0_i64;
    let rows = round.document.engagements.table.rows.iter().enumerate();
    for (_, row) in rows.filter(|(index, _)| is_in(*index)) {
        counts.n += 1;
        let outcome = round.text(row.outcome);
        match counts.outcomes.get_mut(outcome) {
            Some(n) => *n += 1,
            None => drop(counts.outcomes.insert(outcome.to_owned(), 1)),
        }
        counts.crossfires += u32::from(row.is_crossfire);
        counts.focused += u32::from(row.num_attackers >= 2);
        counts.damage = counts.damage.saturating_add(row.total_damage);
        duration_ms = duration_ms.saturating_add(row.duration.unwrap_or(0));
    }
    counts.mean_duration_ms = (counts.n > 0).then(|| duration_ms as f64 / f64::from(counts.n));
    counts
}
