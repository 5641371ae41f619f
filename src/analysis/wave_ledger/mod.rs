//! What each team made of each of its reinforcement waves: a ledger of the fight from wave to wave.
//!
//! A *cycle* of a team runs from the landing of one of its waves to the landing of the next ([`super::waves`]; half-open). The first one begins with
//! the round and the last one ends with it, so both may be cut ([`Cycle::is_whole`]). A cycle is *won* by who killed more enemies in it
//! ([`Cycle::net_kills`]); ground and objectives are not judged. The *merged* table cuts the round at the landings of both teams; its segments
//! cover the round without gaps, so their sums are those of the round.
//!
//! *Waiting* time of a cycle is the sum, over its own deaths, of the time until each of the dead was back ([`super::outages`]), also
//! beyond the end of the cycle; *dead* time is what of all outages lies inside the cycle. Both add up over cycles.
//!
//! Source: clocks of [`super::waves`], deaths, outages, counts of [`super::alive`]. Unit ms. Only for teams with a validated clock. Known
//! weakness: events outside of the round's clock span are in no cycle; weaknesses of the counts and outages apply.
//! O(cycles · players + (deaths + steps + outages) · log).

mod merged;

pub use merged::Segment;

use super::alive::{AliveStretch, Step};
use super::deaths::{Death, DeathKind};
use super::outages::Outages;
use super::waves::{self, Clocks, WaveClock, landed};
use crate::model::{PlayerId, Round, Team};
use merged::merged;
use serde::Serialize;

/// Who killed more in a cycle, seen from the team whose cycle it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It killed more than it lost to enemies.
    Won,
    /// It lost more.
    Lost,
    /// As many, which may be none.
    Even,
}

/// One cycle of one team.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cycle {
    /// Number of the wave that opened it, by the clock.
    pub wave: i64,
    /// From, ms.
    pub start_ms: i64,
    /// To (exclusive, but for the last one), ms.
    pub end_ms: i64,
    /// Neither start nor end of the round cut it.
    pub is_whole: bool,
    /// Who landed with the wave.
    pub landed: Vec<PlayerId>,
    /// Who of the team was alive at its start, the landed included.
    pub alive_at_start: Vec<PlayerId>,
    /// Who of the team was alive right before its end.
    pub alive_at_end: Vec<PlayerId>,
    /// Enemies killed.
    pub kills: u32,
    /// Own deaths of any kind.
    pub deaths: u32,
    /// Own deaths by enemies.
    pub deaths_by_enemies: u32,
    /// Enemies killed less own deaths by enemies.
    pub net_kills: i64,
    /// Who killed more.
    pub verdict: Verdict,
    /// Time with more of the team alive than enemies, ms.
    pub ahead_ms: i64,
    /// Time with fewer, ms.
    pub behind_ms: i64,
    /// Time until the dead of this cycle were back, summed, ms.
    pub waiting_ms: i64,
    /// Deaths whose time out is not known, and not in that sum.
    pub unseen: u32,
    /// Time that players of the team were dead inside the cycle, summed, ms.
    pub dead_ms: i64,
}

/// The cycles of one team, with how it fared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TeamLedger {
    /// In order of time.
    pub cycles: Vec<Cycle>,
    /// Cycles with more kills than deaths by enemies.
    pub won: u32,
    /// Cycles with fewer.
    pub lost: u32,
    /// Cycles with as many.
    pub even: u32,
}

/// The ledger of a round.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct WaveLedger {
    /// The Axis' own cycles; `None` without a clock.
    pub axis: Option<TeamLedger>,
    /// The Allies' own cycles; `None` without a clock.
    pub allies: Option<TeamLedger>,
    /// The round cut at the landings of both teams; empty when neither has a clock.
    pub merged: Vec<Segment>,
}

/// What the ledger is made of, all of one round.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The round.
    pub round: &'a Round,
    /// Its deaths.
    pub deaths: &'a [Death],
    /// Its outages.
    pub outages: &'a Outages,
    /// Its stretches of [`super::alive::alive_stretches`].
    pub stretches: &'a [AliveStretch],
    /// Its counts, of [`super::alive::Alive`].
    pub steps: &'a [Step],
    /// Its clocks.
    pub clocks: &'a Clocks,
}

/// The ledger of a round; `waves` are the parameters behind its clocks.
pub fn wave_ledger(sources: &Sources<'_>, waves: &waves::Params) -> WaveLedger {
    let ledger = |team| {
        let clock = sources.clocks.team(team)?;
        Some(team_ledger(sources, team, clock, waves))
    };
    let (axis, allies) = (ledger(Team::Axis), ledger(Team::Allies));
    WaveLedger {
        merged: merged(sources, axis.as_ref(), allies.as_ref()),
        axis,
        allies,
    }
}

