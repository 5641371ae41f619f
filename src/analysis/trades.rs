//! Trade chances, ours: every kill by an enemy, and what the victim's team made of it.
//!
//! * Only deaths by an enemy ([`DeathKind::Enemy`]) can be traded; self, team and world deaths are no rows here.
//! * *Near* is a team mate, told apart by player and not by GUID alone, who is alive with a last sample at or before the death (never a
//!   later one, never one taken in limbo), at most [`Params::oldest_sample_ms`] old, within [`Params::distance_u`] in two dimensions.
//! * *Tried* is a team mate with a hit on the killer inside the window, also one who had been shooting at him before.
//! * *Avenged* by the team mate whom a death row gives as the killer's killer inside the window: the killer's first death there by the
//!   victim's team counts. *Own revenge* when that was the victim himself, by a grenade or mine that outlived him or after a revive;
//!   the reference and the tracker call this a trade too.
//! * The killer may have been *dead already*: his own grenade outlived him. Nobody could have avenged that. A file that records no revives
//!   proves nobody dead for long: there a killer who died more than [`Params::outlived_ms`] before counts as living.
//! * *Missed* when somebody was near, nobody tried or avenged, and the killer lived.
//!
//! Unit ms, u. Source: `ENGAGEMENTS`, `COMBAT_POSITIONS`, `PLAYER_TRACKS`. Known weakness: a team mate alive after a revive has no
//! samples (trackers up to 6.11) and is not seen near; of a mate's hits only the first and the last are known, so one who hit the killer
//! before and after but not inside the window counts neither way. A killer who dies by his own hand inside the window still leaves
//! a chance missed. O(deaths · (players · log lives + hits on the killer)).

use super::deaths::{Death, DeathKind};
use super::flags::{Flag, RowFlags};
use super::support::enemies_of;
use crate::model::{Absence, PlayerId, Presence, Round, Team};
use serde::{Serialize, Serializer};

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
    /// In a file without revives, how long after his death a killer was surely dead, ms: a grenade's fuse and some more.
    pub outlived_ms: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            window_ms: 3000,
            distance_u: 800.0,
            oldest_sample_ms: 1500,
            isolation_u: 1200.0,
            outlived_ms: 6000,
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
    /// Where: x, y, z.
    pub pos: [f32; 3],
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
    /// His team at that moment.
    #[serde(serialize_with = "team_tag")]
    pub victim_team: Option<Team>,
    /// Who did it.
    pub killer: PlayerId,
    /// The killer had died before.
    pub is_killer_dead: bool,
    /// Team mates near, the nearest first.
    pub near: Vec<NearMate>,
    /// Team mates who hit the killer, the quickest first.
    pub tried: Vec<Reply>,
    /// The team mate who killed him.
    pub avenged: Option<Reply>,
    /// The victim himself killed him; after 0 ms both died in the same moment.
    pub own_revenge: Option<Reply>,
    /// Distance of the nearest team mate however far, u; `None` when none is seen.
    pub nearest_u: Option<f32>,
    /// Whether anything can be said of who was near: the file has tracks and a place of the death.
    pub are_mates_known: bool,
    /// Nobody within the isolation distance; never where mates are not known.
    pub is_isolated: bool,
    /// Index of the death in the deaths this was made of.
    #[serde(skip)]
    pub death: usize,
    /// Index of the killer's death that avenged it, by a mate or by the victim.
    #[serde(skip)]
    pub revenge: Option<usize>,
}

impl TradeChance {
    /// Somebody was near, the killer lived, and nobody did anything.
    pub fn is_missed(&self) -> bool {
        let is_answered =
            !self.tried.is_empty() || self.avenged.is_some() || self.own_revenge.is_some();
        !self.near.is_empty() && !self.is_killer_dead && !is_answered
    }
}

