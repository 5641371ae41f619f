//! How far an import is, on standard error: one line that is written over and over on a terminal, a line now and then elsewhere.

use crate::app::time_text::short;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Between two lines where they stay.
const SPARSE: Duration = Duration::from_secs(10);
/// Rates mean nothing before.
const LEAST_TIME: Duration = Duration::from_millis(500);

/// Files and bytes, all and done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    files: u64,
    files_done: u64,
    bytes: u64,
    bytes_done: u64,
    /// …of these done those that took some work, which is what the rest will take.
    files_worked: u64,
    bytes_worked: u64,
}

impl Standing {
    /// `is_done`: nothing has to be done with it, as it is known.
    pub(super) fn found(&mut self, bytes: u64, is_done: bool) {
        self.files += 1;
        self.bytes += bytes;
        if is_done {
            self.files_done += 1;
            self.bytes_done += bytes;
        }
    }

    pub(super) fn ended(&mut self, bytes: u64) {
        self.files_done += 1;
        self.bytes_done += bytes;
        self.files_worked += 1;
        self.bytes_worked += bytes;
    }

    /// `12 of 40 files, 3.1 of 9.8 MB, 5.0 rounds/s, 0:06 left`
    fn text(&self, elapsed: Duration) -> String {
        let mb = |bytes: u64| bytes as f64 / 1e6;
        let counts = format!(
            "{} of {} files, {:.1} of {:.1} MB",
            self.files_done,
            self.files,
            mb(self.bytes_done),
            mb(self.bytes)
        );
        if elapsed < LEAST_TIME || self.bytes_worked == 0 {
            return counts;
        }
        let seconds = elapsed.as_secs_f64();
        let left = self.bytes.saturating_sub(self.bytes_done) as f64;
        let left_ms = seconds * 1000.0 * left / self.bytes_worked as f64;
        format!(
            "{counts}, {:.1} rounds/s, {} left",
            self.files_worked as f64 / seconds,
            short(left_ms as i64)
        )
    }
}

/// The line.
pub(super) struct Progress {
    is_terminal: bool,
    /// Something stands in the line.
    is_shown: bool,
    told: Instant,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            is_terminal: io::stderr().is_terminal(),
            is_shown: false,
            told: Instant::now(),
        }
    }

    pub(super) fn show(&mut self, standing: &Standing, elapsed: Duration) {
        let mut out = io::stderr();
        // Nobody minds when it cannot be written.
        if self.is_terminal {
            let _ = write!(out, "\r\x1b[K{}", standing.text(elapsed)).and_then(|()| out.flush());
            self.is_shown = true;
        } else if self.told.elapsed() >= SPARSE {
            let _ = writeln!(out, "sandtable: {}", standing.text(elapsed));
            self.told = Instant::now();
        }
    }

    /// Makes room for another line.
    pub(super) fn clear(&mut self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
            self.is_shown = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_follows_from_the_bytes() {
        let mut standing = Standing::default();
        for _ in 0..4 {
            standing.found(2_000_000, false);
        }
        standing.found(6_000_000, true);
        standing.ended(2_000_000);
        assert_eq!(
            standing.text(Duration::from_millis(100)),
            "2 of 5 files, 8.0 of 14.0 MB"
        );
        assert_eq!(
            standing.text(Duration::from_secs(5)),
            "2 of 5 files, 8.0 of 14.0 MB, 0.2 rounds/s, 0:15 left"
        );
    }
}
