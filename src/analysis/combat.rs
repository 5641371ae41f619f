//! When somebody is in combat: stretches of time from hits given and taken.

/// Stretches of time, merged and in order; both ends included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretches(Vec<(i64, i64)>);

impl Stretches {
    /// Merges stretches given in any order; two that are at most `gap_ms` apart become one. O(n log n).
    pub fn merged(mut raw: Vec<(i64, i64)>, gap_ms: i64) -> Self {
        raw.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(raw.len());
        for (start, end) in raw {
            match merged.last_mut() {
                Some(last) if start <= last.1.saturating_add(gap_ms) => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        Self(merged)
    }

    /// The stretches in order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().copied()
    }

    /// The parts inside `start..=end`, in order.
    pub fn within(&self, start: i64, end: i64) -> impl Iterator<Item = (i64, i64)> {
        let from = self.0.partition_point(|stretch| stretch.1 < start);
        let inside = self.0[from..]
            .iter()
            .take_while(move |stretch| stretch.0 <= end);
        inside.map(move |stretch| (stretch.0.max(start), stretch.1.min(end)))
    }
}

/// Stretches of many lives of one team in order of their start, to be searched by time.
#[derive(Clone, Debug, Default)]
pub struct Windows {
    /// Start, end (both included), life.
    all: Vec<(i64, i64, u32)>,
    longest_ms: i64,
}

impl Windows {
    /// From stretches in any order. O(n log n).
    pub fn new(mut all: Vec<(i64, i64, u32)>) -> Self {
        all.sort_unstable();
        let longest_ms = all
            .iter()
            .map(|(start, end, _)| end.saturating_sub(*start))
            .max();
        Self {
            all,
            longest_ms: longest_ms.unwrap_or(0),
        }
    }

    /// All that touch `start..=end`. Looks at those only that start at most the longest stretch earlier.
    pub fn touching(&self, start: i64, end: i64) -> impl Iterator<Item = (i64, i64, u32)> {
        let earliest = start.saturating_sub(self.longest_ms);
        let from = self.all.partition_point(|window| window.0 < earliest);
        let begun = self.all[from..]
            .iter()
            .take_while(move |window| window.0 <= end);
        begun.copied().filter(move |window| window.1 >= start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_stretches_become_one() {
        let merged = Stretches::merged(vec![(500, 700), (0, 100), (101, 300), (302, 400)], 1);
        let all: Vec<_> = merged.iter().collect();
        assert_eq!(all, [(0, 300), (302, 400), (500, 700)]);
        let inside: Vec<_> = merged.within(250, 600).collect();
        assert_eq!(inside, [(250, 300), (302, 400), (500, 600)]);
        assert_eq!(Stretches::merged(Vec::new(), 1).iter().count(), 0);
    }

    #[test]
    fn windows_that_touch_are_found() {
        let windows = Windows::new(vec![(0, 1000, 7), (900, 950, 8), (2000, 2100, 9)]);
        let found = |start, end| -> Vec<u32> {
            windows.touching(start, end).map(|found| found.2).collect()
        };
        assert_eq!(found(1000, 1999), [7]);
        assert_eq!(found(940, 2000), [7, 8, 9]);
        assert_eq!(found(1001, 1999), [] as [u32; 0]);
    }
}
