//! Trade chances, ours: every kill by an enemy, and what the victim's team made of it.
//!
//! * Only deaths by an enemy ([`DeathKind::Enemy`]) can be traded; self, team and world deaths are no rows here.
//! * *Near* is a team mate, told apart by player and not by GUID alone, who is alive with a last sample at or before the death (never a
//!   later one, never one taken in limbo), at most [`Params::oldest_sample_ms`] old, within [`Params::distance_u`] in two dimensions.
//! * *Tried* is a team mate with a hit on the killer inside the window, also one who had been shooting at him before.
//! * *Avenged* by whom a death row gives as the killer's killer inside the window.
//! * *Missed* when somebody was near and nobody tried or avenged.
//!
//! Unit ms, u. Source: `ENGAGEMENTS`, `COMBAT_POSITIONS`, `PLAYER_TRACKS`. Known weakness: a team mate alive after a revive has no
//! samples (trackers up to 6.11) and is not seen near; of a mate's hits only the first and the last are known, so one who hit the killer
//! before and after but not at the ends of the window is missed. O(deaths · (players · log lives + hits on the killer)).

use super::deaths::{Death, DeathKind};
use super::flags::{Flag, RowFlags};
use super::support::enemies_of;
use crate::model::{PlayerId, Presence, Round, Team};
use serde::Serialize;

/// Constants, with the reference's values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// How long after the death, ms.
    pub window_ms: i64,
    /// How near a team mate must be, u.
    pub distance_u: f32,
    /// How old his last sample may be, ms.
    pub oldest_sample_ms: i64,
    /// Further than this from all team mates is isolated, u.
    pub isolation_u: f32,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            window_ms: 3000,
            distance_u: 800.0,
            oldest_sample_ms: 1500,
            isolation_u: 1200.0,
        }
    }
}

/// A team mate near a death.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct NearMate {
    /// Who.
    pub player: PlayerId,
    /// In two dimensions, u.
    pub distance_u: f32,
    /// How much higher he is, u.
    pub height_u: f32,
    /// How old his sample is, ms.
    pub age_ms: i64,
}

/// What a team mate did to the killer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// Who.
    pub player: PlayerId,
    /// After the death, ms.
    pub delay_ms: i64,
    /// He had hit the killer before the death.
    pub was_already_shooting: bool,
}

/// One kill and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TradeChance {
    /// When, ms.
    pub t_ms: i64,
    /// Who died.
    pub victim: PlayerId,
    /// Who did it.
    pub killer: PlayerId,
    /// Team mates near, the nearest first.
    pub near: Vec<NearMate>,
    /// Team mates who hit the killer, the quickest first.
    pub tried: Vec<Reply>,
    /// Who killed him.
    pub avenged: Option<Reply>,
    /// Distance of the nearest team mate however far, u; `None` when none is seen.
    pub nearest_u: Option<f32>,
    /// Nobody within the isolation distance.
    pub is_isolated: bool,
}

impl TradeChance {
    /// Somebody was near and nobody did anything.
    pub fn is_missed(&self) -> bool {
        !self.near.is_empty() && self.tried.is_empty() && self.avenged.is_none()
    }
}

/// Hits on one player in one engagement by one enemy.
struct Hits {
    by: PlayerId,
    team: Option<Team>,
    first_ms: i64,
    last_ms: i64,
}

/// The trade chances of a round in order of time; `deaths` are its [`super::deaths::deaths`].
pub fn trades(
    round: &Round,
    deaths: &[Death],
    flags: &RowFlags,
    params: &Params,
) -> Vec<TradeChance> {
    let hits = hits_on(round, flags);
    let kills = deaths.iter().filter(|death| death.kind == DeathKind::Enemy);
    kills
        .filter_map(|death| {
            let killer = death.killer?;
            let seen = mates(round, death, flags, params);
            let nearest_u = seen.first().map(|mate| mate.distance_u);
            Some(TradeChance {
                t_ms: death.t_ms,
                victim: death.victim,
                killer,
                tried: tried(&hits[killer.index()], death, params),
                avenged: avenged(deaths, death, killer, params),
                nearest_u,
                is_isolated: nearest_u.is_none_or(|u| u > params.isolation_u),
                near: seen
                    .into_iter()
                    .take_while(|mate| mate.distance_u <= params.distance_u)
                    .collect(),
            })
        })
        .collect()
}

