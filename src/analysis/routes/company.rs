//! Who is how near, at every sample of a round: the nearest living enemy and the nearest living team mate.
//!
//! At a sample taken at time t of a living player, every *other* player counts who is in a life that contains t and whose last sample at or
//! before t is at most [`CompanyParams::oldest_ms`] old and was not taken in limbo or of a dead player. Distance in three dimensions, u:
//! a storey up counts its 160 u. `None` is "nobody seen", and also the value at samples that are no living player's.
//!
//! Two lives at a time are walked side by side: the tracker takes the samples of all players in the same frames, so that long stretches of
//! two lives are columns of the same times, and the distance of each is one for both. O(n · alive) with n samples in any case.
//!
//! Known weakness: a player is not seen after a revive (trackers up to 6.11), so the nearest may be nearer than given; where that can be
//! is told by [`super::life_shares`]. Walls do not count.

use crate::analysis::flags::RowFlags;
use crate::model::{PlayerId, Round, Team};
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

impl Company {
    /// For every sample of a round.
    pub fn of(round: &Round, flags: &RowFlags, params: &CompanyParams) -> Self {
        let samples = round.samples();
        let oldest_ms = params.oldest_ms.max(0);
        let places = Places::of(round, flags);
        let mut enemy = vec![f32::INFINITY; places.time_ms.len()];
        let mut mate = enemy.clone();
        for (nth, one) in places.lives.iter().enumerate() {
            let own = places.track(one);
            let until_ms = i64::from(one.last_ms).saturating_add(oldest_ms);
            let later = &places.lives[nth + 1..];
            for other in later
                .iter()
                .take_while(|o| i64::from(o.first_ms) <= until_ms)
            {
                let best = match (one.side == other.side, one.player == other.player) {
                    (true, true) => continue,
                    (true, false) => &mut mate,
                    (false, _) => &mut enemy,
                };
                // Lives stand in order, so that the columns of the other begin where those of the one have ended.
                let (before, behind) = best.split_at_mut(other.range.start);
                meet(
                    (own, &mut before[one.range.clone()]),
                    (places.track(other), &mut behind[..other.range.len()]),
                    oldest_ms,
                );
            }
        }
        let mut company = Self {
            enemy_u: vec![None; samples.len()],
            mate_u: vec![None; samples.len()],
        };
        for squared in enemy.iter_mut().chain(&mut mate) {
            *squared = squared.sqrt();
        }
        let seen = |u: f32| u.is_finite().then_some(u);
        for span in &places.lives {
            let indices = round.lives()[span.life].sample_indices();
            for (nth, index) in span.range.clone().zip(indices) {
                if is_living(round, flags, index) {
                    company.enemy_u[index] = seen(enemy[nth]);
                    company.mate_u[index] = seen(mate[nth]);
                }
            }
        }
        company
    }
}

/// 0 for the Axis, 1 for the Allies.
pub(in crate::analysis) fn side(team: Option<Team>) -> Option<usize> {
    Team::SIDES.iter().position(|side| team == Some(*side))
}

fn is_living(round: &Round, flags: &RowFlags, index: usize) -> bool {
    !flags.ghost_samples[index] && round.samples().health[index] > 0
}

/// Where everybody was, life behind life, each in order of time.
struct Places {
    time_ms: Vec<i32>,
    x: Vec<f32>,
    y: Vec<f32>,
    z: Vec<f32>,
    /// Infinite where others do not see the sample, else 0: added to the square of a distance it leaves out or keeps.
    hidden: Vec<f32>,
    /// In order of their first samples, as in the columns.
    lives: Vec<Span>,
}

/// A life in the columns.
#[derive(Clone, Debug)]
struct Span {
    /// Place in the file.
    life: usize,
    /// 0 or 1.
    side: usize,
    player: PlayerId,
    end_ms: i64,
    first_ms: i32,
    last_ms: i32,
    range: Range<usize>,
    /// So many samples from the first one on are followed by a later one; often all but the last, which is taken at the death.
    steady: usize,
}

