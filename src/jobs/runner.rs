//! Threads that work for the window, and the channel on which they answer.

use super::librarian;
use super::library::{LibraryEvent, LibraryOrder};
use super::load::{LoadError, Loaded, load_demo, load_path, load_stored};
use super::pick::{PickFor, Picked, pick};
use super::reveal::{RevealError, reveal};
use crate::library::RoundId;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What is to be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, or the newest one in a folder.
    Path(PathBuf),
    /// A round of the library, with the name to call it by.
    Stored(RoundId, String),
    /// The round that comes with the program.
    Demo,
}

impl Source {
    /// What to call it while it is being read.
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned(),
            Self::Stored(_, name) => name.clone(),
            Self::Demo => "the demo round".to_owned(),
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Path(path) => path,
            Self::Stored(_, name) => Path::new(name),
            Self::Demo => Path::new("demo"),
        }
    }
}

/// Answer of a thread.
#[derive(Debug)]
pub enum JobEvent {
    /// A round is loaded, or why not.
    Loaded(Source, Result<Box<Loaded>, LoadError>),
    /// The file chooser was closed: what it was for, and what came of it.
    Picked(PickFor, Picked),
    /// The file manager was asked to show a file.
    Revealed(Result<(), RevealError>),
    /// The library has news.
    Library(LibraryEvent),
}

type Wake = Arc<dyn Fn() + Send + Sync>;

/// Starts work and collects the answers. Rounds are loaded one after the other, in the order they were asked for.
pub struct Runner {
    orders: Option<Sender<Source>>,
    events: (Sender<JobEvent>, Receiver<JobEvent>),
    waiting: Vec<Source>,
    is_picking: bool,
    library: Option<Sender<LibraryOrder>>,
    /// Where stored rounds are opened from.
    library_path: PathBuf,
    wake: Wake,
}

