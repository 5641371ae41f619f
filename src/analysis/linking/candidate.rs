//! What linking looks at: small values that a store can keep in a row.

use super::LinkReason;
use super::times::RoundTimes;
use crate::model::format::gamestats::{StatsFile, StatsName};
use crate::model::{Round, Stamp, et_name};
use std::collections::BTreeSet;

/// One stats file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatsCandidate {
    /// Names it.
    pub id: i64,
    /// Map as written.
    pub map: String,
    /// Round number; `None` when not known.
    pub number: Option<i64>,
    /// The stamp of its name: server local time, seconds since 1970 as if it were UTC.
    pub stamp_local_s: Option<i64>,
    /// Length of the round without pauses, ms.
    pub play_time_ms: Option<i64>,
    /// First eight characters of the players' GUIDs.
    pub guid8s: Vec<String>,
}

/// One round file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundCandidate {
    /// Names it.
    pub id: i64,
    /// Map as written.
    pub map: String,
    /// Round number; `None` when not known.
    pub number: Option<i64>,
    /// The sources of the number contradict each other.
    pub is_number_disputed: bool,
    /// When it was.
    pub times: RoundTimes,
    /// The players' GUIDs as written.
    pub guids: Vec<String>,
}

/// A map's name for comparing: without colour codes and blanks around, in small letters.
pub fn map_key(map: &str) -> String {
    et_name::strip(map).trim().to_lowercase()
}

impl StatsCandidate {
    /// What a stats file says, with map and number by its name where the header lacks them.
    pub fn of(id: i64, file_name: &str, file: &StatsFile) -> Self {
        let name = StatsName::of(file_name);
        let map = file.header.map.clone();
        Self {
            id,
            map: map
                .or_else(|| Some(name.as_ref()?.map.clone()))
                .unwrap_or_default(),
            number: file.header.round.or(name.map(|name| name.number)),
            stamp_local_s: Stamp::of(file_name).map(|stamp| stamp.local_seconds),
            play_time_ms: file.header.play_time_ms.filter(|&ms| ms > 0),
            guid8s: file
                .players
                .iter()
                .map(|player| player.guid8.clone())
                .collect(),
        }
    }

    /// The map's key, or why nothing can be compared with this file.
    pub(super) fn usable(&self) -> Result<String, LinkReason> {
        usable(&self.map, self.stamp_local_s)
    }
}

/// A stats file with its players ready for comparing.
pub(super) struct Prepared<'a> {
    pub(super) candidate: &'a StatsCandidate,
    pub(super) people: BTreeSet<String>,
}

impl<'a> Prepared<'a> {
    pub(super) fn of(candidate: &'a StatsCandidate) -> Self {
        Self {
            candidate,
            people: prefixes(&candidate.guid8s),
        }
    }
}

impl RoundCandidate {
    /// What a round says.
    pub fn of(id: i64, round: &Round) -> Self {
        Self {
            id,
            map: round.map().to_owned(),
            number: Some(i64::from(round.number.value)),
            is_number_disputed: round.number.is_disputed(),
            times: RoundTimes::of(round),
            guids: round
                .players
                .ids()
                .map(|player| round.text(round.players[player].guid).to_owned())
                .collect(),
        }
    }

    /// The map's key, or why nothing can be compared with this round.
    pub(super) fn usable(&self) -> Result<String, LinkReason> {
        usable(&self.map, self.times.local_end_s())
    }

    /// GUID prefixes of its people.
    pub(super) fn people(&self) -> BTreeSet<String> {
        prefixes(&self.guids)
    }
}

fn usable(map: &str, time: Option<i64>) -> Result<String, LinkReason> {
    let map = map_key(map);
    if map.is_empty() {
        return Err(LinkReason::InvalidInput);
    }
    time.map(|_| map).ok_or(LinkReason::TimeParseFailed)
}

/// The first eight characters of those GUIDs that tell one person from another: `OMNIBOT0…` is the start of every bot's, and `SLOT…`
/// and `WORLD…` name places.
fn prefixes(guids: &[String]) -> BTreeSet<String> {
    let prefixes = guids.iter().map(|guid| {
        let prefix: String = guid.chars().take(8).collect();
        prefix.to_uppercase()
    });
    let is_person = |prefix: &String| {
        let of_nobody = ["OMNIBOT", "SLOT", "WORLD", "UNKNOWN"];
        prefix.len() == 8 && !of_nobody.iter().any(|start| prefix.starts_with(start))
    };
    prefixes.filter(is_person).collect()
}
