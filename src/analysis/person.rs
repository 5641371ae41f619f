//! Who a player is over many rounds.
//!
//! Within a round players are told apart by [`PlayerId`]. Over rounds a person is his GUID or, where the file gives none (bots), his name
//! without colour codes. `SLOT…` GUIDs, which trackers up to 4.1 write for clients without one, name a place on the server and
//! not a person: they count as none.
//!
//! Known weakness: a person with a new GUID is a new person, and two bots of one name are the same one. O(players).

use crate::model::{PlayerId, Round};
use serde::Serialize;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// A person: equal by GUID or, where neither has one, by name. Without a GUID nobody is equal to somebody with one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Person {
    /// As written; empty for a bot without one.
    pub guid: String,
    /// The last name he carried in the round he was taken from, without colour codes. To be shown, and the key of who has no GUID.
    pub name: String,
}

impl Person {
    /// Who somebody with this GUID, as written, and this plain name is.
    pub fn new(guid: &str, name: &str) -> Self {
        let guid = if guid.starts_with("SLOT") { "" } else { guid };
        Self {
            guid: guid.to_owned(),
            name: name.to_owned(),
        }
    }

    /// GUID, and the name where it tells who he is.
    fn key(&self) -> (&str, &str) {
        let name = if self.guid.is_empty() {
            &*self.name
        } else {
            ""
        };
        (&self.guid, name)
    }

    /// Whether he is this player of a round.
    pub fn is(&self, round: &Round, id: PlayerId) -> bool {
        let player = &round.players[id];
        let guid = round.text(player.guid);
        if guid.is_empty() || guid.starts_with("SLOT") {
            self.guid.is_empty() && self.name == player.plain_name
        } else {
            self.guid == guid
        }
    }
}

impl PartialEq for Person {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Person {}

impl Hash for Person {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for Person {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Person {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// Who a player of a round is.
pub fn person(round: &Round, id: PlayerId) -> Person {
    let player = &round.players[id];
    Person::new(round.text(player.guid), &player.plain_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guid_counts_and_else_the_name() {
        let anna = Person::new("A1", "Anna");
        assert_eq!(anna, Person::new("A1", "Anna renamed"));
        assert_ne!(anna, Person::new("B2", "Anna"));
        assert_ne!(anna, Person::new("", "Anna"));
        assert_eq!(Person::new("", "[BOT]x"), Person::new("SLOT7", "[BOT]x"));
        assert_ne!(Person::new("", "[BOT]x"), Person::new("", "[BOT]y"));
        assert!(Person::new("", "z") < anna, "those without a GUID first");
    }
}
