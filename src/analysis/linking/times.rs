//! When a round began and ended on the clock of the wall where its server stands.

use crate::model::{Provenance, Round, Stamp};

/// What is known of a round's times. Any part may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoundTimes {
    /// Seconds since 1970 (UTC) at the start.
    pub start_unix: Option<i64>,
    /// Seconds since 1970 (UTC) at the end.
    pub end_unix: Option<i64>,
    /// The server's offset from UTC, s.
    pub zone_offset_s: Option<i64>,
    /// The stamp of the file name: server local time when the file was written, which is about the round's end, in seconds since
    /// 1970 as if it were UTC.
    pub stamp_local_s: Option<i64>,
    /// Length by the calendar, else by the round's clock, ms.
    pub length_ms: Option<i64>,
}

impl RoundTimes {
    /// The times of a round.
    pub fn of(round: &Round) -> Self {
        let header = &round.document.header;
        let known = |unix: Option<i64>| unix.filter(|&seconds| seconds > 0);
        let clock_ms = round.clock.end_ms - round.clock.start_ms;
        let length_ms = round.clock.wall_ms.filter(|&ms| ms > 0).unwrap_or(clock_ms);
        Self {
            start_unix: known(header.round_start_unix),
            end_unix: known(header.round_end_unix),
            zone_offset_s: round.date.zone_offset_s,
            stamp_local_s: stamp_of(&round.provenance),
            length_ms: (length_ms > 0).then_some(length_ms),
        }
    }

    /// The end in server local time, s: the stamp, else the header's end or its start plus the length, in the server's zone; without a
    /// zone, UTC is taken for it. `None` when nothing tells a time.
    pub fn local_end_s(&self) -> Option<i64> {
        let end = self
            .end_unix
            .or_else(|| self.start_unix?.checked_add(self.length_s()?));
        self.stamp_local_s
            .or_else(|| end?.checked_add(self.zone_offset_s.unwrap_or(0)))
    }

    /// The start in server local time, s: the end less the length by the header's two times, else less the round's length; the header's
    /// start in the server's zone where neither is known. `None` when nothing tells a time, and without any length.
    pub fn local_start_s(&self) -> Option<i64> {
        let by_header = self
            .end_unix
            .zip(self.start_unix)
            .map(|(end, start)| end.saturating_sub(start));
        let by_length = || {
            self.local_end_s()?
                .checked_sub(by_header.or(self.length_s())?)
        };
        let by_start = || {
            self.start_unix?
                .checked_add(self.zone_offset_s.unwrap_or(0))
        };
        by_length().or_else(by_start)
    }

    fn length_s(&self) -> Option<i64> {
        self.length_ms.map(|ms| ms / 1000)
    }
}

fn stamp_of(provenance: &Provenance) -> Option<i64> {
    Stamp::of(&provenance.file_name).map(|stamp| stamp.local_seconds)
}
