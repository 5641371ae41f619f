//! `sandtable watch`: imports new files of folders as they arrive, until it is ended.

use super::Outcome;
use super::import::{line, state_json};
use super::library::{self, Done};
use super::output::{ended, message, stdout};
use crate::jobs::import::report::{FileState, ImportEvent, ImportFile};
use crate::jobs::import::{Importer, Message, Options, Origin};
use crate::library::{Library, WatchedFolder};
use crate::sync::SourceStatus;
use crate::sync::watch::{Look, News, Pace, Watcher};
use clap::Args;
use rustc_hash::FxHashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How folders are watched.
const WATCH_HELP: &str = "\
Imports what is in the folders, then every round file that arrives there, and prints a line for each that was not known. A file that still grows
is waited for. Every folder is listed whole every 5 minutes, too; network shares, and all folders with --poll, every 15 seconds. Ends with Ctrl+C,
or when nobody reads what it prints; nothing that was stored is lost by that.

The folders are watched by this command alone and as long as it runs. The window's Sync watches folders for good.

JSON: one object a line, {path, state, problems, replaced, duplicate_of, why}.";

#[derive(Debug, Args)]
#[command(after_help = WATCH_HELP)]
pub(super) struct WatchArgs {
    /// Folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// List the folders again and again instead of waiting to be told of changes
    #[arg(long)]
    poll: bool,
    /// Print JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// How often is told what happened while something happens.
const TELL_EVERY: Duration = Duration::from_millis(50);
/// How long to wait when nothing is to be done.
const REST: Duration = Duration::from_hours(1);
/// An importer remembers every file it was given; after so many a new one takes its place, so that months of listing fill no memory.
const MOST_FILES: u64 = 20_000;

pub(super) fn run(args: &WatchArgs, asked: Option<&Path>) -> Outcome {
    library::outcome(watch(args, asked))
}

fn watch(args: &WatchArgs, asked: Option<&Path>) -> Done {
    if let Some(path) = args.paths.iter().find(|path| !path.is_dir()) {
        return Err(format!("{}: there is no such folder", path.display()));
    }
    let (library, rescue) = library::to_fill(asked)?;
    let (sender, inbox) = channel();
    let to_desk = sender.clone();
    let watcher = Watcher::start(Pace::default(), move |news| {
        // Nobody waits any more: the program is about to end.
        let _ = to_desk.send(Word::News(news));
    });
    let watcher = watcher.map_err(|error| format!("no thread to watch with: {error}"))?;
    for (nth, path) in args.paths.iter().enumerate() {
        watcher.add(WatchedFolder {
            id: nth as i64 + 1,
            path: path.clone(),
            is_paused: false,
            opens_newest: false,
            polls: args.poll,
        });
    }
    let mut desk = Desk {
        sender,
        watcher,
        looks: Vec::new(),
        files: FxHashMap::default(),
        given: 0,
        told: FxHashMap::default(),
        statuses: FxHashMap::default(),
        is_json: args.json,
    };
    let mut importer = desk.importer(library)?;
    if let Some(rescue) = rescue {
        begin(&mut importer, rescue.files, Origin::Named)?;
    }
    desk.work(importer, &inbox)
}

fn begin(importer: &mut Importer, paths: Vec<PathBuf>, origin: Origin) -> Result<(), String> {
    let begun = importer.begin(paths, origin);
    begun.map_err(|error| format!("no thread to import with: {error}"))
}

/// What happened.
enum Word {
    Import(Message),
    News(News),
}

/// What the watching thread works with, besides the importer.
struct Desk {
    sender: Sender<Word>,
    watcher: Watcher,
    /// Kept until what was found is imported: the folders wait so long.
    looks: Vec<Look>,
    /// Files the importer was given and that have not come to their end, by its ids.
    files: FxHashMap<u32, PathBuf>,
    /// How many it was given.
    given: u64,
    /// What was said last about files that are no news when they are listed again.
    told: FxHashMap<PathBuf, FileState>,
    /// What was said last about folders.
    statuses: FxHashMap<i64, String>,
    is_json: bool,
}

impl Desk {
    fn importer(&mut self, library: Library) -> Result<Importer, String> {
        let sender = self.sender.clone();
        self.given = 0;
        self.files.clear();
        let importer = Importer::new(library, Options::default(), move |message| {
            let _ = sender.send(Word::Import(message));
        });
        importer.map_err(|error| library::words(&error))
    }

