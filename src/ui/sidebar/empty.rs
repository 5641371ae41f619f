//! What a part of the sidebar says while it has nothing to show: why, and what to do next.

use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::ui::theme::{GRID, SMALL, Theme};
use eframe::egui::{Button, Label, RichText, Ui, vec2};

/// Title, explanation, and the commands that help.
pub(super) fn empty_ui(
    ui: &mut Ui,
    title: &str,
    text: &str,
    commands: &[CommandId],
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    ui.add_space(GRID * 3.0);
    ui.vertical_centered(|ui| {
        ui.label(title);
        ui.add_space(GRID / 2.0);
        let text = RichText::new(text).size(SMALL).color(theme.muted);
        ui.add(Label::new(text).wrap());
        ui.add_space(GRID);
        for id in commands {
            let command = id.command();
            let button = Button::new(command.title).min_size(vec2(160.0, 28.0));
            if ui.add(button).on_hover_text(command.tooltip()).clicked() {
                actions.push(Action::Run(*id));
            }
        }
    });
}
