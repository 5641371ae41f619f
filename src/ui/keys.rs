//! From key presses to actions, by the command table. Never while a text field has the cursor.

use crate::app::App;
use crate::app::action::Action;
use crate::app::chord::Pressed;
use crate::app::commands::{Command, CommandId, command_of};
use crate::model::Team;
use eframe::egui::{Context, Event, Key, Popup};

/// Takes the key presses of this frame that are commands, and gives what they ask for.
pub fn take_shortcuts(ctx: &Context, app: &App) -> Vec<Action> {
    let mut actions = Vec::new();
    if app.dialog.is_some() || ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return actions;
    }
    let has_focus = ctx.memory(|memory| memory.focused().is_some());
    ctx.input_mut(|input| {
        input
            .events
            .retain(|event| match action_of(event, app, has_focus) {
                Some(action) => {
                    actions.push(action);
                    false
                }
                None => true,
            });
    });
    actions
}

fn action_of(event: &Event, app: &App, has_focus: bool) -> Option<Action> {
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
    // A focused button is pressed and left with these.
    if has_focus && modifiers.is_none() && belongs_to_focus(key) {
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
