//! One death of a chain, and who stood where when it happened.

use super::Params;
use crate::analysis::deaths::Death;
use crate::analysis::flags::RowFlags;
use crate::analysis::trades::{NearMate, Reply, TradeChance, finite, team_tag};
use crate::model::{PlayerId, Presence, Round, Team};
use serde::Serialize;

/// How far two places are apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Distance {
    /// In three dimensions, u.
    pub space_u: f32,
    /// On the map, in two, u.
    pub flat_u: f32,
}

impl Distance {
    /// Between two places.
    pub fn between(a: [f32; 3], b: [f32; 3]) -> Self {
        let flat_u = (a[0] - b[0]).hypot(a[1] - b[1]);
        Self {
            space_u: finite(flat_u.hypot(a[2] - b[2])),
            flat_u: finite(flat_u),
        }
    }

    /// Between two places that may not be known.
    pub fn of(a: Option<[f32; 3]>, b: Option<[f32; 3]>) -> Option<Self> {
        Some(Self::between(a?, b?))
    }
}

/// Who will avenge a death, as he stood when it happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Avenger {
    /// Who.
    pub player: PlayerId,
    /// How long after the death he avenges it, ms.
    pub delay_ms: i64,
    /// He had hit the killer before the death.
    pub was_already_shooting: bool,
    /// He is the victim himself.
    pub is_victim: bool,
    /// Where he stood at the death: x, y, z; `None` when he has no fresh sample.
    pub pos: Option<[f32; 3]>,
    /// How old that sample is, ms.
    pub age_ms: Option<i64>,
    /// To the victim, at the death.
    pub to_victim: Option<Distance>,
    /// To the killer, at the death.
    pub to_killer: Option<Distance>,
}

/// One death of a chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// Index of its trade chance in the list the chain was made of.
    pub chance: usize,
    /// When, ms.
    pub t_ms: i64,
    /// Who died.
    pub victim: PlayerId,
    /// His team.
    #[serde(serialize_with = "team_tag")]
    pub victim_team: Option<Team>,
    /// Who did it.
    pub killer: PlayerId,
    /// The links that this death avenges, in order of time.
    pub avenges: Vec<usize>,
    /// The link that avenges this death.
    pub avenged_by: Option<usize>,
    /// Since the latest death it avenges, ms; `None` when it avenges none.
    pub delay_ms: Option<i64>,
    /// Where the victim died: x, y, z.
    pub victim_pos: Option<[f32; 3]>,
    /// Where the killer stood: x, y, z.
    pub killer_pos: Option<[f32; 3]>,
    /// From victim to killer. For a death that avenges, this is from avenger to avenged killer.
    pub kill_distance: Option<Distance>,
    /// Who will avenge it.
    pub avenger: Option<Avenger>,
    /// The victim's team mates near him, the nearest first.
    pub near: Vec<NearMate>,
}

impl Link {
    /// The link of a chance, not yet joined to others.
    pub(super) fn of(chance: usize, made_of: &TradeChance, death: &Death) -> Self {
        Self {
            chance,
            t_ms: made_of.t_ms,
            victim: made_of.victim,
            victim_team: made_of.victim_team,
            killer: made_of.killer,
            avenges: Vec::new(),
            avenged_by: None,
            delay_ms: None,
            victim_pos: death.victim_pos,
            killer_pos: death.killer_pos,
            kill_distance: Distance::of(death.victim_pos, death.killer_pos),
            avenger: None,
            near: made_of.near.clone(),
        }
    }

    /// The avenger who gave `reply`, as he stands at this link's death.
    pub(super) fn avenger(
        &self,
        round: &Round,
        flags: &RowFlags,
        params: &Params,
        reply: Reply,
    ) -> Avenger {
        let stood = fresh_position(round, flags, params, reply.player, self.t_ms);
        let pos = stood.map(|stood| stood.0);
        Avenger {
            player: reply.player,
            delay_ms: reply.delay_ms,
            was_already_shooting: reply.was_already_shooting,
            is_victim: reply.player == self.victim,
            pos,
            age_ms: stood.map(|stood| stood.1),
            to_victim: Distance::of(pos, self.victim_pos),
            to_killer: Distance::of(pos, self.killer_pos),
        }
    }
}

/// Where a living player stood by his last sample at or before `t_ms`, and how old that is.
fn fresh_position(
    round: &Round,
    flags: &RowFlags,
    params: &Params,
    player: PlayerId,
    t_ms: i64,
) -> Option<([f32; 3], i64)> {
    let Presence::Alive { sample, .. } = round.presence_at(player, t_ms) else {
        return None;
    };
    let (samples, index) = (round.samples(), sample.index);
    let is_fresh = sample.age_ms <= params.oldest_sample_ms
        && !flags.ghost_samples[index]
        && samples.health[index] > 0;
    let pos = [samples.x[index], samples.y[index], samples.z[index]];
    is_fresh.then_some((pos, sample.age_ms))
}
