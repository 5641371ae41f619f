//! Reinforcement clocks: interval and offset of each team (`format.md` §3.6).

use super::dice::Dice;

/// One team's clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waves {
    /// Time between waves, ms.
    pub(super) interval_ms: i64,
    offset_ms: i64,
}

/// Divisors by which the game turns its seeds into offsets.
const DIVISORS: [i64; 8] = [11, 3, 13, 7, 2, 5, 1, 17];

impl Waves {
    /// A team's clock with an offset as the game draws it: one of eight seeds, divided.
    pub(super) fn draw(interval_ms: i64, dice: &mut Dice) -> Self {
        let index = dice.below(DIVISORS.len());
        let seed = dice.below(240) as i64;
        Self {
            interval_ms,
            offset_ms: 1000 * seed / DIVISORS[index],
        }
    }

    /// Time to the next wave, more than 0 and at most the interval, ms.
    pub(super) fn to_next_ms(self, t_ms: i64) -> i64 {
        self.interval_ms - (self.offset_ms + t_ms).rem_euclid(self.interval_ms)
    }

    /// Whether a wave comes before the next server frame: people land in the last frame before it, as on a real server.
    pub(super) fn lands(self, t_ms: i64, frame_ms: i64) -> bool {
        self.to_next_ms(t_ms) <= frame_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_lands_once_per_interval_just_before_its_time() {
        let waves = Waves {
            interval_ms: 20_000,
            offset_ms: 1234,
        };
        let landings: Vec<i64> = (0..60_000)
            .step_by(50)
            .filter(|t| waves.lands(*t, 50))
            .collect();
        assert_eq!(landings, [18_750, 38_750, 58_750]);
        assert_eq!(waves.to_next_ms(18_750), 16);
        assert_eq!(waves.to_next_ms(18_766), 20_000);
    }
}
