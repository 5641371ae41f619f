//! Who is alive when: counts per team, man advantage, and what follows from them.
//!
//! A *stand* begins when one is alone against at least [`Params::fewest_enemies`] and goes on, also against one, until his death, help, the
//! last enemy's death or the end of the round.
//!
//! Held against the counts that the tracker writes into each kill row: on ten real rounds of sandpit they agree at 1060 of 1081 kills; at the
//! other 21 several died or spawned in the same server frame, and the row counts in between.
//!
//! Alive is who is in a life, and who was revived, from the revive until his next death, his next life or the end of the round. Source:
//! `PLAYER_TRACKS`, `REVIVES`, `KILL_OUTCOME`, deaths of [`super::deaths`]. Unit ms. Known weakness: players who left after a revive count
//! until their next row; before 5.0b revives are not recorded, so counts are too low behind each. O(n log n) in lives and deaths.

use super::deaths::{Death, DeathKind};
use super::stands::{Scene, stands};
use crate::model::{Life, LifeEnd, PlayerId, Round, Team};
use serde::Serialize;

pub use super::stands::{Stand, StandEnd};

/// Constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Params {
    /// Kills of one player at most this far apart are one multikill, ms.
    pub multikill_gap_ms: i64,
    /// A team is wiped out when it falls from at least so many to none.
    pub smallest_team: u32,
    /// A stand of one against many begins with at least so many enemies; it goes on when they become fewer.
    pub fewest_enemies: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            multikill_gap_ms: 4000,
            smallest_team: 2,
            fewest_enemies: 2,
        }
    }
}

/// How many live, from a moment until the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// From, ms.
    pub t_ms: i64,
    /// Living Axis.
    pub axis: u32,
    /// Living Allies.
    pub allies: u32,
}

/// Several kills of one player in quick order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Multikill {
    /// Who.
    pub player: PlayerId,
    /// First kill, ms.
    pub start_ms: i64,
    /// Last kill, ms.
    pub end_ms: i64,
    /// The victims in order.
    pub victims: Vec<PlayerId>,
}

/// A team without anybody alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Wipe {
    /// Since when, ms.
    pub t_ms: i64,
    /// Until somebody of it lives again, or the end of the counts, ms.
    pub until_ms: i64,
    /// The Axis, else the Allies.
    pub is_axis: bool,
}

/// What follows from who is alive when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Alive {
    /// The counts, one step per change, in order of time.
    pub steps: Vec<Step>,
    /// Time with more Axis alive, ms.
    pub axis_ahead_ms: i64,
    /// Time with more Allies alive, ms.
    pub allies_ahead_ms: i64,
    /// The first kill of an enemy: when, killer, victim.
    pub first_blood: Option<(i64, PlayerId, PlayerId)>,
    /// Two and more kills in quick order.
    pub multikills: Vec<Multikill>,
    /// Teams wiped out.
    pub wipes: Vec<Wipe>,
    /// One against several.
    pub stands: Vec<Stand>,
}

/// A stretch in which a player is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AliveStretch {
    /// Who.
    pub player: PlayerId,
    /// For which team.
    pub team: Team,
    /// From, ms.
    pub start_ms: i64,
    /// To (exclusive), ms.
    pub end_ms: i64,
}

/// When everybody is alive, after revives too, in order of start.
pub fn alive_stretches(round: &Round) -> Vec<AliveStretch> {
    let mut all = Vec::new();
    for player in round.players.ids() {
        let lives: Vec<&Life> = round
            .lives_of(player)
            .iter()
            .map(|id| round.life(*id))
            .collect();
        let mut add = |team: Option<Team>, start_ms, end_ms| {
            if let Some(team) = team.filter(|team| team.opponent().is_some() && start_ms < end_ms) {
                all.push(AliveStretch {
                    player,
                    team,
                    start_ms,
                    end_ms,
                });
            }
        };
        for life in &lives {
            add(life.team, life.start_ms, life.end_ms);
        }
        let deaths = round.deaths_of(player);
        let mut alive_until = i64::MIN;
        for &revived in round.revives_of(player) {
            let is_in_life = lives.iter().any(|life| life.contains(revived));
            let Some(last) = lives.iter().rfind(|life| life.start_ms <= revived) else {
                continue;
            };
            if is_in_life || revived < alive_until {
                continue;
            }
            let death = deaths.iter().copied().find(|t| *t > revived);
            let next = lives
                .iter()
                .map(|life| life.start_ms)
                .find(|t| *t > revived);
            alive_until = [death, next, Some(round.clock.end_ms)]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(revived);
            add(last.team, revived, alive_until);
        }
    }
    all.sort_by_key(|stretch| (stretch.start_ms, stretch.player));
    all
}

