//! What the sidebar's actions do, and what news from the library change.

use super::action::LibraryAction;
use super::words::{count, short_name};
use super::{Entry, ImportEvent, LibraryEvent, LibraryOrder, RoundId, Section, Standing};
use crate::app::action::{Action, Dialog, Effect};
use crate::app::notices::Level;
use crate::app::{App, Source};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// More rounds are not opened at once: each is a tab and some megabytes.
pub const MOST_OPENED: usize = 8;

impl App {
    /// Does what the person wants of the sidebar.
    pub(in crate::app) fn apply_library(&mut self, action: LibraryAction) {
        use LibraryAction as A;
        let library = &mut self.library;
        match action {
            A::ShowSidebar(is_shown) => library.is_shown = Some(is_shown),
            A::ShowSection(section) => self.show_section(section),
            A::Search(query) => library.shelf.set_query(query),
            A::SetFilters(filters) => library.shelf.set_filters(filters),
            A::SetSort(sort) => library.shelf.set_sort(sort),
            A::Fold(key, is_folded) => library.shelf.fold(key, is_folded),
            A::FoldAll(is_folded) => library.shelf.fold_all(is_folded),
            A::Pick(key, how) => library.shelf.pick(&key, how),
            A::Step(step, extends) => library.shelf.step(step, extends),
            A::ClearSelection => library.shelf.clear_selection(),
            A::Open(ids) => self.open_stored(&ids),
            A::AskDelete(ids) => self.ask_delete(ids),
            A::Delete => self.delete_rounds(),
            A::Reveal(id) => self.reveal(id),
            A::CopyPath(id) => self.copy_path(id),
            other => self.apply_import(other),
        }
    }

    fn apply_import(&mut self, action: LibraryAction) {
        use LibraryAction as A;
        let imports = &mut self.library.imports;
        match action {
            A::Dropped(paths) => self.take_dropped(paths),
            A::Import(paths) => self.import(paths),
            A::CancelImports => {
                imports.cancelling();
                self.order(LibraryOrder::CancelImports);
            }
            A::RetryAll => {
                let files = imports.to_retry();
                self.order(LibraryOrder::Retry(files));
            }
            A::Retry(file) => {
                self.order(LibraryOrder::Retry(vec![file]));
            }
            A::ClearImports => imports.clear_finished(),
            A::ShowOutcome(outcome) => imports.only = outcome,
            A::ShowProblems(file) => self.show_problems_of_file(file),
            A::Watch(path) => self.watch(path),
            A::ChangeSource(folder) => {
                self.order(LibraryOrder::ChangeSource(folder));
            }
            A::RemoveSource(id) => {
                self.order(LibraryOrder::RemoveSource(id));
            }
            A::RunSource(id) => {
                self.order(LibraryOrder::RunSource(id));
            }
            _ => {}
        }
    }

    fn show_section(&mut self, section: Section) {
        self.library.section = section;
        self.library.is_shown = Some(true);
    }

    /// Asks the library; says so when it cannot be asked.
    fn order(&mut self, order: LibraryOrder) -> bool {
        let asked = self.runner.order(order);
        if let Err(error) = &asked {
            let text = format!("The library cannot be used: {error}");
            self.notices.add(Level::Error, text, None);
        }
        asked.is_ok()
    }

    fn can_import(&self) -> bool {
        self.runner.has_library() && !matches!(self.library.standing, Standing::Unavailable(_))
    }

    /// One round file is opened as well as imported; whatever else was dropped is imported. Without a library all is opened.
    fn take_dropped(&mut self, paths: Vec<PathBuf>) {
        let is_one_round = paths.len() == 1 && is_round_name(&paths[0]);
        if is_one_round || !self.can_import() {
            for path in &paths {
                self.apply(Action::Open(Source::Path(path.clone())));
            }
        }
        if !self.can_import() {
            return;
        }
        if is_one_round {
            self.order(LibraryOrder::Import(paths));
        } else {
            self.import(paths);
        }
    }

    fn import(&mut self, paths: Vec<PathBuf>) {
        if self.order(LibraryOrder::Import(paths)) {
            self.dialog = None;
            self.show_section(Section::Imports);
        }
    }

    fn watch(&mut self, path: PathBuf) {
        if self.order(LibraryOrder::AddSource(path)) {
            self.dialog = None;
            self.show_section(Section::Sync);
        }
    }

    fn open_stored(&mut self, ids: &[RoundId]) {
        if ids.len() > MOST_OPENED {
            let text = format!(
                "{} are selected; up to {MOST_OPENED} are opened at once.",
                count(ids.len(), "round", "rounds")
            );
            self.notices.add(Level::Info, text, None);
            return;
        }
        self.effects.push(Effect::LeaveList);
        for id in ids {
            match self.library.shelf.entry(*id) {
                Some(entry) => {
                    let source = Source::Stored(*id, short_name(entry));
                    let hash = entry.hash;
                    self.open_once(source, hash);
                }
                None => self.open(Source::Stored(*id, "a stored round".to_owned())),
            }
        }
    }

