//! The thread that has the library while the window is open: imports, watches folders, deletes, and tells what changed.
//!
//! Nothing is made on the disk before something is to be kept: without a library there is an empty list.

mod folders;

use super::import::report::ImportEvent;
use super::import::{Importer, Message as ImportMessage, Options, Origin, WatchedCounts};
use super::library::{LibraryEvent, LibraryOrder};
use crate::library::{Cause, Library, LibraryError, RoundId};
use crate::sync::WatchedFolder;
use crate::sync::watch::{Look, News, Pace, Watcher};
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How often the window is told how an import goes.
const TELL_EVERY: Duration = Duration::from_millis(50);
/// How often the list is told anew while an import runs.
const LIST_EVERY: Duration = Duration::from_millis(1_500);

enum Message {
    Order(LibraryOrder),
    /// From the threads of an importer, with the number of the desk it stood on: news for one that is gone is of no use.
    Import(u32, ImportMessage),
    News(News),
    End,
}

/// Starts the thread. It ends when the sender of orders is dropped.
///
/// # Errors
/// When the system gives no thread.
pub fn start(
    path: PathBuf,
    outlet: impl Fn(LibraryEvent) + Send + 'static,
) -> std::io::Result<Sender<LibraryOrder>> {
    let (orders, order_inbox) = channel();
    let (sender, inbox) = channel();
    let forward = sender.clone();
    std::thread::Builder::new()
        .name("library orders".to_owned())
        .spawn(move || {
            for order in order_inbox {
                if forward.send(Message::Order(order)).is_err() {
                    return;
                }
            }
            let _ = forward.send(Message::End);
        })?;
    std::thread::Builder::new()
        .name("library".to_owned())
        .spawn(move || {
            let mut librarian = Librarian {
                path,
                sender,
                outlet: Box::new(outlet),
                desk: None,
                is_working: false,
                list_is_old: false,
                listed: None,
                first_id: 0,
                nth_desk: 0,
            };
            librarian.greet();
            librarian.work(&inbox);
        })?;
    Ok(orders)
}

struct Librarian {
    path: PathBuf,
    sender: Sender<Message>,
    outlet: Box<dyn Fn(LibraryEvent) + Send>,
    desk: Option<Desk>,
    /// An import was begun and its end has not been told.
    is_working: bool,
    list_is_old: bool,
    listed: Option<Instant>,
    /// Numbers of files go on behind those of a library that was set aside.
    first_id: u32,
    /// How many desks there have been.
    nth_desk: u32,
}

/// What there is while the library is open.
struct Desk {
    importer: Importer,
    watcher: Option<Watcher>,
    folders: Vec<WatchedFolder>,
    counts: FxHashMap<i64, WatchedCounts>,
    /// Folders that are being searched; they count as being listed until these are dropped.
    looks: Vec<Look>,
}

impl Desk {
    /// The last round that arrived in a folder that opens its newest.
    fn newest_arrival(&mut self) -> Option<RoundId> {
        let opens = |source: i64| {
            let mut folders = self.folders.iter();
            folders.any(|folder| folder.id == source && folder.opens_newest)
        };
        let arrived = self.importer.take_arrived();
        let newest = arrived.into_iter().rfind(|(source, _)| opens(*source));
        newest.map(|(_, round)| round)
    }
}

impl Librarian {
    /// Tells what there is, without making anything.
    fn greet(&mut self) {
        if self.path.exists() {
            if self.open() {
                self.tell_list();
            }
        } else {
            self.tell(LibraryEvent::Catalogue(Arc::default()));
            self.tell(LibraryEvent::Sources(Vec::new()));
        }
    }

    fn tell(&self, event: LibraryEvent) {
        (self.outlet)(event);
    }

    fn work(&mut self, inbox: &Receiver<Message>) {
        loop {
            match self.patience() {
                Some(patience) => match inbox.recv_timeout(patience) {
                    Ok(Message::End) | Err(RecvTimeoutError::Disconnected) => return,
                    Ok(message) => self.take(message),
                    Err(RecvTimeoutError::Timeout) => self.with_importer(Importer::look_again),
                },
                None => match inbox.recv() {
                    Ok(Message::End) | Err(_) => return,
                    Ok(message) => self.take(message),
                },
            }
            self.tell_progress();
        }
    }

