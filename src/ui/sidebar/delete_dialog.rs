//! Asks before rounds are deleted from the library.

use crate::app::App;
use crate::app::action::Action;
use crate::app::library::action::LibraryAction;
use crate::app::library::words::{count, evening_title, short_name};
use crate::app::library::{Entry, RoundId};
use crate::ui::open_dialog::dialog_frame;
use crate::ui::theme::{GRID, Theme};
use eframe::egui::{Align, Button, Context, Id, Layout, Modal, RichText, Ui};

/// So many rounds are named; of more only the number is told.
const NAMED: usize = 5;

/// Shows the question.
pub fn delete_dialog(ctx: &Context, app: &App, theme: &Theme, actions: &mut Vec<Action>) {
    let modal = Modal::new(Id::unique("delete rounds"))
        .frame(dialog_frame(theme))
        .show(ctx, |ui| {
            ui.set_width(400.0);
            content_ui(ui, app, theme, actions);
        });
    if modal.should_close() {
        actions.push(Action::ShowDialog(None));
    }
}

fn content_ui(ui: &mut Ui, app: &App, theme: &Theme, actions: &mut Vec<Action>) {
    let ids = &app.library.to_delete;
    let rounds = count(ids.len(), "round", "rounds");
    ui.heading(format!("Delete {rounds} from the library?"));
    ui.add_space(GRID);
    for id in ids.iter().take(NAMED) {
        ui.label(RichText::new(name(app, *id)).color(theme.muted));
    }
    if ids.len() > NAMED {
        let more = format!("and {} more", ids.len() - NAMED);
        ui.label(RichText::new(more).color(theme.muted));
    }
    ui.add_space(GRID);
    ui.label("The files on the disk stay, and so does what you wrote about the rounds: your notes are there again when a file is imported again.");
    ui.add_space(GRID);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui
            .add(Button::new("Delete from library").fill(theme.error.gamma_multiply(0.4)))
            .clicked()
        {
            actions.push(Action::Library(LibraryAction::Delete));
        }
        let cancel = ui.button("Cancel");
        // What changes nothing is what Enter does.
        if ui.memory(|memory| memory.focused().is_none()) {
            cancel.request_focus();
        }
        if cancel.clicked() {
            actions.push(Action::ShowDialog(None));
        }
    });
}

fn name(app: &App, id: RoundId) -> String {
    let when = |entry: &Entry| {
        let date = entry.date.as_ref().map(|date| evening_title(date));
        date.unwrap_or_else(|| entry.file_name.clone())
    };
    let entry = app.library.shelf.entry(id);
    entry.map_or_else(
        || "a round".to_owned(),
        |entry| format!("{}, {}", short_name(entry), when(entry)),
    )
}
