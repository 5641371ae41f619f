//! What the watcher's thread does: takes messages, asks the schedule, carries out its orders.

use super::{Look, News, SourceState};
use crate::sync::WatchedFolder;
use crate::sync::ears::{Ears, Heard, Hearing, Probe};
use crate::sync::schedule::{Key, Order, Pace, Reached, Schedule, State};
use rustc_hash::FxHashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// What the thread is told, from outside and by the folders.
pub(super) enum Message {
    Add(WatchedFolder),
    Remove(i64),
    Pause(i64, bool),
    RunNow(i64),
    Probed(Key, Result<(Reached, Hearing), String>),
    Heard(Key, Heard),
    Done(Key),
    Stop,
}

/// What the thread works with.
pub(super) struct Desk {
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
    /// Nothing is watched yet. `messages` leads to the inbox that [`Self::run`] is given.
    pub fn new(
        pace: Pace,
        messages: Sender<Message>,
        states: Arc<Mutex<Vec<SourceState>>>,
    ) -> Self {
        Self {
            pace,
            schedule: Schedule::new(pace),
            ears: FxHashMap::default(),
            messages,
            started: Instant::now(),
            states,
            shown: Vec::new(),
        }
    }

    /// Works until it is told to stop.
    pub fn run(&mut self, inbox: &Receiver<Message>, on_news: &mut dyn FnMut(News)) {
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
