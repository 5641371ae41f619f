//! Numbers that look random and follow from a seed alone, the same on every machine.

/// A stream of numbers (`SplitMix64`).
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The stream of a seed and of what it is for; different labels give streams that have nothing to do with each other.
    pub(super) fn new(seed: u64, labels: &[u64]) -> Self {
        let mut dice = Self(seed);
        for label in labels {
            dice.0 = dice.next() ^ label.wrapping_mul(0xd6e8_feb8_6659_fd93);
        }
        dice
    }

    /// The next 64 bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to under 1.
    pub(super) fn part(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// From `low` to under `high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.part()
    }

    /// A whole number under `end`; 0 when that is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// Milliseconds from `low` to under `high`.
    pub(super) fn ms(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(usize::try_from(high - low).unwrap_or(0)) as i64
    }

    /// Whether something of this likelihood happens.
    pub(super) fn chance(&mut self, likelihood: f32) -> bool {
        self.part() < likelihood
    }

    /// Puts a list in any order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let draw = |seed, label| {
            let mut dice = Dice::new(seed, &[label]);
            [dice.next(), dice.next()]
        };
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn numbers_stay_inside_their_ends() {
        let mut dice = Dice::new(3, &[]);
        for _ in 0..1000 {
            assert!((0.0..1.0).contains(&dice.part()));
            assert!(dice.below(7) < 7);
            assert!((100..200).contains(&dice.ms(100, 200)));
        }
        assert_eq!((dice.below(0), dice.ms(5, 5)), (0, 5));
        let mut list: Vec<u32> = (0..50).collect();
        dice.shuffle(&mut list);
        assert!(!list.is_sorted());
        list.sort_unstable();
        assert!(list.iter().copied().eq(0..50));
    }
}
