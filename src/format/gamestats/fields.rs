//! The fields behind the TAB of a player's line, by index.
//!
//! Order and meaning are those of the statement that writes them, in the module's source (version 8). Held against files of a real server:
//! self kills and team kills agree with the kill rows of every player of two matches (`tests/gamestats.rs`); of 68 players in
//! both rounds of five matches, the fields marked [`Carry::Match`] never fell from round 1 to round 2, and every other field fell for
//! some. Six were zero throughout and are named by the source alone: objectives stolen, damage per minute, tank ratio, multikills of
//! five and of six, full self kills.

/// Whether a field counts on from round 1 to round 2 of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Carry {
    /// An engine counter: in round 2 it holds the sum of both rounds.
    Match,
    /// A counter of the module, or the engine's score: of this round alone.
    Round,
    /// A ratio over running counters: in round 2 it is that of the whole match, and no difference can be taken.
    Ratio,
}

/// One field behind the TAB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtraField {
    /// Stable lower-case name with its unit.
    pub name: &'static str,
    /// Whether it runs on.
    pub carry: Carry,
}

const fn field(name: &'static str, carry: Carry) -> ExtraField {
    ExtraField { name, carry }
}

/// The known fields; the index is the place behind the TAB, from 0. Earlier versions of the module end one field sooner.
pub const EXTRA_FIELDS: [ExtraField; 38] = [
    field("damage_given", Carry::Match),
    field("damage_received", Carry::Match),
    field("team_damage_given", Carry::Match),
    field("team_damage_received", Carry::Match),
    field("gibs", Carry::Match),
    // Deaths by one's own hand; `full_selfkills` counts the typed ones.
    field("self_kills", Carry::Match),
    field("team_kills", Carry::Match),
    field("team_gibs", Carry::Match),
    // Share of the time in a team that was played alive, percent.
    field("time_played_percent", Carry::Ratio),
    // The engine's score. It starts anew with round 2.
    field("xp", Carry::Round),
    // Longest spree of kills, from 3 on.
    field("killing_spree", Carry::Round),
    // Longest spree of deaths, from 3 on.
    field("death_spree", Carry::Round),
    field("kill_assists", Carry::Round),
    field("kill_steals", Carry::Round),
    field("headshot_kills", Carry::Round),
    field("objectives_stolen", Carry::Round),
    field("objectives_returned", Carry::Round),
    field("dynamites_planted", Carry::Round),
    field("dynamites_defused", Carry::Round),
    field("times_revived", Carry::Round),
    // Shots with all weapons: recomputed from the running weapon counts.
    field("shots", Carry::Match),
    // Of this round; 0 where the module did not know which round it was.
    field("damage_per_minute", Carry::Round),
    // Minutes in a team.
    field("time_played_min", Carry::Match),
    // Damage taken per death over 130, where above 3.
    field("tank_ratio", Carry::Ratio),
    // This round's time dead over the running time in a team, percent.
    field("time_dead_percent", Carry::Ratio),
    field("time_dead_min", Carry::Round),
    field("kill_death_ratio", Carry::Ratio),
    // Kills at least half a wave before the victim's next spawn.
    field("useful_kills", Carry::Round),
    // Seconds that victims could not play.
    field("denied_playtime_s", Carry::Round),
    field("multikills_2", Carry::Round),
    field("multikills_3", Carry::Round),
    field("multikills_4", Carry::Round),
    field("multikills_5", Carry::Round),
    field("multikills_6", Carry::Round),
    // Kills less than 5 s before the victim's next spawn.
    field("useless_kills", Carry::Round),
    // Typed self kills within the first 2 s of a wave.
    field("full_selfkills", Carry::Round),
    // Repairs and finished constructions.
    field("repairs", Carry::Round),
    field("revives", Carry::Round),
];

impl ExtraField {
    /// The place of a field by its name.
    pub fn index_of(name: &str) -> Option<usize> {
        EXTRA_FIELDS.iter().position(|field| field.name == name)
    }
}

/// The value of one field behind the TAB.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Extra {
    /// A whole number.
    Whole(i64),
    /// A decimal.
    Decimal(f64),
    /// Something that is no finite number, as it stands (invalid UTF-8 replaced).
    Text(String),
}

impl Extra {
    /// The value of one field's bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        use super::super::number;
        // A decimal point makes a decimal even where the fraction is zero, so that writing it again gives the same kind.
        let plain = !bytes.contains(&b'.');
        match (plain, number::int(bytes), number::real(bytes)) {
            (true, Ok((whole, _)), _) => Self::Whole(whole),
            (_, _, Ok(decimal)) => Self::Decimal(decimal),
            _ => Self::Text(String::from_utf8_lossy(bytes).into_owned()),
        }
    }

    /// The value as a number; `None` for text.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(whole) => Some(*whole as f64),
            Self::Decimal(decimal) => Some(*decimal),
            Self::Text(_) => None,
        }
    }

    /// What was added since `before`; `None` when one of the two is no number.
    pub(super) fn less(&self, before: &Self) -> Option<Self> {
        match (self, before) {
            (Self::Whole(now), Self::Whole(before)) => now.checked_sub(*before).map(Self::Whole),
            _ => Some(Self::Decimal(self.number()? - before.number()?)),
        }
    }
}
