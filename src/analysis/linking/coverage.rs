//! How many rounds of each evening have their stats file.

use super::LinkReason;
use serde::Serialize;
use std::collections::BTreeMap;

/// The rounds of one evening.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Rounds with a stats file.
    pub linked: u32,
    /// All rounds.
    pub all: u32,
    /// Rounds by reason; none is left out, so the counts add up to `all`.
    pub by_reason: BTreeMap<LinkReason, u32>,
}

/// Counts by date, `YYYY-MM-DD`; rounds without one stand under the empty date.
pub fn coverage<'a>(
    rounds: impl IntoIterator<Item = (Option<&'a str>, LinkReason)>,
) -> BTreeMap<String, Coverage> {
    let mut by_date: BTreeMap<String, Coverage> = BTreeMap::new();
    for (date, reason) in rounds {
        let of_date = by_date
            .entry(date.unwrap_or_default().to_owned())
            .or_default();
        of_date.all += 1;
        of_date.linked += u32::from(reason.is_linked());
        *of_date.by_reason.entry(reason).or_default() += 1;
    }
    by_date
}