impl Places {
    fn of(round: &Round, flags: &RowFlags) -> Self {
        let samples = round.samples();
        let n = samples.len();
        let mut places = Self {
            time_ms: Vec::with_capacity(n),
            x: Vec::with_capacity(n),
            y: Vec::with_capacity(n),
            z: Vec::with_capacity(n),
            hidden: Vec::with_capacity(n),
            lives: Vec::new(),
        };
        let hidden = |is_seen: bool| if is_seen { 0.0 } else { f32::INFINITY };
        for (nth, life) in round.lives().iter().enumerate() {
            let time = |nth: usize| samples.time_ms[life.sample_index(nth)];
            if let (Some(side), Some(last)) = (side(life.team), life.sample_count().checked_sub(1))
            {
                places.lives.push(Span {
                    life: nth,
                    side,
                    player: life.player,
                    end_ms: life.end_ms,
                    first_ms: time(0),
                    last_ms: time(last),
                    range: 0..0,
                    steady: 0,
                });
            }
        }
        places.lives.sort_by_key(|span| span.first_ms);
        let mut lives = std::mem::take(&mut places.lives);
        for span in &mut lives {
            let start = places.time_ms.len();
            let life = &round.lives()[span.life];
            // Nearly always one stretch of the columns.
            if let Some(range) = life.sample_range() {
                places
                    .time_ms
                    .extend_from_slice(&samples.time_ms[range.clone()]);
                places.x.extend_from_slice(&samples.x[range.clone()]);
                places.y.extend_from_slice(&samples.y[range.clone()]);
                places.z.extend_from_slice(&samples.z[range.clone()]);
                let states = flags.ghost_samples[range.clone()]
                    .iter()
                    .zip(&samples.health[range.clone()]);
                let states = states.zip(&samples.time_ms[range]);
                let seen = states.map(|((is_ghost, health), time)| {
                    !is_ghost && *health > 0 && life.contains(i64::from(*time))
                });
                places.hidden.extend(seen.map(hidden));
            } else {
                for index in life.sample_indices() {
                    let t_ms = samples.time_ms[index];
                    places.time_ms.push(t_ms);
                    places.x.push(samples.x[index]);
                    places.y.push(samples.y[index]);
                    places.z.push(samples.z[index]);
                    let is_living = is_living(round, flags, index);
                    places
                        .hidden
                        .push(hidden(is_living && life.contains(i64::from(t_ms))));
                }
            }
            span.range = start..places.time_ms.len();
            let times = &places.time_ms[span.range.clone()];
            let mut pairs = times.windows(2);
            span.steady = pairs
                .position(|pair| pair[0] == pair[1])
                .unwrap_or(times.len());
        }
        places.lives = lives;
        places
    }

    fn track(&self, span: &Span) -> Track<'_> {
        Track {
            time_ms: &self.time_ms[span.range.clone()],
            x: &self.x[span.range.clone()],
            y: &self.y[span.range.clone()],
            z: &self.z[span.range.clone()],
            hidden: &self.hidden[span.range.clone()],
            steady: span.steady,
            end_ms: span.end_ms,
        }
    }
}

/// The samples of one life.
#[derive(Clone, Copy)]
struct Track<'a> {
    time_ms: &'a [i32],
    x: &'a [f32],
    y: &'a [f32],
    z: &'a [f32],
    hidden: &'a [f32],
    steady: usize,
    end_ms: i64,
}

impl Track<'_> {
    fn len(&self) -> usize {
        self.time_ms.len()
    }

    /// Behind the last sample of a moment, where a walk that stands at its first goes on.
    fn behind(&self, from: usize, now: i32) -> usize {
        let same = self.time_ms[from..].iter().take_while(|time| **time == now);
        from + same.count()
    }

    /// Whether others see a sample at a time at which it is the last one; `None` is none.
    fn is_seen(&self, last: Option<usize>, now: i32, oldest_ms: i64) -> Option<usize> {
        let last = last?;
        let now = i64::from(now);
        let is_fresh = now - i64::from(self.time_ms[last]) <= oldest_ms && now < self.end_ms;
        (is_fresh && self.hidden[last] == 0.0).then_some(last)
    }

    fn square(&self, nth: usize, other: &Self, which: usize) -> f32 {
        let (x, y, z) = (
            self.x[nth] - other.x[which],
            self.y[nth] - other.y[which],
            self.z[nth] - other.z[which],
        );
        x * x + y * y + z * z
    }
}

