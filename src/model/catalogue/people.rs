//! What a player is: class and team.

/// A player's class, in the engine's order (0 to 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Heavy weapons.
    Soldier,
    /// Heals and revives.
    Medic,
    /// Builds, plants and defuses.
    Engineer,
    /// Ammunition, air strikes, artillery.
    FieldOps,
    /// Disguise, satchels, scoped rifles.
    CovertOps,
}

impl Class {
    /// All classes in the engine's order.
    pub const ALL: [Self; 5] = [
        Self::Soldier,
        Self::Medic,
        Self::Engineer,
        Self::FieldOps,
        Self::CovertOps,
    ];

    /// The class that a round file calls so: `SOLDIER`, `MEDIC`, `ENGINEER`, `FIELDOPS`, `COVERTOPS`, in any case. `None` for anything else,
    /// also for the tracker's own `UNKNOWN`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|class| class.tag().eq_ignore_ascii_case(tag))
    }

    /// The class of the engine's number (`sess.playerType`, 0 to 4).
    pub fn from_number(number: impl Into<i64>) -> Option<Self> {
        Self::ALL.get(usize::try_from(number.into()).ok()?).copied()
    }

    /// The word in a round file.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Soldier => "SOLDIER",
            Self::Medic => "MEDIC",
            Self::Engineer => "ENGINEER",
            Self::FieldOps => "FIELDOPS",
            Self::CovertOps => "COVERTOPS",
        }
    }

    /// One letter for markers: S, M, E, F, C.
    pub const fn letter(self) -> char {
        match self {
            Self::Soldier => 'S',
            Self::Medic => 'M',
            Self::Engineer => 'E',
            Self::FieldOps => 'F',
            Self::CovertOps => 'C',
        }
    }

    /// What a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Soldier => "Soldier",
            Self::Medic => "Medic",
            Self::Engineer => "Engineer",
            Self::FieldOps => "Field ops",
            Self::CovertOps => "Covert ops",
        }
    }
}

/// A side, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Team {
    /// The Axis (the engine's 1).
    Axis,
    /// The Allies (the engine's 2).
    Allies,
    /// Watching (the engine's 3).
    Spectator,
}

impl Team {
    /// The two sides that play.
    pub const SIDES: [Self; 2] = [Self::Axis, Self::Allies];

    /// The team that a round file calls so: `AXIS`, `ALLIES`, `SPEC`, in any case.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Axis, Self::Allies, Self::Spectator]
            .into_iter()
            .find(|team| team.tag().eq_ignore_ascii_case(tag))
    }

    /// The team of the engine's number (`sess.sessionTeam`: 1 Axis, 2 Allies, 3 spectator). 0, "free", is no team in this game.
    pub fn from_number(number: impl Into<i64>) -> Option<Self> {
        match number.into() {
            1 => Some(Self::Axis),
            2 => Some(Self::Allies),
            3 => Some(Self::Spectator),
            _ => None,
        }
    }

    /// The word in a round file.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Axis => "AXIS",
            Self::Allies => "ALLIES",
            Self::Spectator => "SPEC",
        }
    }

    /// What a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Axis => "Axis",
            Self::Allies => "Allies",
            Self::Spectator => "Spectators",
        }
    }

    /// The side this one plays against; `None` for spectators.
    pub const fn opponent(self) -> Option<Self> {
        match self {
            Self::Axis => Some(Self::Allies),
            Self::Allies => Some(Self::Axis),
            Self::Spectator => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_from_tags_and_numbers() {
        let expected = [
            ("SOLDIER", 'S', "Soldier"),
            ("MEDIC", 'M', "Medic"),
            ("ENGINEER", 'E', "Engineer"),
            ("FIELDOPS", 'F', "Field ops"),
            ("COVERTOPS", 'C', "Covert ops"),
        ];
        for (number, (tag, letter, name)) in (0..).zip(expected) {
            let class = Class::from_tag(tag).unwrap();
            assert_eq!(
                (class.tag(), class.letter(), class.name()),
                (tag, letter, name)
            );
            assert_eq!(Class::from_number(number), Some(class));
        }
        assert_eq!(Class::from_tag("medic"), Some(Class::Medic));
    }

    #[test]
    fn what_is_no_class_is_none() {
        for tag in ["UNKNOWN", "", "MEDIC ", "FIELD OPS", "0"] {
            assert_eq!(Class::from_tag(tag), None, "{tag:?}");
        }
        assert_eq!(Class::from_number(5), None);
        assert_eq!(Class::from_number(-1), None);
    }

    #[test]
    fn teams_are_read_from_tags_and_numbers() {
        for (number, tag, team, name) in [
            (1, "AXIS", Team::Axis, "Axis"),
            (2, "ALLIES", Team::Allies, "Allies"),
            (3, "SPEC", Team::Spectator, "Spectators"),
        ] {
            assert_eq!(Team::from_tag(tag), Some(team));
            assert_eq!(Team::from_number(number), Some(team));
            assert_eq!((team.tag(), team.name()), (tag, name));
        }
        assert_eq!(Team::from_tag("ALLIED"), None);
        assert_eq!(Team::from_tag(""), None);
        assert_eq!(Team::from_number(0), None);
    }

    #[test]
    fn only_sides_have_an_opponent() {
        assert_eq!(Team::Axis.opponent(), Some(Team::Allies));
        assert_eq!(Team::Allies.opponent(), Some(Team::Axis));
        assert_eq!(Team::Spectator.opponent(), None);
    }
}
