//! Whether a file's stance and sprint columns say what their names say.
//!
//! What trackers recorded under these names (the engine's flags of the same numbers are others than they took them for):
//!
//! | version | stance 1 | stance 2 | sprint 1 |
//! |---|---|---|---|
//! | 4.0 to 4.2a | crouched **or** prone | just spawned, no button released yet | in limbo |
//! | 4.2b to 6.11 | the same | the same | stamina fell since the last sample at 140 u/s or more; or in limbo |
//! | one that declares [`TRUE_STANCE`], [`TRUE_SPRINT`] | crouched | prone | sprinting |
//!
//! So crouching and being prone cannot be told apart in the files of today, "crouched or prone" can; while the respawn flag is up, nothing can.
//! Sprint can be told from 4.2b on, without samples in limbo. 4.2a and 4.2b write the same sections: there sprint is taken as measured when a
//! living player who moves carries it. A version above 6.11 is not believed for its number: it has to declare it.

use crate::analysis::flags::RowFlags;
use crate::model::format::Family;
use crate::model::{Capability, Round};
use serde::{Serialize, Serializer};
use std::fmt;

/// Header capability of a tracker whose stance column is 0 standing, 1 crouched, 2 prone.
pub const TRUE_STANCE: &str = "true_stance";
/// Header capability of a tracker whose sprint column is 1 when, and only when, the player sprints.
pub const TRUE_SPRINT: &str = "true_sprint";

/// What the stance column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StanceMeaning {
    /// 0 standing, 1 crouched, 2 prone.
    True,
    /// 0 standing, 1 crouched or prone, 2 not known (just spawned).
    LowOrNot,
}

/// Why something is not measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMeasured {
    /// No samples at all.
    NoSamples,
    /// The stance column mixes crouched and prone.
    StanceIsMixed,
    /// The sprint column is the engine's limbo flag.
    SprintIsLimbo,
    /// The file may be of a version whose sprint column is the limbo flag, and nobody in it sprints.
    SprintMayBeLimbo,
    /// A version nobody has looked at.
    UnknownVersion,
}

impl fmt::Display for NotMeasured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSamples => "not measured: no samples",
            Self::StanceIsMixed => {
                "not measured: trackers up to 6.11 record crouched and prone players alike"
            }
            Self::SprintIsLimbo => {
                "not measured: trackers before 4.2 (b) record limbo under the name of sprint"
            }
            Self::SprintMayBeLimbo => {
                "not measured: the file is of 4.2, early states of which record limbo under the name of sprint, and nobody in it sprints"
            }
            Self::UnknownVersion => {
                "not measured: written by a tracker that is not known to record this rightly"
            }
        })
    }
}

impl Serialize for NotMeasured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A value, or why there is none; in JSON the value, or the reason as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Measured<T> {
    /// The value.
    Value(T),
    /// Why there is none.
    Not(NotMeasured),
}

impl<T> Measured<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Not(_) => None,
        }
    }
}

/// What a file's flags mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlagTrust {
    /// The stance column, or why it says nothing.
    pub stance: Result<StanceMeaning, NotMeasured>,
    /// Whether the sprint column is sprint, or why not.
    pub sprint: Result<(), NotMeasured>,
}

/// What the stance and sprint columns of a round mean, by its version and what it declares. O(samples) at most.
pub fn flags_trustworthy(round: &Round, flags: &RowFlags) -> FlagTrust {
    if round.samples().is_empty() {
        let nothing = NotMeasured::NoSamples;
        return FlagTrust {
            stance: Err(nothing),
            sprint: Err(nothing),
        };
    }
    let declares = |name: &str| round.capability(name).0 == Capability::Enabled;
    let is_known = is_known(round);
    FlagTrust {
        stance: if declares(TRUE_STANCE) {
            Ok(StanceMeaning::True)
        } else if is_known {
            Ok(StanceMeaning::LowOrNot)
        } else {
            Err(NotMeasured::UnknownVersion)
        },
        sprint: if declares(TRUE_SPRINT) {
            Ok(())
        } else if is_known {
            sprint_of_old(round, flags)
        } else {
            Err(NotMeasured::UnknownVersion)
        },
    }
}

/// Whether the version is one of those the table above is about.
fn is_known(round: &Round) -> bool {
    let version = &round.document.version;
    match &round.document.header.tracker_version_full {
        // The first that states its version is also the last that is known.
        Some(stated) => version.family == Family::V6 && stated == "6.11",
        None => !matches!(version.family, Family::Newer | Family::V3),
    }
}

fn sprint_of_old(round: &Round, flags: &RowFlags) -> Result<(), NotMeasured> {
    let version = &round.document.version;
    if version.family != Family::V4 {
        return Ok(());
    }
    if version.label.starts_with("4.0") || version.label == "4.1" {
        return Err(NotMeasured::SprintIsLimbo);
    }
    if version.label == "4.2 (c to e)" || version.label == "4.2 (e)" {
        return Ok(());
    }
    let samples = round.samples();
    let sprints = (0..samples.len()).any(|index| {
        samples.sprint[index] == 1
            && samples.health[index] > 0
            && samples.speed[index] >= SPRINT_U_PER_S
            && !flags.ghost_samples[index]
    });
    if sprints {
        Ok(())
    } else {
        Err(NotMeasured::SprintMayBeLimbo)
    }
}

/// Slower than this trackers from 4.2b on record no sprint, u/s.
const SPRINT_U_PER_S: f32 = 140.0;
