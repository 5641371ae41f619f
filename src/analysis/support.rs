//! Support uptime, ours: how much of a living player's time a fighting team mate was near.
//!
//! A sample holds from its time until the next one of its life (at most twice the cadence, so that gaps do not count). It is supported
//! when a team mate, that is **another player** of the same team, is in combat at that time and his last sample at or before it, at most
//! [`Params::oldest_sample_ms`] old, lies within [`Params::distance_u`] (two dimensions, as upstairs and downstairs hear each other).
//! In combat is who hit or was hit by an enemy, from the first to the last such hit of an engagement and [`Params::combat_tail_ms`] on;
//! shots at bodies and samples taken in limbo do not count.
//!
//! Unit: ms and percent of time alive. Source: `ENGAGEMENTS`, `PLAYER_TRACKS`. Does not depend on the cadence beyond half a step per
//! stretch. Known weakness: a player is not seen after a revive (trackers up to 6.11), so neither he nor his support counts then; an
//! engagement is one stretch of combat from first to last hit, however long the pause between them.
//! O(samples + samples inside a mate's combat stretch).

use super::combat::{Stretches, Windows};
use super::flags::{Flag, RowFlags};
use crate::model::format::engagement::{AttackerRow, EngagementRow};
use crate::model::{Life, LifeId, PlayerId, Round, Team};
use serde::Serialize;

/// Constants, with the reference's values where it has them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// How near the fighting team mate must be, u.
    pub distance_u: f32,
    /// How long combat goes on after the last hit, ms.
    pub combat_tail_ms: i64,
    /// How old the mate's last sample may be, ms.
    pub oldest_sample_ms: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            distance_u: 600.0,
            combat_tail_ms: 1500,
            oldest_sample_ms: 1500,
        }
    }
}

/// Time supported, of somebody or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Supported {
    /// Time with samples, ms.
    pub alive_ms: i64,
    /// Of this, with a fighting team mate near, ms.
    pub supported_ms: i64,
}

impl Supported {
    /// Percent of the time alive; `None` without any.
    pub fn percent(self) -> Option<f64> {
        (self.alive_ms > 0).then(|| 100.0 * self.supported_ms as f64 / self.alive_ms as f64)
    }
}

/// The support of one round.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Support {
    /// Everybody together.
    pub all: Supported,
    /// By player (indexed by [`PlayerId`]).
    pub players: Vec<Supported>,
    /// By life, as long as [`Round::lives`]; not printed.
    #[serde(skip)]
    pub lives: Vec<Supported>,
}

/// The support of a round.
pub fn support(round: &Round, flags: &RowFlags, params: &Params) -> Support {
    let mut result = Support {
        all: Supported::default(),
        players: vec![Supported::default(); round.players.len()],
        lives: Vec::with_capacity(round.lives().len()),
    };
    let windows = windows(round, flags, params);
    let walk = Walk {
        round,
        flags,
        params,
    };
    for life in round.lives() {
        let of_team = windows.iter().find(|(team, _)| Some(*team) == life.team);
        let held = walk.of_life(life, of_team.map(|(_, windows)| windows));
        for sum in [&mut result.all, &mut result.players[life.player.index()]] {
            sum.alive_ms += held.alive_ms;
            sum.supported_ms += held.supported_ms;
        }
        result.lives.push(held);
    }
    result
}

/// The attackers of an engagement that are the target's enemies, with who they are.
pub(super) fn enemies_of<'a>(
    round: &'a Round,
    row: &'a EngagementRow,
) -> impl Iterator<Item = (PlayerId, &'a AttackerRow)> {
    let target = round.players.find(row.target_guid, row.target_name);
    let attackers = round.document.engagements.attackers_of(row).iter();
    let enemies = attackers.filter(|attacker| attacker.team != row.target_team);
    let known = enemies.filter_map(|a| Some((round.players.find(a.guid, a.name)?, a)));
    known.filter(move |(attacker, _)| Some(*attacker) != target)
}