/// Per target all hits of enemies, bodies left out.
fn hits_on(round: &Round, flags: &RowFlags) -> Vec<Vec<Hits>> {
    let mut hits: Vec<Vec<Hits>> = Vec::new();
    hits.resize_with(round.players.len(), Vec::new);
    let rows = round.document.engagements.table.rows.iter();
    for (row, doubts) in rows.zip(&flags.engagements) {
        let Some(target) = round.players.find(row.target_guid, row.target_name) else {
            continue;
        };
        if doubts.has(Flag::Corpse) {
            continue;
        }
        hits[target.index()].extend(enemies_of(round, row).map(|(by, attacker)| Hits {
            by,
            team: Team::from_tag(round.text(attacker.team)),
            first_ms: attacker.first_hit,
            last_ms: attacker.last_hit.max(attacker.first_hit),
        }));
    }
    hits
}

/// All living team mates of a victim whose place is known, the nearest first.
fn mates(round: &Round, death: &Death, flags: &RowFlags, params: &Params) -> Vec<NearMate> {
    let Some([x, y, z]) = death.victim_pos else {
        return Vec::new();
    };
    let samples = round.samples();
    let others = round.players.ids().filter(|id| *id != death.victim);
    let mut seen: Vec<NearMate> = others
        .filter_map(|player| {
            let Presence::Alive { life, sample } = round.presence_at(player, death.t_ms) else {
                return None;
            };
            let is_mate =
                round.life(life).team.is_some() && round.life(life).team == death.victim_team;
            let index = sample.index;
            if !is_mate
                || sample.age_ms > params.oldest_sample_ms
                || flags.ghost_samples[index]
                || samples.health[index] <= 0
            {
                return None;
            }
            Some(NearMate {
                player,
                // Garbage coordinates are as far away as can be told, never infinitely far.
                distance_u: (samples.x[index] - x)
                    .hypot(samples.y[index] - y)
                    .min(f32::MAX),
                height_u: (samples.z[index] - z).clamp(f32::MIN, f32::MAX),
                age_ms: sample.age_ms,
            })
        })
        .collect();
    seen.sort_by(|a, b| a.distance_u.total_cmp(&b.distance_u));
    seen
}

fn tried(on_killer: &[Hits], death: &Death, params: &Params) -> Vec<Reply> {
    let window = death.t_ms..=death.t_ms.saturating_add(params.window_ms);
    let mut replies: Vec<Reply> = Vec::new();
    let of_team = on_killer
        .iter()
        .filter(|hits| hits.team.is_some() && hits.team == death.victim_team);
    for hits in of_team.filter(|hits| hits.by != death.victim) {
        let inside = [hits.first_ms, hits.last_ms]
            .into_iter()
            .find(|t| window.contains(t));
        let Some(t_ms) = inside else { continue };
        let reply = Reply {
            player: hits.by,
            delay_ms: t_ms - death.t_ms,
            was_already_shooting: hits.first_ms < death.t_ms,
        };
        match replies.iter_mut().find(|known| known.player == hits.by) {
            Some(known) if known.delay_ms <= reply.delay_ms => {}
            Some(known) => *known = reply,
            None => replies.push(reply),
        }
    }
    replies.sort_by_key(|reply| (reply.delay_ms, reply.player));
    replies
}

/// The killer's own death by the victim's team inside the window.
fn avenged(deaths: &[Death], death: &Death, killer: PlayerId, params: &Params) -> Option<Reply> {
    let from = deaths.partition_point(|later| later.t_ms < death.t_ms);
    let later = deaths[from..]
        .iter()
        .take_while(|later| later.t_ms <= death.t_ms.saturating_add(params.window_ms));
    let mut revenge = later.filter(|later| {
        later.victim == killer
            && later.kind == DeathKind::Enemy
            && later.killer_team == death.victim_team
    });
    revenge.find_map(|later| {
        Some(Reply {
            player: later.killer?,
            delay_ms: later.t_ms - death.t_ms,
            was_already_shooting: false,
        })
    })
}
