//! Lives: one row of `PLAYER_TRACKS` each, half-open from spawn to death.

use super::catalogue::{Class, Team};
use super::player::PlayerId;
use crate::format::{Document, Samples, Sym, TrackRow};
use std::ops::Range;

/// Index of a life in [`super::Round::lives`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LifeId(pub u32);

impl LifeId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// How a life ended, as recorded. Trackers before the one of this project record Carbine kills as `selfkill` and Kar98 kills as
/// `fallen`; what really happened follows from the kill rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeEnd {
    /// By an enemy.
    Killed,
    /// By himself (or by a Carbine).
    SelfKill,
    /// By a fall (or by a Kar98).
    Fallen,
    /// By the world.
    World,
    /// By a team mate.
    TeamKill,
    /// Alive when the round ended.
    RoundEnd,
    /// Left the server.
    Disconnect,
    /// Alive when the map was shut down.
    Shutdown,
    /// Version 4.0 does not say, or the tracker did not see it.
    Unknown,
}

impl LifeEnd {
    fn from_tag(tag: &str) -> Self {
        match tag {
            "killed" => Self::Killed,
            "selfkill" => Self::SelfKill,
            "fallen" => Self::Fallen,
            "world" => Self::World,
            "teamkill" => Self::TeamKill,
            "round_end" => Self::RoundEnd,
            "disconnect" => Self::Disconnect,
            "shutdown" => Self::Shutdown,
            _ => Self::Unknown,
        }
    }

    /// Whether the player died (as far as recorded).
    pub const fn is_death(self) -> bool {
        matches!(
            self,
            Self::Killed | Self::SelfKill | Self::Fallen | Self::World | Self::TeamKill
        )
    }

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::SelfKill => "self kill",
            Self::Fallen => "fell",
            Self::World => "killed by the world",
            Self::TeamKill => "team kill",
            Self::RoundEnd => "alive at round end",
            Self::Disconnect => "left the server",
            Self::Shutdown => "alive at map change",
            Self::Unknown => "end not recorded",
        }
    }
}

/// One life.
#[derive(Clone, Debug)]
pub struct Life {
    /// Whose.
    pub player: PlayerId,
    /// Team at spawn; `None` when the file names none of the two.
    pub team: Option<Team>,
    /// Class at spawn.
    pub class: Option<Class>,
    /// Name at spawn.
    pub name: Sym,
    /// Start, ms on the file's clock: the spawn time, or the first sample where the recorded spawn time is stale (later than the
    /// samples that follow it).
    pub start_ms: i64,
    /// End (exclusive), ms: the death time, or the last sample where no death is recorded. Never before `start_ms`.
    pub end_ms: i64,
    /// How it ended.
    pub end: LifeEnd,
    /// First sample that moved, ms.
    pub first_move_ms: Option<i64>,
    /// The recorded spawn time was stale.
    pub is_spawn_stale: bool,
    /// Row in `PLAYER_TRACKS`.
    pub row: u32,
    /// Samples of the life in the round's columns, in file order, without a stale spawn sample.
    samples: Range<u32>,
    /// The same in order of time, for the rare life whose samples are not in that order already.
    sorted: Option<Box<[u32]>>,
}

/// The sample that is valid at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleAt {
    /// Index into the round's columns.
    pub index: usize,
    /// How long before the moment it was taken, ms.
    pub age_ms: i64,
}

