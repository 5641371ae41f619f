//! Who is how near, at every sample of a round: the nearest living enemy and the nearest living team mate.
//!
//! At a sample taken at time t of a living player, every *other* player counts who is in a life that contains t and whose last sample at or
//! before t is at most [`CompanyParams::oldest_ms`] old and was not taken in limbo or of a dead player. Distance in three dimensions, u:
//! a storey up counts its 160 u. `None` is "nobody seen", and also the value at samples that are no living player's.
//!
//! One walk over all samples in order of time keeps the places of those alive: O(n · alive) with n samples.
//!
//! Known weakness: a player is not seen after a revive (trackers up to 6.11), so the nearest may be nearer than given; where that can be
//! is told by [`super::life_shares`]. Walls do not count.

use crate::analysis::flags::RowFlags;
use crate::model::{Life, PlayerId, Round, Team};
use serde::Serialize;
use std::ops::Range;

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
        let mut order: Vec<u32> = Vec::with_capacity(samples.len());
        for (nth, life) in round.lives().iter().enumerate() {
            if side(life.team).is_none() {
                continue;
            }
            for index in life.sample_indices() {
                life_of[index] = nth as u32;
                order.push(index as u32);
            }
        }
        by_time(&mut order, &samples.time_ms);
        let mut there = There::new(round, flags, params.oldest_ms);
        let mut first = 0;
        while first < order.len() {
            let time = |nth: &u32| samples.time_ms[*nth as usize];
            let now = time(&order[first]);
            let same = order[first..].iter().take_while(|nth| time(nth) == now);
            let until = first + same.count();
            let indices = || order[first..until].iter().map(|nth| *nth as usize);
            there.pass(i64::from(now));
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

/// Sorts indices by their times: digit by digit from the lowest, which for times of a round is several times as fast as by comparing.
fn by_time(order: &mut Vec<u32>, time_ms: &[i32]) {
    const BITS: u32 = 11;
    let times = || order.iter().map(|nth| time_ms[*nth as usize]);
    let (Some(first), Some(last)) = (times().min(), times().max()) else {
        return;
    };
    let since = |nth: u32| time_ms[nth as usize].wrapping_sub(first) as u32;
    let span = last.wrapping_sub(first) as u32;
    let mut sorted = vec![0; order.len()];
    let mut shift = 0;
    while shift < u32::BITS && span >> shift > 0 {
        let digit = |nth: u32| ((since(nth) >> shift) & ((1 << BITS) - 1)) as usize;
        let mut next = vec![0_usize; 1 << BITS];
        for nth in order.iter() {
            next[digit(*nth)] += 1;
        }
        let mut start = 0;
        for slot in &mut next {
            start += std::mem::replace(slot, start);
        }
        for nth in order.iter() {
            let slot = &mut next[digit(*nth)];
            sorted[*slot] = *nth;
            *slot += 1;
        }
        std::mem::swap(order, &mut sorted);
        shift += BITS;
    }
}

/// 0 for the Axis, 1 for the Allies.
pub(in crate::analysis) fn side(team: Option<Team>) -> Option<usize> {
    Team::SIDES.iter().position(|side| team == Some(*side))
}

/// What the walk needs of a life.
#[derive(Clone, Copy, Debug)]
struct LifeKey {
    /// 0 or 1.
    side: usize,
    start_ms: i64,
    end_ms: i64,
    player: PlayerId,
}

/// The last known places of those alive, by team.
struct There<'a> {
    round: &'a Round,
    flags: &'a RowFlags,
    oldest_ms: i64,
    /// As long as the lives; who is of neither team stands in no order and is never asked for.
    keys: Vec<LifeKey>,
    sides: [Side; 2],
    /// Where each life stands in its side, if it does.
    slot_of: Vec<Option<u32>>,
}

/// One team's lives that have a place now, as columns.
#[derive(Default)]
struct Side {
    x: Vec<f32>,
    y: Vec<f32>,
    z: Vec<f32>,
    /// Until when (exclusive) the place holds, ms.
    until_ms: Vec<i64>,
    life: Vec<u32>,
    player: Vec<PlayerId>,
    /// Nobody's place holds shorter than this, ms.
    earliest_ms: i64,
    /// Two lives of one player are there at once, which only damaged files have.
    is_doubled: bool,
}

impl<'a> There<'a> {
    fn new(round: &'a Round, flags: &'a RowFlags, oldest_ms: i64) -> Self {
        let key = |life: &Life| LifeKey {
            side: side(life.team).unwrap_or(0),
            start_ms: life.start_ms,
            end_ms: life.end_ms,
            player: life.player,
        };
        Self {
            round,
            flags,
            oldest_ms: oldest_ms.max(0),
            keys: round.lives().iter().map(key).collect(),
            sides: [Side::default(), Side::default()],
            slot_of: vec![None; round.lives().len()],
        }
    }

    fn is_living(&self, index: usize) -> bool {
        !self.flags.ghost_samples[index] && self.round.samples().health[index] > 0
    }

    /// Time goes on: places that do not hold any more are dropped.
    fn pass(&mut self, t_ms: i64) {
        for side in &mut self.sides {
            if side.earliest_ms <= t_ms {
                side.forget(t_ms, &mut self.slot_of);
            }
        }
    }