    /// A round that is open is shown; one that is being read is waited for.
    fn open_once(&mut self, source: Source, hash: crate::model::ContentHash) {
        let open = self
            .rounds
            .iter()
            .find(|open| open.round.provenance.content_hash == Some(hash));
        match open.map(|open| open.key) {
            Some(key) => self.show(Some(key)),
            None if self.loading().contains(&source) => {}
            None => self.open(source),
        }
    }

    fn ask_delete(&mut self, ids: Vec<RoundId>) {
        if !ids.is_empty() {
            self.library.to_delete = ids;
            self.dialog = Some(Dialog::DeleteRounds);
        }
    }

    fn delete_rounds(&mut self) {
        self.dialog = None;
        let ids = std::mem::take(&mut self.library.to_delete);
        if !ids.is_empty() {
            self.order(LibraryOrder::Delete(ids));
        }
    }

    fn path_of(&mut self, id: RoundId) -> Option<PathBuf> {
        let entry = self.library.shelf.entry(id)?;
        if entry.path.is_none() {
            let text = format!("Where {} came from is not known.", entry.file_name);
            self.notices.add(Level::Info, text, None);
            return None;
        }
        entry.path.clone()
    }

    fn reveal(&mut self, id: RoundId) {
        if let Some(path) = self.path_of(id)
            && let Err(error) = self.runner.reveal(path)
        {
            let text = format!("No thread to show the file with: {error}");
            self.notices.add(Level::Error, text, None);
        }
    }

    fn copy_path(&mut self, id: RoundId) {
        if let Some(path) = self.path_of(id) {
            let text = path.display().to_string();
            self.effects.push(Effect::CopyText(text));
        }
    }

    /// The stored round if there is one, so that members of archives can be looked at too; else the file.
    fn show_problems_of_file(&mut self, id: u32) {
        let Some(file) = self.library.imports.file(id) else {
            return;
        };
        let path = file.path.clone();
        let entries = self.library.shelf.entries();
        let stored = entries
            .iter()
            .find(|entry| entry.path.as_ref() == Some(&path));
        let (source, hash) = match stored {
            Some(entry) => (
                Source::Stored(entry.id, short_name(entry)),
                Some(entry.hash),
            ),
            None => (Source::Path(path), None),
        };
        let open = self
            .rounds
            .iter()
            .find(|open| hash.is_some() && open.round.provenance.content_hash == hash);
        if let Some(key) = open.map(|open| open.key) {
            self.apply(Action::ShowProblemsOf(key));
            return;
        }
        self.problems_wanted = Some(source.clone());
        self.open(source);
    }

    /// Takes in what the library tells.
    pub fn take_library_event(&mut self, event: LibraryEvent) {
        let library = &mut self.library;
        match event {
            LibraryEvent::Catalogue(entries) => {
                library.standing = Standing::Ready;
                library.shelf.set_entries(entries);
            }
            LibraryEvent::Import(event) => {
                let had_failed = matches!(event, ImportEvent::Stopped(_));
                library.imports.take(event);
                if had_failed {
                    let why = library.imports.stopped().unwrap_or_default();
                    let text = format!("The import stopped: {why}");
                    self.notices.add(Level::Error, text, None);
                }
            }
            LibraryEvent::Sources(sources) => library.sources = sources,
            LibraryEvent::Arrived(id) => self.open_arrived(id),
            LibraryEvent::Failed(why) => self.notices.add(Level::Error, why, None),
            LibraryEvent::Unavailable(why) => {
                library.standing = Standing::Unavailable(why);
                library.shelf.set_entries(Arc::default());
            }
            LibraryEvent::Available(remark) => {
                library.standing = Standing::Ready;
                if let Some(remark) = remark {
                    self.notices.add(Level::Warning, remark, None);
                }
            }
        }
    }

    fn open_arrived(&mut self, id: RoundId) {
        let name = self.library.shelf.entry(id).map(short_name);
        let name = name.unwrap_or_else(|| "A new round".to_owned());
        let text = format!("{name} has arrived in a watched folder and is opened.");
        self.notices.add(Level::Info, text, None);
        self.open_stored(&[id]);
    }

    /// The rounds that commands about the library mean.
    pub fn selected_entries(&self) -> impl Iterator<Item = &Entry> {
        let shelf = &self.library.shelf;
        shelf
            .selected()
            .into_iter()
            .filter_map(|id| shelf.entry(id))
    }
}

/// By its name only: to look at the file is the business of those who open it.
fn is_round_name(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        ["txt", "gz"]
            .iter()
            .any(|it| ending.eq_ignore_ascii_case(it))
    })
}

#[cfg(test)]
mod tests;
