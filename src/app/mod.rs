//! State and rules of the running program: open rounds, playheads, selection, layers, notices. Paints nothing.

pub mod action;
pub mod chord;
pub mod commands;
pub mod layers;
pub mod library;
pub mod moments;
pub mod notices;
pub mod opened;
pub mod playback;
pub mod roster;
pub mod time_text;
pub mod title;

pub use crate::jobs::ground::GroundPlan;
pub use crate::jobs::load::typed_path;
pub use crate::jobs::pick::PickFor;
pub use crate::jobs::runner::Source;

use crate::jobs::library::{LibraryEvent, LibraryOrder};
use crate::jobs::load::{LoadError, Loaded};
use crate::jobs::runner::Runner;
use crate::model::Severity;
use action::{Dialog, Effect};
use commands::{CommandId, Needs};
use layers::Layers;
use library::{Library, Section};
use notices::{Level, Notices, Remedy};
use opened::OpenRound;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

mod news;
mod run;

/// The running program, without a window.
pub struct App {
    rounds: Vec<OpenRound>,
    shown: Option<u64>,
    next_key: u64,
    runner: Runner,
    effects: Vec<Effect>,
    /// When this is loaded, its problems are shown.
    problems_wanted: Option<Source>,
    /// The sidebar.
    pub library: Library,
    /// What there is to tell.
    pub notices: Notices,
    /// What is drawn on the map.
    pub layers: Layers,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// The list of problems is shown.
    pub shows_problems: bool,
    /// Dark text on light ground.
    pub is_light: bool,
    /// Team colours that stay apart for every kind of colour vision.
    pub is_colour_blind_safe: bool,
    /// The desktop seems to have no file chooser.
    pub has_no_chooser: bool,
}