    /// A sample is the last one of its life from now on.
    fn note(&mut self, index: usize, nth: u32) {
        let samples = self.round.samples();
        let life = self.keys[nth as usize];
        let t_ms = i64::from(samples.time_ms[index]);
        let oldest_ms = t_ms.saturating_add(self.oldest_ms).saturating_add(1);
        let until_ms = oldest_ms.min(life.end_ms);
        let holds = self.is_living(index) && life.start_ms <= t_ms && t_ms < until_ms;
        let side = &mut self.sides[life.side];
        let slot = self.slot_of[nth as usize].map(|slot| slot as usize);
        match (slot, holds) {
            (Some(slot), false) => side.drop_slot(slot, &mut self.slot_of),
            (None, false) => {}
            (Some(slot), true) => {
                side.x[slot] = samples.x[index];
                side.y[slot] = samples.y[index];
                side.z[slot] = samples.z[index];
                side.until_ms[slot] = until_ms;
                side.earliest_ms = side.earliest_ms.min(until_ms);
            }
            (None, true) => {
                self.slot_of[nth as usize] = Some(side.life.len() as u32);
                side.is_doubled |= side.player.contains(&life.player);
                side.x.push(samples.x[index]);
                side.y.push(samples.y[index]);
                side.z.push(samples.z[index]);
                side.until_ms.push(until_ms);
                side.life.push(nth);
                side.player.push(life.player);
                side.earliest_ms = side.earliest_ms.min(until_ms);
            }
        }
    }

    /// The nearest enemy and mate of a living player's sample, u.
    fn around(&self, index: usize, nth: u32) -> Option<(Option<f32>, Option<f32>)> {
        let samples = self.round.samples();
        let life = self.keys[nth as usize];
        if !self.is_living(index) {
            return None;
        }
        let place = [samples.x[index], samples.y[index], samples.z[index]];
        let enemies = &self.sides[1 - life.side];
        let enemy = enemies.nearest(place, 0..enemies.life.len());
        let mates = &self.sides[life.side];
        let mate = if mates.is_doubled {
            let others = (0..mates.life.len()).filter(|slot| mates.player[*slot] != life.player);
            let nearest = others.map(|slot| mates.nearest(place, slot..slot + 1));
            nearest.fold(f32::INFINITY, f32::min)
        } else {
            let slot = self.slot_of[nth as usize].map(|slot| slot as usize);
            let slot = slot.unwrap_or(mates.life.len());
            let before = mates.nearest(place, 0..slot);
            before.min(mates.nearest(place, (slot + 1).min(mates.life.len())..mates.life.len()))
        };
        let seen = |squared: f32| squared.is_finite().then(|| squared.sqrt());
        Some((seen(enemy), seen(mate)))
    }
}

impl Side {
    fn forget(&mut self, t_ms: i64, slot_of: &mut [Option<u32>]) {
        for slot in (0..self.life.len()).rev() {
            if self.until_ms[slot] <= t_ms {
                self.drop_slot(slot, slot_of);
            }
        }
        self.earliest_ms = self.until_ms.iter().copied().min().unwrap_or(i64::MAX);
        self.is_doubled =
            (1..self.player.len()).any(|slot| self.player[..slot].contains(&self.player[slot]));
    }

    fn drop_slot(&mut self, slot: usize, slot_of: &mut [Option<u32>]) {
        slot_of[self.life[slot] as usize] = None;
        self.x.swap_remove(slot);
        self.y.swap_remove(slot);
        self.z.swap_remove(slot);
        self.until_ms.swap_remove(slot);
        self.life.swap_remove(slot);
        self.player.swap_remove(slot);
        if let Some(moved) = self.life.get(slot) {
            slot_of[*moved as usize] = Some(slot as u32);
        }
    }

    /// The square of the smallest distance to some of the slots; infinite to none. Four at a time, which the compiler makes one.
    fn nearest(&self, from: [f32; 3], slots: Range<usize>) -> f32 {
        const LANES: usize = 4;
        let smaller = |a: f32, b: f32| if a < b { a } else { b };
        let square = |x: f32, y: f32, z: f32| {
            let (x, y, z) = (x - from[0], y - from[1], z - from[2]);
            x * x + y * y + z * z
        };
        let (x, rest_x) = self.x[slots.clone()].as_chunks::<LANES>();
        let (y, rest_y) = self.y[slots.clone()].as_chunks::<LANES>();
        let (z, rest_z) = self.z[slots].as_chunks::<LANES>();
        let mut best = [f32::INFINITY; LANES];
        for ((x, y), z) in x.iter().zip(y).zip(z) {
            for lane in 0..LANES {
                best[lane] = smaller(square(x[lane], y[lane], z[lane]), best[lane]);
            }
        }
        let rest = rest_x.iter().zip(rest_y).zip(rest_z);
        let rest = rest.map(|((x, y), z)| square(*x, *y, *z));
        rest.chain(best).fold(f32::INFINITY, |a, b| smaller(b, a))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_sorted_by_time() {
        let times = [700, -5, i32::MAX, 300, i32::MIN, 300, 5_000_000, 0];
        let mut order: Vec<u32> = (0..8).collect();
        by_time(&mut order, &times);
        assert_eq!(order, [4, 1, 7, 3, 5, 0, 6, 2]);
        let mut none = Vec::new();
        by_time(&mut none, &times);
        assert_eq!(none, [] as [u32; 0]);
    }
}