/// Counts, advantage, first blood, multikills, wipes and stands; `deaths` are the round's.
pub fn alive(round: &Round, deaths: &[Death], params: &Params) -> Alive {
    let stretches = alive_stretches(round);
    let steps = steps(&stretches);
    let ahead = |is_ahead: fn(&Step) -> bool| -> i64 {
        let spans = steps.windows(2).filter(|pair| is_ahead(&pair[0]));
        spans.map(|pair| pair[1].t_ms - pair[0].t_ms).sum()
    };
    let mut kills = deaths.iter().filter(|death| death.kind == DeathKind::Enemy);
    Alive {
        axis_ahead_ms: ahead(|step| step.axis > step.allies),
        allies_ahead_ms: ahead(|step| step.allies > step.axis),
        first_blood: kills.find_map(|death| Some((death.t_ms, death.killer?, death.victim))),
        multikills: multikills(deaths, params),
        wipes: wipes(&steps, params),
        stands: stands(&Scene {
            stretches: &stretches,
            steps: &steps,
            deaths,
            over_ms: over_ms(round).min(steps.last().map_or(i64::MAX, |step| step.t_ms)),
            params,
        }),
        steps,
    }
}

/// From when on lives end because the round does, ms: the earliest end of a life that the end of the round cut, shortly before the last
/// moment of the round; else that moment. Counts of the living say nothing from then on.
pub fn over_ms(round: &Round) -> i64 {
    const SHORTLY_MS: i64 = 2000;
    let end_ms = round.clock.end_ms;
    let cut = |life: &&Life| matches!(life.end, LifeEnd::RoundEnd | LifeEnd::Shutdown);
    let ends = round.lives().iter().filter(cut).map(|life| life.end_ms);
    ends.filter(|t| (end_ms.saturating_sub(SHORTLY_MS)..=end_ms).contains(t))
        .min()
        .unwrap_or(end_ms)
}

fn steps(stretches: &[AliveStretch]) -> Vec<Step> {
    let mut changes: Vec<(i64, bool, i32)> = Vec::with_capacity(stretches.len() * 2);
    for stretch in stretches {
        let is_axis = stretch.team == Team::Axis;
        changes.push((stretch.start_ms, is_axis, 1));
        changes.push((stretch.end_ms, is_axis, -1));
    }
    changes.sort_unstable();
    let (mut axis, mut allies) = (0_i32, 0_i32);
    let mut steps: Vec<Step> = Vec::new();
    for (t_ms, is_axis, change) in changes {
        *(if is_axis { &mut axis } else { &mut allies }) += change;
        let step = Step {
            t_ms,
            axis: axis.max(0) as u32,
            allies: allies.max(0) as u32,
        };
        match steps.last_mut() {
            Some(last) if last.t_ms == t_ms => *last = step,
            _ => steps.push(step),
        }
    }
    steps
}

fn multikills(deaths: &[Death], params: &Params) -> Vec<Multikill> {
    let mut running: Vec<Multikill> = Vec::new();
    let mut done = Vec::new();
    for death in deaths.iter().filter(|death| death.kind == DeathKind::Enemy) {
        let Some(player) = death.killer else { continue };
        let new = Multikill {
            player,
            start_ms: death.t_ms,
            end_ms: death.t_ms,
            victims: vec![death.victim],
        };
        match running.iter_mut().find(|run| run.player == player) {
            Some(run) if death.t_ms - run.end_ms <= params.multikill_gap_ms => {
                run.end_ms = death.t_ms;
                run.victims.push(death.victim);
            }
            Some(run) => done.push(std::mem::replace(run, new)),
            None => running.push(new),
        }
    }
    done.extend(running);
    done.retain(|run| run.victims.len() >= 2);
    done.sort_by_key(|run| (run.start_ms, run.player));
    done
}

fn wipes(steps: &[Step], params: &Params) -> Vec<Wipe> {
    let end_ms = steps.last().map_or(0, |step| step.t_ms);
    let mut wipes = Vec::new();
    for is_axis in [true, false] {
        let count = |step: &Step| if is_axis { step.axis } else { step.allies };
        let mut most = 0;
        for (nth, step) in steps.iter().enumerate() {
            most = most.max(count(step));
            // The last step is the end of the round, at which all counts end.
            if count(step) > 0 || most < params.smallest_team || nth + 1 == steps.len() {
                continue;
            }
            let again = steps[nth..].iter().find(|later| count(later) > 0);
            wipes.push(Wipe {
                t_ms: step.t_ms,
                until_ms: again.map_or(end_ms, |later| later.t_ms),
                is_axis,
            });
            most = 0;
        }
    }
    wipes.sort_by_key(|wipe| (wipe.t_ms, wipe.is_axis));
    wipes
}
