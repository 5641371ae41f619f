//! One against several, and how it ended.
//!
//! A *stand* begins when a player is the last one alive of his team against at least [`Params::fewest_enemies`](super::alive::Params) living
//! enemies. It goes on when they become fewer, and ends with his death, with help, with the round, or when no enemy is left. It is *won*
//! ([`Stand::is_won`]) when no enemy was left and he had killed at least one of them.
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
    /// No enemy was left.
    Cleared,
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
    /// To, ms: his death, help, the last enemy's death or the end of the round.
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
            let Some(alone) = side.last_alive(&scene.steps[nth]) else {
                nth += 1;
                continue;
            };
            let after = scene.steps[nth..].iter();
            let until = after.take_while(|step| side.goes_on(step, alone)).count();
            let until = (nth + until).min(scene.steps.len() - 1);
            stands.push(side.stand(alone, nth, until));
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

    /// Who is the last one alive of his team at a step with enough enemies.
    fn last_alive(&self, step: &Step) -> Option<&AliveStretch> {
        let (own, enemies) = self.counts(step);
        let is_stand = own == 1 && enemies >= self.scene.params.fewest_enemies;
        let mut stretches = self.scene.stretches.iter().filter(|_| is_stand);
        stretches.find(|stretch| {
            stretch.team == self.team && (stretch.start_ms..stretch.end_ms).contains(&step.t_ms)
        })
    }

    /// Whether he still stands alone against somebody from this step on.
    fn goes_on(&self, step: &Step, alone: &AliveStretch) -> bool {
        let (own, enemies) = self.counts(step);
        own == 1 && enemies > 0 && step.t_ms < alone.end_ms.min(self.scene.over_ms)
    }

    /// The stand from step `nth` up to step `until`, at which it is over.
    fn stand(&self, alone: &AliveStretch, nth: usize, until: usize) -> Stand {
        let steps = self.scene.steps;
        let (start_ms, end_ms) = (steps[nth].t_ms, steps[until].t_ms);
        let kills = self.scene.deaths.iter().filter(|death| {
            death.kind == DeathKind::Enemy
                && death.killer == Some(alone.player)
                && (start_ms..=end_ms).contains(&death.t_ms)
        });
        let kills = kills.count() as u32;
        let (own, enemies_left) = self.counts(&steps[until]);
        let lives_on = alone.end_ms > end_ms;
        // With the round everybody's stretch ends, and nobody dies of it.
        let end = if !lives_on && self.dies(alone.player, end_ms) {
            StandEnd::Died
        } else if end_ms >= self.scene.over_ms {
            StandEnd::RoundOver
        } else if !lives_on {
            StandEnd::Died
        } else if enemies_left == 0 && own == 1 {
            StandEnd::Cleared
        } else {
            StandEnd::Helped
        };
        let meanwhile = steps[nth..until.max(nth + 1)].iter();
        let enemies = meanwhile.map(|step| self.counts(step).1).max();
        Stand {
            player: alone.player,
            start_ms,
            end_ms,
            enemies: enemies.unwrap_or(0),
            kills,
            survived: end != StandEnd::Died,
            end,
            is_won: end == StandEnd::Cleared && kills > 0,
        }
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
}
