//! From key presses to actions, by the command table. Never while a text field has the cursor.

use super::sidebar;
use crate::app::App;
use crate::app::action::Action;
use crate::app::chord::Pressed;
use crate::app::commands::{Command, CommandId, command_of};
use crate::model::Team;
use eframe::egui::{Context, Event, Key, Modifiers, Popup};

/// Takes the key presses of this frame that are commands, and gives what they ask for.
pub fn take_shortcuts(ctx: &Context, app: &App) -> Vec<Action> {
    let mut actions = Vec::new();
    if app.dialog.is_some() || ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return actions;
    }
    let focus = Focus::of(ctx);
    ctx.input_mut(|input| {
        input
            .events
            .retain(|event| match action_of(event, app, focus) {
                Some(action) => {
                    actions.push(action);
                    false
                }
                None => true,
            });
    });
    actions
}

/// Who has the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Nobody,
    /// A button or the like.
    Widget,
    /// The list of the library.
    List,
}

impl Focus {
    fn of(ctx: &Context) -> Self {
        if sidebar::has_focus(ctx) {
            Self::List
        } else if ctx.memory(|memory| memory.focused().is_some()) {
            Self::Widget
        } else {
            Self::Nobody
        }
    }

    /// Whether it wants the key for itself.
    fn takes(self, key: Key, modifiers: Modifiers) -> bool {
        match self {
            Self::Nobody => false,
            // A focused button is pressed and left with these.
            Self::Widget => modifiers.is_none() && belongs_to_focus(key),
            Self::List => sidebar::wants_key(key, modifiers),
        }
    }
}

fn action_of(event: &Event, app: &App, focus: Focus) -> Option<Action> {
    let &Event::Key {
        key,
        physical_key,
        pressed: true,
        repeat,
        modifiers,
    } = event
    else {
        return None;
    };
    if focus.takes(key, modifiers) {
        return None;
    }
    let pressed = Pressed {
        key,
        place: physical_key,
        modifiers,
    };
    let command = command_of(&pressed)?;
    if !app.is_enabled(command.id) || (repeat && !command.id.repeats()) {
        return None;
    }
    Some(action_for(command, pressed))
}

const fn belongs_to_focus(key: Key) -> bool {
    matches!(
        key,
        Key::Space
            | Key::Enter
            | Key::Tab
            | Key::Escape
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
    )
}

fn action_for(command: &Command, pressed: Pressed) -> Action {
    let team = match command.id {
        CommandId::SelectAxis => Team::Axis,
        CommandId::SelectAllies => Team::Allies,
        id => return Action::Run(id),
    };
    // The keys stand in the order 1 to 9, 0.
    let place = (pressed.digit().unwrap_or(1) + 9) % 10;
    Action::SelectPlace(team, usize::from(place))
}
