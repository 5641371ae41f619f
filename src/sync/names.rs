//! What a file's name says about it. Nothing is opened.

use crate::model::Stamp;
use std::sync::Arc;

/// What a file is taken for by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A round: `…_engagements.txt`, packed or plain.
    Round,
    /// The stats file of a round: `YYYY-MM-DD-HHMMSS-<map>-round-<N>.txt`.
    Stats,
    /// A zip archive, which may hold rounds and stats files.
    Archive,
}

/// The kind of a file by its name without folders; `None` for everything else, the tracker's `_lifecycle.txt` and hidden files (such as
/// the `._…` twins that macOS writes) among it.
pub fn kind_of(name: &str) -> Option<Kind> {
    if name.starts_with('.') {
        return None;
    }
    if ends_with(name, "_engagements.txt") || ends_with(name, "_engagements.txt.gz") {
        return Some(Kind::Round);
    }
    if ends_with(name, ".zip") {
        return Some(Kind::Archive);
    }
    is_stats(name).then_some(Kind::Stats)
}

/// File systems of Windows keep names in whatever case somebody typed.
fn ends_with(name: &str, ending: &str) -> bool {
    let start = name.len().checked_sub(ending.len());
    start
        .and_then(|start| name.get(start..))
        .is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

fn is_stats(name: &str) -> bool {
    let parts = || {
        let rest = name.get(17..)?.strip_prefix('-')?.strip_suffix(".txt")?;
        rest.rsplit_once("-round-")
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    parts().is_some_and(|(map, number)| !map.is_empty() && is_number(number))
        && Stamp::of(name).is_some()
}

/// The end of a round as `gametime-<map>-R<n>-<unix>.json` tells it, seconds since 1970; `None` for any other name.
pub fn gametime_end(name: &str) -> Option<i64> {
    let rest = name.strip_prefix("gametime-")?.strip_suffix(".json")?;
    let (rest, unix) = rest.rsplit_once('-')?;
    let (_, number) = rest.rsplit_once("-R")?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(number) && is_number(unix)).then(|| unix.parse().ok())?
}

/// Gametime names by the end of the round, then by name; each once.
type ByEnd = Arc<[(i64, String)]>;

/// The gametime names known for a place. Cheap to clone: the lists are shared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gametimes {
    /// None of them is empty.
    lists: Vec<ByEnd>,
}

impl Gametimes {
    /// Sorts the names out; those that are no gametime names are dropped.
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        let with_end = |name: String| Some((gametime_end(&name)?, name));
        let mut by_end: Vec<_> = names.into_iter().filter_map(with_end).collect();
        by_end.sort_unstable();
        by_end.dedup();
        let lists = (!by_end.is_empty()).then(|| by_end.into());
        Self {
            lists: lists.into_iter().collect(),
        }
    }

    /// These and others.
    #[must_use]
    pub fn with(mut self, others: &Self) -> Self {
        self.lists.extend_from_slice(&others.lists);
        self
    }

    /// The names for a round that ended then: what belongs into [`Provenance::gametime_names`](crate::model::Provenance). No other name can
    /// concern the round, and a folder may hold thousands.
    pub fn ending_at(&self, round_end_unix: i64) -> Vec<String> {
        let same = self.lists.iter().flat_map(|list| {
            let start = list.partition_point(|(end, _)| *end < round_end_unix);
            let rest = list[start..].iter();
            rest.take_while(|(end, _)| *end == round_end_unix)
        });
        let mut names: Vec<String> = same.map(|(_, name)| name.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Every name; one that is known from two places comes twice.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let all = self.lists.iter().flat_map(|list| list.iter());
        all.map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let stats = "2026-04-03-000030-sw_goldrush_te-round-2.txt";
        for (name, kind) in [
            ("x_engagements.txt", Some(Kind::Round)),
            ("X_ENGAGEMENTS.TXT.GZ", Some(Kind::Round)),
            ("april.Zip", Some(Kind::Archive)),
            (stats, Some(Kind::Stats)),
            (
                "2026-04-03-000030-a-round-b-round-12.txt",
                Some(Kind::Stats),
            ),
            ("2026-04-03-000030-supply-round-.txt", None),
            ("2026-13-03-000030-supply-round-1.txt", None),
            ("2026-04-03-000030-supply-round-1-endstats.txt", None),
            ("2026-04-03-000030--round-1.txt", None),
            ("2026-04-03-000030-supply-round-1_lifecycle.txt", None),
            ("2026-04-03-000030-supply-round-1_positions.txt", None),
            ("._x_engagements.txt", None),
            ("engagements.txt", None),
            ("é.txt", None),
            ("", None),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }

    #[test]
    fn gametimes_are_found_by_the_second() {
        let names = [
            "gametime-supply-R2-1771100700.json",
            "gametime-supply-R1-1771099980.json",
            "gametime-te_escape2-R1-1771099980.json",
            "gametime-supply-R1-1771099980.json",
            "gametime-supply-Rx-1771099980.json",
            "gametime-supply-R1-.json",
            "notes.json",
        ];
        let gametimes = Gametimes::of(names.map(str::to_owned));
        assert_eq!(
            gametimes.ending_at(1_771_099_980),
            [
                "gametime-supply-R1-1771099980.json",
                "gametime-te_escape2-R1-1771099980.json"
            ]
        );
        assert_eq!(gametimes.ending_at(1_771_099_981), [""; 0]);
        assert_eq!(gametimes.names().count(), 3);
        let others = [
            "gametime-radar-R1-1771099980.json",
            "gametime-supply-R1-1771099980.json",
        ];
        let both = gametimes.with(&Gametimes::of(others.map(str::to_owned)));
        assert_eq!(
            both.ending_at(1_771_099_980),
            [
                "gametime-radar-R1-1771099980.json",
                "gametime-supply-R1-1771099980.json",
                "gametime-te_escape2-R1-1771099980.json"
            ]
        );
    }
}
