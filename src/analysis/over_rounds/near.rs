//! How long team mates were near each other.
//!
//! By the floor rule: at every moment the last sample of each counts, as long as it holds ([`held_ms`]); the time of two samples that hold
//! together is near when they lie within the distance in two dimensions, as for support. Symmetric and independent of the order of the two.
//!
//! Two lives are walked side by side. The tracker takes the samples of all players in the same frames, so that of two lives long stretches hold
//! at the same times; these are eight samples a step. O(samples · team mates alive) in any case.

use super::super::flags::RowFlags;
use super::super::support::held_ms;
use crate::model::{Life, PlayerId, Round};
use rustc_hash::FxHashMap;

/// Times of two team mates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Together {
    /// Both alive with samples, ms.
    pub(super) both_ms: i64,
    /// Of this, near each other, ms.
    pub(super) near_ms: i64,
}

/// All pairs of players who were alive for the same team at the same time, the smaller id first, in no order.
pub(super) fn together(
    round: &Round,
    flags: &RowFlags,
    near_u: f32,
) -> FxHashMap<[PlayerId; 2], Together> {
    let mut lives: Vec<&Life> = round
        .lives()
        .iter()
        .filter(|life| life.team.is_some())
        .collect();
    lives.sort_by_key(|life| (life.start_ms, life.row));
    let mut all = Holds::default();
    let mut ends = Vec::with_capacity(lives.len());
    for life in &lives {
        all.push_life(round, flags, life);
        ends.push(all.from_ms.len());
    }
    let holds = |nth: usize| all.part(if nth > 0 { ends[nth - 1] } else { 0 }, ends[nth]);
    let mut pairs: FxHashMap<[PlayerId; 2], Together> = FxHashMap::default();
    for (nth, life) in lives.iter().enumerate() {
        let own = holds(nth);
        // A sample may hold a little beyond the end of its life in damaged files only; lives that begin later than it are apart.
        let until = own.last_ms().map_or(life.end_ms, |ms| ms.max(life.end_ms));
        let later = lives.iter().enumerate().skip(nth + 1);
        for (other, mate) in later.take_while(|(_, mate)| mate.start_ms < until) {
            if mate.team != life.team || mate.player == life.player {
                continue;
            }
            let sum = overlap(own, holds(other), near_u);
            if sum.both_ms > 0 {
                let key = [life.player.min(mate.player), life.player.max(mate.player)];
                let pair = pairs.entry(key).or_default();
                pair.both_ms += sum.both_ms;
                pair.near_ms += sum.near_ms;
            }
        }
    }
    pairs
}

/// Samples that hold, as columns.
#[derive(Default)]
struct Holds {
    from_ms: Vec<i32>,
    held_ms: Vec<u32>,
    x: Vec<f32>,
    y: Vec<f32>,
}

impl Holds {
    fn push_life(&mut self, round: &Round, flags: &RowFlags, life: &Life) {
        let samples = round.samples();
        for (nth, index) in life.sample_indices().enumerate() {
            let held_ms = held_ms(flags, life, nth);
            if held_ms > 0 {
                self.from_ms.push(samples.time_ms[index]);
                self.held_ms
                    .push(u32::try_from(held_ms).unwrap_or(u32::MAX));
                self.x.push(samples.x[index]);
                self.y.push(samples.y[index]);
            }
        }
    }

    fn part(&self, from: usize, to: usize) -> Part<'_> {
        Part {
            from_ms: &self.from_ms[from..to],
            held_ms: &self.held_ms[from..to],
            x: &self.x[from..to],
            y: &self.y[from..to],
        }
    }
}

/// Those of one life; in order of time and apart from each other.
#[derive(Clone, Copy)]
struct Part<'a> {
    from_ms: &'a [i32],
    held_ms: &'a [u32],
    x: &'a [f32],
    y: &'a [f32],
}

/// So many at once.
const LANES: usize = 8;

impl<'a> Part<'a> {
    fn len(self) -> usize {
        self.from_ms.len()
    }

    /// Until when (exclusive) one holds.
    fn until_ms(self, nth: usize) -> i64 {
        i64::from(self.from_ms[nth]) + i64::from(self.held_ms[nth])
    }

    fn last_ms(self) -> Option<i64> {
        Some(self.until_ms(self.len().checked_sub(1)?))
    }

    /// The first that holds longer than to a time.
    fn beyond(self, t_ms: i64) -> usize {
        let begun = self.from_ms.partition_point(|from| i64::from(*from) < t_ms);
        let is_over = begun == 0 || self.until_ms(begun - 1) <= t_ms;
        if is_over { begun } else { begun - 1 }
    }

    fn chunk(self, from: usize) -> Option<Chunk<'a>> {
        Some(Chunk {
            from_ms: self.from_ms.get(from..)?.first_chunk()?,
            held_ms: self.held_ms.get(from..)?.first_chunk()?,
            x: self.x.get(from..)?.first_chunk()?,
            y: self.y.get(from..)?.first_chunk()?,
        })
    }
}

