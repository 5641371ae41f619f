//! Overview of all shortcuts, from the command table.

use super::open_dialog::dialog_frame;
use super::theme::{GRID, SMALL, Theme};
use crate::app::action::Action;
use crate::app::commands::{COMMANDS, Command, Group};
use eframe::egui::{Align, Context, FontId, Id, Layout, Modal, RichText, ScrollArea, Ui, vec2};

/// Shows the overview.
pub fn shortcuts_dialog(ctx: &Context, theme: &Theme, actions: &mut Vec<Action>) {
    let room = ctx.content_rect().size();
    let modal = Modal::new(Id::unique("shortcuts"))
        .frame(dialog_frame(theme))
        .show(ctx, |ui| {
            ui.set_width(720.0_f32.min(room.x - 96.0));
            ui.horizontal(|ui| {
                ui.heading("Keyboard shortcuts");
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button("Close").clicked() {
                        actions.push(Action::ShowDialog(None));
                    }
                });
            });
            ui.add_space(GRID);
            let height = room.y - 160.0;
            ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .show(ui, |ui| content_ui(ui, theme));
        });
    if modal.should_close() {
        actions.push(Action::ShowDialog(None));
    }
}

fn content_ui(ui: &mut Ui, theme: &Theme) {
    ui.spacing_mut().item_spacing = vec2(GRID * 4.0, 1.0);
    ui.columns_const(|[left, right]| {
        group_ui(left, Group::Playback, theme);
        for group in [Group::File, Group::Library, Group::View, Group::Help] {
            group_ui(right, group, theme);
        }
    });
    ui.add_space(GRID);
    let map = "On the map: wheel zooms at the pointer, drag pans, double click fits, click selects. Shortcuts rest while you type.";
    ui.label(RichText::new(map).size(SMALL).color(theme.muted));
    let version = format!("Sandtable {}", env!("CARGO_PKG_VERSION"));
    ui.label(RichText::new(version).size(SMALL).color(theme.muted));
}

fn group_ui(ui: &mut Ui, group: Group, theme: &Theme) {
    ui.label(RichText::new(group.title()).size(SMALL).color(theme.muted));
    for command in COMMANDS
        .iter()
        .filter(|command| command.group == group && !command.keys.is_empty())
    {
        row_ui(ui, command, theme);
    }
    ui.add_space(GRID);
}

fn row_ui(ui: &mut Ui, command: &Command, theme: &Theme) {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(
        vec2(width, 20.0),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.label(command.title);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let keys = RichText::new(command.keys_text()).font(FontId::monospace(SMALL));
                ui.label(keys.color(theme.text));
            });
        },
    );
}
