//! The points of a life, searched by time.

use crate::model::Samples;
use std::ops::Range;

/// The points of one life in order of time. Points that the file has in order already, which is nearly all of them, cost nothing.
#[derive(Clone, Debug)]
pub struct Path {
    range: Range<usize>,
    /// Indices in order of time, of equal times in file order; `None` when the file's order is that order.
    order: Option<Box<[u32]>>,
}

/// A point found by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Index into the round's columns.
    pub index: usize,
    /// How far from the time asked for, ms, never negative.
    pub off_ms: i64,
}

impl Path {
    /// The points `range` of the columns. O(n), and O(n log n) for a path that is not in order of time.
    pub fn new(samples: &Samples, range: Range<usize>) -> Self {
        let times = &samples.time_ms[range.clone()];
        let order = (!times.is_sorted()).then(|| {
            let mut order: Vec<u32> = range.clone().map(|index| index as u32).collect();
            order.sort_by_key(|&index| samples.time_ms[index as usize]);
            order.into_boxed_slice()
        });
        Self { range, order }
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.range.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.range.is_empty()
    }

    /// Indices into the columns in file order.
    pub fn in_file_order(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Index into the columns of the `nth` point in order of time.
    pub fn index(&self, nth: usize) -> usize {
        match &self.order {
            Some(order) => order[nth] as usize,
            None => self.range.start + nth,
        }
    }

    /// Time of the `nth` point in order of time, ms.
    pub fn time_ms(&self, samples: &Samples, nth: usize) -> i64 {
        i64::from(samples.time_ms[self.index(nth)])
    }

    /// The times of all points, when the file has them in order.
    pub fn times_in_order<'a>(&self, samples: &'a Samples) -> Option<&'a [i32]> {
        let is_in_order = self.order.is_none();
        is_in_order.then(|| &samples.time_ms[self.range.clone()])
    }

    /// How many points lie before `t_ms`. O(log n).
    pub fn count_before(&self, samples: &Samples, t_ms: i64) -> usize {
        let before = |index: usize| i64::from(samples.time_ms[index]) < t_ms;
        match &self.order {
            Some(order) => order.partition_point(|&index| before(index as usize)),
            None => samples.time_ms[self.range.clone()].partition_point(|t| i64::from(*t) < t_ms),
        }
    }

    /// The point nearest in time; of several equally near the first in file order, as a scan from the front finds it. O(log n).
    pub fn nearest(&self, samples: &Samples, t_ms: i64) -> Option<Nearest> {
        self.nearest_around(samples, t_ms, self.count_before(samples, t_ms))
    }

    /// The same when [`Path::count_before`] of `t_ms` is known. O(1).
    pub fn nearest_around(&self, samples: &Samples, t_ms: i64, before: usize) -> Option<Nearest> {
        let at = |nth: usize| Nearest {
            index: self.index(nth),
            off_ms: (self.time_ms(samples, nth) - t_ms).abs(),
        };
        let earlier = before.checked_sub(1).map(|mut nth| {
            // Of points of the same time the first counts.
            let t = self.time_ms(samples, nth);
            while nth > 0 && self.time_ms(samples, nth - 1) == t {
                nth -= 1;
            }
            at(nth)
        });
        let later = (before < self.len()).then(|| at(before));
        let near = earlier.into_iter().chain(later);
        near.min_by_key(|found| (found.off_ms, found.index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(times: &[i32]) -> Samples {
        Samples {
            time_ms: times.to_vec(),
            ..Samples::default()
        }
    }

    /// What the reference does.
    fn scan(times: &[i32], t_ms: i64) -> Option<usize> {
        let off = |index: &usize| (i64::from(times[*index]) - t_ms).abs();
        (0..times.len()).min_by_key(off)
    }

    #[test]
    fn finds_what_a_scan_from_the_front_finds() {
        for times in [
            vec![],
            vec![100],
            vec![0, 200, 400, 600],
            vec![0, 200, 200, 200, 400],
            vec![65_000, 200, 400, 200, 300, 65_000],
            vec![5, 3, 1, 3, 5],
        ] {
            let samples = samples(&times);
            let path = Path::new(&samples, 0..times.len());
            for t in (-10..700).chain(64_900..65_100) {
                let found = path.nearest(&samples, t).map(|found| found.index);
                assert_eq!(found, scan(&times, t), "{times:?} at {t}");
            }
        }
    }
}
