//! One file of an import: what became of it, and what can be done about it.

use super::small_button;
use crate::app::action::Action;
use crate::app::library::action::LibraryAction;
use crate::app::library::sources::elided_middle;
use crate::app::library::totals::Outcome;
use crate::app::library::words::{count, megabytes};
use crate::app::library::{FileState, ImportFile};
use crate::ui::icon::{self, Icon};
use crate::ui::names::paint_text;
use crate::ui::theme::{RADIUS, SMALL, Theme};
use eframe::egui::{
    Align, Align2, Color32, FontId, Label, Layout, Rect, RichText, Role, Sense, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

/// Height of a file, points: two lines of text.
pub(super) const ROW: f32 = 40.0;

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
        FileState::Skipped(why) => (Icon::Pause, format!("left out: {why}"), theme.muted),
        FileState::Refused(why) => (Icon::Close, format!("refused: {why}"), theme.error),
        FileState::Failed(why) => (Icon::Warning, format!("failed: {why}"), theme.error),
        FileState::Cancelled => (Icon::Pause, "cancelled".to_owned(), theme.muted),
    }
}

fn stored_look(problems: u64, replaced: Option<&String>, theme: &Theme) -> (Icon, String, Color32) {
    let with = match problems {
        0 => String::new(),
        n => format!(" with {}", count(n as usize, "problem", "problems")),
    };
    let place = replaced.map_or_else(String::new, |twin| format!(", took the place of {twin}"));
    let text = format!("stored{with}{place}");
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

/// Draws one file.
pub(super) fn file_ui(ui: &mut Ui, file: &ImportFile, theme: &Theme, actions: &mut Vec<Action>) {
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
        let layout = Layout::right_to_left(Align::Center);
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
