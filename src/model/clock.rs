//! What a file's clock means.
//!
//! All times of a file are whole milliseconds on its own clock. Depending on the version that clock starts when the map was loaded, when
//! the round went live, or at the difference of two unrelated clocks. Times are never shifted here; what is known about the zero
//! is recorded, and shown.

use crate::format::Document;

/// Something about the clock that a reader of its times should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "finding")]
pub enum ClockFinding {
    /// Times before zero: two clocks with a skew (versions up to 4.2 and 5.0a).
    Negative {
        /// The earliest time, ms.
        earliest_ms: i64,
    },
    /// Zero lies before the round: warm-up or idle time is counted (versions before 6.02c).
    Inflated {
        /// First spawn, ms.
        first_spawn_ms: i64,
    },
    /// Lives whose recorded spawn lies behind their own samples: the clock was set anew between the two.
    StaleSpawns {
        /// How many.
        lives: u32,
    },
    /// Clock and calendar disagree on the length of the round by more than 5 s: a pause, or a server that does not run in real time.
    WallMismatch {
        /// Length by the calendar (`round_end_unix - round_start_unix`), ms.
        wall_ms: i64,
        /// Length by the clock, ms.
        clock_ms: i64,
    },
    /// Times more than six hours from the middle of the round; they do not count for its length.
    Outliers {
        /// How many samples.
        samples: u32,
    },
}

impl std::fmt::Display for ClockFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Negative { earliest_ms } => write!(
                f,
                "times before zero (from {earliest_ms} ms): two clocks with a skew"
            ),
            Self::Inflated { first_spawn_ms } => {
                write!(
                    f,
                    "zero lies {first_spawn_ms} ms before the first spawn: warm-up or idle time is counted"
                )
            }
            Self::StaleSpawns { lives } => {
                write!(
                    f,
                    "{lives} lives whose spawn time is of an earlier clock; they count from their first sample"
                )
            }
            Self::WallMismatch { wall_ms, clock_ms } => write!(
                f,
                "clock says {clock_ms} ms, calendar {wall_ms} ms: a pause, or a server that does not run in real time"
            ),
            Self::Outliers { samples } => write!(
                f,
                "{samples} samples more than six hours from the others are left out"
            ),
        }
    }
}

/// The clock of one round.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RoundClock {
    /// First moment of the round to show, ms: 0, or the first spawn where zero is not the start.
    pub start_ms: i64,
    /// Last moment with a sample or an engagement, ms.
    pub end_ms: i64,
    /// Time of the first sample (the first spawn), ms on the file's clock.
    pub t0_ms: i64,
    /// Length by the calendar, ms, where the header has both ends.
    pub wall_ms: Option<i64>,
    /// What a reader should know.
    pub findings: Vec<ClockFinding>,
}

const TOLERANCE_MS: i64 = 5_000;
const MOST_FROM_MIDDLE_MS: i64 = 6 * 3_600_000;

impl RoundClock {
    pub(crate) fn of(document: &Document, stale_spawns: u32) -> Self {
        let mut span = Span::default();
        let times = &document.samples.time_ms;
        let middle = times.get(times.len() / 2).copied().map_or(0, i64::from);
        let near = |t: i64| (t - middle).abs() <= MOST_FROM_MIDDLE_MS;
        let mut outliers = 0;
        for &time in times {
            let time = i64::from(time);
            if near(time) {
                span.add(time);
            } else {
                outliers += 1;
            }
        }
        let t0 = span.first;
        let has_samples = !times.is_empty();
        for row in &document.engagements.table.rows {
            for time in [row.start_time, row.end_time.unwrap_or(row.start_time)] {
                if !has_samples || near(time) {
                    span.add(time);
                }
            }
        }
        let first_spawn = document.tracks.rows.iter().filter(|row| row.path.len > 0);
        let first_spawn = first_spawn
            .map(|row| i64::from(times[row.path.start as usize]))
            .filter(|t| near(*t))
            .min();
        let start_unix = document.header.round_start_unix.filter(|s| *s > 0);
        let end_unix = document.header.round_end_unix.filter(|s| *s > 0);
        let wall_ms = start_unix
            .zip(end_unix)
            .and_then(|(start, end)| end.checked_sub(start)?.checked_mul(1000));
        let (first, last) = (span.first.unwrap_or(0), span.last.unwrap_or(0));
        let mut findings = Vec::new();
        if first < 0 {
            findings.push(ClockFinding::Negative { earliest_ms: first });
        }
        let anchored_live = document.version.is_reanchored();
        let inflated = first_spawn.filter(|spawn| *spawn > TOLERANCE_MS && !anchored_live);
        findings.extend(inflated.map(|first_spawn_ms| ClockFinding::Inflated { first_spawn_ms }));
        if stale_spawns > 0 {
            findings.push(ClockFinding::StaleSpawns {
                lives: stale_spawns,
            });
        }
        let clock_ms = last - inflated.unwrap_or(0);
        if let Some(wall_ms) = wall_ms.filter(|wall| (wall - clock_ms).abs() > TOLERANCE_MS) {
            findings.push(ClockFinding::WallMismatch { wall_ms, clock_ms });
        }
        if outliers > 0 {
            findings.push(ClockFinding::Outliers { samples: outliers });
        }
        let start_ms = if first < 0 {
            first
        } else {
            inflated.unwrap_or(0)
        };
        Self {
            start_ms,
            end_ms: last.max(start_ms),
            t0_ms: t0.or(span.first).unwrap_or(0),
            wall_ms,
            findings,
        }
    }

    /// Length of what is shown, ms.
    pub fn length_ms(&self) -> i64 {
        self.end_ms - self.start_ms
    }
}

#[derive(Default)]
struct Span {
    first: Option<i64>,
    last: Option<i64>,
}

impl Span {
    fn add(&mut self, time: i64) {
        self.first = Some(self.first.map_or(time, |first| first.min(time)));
        self.last = Some(self.last.map_or(time, |last| last.max(time)));
    }
}
