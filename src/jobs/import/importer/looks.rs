//! The queue, the threads that look into its files, and what is done with what they saw.

use super::{Importer, MOST_BYTES_IN_WORK, now_ms};
use crate::jobs::import::item::Origin;
use crate::jobs::import::look::Seen;
use crate::jobs::import::pool::Pool;
use crate::jobs::import::report::FileState;
use crate::library::{FileFacts, LibraryError, Prepared, RoundId, Stored};
use crate::sync::Mark;
use crate::sync::names::Kind;
use rustc_hash::FxHashMap;

impl Importer {
    /// Keeps the threads busy, but not with more than fits into memory.
    pub(super) fn work_on(&mut self) {
        while let Some(&id) = self.queue.front() {
            let bytes = self.items[self.index(id)].found.bytes;
            if self.items[self.index(id)].found.kind == Kind::Archive {
                self.queue.pop_front();
                self.open_archive(id);
                continue;
            }
            let pool = match self.pool() {
                Ok(pool) => pool,
                Err(error) => {
                    self.queue.pop_front();
                    self.set(
                        id,
                        FileState::Failed(format!("no thread to read it with: {error}")),
                    );
                    continue;
                }
            };
            let in_work: u64 = pool.1.values().sum();
            if !pool.1.is_empty()
                && (pool.1.len() >= pool.0.threads + 2 || in_work + bytes > MOST_BYTES_IN_WORK)
            {
                return;
            }
            pool.1.insert(id, bytes);
            self.queue.pop_front();
            self.set(id, FileState::Reading);
            let found = self.items[self.index(id)].found.clone();
            if let Some(pool) = &self.pool {
                pool.look(id, found);
            }
        }
    }

    fn pool(&mut self) -> std::io::Result<(&Pool, &mut FxHashMap<u32, u64>)> {
        if self.pool.is_none() {
            self.pool = Some(Pool::start(&self.known, &self.answer)?);
        }
        match &self.pool {
            Some(pool) => Ok((pool, &mut self.in_work)),
            None => Err(std::io::Error::other("no threads")),
        }
    }

    pub(super) fn take_look(
        &mut self,
        id: u32,
        seen: Seen,
        mark: Mark,
    ) -> Result<(), LibraryError> {
        self.in_work.remove(&id);
        if self.items[self.index(id)].state != FileState::Reading {
            // Cancelled meanwhile.
            return Ok(());
        }
        let index = self.index(id);
        self.items[index].found.mark = mark;
        let facts = self.items[self.index(id)].facts(mark);
        match self.taken(id, seen, &facts) {
            Ok(Some(state)) => self.set(id, state),
            Ok(None) => {}
            // Another program kept the library locked: this file can be tried again, and the next one may be luckier.
            Err(error) if error.is_passing() => self.set(id, FileState::Failed(error.to_string())),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// What becomes of a file that was looked into; `None` when it is waited for.
    fn taken(
        &mut self,
        id: u32,
        seen: Seen,
        facts: &FileFacts,
    ) -> Result<Option<FileState>, LibraryError> {
        Ok(Some(match seen {
            Seen::Round(prepared) => {
                if self.waits_for_the_rest(id, &prepared) {
                    return Ok(None);
                }
                self.store(id, &prepared, facts)?
            }
            Seen::Stats(hash, file) => {
                self.has_news |= self.library.store_stats(hash, &file, facts)?;
                self.known.add(hash);
                FileState::Stored {
                    problems: file.problems.total(),
                    replaced: None,
                }
            }
            Seen::SameBytes(hash) if self.library.note_copy(hash, facts)? => FileState::Known,
            Seen::SameBytes(hash) => {
                // It was taken out since: read it after all.
                self.known.remove(&hash);
                self.queue.push_front(id);
                FileState::Waiting
            }
            Seen::Refused(why) => {
                self.library.refuse(facts, &why)?;
                FileState::Refused(why)
            }
            Seen::Failed {
                is_passing: true, ..
            } if self.waits_once_more(id) => return Ok(None),
            Seen::Failed { why, .. } => FileState::Failed(why),
        }))
    }

    /// A file that ends too early and was written just now is looked at once more.
    fn waits_for_the_rest(&mut self, id: u32, prepared: &Prepared) -> bool {
        let (path, mark, nth) = self.place(id);
        let (settling, waiting) = &mut self.growing[nth];
        let is_cut = prepared.round().document.ending.is_cut();
        if !is_cut || settling.is_worth_waiting(&path, mark, now_ms()).is_none() {
            settling.forget(&path);
            return false;
        }
        waiting.insert(path, id);
        self.set(id, FileState::Growing);
        true
    }

    /// A file that changed while it was read settles anew; one that is gone does not.
    fn waits_once_more(&mut self, id: u32) -> bool {
        let index = self.index(id);
        let found = &mut self.items[index].found;
        let Ok(mark) = Mark::at(&found.path) else {
            return false;
        };
        if mark == found.mark {
            return false;
        }
        found.mark = mark;
        self.settle(id);
        true
    }

    fn store(
        &mut self,
        id: u32,
        prepared: &Prepared,
        facts: &FileFacts,
    ) -> Result<FileState, LibraryError> {
        let origin = self.items[self.index(id)].origin;
        let stored = self.library.store(prepared, facts)?;
        if let Some(hash) = prepared.round().provenance.content_hash {
            self.known.add(hash);
        }
        let problems = prepared.problems();
        Ok(match stored {
            Stored::New(round) => self.stored(origin, round, problems, None),
            Stored::Replaced(round, name) => self.stored(origin, round, problems, Some(name)),
            Stored::Known(_) => FileState::Known,
            Stored::DuplicateOf(_, name) => FileState::DuplicateOf(name),
        })
    }

    fn stored(
        &mut self,
        origin: Origin,
        round: RoundId,
        problems: u64,
        replaced: Option<String>,
    ) -> FileState {
        self.has_news = true;
        if let Origin::Watched {
            source,
            is_first: false,
        } = origin
        {
            self.arrived.push((source, round));
        }
        FileState::Stored { problems, replaced }
    }
}
