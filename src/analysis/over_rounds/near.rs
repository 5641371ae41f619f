//! How long team mates were near each other.
//!
//! By the floor rule: at every moment the last sample of each counts, as long as it holds ([`held_ms`]); the time of two samples that hold
//! together is near when they lie within the distance in two dimensions, as for support. Symmetric and independent of the order of the two.
//! O(samples · team mates alive).

use super::super::flags::RowFlags;
use super::super::support::held_ms;
use crate::model::{PlayerId, Round};
use std::collections::BTreeMap;

/// Times of two team mates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Together {
    /// Both alive with samples, ms.
    pub(super) both_ms: i64,
    /// Of this, near each other, ms.
    pub(super) near_ms: i64,
}

/// A sample while it holds: from, to (exclusive), x, y.
type Hold = (i64, i64, f32, f32);

/// All pairs of players who were alive for the same team at the same time, the smaller id first.
pub(super) fn together(
    round: &Round,
    flags: &RowFlags,
    near_u: f32,
) -> BTreeMap<[PlayerId; 2], Together> {
    let mut lives: Vec<_> = round
        .lives()
        .iter()
        .filter(|life| life.team.is_some())
        .collect();
    lives.sort_by_key(|life| (life.start_ms, life.row));
    let holds: Vec<Vec<Hold>> = lives.iter().map(|life| holds(round, flags, life)).collect();
    let mut pairs: BTreeMap<[PlayerId; 2], Together> = BTreeMap::new();
    for (nth, life) in lives.iter().enumerate() {
        // A sample may hold a little beyond the end of its life in damaged files only; lives that begin later than it are apart.
        let until = holds[nth]
            .last()
            .map_or(life.end_ms, |hold| hold.1.max(life.end_ms));
        let later = lives.iter().enumerate().skip(nth + 1);
        for (other, mate) in later.take_while(|(_, mate)| mate.start_ms < until) {
            if mate.team != life.team || mate.player == life.player {
                continue;
            }
            let sum = overlap(&holds[nth], &holds[other], near_u);
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

fn holds(round: &Round, flags: &RowFlags, life: &crate::model::Life) -> Vec<Hold> {
    let samples = round.samples();
    let all = life.sample_indices().enumerate().map(|(nth, index)| {
        let t_ms = i64::from(samples.time_ms[index]);
        let until_ms = t_ms + held_ms(flags, life, nth);
        (t_ms, until_ms, samples.x[index], samples.y[index])
    });
    all.filter(|hold| hold.1 > hold.0).collect()
}

fn overlap(a: &[Hold], b: &[Hold], near_u: f32) -> Together {
    let mut sum = Together::default();
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else {
        return sum;
    };
    let mut i = a.partition_point(|hold| hold.1 <= first_b.0);
    let mut j = b.partition_point(|hold| hold.1 <= first_a.0);
    while let (Some(one), Some(two)) = (a.get(i), b.get(j)) {
        let held_ms = one.1.min(two.1) - one.0.max(two.0);
        if held_ms > 0 {
            let (dx, dy) = (one.2 - two.2, one.3 - two.3);
            sum.both_ms += held_ms;
            if dx * dx + dy * dy <= near_u * near_u {
                sum.near_ms += held_ms;
            }
        }
        if one.1 <= two.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_that_hold_together() {
        // A stands; B comes near with his second sample, which holds from 700 on, and is not seen from 900 to 1000.
        let a = [
            (0, 500, 0.0, 0.0),
            (500, 1000, 0.0, 0.0),
            (1000, 1500, 0.0, 0.0),
        ];
        let b = [
            (200, 700, 900.0, 0.0),
            (700, 900, 600.0, 0.0),
            (1000, 1100, 601.0, 0.0),
        ];
        let sum = overlap(&a, &b, 600.0);
        assert_eq!((sum.both_ms, sum.near_ms), (800, 200));
        assert_eq!(overlap(&b, &a, 600.0), sum);
        assert_eq!(overlap(&a, &[], 600.0), Together::default());
    }
}
