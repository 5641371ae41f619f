//! Watching folders: says when there is something to look at, and how the folders are.
//!
//! One thread keeps the schedule and never touches a file itself: a share that does not answer must neither hold up the other folders
//! nor the end of the program. What may take long (finding out whether a folder can be read, asking it to tell of changes) runs in a
//! thread of its own.
//!
//! What it names is to be looked at by [`find`](super::find::find); a file that is gone again by then is no fault.

use super::ears::{Ears, Heard, Hearing, Probe};
use super::schedule::{Key, Order, Reached, Schedule, State};
use super::{SourceStatus, WatchedFolder};
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

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

enum Message {
    Add(WatchedFolder),
    Remove(i64),
    Pause(i64, bool),
    RunNow(i64),
    Probed(Key, Result<(Reached, Hearing), String>),
    Heard(Key, Heard),
    Done(Key),
    Stop,
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
        let mut desk = Desk {
            pace,
            schedule: Schedule::new(pace),
            ears: FxHashMap::default(),
            messages: messages.clone(),
            started: Instant::now(),
            states: Arc::clone(&states),
            shown: Vec::new(),
        };
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

/// What the thread works with.
struct Desk {
    pace: Pace,
    schedule: Schedule,
    ears: FxHashMap<Key, Ears>,
    /// To this thread itself.
    messages: Sender<Message>,
    started: Instant,
    states: Arc<Mutex<Vec<SourceState>>>,
    /// What `states` was made of.
    shown: Vec<State>,
}

impl Desk {
    fn run(&mut self, inbox: &Receiver<Message>, on_news: &mut dyn FnMut(News)) {
        loop {
            let now_ms = self.now_ms();
            for order in self.schedule.step(now_ms) {
                self.carry_out(order, on_news);
            }
            self.show(on_news);
            let message = match self.schedule.next_ms(now_ms) {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due_ms) => {
                    let wait_ms = due_ms.saturating_sub(now_ms).max(0) as u64;
                    inbox.recv_timeout(Duration::from_millis(wait_ms))
                }
            };
            match message {
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// ms on a clock that is never set.
    fn now_ms(&self) -> i64 {
        self.started.elapsed().as_millis() as i64
    }

    fn take(&mut self, message: Message) {
        let now_ms = self.now_ms();
        match message {
            Message::Add(folder) => self.schedule.add(folder, now_ms),
            Message::Remove(id) => self.schedule.remove(id),
            Message::Pause(id, is_paused) => self.schedule.pause(id, is_paused, now_ms),
            Message::RunNow(id) => self.schedule.run_now(id, now_ms),
            Message::Probed(key, outcome) => self.probed(key, outcome, now_ms),
            Message::Heard(key, heard) => self.heard(key, heard, now_ms),
            Message::Done(key) => self.schedule.done(key, now_ms),
            // Ends the loop before it comes here.
            Message::Stop => {}
        }
    }

    fn probed(&mut self, key: Key, outcome: Result<(Reached, Hearing), String>, now_ms: i64) {
        let mut is_deaf = false;
        let reach = match outcome {
            Ok((reached, hearing)) => {
                match hearing {
                    // The folder may have gone just behind the probe.
                    Hearing::Keep => is_deaf = !self.ears.contains_key(&key),
                    Hearing::New(ears) if self.schedule.wants_changes(key) => {
                        self.ears.insert(key, ears);
                    }
                    Hearing::New(_) | Hearing::Without => {
                        self.ears.remove(&key);
                    }
                }
                Ok(reached)
            }
            Err(why) => {
                self.ears.remove(&key);
                Err(why)
            }
        };
        self.schedule.probed(key, reach, now_ms);
        if is_deaf {
            self.schedule.missed(key, now_ms);
        }
    }

    fn heard(&mut self, key: Key, heard: Heard, now_ms: i64) {
        match heard {
            Heard::Changed(paths) => self.schedule.changed(key, paths, now_ms),
            Heard::Missed => self.schedule.missed(key, now_ms),
            Heard::Gone => {
                self.ears.remove(&key);
                self.schedule.missed(key, now_ms);
            }
            Heard::Silent(why) => {
                let remark = format!("{why}: listed every {} s", self.poll_s());
                self.schedule.fell_silent(key, remark, now_ms);
            }
        }
    }

    fn poll_s(&self) -> i64 {
        self.pace.poll_ms.min(self.pace.rescan_ms) / 1000
    }

    fn carry_out(&mut self, order: Order, on_news: &mut dyn FnMut(News)) {
        match order {
            Order::Deafen(key) => drop(self.ears.remove(&key)),
            Order::Probe { key, path, polls } => self.probe(Probe {
                key,
                path,
                polls,
                heard: self.ears.get(&key).map(|ears| ears.identity().clone()),
                poll_s: self.poll_s(),
            }),
            Order::Look {
                key,
                id,
                paths,
                is_full,
                is_first,
            } => on_news(News::Look(Look {
                folder: id,
                paths,
                is_full,
                is_first,
                key,
                watcher: self.messages.clone(),
            })),
        }
    }

    fn probe(&mut self, probe: Probe) {
        let (key, messages) = (probe.key, self.messages.clone());
        let thread = std::thread::Builder::new().name("watched folder".to_owned());
        let spawned = thread.spawn(move || {
            let to_desk = messages.clone();
            let outcome = probe.run(move |heard| {
                let _ = to_desk.send(Message::Heard(key, heard));
            });
            let _ = messages.send(Message::Probed(key, outcome));
        });
        if let Err(error) = spawned {
            let outcome = Err(format!("the system gives no thread to look at it: {error}"));
            self.take(Message::Probed(key, outcome));
        }
    }

    /// Publishes the states when they are new.
    fn show(&mut self, on_news: &mut dyn FnMut(News)) {
        let now_ms = self.now_ms();
        let states = self.schedule.states(now_ms);
        if states == self.shown {
            return;
        }
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let zero_ms = since_1970.map_or(0, |since| since.as_millis() as i64) - now_ms;
        let unix = |ms: i64| (zero_ms + ms).div_euclid(1000);
        let public = states.iter().map(|state| SourceState {
            folder: state.folder.clone(),
            status: state.status.clone(),
            last_scan_unix: state.last_scan_ms.map(unix),
            next_scan_unix: state.next_scan_ms.map(unix),
            remark: state.remark.clone(),
        });
        let public = public.collect();
        *self.states.lock().unwrap_or_else(PoisonError::into_inner) = public;
        self.shown = states;
        on_news(News::States);
    }
}
