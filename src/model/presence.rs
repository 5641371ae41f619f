//! Where a player is at a moment, or why he is nowhere.

use super::life::{LifeEnd, LifeId, SampleAt};
use super::player::PlayerId;
use super::round::Round;

/// What is known about a player at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// In a life, with the last sample taken at or before the moment.
    Alive {
        /// The life that contains the moment.
        life: LifeId,
        /// The sample.
        sample: SampleAt,
    },
    /// Not to be drawn.
    Absent(Absence),
}

/// Why a player is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// His first spawn is still to come.
    NotYetSpawned {
        /// When, ms.
        first_spawn_ms: i64,
    },
    /// Dead, waiting for a medic or the next wave.
    Dead {
        /// Since when, ms.
        since_ms: i64,
        /// How the life ended.
        end: LifeEnd,
    },
    /// Revived: trackers up to 6.11 write no track until the next full spawn.
    RevivedTrackLost {
        /// When he was revived, ms.
        since_ms: i64,
    },
    /// Left the server.
    Left {
        /// When, ms.
        since_ms: i64,
    },
    /// Alive when the round ended, which it has.
    RoundOver,
    /// In a life, but its first sample is still to come.
    NoSampleYet,
    /// The file has no life of his at all.
    NoSamples,
}

impl Absence {
    /// In words, for a list.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotYetSpawned { .. } => "not yet spawned",
            Self::Dead { .. } => "dead, waiting",
            Self::RevivedTrackLost { .. } => "revived: track lost",
            Self::Left { .. } => "left the server",
            Self::RoundOver => "round over",
            Self::NoSampleYet => "no sample yet",
            Self::NoSamples => "no samples in file",
        }
    }
}

impl Round {
    /// Where `player` is at `t_ms`, by the last sample at or before that moment.
    pub fn presence_at(&self, player: PlayerId, t_ms: i64) -> Presence {
        let lives = self.lives_of(player);
        let begun = lives.partition_point(|id| self.life(*id).start_ms <= t_ms);
        // Lives of one player may overlap in damaged files: the one that began last counts.
        for &id in lives[..begun].iter().rev().take(3) {
            let life = self.life(id);
            if life.contains(t_ms) {
                return match life.sample_at(self.samples(), t_ms) {
                    Some(sample) => Presence::Alive { life: id, sample },
                    None => Presence::Absent(Absence::NoSampleYet),
                };
            }
        }
        Presence::Absent(self.absence(player, begun, t_ms))
    }

    fn absence(&self, player: PlayerId, begun: usize, t_ms: i64) -> Absence {
        let lives = self.lives_of(player);
        let Some(last) = begun.checked_sub(1).map(|nth| self.life(lives[nth])) else {
            return match lives.first() {
                Some(first) => Absence::NotYetSpawned {
                    first_spawn_ms: self.life(*first).start_ms,
                },
                None => Absence::NoSamples,
            };
        };
        let behind = |times: &[i64]| {
            let until = times.partition_point(|t| *t <= t_ms);
            until
                .checked_sub(1)
                .map(|nth| times[nth])
                .filter(|t| *t > last.end_ms)
        };
        let revived = behind(self.revives_of(player));
        let died = behind(self.deaths_of(player));
        if let Some(since_ms) = revived.filter(|revived| died.is_none_or(|died| died < *revived)) {
            return Absence::RevivedTrackLost { since_ms };
        }
        let since_ms = died.unwrap_or(last.end_ms);
        match last.end {
            LifeEnd::Disconnect => Absence::Left { since_ms },
            LifeEnd::RoundEnd | LifeEnd::Shutdown => Absence::RoundOver,
            end => Absence::Dead { since_ms, end },
        }
    }

    /// Where to draw a sampled player between two samples: straight between the last sample and the next one of the same life, unless
    /// the gap is longer than twice the cadence or the way was faster than 1200 u/s. For display only, never for a number.
    pub fn display_position(&self, life: LifeId, sample: SampleAt, t_ms: i64) -> [f32; 3] {
        const FASTEST_U_PER_S: f32 = 1200.0;
        let samples = self.samples();
        let at = |index: usize| [samples.x[index], samples.y[index], samples.z[index]];
        let from = at(sample.index);
        let life = self.life(life);
        let nth = life.samples_until(samples, t_ms);
        if nth >= life.sample_count() {
            return from;
        }
        let next = life.sample_index(nth);
        let gap_ms = i64::from(samples.time_ms[next]) - i64::from(samples.time_ms[sample.index]);
        if gap_ms <= 0 || gap_ms > 2 * self.cadence_ms() {
            return from;
        }
        let to = at(next);
        let step = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
        let length = step.iter().map(|d| d * d).sum::<f32>().sqrt();
        if length > FASTEST_U_PER_S * gap_ms as f32 / 1000.0 {
            return from;
        }
        let part = sample.age_ms as f32 / gap_ms as f32;
        [0, 1, 2].map(|axis| from[axis] + step[axis] * part)
    }
}