    /// How long to wait for a message; for ever when nothing goes on.
    fn patience(&self) -> Option<Duration> {
        if self.list_is_old {
            return Some(TELL_EVERY);
        }
        let importer = &self.desk.as_ref()?.importer;
        match importer.next_look() {
            Some(next) => Some(next.min(LIST_EVERY)),
            None => (self.is_working || !importer.is_idle()).then_some(TELL_EVERY),
        }
    }

    fn with_importer(&mut self, change: impl FnOnce(&mut Importer)) {
        if let Some(desk) = &mut self.desk {
            change(&mut desk.importer);
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Order(order) => self.carry_out(order),
            Message::Import(of, message) => {
                let Some(desk) = self.desk.as_mut().filter(|_| of == self.nth_desk) else {
                    return;
                };
                if let Err(error) = desk.importer.handle(message) {
                    // What became of the other files is told before the importer may have to go.
                    for event in desk.importer.take_events() {
                        (self.outlet)(LibraryEvent::Import(event));
                    }
                    self.tell(LibraryEvent::Import(ImportEvent::Stopped(
                        error.to_string(),
                    )));
                    self.mend(error);
                }
            }
            Message::News(News::Look(look)) => self.look(look),
            Message::News(News::States) => self.tell_sources(),
            Message::End => {}
        }
    }

    /// Opens the library if it is not open, making it when it is not there; says why when that cannot be done.
    fn open(&mut self) -> bool {
        if self.desk.is_some() {
            return true;
        }
        match Library::open_or_rescue(&self.path) {
            Ok((library, rescue)) => self.set_up(
                library,
                rescue.map(|rescue| (rescue.to_string(), rescue.files)),
            ),
            Err(error) => {
                self.tell(LibraryEvent::Unavailable(error.to_string()));
                false
            }
        }
    }

    fn set_up(&mut self, library: Library, rescued: Option<(String, Vec<PathBuf>)>) -> bool {
        self.nth_desk += 1;
        let (sender, nth_desk) = (self.sender.clone(), self.nth_desk);
        let answer = move |message| {
            // The librarian has gone home.
            let _ = sender.send(Message::Import(nth_desk, message));
        };
        let options = Options {
            first_id: self.first_id,
            ..Options::default()
        };
        let folders = library.sources();
        let importer =
            folders.and_then(|folders| Ok((Importer::new(library, options, answer)?, folders)));
        let (importer, folders) = match importer {
            Ok(both) => both,
            Err(error) => {
                self.tell(LibraryEvent::Unavailable(error.to_string()));
                return false;
            }
        };
        let mut desk = Desk {
            importer,
            watcher: None,
            folders: Vec::new(),
            counts: FxHashMap::default(),
            looks: Vec::new(),
        };
        let sender = self.sender.clone();
        let on_news = move |news| {
            let _ = sender.send(Message::News(news));
        };
        match Watcher::start(Pace::default(), on_news) {
            Ok(watcher) => desk.watcher = Some(watcher),
            Err(error) => self.tell(LibraryEvent::Failed(format!(
                "Folders cannot be watched: {error}"
            ))),
        }
        for folder in &folders {
            if let Some(watcher) = &desk.watcher {
                watcher.add(folder.clone());
            }
        }
        desk.folders = folders;
        self.desk = Some(desk);
        let text = rescued.map(|(text, files)| {
            self.import(files, Origin::Named);
            text
        });
        self.tell(LibraryEvent::Available(text));
        self.tell_sources();
        true
    }

    /// After an error of the database: a damaged library is set aside and made anew, one that was deleted is made anew.
    fn mend(&mut self, error: LibraryError) {
        let damage = match error.cause {
            Cause::Damaged(damage) => Some(damage),
            Cause::Gone => None,
            // A full disk passes, and what is there can be read all the same.
            _ => return,
        };
        self.first_id = self
            .desk
            .as_ref()
            .map_or(self.first_id, |desk| desk.importer.next_id());
        self.desk = None;
        self.is_working = false;
        self.list_is_old = true;
        let Some(damage) = damage else {
            self.open();
            return;
        };
        match Library::rescue(&self.path, damage) {
            Ok((library, rescue)) => {
                self.set_up(
                    library,
                    rescue.map(|rescue| (rescue.to_string(), rescue.files)),
                );
            }
            Err(error) => self.tell(LibraryEvent::Unavailable(error.to_string())),
        }
    }

