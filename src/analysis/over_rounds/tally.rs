//! What is counted of a player (or class, or everybody) in one round: whole numbers only, so that adding them in any order gives the same.

use serde::Serialize;

macro_rules! tally {
    ($($(#[$doc:meta])* $field:ident: $type:ty,)+) => {
        /// Counts and times that add up over players, classes and rounds.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
        pub struct Tally {
            $($(#[$doc])* pub $field: $type,)+
        }

        impl Tally {
            /// Adds another one.
            pub fn add(&mut self, other: &Self) {
                $(self.$field = self.$field.saturating_add(other.$field);)+
            }
        }
    };
}

tally! {
    /// Lives, without those of limbo ghosts.
    lives: u32,
    /// Time alive, after revives too, ms.
    alive_ms: i64,
    /// Time alive with samples, ms.
    sampled_ms: i64,
    /// Enemies killed.
    kills: u32,
    /// Deaths of any kind.
    deaths: u32,
    /// Of these, by his own hand.
    self_kills: u32,
    /// Team mates killed.
    team_kills: u32,
    /// Raw damage to enemies in fights.
    damage_given: i64,
    /// Raw damage by enemies in fights.
    damage_taken: i64,
    /// Sampled time with a fighting team mate near, ms.
    supported_ms: i64,
    /// Way, thousandths of u.
    way_milli_u: i64,
    /// Sampled time moving, ms.
    moving_ms: i64,
    /// Sampled time at any objective, ms.
    objective_ms: i64,
    /// Sampled time in rounds with known objectives, ms.
    objective_sampled_ms: i64,
    /// Deaths by enemies, with the killer known.
    enemy_deaths: u32,
    /// Of these, avenged inside the window.
    avenged: u32,
    /// Of these, with it known who was near.
    placed_deaths: u32,
    /// Of the placed, without a team mate inside the isolation distance.
    alone_deaths: u32,
    /// Of the placed, with a team mate near enough to trade.
    near_deaths: u32,
    /// Of the near, with nothing done.
    missed_deaths: u32,
    /// Deaths of team mates near which he was.
    trade_chances: u32,
    /// Of these, after which he hit the killer.
    trade_tries: u32,
    /// Of these, which he avenged.
    trade_successes: u32,
    /// Deaths of team mates which he avenged, near or not.
    trades: u32,
    /// Fights as target.
    targeted: u32,
    /// Of these, against several attackers.
    focused: u32,
    /// Escaped from one attacker.
    solo_escapes: u32,
    /// Escaped from several.
    focus_escapes: u32,
    /// Kills with the victim's time out known.
    denied_kills: u32,
    /// Time out of these victims, ms.
    denied_ms: i64,
    /// Hits on living enemies with a region.
    region_hits: u32,
    /// Of these, on the head.
    head_hits: u32,
    /// Hits by weapon accuracy.
    weapon_hits: i64,
    /// Headshots by weapon accuracy.
    weapon_headshots: i64,
}

impl Tally {
    /// Nothing at all was counted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
