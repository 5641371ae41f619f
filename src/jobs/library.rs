//! What the window asks of the library, and what the library's threads answer.

use super::import::report::ImportEvent;
use crate::library::RoundId;
use crate::library::catalogue::Entry;
use crate::sync::{SourceView, WatchedFolder};
use std::path::PathBuf;
use std::sync::Arc;

/// A wish. Each is carried out on a thread of the library; what came of it is told by [`LibraryEvent`]s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryOrder {
    /// Import files, folders and archives.
    Import(Vec<PathBuf>),
    /// Import these files of an earlier import again, by their [`super::import::report::ImportFile::id`].
    Retry(Vec<u32>),
    /// Stop all imports; files whose turn has not come are left.
    CancelImports,
    /// Take rounds out of the library; the files stay, and so does what a person wrote about them.
    Delete(Vec<RoundId>),
    /// Watch a folder.
    AddSource(PathBuf),
    /// Change how a folder is watched.
    ChangeSource(WatchedFolder),
    /// Stop watching a folder; its rounds stay.
    RemoveSource(i64),
    /// List a folder now.
    RunSource(i64),
}

/// News from the library.
#[derive(Clone, Debug)]
pub enum LibraryEvent {
    /// All stored rounds, newest evening first; told at the start and after every change.
    Catalogue(Arc<Vec<Entry>>),
    /// An import went on.
    Import(ImportEvent),
    /// The watched folders as they are now.
    Sources(Vec<SourceView>),
    /// A file of a watched folder that opens its newest was stored.
    Arrived(RoundId),
    /// Something was asked for that could not be done, and why.
    Failed(String),
    /// The library cannot be used, and why. Files can be opened all the same.
    Unavailable(String),
    /// The library can be used again, and what was done to it meanwhile, when there is something to say (a damaged one was set aside …).
    Available(Option<String>),
}
