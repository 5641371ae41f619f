//! Players, classes, maps and pairs over many rounds: every number with how many rounds and lives stand behind it, and how it is spread.
//!
//! [`RoundFacts`] are computed once per round and kept; [`over_rounds`] makes the tables of any set of them. Counts are whole numbers, spreads
//! are taken over sorted values and everything is in order of persons, so the order of the rounds changes nothing, to the last bit.
//!
//! A number is given twice: *pooled* (all rounds as if they were one, so long rounds count more) and *per round* as a
//! [`Distribution`](super::distribution::Distribution) of the rounds' own values, whose `n` is the number of rounds in which it could be measured.
//! Lengths of lives are spread over lives. What each number is stands in [`METRICS`].
//!
//! Persons are told apart by GUID, else by plain name ([`super::person`]). Bots have rows of their own, marked; in the tables of maps they are apart from
//! people. Minutes alive are those of [`super::alive`] (after revives too), sampled minutes those with samples. The class is that of the
//! life at the moment of the event, so a player who changed class in a round is in several rows; weapon accuracy is only known for
//! whole rounds and counted for a class when it was his only one.
//!
//! Known weakness: rounds given twice count twice; a class is recorded at spawn and may be changed for the next life only; what each
//! number inherits from its own module. O(rounds · players) plus sorting.

mod collect;
mod facts;
mod metrics;
mod near;
mod pairs;
mod summary;
mod tally;

pub use facts::{ClassPart, PairFacts, Params, PlayerFacts, Results, RoundFacts, round_facts};
pub use metrics::{METRICS, MetricDef};
pub use pairs::PairSummary;
pub use summary::{Metric, Summary};
pub use tally::Tally;

use super::distribution::Distribution;
use super::person::Person;
use crate::model::Class;
use serde::Serialize;
use std::collections::BTreeMap;
use summary::Gathered;

/// A person with the name to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonKey {
    /// Who; its name is empty where a GUID tells it.
    pub person: Person,
    /// The name he carried in most rounds, with colour codes; the first in order of letters among equals.
    pub name: String,
    /// A bot.
    pub is_bot: bool,
}

/// One person over all his rounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlayerSummary {
    /// Who.
    pub who: PersonKey,
    /// His numbers.
    pub summary: Summary,
}

/// One person as one class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassSummary {
    /// Who.
    pub who: PersonKey,
    /// The class as in round files; `None` where the files name none.
    pub class: Option<&'static str>,
    /// His numbers as that class.
    pub summary: Summary,
}

/// One person on one map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlayerMapSummary {
    /// Who.
    pub who: PersonKey,
    /// The map, in small letters.
    pub map: String,
    /// His numbers on that map.
    pub summary: Summary,
}

/// Everybody on one map; a round's value is that of all its players together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapSummary {
    /// The map, in small letters.
    pub map: String,
    /// Bots alone, else people alone.
    pub is_bot: bool,
    /// Spread of the lengths of the rounds, ms.
    pub length_ms: Option<Distribution>,
    /// The numbers.
    pub summary: Summary,
}

/// The tables over a set of rounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OverRounds {
    /// Rounds given.
    pub rounds: usize,
    /// By person.
    pub players: Vec<PlayerSummary>,
    /// By person and class.
    pub classes: Vec<ClassSummary>,
    /// By person and map.
    pub player_maps: Vec<PlayerMapSummary>,
    /// By map.
    pub maps: Vec<MapSummary>,
    /// Pairs of team mates.
    pub pairs: Vec<PairSummary>,
}

/// The tables over these rounds, in whatever order they come.
pub fn over_rounds<'a>(rounds: impl IntoIterator<Item = &'a RoundFacts>) -> OverRounds {
    let rounds: Vec<&RoundFacts> = rounds.into_iter().collect();
    let mut tables = Tables::default();
    for round in &rounds {
        tables.add(round);
    }
    let who = |person: &Person| tables.who(person);
    OverRounds {
        rounds: rounds.len(),
        players: rows(&tables.players, |person, summary| PlayerSummary {
            who: who(person),
            summary,
        }),
        classes: rows(&tables.classes, |(person, class), summary| ClassSummary {
            who: who(person),
            class: class.map(Class::tag),
            summary,
        }),
        player_maps: rows(&tables.player_maps, |(person, map), summary| {
            PlayerMapSummary {
                who: who(person),
                map: (*map).to_owned(),
                summary,
            }
        }),
        maps: rows(&tables.maps, |(map, is_bot), summary| MapSummary {
            map: (*map).to_owned(),
            is_bot: *is_bot,
            length_ms: Distribution::of_whole(tables.lengths[&(*map, *is_bot)].iter().copied()),
            summary,
        }),
        pairs: pairs::pairs(rounds.iter().copied()),
    }
}

fn rows<K, R>(groups: &BTreeMap<K, Gathered>, row: impl Fn(&K, Summary) -> R) -> Vec<R> {
    let taken_part = groups
        .iter()
        .filter(|(_, gathered)| !gathered.tallies.is_empty());
    taken_part
        .map(|(key, gathered)| row(key, gathered.summary()))
        .collect()
}

/// Rounds in the making of the tables.
#[derive(Default)]
struct Tables<'a> {
    names: BTreeMap<&'a Person, (bool, BTreeMap<&'a str, u32>)>,
    players: BTreeMap<&'a Person, Gathered>,
    classes: BTreeMap<(&'a Person, Option<Class>), Gathered>,
    player_maps: BTreeMap<(&'a Person, &'a str), Gathered>,
    maps: BTreeMap<(&'a str, bool), Gathered>,
    lengths: BTreeMap<(&'a str, bool), Vec<i64>>,
}

impl<'a> Tables<'a> {
    fn add(&mut self, round: &'a RoundFacts) {
        let map = round.map.as_str();
        let mut everybody = [Tally::default(); 2];
        for player in &round.players {
            let person = &player.person;
            let names = self.names.entry(person).or_default();
            names.0 |= player.is_bot;
            *names.1.entry(&player.name).or_default() += 1;
            let total = player.total();
            everybody[usize::from(player.is_bot)].add(&total);
            let groups = [
                self.players.entry(person).or_default(),
                self.player_maps.entry((person, map)).or_default(),
                self.maps.entry((map, player.is_bot)).or_default(),
            ];
            for group in groups {
                player.parts.iter().for_each(|part| group.add_lives(part));
            }
            self.players.entry(person).or_default().add_round(total);
            self.player_maps
                .entry((person, map))
                .or_default()
                .add_round(total);
            for part in &player.parts {
                let group = self.classes.entry((person, part.class)).or_default();
                let is_only = player.parts.len() == 1;
                group.add_round(if is_only { total } else { part.tally });
                group.add_lives(part);
            }
        }
        for (tally, is_bot) in everybody.into_iter().zip([false, true]) {
            if !tally.is_empty() {
                self.maps.entry((map, is_bot)).or_default().add_round(tally);
                self.lengths
                    .entry((map, is_bot))
                    .or_default()
                    .push(round.length_ms);
            }
        }
    }

    fn who(&self, person: &Person) -> PersonKey {
        let (is_bot, names) = self.names.get(person).cloned().unwrap_or_default();
        let most = names.values().max().copied();
        let name = names.iter().find(|(_, rounds)| Some(**rounds) == most);
        PersonKey {
            person: person.clone(),
            name: name.map_or("", |(name, _)| *name).to_owned(),
            is_bot,
        }
    }
}
