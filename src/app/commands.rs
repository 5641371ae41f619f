//! Everything that can be done by name: one table for menu, tooltips, shortcuts and their overview.
//!
//! A command is only a name, a title and its keys; what it does is in [`super::App::run`].

use super::chord::{Chord, Pressed, ctrl, ctrl_shift, digits, key, shift};
use eframe::egui::Key;

/// Names a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the table below gives each its title")]
pub enum CommandId {
    OpenFile,
    OpenDemo,
    CloseRound,
    PreviousRound,
    NextRound,
    Quit,
    PlayPause,
    BackFive,
    ForwardFive,
    BackTen,
    ForwardTen,
    BackOne,
    ForwardOne,
    PreviousSample,
    NextSample,
    PreviousKill,
    NextKill,
    GoToStart,
    GoToEnd,
    GoToTime,
    Faster,
    Slower,
    NormalSpeed,
    SelectAxis,
    SelectAllies,
    Follow,
    ClearSelection,
    FitMap,
    ZoomIn,
    ZoomOut,
    Trails,
    Names,
    Objectives,
    Deaths,
    Picture,
    Grid,
    Problems,
    LightTheme,
    ColourBlindPalette,
    FullScreen,
    ToggleSidebar,
    FindInLibrary,
    SelectAllRounds,
    OpenSelectedRounds,
    RevealRound,
    DeleteRounds,
    ImportFiles,
    ImportFolder,
    ShowImports,
    WatchFolder,
    ShowSync,
    Shortcuts,
}

/// Menu and section of the overview a command stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Opening and closing.
    File,
    /// Stored rounds.
    Library,
    /// Time.
    Playback,
    /// People and map.
    View,
    /// Help.
    Help,
}

impl Group {
    /// All, in menu order.
    pub const ALL: [Self; 5] = [
        Self::File,
        Self::Library,
        Self::View,
        Self::Playback,
        Self::Help,
    ];

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Library => "Library",
            Self::Playback => "Playback",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// What a command needs to make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// An open round.
    Round,
    /// A selected player.
    Selection,
    /// Two or more open rounds.
    SeveralRounds,
    /// Rounds in the library.
    StoredRounds,
    /// Rounds selected in the library's list, in view.
    SelectedEntries,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name.
    pub id: CommandId,
    /// What a person reads.
    pub title: &'static str,
    /// Where it stands.
    pub group: Group,
    /// Keys; the first is the one shown.
    pub keys: &'static [Chord],
    /// When it makes sense.
    pub needs: Needs,
}

const fn row(
    id: CommandId,
    group: Group,
    title: &'static str,
    keys: &'static [Chord],
    needs: Needs,
) -> Command {
    Command {
        id,
        title,
        group,
        keys,
        needs,
    }
}

use CommandId as C;
use Group::{File, Help, Library, Playback, View};
use Needs::{Nothing, Round, SelectedEntries, Selection, SeveralRounds, StoredRounds};

