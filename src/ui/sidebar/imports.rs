//! The imports: how far they are, what became of each file, and what can be done about it.

use super::empty::empty_ui;
use super::{hairline, small_button};
use crate::app::App;
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::library::action::LibraryAction;
use crate::app::library::imports::{Imports, Outcome, Speed};
use crate::app::library::sources::elided_middle;
use crate::app::library::words::{count, thousands};
use crate::app::library::{FileState, ImportFile};
use crate::app::time_text::short;
use crate::ui::icon::{self, Icon};
use crate::ui::names::paint_text;
use crate::ui::theme::{GRID, RADIUS, SMALL, Theme};
use eframe::egui::{
    Align2, Button, Color32, FontId, Label, Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

/// Two lines of text.
const ROW: f32 = 40.0;
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

fn megabytes(bytes: u64) -> String {
    match bytes {
        ..10_000_000 => format!("{:.1}", bytes as f64 / 1e6),
        _ => thousands(bytes / 1_000_000),
    }
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

/// Icon, state in words, and whether it wants a look.
fn look(state: &FileState, theme: &Theme) -> (Icon, String, Color32) {
    match state {
        FileState::Waiting => (Icon::Clock, "waiting".to_owned(), theme.muted),
        FileState::Growing => {
            let text = "still growing: waits until it is written".to_owned();
            (Icon::Clock, text, theme.muted)
        }
        FileState::Reading => (Icon::Play, "reading".to_owned(), theme.accent),
        FileState::Stored { problems, replaced } => {
            stored_look(*problems, replaced.as_ref(), theme)
        }
        FileState::Known => (Icon::Check, "known, unchanged".to_owned(), theme.muted),
        FileState::DuplicateOf(twin) => (Icon::Copies, format!("duplicate of {twin}"), theme.muted),
        FileState::Refused(why) => (Icon::Close, format!("refused: {why}"), theme.error),
        FileState::Failed(why) => (Icon::Warning, format!("failed: {why}"), theme.error),
        FileState::Cancelled => (Icon::Pause, "cancelled".to_owned(), theme.muted),
    }
}

fn stored_look(problems: u64, replaced: Option<&String>, theme: &Theme) -> (Icon, String, Color32) {
    let mut text = "stored".to_owned();
    if problems > 0 {
        text += &format!(" with {}", count(problems as usize, "problem", "problems"));
    }
    if let Some(twin) = replaced {
        text += &format!(", took the place of {twin}");
    }
    if problems > 0 {
        (Icon::Warning, text, theme.warning)
    } else {
        (Icon::Check, text, theme.good)
    }
}

/// What can be done about a file.
fn remedy(file: &ImportFile) -> Option<(&'static str, LibraryAction)> {
    match Outcome::of(&file.state)? {
        Outcome::WithProblems => Some(("Show problems", LibraryAction::ShowProblems(file.id))),
        outcome if outcome.can_retry() => Some(("Retry", LibraryAction::Retry(file.id))),
        _ => None,
    }
}

/// Without what all round files end in.
fn short_name(name: &str) -> &str {
    let plain = name.strip_suffix(".gz").unwrap_or(name);
    plain.strip_suffix("_engagements.txt").unwrap_or(name)
}

fn file_ui(ui: &mut Ui, file: &ImportFile, theme: &Theme, actions: &mut Vec<Action>) {
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let (icon, words, colour) = look(&file.state, theme);
    let name = file.path.file_name().unwrap_or(file.path.as_os_str());
    let name = name.to_string_lossy();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {words}")));
    if response.hovered() {
        ui.painter().rect_filled(row, RADIUS, theme.raised);
    }
    let place = Rect::from_center_size(pos2(row.left() + 10.0, row.top() + 13.0), vec2(18.0, 18.0));
    icon::paint(ui.painter(), place, icon, colour);
    let left = row.left() + 24.0;
    let line = |top: f32, right: f32| {
        Rect::from_min_max(
            pos2(left, row.top() + top),
            pos2(right, row.top() + top + 18.0),
        )
    };
    let body = FontId::proportional(SMALL);
    let room = line(3.0, row.right() - 4.0);
    let fits = |text: &str| {
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), body.clone(), theme.text);
        galley.size().x <= room.width()
    };
    let shown = elided_middle(short_name(&name), fits);
    paint_text(
        ui.painter(),
        room,
        &shown,
        &body,
        theme.text,
        Align2::LEFT_CENTER,
    );
    let mut right = row.right() - 4.0;
    let remedy = remedy(file);
    let has_remedy = remedy.is_some();
    if let Some((title, action)) = remedy {
        let rect = Rect::from_min_max(
            pos2(right - 96.0, row.top() + 19.0),
            pos2(right, row.bottom() - 1.0),
        );
        let layout = eframe::egui::Layout::right_to_left(eframe::egui::Align::Center);
        let shown = ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
            ui.spacing_mut().button_padding.y = 1.0;
            if small_button(ui, true, title) {
                actions.push(Action::Library(action));
            }
            ui.min_rect().left()
        });
        right = shown.inner - 6.0;
    }
    let small = FontId::proportional(SMALL);
    let words_colour = if has_remedy || colour == theme.error {
        colour
    } else {
        theme.muted
    };
    paint_text(
        ui.painter(),
        line(20.0, right),
        &words,
        &small,
        words_colour,
        Align2::LEFT_CENTER,
    );
    response.on_hover_ui(|ui| {
        ui.set_max_width(420.0);
        ui.label(words);
        let about = format!(
            "{}\n{} MB on the disk",
            file.path.display(),
            megabytes(file.bytes)
        );
        ui.add(Label::new(RichText::new(about).size(SMALL).color(theme.muted)).wrap());
        if let Some(outcome) = Outcome::of(&file.state) {
            let text = RichText::new(outcome.definition()).size(SMALL);
            ui.add(Label::new(text.color(theme.muted)).wrap());
        }
    });
}
