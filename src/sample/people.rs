//! Who plays: a circle of people who meet evening after evening, with names as people choose them.

use super::dice::Dice;
use crate::model::{Class, Team};
use std::fmt::Write as _;

/// Names, some of them nasty: colours, escapes of other languages, several bytes to a letter.
const NAMES: &[&str] = &[
    "^3dune^7.oskar",
    "^5salt^7_^1c^2o^3r^4a^5l",
    "marlow",
    "^7merc^2_ash",
    "^1Ž^7iga",
    "<b>otto</b>",
    "%s kestrel %n",
    "^3dune^7.vesper",
    "^^x^ninety",
    "^5salt^7_wren",
    "丂卂几ᗪ",
    "juniper^",
    "\"bramble\"",
    "^0.^7tinfox^0.",
    "naïve-ñandú",
    "^zfox ^1\u{1F98A}",
    "thistle",
    "^2[tag]^7 rook",
    "a",
    "^4VERY^7long^1name^3with^2many^5colours",
    "heron'_ --",
    "\\backslash\\",
    "^7unnamed",
    "=cmd+1",
];

/// Fewest people in a circle, so that not everybody plays every match.
const CIRCLE: usize = 16;

/// Somebody of the circle.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// 32 hexadecimal digits, upper case; the same on every evening.
    pub(super) guid: String,
    /// With colour codes.
    pub(super) name: String,
    /// How well he aims; 1 is usual.
    pub(super) skill: f32,
}

/// Somebody's place in a round.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub(super) person: Person,
    pub(super) team: Team,
    pub(super) class: Class,
}

/// The circle of a seed, large enough for `players` to play.
fn circle(seed: u64, players: usize) -> Vec<Person> {
    let mut dice = Dice::new(seed, &[1]);
    let mut names: Vec<&str> = NAMES.to_vec();
    dice.shuffle(&mut names);
    (0..CIRCLE.max(players + players / 3))
        .map(|nth| {
            let mut guid = String::with_capacity(32);
            // Writing into a string cannot fail.
            let _ = write!(guid, "{:016X}{:016X}", dice.next(), dice.next());
            let name = match names.get(nth) {
                Some(name) => (*name).to_owned(),
                None => format!("{}^7#{nth}", names[nth % names.len()]),
            };
            let skill = dice.between(0.75, 1.25);
            Person { guid, name, skill }
        })
        .collect()
}

/// Classes of a team in the order in which its places are filled.
const CLASSES: [Class; 6] = [
    Class::Medic,
    Class::Engineer,
    Class::FieldOps,
    Class::Medic,
    Class::CovertOps,
    Class::Soldier,
];

/// Who plays in a match of the circle, and where; in the second round the teams have changed sides.
pub(super) fn seats(seed: u64, nth_match: u32, is_second: bool, players: usize) -> Vec<Seat> {
    let mut people = circle(seed, players);
    Dice::new(seed, &[2, u64::from(nth_match)]).shuffle(&mut people);
    people.truncate(players);
    let firsts = people.len().div_ceil(2);
    let places = people.into_iter().enumerate();
    places
        .map(|(nth, person)| Seat {
            person,
            team: if (nth < firsts) == is_second {
                Team::Allies
            } else {
                Team::Axis
            },
            class: CLASSES[(nth % firsts) % CLASSES.len()],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_stand_in_a_row() {
        for name in NAMES {
            assert!(!name.contains([';', '|', ',', '\t', '\n', '\r']), "{name}");
            assert_eq!(name.trim(), *name);
        }
    }

    #[test]
    fn the_second_round_swaps_sides_and_nothing_else() {
        let (first, second) = (seats(5, 0, false, 12), seats(5, 0, true, 12));
        for (a, b) in first.iter().zip(&second) {
            assert_eq!((&a.person.guid, a.class), (&b.person.guid, b.class));
            assert_eq!(Some(a.team), b.team.opponent());
        }
        let axis = |seats: &[Seat]| seats.iter().filter(|seat| seat.team == Team::Axis).count();
        assert_eq!((axis(&first), axis(&second)), (6, 6));
        assert_eq!(axis(&seats(5, 0, false, 5)), 3);
    }

    #[test]
    fn many_people_are_all_different() {
        let mut guids: Vec<String> = seats(9, 3, false, 64)
            .into_iter()
            .map(|seat| format!("{}{}", seat.person.guid, seat.person.name))
            .collect();
        guids.sort_unstable();
        guids.dedup();
        assert_eq!(guids.len(), 64);
    }
}
