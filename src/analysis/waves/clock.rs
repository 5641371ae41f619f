//! Reading a solved reinforcement clock.

use serde::Serialize;

/// A team's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WaveClock {
    /// From wave to wave, ms.
    pub interval_ms: i64,
    /// A wave lands when time plus this is a multiple of the interval, ms.
    pub offset_ms: i64,
    /// Rows behind it.
    pub rows: usize,
    /// Landings near a wave.
    pub landings_near: usize,
    /// Landings.
    pub landings: usize,
    /// How much later than the wave by the rows they landed, the (lower) median of the landings near one, ms; negative is earlier.
    pub bias_ms: i64,
}

impl WaveClock {
    /// Time since the last wave, ms.
    pub fn phase_ms(&self, t_ms: i64) -> i64 {
        t_ms.saturating_add(self.offset_ms)
            .rem_euclid(self.interval_ms)
    }

    /// Time to the next wave, ms; in the moment of a wave the whole interval.
    pub fn to_next_ms(&self, t_ms: i64) -> i64 {
        self.interval_ms - self.phase_ms(t_ms)
    }

    /// Number of the wave that landed last.
    pub fn wave(&self, t_ms: i64) -> i64 {
        t_ms.saturating_add(self.offset_ms)
            .div_euclid(self.interval_ms)
    }

    /// Number of the wave nearest to a moment.
    pub fn nearest_wave(&self, t_ms: i64) -> i64 {
        self.wave(t_ms.saturating_add(self.interval_ms / 2))
    }

    /// When players of a wave land, ms: the wave by the rows and the bias of the landings.
    pub fn landing_ms(&self, wave: i64) -> i64 {
        wave.saturating_mul(self.interval_ms)
            .saturating_sub(self.offset_ms)
            .saturating_add(self.bias_ms)
    }

    /// Number of the last wave whose players had landed at a moment.
    pub fn landed_wave(&self, t_ms: i64) -> i64 {
        self.wave(t_ms.saturating_sub(self.bias_ms))
    }

    /// Time until the next players land, ms; in the moment of a landing the whole interval.
    pub fn to_next_landing_ms(&self, t_ms: i64) -> i64 {
        self.to_next_ms(t_ms.saturating_sub(self.bias_ms))
    }

    /// How far from the nearest wave, ms, never negative.
    pub fn off_ms(&self, t_ms: i64) -> i64 {
        self.phase_ms(t_ms).min(self.to_next_ms(t_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_tells_phase_and_next_wave() {
        let clock = WaveClock {
            interval_ms: 20_000,
            offset_ms: 5000,
            rows: 3,
            landings_near: 3,
            landings: 3,
            bias_ms: -25,
        };
        assert_eq!(
            (clock.phase_ms(15_000), clock.to_next_ms(15_000)),
            (0, 20_000)
        );
        assert_eq!(
            (clock.phase_ms(14_900), clock.to_next_ms(14_900)),
            (19_900, 100)
        );
        assert_eq!((clock.off_ms(14_900), clock.off_ms(15_100)), (100, 100));
        assert_eq!(
            (clock.wave(14_999), clock.wave(15_000), clock.wave(-5001)),
            (0, 1, -1)
        );
    }

    #[test]
    fn landings_are_one_frame_beside_the_waves() {
        let clock = WaveClock {
            interval_ms: 20_000,
            offset_ms: 5000,
            rows: 3,
            landings_near: 3,
            landings: 3,
            bias_ms: -25,
        };
        assert_eq!((clock.landing_ms(1), clock.landing_ms(0)), (14_975, -5025));
        assert_eq!(
            (clock.landed_wave(14_974), clock.landed_wave(14_975)),
            (0, 1)
        );
        assert_eq!(
            (
                clock.to_next_landing_ms(14_974),
                clock.to_next_landing_ms(14_975)
            ),
            (1, 20_000)
        );
        assert_eq!(
            (clock.nearest_wave(24_999), clock.nearest_wave(25_000)),
            (1, 2)
        );
        assert!(clock.phase_ms(i64::MAX) >= 0 && clock.phase_ms(i64::MIN) >= 0);
    }
}
