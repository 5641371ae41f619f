//! The imports: how far they are, what became of each file, and what can be done about it.

use super::empty::empty_ui;
use super::import_rows::{ROW, file_ui};
use super::{hairline, small_button};
use crate::app::App;
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::library::action::LibraryAction;
use crate::app::library::imports::{Imports, Speed};
use crate::app::library::totals::Outcome;
use crate::app::library::words::{count, megabytes, thousands};
use crate::app::time_text::short;
use crate::ui::names::paint_text;
use crate::ui::theme::{GRID, RADIUS, SMALL, Theme};
use eframe::egui::{
    Align2, Button, FontId, Label, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

const BAR: f32 = 6.0;

/// Draws the part.
pub(super) fn imports_ui(ui: &mut Ui, app: &App, theme: &Theme, actions: &mut Vec<Action>) {
    let imports = &app.library.imports;
    if imports.is_empty() {
        let help = [CommandId::ImportFolder, CommandId::ImportFiles];
        let text = "Drop files, folders or zip archives on this window. Importing the same folder again changes nothing: \
                    what is known is recognised by its content.";
        empty_ui(ui, "Nothing imported yet", text, &help, theme, actions);
        return;
    }
    totals_ui(ui, imports, theme);
    if let Some(why) = imports.stopped() {
        let text = format!("The import stopped: {why}. Files not stored can be tried again.");
        ui.add(Label::new(RichText::new(text).size(SMALL).color(theme.error)).wrap());
    }
    buttons_ui(ui, imports, actions);
    outcomes_ui(ui, imports, actions);
    ui.add_space(GRID / 2.0);
    hairline(ui, theme);
    ui.add_space(1.0);
    list_ui(ui, imports, theme, actions);
}

fn totals_ui(ui: &mut Ui, imports: &Imports, theme: &Theme) {
    let totals = imports.totals();
    let title = if imports.is_cancelling() {
        "Stopping…".to_owned()
    } else if imports.is_running() {
        let all = count(totals.files as usize, "file", "files");
        format!("{} of {all}", thousands(totals.done))
    } else {
        format!("{} done", count(totals.done as usize, "file", "files"))
    };
    ui.label(title);
    bar_ui(ui, imports, theme);
    let bytes = format!(
        "{} of {} MB",
        megabytes(totals.bytes_done),
        megabytes(totals.bytes)
    );
    let text = match imports.speed() {
        Some(speed) => format!("{bytes}\n{}", speed_words(&speed)),
        None => bytes,
    };
    let text = RichText::new(text)
        .font(FontId::monospace(SMALL))
        .color(theme.muted);
    ui.label(text).on_hover_text(
        "Bytes as they lie on the disk, packed files packed. Speed over the last five seconds; remaining time if it goes on like that.",
    );
}

fn speed_words(speed: &Speed) -> String {
    format!(
        "{:.0} rounds/s · {:.0} MB/s · {} left",
        speed.files_per_s,
        speed.bytes_per_s / 1e6,
        short((speed.remaining_s * 1000.0) as i64)
    )
}

fn bar_ui(ui: &mut Ui, imports: &Imports, theme: &Theme) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
    let share = imports.totals().share();
    ui.painter().rect_filled(rect, RADIUS, theme.line);
    let done = rect.with_max_x(rect.left() + rect.width() * share);
    let colour = match imports.is_running() {
        true if imports.is_cancelling() => theme.muted,
        true => theme.accent,
        false => theme.good,
    };
    ui.painter().rect_filled(done, RADIUS, colour);
    let percent = (share * 100.0).floor();
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::ProgressIndicator,
            true,
            format!("{percent} percent imported"),
        )
    });
}

fn buttons_ui(ui: &mut Ui, imports: &Imports, actions: &mut Vec<Action>) {
    let mut act = |action| actions.push(Action::Library(action));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GRID / 2.0;
        if imports.is_running() && small_button(ui, !imports.is_cancelling(), "Cancel") {
            act(LibraryAction::CancelImports);
        }
        let retry = imports.to_retry().len();
        if retry > 0 && !imports.is_running() {
            let title = format!("Retry {}", count(retry, "file", "files"));
            if small_button(ui, true, &title) {
                act(LibraryAction::RetryAll);
            }
        }
        if imports.totals().done > 0 && small_button(ui, true, "Clear finished") {
            act(LibraryAction::ClearImports);
        }
    });
}

/// How many files came to what; a click lists only those.
fn outcomes_ui(ui: &mut Ui, imports: &Imports, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
        for outcome in Outcome::ALL {
            let n = imports.totals().of(outcome);
            let is_only = imports.only == Some(outcome);
            if n == 0 && !is_only {
                continue;
            }
            let text = format!("{} {}", thousands(n), outcome.title());
            let button = Button::selectable(is_only, RichText::new(text).size(SMALL));
            let response = ui.add(button);
            let definition = outcome.definition();
            let hint = format!("{definition}\nClick to list only these, or all again.");
            if response.on_hover_text(hint).clicked() {
                let only = (!is_only).then_some(outcome);
                actions.push(Action::Library(LibraryAction::ShowOutcome(only)));
            }
        }
    });
}

fn list_ui(ui: &mut Ui, imports: &Imports, theme: &Theme, actions: &mut Vec<Action>) {
    let listed = imports.listed();
    let waiting = if imports.only.is_none() {
        imports.waiting()
    } else {
        0
    };
    let rows = listed.len() + usize::from(waiting > 0);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("imports")
        .auto_shrink([false, false])
        .show_rows(ui, ROW, rows, |ui, visible| {
            for nth in visible {
                match listed.get(nth).and_then(|id| imports.file(*id)) {
                    Some(file) => file_ui(ui, file, theme, actions),
                    None => waiting_ui(ui, waiting, theme),
                }
            }
        });
}

fn waiting_ui(ui: &mut Ui, waiting: u64, theme: &Theme) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let text = format!("{} more wait their turn", thousands(waiting));
    let font = FontId::proportional(SMALL);
    paint_text(
        ui.painter(),
        rect,
        &text,
        &font,
        theme.muted,
        Align2::LEFT_CENTER,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
}
