//! Drift: whether the trackers that wrote some rounds were set up alike.
//!
//! A server whose files alternate between 200 and 500 ms, or between two sets of thresholds, is usually two copies of the tracker taking turns, or
//! one that is edited on the server and overwritten by the next deployment. Every number that counts samples is then of two kinds.
//! [`drift`] finds such stretches.
//!
//! # Deployment windows
//!
//! The rounds of one server are put in order of their start. A *window* begins with the first round that is in no earlier window and holds every
//! round that starts at most `window_days` times 24 hours later. So two rounds of a window are never further apart than that, a longer gap always
//! begins a new window, and a change that is meant to stay is reported once, in the window in which it happened. Rounds without a
//! start, and rounds of different servers, are never in one window; without a named server the zone stands for it.
//!
//! A window is *mixed* in cadence or configuration when its rounds have two or more values of it. The value of most rounds is the majority, at
//! equal counts the one that came first; the rounds of every other value are named. [`Finding::switches`] tells a single change (1) from taking turns.
//!
//! The cadence of a round is what its samples show ([`RoundSetup::cadence_ms`]); a round whose header says otherwise is a finding of its own. The configuration is [`Configuration`]. Versions are listed and not judged: a new version is a deployment, and what it changes shows
//! in the configuration.
//!
//! Known weakness: where only the zone tells servers apart, the end of summer time begins a new server, and two servers of one zone are one.
//! O(n log n).

mod configuration;
mod sentences;
mod windows;

pub use configuration::Configuration;
pub use sentences::sentences;
pub use windows::{Finding, FindingKind, Side, Window};

use crate::model::Round;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A server frame, ms: samples are only taken at frames, so a measured cadence may be off by one.
pub const FRAME_MS: i64 = 50;
/// Days of a window where nobody says otherwise: a week of evenings.
pub const DEFAULT_WINDOW_DAYS: u32 = 7;

/// What drift looks at in a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundSetup {
    /// Names it to a person: the file name.
    pub name: String,
    /// The evening, `YYYY-MM-DD`; `None` when not known.
    pub date: Option<String>,
    /// Start in seconds on a clock that all rounds share: UTC, or the server's local time for rounds that have no other. `None` when not
    /// known.
    pub start_s: Option<i64>,
    /// Tracker version as detected.
    pub version: String,
    /// Cadence by the header, ms.
    pub declared_ms: Option<i64>,
    /// Cadence by the samples, ms.
    pub measured_ms: Option<i64>,
    /// [`Configuration::hash`]; `None` when the file declares nothing.
    pub config_hash: Option<String>,
    /// Server, as far as known; empty when not.
    pub server: String,
}

impl RoundSetup {
    /// What a round says. The server is told by its zone, as `UTC+2`, where nothing better is known; callers with a name replace it.
    pub fn of(round: &Round) -> Self {
        let times = super::linking::RoundTimes::of(round);
        Self {
            name: round.provenance.file_name.clone(),
            date: round.date.value.clone(),
            start_s: times.start_unix.or_else(|| times.local_start_s()),
            version: round.document.version.label.clone(),
            declared_ms: round.declared_cadence_ms(),
            measured_ms: round.measured_cadence_ms(),
            config_hash: Configuration::of(&round.document.header).map(|config| config.hash()),
            server: round.date.zone_offset_s.map(zone_name).unwrap_or_default(),
        }
    }

    /// The cadence to compare, ms: the declared one where the samples agree to within a frame, else the measured one, else the declared.
    pub fn cadence_ms(&self) -> Option<i64> {
        match self.declared_ms.zip(self.measured_ms) {
            Some((declared, measured)) if !differ(declared, measured) => Some(declared),
            _ => self.measured_ms.or(self.declared_ms),
        }
    }
}

/// Whether two cadences, ms, are further apart than a frame explains.
fn differ(declared_ms: i64, measured_ms: i64) -> bool {
    declared_ms.saturating_sub(measured_ms).abs() > FRAME_MS
}

/// What stands for a server of which only the zone is known, an offset from UTC in s: `UTC+2`, `UTC-3:30`.
pub fn zone_name(offset_s: i64) -> String {
    let sign = if offset_s < 0 { '-' } else { '+' };
    let minutes = offset_s.abs() / 60;
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        rest => format!("UTC{sign}{}:{rest:02}", minutes / 60),
    }
}

/// How many rounds have each cadence (ms); those without one are under `None`.
pub type Cadences = BTreeMap<Option<i64>, u32>;

/// Cadences with text as keys, as JSON wants them; rounds without one stand under the empty key.
fn by_text<S: Serializer>(cadences: &Cadences, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(cadences.iter().map(|(ms, rounds)| (key(*ms), rounds)))
}

fn by_date_and_text<S: Serializer>(
    by_date: &BTreeMap<String, Cadences>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(by_date.iter().map(|(date, cadences)| {
        let texts = cadences.iter().map(|(ms, rounds)| (key(*ms), *rounds));
        (date, texts.collect::<BTreeMap<String, u32>>())
    }))
}

fn key(cadence_ms: Option<i64>) -> String {
    cadence_ms.map(|ms| ms.to_string()).unwrap_or_default()
}

/// Everything about some rounds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// Rounds given.
    pub rounds: u32,
    /// Cadences per evening, rounds without a date under the empty one.
    #[serde(serialize_with = "by_date_and_text")]
    pub by_date: BTreeMap<String, Cadences>,
    /// The windows, in order of their beginning, then of their server.
    pub windows: Vec<Window>,
    /// Names of rounds without a start, which are in no window.
    pub undated: Vec<String>,
    /// What is wrong, in order of the windows.
    pub findings: Vec<Finding>,
}

impl Drift {
    /// Whether cadences or configurations are mixed in a window.
    pub fn is_mixed(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.kind != FindingKind::Declared)
    }
}

/// Finds windows and findings. `window_days` of 0 puts only rounds of the same second together. The order of the rounds changes nothing,
/// as long as names differ.
pub fn drift(rounds: &[RoundSetup], window_days: u32) -> Drift {
    let mut order: Vec<&RoundSetup> = rounds.iter().collect();
    order.sort_by_key(|round| (round.start_s, &round.name));
    let mut found = Drift {
        rounds: rounds.len() as u32,
        ..Drift::default()
    };
    for round in &order {
        let date = round.date.clone().unwrap_or_default();
        let of_date = found.by_date.entry(date).or_default();
        *of_date.entry(round.cadence_ms()).or_default() += 1;
    }
    let (undated, dated): (Vec<&RoundSetup>, Vec<&RoundSetup>) =
        order.into_iter().partition(|round| round.start_s.is_none());
    found.undated = undated.iter().map(|round| round.name.clone()).collect();
    for rounds in windows::split(&dated, window_days) {
        let window = Window::of(&rounds);
        found
            .findings
            .extend(windows::findings(found.windows.len(), &rounds));
        found.windows.push(window);
    }
    found.findings.extend(
        undated
            .iter()
            .filter_map(|round| windows::undeclared(None, round)),
    );
    found
}
