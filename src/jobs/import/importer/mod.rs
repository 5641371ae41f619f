//! The queue of an import and what happens to each file of it.

mod finds;
mod looks;

use super::item::{Item, Origin, WatchedCounts};
use super::look::{KnownBytes, Seen};
use super::pool::{Answer, Pool};
use super::report::{FileState, ImportEvent, ImportFile};
use crate::library::{Library, LibraryError, RoundId};
use crate::sync::Mark;
use crate::sync::find::{Found, Listing, Options as FindOptions, find};
use crate::sync::names::Gametimes;
use crate::sync::settle::{Patience, Settling};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// What the threads of an importer tell it; to be given to [`Importer::handle`].
#[derive(Debug)]
pub struct Message(Inner);

#[derive(Debug)]
enum Inner {
    Found(Vec<Found>, Origin, u32),
    Searched(Box<Listing>, u32),
    Looked(u32, Seen, Mark),
}

impl Message {
    pub(super) fn looked(id: u32, seen: Seen, mark: Mark) -> Self {
        Self(Inner::Looked(id, seen, mark))
    }
}

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names of files that another program has imported before: they are left out.
    pub listed: FxHashSet<String>,
    /// Folders with gametime files for every round.
    pub gametime_folders: Vec<PathBuf>,
    /// The first file's number: behind those of an importer before this one.
    pub first_id: u32,
}

/// Files that are being looked into may have this many bytes together, packed; a single one may have more.
const MOST_BYTES_IN_WORK: u64 = 96 << 20;
/// Finds are handed over in lots of this size.
const LOT: usize = 256;

/// An import.
pub struct Importer {
    library: Library,
    options: Options,
    answer: Answer,
    pool: Option<Pool>,
    known: KnownBytes,
    items: Vec<Item>,
    /// The last list of gametime names that was seen.
    gametimes: Gametimes,
    queue: VecDeque<u32>,
    in_work: FxHashMap<u32, u64>,
    growing: [(Settling, FxHashMap<PathBuf, u32>); 2],
    searches: u32,
    /// Searches begun before this one are called off.
    first_search: u32,
    next_search: u32,
    is_cancelled: Arc<AtomicBool>,
    has_news: bool,
    found: Vec<ImportFile>,
    changed: Vec<(u32, FileState)>,
    arrived: Vec<(i64, RoundId)>,
    troubles: Vec<String>,
    watched: FxHashMap<i64, WatchedCounts>,
}

impl Importer {
    /// An importer into a library. `answer` is called on other threads and must bring the message to [`Self::handle`].
    ///
    /// # Errors
    /// Those of the library.
    pub fn new(
        library: Library,
        options: Options,
        answer: impl Fn(Message) + Send + Sync + 'static,
    ) -> Result<Self, LibraryError> {
        let known = KnownBytes::of(library.contents()?);
        let settling = |patience| (Settling::new(patience), FxHashMap::default());
        Ok(Self {
            library,
            options,
            answer: Arc::new(answer),
            pool: None,
            known,
            items: Vec::new(),
            gametimes: Gametimes::default(),
            queue: VecDeque::new(),
            in_work: FxHashMap::default(),
            growing: [settling(Patience::NAMED), settling(Patience::WATCHED)],
            searches: 0,
            first_search: 0,
            next_search: 0,
            is_cancelled: Arc::default(),
            has_news: false,
            found: Vec::new(),
            changed: Vec::new(),
            arrived: Vec::new(),
            troubles: Vec::new(),
            watched: FxHashMap::default(),
        })
    }

    /// The library; between messages it may be used for anything.
    pub fn library(&mut self) -> &mut Library {
        &mut self.library
    }

    /// The number the next file will get.
    pub fn next_id(&self) -> u32 {
        self.options.first_id + self.items.len() as u32
    }

    fn index(&self, id: u32) -> usize {
        (id - self.options.first_id) as usize
    }

    /// The library, when the import is over.
    pub fn into_library(self) -> Library {
        self.library
    }