fn team_ledger(
    sources: &Sources<'_>,
    team: Team,
    clock: &WaveClock,
    waves: &waves::Params,
) -> TeamLedger {
    let mut cycles = empty_cycles(sources, team, clock, waves);
    let index = |t_ms: i64, cycles: &[Cycle]| {
        cycle_at(cycles, t_ms, |cycle| (cycle.start_ms, cycle.end_ms))
    };
    for death in sources.deaths {
        let Some(nth) = index(death.t_ms, &cycles) else {
            continue;
        };
        let is_enemy = death.kind == DeathKind::Enemy;
        if death.victim_team == Some(team) {
            cycles[nth].deaths += 1;
            cycles[nth].deaths_by_enemies += u32::from(is_enemy);
        } else if is_enemy && death.victim_team == team.opponent() {
            cycles[nth].kills += 1;
        }
    }
    let own = sources.outages.all.iter();
    for outage in own.filter(|outage| outage.victim_team == Some(team)) {
        if let Some(nth) = index(outage.t_ms, &cycles) {
            match outage.out_ms() {
                Some(out_ms) => {
                    cycles[nth].waiting_ms = cycles[nth].waiting_ms.saturating_add(out_ms);
                }
                None => cycles[nth].unseen += 1,
            }
        }
        let Some(until_ms) = outage.until_ms else {
            continue;
        };
        let first = cycles.partition_point(|cycle| cycle.end_ms <= outage.t_ms);
        for cycle in cycles[first..]
            .iter_mut()
            .take_while(|c| c.start_ms < until_ms)
        {
            cycle.dead_ms += until_ms.min(cycle.end_ms) - outage.t_ms.max(cycle.start_ms);
        }
    }
    let mut ledger = TeamLedger::default();
    for cycle in &mut cycles {
        let (axis_ms, allies_ms) = ahead_between(sources.steps, cycle.start_ms, cycle.end_ms);
        (cycle.ahead_ms, cycle.behind_ms) = match team {
            Team::Axis => (axis_ms, allies_ms),
            _ => (allies_ms, axis_ms),
        };
        cycle.net_kills = i64::from(cycle.kills) - i64::from(cycle.deaths_by_enemies);
        let (verdict, count) = match cycle.net_kills {
            1.. => (Verdict::Won, &mut ledger.won),
            0 => (Verdict::Even, &mut ledger.even),
            _ => (Verdict::Lost, &mut ledger.lost),
        };
        cycle.verdict = verdict;
        *count += 1;
    }
    ledger.cycles = cycles;
    ledger
}

/// The cycles of a team with who was there; what happened in them is still to be counted.
fn empty_cycles(
    sources: &Sources<'_>,
    team: Team,
    clock: &WaveClock,
    waves: &waves::Params,
) -> Vec<Cycle> {
    let (start_ms, end_ms) = (sources.round.clock.start_ms, sources.round.clock.end_ms);
    if start_ms >= end_ms {
        return Vec::new();
    }
    let mut landed = landed(sources.round, team, clock, waves);
    let own: Vec<&AliveStretch> = sources
        .stretches
        .iter()
        .filter(|s| s.team == team)
        .collect();
    let alive_at = |t_ms: i64| -> Vec<PlayerId> {
        let begun = own.iter().take_while(|stretch| stretch.start_ms <= t_ms);
        let mut alive: Vec<PlayerId> = begun
            .filter(|stretch| t_ms < stretch.end_ms)
            .map(|stretch| stretch.player)
            .collect();
        alive.sort_unstable();
        alive.dedup();
        alive
    };
    let last = clock.landed_wave(end_ms - 1);
    (clock.landed_wave(start_ms)..=last)
        .map(|wave| {
            let (from, to) = (clock.landing_ms(wave), clock.landing_ms(wave + 1));
            let landed = landed.remove(&wave).unwrap_or_default();
            let mut alive_at_start = alive_at(from.max(start_ms));
            // A player may land a few frames behind the others.
            alive_at_start.extend(&landed);
            alive_at_start.sort_unstable();
            alive_at_start.dedup();
            Cycle {
                wave,
                start_ms: from.max(start_ms),
                end_ms: to.min(end_ms),
                is_whole: from >= start_ms && to <= end_ms,
                landed,
                alive_at_start,
                alive_at_end: alive_at(to.min(end_ms) - 1),
                kills: 0,
                deaths: 0,
                deaths_by_enemies: 0,
                net_kills: 0,
                verdict: Verdict::Even,
                ahead_ms: 0,
                behind_ms: 0,
                waiting_ms: 0,
                unseen: 0,
                dead_ms: 0,
            }
        })
        .collect()
}

/// Which of the parts, in order and without gaps, a moment is in. The end of the last one belongs to it.
fn cycle_at<T>(parts: &[T], t_ms: i64, span: impl Fn(&T) -> (i64, i64)) -> Option<usize> {
    let begun = parts.partition_point(|part| span(part).0 <= t_ms);
    let nth = begun.checked_sub(1)?;
    (t_ms <= span(&parts[nth]).1).then_some(nth)
}

/// How long more Axis and how long more Allies were alive between two moments, ms.
fn ahead_between(steps: &[Step], start_ms: i64, end_ms: i64) -> (i64, i64) {
    let first = steps
        .partition_point(|step| step.t_ms <= start_ms)
        .saturating_sub(1);
    let (mut axis_ms, mut allies_ms) = (0, 0);
    for (nth, step) in steps.iter().enumerate().skip(first) {
        if step.t_ms >= end_ms {
            break;
        }
        let until = steps
            .get(nth + 1)
            .map_or(end_ms, |next| next.t_ms.min(end_ms));
        let held_ms = (until - step.t_ms.max(start_ms)).max(0);
        match step.axis.cmp(&step.allies) {
            std::cmp::Ordering::Greater => axis_ms += held_ms,
            std::cmp::Ordering::Less => allies_ms += held_ms,
            std::cmp::Ordering::Equal => {}
        }
    }
    (axis_ms, allies_ms)
}
