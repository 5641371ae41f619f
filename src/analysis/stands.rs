//! One against several, and how it ended.
//!
//! A *stand* begins when a player is the last one alive of his team against at least [`Params::fewest_enemies`](super::alive::Params) living
//! enemies, and ends with his death, with help, with the round, or when fewer enemies than that are left. It is *won* ([`Stand::is_won`]) when he was
//! still alive and alone at its end, fewer enemies were left, and without his own kills they would not have been fewer. Winning a stand of one
//! against two leaves a duel of one against one; [`Stand::cleared_ms`] tells when (and whether) no enemy was left at all while he still
//! stood alone.
//!
//! Source, unit and weakness: those of [`super::alive`]. An enemy who lies wounded and is revived counts as gone until then. O(steps +
//! stands · (lives + deaths)).

use super::alive::{AliveStretch, Params, Step};
use super::deaths::{Death, DeathKind, SAME_DEATH_MS};
use crate::model::{PlayerId, Team};
use serde::Serialize;

/// How a stand ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandEnd {
    /// He died.
    Died,
    /// A team mate came to life.
    Helped,
    /// Fewer enemies were left than count.
    FewerEnemies,
    /// The counts end with the round.
    RoundOver,
}

/// One against several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Stand {
    /// Who stood alone.
    pub player: PlayerId,
    /// From, ms.
    pub start_ms: i64,
    /// To, ms: his death, help, or fewer enemies than count.
    pub end_ms: i64,
    /// The most enemies alive meanwhile: the N of "one against N".
    pub enemies: u32,
    /// How many of them he killed.
    pub kills: u32,
    /// He was alive at its end.
    pub survived: bool,
    /// How it ended.
    pub end: StandEnd,
    /// He won it: see the module.
    pub is_won: bool,
    /// When no enemy was left, ms, while he still stood alone; `None` when that did not happen.
    pub cleared_ms: Option<i64>,
}

/// Everything that is looked at.
pub(super) struct Scene<'a> {
    pub(super) stretches: &'a [AliveStretch],
    pub(super) steps: &'a [Step],
    pub(super) deaths: &'a [Death],
    /// When the counts end, ms.
    pub(super) over_ms: i64,
    pub(super) params: &'a Params,
}

/// All stands in order of their start.
pub(super) fn stands(scene: &Scene<'_>) -> Vec<Stand> {
    let mut stands = Vec::new();
    for team in Team::SIDES {
        let side = Side { scene, team };
        let mut nth = 0;
        while nth < scene.steps.len() {
            if !side.is_stand(&scene.steps[nth]) {
                nth += 1;
                continue;
            }
            let until = scene.steps[nth..]
                .iter()
                .position(|step| !side.is_stand(step));
            let until = until.map_or(scene.steps.len() - 1, |more| nth + more);
            stands.extend(side.stand(nth, until));
            nth = until.max(nth + 1);
        }
    }
    stands.sort_by_key(|stand| (stand.start_ms, stand.player));
    stands
}

struct Side<'a> {
    scene: &'a Scene<'a>,
    team: Team,
}

impl Side<'_> {
    /// Own and enemies alive.
    fn counts(&self, step: &Step) -> (u32, u32) {
        match self.team {
            Team::Axis => (step.axis, step.allies),
            _ => (step.allies, step.axis),
        }
    }

    fn is_stand(&self, step: &Step) -> bool {
        let (own, enemies) = self.counts(step);
        own == 1 && enemies >= self.scene.params.fewest_enemies
    }

    /// The stand from step `nth` up to step `until`, at which it is over.
    fn stand(&self, nth: usize, until: usize) -> Option<Stand> {
        let steps = self.scene.steps;
        let (start_ms, end_ms) = (steps[nth].t_ms, steps[until].t_ms);
        let mut stretches = self.scene.stretches.iter();
        let alone = stretches.find(|stretch| {
            stretch.team == self.team && stretch.start_ms <= start_ms && start_ms < stretch.end_ms
        })?;
        let kills = self.scene.deaths.iter().filter(|death| {
            death.kind == DeathKind::Enemy
                && death.killer == Some(alone.player)
                && (start_ms..=end_ms).contains(&death.t_ms)
        });
        let kills = kills.count() as u32;
        let before = steps[nth..until.max(nth + 1)].iter();
        let (own, left) = self.counts(&steps[until]);
        let lives_on = alone.end_ms > end_ms;
        let end = if !lives_on && self.dies(alone.player, end_ms) {
            StandEnd::Died
        } else if end_ms >= self.scene.over_ms {
            StandEnd::RoundOver
        } else if !lives_on {
            StandEnd::Died
        } else if own > 1 {
            StandEnd::Helped
        } else {
            StandEnd::FewerEnemies
        };
        Some(Stand {
            player: alone.player,
            start_ms,
            end_ms,
            enemies: before.map(|step| self.counts(step).1).max().unwrap_or(0),
            kills,
            survived: end != StandEnd::Died,
            end,
            is_won: end == StandEnd::FewerEnemies
                && left.saturating_add(kills) >= self.scene.params.fewest_enemies,
            cleared_ms: self.cleared_ms(until),
        })
    }

    /// Whether a row tells of his death at that moment.
    fn dies(&self, player: PlayerId, t_ms: i64) -> bool {
        let mut his = self
            .scene
            .deaths
            .iter()
            .filter(|death| death.victim == player);
        his.any(|death| death.t_ms.abs_diff(t_ms) <= SAME_DEATH_MS.unsigned_abs())
    }

    /// When no enemy is left, from the end of a stand on, before he is dead, helped or in the next stand.
    fn cleared_ms(&self, until: usize) -> Option<i64> {
        let after = self.scene.steps[until..].iter();
        let mut alone = after.take_while(|step| {
            self.counts(step).0 == 1 && !self.is_stand(step) && step.t_ms < self.scene.over_ms
        });
        alone
            .find(|step| self.counts(step).1 == 0)
            .map(|step| step.t_ms)
    }
}
