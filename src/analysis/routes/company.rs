//! Who is how near, at every sample of a round: the nearest living enemy and the nearest living team mate.
//!
//! At a sample taken at time t of a living player, every *other* player counts who is in a life that contains t and whose last sample at or
//! before t is at most [`CompanyParams::oldest_ms`] old and was not taken in limbo or of a dead player. Distance in three dimensions, u:
//! a storey up counts its 160 u. `None` is "nobody seen", and also the value at samples that are no living player's.
//!
//! One walk over all samples in order of time keeps the places of those alive: O(n log n + n · alive) with n samples.
//!
//! Known weakness: a player is not seen after a revive (trackers up to 6.11), so the nearest may be nearer than given; where that can be
//! is told by [`super::life_shares`]. Walls do not count.

use crate::analysis::flags::RowFlags;
use crate::model::{PlayerId, Round, Team};
use serde::Serialize;

/// Constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CompanyParams {
    /// How old another player's last sample may be, ms.
    pub oldest_ms: i64,
}

impl Default for CompanyParams {
    fn default() -> Self {
        Self { oldest_ms: 1500 }
    }
}

/// The nearest enemy and team mate at every sample, as long as [`Round::samples`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Company {
    /// Distance of the nearest living enemy, u.
    pub enemy_u: Vec<Option<f32>>,
    /// Distance of the nearest living team mate, u.
    pub mate_u: Vec<Option<f32>>,
}

/// Marks a sample of no life.
const NO_LIFE: u32 = u32::MAX;

impl Company {
    /// For every sample of a round.
    pub fn of(round: &Round, flags: &RowFlags, params: &CompanyParams) -> Self {
        let samples = round.samples();
        let mut company = Self {
            enemy_u: vec![None; samples.len()],
            mate_u: vec![None; samples.len()],
        };
        let mut life_of = vec![NO_LIFE; samples.len()];
        let mut order: Vec<u64> = Vec::with_capacity(samples.len());
        for (nth, life) in round.lives().iter().enumerate() {
            if side(life.team).is_none() {
                continue;
            }
            for index in life.sample_indices() {
                life_of[index] = nth as u32;
                // Times as unsigned numbers in the same order, the sample behind it.
                let time = (samples.time_ms[index] as u32) ^ (1 << 31);
                order.push(u64::from(time) << 32 | index as u64);
            }
        }
        order.sort_unstable();
        let mut there = There::new(round, flags, params);
        let mut first = 0;
        while first < order.len() {
            let time = order[first] >> 32;
            let same = order[first..].iter().take_while(|key| **key >> 32 == time);
            let until = first + same.count();
            let indices = || order[first..until].iter().map(|key| *key as u32 as usize);
            // Samples of the same moment see each other, whatever their order.
            for index in indices() {
                there.note(index, life_of[index]);
            }
            for index in indices() {
                if let Some((enemy, mate)) = there.around(index, life_of[index]) {
                    company.enemy_u[index] = enemy;
                    company.mate_u[index] = mate;
                }
            }
            first = until;
        }
        company
    }
}

/// 0 for the Axis, 1 for the Allies.
pub(in crate::analysis) fn side(team: Option<Team>) -> Option<usize> {
    Team::SIDES.iter().position(|side| team == Some(*side))
}

/// The last known places of those alive, by team.
struct There<'a> {
    round: &'a Round,
    flags: &'a RowFlags,
    oldest_ms: i64,
    sides: [Side; 2],
    /// Where each life stands in its side, if it does.
    slot_of: Vec<Option<u32>>,
}

#[derive(Default)]
struct Side {
    place: Vec<[f32; 3]>,
    /// Until when (exclusive) the place holds, ms.
    until_ms: Vec<i64>,
    player: Vec<PlayerId>,
    life: Vec<u32>,
}

impl<'a> There<'a> {
    fn new(round: &'a Round, flags: &'a RowFlags, params: &CompanyParams) -> Self {
        Self {
            round,
            flags,
            oldest_ms: params.oldest_ms.max(0),
            sides: [Side::default(), Side::default()],
            slot_of: vec![None; round.lives().len()],
        }
    }

    fn is_living(&self, index: usize) -> bool {
        !self.flags.ghost_samples[index] && self.round.samples().health[index] > 0
    }

    /// A sample is the last one of its life from now on.
    fn note(&mut self, index: usize, nth: u32) {
        let samples = self.round.samples();
        let life = &self.round.lives()[nth as usize];
        let Some(side) = side(life.team) else { return };
        let t_ms = i64::from(samples.time_ms[index]);
        let is_living = self.is_living(index) && t_ms >= life.start_ms;
        let side = &mut self.sides[side];
        let slot = if let Some(slot) = self.slot_of[nth as usize] {
            slot as usize
        } else {
            side.forget(t_ms, &mut self.slot_of);
            let slot = side.life.len();
            side.place.push([0.0; 3]);
            side.until_ms.push(i64::MIN);
            side.player.push(life.player);
            side.life.push(nth);
            self.slot_of[nth as usize] = Some(slot as u32);
            slot
        };
        side.place[slot] = [samples.x[index], samples.y[index], samples.z[index]];
        let oldest = t_ms.saturating_add(self.oldest_ms).saturating_add(1);
        side.until_ms[slot] = if is_living {
            oldest.min(life.end_ms)
        } else {
            i64::MIN
        };
    }

    /// The nearest enemy and mate of a living player's sample, u.
    fn around(&self, index: usize, nth: u32) -> Option<(Option<f32>, Option<f32>)> {
        let samples = self.round.samples();
        let life = &self.round.lives()[nth as usize];
        let own = side(life.team)?;
        if !self.is_living(index) {
            return None;
        }
        let t_ms = i64::from(samples.time_ms[index]);
        let place = [samples.x[index], samples.y[index], samples.z[index]];
        let enemy = self.sides[1 - own].nearest(place, t_ms, None);
        let mate = self.sides[own].nearest(place, t_ms, Some(life.player));
        Some((enemy, mate))
    }
}

impl Side {
    /// Drops the lives whose place does not hold any more. One that is sampled again after a gap gets a new slot.
    fn forget(&mut self, t_ms: i64, slot_of: &mut [Option<u32>]) {
        let mut slot = 0;
        while slot < self.life.len() {
            if self.until_ms[slot] > t_ms {
                slot += 1;
                continue;
            }
            slot_of[self.life[slot] as usize] = None;
            self.place.swap_remove(slot);
            self.until_ms.swap_remove(slot);
            self.player.swap_remove(slot);
            self.life.swap_remove(slot);
            if let Some(moved) = self.life.get(slot) {
                slot_of[*moved as usize] = Some(slot as u32);
            }
        }
    }

    fn nearest(&self, from: [f32; 3], t_ms: i64, except: Option<PlayerId>) -> Option<f32> {
        let mut best = f32::INFINITY;
        for (slot, place) in self.place.iter().enumerate() {
            let (x, y, z) = (place[0] - from[0], place[1] - from[1], place[2] - from[2]);
            let squared = x * x + y * y + z * z;
            if squared < best && self.until_ms[slot] > t_ms && except != Some(self.player[slot]) {
                best = squared;
            }
        }
        best.is_finite().then(|| best.sqrt())
    }
}
