//! Watching folders: says when there is something to look at, and how the folders are.
//!
//! One thread keeps the schedule and never touches a file itself: a share that does not answer must neither hold up the other folders
//! nor the end of the program. What may take long (finding out whether a folder can be read, asking it to tell of changes) runs in a
//! thread of its own.
//!
//! What it names is to be looked at by [`find`](super::find::find); a file that is gone again by then is no fault.

mod desk;

use super::schedule::Key;
use super::{SourceStatus, WatchedFolder};
use desk::{Desk, Message};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

pub use super::schedule::Pace;

/// What the watcher tells.
#[derive(Debug)]
pub enum News {
    /// There is something to look at.
    Look(Look),
    /// [`Watcher::states`] gives something new.
    States,
}

/// Files and folders to be looked at. The folder counts as being scanned until this is dropped, and nothing more is asked for it: drop
/// it when the finds are in the queue, or when they are imported.
#[derive(Debug)]
pub struct Look {
    /// The watched folder, by its id.
    pub folder: i64,
    /// What to look at: the whole folder, or files and folders in it.
    pub paths: Vec<PathBuf>,
    /// The whole folder is looked at.
    pub is_full: bool,
    /// …for the first time since it was added or the program started: what is found is new to the program, but no news.
    pub is_first: bool,
    key: Key,
    watcher: Sender<Message>,
}

impl Drop for Look {
    fn drop(&mut self) {
        // A watcher that has ended does not care.
        let _ = self.watcher.send(Message::Done(self.key));
    }
}

/// A watched folder as the watcher knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceState {
    /// The folder.
    pub folder: WatchedFolder,
    /// What it is doing.
    pub status: SourceStatus,
    /// When it was last listed, seconds since 1970; `None` before the first time.
    pub last_scan_unix: Option<i64>,
    /// When it will be listed next, seconds since 1970; `None` while paused.
    pub next_scan_unix: Option<i64>,
    /// Said when it has to be listed again and again though nobody asked for that: the reason, and how often.
    pub remark: Option<String>,
}

/// Watches folders until it is dropped.
#[derive(Debug)]
pub struct Watcher {
    messages: Sender<Message>,
    states: Arc<Mutex<Vec<SourceState>>>,
    thread: Option<JoinHandle<()>>,
    /// Closed when the thread ends.
    end: Receiver<()>,
}

/// Whoever drops the watcher waits no longer than this for its thread, which may be held up in the call of `on_news`.
const LONGEST_GOODBYE: Duration = Duration::from_secs(2);

impl Watcher {
    /// Starts watching; no folder yet. `on_news` is called on the watcher's thread and should return soon.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        pace: Pace,
        mut on_news: impl FnMut(News) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (messages, inbox) = channel();
        let (ending, end) = channel();
        let states = Arc::default();
        let mut desk = Desk::new(pace, messages.clone(), Arc::clone(&states));
        let thread = std::thread::Builder::new()
            .name("watched folders".to_owned())
            .spawn(move || {
                desk.run(&inbox, &mut on_news);
                drop(ending);
            })?;
        Ok(Self {
            messages,
            states,
            thread: Some(thread),
            end,
        })
    }

    /// Watches a folder, and has all of it looked at. One with the same id is replaced.
    pub fn add(&self, mut folder: WatchedFolder) {
        folder.path = std::path::absolute(&folder.path).unwrap_or(folder.path);
        self.send(Message::Add(folder));
    }

    /// Watches a folder no longer.
    pub fn remove(&self, id: i64) {
        self.send(Message::Remove(id));
    }

    /// Pauses a folder; going on begins with all of it.
    pub fn pause(&self, id: i64, is_paused: bool) {
        self.send(Message::Pause(id, is_paused));
    }

    /// Has all of a folder looked at as soon as possible.
    pub fn run_now(&self, id: i64) {
        self.send(Message::RunNow(id));
    }

    /// How the folders are, in the order they were added.
    pub fn states(&self) -> Vec<SourceState> {
        let states = self.states.lock();
        states.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn send(&self, message: Message) {
        // The thread lives as long as this; it can only be gone when it panicked, which was reported then.
        let _ = self.messages.send(message);
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.send(Message::Stop);
        let Some(thread) = self.thread.take() else {
            return;
        };
        let is_own_thread = thread.thread().id() == std::thread::current().id();
        let waited = || self.end.recv_timeout(LONGEST_GOODBYE);
        if !is_own_thread && waited() == Err(RecvTimeoutError::Disconnected) {
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}
