//! What the middle shows while no round is open: what to do.

use super::theme::{GRID, LARGE, RADIUS, SMALL, Theme};
use crate::app::action::Action;
use crate::app::commands::CommandId;
use eframe::egui::{
    Align2, Button, Context, FontId, Frame, Id, LayerId, Order, Rect, RichText, Stroke, StrokeKind,
    Ui, UiBuilder, vec2,
};

const SIZE: [f32; 2] = [560.0, 300.0];

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
        for id in [
            CommandId::OpenFile,
            CommandId::ImportFolder,
            CommandId::OpenDemo,
        ] {
            let button = Button::new(id.command().title).min_size(vec2(220.0, 36.0));
            if ui.add(button).on_hover_text(id.command().tooltip()).clicked() {
                actions.push(Action::Run(id));
            }
            ui.add_space(GRID / 2.0);
        }
        ui.add_space(GRID * 2.0);
        let hint = format!(
            "Or drop files or a folder on this window: round files end in _engagements.txt, packed with gzip or not.\n{} lists all shortcuts.",
            CommandId::Shortcuts.command().keys[0].text()
        );
        ui.label(RichText::new(hint).size(SMALL).color(theme.muted));
    });
}

/// Says that files may be dropped, while some are held over the window.
pub fn drop_hint_ui(ctx: &Context, theme: &Theme) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let layer = LayerId::new(Order::Foreground, Id::unique("drop hint"));
    let painter = ctx.layer_painter(layer);
    let room = ctx.content_rect();
    painter.rect_filled(room, 0.0, theme.window.gamma_multiply(0.8));
    let border = Stroke::new(2.0, theme.accent);
    painter.rect_stroke(room.shrink(GRID), RADIUS, border, StrokeKind::Inside);
    let font = FontId::proportional(LARGE);
    painter.text(
        room.center(),
        Align2::CENTER_CENTER,
        "Drop to open or import",
        font,
        theme.text,
    );
}
