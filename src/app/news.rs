//! What other threads have finished, and what becomes of it.

use super::action::{Action, Dialog, Effect};
use super::library::LibraryEvent;
use super::library::action::LibraryAction;
use super::notices::Level;
use super::{App, PickFor, Source};
use crate::jobs::load::{LoadError, Loaded};
use crate::jobs::pick::Picked;
use crate::jobs::reveal::RevealError;
use crate::jobs::runner::JobEvent;
use std::path::PathBuf;

impl App {
    /// Takes in what other threads have finished.
    pub fn poll(&mut self) {
        // To list thousands of rounds anew takes a while: of several catalogues only the last one counts.
        let mut catalogue = None;
        while let Some(event) = self.runner.poll() {
            match event {
                JobEvent::Loaded(source, result) => self.take_loaded(&source, result),
                JobEvent::Picked(what, picked) => self.take_picked(what, picked),
                JobEvent::Library(event @ LibraryEvent::Catalogue(_)) => catalogue = Some(event),
                JobEvent::Library(event) => {
                    // What comes after a catalogue may speak of its rounds; news of imports do not.
                    let is_import = matches!(event, LibraryEvent::Import(_));
                    if let Some(catalogue) = catalogue.take_if(|_| !is_import) {
                        self.take_library_event(catalogue);
                    }
                    self.take_library_event(event);
                }
                JobEvent::Revealed(result) => self.take_revealed(result),
            }
        }
        if let Some(catalogue) = catalogue {
            self.take_library_event(catalogue);
        }
    }

    pub(super) fn take_loaded(&mut self, source: &Source, result: Result<Box<Loaded>, LoadError>) {
        let wants_problems = self.problems_wanted.take_if(|wanted| wanted == source);
        match result {
            Ok(loaded) => {
                self.add_round(*loaded);
                self.shows_problems |= wants_problems.is_some();
            }
            Err(error) => self.tell_failure(&error),
        }
    }

    fn take_picked(&mut self, what: PickFor, picked: Picked) {
        match picked {
            Picked::Paths(paths) => {
                self.dialog = None;
                self.use_picked(what, paths);
            }
            Picked::NoChooser => {
                self.has_no_chooser = true;
                self.dialog = Some(Dialog::Path(what));
            }
            Picked::Nothing => {}
        }
    }

    /// Does with paths what they were picked or typed for.
    pub(super) fn use_picked(&mut self, what: PickFor, paths: Vec<PathBuf>) {
        match what {
            PickFor::Open => paths
                .into_iter()
                .for_each(|path| self.apply(Action::Open(Source::Path(path)))),
            PickFor::ImportFiles | PickFor::ImportFolder => {
                self.apply_library(LibraryAction::Import(paths));
            }
            PickFor::Watch => paths
                .into_iter()
                .for_each(|path| self.apply_library(LibraryAction::Watch(path))),
        }
    }

    fn take_revealed(&mut self, result: Result<(), RevealError>) {
        if let Err(error) = result {
            self.effects
                .push(Effect::CopyText(error.path.display().to_string()));
            let text = format!("{error} Its path was copied.");
            self.notices.add(Level::Warning, text, None);
        }
    }
}
