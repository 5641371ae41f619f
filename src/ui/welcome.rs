//! What the middle shows while no round is open: what to do.

use super::theme::{GRID, SMALL, Theme};
use crate::app::action::Action;
use crate::app::commands::CommandId;
use eframe::egui::{Button, Frame, Rect, RichText, Ui, UiBuilder, vec2};

const SIZE: [f32; 2] = [440.0, 260.0];

/// Draws the invitation.
pub fn welcome_ui(ui: &mut Ui, is_loading: bool, theme: &Theme, actions: &mut Vec<Action>) {
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, theme.window);
    if is_loading {
        return;
    }
    let place = Rect::from_center_size(room.center(), vec2(SIZE[0].min(room.width()), SIZE[1]));
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        Frame::NONE.show(ui, |ui| content_ui(ui, theme, actions));
    });
}

fn content_ui(ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) {
    ui.vertical_centered(|ui| {
        ui.label(RichText::new("Watch a round").size(24.0));
        ui.add_space(GRID / 2.0);
        let text = "Sandtable replays the round files that the proximity module of an ET:Legacy server writes.";
        ui.label(RichText::new(text).color(theme.muted));
        ui.add_space(GRID * 3.0);
        for id in [CommandId::OpenFile, CommandId::OpenDemo] {
            let button = Button::new(id.command().title).min_size(vec2(220.0, 36.0));
            if ui.add(button).on_hover_text(id.command().tooltip()).clicked() {
                actions.push(Action::Run(id));
            }
            ui.add_space(GRID / 2.0);
        }
        ui.add_space(GRID * 2.0);
        let hint = format!(
            "Or drop files that end in _engagements.txt or .txt.gz on this window. {} lists all shortcuts.",
            CommandId::Shortcuts.command().keys[0].text()
        );
        ui.label(RichText::new(hint).size(SMALL).color(theme.muted));
    });
}
