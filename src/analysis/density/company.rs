//! Who is alone: walks over the team mates' samples.

use super::super::combat::Windows;
use super::super::flags::RowFlags;
use super::Params;
use super::track::Track;
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
        let from = stands.partition_point(|(t_ms, _)| *t_ms < mate.start_ms);
        let until = stands.partition_point(|(t_ms, _)| *t_ms < mate.end_ms);
        if from >= until {
            return;
        }
        let track = Track::of(self.round, self.flags, mate);
        let (times, x) = (&*track.time_ms, &*track.x);
        let (y, z) = (&track.y[..x.len()], &track.z[..x.len()]);
        let mut next = mate.samples_until(self.round.samples(), stands[from].0);
        let reach = self.params.alone_u * self.params.alone_u;
        for ((t_ms, place), near) in stands[from..until].iter().zip(&mut near[from..until]) {
            if *near {
                continue;
            }
            // Only samples at or before the moment count.
            while times
                .get(next)
                .is_some_and(|time| i64::from(*time) <= *t_ms)
            {
                next += 1;
            }
            let Some(last) = next.checked_sub(1).filter(|last| *last < x.len()) else {
                continue;
            };
            let [dx, dy, dz] = [x[last] - place[0], y[last] - place[1], z[last] - place[2]];
            if dx * dx + dy * dy + dz * dz <= reach {
                let age_ms = t_ms.saturating_sub(i64::from(times[last]));
                *near = age_ms <= self.params.oldest_sample_ms
                    && track.health[last] > 0
                    && !track.ghost[last];
            }
        }
    }
}