impl Life {
    pub(crate) fn build(
        row: &TrackRow,
        index: usize,
        player: PlayerId,
        document: &Document,
    ) -> Self {
        let samples = &document.samples;
        let mut range = row.path.start..row.path.start + row.path.len;
        let times = &samples.time_ms[row.path.range()];
        // With a re-anchored clock the spawn may carry the old clock's time: later than all samples behind it.
        let is_spawn_stale =
            times.len() > 1 && times[0] > times[1] && i64::from(times[0]) == row.spawn_time;
        if is_spawn_stale {
            range.start += 1;
        }
        let times = &times[usize::from(is_spawn_stale)..];
        let is_sorted = times.is_sorted();
        let sorted = (!is_sorted).then(|| {
            let mut order: Vec<u32> = range.clone().collect();
            order.sort_by_key(|&index| samples.time_ms[index as usize]);
            order.into_boxed_slice()
        });
        let first = times.iter().min().map(|t| i64::from(*t));
        let last = times.iter().max().map(|t| i64::from(*t));
        let start_ms = if is_spawn_stale {
            first.unwrap_or(row.spawn_time)
        } else {
            row.spawn_time
        };
        let death = row.death_time.filter(|t| *t != 0);
        let end_ms = death.or(last).unwrap_or(start_ms).max(start_ms);
        let strings = &document.strings;
        let end = match row.death_type {
            Some(tag) => LifeEnd::from_tag(strings.text(tag)),
            // 4.0 has no death type; its last point says `death` or `round_end`.
            None => match range.end.checked_sub(1).filter(|last| *last >= range.start) {
                Some(last) => {
                    match strings.text(samples.event_names[samples.event[last as usize] as usize]) {
                        "round_end" => LifeEnd::RoundEnd,
                        _ => LifeEnd::Unknown,
                    }
                }
                None => LifeEnd::Unknown,
            },
        };
        Self {
            player,
            team: Team::from_tag(strings.text(row.team)),
            class: Class::from_tag(strings.text(row.class)),
            name: row.name,
            start_ms,
            end_ms,
            end,
            first_move_ms: row.first_move_time,
            is_spawn_stale,
            row: index as u32,
            samples: range,
            sorted,
        }
    }

    /// Whether the life contains the moment: half-open, `start_ms <= t < end_ms`.
    pub fn contains(&self, t_ms: i64) -> bool {
        self.start_ms <= t_ms && t_ms < self.end_ms
    }

    /// ms from start to end.
    pub fn duration_ms(&self) -> i64 {
        self.end_ms - self.start_ms
    }

    /// Number of samples.
    pub fn sample_count(&self) -> usize {
        self.samples.len()
    }

    /// The samples as one stretch of the round's columns, where they are in order of time as they are in the file (nearly always): for
    /// walks that must be fast.
    pub fn sample_range(&self) -> Option<Range<usize>> {
        let range = self.samples.start as usize..self.samples.end as usize;
        self.sorted.is_none().then_some(range)
    }

    /// Index into the round's columns of the `nth` sample in order of time.
    ///
    /// # Panics
    /// When `nth` is not below [`Life::sample_count`].
    pub fn sample_index(&self, nth: usize) -> usize {
        if let Some(order) = &self.sorted {
            return order[nth] as usize;
        }
        assert!(
            nth < self.samples.len(),
            "sample {nth} of {}",
            self.samples.len()
        );
        self.samples.start as usize + nth
    }

    /// Indices into the round's columns in order of time.
    pub fn sample_indices(
        &self,
    ) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + '_ {
        (0..self.samples.len()).map(|nth| self.sample_index(nth))
    }

    /// How many of the life's samples were taken at or before `t_ms`.
    pub fn samples_until(&self, samples: &Samples, t_ms: i64) -> usize {
        match &self.sorted {
            None => {
                let times =
                    &samples.time_ms[self.samples.start as usize..self.samples.end as usize];
                times.partition_point(|&time| i64::from(time) <= t_ms)
            }
            Some(order) => {
                order.partition_point(|&index| i64::from(samples.time_ms[index as usize]) <= t_ms)
            }
        }
    }

    /// The last sample at or before `t_ms`, if the life contains that moment. Never one taken later: what is shown at a moment must
    /// have been known at it.
    pub fn sample_at(&self, samples: &Samples, t_ms: i64) -> Option<SampleAt> {
        if !self.contains(t_ms) {
            return None;
        }
        let nth = self.samples_until(samples, t_ms).checked_sub(1)?;
        let index = self.sample_index(nth);
        Some(SampleAt {
            index,
            age_ms: t_ms - i64::from(samples.time_ms[index]),
        })
    }
}