/// All commands, in menu order.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    row(C::OpenFile, File, "Open round file…", &[ctrl(Key::O)], Nothing),
    row(C::OpenDemo, File, "Open demo round", &[], Nothing),
    row(C::PreviousRound, File, "Previous open round", &[key(Key::OpenBracket)], SeveralRounds),
    row(C::NextRound, File, "Next open round", &[key(Key::CloseBracket)], SeveralRounds),
    row(C::CloseRound, File, "Close round", &[ctrl(Key::W)], Round),
    row(C::Quit, File, "Quit", &[ctrl(Key::Q)], Nothing),

    row(C::ToggleSidebar, Library, "Sidebar", &[ctrl(Key::B)], Nothing),
    row(C::FindInLibrary, Library, "Find in library…", &[ctrl(Key::F), key(Key::Slash)], Nothing),
    row(C::SelectAllRounds, Library, "Select all listed rounds", &[ctrl(Key::A)], StoredRounds),
    row(C::OpenSelectedRounds, Library, "Open selected rounds", &[key(Key::Enter)], SelectedEntries),
    row(C::RevealRound, Library, "Show in file manager", &[], SelectedEntries),
    row(C::DeleteRounds, Library, "Delete from library…", &[key(Key::Delete)], SelectedEntries),
    row(C::ImportFiles, Library, "Import files…", &[ctrl(Key::I)], Nothing),
    row(C::ImportFolder, Library, "Import folder…", &[ctrl_shift(Key::I)], Nothing),
    row(C::ShowImports, Library, "Show imports", &[], Nothing),
    row(C::WatchFolder, Library, "Watch folder…", &[], Nothing),
    row(C::ShowSync, Library, "Show watched folders", &[], Nothing),

    row(C::PlayPause, Playback, "Play / pause", &[key(Key::Space), key(Key::K)], Round),
    row(C::BackFive, Playback, "Back 5 s", &[key(Key::ArrowLeft)], Round),
    row(C::ForwardFive, Playback, "Forward 5 s", &[key(Key::ArrowRight)], Round),
    row(C::BackTen, Playback, "Back 10 s", &[key(Key::J)], Round),
    row(C::ForwardTen, Playback, "Forward 10 s", &[key(Key::L)], Round),
    row(C::BackOne, Playback, "Back 1 s", &[shift(Key::ArrowLeft)], Round),
    row(C::ForwardOne, Playback, "Forward 1 s", &[shift(Key::ArrowRight)], Round),
    row(C::PreviousSample, Playback, "Previous sample", &[key(Key::Comma)], Round),
    row(C::NextSample, Playback, "Next sample", &[key(Key::Period)], Round),
    row(C::PreviousKill, Playback, "Previous kill", &[ctrl(Key::ArrowLeft)], Round),
    row(C::NextKill, Playback, "Next kill", &[ctrl(Key::ArrowRight)], Round),
    row(C::GoToStart, Playback, "Go to start", &[key(Key::Home)], Round),
    row(C::GoToEnd, Playback, "Go to end", &[key(Key::End)], Round),
    row(C::GoToTime, Playback, "Go to time…", &[ctrl(Key::G)], Round),
    row(C::Faster, Playback, "Faster", &[key(Key::ArrowUp)], Round),
    row(C::Slower, Playback, "Slower", &[key(Key::ArrowDown)], Round),
    row(C::NormalSpeed, Playback, "Normal speed", &[key(Key::Backslash)], Round),

    row(C::SelectAxis, View, "Select Axis player", &[digits(false)], Round),
    row(C::SelectAllies, View, "Select Allied player", &[digits(true)], Round),
    row(C::Follow, View, "Follow selected player", &[key(Key::F)], Selection),
    row(C::ClearSelection, View, "Stop following, clear selection", &[key(Key::Escape)], Selection),
    row(C::FitMap, View, "Fit map", &[key(Key::Z)], Round),
    row(C::ZoomIn, View, "Zoom in", &[key(Key::Plus), key(Key::Equals)], Round),
    row(C::ZoomOut, View, "Zoom out", &[key(Key::Minus)], Round),
    row(C::Trails, View, "Trails", &[key(Key::P)], Round),
    row(C::Names, View, "Names", &[key(Key::N)], Round),
    row(C::Objectives, View, "Objectives", &[key(Key::O)], Round),
    row(C::Deaths, View, "Death marks", &[key(Key::X)], Round),
    row(C::Picture, View, "Map picture", &[key(Key::M)], Round),
    row(C::Grid, View, "Grid", &[key(Key::G)], Round),
    row(C::Problems, View, "Problems of the file", &[ctrl(Key::P)], Round),
    row(C::LightTheme, View, "Light theme", &[], Nothing),
    row(C::ColourBlindPalette, View, "Colour-blind-safe team colours", &[], Nothing),
    row(C::FullScreen, View, "Full screen", &[key(Key::F11)], Nothing),

    row(C::Shortcuts, Help, "Keyboard shortcuts", &[key(Key::Questionmark), key(Key::F1)], Nothing),
];

impl CommandId {
    /// Its row.
    ///
    /// # Panics
    /// Never: a test looks every command up.
    pub fn command(self) -> &'static Command {
        let found = COMMANDS.iter().find(|command| command.id == self);
        found.expect("every command has a row")
    }

    /// Whether holding its key does it again and again: what moves by steps, and nothing that switches.
    pub const fn repeats(self) -> bool {
        matches!(
            self,
            Self::BackFive
                | Self::ForwardFive
                | Self::BackTen
                | Self::ForwardTen
                | Self::BackOne
                | Self::ForwardOne
                | Self::PreviousSample
                | Self::NextSample
                | Self::PreviousKill
                | Self::NextKill
                | Self::Faster
                | Self::Slower
                | Self::ZoomIn
                | Self::ZoomOut
        )
    }
}

