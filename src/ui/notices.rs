//! Notices and running work, at the lower left of the map.

use super::icon::{Icon, icon_button};
use super::theme::{GRID, RADIUS, Theme};
use crate::app::App;
use crate::app::action::Action;
use crate::app::notices::{Level, Notice, Remedy};
use eframe::egui::{
    Align, Align2, Area, Context, Frame, Id, Label, Layout, Order, Rect, RichText, Sense, Spinner,
    Stroke, Ui, vec2,
};

const WIDTH: f32 = 440.0;

/// Shows them inside `room`, with `clearance` free below.
pub fn notices_ui(
    ctx: &Context,
    app: &App,
    room: Rect,
    clearance: f32,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    if app.notices.shown().is_empty() && app.loading().is_empty() {
        return;
    }
    let corner = room.left_bottom() + vec2(GRID, -GRID - clearance);
    let width = WIDTH.min(room.width() - 2.0 * GRID);
    Area::new(Id::unique("notices"))
        .order(Order::Middle)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(corner)
        .show(ctx, |ui| {
            ui.set_width(width);
            if let Some(source) = app.loading().first() {
                loading_ui(ui, &source.name(), app.loading().len() - 1, theme);
            }
            for notice in app.notices.shown() {
                notice_ui(ui, notice, theme, actions);
            }
        });
}

fn frame(theme: &Theme) -> Frame {
    Frame::NONE
        .fill(theme.raised)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(RADIUS)
        .inner_margin(vec2(GRID, GRID / 2.0))
}

fn loading_ui(ui: &mut Ui, name: &str, more: usize, theme: &Theme) {
    frame(theme).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Spinner::new().size(14.0));
            let more = if more == 0 {
                String::new()
            } else {
                format!(", {more} more waiting")
            };
            ui.add(Label::new(format!("Reading {name}{more}")).truncate());
        });
    });
}

fn notice_ui(ui: &mut Ui, notice: &Notice, theme: &Theme, actions: &mut Vec<Action>) {
    let colour = match notice.level {
        Level::Info => theme.muted,
        Level::Warning => theme.warning,
        Level::Error => theme.error,
    };
    let shown = frame(theme).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if icon_button(ui, theme, Icon::Close, "Dismiss", 20.0).clicked() {
                actions.push(Action::Dismiss(notice.id));
            }
            if let Some(Remedy::ShowProblems(key)) = notice.remedy
                && ui.button("Show").clicked()
            {
                actions.push(Action::ShowProblemsOf(key));
            }
            ui.with_layout(
                Layout::left_to_right(Align::Min).with_main_wrap(true),
                |ui| {
                    ui.label(RichText::new(notice.level.word()).color(colour));
                    ui.add(Label::new(&notice.text).wrap().sense(Sense::hover()));
                },
            );
        });
    });
    let bar = Rect::from_min_size(
        shown.response.rect.min,
        vec2(3.0, shown.response.rect.height()),
    );
    ui.painter().rect_filled(bar, 1.0, colour);
}
