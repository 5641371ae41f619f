//! Notices and running work, at the lower left of the map.

use super::icon::{Icon, icon_button};
use super::theme::{BODY, GRID, RADIUS, Theme};
use crate::app::App;
use crate::app::action::Action;
use crate::app::notices::{Level, Notice, Remedy};
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align2, Area, Color32, Context, FontId, Frame, Id, Label, Order, Rect, Spinner, Stroke, Ui,
    vec2,
};

const WIDTH: f32 = 480.0;
/// Size of the button that dismisses.
const CLOSE: f32 = 20.0;
/// Width of it and of the one that shows more.
const BUTTONS: f32 = 84.0;

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
        ui.horizontal_top(|ui| {
            let buttons = if notice.remedy.is_some() {
                BUTTONS
            } else {
                CLOSE
            };
            let width = ui.available_width() - buttons - ui.spacing().item_spacing.x;
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add(Label::new(words(notice, colour, theme)).wrap());
            });
            if let Some(Remedy::ShowProblems(key)) = notice.remedy
                && ui.button("Show").clicked()
            {
                actions.push(Action::ShowProblemsOf(key));
            }
            if icon_button(ui, theme, Icon::Close, "Dismiss", CLOSE).clicked() {
                actions.push(Action::Dismiss(notice.id));
            }
        });
    });
    let bar = Rect::from_min_size(
        shown.response.rect.min,
        vec2(3.0, shown.response.rect.height()),
    );
    ui.painter().rect_filled(bar, 1.0, colour);
}

/// How much it matters, in its colour, and what there is to say.
fn words(notice: &Notice, colour: Color32, theme: &Theme) -> LayoutJob {
    let mut job = LayoutJob::default();
    let font = FontId::proportional(BODY);
    job.append(
        notice.level.word(),
        0.0,
        TextFormat::simple(font.clone(), colour),
    );
    job.append(&notice.text, GRID, TextFormat::simple(font, theme.text));
    job
}