struct Chunk<'a> {
    from_ms: &'a [i32; LANES],
    held_ms: &'a [u32; LANES],
    x: &'a [f32; LANES],
    y: &'a [f32; LANES],
}

impl Chunk<'_> {
    /// Whether all hold at the same times as those of another.
    fn is_abreast(&self, other: &Self) -> bool {
        let differs = (0..LANES).fold(0, |differs, lane| {
            let from = (self.from_ms[lane] ^ other.from_ms[lane]).cast_unsigned();
            differs | from | (self.held_ms[lane] ^ other.held_ms[lane])
        });
        differs == 0
    }
}

fn overlap(a: Part<'_>, b: Part<'_>, near_u: f32) -> Together {
    let mut sum = Together::default();
    let (Some(first_a), Some(first_b)) = (a.from_ms.first(), b.from_ms.first()) else {
        return sum;
    };
    let mut i = a.beyond(i64::from(*first_b));
    let mut j = b.beyond(i64::from(*first_a));
    let near_u2 = near_u * near_u;
    while i < a.len() && j < b.len() {
        let (from_a, from_b) = (a.from_ms[i], b.from_ms[j]);
        if from_a == from_b && a.held_ms[i] == b.held_ms[j] {
            let (mut both, mut near) = ([0_u64; LANES], [0_u64; LANES]);
            while let (Some(one), Some(two)) = (a.chunk(i), b.chunk(j)) {
                if !one.is_abreast(&two) {
                    break;
                }
                for lane in 0..LANES {
                    let (dx, dy) = (one.x[lane] - two.x[lane], one.y[lane] - two.y[lane]);
                    let held_ms = one.held_ms[lane];
                    let is_near = dx * dx + dy * dy <= near_u2;
                    both[lane] += u64::from(held_ms);
                    near[lane] += u64::from(if is_near { held_ms } else { 0 });
                }
                (i, j) = (i + LANES, j + LANES);
            }
            let total = |lanes: [u64; LANES]| lanes.iter().sum::<u64>().cast_signed();
            sum.both_ms += total(both);
            sum.near_ms += total(near);
            if i >= a.len() || j >= b.len() {
                break;
            }
        }
        let (until_a, until_b) = (a.until_ms(i), b.until_ms(j));
        let held_ms = until_a.min(until_b) - i64::from(a.from_ms[i].max(b.from_ms[j]));
        if held_ms > 0 {
            let (dx, dy) = (a.x[i] - b.x[j], a.y[i] - b.y[j]);
            sum.both_ms += held_ms;
            if dx * dx + dy * dy <= near_u2 {
                sum.near_ms += held_ms;
            }
        }
        i += usize::from(until_a <= until_b);
        j += usize::from(until_b <= until_a);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From, to, x.
    fn holds(all: &[(i32, i32, f32)]) -> Holds {
        let mut holds = Holds::default();
        for (from, to, x) in all {
            holds.from_ms.push(*from);
            holds.held_ms.push((to - from).cast_unsigned());
            holds.x.push(*x);
            holds.y.push(0.0);
        }
        holds
    }

    fn sums(a: &Holds, b: &Holds) -> (i64, i64) {
        let all = |holds: &Holds| holds.from_ms.len();
        let sum = overlap(a.part(0, all(a)), b.part(0, all(b)), 600.0);
        let back = overlap(b.part(0, all(b)), a.part(0, all(a)), 600.0);
        assert_eq!(sum, back);
        (sum.both_ms, sum.near_ms)
    }

    #[test]
    fn samples_that_hold_together() {
        // A stands; B comes near with his second sample, which holds from 700 on, and is not seen from 900 to 1000.
        let a = holds(&[(0, 500, 0.0), (500, 1000, 0.0), (1000, 1500, 0.0)]);
        let b = holds(&[(200, 700, 900.0), (700, 900, 600.0), (1000, 1100, 601.0)]);
        assert_eq!(sums(&a, &b), (800, 200));
        assert_eq!(sums(&a, &holds(&[])), (0, 0));
    }

    #[test]
    fn samples_of_the_same_frames() {
        // B is born late, stands near at every third sample, and misses one.
        let all: Vec<_> = (0..40)
            .map(|nth| (nth * 200, nth * 200 + 200, 0.0))
            .collect();
        let far = |nth: i32| if nth % 3 == 0 { 600.0 } else { 700.0 };
        let own = (5..40).filter(|nth| *nth != 30);
        let own: Vec<_> = own
            .map(|nth| (nth * 200, nth * 200 + 200, far(nth)))
            .collect();
        assert_eq!(sums(&holds(&all), &holds(&own)), (34 * 200, 11 * 200));
    }
}
