//! Threads that look into files, as many as there are cores.

use super::importer::Message;
use super::look::{KnownBytes, look};
use crate::sync::find::Found;
use crate::sync::read::Reader;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// A file to look into.
struct Job {
    id: u32,
    found: Found,
}

/// The threads; they end when this is dropped.
pub(super) struct Pool {
    jobs: Sender<Job>,
    pub(super) threads: usize,
}

/// Whoever owns the importer gets the answers of all its threads here.
pub(super) type Answer = Arc<dyn Fn(Message) + Send + Sync>;

impl Pool {
    pub(super) fn start(known: &KnownBytes, answer: &Answer) -> std::io::Result<Self> {
        let (jobs, inbox) = channel();
        let inbox = Arc::new(Mutex::new(inbox));
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        for nth in 0..threads {
            let (inbox, known, answer) = (Arc::clone(&inbox), known.clone(), Arc::clone(answer));
            std::thread::Builder::new()
                .name(format!("import {nth}"))
                .spawn(move || work(&inbox, &known, &*answer))?;
        }
        Ok(Self { jobs, threads })
    }

    pub(super) fn look(&self, id: u32, found: Found) {
        // The threads live as long as this does.
        let _ = self.jobs.send(Job { id, found });
    }
}

fn work(inbox: &Mutex<Receiver<Job>>, known: &KnownBytes, answer: &dyn Fn(Message)) {
    let mut reader = Reader::new();
    loop {
        let job = inbox.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { id, found }) = job else { return };
        let (seen, mark) = look(&found, &mut reader, known);
        answer(Message::looked(id, seen, mark));
    }
}