    fn work(&mut self, mut importer: Importer, inbox: &Receiver<Word>) -> Done {
        let mut last_told = Instant::now();
        loop {
            let rest = if importer.is_idle() { REST } else { TELL_EVERY };
            let patience = importer.next_look().unwrap_or(rest).min(rest);
            match inbox.recv_timeout(patience) {
                Ok(Word::Import(message)) => importer
                    .handle(message)
                    .map_err(|error| library::words(&error))?,
                Ok(Word::News(News::Look(look))) => self.look(&mut importer, look)?,
                Ok(Word::News(News::States)) => self.tell_states(),
                Err(RecvTimeoutError::Timeout) => importer.look_again(),
                Err(RecvTimeoutError::Disconnected) => return Ok(Outcome::Fine),
            }
            if last_told.elapsed() >= TELL_EVERY || importer.is_idle() {
                last_told = Instant::now();
                if let Err(error) = self.tell(&mut importer) {
                    return Ok(ended(Err(error), "standard output"));
                }
            }
            if importer.is_idle() {
                importer = self.put_in_order(importer)?;
            }
        }
    }

    fn look(&mut self, importer: &mut Importer, look: Look) -> Result<(), String> {
        let origin = Origin::Watched {
            source: look.folder,
            is_first: look.is_first,
        };
        begin(importer, look.paths.clone(), origin)?;
        self.looks.push(look);
        Ok(())
    }

    /// When everything found so far has come to its end.
    fn put_in_order(&mut self, mut importer: Importer) -> Result<Importer, String> {
        self.looks.clear();
        if importer.take_news() {
            match importer.library().link() {
                Ok(_) => {}
                // What changed is written down, and linked with the next file.
                Err(error) if error.is_passing() => message(&error.to_string()),
                Err(error) => return Err(library::words(&error)),
            }
        }
        if self.given < MOST_FILES {
            return Ok(importer);
        }
        let library = importer.into_library();
        self.importer(library)
    }

    fn tell(&mut self, importer: &mut Importer) -> io::Result<()> {
        let mut news: Vec<(PathBuf, FileState)> = Vec::new();
        for event in importer.take_events() {
            match event {
                ImportEvent::Found(files) => {
                    for ImportFile {
                        id, path, state, ..
                    } in files
                    {
                        self.given += 1;
                        if state.is_final() {
                            news.push((path, state));
                        } else {
                            self.files.insert(id, path);
                        }
                    }
                }
                ImportEvent::Changed(changes) => {
                    for (id, state) in changes.into_iter().filter(|(_, state)| state.is_final()) {
                        news.extend(self.files.remove(&id).map(|path| (path, state)));
                    }
                }
                ImportEvent::Done | ImportEvent::Stopped(_) => {}
            }
        }
        for trouble in importer.take_troubles() {
            message(&trouble);
        }
        let mut out = stdout();
        for (path, state) in news {
            self.tell_file(path, state, &mut out)?;
        }
        out.flush()
    }

    /// Says what became of a file, unless that is no news.
    fn tell_file(
        &mut self,
        path: PathBuf,
        state: FileState,
        out: &mut impl Write,
    ) -> io::Result<()> {
        if state == FileState::Known || self.told.get(&path) == Some(&state) {
            return Ok(());
        }
        if self.is_json {
            writeln!(out, "{}", state_json(&path, &state))?;
        } else {
            writeln!(out, "{}", line(&path, &state))?;
        }
        // What was stored is known when it is listed again; the rest would be said again and again.
        if matches!(state, FileState::Stored { .. }) {
            self.told.remove(&path);
        } else {
            self.told.insert(path, state);
        }
        Ok(())
    }

    /// Says when a folder cannot be read, or has to be polled, and when that is over.
    fn tell_states(&mut self) {
        for state in self.watcher.states() {
            let said = match (state.status, state.remark) {
                (SourceStatus::Unreachable(why), _) => format!("cannot be read: {why}"),
                (SourceStatus::Watching, Some(remark)) => remark,
                (SourceStatus::Watching, None) => "is watched".to_owned(),
                _ => continue,
            };
            let last = self.statuses.insert(state.folder.id, said.clone());
            if last.as_ref() != Some(&said) {
                message(&format!("{}: {said}", state.folder.path.display()));
            }
        }
    }
}
