//! What pairing looks at.

use crate::analysis::linking::RoundTimes;
use crate::analysis::person::Person;
use crate::model::{Round, Team};
use std::collections::BTreeMap;

/// The side a player was on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Axis.
    Axis,
    /// Allies.
    Allies,
}

/// A player of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayerSide {
    /// The same text for the same person in every round: the GUID, or something made of the name where there is none.
    pub who: String,
    /// Side of his first life; `None` when not known.
    pub side: Option<Side>,
}

/// The text that stands for a person in [`PlayerSide`].
pub fn who(person: &Person) -> String {
    match &*person.guid {
        // No GUID holds a blank.
        "" => format!("name {}", person.name),
        guid => guid.to_uppercase(),
    }
}

/// One round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchRound {
    /// Names it.
    pub id: i64,
    /// Map as written.
    pub map: String,
    /// Round number by header or file name, 0 included; `None` when nothing says one.
    pub number: Option<i64>,
    /// Its sources contradict each other.
    pub is_number_disputed: bool,
    /// When it was. Missing starts are counted back from the stamp by the length.
    pub times: RoundTimes,
    /// Who played.
    pub players: Vec<PlayerSide>,
}

impl MatchRound {
    /// What a round says. The number is the one that file name, header or a side file give, not the assumed one.
    pub fn of(id: i64, round: &Round) -> Self {
        let side = |team| match team {
            Some(Team::Axis) => Some(Side::Axis),
            Some(Team::Allies) => Some(Side::Allies),
            _ => None,
        };
        let player = |player| {
            let player = &round.players[player];
            let person = Person::new(round.text(player.guid), &player.plain_name);
            PlayerSide {
                who: who(&person),
                side: side(player.team),
            }
        };
        Self {
            id,
            map: round.map().to_owned(),
            number: round.number.candidates.first().map(|(_, number)| *number),
            is_number_disputed: round.number.is_disputed(),
            times: RoundTimes::of(round),
            players: round.players.ids().map(player).collect(),
        }
    }

    /// With its times in server local time; `None` without any.
    pub(super) fn timed(&self) -> Option<Timed<'_>> {
        let end_s = self.times.local_end_s().or(self.times.local_start_s())?;
        let start_s = self.times.local_start_s().unwrap_or(end_s);
        let sides = self
            .players
            .iter()
            .map(|player| (player.who.as_str(), player.side));
        Some(Timed {
            round: self,
            start_s,
            end_s,
            sides: sides.collect(),
        })
    }
}

/// A round on the clock.
pub(super) struct Timed<'a> {
    pub(super) round: &'a MatchRound,
    pub(super) start_s: i64,
    pub(super) end_s: i64,
    pub(super) sides: BTreeMap<&'a str, Option<Side>>,
}
