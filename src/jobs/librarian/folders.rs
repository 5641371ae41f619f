//! The watched folders: what is asked about them, what is found in them, how they are.

use super::Librarian;
use crate::jobs::import::{Origin, WatchedCounts};
use crate::jobs::library::LibraryEvent;
use crate::sync::share::network_share;
use crate::sync::watch::{Look, Watcher};
use crate::sync::{SourceStatus, SourceView, WatchedFolder};
use std::path::Path;

impl Librarian {
    pub(super) fn with_watcher(&mut self, change: impl FnOnce(&Watcher)) {
        if let Some(watcher) = self.desk.as_ref().and_then(|desk| desk.watcher.as_ref()) {
            change(watcher);
        }
    }

    pub(super) fn look(&mut self, look: Look) {
        let Some(desk) = &mut self.desk else { return };
        if look.is_full
            && let Some(counts) = desk.counts.get_mut(&look.folder)
        {
            // Everything in it is counted anew.
            *counts = WatchedCounts {
                new: counts.new,
                ..WatchedCounts::default()
            };
        }
        let origin = Origin::Watched {
            source: look.folder,
            is_first: look.is_first,
        };
        let paths = look.paths.clone();
        desk.looks.push(look);
        self.import(paths, origin);
    }

    pub(super) fn add_source(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if !path.is_dir() {
            let text = format!("{} is no folder that can be read.", path.display());
            return self.tell(LibraryEvent::Failed(text));
        }
        let polls = network_share(&path).is_some();
        self.change(|library| library.add_source(&path, polls));
        let known: Vec<i64> = self
            .desk
            .iter()
            .flat_map(|desk| &desk.folders)
            .map(|folder| folder.id)
            .collect();
        self.reread_sources();
        let added = self
            .desk
            .iter()
            .flat_map(|desk| &desk.folders)
            .find(|folder| !known.contains(&folder.id))
            .cloned();
        if let Some(folder) = added {
            self.with_watcher(|watcher| watcher.add(folder));
        }
    }

    pub(super) fn change_source(&mut self, folder: &WatchedFolder) {
        let before = self
            .desk
            .iter()
            .flat_map(|desk| &desk.folders)
            .find(|known| known.id == folder.id)
            .cloned();
        self.change(|library| library.change_source(folder));
        self.with_watcher(|watcher| match before {
            Some(before) if before.polls == folder.polls => {
                watcher.pause(folder.id, folder.is_paused);
            }
            _ => watcher.add(folder.clone()),
        });
        self.reread_sources();
    }

    pub(super) fn reread_sources(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        match desk.importer.library().sources() {
            Ok(folders) => desk.folders = folders,
            Err(error) => self.tell(LibraryEvent::Failed(error.to_string())),
        }
        self.tell_sources();
    }

    pub(super) fn tell_sources(&self) {
        let Some(desk) = &self.desk else { return };
        let states = desk
            .watcher
            .as_ref()
            .map(Watcher::states)
            .unwrap_or_default();
        let view = |folder: &WatchedFolder| {
            let state = states.iter().find(|state| state.folder.id == folder.id);
            let counts = desk.counts.get(&folder.id).copied().unwrap_or_default();
            SourceView {
                folder: folder.clone(),
                status: state.map_or(SourceStatus::Scanning, |state| state.status.clone()),
                last_scan_unix: state.and_then(|state| state.last_scan_unix),
                next_scan_unix: state.and_then(|state| state.next_scan_unix),
                new: counts.new,
                known: counts.known,
                failed: counts.failed,
                remark: state.and_then(|state| state.remark.clone()),
            }
        };
        self.tell(LibraryEvent::Sources(
            desk.folders.iter().map(view).collect(),
        ));
    }

    /// Adds up what became of files of watched folders; gives whether there was anything.
    pub(super) fn count_watched(&mut self) -> bool {
        let Some(desk) = &mut self.desk else {
            return false;
        };
        let mut has_counted = false;
        for folder in &desk.folders {
            let more = desk.importer.take_watched(folder.id);
            if more != WatchedCounts::default() {
                let counts = desk.counts.entry(folder.id).or_default();
                counts.new += more.new;
                counts.known += more.known;
                counts.failed += more.failed;
                has_counted = true;
            }
        }
        has_counted
    }
}