impl Command {
    /// Title and first key, for a tooltip: `Next kill (Ctrl+Right)`.
    pub fn tooltip(&self) -> String {
        match self.keys.first() {
            Some(chord) => format!("{} ({})", self.title, chord.text()),
            None => self.title.to_owned(),
        }
    }

    /// All keys: `Space, K`.
    pub fn keys_text(&self) -> String {
        let keys: Vec<String> = self.keys.iter().map(Chord::text).collect();
        keys.join(", ")
    }
}

/// The command whose key was pressed.
pub fn command_of(pressed: &Pressed) -> Option<&'static Command> {
    COMMANDS
        .iter()
        .find(|command| command.keys.iter().any(|chord| chord.matches(pressed)))
}

#[cfg(test)]
mod tests {
    use super::super::chord::ChordKey;
    use super::*;
    use eframe::egui::Modifiers;

    fn press(key: Key, modifiers: Modifiers) -> Pressed {
        Pressed {
            key,
            place: None,
            modifiers,
        }
    }

    #[test]
    fn no_two_commands_share_a_key() {
        for (nth, command) in COMMANDS.iter().enumerate() {
            for chord in command.keys {
                for other in &COMMANDS[nth + 1..] {
                    assert!(
                        !other.keys.contains(chord),
                        "{} and {}: {}",
                        command.title,
                        other.title,
                        chord.text()
                    );
                }
                if let ChordKey::One(key) = chord.key {
                    let modifiers = Modifiers {
                        shift: chord.shift,
                        ctrl: chord.ctrl,
                        command: chord.ctrl,
                        ..Modifiers::NONE
                    };
                    let found = command_of(&press(key, modifiers)).unwrap();
                    assert_eq!(found.id, command.id, "{}", chord.text());
                }
            }
        }
    }

    #[test]
    fn every_command_has_one_row_with_a_title_of_its_own() {
        for (nth, command) in COMMANDS.iter().enumerate() {
            assert_eq!(command.id.command().title, command.title);
            let twin = COMMANDS[nth + 1..]
                .iter()
                .find(|other| other.title == command.title || other.id == command.id);
            assert!(twin.is_none(), "{}", command.title);
        }
        assert_eq!(
            COMMANDS.len(),
            CommandId::Shortcuts as usize + 1,
            "a command has no row"
        );
    }

    #[test]
    fn digits_count_by_their_place() {
        let shifted = Pressed {
            key: Key::Exclamationmark,
            place: Some(Key::Num1),
            modifiers: Modifiers::SHIFT,
        };
        assert_eq!(command_of(&shifted).unwrap().id, CommandId::SelectAllies);
        assert_eq!(shifted.digit(), Some(1));
        assert_eq!(
            command_of(&press(Key::Num0, Modifiers::NONE)).unwrap().id,
            CommandId::SelectAxis
        );
    }

    #[test]
    fn a_question_mark_needs_shift_on_some_keyboards() {
        for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
            let found = command_of(&press(Key::Questionmark, modifiers));
            assert_eq!(found.unwrap().id, CommandId::Shortcuts);
        }
    }

    #[test]
    fn modifiers_tell_commands_apart() {
        let id = |modifiers| command_of(&press(Key::ArrowLeft, modifiers)).map(|c| c.id);
        assert_eq!(id(Modifiers::NONE), Some(CommandId::BackFive));
        assert_eq!(id(Modifiers::SHIFT), Some(CommandId::BackOne));
        assert_eq!(id(Modifiers::COMMAND), Some(CommandId::PreviousKill));
        assert_eq!(id(Modifiers::ALT), None);
    }

    #[test]
    fn keys_are_written_for_people() {
        assert_eq!(
            CommandId::NextKill.command().tooltip(),
            "Next kill (Ctrl+Right)"
        );
        assert_eq!(CommandId::PlayPause.command().keys_text(), "Space, K");
        assert_eq!(
            CommandId::SelectAllies.command().keys_text(),
            "Shift+1…9, 0"
        );
    }
}