    fn carry_out(&mut self, order: LibraryOrder) {
        if !self.open() {
            return;
        }
        match order {
            LibraryOrder::Import(paths) => self.import(paths, Origin::Named),
            LibraryOrder::Retry(ids) => {
                self.is_working = true;
                self.with_importer(|importer| importer.retry(&ids));
            }
            LibraryOrder::CancelImports => self.with_importer(Importer::cancel),
            LibraryOrder::Delete(rounds) => {
                self.change(|library| library.remove(&rounds).map(|_| ()));
                self.list_is_old = true;
            }
            LibraryOrder::AddSource(path) => self.add_source(&path),
            LibraryOrder::ChangeSource(folder) => self.change_source(&folder),
            LibraryOrder::RemoveSource(id) => {
                self.change(|library| library.remove_source(id));
                self.with_watcher(|watcher| watcher.remove(id));
                self.reread_sources();
            }
            LibraryOrder::RunSource(id) => self.with_watcher(|watcher| watcher.run_now(id)),
        }
    }

    /// Does something with the library; says so when it cannot be done.
    fn change(&mut self, change: impl FnOnce(&mut Library) -> Result<(), LibraryError>) {
        let Some(desk) = &mut self.desk else { return };
        if let Err(error) = change(desk.importer.library()) {
            self.tell(LibraryEvent::Failed(error.to_string()));
            if matches!(error.cause, Cause::Damaged(_) | Cause::Gone) {
                self.mend(error);
            }
        }
    }

    fn import(&mut self, paths: Vec<PathBuf>, origin: Origin) {
        let Some(desk) = &mut self.desk else { return };
        match desk.importer.begin(paths, origin) {
            Ok(()) => self.is_working = true,
            Err(error) => self.tell(LibraryEvent::Failed(format!(
                "No thread to import with: {error}"
            ))),
        }
    }

    /// Tells what happened since the last time, and finishes an import that has come to its end.
    fn tell_progress(&mut self) {
        let Some(desk) = &mut self.desk else {
            self.list_is_old = false;
            return;
        };
        if !desk.importer.is_searching() {
            desk.looks.clear();
        }
        let events = desk.importer.take_events();
        let newest = desk.newest_arrival();
        let troubles = desk.importer.take_troubles();
        self.list_is_old |= desk.importer.take_news();
        let is_over = self.is_working && desk.importer.is_idle();
        let has_counted = self.count_watched();
        for event in events {
            self.tell(LibraryEvent::Import(event));
        }
        for text in troubles {
            self.tell(LibraryEvent::Failed(text));
        }
        if is_over {
            self.is_working = false;
            self.list_is_old = true;
        }
        let is_due = |listed: Instant| listed.elapsed() >= LIST_EVERY;
        // Whoever hears of a round that arrived looks for it in the list.
        let is_wanted = is_over || newest.is_some() || self.listed.is_none_or(is_due);
        if self.list_is_old && is_wanted {
            self.tell_list();
        }
        if let Some(round) = newest {
            self.tell(LibraryEvent::Arrived(round));
        }
        if is_over {
            self.tell(LibraryEvent::Import(ImportEvent::Done));
        }
        if has_counted || is_over {
            self.tell_sources();
        }
    }

    /// Tells all rounds, with the links and matches of those that came since the last time.
    fn tell_list(&mut self) {
        self.change(|library| library.link().map(|_| ()));
        let Some(desk) = &mut self.desk else { return };
        match desk.importer.library().catalogue() {
            Ok(list) => self.tell(LibraryEvent::Catalogue(Arc::new(list))),
            Err(error) => self.tell(LibraryEvent::Failed(error.to_string())),
        }
        self.list_is_old = false;
        self.listed = Some(Instant::now());
    }
}
