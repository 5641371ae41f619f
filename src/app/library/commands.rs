//! Commands of the table that are about the library.

use super::action::LibraryAction;
use super::{RoundId, Section};
use crate::app::App;
use crate::app::action::{Action, Effect};
use crate::app::commands::CommandId;
use crate::jobs::pick::PickFor;

impl App {
    /// Commands about the library; `false` for all others.
    pub(in crate::app) fn run_library(&mut self, id: CommandId) -> bool {
        let selected = |app: &Self| app.library.shelf.selected();
        let action = match id {
            CommandId::ToggleSidebar => LibraryAction::ShowSidebar(!self.library.is_visible),
            CommandId::ShowImports => LibraryAction::ShowSection(Section::Imports),
            CommandId::ShowSync => LibraryAction::ShowSection(Section::Sync),
            CommandId::ImportFiles => return self.pick_for(PickFor::ImportFiles),
            CommandId::ImportFolder => return self.pick_for(PickFor::ImportFolder),
            CommandId::WatchFolder => return self.pick_for(PickFor::Watch),
            CommandId::FindInLibrary => {
                self.effects.push(Effect::FocusSearch);
                LibraryAction::ShowSection(Section::Library)
            }
            CommandId::SelectAllRounds => {
                self.library.shelf.select_all();
                LibraryAction::ShowSection(Section::Library)
            }
            CommandId::OpenSelectedRounds => LibraryAction::Open(selected(self)),
            CommandId::RevealRound => {
                let first = selected(self).first().copied();
                return first.is_some_and(|id| self.reveal_round(id));
            }
            CommandId::DeleteRounds => LibraryAction::AskDelete(selected(self)),
            _ => return false,
        };
        self.apply(Action::Library(action));
        true
    }

    fn reveal_round(&mut self, id: RoundId) -> bool {
        self.apply(Action::Library(LibraryAction::Reveal(id)));
        true
    }

    fn pick_for(&mut self, what: PickFor) -> bool {
        self.pick(what);
        true
    }
}
