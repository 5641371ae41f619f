//! The sidebar's state: the stored rounds as a list, the imports, the watched folders, and what the person asks of them.
//!
//! The library itself works on threads of its own; it is asked by [`LibraryOrder`]s and answers by [`LibraryEvent`]s. Nothing here waits
//! for it, and everything else in the program works without it.

pub mod about;
pub mod action;
mod commands;
pub mod filter;
pub mod imports;
pub mod lines;
pub mod order;
mod run;
#[cfg(test)]
mod sample;
pub mod search;
pub mod selection;
pub mod shelf;
pub mod sources;
pub mod totals;
pub mod words;

pub use crate::jobs::import::report::{FileState, ImportEvent, ImportFile};
pub use crate::jobs::library::{LibraryEvent, LibraryOrder};
pub use crate::library::RoundId;
pub use crate::library::catalogue::Entry;
pub use crate::sync::{SourceStatus, SourceView, WatchedFolder};

use imports::Imports;
use shelf::Shelf;

/// Parts of the sidebar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// The stored rounds.
    #[default]
    Library,
    /// Files that are imported.
    Imports,
    /// Watched folders.
    Sync,
}

impl Section {
    /// All, in the order of their tabs.
    pub const ALL: [Self; 3] = [Self::Library, Self::Imports, Self::Sync];

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Library => "Library",
            Self::Imports => "Imports",
            Self::Sync => "Sync",
        }
    }
}

/// Whether the library can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was heard of it yet.
    #[default]
    Opening,
    /// It can.
    Ready,
    /// It cannot, and why.
    Unavailable(String),
}

/// State of the sidebar.
#[derive(Default)]
pub struct Library {
    /// Whether the library can be used.
    pub standing: Standing,
    /// The stored rounds.
    pub shelf: Shelf,
    /// The imports.
    pub imports: Imports,
    /// The watched folders.
    pub sources: Vec<SourceView>,
    /// The part that is shown.
    pub section: Section,
    /// Whether the person wants to see the sidebar; `None` while it is left to the size of the window.
    pub is_shown: Option<bool>,
    /// The rounds about which the person is asked whether to delete them.
    pub to_delete: Vec<RoundId>,
    /// How the sidebar is drawn now, told by the window: it decides what "toggle" means.
    pub is_visible: bool,
}

impl Library {
    /// Seconds until what is shown changes though nothing happens: speeds fall, and scans lie longer back. `None` when nothing does.
    pub fn next_change_s(&self) -> Option<f64> {
        let shows_scans =
            self.is_visible && self.section == Section::Sync && !self.sources.is_empty();
        if self.imports.is_running() {
            Some(0.5)
        } else {
            shows_scans.then_some(10.0)
        }
    }
}
