//! Who is alone: walks over the team mates' samples.

use super::super::combat::Windows;
use super::super::flags::RowFlags;
use super::Params;
use crate::model::{Life, LifeId, PlayerId, Round, Team};

/// A moment and the place of somebody at it: x, y, z.
pub(super) type Stand = (i64, [f32; 3]);

/// The lives of each team of a round, to be searched by time.
pub(super) struct Mates<'a> {
    round: &'a Round,
    flags: &'a RowFlags,
    params: &'a Params,
    lives: Vec<(Team, Windows)>,
}

impl<'a> Mates<'a> {
    /// O(lives · log lives).
    pub(super) fn new(round: &'a Round, flags: &'a RowFlags, params: &'a Params) -> Self {
        let of_team = |team: Team| {
            let lives = round.lives().iter().zip(0..);
            let own = lives.filter(move |(life, _)| {
                life.team == Some(team) && life.sample_count() > 0 && life.start_ms < life.end_ms
            });
            let spans = own.map(|(life, index)| (life.start_ms, life.end_ms - 1, index));
            (team, Windows::new(spans.collect()))
        };
        Self {
            round,
            flags,
            params,
            lives: Team::SIDES.into_iter().map(of_team).collect(),
        }
    }

    /// Whether a living team mate was near at each of these moments, which are in order of time. One pass over the mates' samples of that
    /// time: O(moments · mates + samples).
    pub(super) fn near(&self, player: PlayerId, team: Team, stands: &[Stand]) -> Vec<bool> {
        let mut near = vec![false; stands.len()];
        let (Some(first), Some(last)) = (stands.first(), stands.last()) else {
            return near;
        };
        let of_team = self.lives.iter().find(|(of, _)| *of == team);
        let touching = of_team.map(|(_, lives)| lives.touching(first.0, last.0));
        for (.., mate) in touching.into_iter().flatten() {
            let mate = self.round.life(LifeId(mate));
            if mate.player != player {
                self.mark(mate, stands, &mut near);
            }
        }
        near
    }

    fn mark(&self, mate: &Life, stands: &[Stand], near: &mut [bool]) {
        let samples = self.round.samples();
        let from = stands.partition_point(|(t_ms, _)| *t_ms < mate.start_ms);
        let Some((t_ms, _)) = stands.get(from) else {
            return;
        };
        let mut next = mate.samples_until(samples, *t_ms);
        let time = |nth| i64::from(samples.time_ms[mate.sample_index(nth)]);
        let reach = self.params.alone_u * self.params.alone_u;
        for ((t_ms, [x, y, z]), near) in stands[from..].iter().zip(&mut near[from..]) {
            if *t_ms >= mate.end_ms {
                return;
            }
            if *near {
                continue;
            }
            // Only samples at or before the moment count.
            while next < mate.sample_count() && time(next) <= *t_ms {
                next += 1;
            }
            let Some(last) = next.checked_sub(1) else {
                continue;
            };
            let at = mate.sample_index(last);
            let (dx, dy, dz) = (samples.x[at] - x, samples.y[at] - y, samples.z[at] - z);
            *near = dx * dx + dy * dy + dz * dz <= reach
                && t_ms.saturating_sub(time(last)) <= self.params.oldest_sample_ms
                && samples.health[at] > 0
                && !self.flags.ghost_samples[at];
        }
    }
}
