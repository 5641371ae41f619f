//! Asks for the path of a file or folder to open, import or watch. A typed path always works; the desktop's own chooser only where the desktop has one.

use super::theme::{GRID, RADIUS, SMALL, Theme};
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::{App, PickFor, typed_path};
use eframe::egui::{
    Align, Button, Context, Frame, Id, Key, Layout, Modal, RichText, Stroke, TextEdit, Ui,
};

/// Ground of dialogs.
pub(super) fn dialog_frame(theme: &Theme) -> Frame {
    Frame::NONE
        .fill(theme.panel)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(RADIUS)
        .inner_margin(2.0 * GRID)
}

/// What the dialog says.
struct Words {
    title: &'static str,
    label: &'static str,
    hint: &'static str,
    button: &'static str,
}

impl Words {
    const fn of(what: PickFor) -> Self {
        match what {
            PickFor::Open => Self {
                title: "Open round file",
                label: "Path of a round file, or of a folder to open its newest round",
                hint: "…_engagements.txt or …_engagements.txt.gz",
                button: "Open",
            },
            PickFor::ImportFiles | PickFor::ImportFolder => Self {
                title: "Import into the library",
                label: "Path of a folder, a round file or a zip archive",
                hint: "The files stay where they are",
                button: "Import",
            },
            PickFor::Watch => Self {
                title: "Watch folder",
                label: "Path of a folder whose new round files are imported by themselves",
                hint: "Its subfolders belong to it",
                button: "Watch",
            },
        }
    }
}

/// What is typed.
#[derive(Clone, Debug, Default)]
pub struct OpenDialog {
    path: String,
    was_open: bool,
}

impl OpenDialog {
    /// Called in frames without the dialog, so that it takes the cursor when it opens again.
    pub fn closed(&mut self) {
        self.was_open = false;
    }

    /// Shows the dialog.
    pub fn show(
        &mut self,
        ctx: &Context,
        app: &App,
        what: PickFor,
        theme: &Theme,
        actions: &mut Vec<Action>,
    ) {
        let modal = Modal::new(Id::unique("open dialog"))
            .frame(dialog_frame(theme))
            .show(ctx, |ui| {
                ui.set_width(480.0);
                self.content_ui(ui, app, what, theme, actions);
            });
        if modal.should_close() {
            actions.push(Action::ShowDialog(None));
        }
        self.was_open = true;
    }

    fn content_ui(
        &mut self,
        ui: &mut Ui,
        app: &App,
        what: PickFor,
        theme: &Theme,
        actions: &mut Vec<Action>,
    ) {
        let words = Words::of(what);
        ui.heading(words.title);
        ui.add_space(GRID);
        let label = ui.label(words.label);
        let field = TextEdit::singleline(&mut self.path)
            .hint_text(words.hint)
            .desired_width(f32::INFINITY);
        let field = ui.add(field).labelled_by(label.id);
        if !self.was_open {
            field.request_focus();
        }
        let is_typed = !self.path.trim().is_empty();
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.add_space(GRID);
        if app.is_picking() {
            ui.colored_label(theme.muted, "The file chooser of the desktop is open.");
        } else if app.has_no_chooser {
            let text = "This desktop offers no file chooser (no portal, no zenity). Type the path, or drop the file on the window.";
            ui.colored_label(theme.warning, text);
        } else {
            ui.label(
                RichText::new("You can also drop files on the window.")
                    .size(SMALL)
                    .color(theme.muted),
            );
        }
        ui.add_space(GRID);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let clicked = ui
                .add_enabled(is_typed, Button::new(words.button))
                .clicked();
            if is_typed && (clicked || entered) {
                actions.push(Action::UsePath(what, typed_path(&self.path)));
            }
            if ui
                .add_enabled(!app.is_picking(), Button::new("Browse…"))
                .clicked()
            {
                actions.push(Action::Pick(what));
            }
            if ui.button("Cancel").clicked() {
                actions.push(Action::ShowDialog(None));
            }
            if what != PickFor::Open {
                return;
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if ui.button(CommandId::OpenDemo.command().title).clicked() {
                    actions.push(Action::Run(CommandId::OpenDemo));
                }
            });
        });
    }
}