/// A team as its word in a round file.
#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it so"
)]
pub(super) fn team_tag<S: Serializer>(
    team: &Option<Team>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    team.map(Team::tag).serialize(serializer)
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
    let has_tracks = !round.lives().is_empty();
    let rows_in = |section| round.document.rows_in(section) > 0;
    let dead_for_ms = if rows_in("REVIVES") || rows_in("KILL_OUTCOME") {
        i64::MAX
    } else {
        params.outlived_ms
    };
    let kills = deaths.iter().enumerate();
    kills
        .filter(|(_, death)| death.kind == DeathKind::Enemy)
        .filter_map(|(index, death)| {
            let killer = death.killer?;
            let are_mates_known = has_tracks && death.victim_pos.is_some();
            let seen = mates(round, death, flags, params);
            let nearest_u = seen.first().map(|mate| mate.distance_u);
            let tried = tried(&hits[killer.index()], death, params);
            let revenge = revenge(deaths, death, killer, params);
            let reply = revenge.map(|later| reply(death, &deaths[later], &tried));
            let reply = reply.flatten();
            Some(TradeChance {
                t_ms: death.t_ms,
                victim: death.victim,
                victim_team: death.victim_team,
                killer,
                is_killer_dead: is_dead_before(round, killer, death.t_ms, dead_for_ms),
                avenged: reply.filter(|reply| reply.player != death.victim),
                own_revenge: reply.filter(|reply| reply.player == death.victim),
                nearest_u,
                are_mates_known,
                is_isolated: are_mates_known && nearest_u.is_none_or(|u| u > params.isolation_u),
                near: seen
                    .into_iter()
                    .take_while(|mate| mate.distance_u <= params.distance_u)
                    .collect(),
                tried,
                death: index,
                revenge: reply.and(revenge),
            })
        })
        .collect()
}

/// Whether the player was dead at `t_ms` and had been before, for so long at most; whoever dies in that very moment was not.
fn is_dead_before(round: &Round, player: PlayerId, t_ms: i64, for_ms: i64) -> bool {
    match round.presence_at(player, t_ms) {
        Presence::Absent(Absence::Dead { since_ms, .. }) => {
            since_ms < t_ms && t_ms.saturating_sub(since_ms) <= for_ms
        }
        _ => false,
    }
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
            let pos = [samples.x[index], samples.y[index], samples.z[index]];
            Some(NearMate {
                player,
                distance_u: finite((pos[0] - x).hypot(pos[1] - y)),
                height_u: finite(pos[2] - z),
                pos,
                age_ms: sample.age_ms,
            })
        })
        .collect();
    seen.sort_by(|a, b| a.distance_u.total_cmp(&b.distance_u));
    seen
}

/// Differences of absurd coordinates may overflow; the largest number stands for them.
pub(super) fn finite(u: f32) -> f32 {
    u.clamp(f32::MIN, f32::MAX)
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

/// Index of the killer's first death by the victim's team inside the window.
fn revenge(deaths: &[Death], death: &Death, killer: PlayerId, params: &Params) -> Option<usize> {
    let team = death.victim_team?;
    let until_ms = death.t_ms.saturating_add(params.window_ms);
    let from = deaths.partition_point(|later| later.t_ms < death.t_ms);
    let later = deaths[from..].iter().zip(from..);
    let mut inside = later.take_while(|(later, _)| later.t_ms <= until_ms);
    let found = inside.find(|(later, _)| {
        later.victim == killer
            && later.kind == DeathKind::Enemy
            && later.killer.is_some()
            && later.killer_team == Some(team)
    });
    found.map(|(_, index)| index)
}

fn reply(death: &Death, revenge: &Death, tried: &[Reply]) -> Option<Reply> {
    let player = revenge.killer?;
    let own = tried.iter().find(|reply| reply.player == player);
    Some(Reply {
        player,
        delay_ms: revenge.t_ms - death.t_ms,
        was_already_shooting: own.is_some_and(|reply| reply.was_already_shooting),
    })
}
