//! Several rounds together.

use super::Stats;
use crate::analysis::over_rounds::{OverRounds, over_rounds};
use crate::analysis::reference::crossfire_pairs::{self, CrossfirePair};
use crate::analysis::reference::rounded;
use crate::analysis::reference::support::SupportSummary;
use crate::analysis::reference::teamplay::{self, Teamplay};
use serde::Serialize;

/// What several rounds say together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OverAll {
    /// Rounds.
    pub rounds: usize,
    /// Teamplay counters, merged.
    pub teamplay: Vec<Teamplay>,
    /// Crossfire pairs, merged.
    pub crossfire_pairs: Vec<CrossfirePair>,
    /// Support over all samples; `None` when no round has tracks.
    pub support: Option<SupportSummary>,
    /// Players, classes, maps and pairs, ours.
    pub ours: OverRounds,
}

/// Merges rounds in the order given.
pub fn over_all(rounds: &[Stats]) -> OverAll {
    let mut all = OverAll {
        rounds: rounds.len(),
        ours: over_rounds(rounds.iter().map(|round| &round.facts)),
        ..OverAll::default()
    };
    for round in rounds {
        teamplay::merge(&mut all.teamplay, &round.teamplay);
        crossfire_pairs::merge(&mut all.crossfire_pairs, &round.crossfire_pairs);
        if let Some(new) = &round.support {
            let old = all
                .support
                .map_or((0, 0), |s| (s.support_samples, s.total_samples));
            let (supported, total) = (old.0 + new.support_samples, old.1 + new.total_samples);
            let pct = 100.0 * f64::from(supported) / f64::from(total.max(1));
            all.support = Some(SupportSummary {
                support_samples: supported,
                total_samples: total,
                support_uptime_pct: rounded(pct, 2),
            });
        }
    }
    all
}
