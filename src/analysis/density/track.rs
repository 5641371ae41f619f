//! A life's columns in order of time, as slices: what inner loops walk.

use super::super::flags::RowFlags;
use crate::model::{Life, Round};
use std::borrow::Cow;

/// The columns of one life, all of the same length.
pub(super) struct Track<'a> {
    pub(super) time_ms: Cow<'a, [i32]>,
    pub(super) x: Cow<'a, [f32]>,
    pub(super) y: Cow<'a, [f32]>,
    pub(super) z: Cow<'a, [f32]>,
    pub(super) health: Cow<'a, [i32]>,
    /// Taken in limbo.
    pub(super) ghost: Cow<'a, [bool]>,
}

impl<'a> Track<'a> {
    /// Slices of the round's columns; of the rare life whose samples are not in order of time, a copy.
    pub(super) fn of(round: &'a Round, flags: &'a RowFlags, life: &Life) -> Self {
        let samples = round.samples();
        Self {
            time_ms: column(life, &samples.time_ms),
            x: column(life, &samples.x),
            y: column(life, &samples.y),
            z: column(life, &samples.z),
            health: column(life, &samples.health),
            ghost: column(life, &flags.ghost_samples),
        }
    }

    /// The samples at which he lived, as far as they say, with how long each holds, ms: the same as
    /// [`held_ms`](super::super::support::held_ms) gives one by one. From `first` up to `last` (exclusive).
    #[inline]
    pub(super) fn held(
        &self,
        life: &Life,
        longest_ms: i64,
        (first, last): (usize, usize),
        mut take: impl FnMut(Held),
    ) {
        let last = last.min(self.time_ms.len());
        // Slices of one known length, so that the loop has no checks.
        let (times, xs, ys) = (&self.time_ms[..last], &self.x[..last], &self.y[..last]);
        let (zs, health, ghost) = (&self.z[..last], &self.health[..last], &self.ghost[..last]);
        let behind = self
            .time_ms
            .get(last)
            .map_or(life.end_ms, |t| i64::from(*t));
        for nth in first..last {
            let t_ms = i64::from(times[nth]);
            let until_ms = times.get(nth + 1).map_or(behind, |t| i64::from(*t));
            let ms = (until_ms - t_ms).clamp(0, longest_ms);
            if ms > 0 && health[nth] > 0 && !ghost[nth] {
                take(Held {
                    nth,
                    t_ms,
                    ms,
                    place: [xs[nth], ys[nth], zs[nth]],
                });
            }
        }
    }
}

/// A sample that holds for some time.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) nth: usize,
    pub(super) t_ms: i64,
    pub(super) ms: i64,
    pub(super) place: [f32; 3],
}

fn column<'a, T: Copy>(life: &Life, values: &'a [T]) -> Cow<'a, [T]> {
    match life.sample_range() {
        Some(range) => Cow::Borrowed(&values[range]),
        None => Cow::Owned(life.sample_indices().map(|index| values[index]).collect()),
    }
}