impl Runner {
    /// A runner whose threads call `wake` after every answer. No thread is started before there is work.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            orders: None,
            events: channel(),
            waiting: Vec::new(),
            is_picking: false,
            library: None,
            library_path: PathBuf::new(),
            wake: Arc::new(wake),
        }
    }

    /// Loads a round.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn load(&mut self, source: Source) -> std::io::Result<()> {
        let orders = match self.orders.take() {
            Some(orders) => orders,
            None => self.start_loader()?,
        };
        // The loader ends only with its orders, and it survives a panic of the reader.
        if orders.send(source.clone()).is_ok() {
            self.waiting.push(source);
        }
        self.orders = Some(orders);
        Ok(())
    }

    fn start_loader(&self) -> std::io::Result<Sender<Source>> {
        let (orders, inbox) = channel::<Source>();
        let (answers, wake) = (self.events.0.clone(), Arc::clone(&self.wake));
        let library = self.library_path.clone();
        std::thread::Builder::new()
            .name("load".to_owned())
            .spawn(move || {
                for source in inbox {
                    let result = load_guarded(&source, &library).map(Box::new);
                    if answers.send(JobEvent::Loaded(source, result)).is_err() {
                        return;
                    }
                    wake();
                }
            })?;
        Ok(orders)
    }

    /// Uses the library in this file, which need not be there yet.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn use_library(&mut self, path: PathBuf) -> std::io::Result<()> {
        let orders = librarian::start(path.clone(), self.library_outlet())?;
        self.library_path = path;
        self.attach_library(orders);
        Ok(())
    }

    /// Takes the way on which the library's threads are asked.
    pub fn attach_library(&mut self, orders: Sender<LibraryOrder>) {
        self.library = Some(orders);
    }

    /// Whether there is a library to be asked.
    pub fn has_library(&self) -> bool {
        self.library.is_some()
    }

    /// Where the library's threads put their news: they come out as [`JobEvent::Library`].
    pub fn library_outlet(&self) -> impl Fn(LibraryEvent) + Clone + Send + 'static {
        let (events, wake) = (self.events.0.clone(), Arc::clone(&self.wake));
        move |event| {
            // When the window is gone nobody wants to know.
            if events.send(JobEvent::Library(event)).is_ok() {
                wake();
            }
        }
    }

    /// Asks something of the library; the answers come as [`JobEvent::Library`].
    ///
    /// # Errors
    /// When there is no library, or its threads have ended.
    pub fn order(&mut self, order: LibraryOrder) -> std::io::Result<()> {
        let library = self.library.as_ref();
        let library = library.ok_or_else(|| std::io::Error::other("there is none"))?;
        library
            .send(order)
            .map_err(|_| std::io::Error::other("it has ended"))
    }

    /// Shows the desktop's file chooser, unless it is shown already.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn pick(&mut self, what: PickFor) -> std::io::Result<()> {
        if self.is_picking {
            return Ok(());
        }
        let (answers, wake) = (self.events.0.clone(), Arc::clone(&self.wake));
        std::thread::Builder::new()
            .name("file chooser".to_owned())
            .spawn(move || {
                let picked = catch_unwind(|| pick(what)).unwrap_or(Picked::NoChooser);
                if answers.send(JobEvent::Picked(what, picked)).is_ok() {
                    wake();
                }
            })?;
        self.is_picking = true;
        Ok(())
    }

    /// Shows a file in the desktop's file manager.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn reveal(&self, path: PathBuf) -> std::io::Result<()> {
        let (answers, wake) = (self.events.0.clone(), Arc::clone(&self.wake));
        std::thread::Builder::new()
            .name("reveal".to_owned())
            .spawn(move || {
                if answers.send(JobEvent::Revealed(reveal(&path))).is_ok() {
                    wake();
                }
            })?;
        Ok(())
    }

    /// The next answer, if there is one.
    pub fn poll(&mut self) -> Option<JobEvent> {
        let event = self.events.1.try_recv().ok()?;
        match &event {
            JobEvent::Loaded(source, _) => {
                let done = self.waiting.iter().position(|waiting| waiting == source);
                done.map(|nth| self.waiting.remove(nth));
            }
            JobEvent::Picked(..) => self.is_picking = false,
            JobEvent::Library(_) | JobEvent::Revealed(_) => {}
        }
        Some(event)
    }

    /// What is being loaded or waits for it, in order.
    pub fn waiting(&self) -> &[Source] {
        &self.waiting
    }

    /// Whether the file chooser is shown.
    pub fn is_picking(&self) -> bool {
        self.is_picking
    }
}

/// A file that makes the reader fail in an unforeseen way must not take the program along.
fn load_guarded(source: &Source, library: &Path) -> Result<Loaded, LoadError> {
    let work = || match source {
        Source::Path(path) => load_path(path),
        Source::Stored(id, name) => load_stored(library, *id, name),
        Source::Demo => Ok(load_demo()),
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(LoadError {
            path: source.path().to_owned(),
            cause: "the reader failed on this file; please report it".to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    fn wait(runner: &mut Runner) -> JobEvent {
        let begun = Instant::now();
        loop {
            if let Some(event) = runner.poll() {
                return event;
            }
            assert!(begun.elapsed() < Duration::from_mins(1), "no answer");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn rounds_come_in_the_order_they_were_asked_for() {
        let mut runner = Runner::new(|| ());
        let missing = Source::Path(PathBuf::from("/nowhere/at/all"));
        runner.load(missing.clone()).unwrap();
        runner.load(Source::Demo).unwrap();
        assert_eq!(runner.waiting().len(), 2);
        assert!(matches!(wait(&mut runner), JobEvent::Loaded(source, Err(_)) if source == missing));
        assert_eq!(runner.waiting(), [Source::Demo]);
        assert!(matches!(
            wait(&mut runner),
            JobEvent::Loaded(Source::Demo, Ok(_))
        ));
        assert!(runner.waiting().is_empty());
    }
}
