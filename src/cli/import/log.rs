//! What an import says while it runs, gathered and told.

use super::progress::{Progress, Standing};
use super::words::line;
use crate::cli::Outcome;
use crate::cli::output::{ended, message, stdout};
use crate::jobs::import::report::{FileState, ImportEvent, ImportFile};
use serde::Serialize;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// How many files ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Totals {
    pub(super) files: u64,
    /// On disk; of members of archives, unpacked.
    pub(super) bytes: u64,
    pub(super) stored: u64,
    /// …of these with errors or warnings.
    pub(super) with_problems: u64,
    /// …of these in place of a less complete copy.
    pub(super) replaced: u64,
    pub(super) known: u64,
    pub(super) duplicates: u64,
    pub(super) skipped: u64,
    pub(super) refused: u64,
    pub(super) failed: u64,
    pub(super) cancelled: u64,
}

impl Totals {
    fn add(&mut self, file: &ImportFile) {
        self.files += 1;
        self.bytes += file.bytes;
        match &file.state {
            FileState::Stored { problems, replaced } => {
                self.stored += 1;
                self.with_problems += u64::from(*problems > 0);
                self.replaced += u64::from(replaced.is_some());
            }
            FileState::Known => self.known += 1,
            FileState::DuplicateOf(_) => self.duplicates += 1,
            FileState::Skipped(_) => self.skipped += 1,
            FileState::Refused(_) => self.refused += 1,
            FileState::Failed(_) => self.failed += 1,
            // Whatever had no end was called off.
            FileState::Cancelled | FileState::Waiting | FileState::Growing | FileState::Reading => {
                self.cancelled += 1;
            }
        }
    }

    /// Something is not in the library, or not as it should be.
    pub(super) fn has_faults(&self) -> bool {
        self.with_problems + self.refused + self.failed + self.cancelled > 0
    }

    pub(super) fn sentence(&self, elapsed: Duration) -> String {
        if self.files == 0 {
            return "no round files found".to_owned();
        }
        let stored = match self.with_problems {
            0 => format!("{} stored", self.stored),
            n => format!("{} stored ({n} with problems)", self.stored),
        };
        let rest = [
            (self.known, "known"),
            (self.duplicates, "duplicate"),
            (self.skipped, "skipped"),
            (self.refused, "refused"),
            (self.failed, "failed"),
            (self.cancelled, "left"),
        ];
        let rest = rest.iter().filter(|(n, _)| *n > 0);
        let rest = rest.map(|(n, what)| format!("{n} {what}"));
        let parts: Vec<String> = std::iter::once(stored).chain(rest).collect();
        format!(
            "{} {}, {:.1} MB in {:.1} s: {}",
            self.files,
            if self.files == 1 { "file" } else { "files" },
            self.bytes as f64 / 1e6,
            elapsed.as_secs_f64(),
            parts.join(", ")
        )
    }
}

/// The files of an import.
pub(super) struct Log {
    files: Vec<ImportFile>,
    standing: Standing,
    progress: Progress,
    shows_files: bool,
    started: Instant,
    written: io::Result<()>,
}

impl Log {
    /// `shows_files`: every file is printed when it has come to its end.
    pub(super) fn start(shows_files: bool) -> Self {
        Self {
            files: Vec::new(),
            standing: Standing::default(),
            progress: Progress::new(),
            shows_files,
            started: Instant::now(),
            written: Ok(()),
        }
    }

    pub(super) fn hear(&mut self, event: ImportEvent) {
        match event {
            ImportEvent::Found(files) => {
                for file in files {
                    let nth = self.files.len();
                    self.standing.found(file.bytes, file.state.is_final());
                    self.files.push(file);
                    self.look_at(nth);
                }
            }
            ImportEvent::Changed(changes) => {
                for (id, state) in changes {
                    let nth = id as usize;
                    if let Some(file) = self.files.get_mut(nth) {
                        file.state = state;
                        if file.state.is_final() {
                            self.standing.ended(file.bytes);
                        }
                        self.look_at(nth);
                    }
                }
            }
            // The end is told by whoever started the import.
            ImportEvent::Done | ImportEvent::Stopped(_) => {}
        }
        self.progress.show(&self.standing, self.started.elapsed());
    }

    /// Tells of a file that has come to its end.
    fn look_at(&mut self, nth: usize) {
        let file = &self.files[nth];
        if !file.state.is_final() {
            return;
        }
        let is_fault = matches!(file.state, FileState::Refused(_) | FileState::Failed(_));
        if is_fault || self.shows_files {
            self.progress.clear();
        }
        if is_fault {
            message(&line(&file.path, &file.state));
        }
        if self.shows_files && self.written.is_ok() {
            let mut out = stdout();
            self.written =
                writeln!(out, "{}", line(&file.path, &file.state)).and_then(|()| out.flush());
        }
    }

    /// Nothing more will be heard.
    pub(super) fn end(&mut self) {
        self.progress.clear();
    }

    pub(super) fn files(&self) -> &[ImportFile] {
        &self.files
    }

    pub(super) fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        self.files.iter().for_each(|file| totals.add(file));
        totals
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What came of printing the files.
    pub(super) fn outcome(self) -> Outcome {
        ended(self.written, "standard output")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn totals_count_every_file_once() {
        let states = [
            FileState::Stored {
                problems: 3,
                replaced: None,
            },
            FileState::Stored {
                problems: 0,
                replaced: Some("x".to_owned()),
            },
            FileState::Known,
            FileState::Refused("why".to_owned()),
            FileState::Reading,
        ];
        let mut log = Log::start(false);
        let files = (0..states.len() as u32).map(|id| ImportFile {
            id,
            path: PathBuf::from(id.to_string()),
            bytes: 500_000,
            state: FileState::Waiting,
        });
        log.hear(ImportEvent::Found(files.collect()));
        let changes = states.into_iter().enumerate();
        log.hear(ImportEvent::Changed(
            changes.map(|(id, state)| (id as u32, state)).collect(),
        ));
        let totals = log.totals();
        assert_eq!(
            (totals.stored, totals.with_problems, totals.replaced),
            (2, 1, 1)
        );
        assert!(totals.has_faults());
        assert_eq!(
            totals.sentence(Duration::from_millis(1250)),
            "5 files, 2.5 MB in 1.2 s: 2 stored (1 with problems), 1 known, 1 refused, 1 left"
        );
    }
}
