//! The weights.

use serde::Serialize;

/// Points are without unit; a triple kill in no time is worth 36.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// Points of a multikill of n: this times n (n − 1).
    pub multikill: f64,
    /// Up to this share of them more for kills in no time; none for kills as far apart as [`Params::multikill_gap_ms`].
    pub multikill_speed_share: f64,
    /// The gap of [`crate::analysis::alive::Params`], ms.
    pub multikill_gap_ms: i64,
    /// Points of n kills of one who stands alone: this times n (n + 1).
    pub stand: f64,
    /// Points for every enemy above one, no more of them than twice the kills.
    pub stand_odds: f64,
    /// Points for having survived it.
    pub stand_survived: f64,
    /// Points on top for no enemy left.
    pub stand_won: f64,
    /// Points of a wipe.
    pub wipe: f64,
    /// Points for every player of the team killed in the last seconds.
    pub wipe_kill: f64,
    /// Up to so many points for all at once; none when they are spread over [`Params::wipe_ms`].
    pub wipe_speed: f64,
    /// How long before a wipe its kills may lie, ms.
    pub wipe_ms: i64,
    /// Kills that a wipe needs at least.
    pub wipe_fewest_kills: usize,
    /// Length from which a trade chain is a moment.
    pub chain_length: usize,
    /// Points for every avenged death of its longest line.
    pub chain_link: f64,
    /// Points for every death beside that line.
    pub chain_side: f64,
    /// Points for every point of the chain's own score for speed.
    pub chain_speed: f64,
    /// Slowest trade that is a quick one, ms.
    pub quick_trade_ms: i64,
    /// Points of a quick trade.
    pub quick_trade: f64,
    /// Up to so many more for one in no time.
    pub quick_trade_speed: f64,
    /// Points of the first blood.
    pub first_blood: f64,
    /// Points of a plant.
    pub planted: f64,
    /// Points of a defuse.
    pub defused: f64,
    /// Up to so many more for a defuse in the last moment of the fuse.
    pub defused_close: f64,
    /// How much of the fuse may be left for that, ms.
    pub defused_close_ms: i64,
    /// How long a dynamite burns, ms.
    pub fuse_ms: i64,
    /// Points of a destroyed objective.
    pub destroyed: f64,
    /// Points of a construction.
    pub constructed: f64,
    /// Points of a flag.
    pub flag: f64,
    /// Points for every enemy near an objective action, up to [`Params::most_enemies`].
    pub enemy_near: f64,
    /// Points for every kill around it in the half minute before, up to [`Params::most_kills`].
    pub kill_near: f64,
    /// Enemies that count.
    pub most_enemies: i64,
    /// Kills that count.
    pub most_kills: i64,
    /// Points of a carry for every 1000 u between pick-up and end, in a straight line.
    pub carry_per_1000_u: f64,
    /// Points when the carrier was killed.
    pub carry_killed: f64,
    /// Points when a living carrier laid it down or delivered it, for every 1000 u in a straight line.
    pub carry_laid_down_per_1000_u: f64,
    /// Points when the tracker saw it secured.
    pub carry_secured: f64,
    /// Points when the round ended with it.
    pub carry_round_end: f64,
    /// Longest straight line that counts, u.
    pub carry_most_u: f64,
    /// Shorter carries are none, ms.
    pub carry_shortest_ms: i64,
    /// Points of a return by touch.
    pub returned: f64,
    /// From so long after the drop an objective returns by itself, ms.
    pub returns_itself_ms: i64,
    /// How long before the round's end a denial is a last-second defence, ms.
    pub last_ms: i64,
    /// Up to so many points for it, most in the last moment.
    pub last: f64,
    /// Points for an engineer killed on his way in that time.
    pub engineer_denied: f64,
    /// How near the round's end a carried or destroyed objective ended it, ms.
    pub decided_ms: i64,
    /// Points of an escape for every attacker above one, up to four.
    pub escape_attacker: f64,
    /// Points for every 100 of raw damage, up to 300.
    pub escape_damage: f64,
    /// Points for every 1000 u of way, up to 3000.
    pub escape_way: f64,
    /// Up to so many points for no health left; none from [`Params::escape_health`] on.
    pub escape_near_death: f64,
    /// Health from which nothing was near.
    pub escape_health: f64,
    /// Points an escape needs to be a moment.
    pub escape_least: f64,
    /// Points of a revive under fire.
    pub revive: f64,
    /// Points when an enemy was within [`Params::revive_near_u`].
    pub revive_near: f64,
    /// That distance, u.
    pub revive_near_u: f64,
    /// Share of its points that a moment loses whose deaths a better one tells.
    pub told_share: f64,
    /// The n-th best of a kind keeps 1 / (1 + this · (n − 1)) of its points.
    pub repeated: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            multikill: 4.0,
            multikill_speed_share: 0.5,
            multikill_gap_ms: 4000,
            stand: 5.0,
            stand_odds: 3.0,
            stand_survived: 6.0,
            stand_won: 15.0,
            wipe: 10.0,
            wipe_kill: 3.0,
            wipe_speed: 15.0,
            wipe_ms: 15_000,
            wipe_fewest_kills: 2,
            chain_length: 3,
            chain_link: 8.0,
            chain_side: 2.0,
            chain_speed: 4.0,
            quick_trade_ms: 1500,
            quick_trade: 5.0,
            quick_trade_speed: 5.0,
            first_blood: 5.0,
            planted: 12.0,
            defused: 14.0,
            defused_close: 20.0,
            defused_close_ms: 10_000,
            fuse_ms: 30_000,
            destroyed: 20.0,
            constructed: 4.0,
            flag: 10.0,
            enemy_near: 3.0,
            kill_near: 1.0,
            most_enemies: 3,
            most_kills: 5,
            carry_per_1000_u: 4.0,
            carry_killed: 6.0,
            carry_laid_down_per_1000_u: 4.0,
            carry_secured: 25.0,
            carry_round_end: 25.0,
            carry_most_u: 5000.0,
            carry_shortest_ms: 1000,
            returned: 6.0,
            returns_itself_ms: 29_000,
            last_ms: 15_000,
            last: 20.0,
            engineer_denied: 4.0,
            decided_ms: 2000,
            escape_attacker: 4.0,
            escape_damage: 3.0,
            escape_way: 3.0,
            escape_near_death: 10.0,
            escape_health: 40.0,
            escape_least: 14.0,
            revive: 4.0,
            revive_near: 2.0,
            revive_near_u: 400.0,
            told_share: 0.4,
            repeated: 0.15,
        }
    }
}