    /// Searches files, folders and archives, and imports what is found there.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn begin(&mut self, paths: Vec<PathBuf>, origin: Origin) -> std::io::Result<()> {
        let (answer, nth) = (Arc::clone(&self.answer), self.next_search);
        let (is_cancelled, gametimes) = (
            Arc::clone(&self.is_cancelled),
            self.options.gametime_folders.clone(),
        );
        std::thread::Builder::new()
            .name("search".to_owned())
            .spawn(move || {
                let mut lot = Vec::new();
                let options = FindOptions {
                    gametime_folders: &gametimes,
                    // One that is being copied has no list of members yet.
                    opens_archive: &|_, mark| is_quiet(mark),
                };
                let on_found = |found| {
                    lot.push(found);
                    if lot.len() >= LOT {
                        answer(Message(Inner::Found(std::mem::take(&mut lot), origin, nth)));
                    }
                };
                let listing = find(&paths, options, on_found, || {
                    is_cancelled.load(Ordering::Relaxed)
                });
                answer(Message(Inner::Found(lot, origin, nth)));
                answer(Message(Inner::Searched(Box::new(listing), nth)));
            })?;
        self.next_search += 1;
        self.searches += 1;
        Ok(())
    }

    /// Imports files again that were not stored, by their ids.
    pub fn retry(&mut self, ids: &[u32]) {
        for &id in ids {
            let Some(item) = self
                .items
                .get_mut(id.wrapping_sub(self.options.first_id) as usize)
            else {
                continue;
            };
            let again = matches!(
                item.state,
                FileState::Failed(_) | FileState::Refused(_) | FileState::Cancelled
            );
            if again {
                item.found.mark = Mark::at(&item.found.path).unwrap_or(item.found.mark);
                self.set(id, FileState::Waiting);
                self.queue.push_back(id);
            }
        }
        self.work_on();
    }

    /// Stops: what is stored stays stored, the rest is left.
    pub fn cancel(&mut self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
        self.is_cancelled = Arc::default();
        self.first_search = self.next_search;
        self.queue.clear();
        for (settling, waiting) in &mut self.growing {
            for (path, _) in waiting.drain() {
                settling.forget(&path);
            }
        }
        let left = (self.options.first_id..self.next_id())
            .filter(|id| !self.items[self.index(*id)].state.is_final());
        for id in left.collect::<Vec<_>>() {
            self.set(id, FileState::Cancelled);
        }
    }

    /// Nothing is left to do.
    pub fn is_idle(&self) -> bool {
        self.searches == 0
            && self.queue.is_empty()
            && self.in_work.is_empty()
            && self.growing.iter().all(|(_, waiting)| waiting.is_empty())
    }

    /// Takes in what a thread has found or read.
    ///
    /// # Errors
    /// When the library can take nothing more (disk full, damaged, …). Everything that was not stored is left as it is then; what the error
    /// says is told as [`ImportEvent::Stopped`] too.
    pub fn handle(&mut self, message: Message) -> Result<(), LibraryError> {
        let done = match message.0 {
            Inner::Found(lot, origin, search) if search >= self.first_search => {
                self.take_finds(lot, origin)
            }
            Inner::Found(..) => Ok(()),
            Inner::Searched(listing, search) => {
                self.searches -= 1;
                if search >= self.first_search {
                    self.troubles
                        .extend(listing.troubles.iter().map(ToString::to_string));
                }
                Ok(())
            }
            Inner::Looked(id, seen, mark) => self.take_look(id, seen, mark),
        };
        if done.is_err() {
            self.cancel();
        }
        self.work_on();
        done
    }

    /// What the library made of the files of a watched folder since they were asked for last.
    pub fn take_watched(&mut self, source: i64) -> WatchedCounts {
        self.watched.remove(&source).unwrap_or_default()
    }

    /// Folders or archives are being searched.
    pub fn is_searching(&self) -> bool {
        self.searches > 0
    }

    fn set(&mut self, id: u32, state: FileState) {
        let index = self.index(id);
        let item = &mut self.items[index];
        if item.state != state {
            if let (Origin::Watched { source, .. }, true) = (item.origin, state.is_final()) {
                self.watched.entry(source).or_default().count(&state);
            }
            item.state = state.clone();
            self.changed.push((id, state));
        }
    }

    /// Rounds or stats files were stored since this was asked last.
    pub fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.has_news)
    }

    /// Rounds that arrived in watched folders since this was asked last, with the folder.
    pub fn take_arrived(&mut self) -> Vec<(i64, RoundId)> {
        std::mem::take(&mut self.arrived)
    }

    /// Folders and archives that could not be searched since this was asked last, and why.
    pub fn take_troubles(&mut self) -> Vec<String> {
        std::mem::take(&mut self.troubles)
    }

    /// What happened since this was asked last.
    pub fn take_events(&mut self) -> Vec<ImportEvent> {
        let mut events = Vec::new();
        if !self.found.is_empty() {
            events.push(ImportEvent::Found(std::mem::take(&mut self.found)));
        }
        if !self.changed.is_empty() {
            events.push(ImportEvent::Changed(std::mem::take(&mut self.changed)));
        }
        events
    }

    /// Where a file stands and who asked for it.
    pub fn file(&self, id: u32) -> Option<(&Path, Origin, &FileState)> {
        let item = self
            .items
            .get(id.wrapping_sub(self.options.first_id) as usize)?;
        Some((&item.found.path, item.origin, &item.state))
    }
}

/// Whether an archive was last changed long enough ago.
fn is_quiet(mark: Mark) -> bool {
    now_ms().saturating_sub(mark.mtime_ns / 1_000_000) >= Patience::NAMED.quiet_ms
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}
