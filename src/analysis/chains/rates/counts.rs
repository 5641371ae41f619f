//! Counts that keep what they are out of, and delays that keep each one: what sums of rounds need.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// A count out of a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub n: u32,
    /// Out of how many.
    pub of: u32,
}

impl Rate {
    /// From 0 to 1; `None` out of nothing.
    pub fn rate(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.n) / f64::from(self.of))
    }

    pub(super) fn count(&mut self, is_one: bool) {
        self.of = self.of.saturating_add(1);
        self.n = self.n.saturating_add(u32::from(is_one));
    }

    /// Adds the counts of another round.
    pub fn add(&mut self, other: Self) {
        self.n = self.n.saturating_add(other.n);
        self.of = self.of.saturating_add(other.of);
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = serializer.serialize_struct("Rate", 3)?;
        all.serialize_field("n", &self.n)?;
        all.serialize_field("of", &self.of)?;
        all.serialize_field("rate", &self.rate())?;
        all.end()
    }
}

/// Times from a death to its revenge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delays {
    /// Each, ms, the quickest first.
    pub all_ms: Vec<i64>,
}

impl Delays {
    /// Mean, ms; `None` without any.
    pub fn mean_ms(&self) -> Option<f64> {
        let sum = self
            .all_ms
            .iter()
            .fold(0_i64, |sum, ms| sum.saturating_add(*ms));
        (!self.all_ms.is_empty()).then(|| sum as f64 / self.all_ms.len() as f64)
    }

    /// Median, ms, of two middle ones their mean; `None` without any.
    pub fn median_ms(&self) -> Option<f64> {
        let n = self.all_ms.len();
        let upper = *self.all_ms.get(n / 2)?;
        let lower = if n.is_multiple_of(2) {
            self.all_ms[n / 2 - 1]
        } else {
            upper
        };
        Some(f64::midpoint(lower as f64, upper as f64))
    }

    pub(super) fn push(&mut self, ms: i64) {
        let place = self.all_ms.partition_point(|known| *known <= ms);
        self.all_ms.insert(place, ms);
    }

    /// Adds the delays of another round.
    pub fn add(&mut self, other: &Self) {
        self.all_ms.extend(&other.all_ms);
        self.all_ms.sort_unstable();
    }
}

impl Serialize for Delays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = serializer.serialize_struct("Delays", 4)?;
        all.serialize_field("n", &self.all_ms.len())?;
        all.serialize_field("mean_ms", &self.mean_ms())?;
        all.serialize_field("median_ms", &self.median_ms())?;
        all.serialize_field("all_ms", &self.all_ms)?;
        all.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_of_two_is_between_them() {
        let mut delays = Delays::default();
        assert_eq!((delays.mean_ms(), delays.median_ms()), (None, None));
        for ms in [900, 100, 200] {
            delays.push(ms);
        }
        assert_eq!(delays.all_ms, [100, 200, 900]);
        assert_eq!(
            (delays.mean_ms(), delays.median_ms()),
            (Some(400.0), Some(200.0))
        );
        delays.add(&Delays { all_ms: vec![300] });
        assert_eq!(delays.median_ms(), Some(250.0));
    }

    #[test]
    fn a_rate_keeps_what_it_is_out_of() {
        let mut rate = Rate { n: 1, of: 2 };
        rate.add(Rate { n: 2, of: 2 });
        let json = serde_json::to_string(&rate).unwrap();
        assert_eq!(json, r#"{"n":3,"of":4,"rate":0.75}"#);
        assert_eq!(Rate::default().rate(), None);
    }
}
