//! Every change the window can ask for. The window changes nothing but its own view state; a list of actions is a test and a script.

use super::commands::CommandId;
use super::layers::Layers;
use super::library::action::LibraryAction;
use crate::jobs::pick::PickFor;
use crate::jobs::runner::Source;
use crate::model::{PlayerId, Team};
use std::path::PathBuf;

/// A wish of the person in front of the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command of the table.
    Run(CommandId),
    /// Load a round and show it.
    Open(Source),
    /// Show the desktop's own file chooser.
    Pick(PickFor),
    /// Do with a path what it was typed for.
    UsePath(PickFor, PathBuf),
    /// About the sidebar.
    Library(LibraryAction),
    /// Show an open round.
    ShowRound(u64),
    /// Close an open round.
    CloseRound(u64),
    /// Put the playhead at a moment, ms on the file's clock.
    Seek(i64),
    /// Take the speed of [`super::playback::SPEEDS`] with this index.
    SetSpeed(usize),
    /// Select a player, or nobody.
    Select(Option<PlayerId>),
    /// Select the n-th player (from 0) of a team's list.
    SelectPlace(Team, usize),
    /// The map was moved by hand: stop following.
    StopFollowing,
    /// Draw these layers.
    SetLayers(Layers),
    /// Show or hide the problems of the shown round.
    ShowProblems(bool),
    /// Show the problems of a round.
    ShowProblemsOf(u64),
    /// Open a dialog, or close the one that is open.
    ShowDialog(Option<Dialog>),
    /// Take a notice away.
    Dismiss(u64),
}

/// Dialogs that take all input while they are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Type or browse for a path.
    Path(PickFor),
    /// Whether to delete rounds from the library.
    DeleteRounds,
    /// Overview of the shortcuts.
    Shortcuts,
}

/// What only the window itself can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Close the program.
    Quit,
    /// Between window and full screen.
    ToggleFullScreen,
    /// Show the whole map.
    FitMap,
    /// Zoom the map by this factor.
    ZoomMap(f32),
    /// Put the cursor into the field for a time.
    FocusTimeField,
    /// Put the cursor into the field that searches the library.
    FocusSearch,
    /// Take the keyboard from the library's list: a round was opened, and keys are for watching it now.
    LeaveList,
    /// Put a text on the clipboard.
    CopyText(String),
}
