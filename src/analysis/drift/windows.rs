//! Deployment windows and what is mixed in them.

use super::{Cadences, RoundSetup, differ};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The rounds of one server within the given days of each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Server as given; empty when not known.
    pub server: String,
    /// Start of its first round, s.
    pub from_s: i64,
    /// Start of its last round, s.
    pub to_s: i64,
    /// First and last evening, where known.
    pub dates: Option<(String, String)>,
    /// Number of rounds.
    pub rounds: u32,
    /// Rounds by cadence.
    #[serde(serialize_with = "super::by_text")]
    pub cadences: Cadences,
    /// Rounds by configuration hash; those that declare nothing are under the empty one.
    pub configs: BTreeMap<String, u32>,
    /// Rounds by version.
    pub versions: BTreeMap<String, u32>,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A window with several cadences.
    Cadence,
    /// A window with several configurations.
    Config,
    /// A round whose samples have another cadence than its header says.
    Declared,
}

/// The rounds of one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The value as text: `200 ms`, or a configuration hash.
    pub value: String,
    /// The rounds' names in order of their start.
    pub rounds: Vec<String>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// Place of the window in [`super::Drift::windows`]; `None` for a round in none.
    pub window: Option<usize>,
    /// The majority first, then the others in order of their size, then of their first round. For [`FindingKind::Declared`] the
    /// declared value, then the measured one, each with the round.
    pub sides: Vec<Side>,
    /// How often the value changes from one round to the next: 1 is a single change, more is taking turns. 0 for [`FindingKind::Declared`].
    pub switches: u32,
}

const DAY_S: i64 = 86_400;

/// The windows of rounds that are in order of start and have one, in order of their beginning, then of the server.
pub(super) fn split<'a>(rounds: &[&'a RoundSetup], window_days: u32) -> Vec<Vec<&'a RoundSetup>> {
    let length_s = i64::from(window_days) * DAY_S;
    let mut by_server: BTreeMap<&str, Vec<Vec<&RoundSetup>>> = BTreeMap::new();
    for &round in rounds {
        let windows = by_server.entry(&round.server).or_default();
        let start = |round: &RoundSetup| round.start_s.unwrap_or_default();
        let open = windows
            .last_mut()
            .filter(|window| start(round).saturating_sub(start(window[0])) <= length_s);
        match open {
            Some(window) => window.push(round),
            None => windows.push(vec![round]),
        }
    }
    let mut windows: Vec<Vec<&RoundSetup>> = by_server.into_values().flatten().collect();
    // Stable, so the order of servers stays within a second.
    windows.sort_by_key(|window| window[0].start_s);
    windows
}

impl Window {
    /// The window of some rounds in order of start.
    pub(super) fn of(rounds: &[&RoundSetup]) -> Self {
        let mut window = Self {
            rounds: rounds.len() as u32,
            ..Self::default()
        };
        if let (Some(first), Some(last)) = (rounds.first(), rounds.last()) {
            window.server.clone_from(&first.server);
            window.from_s = first.start_s.unwrap_or_default();
            window.to_s = last.start_s.unwrap_or_default();
        }
        let dates = || rounds.iter().filter_map(|round| round.date.clone());
        window.dates = dates().min().zip(dates().max());
        for round in rounds {
            let config = round.config_hash.clone().unwrap_or_default();
            *window.cadences.entry(round.cadence_ms()).or_default() += 1;
            *window.configs.entry(config).or_default() += 1;
            *window.versions.entry(round.version.clone()).or_default() += 1;
        }
        window
    }
}

/// What is wrong in a window, whose rounds are in order of start.
pub(super) fn findings(window: usize, rounds: &[&RoundSetup]) -> Vec<Finding> {
    // A round that says nothing contradicts nobody.
    let cadence = |round: &RoundSetup| round.cadence_ms().map(|ms| format!("{ms} ms"));
    let config = |round: &RoundSetup| round.config_hash.clone();
    let mut findings = Vec::new();
    findings.extend(mixed(FindingKind::Cadence, window, rounds, cadence));
    findings.extend(mixed(FindingKind::Config, window, rounds, config));
    findings.extend(
        rounds
            .iter()
            .filter_map(|round| undeclared(Some(window), round)),
    );
    findings
}

fn mixed(
    kind: FindingKind,
    window: usize,
    rounds: &[&RoundSetup],
    value: impl Fn(&RoundSetup) -> Option<String>,
) -> Option<Finding> {
    let mut sides: Vec<Side> = Vec::new();
    let mut switches = 0;
    let mut previous: Option<String> = None;
    for round in rounds {
        let Some(value) = value(round) else { continue };
        switches += u32::from(previous.as_ref().is_some_and(|previous| *previous != value));
        let name = round.name.clone();
        match sides.iter_mut().find(|side| side.value == value) {
            Some(side) => side.rounds.push(name),
            None => sides.push(Side {
                value: value.clone(),
                rounds: vec![name],
            }),
        }
        previous = Some(value);
    }
    // Stable: at equal sizes the one that came first stays first.
    sides.sort_by_key(|side| Reverse(side.rounds.len()));
    (sides.len() > 1).then_some(Finding {
        kind,
        window: Some(window),
        sides,
        switches,
    })
}

/// A finding where header and samples of a round disagree.
pub(super) fn undeclared(window: Option<usize>, round: &RoundSetup) -> Option<Finding> {
    let (declared, measured) = round.declared_ms.zip(round.measured_ms)?;
    let side = |ms: i64| Side {
        value: format!("{ms} ms"),
        rounds: vec![round.name.clone()],
    };
    differ(declared, measured).then(|| Finding {
        kind: FindingKind::Declared,
        window,
        sides: vec![side(declared), side(measured)],
        switches: 0,
    })
}