/// When each player is in combat, indexed by [`PlayerId`].
fn combat(round: &Round, flags: &RowFlags, tail_ms: i64) -> Vec<Stretches> {
    let mut raw = vec![Vec::new(); round.players.len()];
    let rows = round.document.engagements.table.rows.iter();
    for (row, doubts) in rows.zip(&flags.engagements) {
        if doubts.has(Flag::Corpse) {
            continue;
        }
        let target = round.players.find(row.target_guid, row.target_name);
        for (attacker, hits) in enemies_of(round, row) {
            let end_ms = hits.last_hit.max(hits.first_hit).saturating_add(tail_ms);
            raw[attacker.index()].push((hits.first_hit, end_ms));
            if let Some(target) = target {
                raw[target.index()].push((hits.first_hit, end_ms));
            }
        }
    }
    raw.into_iter()
        .map(|raw| Stretches::merged(raw, 1))
        .collect()
}

/// Per team, when which of its lives is in combat.
fn windows(round: &Round, flags: &RowFlags, params: &Params) -> Vec<(Team, Windows)> {
    let combat = combat(round, flags, params.combat_tail_ms);
    let of_team = |team: Team| {
        let lives = round.lives().iter().enumerate();
        let own = lives.filter(move |(_, life)| life.team == Some(team));
        let stretches = own.flat_map(|(index, life)| {
            let fights = combat[life.player.index()].within(life.start_ms, life.end_ms - 1);
            fights.map(move |(start, end)| (start, end, index as u32))
        });
        let held = stretches.filter(|(start, end, _)| start <= end);
        (team, Windows::new(held.collect()))
    };
    Team::SIDES.into_iter().map(of_team).collect()
}

struct Walk<'a> {
    round: &'a Round,
    flags: &'a RowFlags,
    params: &'a Params,
}

impl Walk<'_> {
    fn of_life(&self, life: &Life, windows: Option<&Windows>) -> Supported {
        let mut near = vec![false; life.sample_count()];
        if let Some(windows) = windows {
            for (start, end, mate) in windows.touching(life.start_ms, life.end_ms) {
                let mate = self.round.life(LifeId(mate));
                if mate.player != life.player {
                    self.mark(life, mate, start, end, &mut near);
                }
            }
        }
        let mut sum = Supported::default();
        for (nth, near) in near.into_iter().enumerate() {
            let held_ms = held_ms(self.flags, life, nth);
            sum.alive_ms += held_ms;
            sum.supported_ms += if near { held_ms } else { 0 };
        }
        sum
    }

    /// Marks the samples between two times at which `mate` is near.
    fn mark(&self, life: &Life, mate: &Life, start_ms: i64, end_ms: i64, near: &mut [bool]) {
        let samples = self.round.samples();
        let first = life.samples_until(samples, start_ms - 1);
        let mut until: Option<usize> = None;
        for (nth, near) in near.iter_mut().enumerate().skip(first) {
            let index = life.sample_index(nth);
            let t_ms = i64::from(samples.time_ms[index]);
            if t_ms > end_ms {
                return;
            }
            if *near {
                continue;
            }
            let mut next = until.unwrap_or_else(|| mate.samples_until(samples, t_ms));
            let time = |nth| i64::from(samples.time_ms[mate.sample_index(nth)]);
            while next < mate.sample_count() && time(next) <= t_ms {
                next += 1;
            }
            until = Some(next);
            *near = next.checked_sub(1).is_some_and(|last| {
                let there = mate.sample_index(last);
                let (dx, dy) = (
                    samples.x[index] - samples.x[there],
                    samples.y[index] - samples.y[there],
                );
                t_ms - time(last) <= self.params.oldest_sample_ms
                    && !self.flags.ghost_samples[there]
                    && dx * dx + dy * dy <= self.params.distance_u * self.params.distance_u
            });
        }
    }
}

/// How long the `nth` sample of a life holds, ms; see [`RowFlags::held_ms`].
#[inline]
pub(super) fn held_ms(flags: &RowFlags, life: &Life, nth: usize) -> i64 {
    i64::from(flags.held_ms[life.sample_index(nth)])
}
