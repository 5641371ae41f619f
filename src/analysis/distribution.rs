//! How values are spread: count, sum, mean, median, quartiles, least and greatest.
//!
//! A quantile is that of the sorted values with straight lines between neighbours: for `n` values the quantile `q` stands at position
//! `q · (n − 1)`, counted from 0 (the rule called "type 7", which most statistics programs and spreadsheets use). The median of 1, 2, 4, 9
//! is 3; the lower quartile 1.75.
//!
//! Values that are not finite are left out. The result does not depend on the order of the values, to the last bit: sums are taken over
//! sorted values. Known weakness: with few values quartiles say little; therefore `n` is always part of it. O(n log n).

use serde::Serialize;

/// The spread of some values; there is none of no values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Distribution {
    /// How many values.
    pub n: usize,
    /// Their sum.
    pub sum: f64,
    /// Their mean.
    pub mean: f64,
    /// The middle value.
    pub median: f64,
    /// A quarter of the values lies at or below it.
    pub lower_quartile: f64,
    /// A quarter of the values lies at or above it.
    pub upper_quartile: f64,
    /// The least value.
    pub min: f64,
    /// The greatest value.
    pub max: f64,
}

impl Distribution {
    /// The spread of the finite ones among `values`; `None` when there are none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = values.into_iter().filter(|v| v.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let sum: f64 = sorted.iter().sum();
        let n = sorted.len();
        // A sum of huge values may leave the range of numbers, their mean does not.
        let mean = if sum.is_finite() {
            sum / n as f64
        } else {
            sorted.iter().map(|v| v / n as f64).sum()
        };
        Some(Self {
            n,
            sum: sum.clamp(f64::MIN, f64::MAX),
            mean: mean.clamp(min, max),
            median: quantile(&sorted, 0.5)?,
            lower_quartile: quantile(&sorted, 0.25)?,
            upper_quartile: quantile(&sorted, 0.75)?,
            min,
            max,
        })
    }

    /// The spread of whole numbers, such as durations in ms.
    pub fn of_whole(values: impl IntoIterator<Item = i64>) -> Option<Self> {
        Self::of(values.into_iter().map(|value| value as f64))
    }

    /// Width of the middle half: upper less lower quartile.
    pub fn interquartile_range(&self) -> f64 {
        (self.upper_quartile - self.lower_quartile).min(f64::MAX)
    }
}

/// The quantile `q` (0 to 1, clamped) of values sorted from least to greatest, by the rule of the module; `None` without values.
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = q.clamp(0.0, 1.0) * last as f64;
    let below = (at.floor() as usize).min(last);
    let (from, to) = (sorted[below], sorted[(below + 1).min(last)]);
    let part = at - below as f64;
    // Not `from + part · (to − from)`, whose difference may leave the range of numbers.
    Some(if part == 0.0 || from == to {
        from
    } else {
        from * (1.0 - part) + to * part
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_by_the_rule() {
        let spread = Distribution::of([9.0, 1.0, 4.0, 2.0]).unwrap();
        assert_eq!((spread.n, spread.sum, spread.mean), (4, 16.0, 4.0));
        assert_eq!(spread.median, 3.0);
        assert_eq!((spread.lower_quartile, spread.upper_quartile), (1.75, 5.25));
        assert_eq!((spread.min, spread.max), (1.0, 9.0));
        assert_eq!(spread.interquartile_range(), 3.5);
        let odd = Distribution::of_whole([5, 1, 3]).unwrap();
        assert_eq!(
            (odd.lower_quartile, odd.median, odd.upper_quartile),
            (2.0, 3.0, 4.0)
        );
    }

    #[test]
    fn one_value_is_all_of_it_and_none_is_none() {
        let one = Distribution::of([7.0]).unwrap();
        assert_eq!(
            (one.median, one.lower_quartile, one.upper_quartile, one.mean),
            (7.0, 7.0, 7.0, 7.0)
        );
        assert_eq!(Distribution::of([]), None);
        assert_eq!(Distribution::of([f64::NAN, f64::INFINITY]), None);
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[1.0, 2.0], 7.0), Some(2.0));
    }

    #[test]
    fn huge_values_stay_finite() {
        let huge = Distribution::of([f64::MAX, f64::MAX, f64::MIN]).unwrap();
        for value in [huge.sum, huge.mean, huge.median, huge.lower_quartile] {
            assert!(value.is_finite(), "{huge:?}");
        }
        let both = Distribution::of([f64::MAX, f64::MAX]).unwrap();
        assert_eq!((both.mean, both.sum), (f64::MAX, f64::MAX));
        assert!(huge.interquartile_range().is_finite());
    }

    #[test]
    fn the_order_of_values_does_not_matter() {
        let values: Vec<f64> = (0..500).map(|n| 1.0 / (1.0 + f64::from(n))).collect();
        let back: Vec<f64> = values.iter().rev().copied().collect();
        assert_eq!(Distribution::of(values), Distribution::of(back));
    }
}
