//! Which of it: filters, and what of them can be decided once per round and life.

use super::super::person::Person;
use crate::model::{Class, PlayerId, Round, Team};
use serde::{Serialize, Serializer};

/// Which samples or events; `None` everywhere takes all.
///
/// Team, player, class and company are those of whom it is about: the living for movement, the killer for kills (also where they are
/// counted at the victim's place), the victim for deaths, the target for combat and escapes, the shooter for shots.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Filter {
    /// Only of this team, at that moment.
    #[serde(serialize_with = "team_tag")]
    pub team: Option<Team>,
    /// Only of this person.
    pub person: Option<Person>,
    /// Only of this class: the one of his life.
    #[serde(serialize_with = "class_tag")]
    pub class: Option<Class>,
    /// Only in `from..to`, ms on the file's clock.
    pub time_ms: Option<(i64, i64)>,
    /// Only where the counted place is at a height in `from..to`, u. Players' places are those of their feet.
    pub height_u: Option<(f32, f32)>,
    /// Only of who was alone (true) or not (false): no living team mate was known to be within [`super::Params::alone_u`].
    pub alone: Option<bool>,
}

#[allow(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde gives the field's reference"
)]
fn team_tag<S: Serializer>(team: &Option<Team>, serializer: S) -> Result<S::Ok, S::Error> {
    team.map(Team::tag).serialize(serializer)
}

#[allow(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde gives the field's reference"
)]
fn class_tag<S: Serializer>(class: &Option<Class>, serializer: S) -> Result<S::Ok, S::Error> {
    class.map(Class::tag).serialize(serializer)
}

/// What a filter says of something: yes, no, or that the file does not tell what it asks for.
pub(super) type Answer = Option<bool>;

/// No where one says no; else unknown where one is unknown.
pub(super) fn all_of(answers: &[Answer]) -> Answer {
    if answers.contains(&Some(false)) {
        return Some(false);
    }
    (!answers.contains(&None)).then_some(true)
}

/// A filter made ready for one round.
pub(super) struct RoundFilter<'a> {
    pub(super) filter: &'a Filter,
    /// Per player of the round, where a person is asked for.
    players: Option<Vec<bool>>,
}

impl<'a> RoundFilter<'a> {
    pub(super) fn new(filter: &'a Filter, round: &Round) -> Self {
        let is = |person: &Person| round.players.ids().map(|id| person.is(round, id)).collect();
        Self {
            filter,
            players: filter.person.as_ref().map(is),
        }
    }

    /// Of whom: decided once per life.
    pub(super) fn takes_life(
        &self,
        player: Option<PlayerId>,
        team: Option<Team>,
        class: Option<Class>,
    ) -> Answer {
        let by_player = |players: &Vec<bool>| player.map(|player| players[player.index()]);
        all_of(&[
            equals(self.filter.team, team),
            equals(self.filter.class, class),
            self.players.as_ref().map_or(Some(true), by_player),
        ])
    }

    pub(super) fn takes_time(&self, t_ms: i64) -> bool {
        let range = self.filter.time_ms;
        range.is_none_or(|(from, to)| from <= t_ms && t_ms < to)
    }

    #[inline]
    pub(super) fn takes_height(&self, z: f32) -> bool {
        let range = self.filter.height_u;
        range.is_none_or(|(from, to)| from <= z && z < to)
    }
}

fn equals<T: PartialEq>(wanted: Option<T>, is: Option<T>) -> Answer {
    match (wanted, is) {
        (None, _) => Some(true),
        (Some(_), None) => None,
        (Some(wanted), Some(is)) => Some(wanted == is),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_no_is_a_no_and_what_is_unknown_is_not_a_yes() {
        assert_eq!(all_of(&[]), Some(true));
        assert_eq!(all_of(&[Some(true), None]), None);
        assert_eq!(all_of(&[None, Some(false), Some(true)]), Some(false));
        assert_eq!(equals(Some(1), None), None);
        assert_eq!(equals(None::<i32>, None), Some(true));
        assert_eq!(equals(Some(1), Some(2)), Some(false));
    }

    #[test]
    fn a_filter_is_written_in_words() {
        let filter = Filter {
            team: Some(Team::Allies),
            class: Some(Class::Medic),
            ..Filter::default()
        };
        let text = serde_json::to_string(&filter).unwrap();
        assert!(
            text.starts_with(r#"{"team":"ALLIES","person":null,"class":"MEDIC""#),
            "{text}"
        );
    }
}
