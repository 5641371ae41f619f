//! Kills that make the victim wait long, by the reinforcement clock of his team.
//!
//! Looked at are kills of enemies whose team has a validated clock ([`super::waves`]). A kill is *late* when at least [`Params::share`] of the
//! interval is left until the victim's next wave lands: he died just behind a wave. A late kill *splits* the team when the victim was
//! not among those who landed with that wave and at least [`Params::fewest_mates`] team mates were: had he died before it he would have come
//! with them, now he comes an interval behind them. Separately, and measured from the landings: he *missed the next wave* when he
//! was not back by it although at least so many mates landed with it (he waited for a medic, or came too late into limbo).
//!
//! Late and split are judged in the moment of the kill; how long he was out in the end stands beside ([`Stagger::out_ms`]), as a revive may
//! undo either.
//!
//! Source: `SPAWN_TIMING`, `PLAYER_TRACKS`, deaths of [`super::deaths`], outages of [`super::outages`]. Unit ms. Known weakness: says nothing
//! about intent; the spawn at the start of the round is no wave. O(kills · log waves).

use super::deaths::{Death, DeathKind};
use super::outages::Outages;
use super::waves::{self, Clocks, WaveClock, landed};
use crate::model::{PlayerId, Round, Team};
use serde::Serialize;
use std::collections::BTreeMap;

/// Constants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// Share of the interval that must be left, 0 to 1.
    pub share: f64,
    /// So many mates with a wave make it one that can be missed.
    pub fewest_mates: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            share: 0.75,
            fewest_mates: 2,
        }
    }
}

/// One kill against the clock of the victim's team.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stagger {
    /// When, ms.
    pub t_ms: i64,
    /// Who killed.
    pub killer: PlayerId,
    /// Who died.
    pub victim: PlayerId,
    /// Until the next wave of the victim's team lands, ms.
    pub to_next_ms: i64,
    /// That as a share of the interval, above 0, at most 1.
    pub share: f64,
    /// It was late: at least the share of the parameters is left.
    pub is_late: bool,
    /// Mates of the victim who landed with the wave before the kill.
    pub mates_landed: usize,
    /// He had landed with that wave himself.
    pub had_landed: bool,
    /// It split the team: see the module.
    pub is_split: bool,
    /// He was not back with the next wave although mates landed with it; `None` when no wave followed in the round.
    pub missed_next: Option<bool>,
    /// How long he was out, ms, as measured; `None` when unseen.
    pub out_ms: Option<i64>,
}

/// How many of somebody's kills were of which kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StaggerCounts {
    /// Kills against a clock: the n of the others.
    pub kills: u32,
    /// Late ones.
    pub late: u32,
    /// Splits.
    pub splits: u32,
    /// After which the victim missed the next wave.
    pub missed_next: u32,
    /// Sum of the times to the next wave, ms.
    pub to_next_ms: i64,
}

impl StaggerCounts {
    /// Mean time to the next wave at the kill, ms; `None` without kills.
    pub fn mean_to_next_ms(&self) -> Option<f64> {
        (self.kills > 0).then(|| self.to_next_ms as f64 / f64::from(self.kills))
    }

    fn add(&mut self, kill: &Stagger) {
        self.kills += 1;
        self.late += u32::from(kill.is_late);
        self.splits += u32::from(kill.is_split);
        self.missed_next += u32::from(kill.missed_next == Some(true));
        self.to_next_ms = self.to_next_ms.saturating_add(kill.to_next_ms);
    }
}

/// The kills of a round against the clocks.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Staggers {
    /// In order of time; kills of a team without a clock are missing.
    pub kills: Vec<Stagger>,
    /// By killer (indexed by [`PlayerId`]).
    pub players: Vec<StaggerCounts>,
    /// Kills of Allies.
    pub of_allies: StaggerCounts,
    /// Kills of Axis.
    pub of_axis: StaggerCounts,
}

/// All kills against the clocks; `deaths` and `outages` are those of the round.
pub fn staggers(
    round: &Round,
    deaths: &[Death],
    outages: &Outages,
    clocks: &Clocks,
    waves: &waves::Params,
    params: &Params,
) -> Staggers {
    let mut result = Staggers {
        players: vec![StaggerCounts::default(); round.players.len()],
        ..Staggers::default()
    };
    let sides = Team::SIDES.map(|team| {
        let clock = clocks.team(team)?;
        Some(Side {
            round,
            clock,
            landed: landed(round, team, clock, waves),
            tolerance_ms: waves.tolerance_ms,
            params,
        })
    });
    for (death, outage) in deaths.iter().zip(&outages.all) {
        let (DeathKind::Enemy, Some(killer)) = (death.kind, death.killer) else {
            continue;
        };
        let (side, counts) = match death.victim_team {
            Some(Team::Axis) => (&sides[0], &mut result.of_axis),
            Some(Team::Allies) => (&sides[1], &mut result.of_allies),
            _ => continue,
        };
        let Some(side) = side else { continue };
        let kill = side.kill(death, killer, outage.until_ms, outage.out_ms());
        counts.add(&kill);
        result.players[killer.index()].add(&kill);
        result.kills.push(kill);
    }
    result
}

/// The victim's team.
struct Side<'a> {
    round: &'a Round,
    clock: &'a WaveClock,
    landed: BTreeMap<i64, Vec<PlayerId>>,
    tolerance_ms: i64,
    params: &'a Params,
}

impl Side<'_> {
    /// How many landed with a wave beside the victim, and whether he did.
    fn landed(&self, wave: i64, victim: PlayerId) -> (usize, bool) {
        let players = self.landed.get(&wave).map_or(&[][..], Vec::as_slice);
        let did = players.contains(&victim);
        (players.len() - usize::from(did), did)
    }

    fn kill(
        &self,
        death: &Death,
        killer: PlayerId,
        until_ms: Option<i64>,
        out_ms: Option<i64>,
    ) -> Stagger {
        let wave = self.clock.landed_wave(death.t_ms);
        let to_next_ms = self.clock.to_next_landing_ms(death.t_ms);
        let share = to_next_ms as f64 / self.clock.interval_ms as f64;
        let is_late = share >= self.params.share;
        let (mates_landed, had_landed) = self.landed(wave, death.victim);
        let next_ms = self.clock.landing_ms(wave.saturating_add(1));
        let missed_next = (next_ms <= self.round.clock.end_ms).then(|| {
            let (mates, _) = self.landed(wave.saturating_add(1), death.victim);
            let by_then = next_ms.saturating_add(self.tolerance_ms);
            mates >= self.params.fewest_mates && until_ms.is_some_and(|until| until > by_then)
        });
        Stagger {
            t_ms: death.t_ms,
            killer,
            victim: death.victim,
            to_next_ms,
            share,
            is_late,
            mates_landed,
            had_landed,
            is_split: is_late && !had_landed && mates_landed >= self.params.fewest_mates,
            missed_next,
            out_ms,
        }
    }
}
