//! What happened, with its data.

use super::super::trades::team_tag;
use crate::model::Team;
use serde::Serialize;

/// How a carry ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CarryEnd {
    /// The carrier was killed.
    Killed,
    /// The carrier lived: laid down, or delivered.
    LaidDownOrDelivered,
    /// The tracker saw it delivered.
    Secured,
    /// The round ended.
    RoundEnd,
    /// The carrier left.
    Left,
}

/// What was denied to the enemy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// A dynamite was defused.
    Defused,
    /// The carrier was killed.
    CarrierKilled,
    /// The objective was returned.
    Returned,
    /// An engineer was killed on his way.
    EngineerKilled,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// Several kills of one player in quick order.
    Multikill {
        /// Kills.
        kills: usize,
        /// From the first to the last, ms.
        span_ms: i64,
    },
    /// One alone against several.
    Stand {
        /// The most enemies alive meanwhile.
        enemies: u32,
        /// Kills.
        kills: u32,
        /// He was alive at its end.
        survived: bool,
        /// And no enemy was.
        is_won: bool,
    },
    /// A whole team dead.
    TeamWipe {
        /// Which.
        #[serde(serialize_with = "team_tag")]
        team: Option<Team>,
        /// Of them killed by the enemy in the last seconds.
        kills: usize,
        /// From the first of these kills to the wipe, ms.
        span_ms: i64,
        /// How long nobody lived, ms.
        down_ms: i64,
    },
    /// Deaths that avenge each other.
    TradeChain {
        /// Deaths on the longest line.
        length: usize,
        /// Deaths.
        deaths: usize,
        /// From the first to the last, ms.
        span_ms: i64,
        /// The team that lost fewer.
        #[serde(serialize_with = "team_tag")]
        ahead: Option<Team>,
    },
    /// A death avenged at once.
    QuickTrade {
        /// After, ms.
        delay_ms: i64,
    },
    /// The first kill of the round.
    FirstBlood,
    /// The objective carried.
    Carried {
        /// From pick-up to end, ms.
        span_ms: i64,
        /// Straight from pick-up to the end, u; `None` when the end is not known.
        straight_u: Option<f64>,
        /// How it ended.
        end: CarryEnd,
    },
    /// The objective returned by touch.
    Returned {
        /// After the drop, ms, where the tracker tells.
        after_ms: Option<i64>,
    },
    /// Dynamite planted.
    Planted {
        /// At, as the map calls it; empty when the file does not say.
        track: String,
        /// Enemies near, where the tracker counted.
        enemies: Option<i64>,
    },
    /// Dynamite defused.
    Defused {
        /// At, as the map calls it.
        track: String,
        /// Left of the fuse, ms, where the plant is known.
        left_ms: Option<i64>,
    },
    /// An objective destroyed.
    Destroyed {
        /// Which, as the map calls it.
        track: String,
    },
    /// Something built.
    Constructed {
        /// What, as the map calls it; the tracker never says.
        track: String,
        /// Enemies near, where the tracker counted.
        enemies: Option<i64>,
    },
    /// A flag captured.
    FlagCaptured {
        /// Which, as the map calls it.
        track: String,
    },
    /// A denial in the round's last seconds.
    LastSecondDefence {
        /// What was denied.
        denial: Denial,
        /// Left of the round, ms.
        left_ms: i64,
    },
    /// Away from a fight.
    LongEscape {
        /// Who shot at him.
        attackers: usize,
        /// Raw damage.
        damage: i64,
        /// Way from first hit to escape, u.
        way_u: f64,
        /// The least health a sample shows meanwhile.
        least_health: Option<i64>,
    },
    /// A revive under fire.
    ReviveUnderFire {
        /// To the nearest living enemy, u.
        enemy_u: Option<f64>,
    },
}

/// What happened, without data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same as in What")]
pub enum Kind {
    Multikill,
    Stand,
    TeamWipe,
    TradeChain,
    QuickTrade,
    FirstBlood,
    Carried,
    Returned,
    Planted,
    Defused,
    Destroyed,
    Constructed,
    FlagCaptured,
    LastSecondDefence,
    LongEscape,
    ReviveUnderFire,
}

impl Kind {
    /// What a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Multikill => "Multikill",
            Self::Stand => "Stand against odds",
            Self::TeamWipe => "Team wipe",
            Self::TradeChain => "Trade chain",
            Self::QuickTrade => "Quick trade",
            Self::FirstBlood => "First blood",
            Self::Carried => "Objective carried",
            Self::Returned => "Objective returned",
            Self::Planted => "Dynamite planted",
            Self::Defused => "Dynamite defused",
            Self::Destroyed => "Objective destroyed",
            Self::Constructed => "Constructed",
            Self::FlagCaptured => "Flag captured",
            Self::LastSecondDefence => "Last-second defence",
            Self::LongEscape => "Long escape",
            Self::ReviveUnderFire => "Revive under fire",
        }
    }
}

impl What {
    /// Which kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Multikill { .. } => Kind::Multikill,
            Self::Stand { .. } => Kind::Stand,
            Self::TeamWipe { .. } => Kind::TeamWipe,
            Self::TradeChain { .. } => Kind::TradeChain,
            Self::QuickTrade { .. } => Kind::QuickTrade,
            Self::FirstBlood => Kind::FirstBlood,
            Self::Carried { .. } => Kind::Carried,
            Self::Returned { .. } => Kind::Returned,
            Self::Planted { .. } => Kind::Planted,
            Self::Defused { .. } => Kind::Defused,
            Self::Destroyed { .. } => Kind::Destroyed,
            Self::Constructed { .. } => Kind::Constructed,
            Self::FlagCaptured { .. } => Kind::FlagCaptured,
            Self::LastSecondDefence { .. } => Kind::LastSecondDefence,
            Self::LongEscape { .. } => Kind::LongEscape,
            Self::ReviveUnderFire { .. } => Kind::ReviveUnderFire,
        }
    }
}
