//! What was found, until it is in the queue: files that are known, files that still grow, archives.

use super::{Importer, now_ms};
use crate::jobs::import::item::{Item, Origin, full_path};
use crate::jobs::import::report::{FileState, ImportFile};
use crate::library::{KnownFile, LibraryError};
use crate::sync::find::Found;
use crate::sync::names::Kind;
use crate::sync::settle::Verdict;
use crate::sync::{Mark, read};
use std::path::PathBuf;
use std::time::Duration;

impl Importer {
    pub(super) fn take_finds(
        &mut self,
        lot: Vec<Found>,
        origin: Origin,
    ) -> Result<(), LibraryError> {
        for found in lot {
            let (path, bytes) = (full_path(&found), found.bytes);
            // All finds of a folder share one list.
            if found.gametimes != self.gametimes {
                self.gametimes = found.gametimes.clone();
                self.has_news |= self.library.add_gametimes(self.gametimes.names())?;
            }
            let item = Item {
                found,
                origin,
                state: FileState::Waiting,
            };
            let state = self.known_state(&item)?;
            if let (Origin::Watched { source, .. }, Some(state)) = (origin, &state) {
                // A folder is listed again and again: what is known is counted, not queued.
                self.watched.entry(source).or_default().count(state);
                continue;
            }
            let id = self.options.first_id + self.items.len() as u32;
            self.items.push(Item {
                state: state.clone().unwrap_or(FileState::Waiting),
                ..item
            });
            self.found.push(ImportFile {
                id,
                path,
                bytes,
                state: state.clone().unwrap_or(FileState::Waiting),
            });
            if state.is_none() {
                self.settle(id);
            }
        }
        Ok(())
    }

    /// What can be said of a file without reading it.
    fn known_state(&self, item: &Item) -> Result<Option<FileState>, LibraryError> {
        if self.options.listed.contains(&item.found.file_name()) {
            return Ok(Some(FileState::Skipped(
                "another program has imported it before".to_owned(),
            )));
        }
        let known = self.library.known_file(&item.facts(item.found.mark))?;
        Ok(known.and_then(|known| match known {
            KnownFile::Stored(_) | KnownFile::Stats => Some(FileState::Known),
            KnownFile::Duplicate(name) => Some(FileState::DuplicateOf(name)),
            KnownFile::Refused(why) => Some(FileState::Refused(why)),
            KnownFile::Removed if item.origin == Origin::Named => None,
            KnownFile::Removed => Some(FileState::Skipped(
                "it was taken out of the library".to_owned(),
            )),
        }))
    }

    /// Puts a file into the queue, unless it may still grow.
    pub(super) fn settle(&mut self, id: u32) {
        let (path, mark, nth) = self.place(id);
        let is_round = self.items[self.index(id)].found.kind == Kind::Round;
        let (settling, waiting) = &mut self.growing[nth];
        let is_whole = || is_round && read::has_end_marker(&path);
        match settling.look(&path, mark, now_ms()) {
            Verdict::Again(_) if !is_whole() => {
                waiting.insert(path, id);
                self.set(id, FileState::Growing);
            }
            verdict => {
                if verdict != Verdict::Ready {
                    settling.forget(&path);
                }
                self.set(id, FileState::Waiting);
                self.queue.push_back(id);
            }
        }
    }

    /// How long until [`Self::look_again`] has something to do.
    pub fn next_look(&self) -> Option<Duration> {
        let next = self
            .growing
            .iter()
            .filter_map(|(settling, _)| settling.next_ms())
            .min()?;
        Some(Duration::from_millis(
            next.saturating_sub(now_ms()).max(10) as u64
        ))
    }

    /// Looks again at files that were growing, when their time has come.
    pub fn look_again(&mut self) {
        for nth in 0..self.growing.len() {
            for path in self.growing[nth].0.due(now_ms()) {
                let Some(id) = self.growing[nth].1.remove(&path) else {
                    self.growing[nth].0.forget(&path);
                    continue;
                };
                let index = self.index(id);
                let found = &mut self.items[index].found;
                found.mark = Mark::at(&found.path).unwrap_or(found.mark);
                self.settle(id);
            }
        }
        self.work_on();
    }

    /// An archive that has settled is searched; its members go their own ways.
    pub(super) fn open_archive(&mut self, id: u32) {
        let item = &self.items[self.index(id)];
        let (path, origin) = (item.found.path.clone(), item.origin);
        let state = match self.begin(vec![path], origin) {
            Ok(()) => FileState::Skipped("its members are listed by themselves".to_owned()),
            Err(error) => FileState::Failed(format!("no thread to read it with: {error}")),
        };
        self.set(id, state);
    }

    /// The file on disk, its mark, and which of the two patiences is for it.
    pub(super) fn place(&self, id: u32) -> (PathBuf, Mark, usize) {
        let item = &self.items[self.index(id)];
        (
            full_path(&item.found),
            item.found.mark,
            usize::from(item.origin != Origin::Named),
        )
    }
}
