//! Our links held against the tracker's own: section `TRADE_KILLS`.
//!
//! The tracker writes a row when a player dies who killed one of his killer's team within its window (3000 ms; 2000 ms in the 4.2 that
//! writes the section), for the latest such kill only; by slot, in the order in which the deaths were reported; also when the
//! avenger is the dead victim himself. Ours are all pairs of a death and the one that avenges it ([`TradeChance::revenge`]).
//!
//! A row and a pair match when victim, killer and avenger are the same players and both times lie within [`Params::tolerance_ms`]; each
//! matches once, the nearest in time first. What is left over on either side comes with the reason where it can be told.
//!
//! A file without the section says nothing: unless it declares the capture on or has the heading, [`FileRows::compared`] is `None`.
//!
//! On the real rounds at hand (ten of 6v6 and 10v10 on sandpit, two of 6v6 on proxtest; 144 and 17 rows) every row of the file is
//! matched, to the millisecond. Only ours are 15 pairs, all explained. In 12 a killer is killed for several victims, of whom the tracker
//! names the latest: eight on sandpit, four on proxtest. Three are of one server frame: one couple killed each other, of which the tracker
//! has the one direction that its order of obituaries allows; another killed each other with grenades, of which it has none, because
//! the same frame's third victim was the latest. The two proxtest rounds of 4.2 have no section, which says nothing. In the large
//! proxtest round two clients share a GUID: three rows and seven pairs differ by that.
//!
//! Unit ms. Source: `TRADE_KILLS`, `ENGAGEMENTS`, `COMBAT_POSITIONS`. Known weakness: rows that name nobody's GUID or name cannot be
//! matched. O((rows + pairs) · log + rows · deaths in the window).

mod matcher;

use crate::analysis::deaths::{Death, SAME_DEATH_MS};
use crate::analysis::trades::{self, TradeChance};
use crate::model::format::Family;
use crate::model::{Capability, Round};
use matcher::Matcher;
use serde::Serialize;

/// Constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Params {
    /// How far a row's times may be from ours, ms.
    pub tolerance_ms: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            tolerance_ms: SAME_DEATH_MS,
        }
    }
}

/// A row and a pair that mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// Index of the row in `TRADE_KILLS`.
    pub row: usize,
    /// Index of the trade chance.
    pub chance: usize,
    /// The row's first time minus ours, ms.
    pub death_off_ms: i64,
    /// The row's second time minus ours, ms.
    pub revenge_off_ms: i64,
    /// The avenger is the victim himself.
    pub is_own_revenge: bool,
}

/// Why a row of the file has no pair of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyFileOnly {
    /// The row names somebody the rest of the file does not know.
    UnknownPlayer,
    /// Two clients carry the GUID of one of the three; the tracker tells them apart by slot, we cannot.
    SharedGuid,
    /// The victim does not die then.
    NoSuchDeath,
    /// The first death is by the victim's own hand, the world or nobody known.
    FirstIsNoKill,
    /// The first death is a team mate's doing.
    FirstIsTeamKill,
    /// The first death is another killer's.
    KillerDiffers,
    /// The killer does not die then.
    NoSuchRevenge,
    /// The killer's death is by his own hand, the world or nobody known.
    RevengeIsNoKill,
    /// The killer's death is a team mate's doing.
    RevengeIsTeamKill,
    /// The killer's death is somebody else's.
    AvengerDiffers,
    /// It came too late for our window.
    Window,
    /// The victim's team had killed him inside the window before.
    AvengedBefore,
    /// By our reckoning the avenger was of another team than the victim.
    TeamsDiffer,
    /// Another row has matched that pair.
    Duplicate,
}

/// A row of the file without a pair of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FileOnly {
    /// Index of the row in `TRADE_KILLS`.
    pub row: usize,
    /// Why.
    pub why: WhyFileOnly,
}

/// Why a pair of ours has no row in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyOursOnly {
    /// The same revenge stands in the file for a later victim: the tracker names the latest only.
    LatestOnly,
    /// It came too late for the tracker's window.
    Window,
    /// Death and revenge fell into the same moment; the tracker goes by the order of the obituaries.
    SameMoment,
    /// Two clients carry the GUID of one of the three; the tracker tells them apart by slot, we cannot.
    SharedGuid,
    /// The tracker took one of the two deaths for a self kill or a fall, as it does with Carbine and Kar98.
    TrackerSawNoKill,
    /// The file is cut before the section's end, or some of its rows cannot be read.
    FileCut,
    /// Not known.
    Unexplained,
}

/// A pair of ours without a row in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OursOnly {
    /// Index of the trade chance.
    pub chance: usize,
    /// Why.
    pub why: WhyOursOnly,
}

/// Rows and pairs, matched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Both have it; in the order of the rows.
    pub matched: Vec<Matched>,
    /// Only the file has it.
    pub file_only: Vec<FileOnly>,
    /// Only we have it.
    pub ours_only: Vec<OursOnly>,
}

/// Our trades and the file's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileRows {
    /// Whether the tracker recorded trades.
    pub capability: Capability,
    /// How that is known.
    pub capability_by: &'static str,
    /// The tracker's window, ms.
    pub window_ms: i64,
    /// The comparison; `None` where the tracker recorded none, or nobody knows.
    pub compared: Option<Compared>,
}

/// Matches the pairs of `chances` (made of `deaths` with the constants `window`) with the rows of `TRADE_KILLS`.
pub fn file_rows(
    round: &Round,
    deaths: &[Death],
    chances: &[TradeChance],
    window: &trades::Params,
    params: &Params,
) -> FileRows {
    let mut capability = round.capability("trade_kills");
    if capability.0 == Capability::Unknown && round.document.section("TRADE_KILLS").is_some() {
        capability = (Capability::Enabled, "its section has a heading");
    }
    let tracker_window_ms = match round.document.version.family {
        Family::V4PostHoc => 2000,
        _ => 3000,
    };
    let matcher = Matcher {
        round,
        deaths,
        chances,
        window,
        params,
        tracker_window_ms,
    };
    FileRows {
        capability: capability.0,
        capability_by: capability.1,
        window_ms: tracker_window_ms,
        compared: (capability.0 == Capability::Enabled).then(|| matcher.compare()),
    }
}