/// The smaller of two, or the second where the first is not a number: one instruction.
fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// Two lives, each with the squares of the smallest distances so far of its samples, which become smaller where the two see each other. `b`
/// does not begin before `a`.
fn meet(
    (a, best_a): (Track<'_>, &mut [f32]),
    (b, best_b): (Track<'_>, &mut [f32]),
    oldest_ms: i64,
) {
    let mut i = a.time_ms.partition_point(|time| *time < b.time_ms[0]);
    let mut j = 0;
    loop {
        let n = abreast(&a, i, &b, j);
        if n > 0 {
            together(
                (&a, i, &mut best_a[i..i + n]),
                (&b, j, &mut best_b[j..j + n]),
            );
            (i, j) = (i + n, j + n);
        }
        let now = match (a.time_ms.get(i), b.time_ms.get(j)) {
            (Some(one), Some(other)) => *one.min(other),
            (Some(now), None) | (None, Some(now)) => *now,
            (None, None) => return,
        };
        let (next_a, next_b) = (a.behind(i, now), b.behind(j, now));
        // Samples of the same moment see each other, whatever their order.
        let seen_a = a.is_seen(next_a.checked_sub(1), now, oldest_ms);
        let seen_b = b.is_seen(next_b.checked_sub(1), now, oldest_ms);
        if (i == a.len() && seen_a.is_none()) || (j == b.len() && seen_b.is_none()) {
            // And never again.
            return;
        }
        if let Some(seen) = seen_b {
            for (nth, best) in (i..next_a).zip(&mut best_a[i..next_a]) {
                *best = smaller(a.square(nth, &b, seen), *best);
            }
        }
        if let Some(seen) = seen_a {
            for (nth, best) in (j..next_b).zip(&mut best_b[j..next_b]) {
                *best = smaller(b.square(nth, &a, seen), *best);
            }
        }
        (i, j) = (next_a, next_b);
    }
}

/// How many samples of two lives from a place in each on were taken in the same frames, as the tracker does for all players.
fn abreast(a: &Track<'_>, i: usize, b: &Track<'_>, j: usize) -> usize {
    const LANES: usize = 8;
    let (Some(times_a), Some(times_b)) = (a.time_ms.get(i..a.steady), b.time_ms.get(j..b.steady))
    else {
        return 0;
    };
    if times_a.first() != times_b.first() {
        return 0;
    }
    let (chunks_a, chunks_b) = (
        times_a.as_chunks::<LANES>().0,
        times_b.as_chunks::<LANES>().0,
    );
    let is_same = |pair: &(&[i32; LANES], &[i32; LANES])| {
        (0..LANES).fold(0, |differs, lane| differs | (pair.0[lane] ^ pair.1[lane])) == 0
    };
    let whole = LANES * chunks_a.iter().zip(chunks_b).take_while(is_same).count();
    let rest = times_a[whole..].iter().zip(&times_b[whole..]);
    whole + rest.take_while(|(one, other)| one == other).count()
}

/// Samples of the same frames see each other if they are seen at all.
fn together(
    (a, i, best_a): (&Track<'_>, usize, &mut [f32]),
    (b, j, best_b): (&Track<'_>, usize, &mut [f32]),
) {
    let n = best_a.len();
    let (ax, bx) = (&a.x[i..][..n], &b.x[j..][..n]);
    let (ay, by) = (&a.y[i..][..n], &b.y[j..][..n]);
    let (az, bz) = (&a.z[i..][..n], &b.z[j..][..n]);
    let (hidden_a, hidden_b) = (&a.hidden[i..][..n], &b.hidden[j..][..n]);
    let best_b = &mut best_b[..n];
    for nth in 0..n {
        let (x, y, z) = (ax[nth] - bx[nth], ay[nth] - by[nth], az[nth] - bz[nth]);
        let square = x * x + y * y + z * z;
        best_a[nth] = smaller(square + hidden_b[nth], best_a[nth]);
        best_b[nth] = smaller(square + hidden_a[nth], best_b[nth]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A life that stands, with the rest of its samples unseen.
    fn track<'a>(time_ms: &'a [i32], x: &'a [f32], zero: &'a [f32], steady: usize) -> Track<'a> {
        Track {
            time_ms,
            x,
            y: &zero[..time_ms.len()],
            z: &zero[..time_ms.len()],
            hidden: &zero[..time_ms.len()],
            steady,
            end_ms: 10_000,
        }
    }

    #[test]
    fn two_lives_see_each_other() {
        let zero = [0.0; 32];
        let times: Vec<i32> = (0..20).map(|nth| nth * 200).collect();
        let x = [0.0; 20];
        // Born between two samples, then in the same frames, a gap, and two samples of one moment at the end.
        let own = [1300, 1400, 1600, 1800, 3800, 3800];
        let own_x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let (mut best, mut best_own) = ([f32::INFINITY; 20], [f32::INFINITY; 6]);
        let a = track(&times, &x, &zero, 20);
        let b = track(&own, &own_x, &zero, 4);
        meet((a, &mut best), (b, &mut best_own), 700);
        assert_eq!(best_own, [1.0, 4.0, 9.0, 16.0, 25.0, 36.0]);
        let seen = best.map(|best| if best.is_finite() { best.sqrt() } else { 0.0 });
        assert_eq!(seen[..7], [0.0; 7]);
        assert_eq!(seen[7..14], [2.0, 3.0, 4.0, 4.0, 4.0, 4.0, 0.0]);
        assert_eq!(seen[14..], [0.0, 0.0, 0.0, 0.0, 0.0, 6.0]);
    }
}
