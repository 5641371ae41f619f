//! Who is the same person in several rounds.

use crate::model::{PlayerId, Round};
use serde::Serialize;

/// Tells persons apart over rounds: by GUID, in capitals as some tools write it otherwise; who has none by name without colour codes.
/// A name is no proof of a person, so numbers of those without GUID are of a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Person {
    /// With a GUID.
    Guid(String),
    /// Without: the plain name.
    Name(String),
}

impl Person {
    /// The person a player of a round is.
    pub fn of(round: &Round, player: PlayerId) -> Self {
        let player = &round.players[player];
        match round.text(player.guid) {
            "" => Self::Name(player.plain_name.clone()),
            guid => Self::Guid(guid.to_uppercase()),
        }
    }
}