impl App {
    /// A program without a round. `wake` is called from other threads when there is something to [`App::poll`] for.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            rounds: Vec::new(),
            shown: None,
            next_key: 0,
            runner: Runner::new(wake),
            effects: Vec::new(),
            problems_wanted: None,
            library: Library::default(),
            notices: Notices::default(),
            layers: Layers::default(),
            dialog: None,
            shows_problems: false,
            is_light: false,
            is_colour_blind_safe: false,
            has_no_chooser: false,
        }
    }

    /// Uses the library in this file, which need not be there yet; without it the program works all the same.
    pub fn use_library(&mut self, path: PathBuf) {
        if let Err(error) = self.runner.use_library(path) {
            let why = format!("the system gives no thread: {error}");
            self.take_library_event(LibraryEvent::Unavailable(why));
        }
    }

    /// Connects the library's threads: what is asked of them goes out here, and comes back by [`Self::library_outlet`].
    pub fn attach_library(&mut self, orders: Sender<LibraryOrder>) {
        self.runner.attach_library(orders);
    }

    /// Where the library's threads put their news.
    pub fn library_outlet(&self) -> impl Fn(LibraryEvent) + Clone + Send + 'static {
        self.runner.library_outlet()
    }

    /// All open rounds, in order of opening.
    pub fn rounds(&self) -> &[OpenRound] {
        &self.rounds
    }

    /// The round that is shown.
    pub fn shown(&self) -> Option<&OpenRound> {
        self.rounds.iter().find(|open| Some(open.key) == self.shown)
    }

    /// The round that is shown, to be changed.
    pub fn shown_mut(&mut self) -> Option<&mut OpenRound> {
        self.rounds
            .iter_mut()
            .find(|open| Some(open.key) == self.shown)
    }

    /// An open round by its key.
    pub fn round_mut(&mut self, key: u64) -> Option<&mut OpenRound> {
        self.rounds.iter_mut().find(|open| open.key == key)
    }

    /// What is being read, in order.
    pub fn loading(&self) -> &[Source] {
        self.runner.waiting()
    }

    /// Whether the desktop's file chooser is shown.
    pub fn is_picking(&self) -> bool {
        self.runner.is_picking()
    }

    /// Whether the playhead of the shown round moves.
    pub fn is_playing(&self) -> bool {
        self.shown().is_some_and(|open| open.playback.is_playing())
    }

    /// Lets time pass for the shown round, in seconds of the viewer. Notices go by real time: the window tells them.
    pub fn advance(&mut self, dt_s: f64) {
        if let Some(open) = self.shown_mut() {
            open.playback.advance(dt_s);
        }
    }

    fn open(&mut self, source: Source) {
        if let Err(error) = self.runner.load(source) {
            self.notices.add(
                Level::Error,
                format!("No thread to read the file with: {error}"),
                None,
            );
        }
    }

    /// Adds a loaded round and shows it; one that is open already is shown as it is.
    pub fn add_round(&mut self, loaded: Loaded) {
        if let Some(remark) = &loaded.remark {
            self.notices.add(Level::Info, remark, None);
        }
        let hash = loaded.round.provenance.content_hash;
        let twin = self
            .rounds
            .iter()
            .find(|open| hash.is_some() && open.round.provenance.content_hash == hash);
        if let Some(twin) = twin {
            self.shown = Some(twin.key);
            let text = format!("{} is open already.", loaded.round.provenance.file_name);
            self.notices.add(Level::Info, text, None);
            return;
        }
        let key = self.next_key;
        self.next_key += 1;
        self.tell_problems(key, &loaded);
        self.rounds.push(OpenRound::new(key, loaded));
        self.show(Some(key));
    }

    /// Only the shown round plays: a round that nobody sees must not run away.
    fn show(&mut self, key: Option<u64>) {
        if let Some(open) = self.shown_mut().filter(|open| Some(open.key) != key) {
            open.playback.set_playing(false);
        }
        self.shown = key;
    }

    fn tell_failure(&mut self, error: &LoadError) {
        self.notices
            .add(Level::Error, format!("Could not open {error}"), None);
    }

    fn tell_problems(&mut self, key: u64, loaded: &Loaded) {
        let problems = &loaded.round.document.problems;
        let name = &loaded.round.provenance.file_name;
        let (errors, warnings) = (
            problems.count(Severity::Error),
            problems.count(Severity::Warning),
        );
        let level = match (errors, warnings) {
            (0, 0) => return,
            (0, _) => Level::Warning,
            _ => Level::Error,
        };
        let count = match errors + warnings {
            1 => "1 problem".to_owned(),
            n => format!("{n} problems"),
        };
        let text = format!("{name} opened with {count}. Everything that can be read is shown.");
        self.notices
            .add(level, text, Some(Remedy::ShowProblems(key)));
    }

    fn close(&mut self, key: u64) {
        let Some(nth) = self.rounds.iter().position(|open| open.key == key) else {
            return;
        };
        self.rounds.remove(nth);
        self.notices.forget_round(key);
        if self.shown == Some(key) {
            let neighbour = self.rounds.get(nth).or(self.rounds.last());
            self.shown = neighbour.map(|open| open.key);
            self.shows_problems = false;
        }
    }

    /// What the window has to do for the actions so far; given once.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Whether a command makes sense now.
    pub fn is_enabled(&self, id: CommandId) -> bool {
        match id.command().needs {
            Needs::Nothing => true,
            Needs::Round => self.shown().is_some(),
            Needs::Selection => self.shown().is_some_and(|open| open.selected.is_some()),
            Needs::SeveralRounds => self.rounds.len() > 1,
            Needs::StoredRounds => !self.library.shelf.entries().is_empty(),
            Needs::SelectedEntries => {
                self.library.is_visible
                    && self.library.section == Section::Library
                    && self.library.shelf.selected_count() > 0
            }
        }
    }

    /// Whether what a command switches is on; `None` for commands that switch nothing.
    pub fn is_on(&self, id: CommandId) -> Option<bool> {
        let on = match id {
            CommandId::Follow => self.shown().is_some_and(|open| open.is_following),
            CommandId::Names => self.layers.names,
            CommandId::Objectives => self.layers.objectives,
            CommandId::Deaths => self.layers.deaths,
            CommandId::Picture => self.layers.picture,
            CommandId::Grid => self.layers.grid,
            CommandId::Problems => self.shows_problems,
            CommandId::ToggleSidebar => self.library.is_visible,
            CommandId::LightTheme => self.is_light,
            CommandId::ColourBlindPalette => self.is_colour_blind_safe,
            _ => return None,
        };
        Some(on)
    }
}
