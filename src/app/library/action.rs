//! What the sidebar can ask for.

use super::filter::Filters;
use super::lines::LineKey;
use super::order::Sort;
use super::selection::{Pick, Step};
use super::totals::Outcome;
use super::{RoundId, Section, WatchedFolder};
use std::path::PathBuf;

/// A wish about the library.
#[derive(Clone, Debug, PartialEq)]
pub enum LibraryAction {
    /// Show or hide the sidebar.
    ShowSidebar(bool),
    /// Show the sidebar with a part of it.
    ShowSection(Section),

    /// Search the list.
    Search(String),
    /// Filter the list.
    SetFilters(Filters),
    /// Sort the list.
    SetSort(Sort),
    /// Hide or show the rounds under a header.
    Fold(LineKey, bool),
    /// Fold all evenings or maps, or unfold everything.
    FoldAll(bool),
    /// Select a line of the list.
    Pick(LineKey, Pick),
    /// Move the list's cursor; with `true` the selection grows along.
    Step(Step, bool),
    /// Select nothing in the list.
    ClearSelection,

    /// Open stored rounds; those that are open already are shown.
    Open(Vec<RoundId>),
    /// Ask whether to delete rounds from the library.
    AskDelete(Vec<RoundId>),
    /// Delete the rounds that were asked about.
    Delete,
    /// Show a round's file in the desktop's file manager.
    Reveal(RoundId),
    /// Copy the path of a round's file.
    CopyPath(RoundId),

    /// Files or folders were dropped on the window.
    Dropped(Vec<PathBuf>),
    /// Import files, folders and archives.
    Import(Vec<PathBuf>),
    /// Stop all imports.
    CancelImports,
    /// Try all failed and cancelled files again.
    RetryAll,
    /// Try one file again.
    Retry(u32),
    /// Take finished files off the list of imports.
    ClearImports,
    /// List only files of one outcome.
    ShowOutcome(Option<Outcome>),
    /// Open an imported file and show its problems.
    ShowProblems(u32),

    /// Watch a folder.
    Watch(PathBuf),
    /// Change how a folder is watched.
    ChangeSource(WatchedFolder),
    /// Stop watching a folder.
    RemoveSource(i64),
    /// List a folder now.
    RunSource(i64),
}
