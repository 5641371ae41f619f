//! What the reader could not read in a file, row by row with line numbers.

use super::names::paint_text;
use super::theme::{BODY, GRID, RADIUS, SMALL, Theme};
use crate::app::action::Action;
use crate::app::opened::OpenRound;
use crate::model::{Problem, Severity};
use eframe::egui::{
    Align2, Color32, Context, FontId, Id, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo,
    Window, vec2,
};

const ROW: f32 = 22.0;

/// Shows the problems of a round in a window of their own, so that the map stays in view.
pub fn problems_window(ctx: &Context, open: &OpenRound, theme: &Theme, actions: &mut Vec<Action>) {
    let mut is_open = true;
    let room = ctx.content_rect().size();
    let title = RichText::new("Problems of the file").size(BODY);
    Window::new(title)
        .id(Id::unique("problems"))
        .open(&mut is_open)
        .collapsible(false)
        .default_size(vec2(
            720.0_f32.min(room.x - 64.0),
            360.0_f32.min(room.y - 160.0),
        ))
        .default_pos(ctx.content_rect().min + vec2(32.0, 64.0))
        .show(ctx, |ui| problems_ui(ui, open, theme));
    if !is_open {
        actions.push(Action::ShowProblems(false));
    }
}

fn problems_ui(ui: &mut Ui, open: &OpenRound, theme: &Theme) {
    let problems = &open.round.document.problems;
    ui.label(
        RichText::new(&open.round.provenance.file_name)
            .size(SMALL)
            .color(theme.muted),
    );
    ui.label(summary(open));
    let kept = problems.kept();
    if kept.is_empty() {
        return;
    }
    ui.add_space(GRID / 2.0);
    ui.separator();
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW, kept.len(), |ui, rows| {
            for nth in rows {
                row_ui(ui, &kept[nth], theme);
            }
        });
}

fn summary(open: &OpenRound) -> String {
    let problems = &open.round.document.problems;
    if problems.total() == 0 {
        return "Everything in this file could be read.".to_owned();
    }
    let text = format!(
        "{} errors, {} warnings, {} notes. Everything else was read and is shown.",
        problems.count(Severity::Error),
        problems.count(Severity::Warning),
        problems.count(Severity::Note)
    );
    let missing = problems.total() - problems.kept().len() as u64;
    if missing == 0 {
        return text;
    }
    format!(
        "{text} The first {} are listed; {missing} more were counted.",
        problems.kept().len()
    )
}

fn row_ui(ui: &mut Ui, problem: &Problem, theme: &Theme) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, problem.to_string()));
    if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, theme.raised);
    }
    let cell = |left: f32, right: f32| {
        Rect::from_x_y_ranges(
            rect.left() + left..=(rect.left() + right).min(rect.right()),
            rect.y_range(),
        )
    };
    let painter = ui.painter();
    let mono = FontId::monospace(SMALL);
    let font = FontId::proportional(SMALL);
    let line = problem
        .line
        .map_or("file".to_owned(), |line| line.to_string());
    paint_text(
        painter,
        cell(0.0, 56.0),
        &line,
        &mono,
        theme.muted,
        Align2::RIGHT_CENTER,
    );
    let colour = severity_colour(problem.severity, theme);
    paint_text(
        painter,
        cell(68.0, 120.0),
        problem.severity.name(),
        &font,
        colour,
        Align2::LEFT_CENTER,
    );
    paint_text(
        painter,
        cell(128.0, 300.0),
        &place(problem),
        &font,
        theme.muted,
        Align2::LEFT_CENTER,
    );
    paint_text(
        painter,
        cell(308.0, rect.width()),
        &problem.text,
        &font,
        theme.text,
        Align2::LEFT_CENTER,
    );
    response.on_hover_ui(|ui| {
        ui.label(&problem.text);
        let rule = format!(
            "Rule: {}. The line is counted in the unpacked file.",
            problem.rule
        );
        ui.label(RichText::new(rule).size(SMALL).color(theme.muted));
    });
}

/// `SECTION.column`
fn place(problem: &Problem) -> String {
    match (problem.section, problem.column) {
        (Some(section), Some(column)) => format!("{section}.{column}"),
        (Some(section), None) => section.to_owned(),
        (None, Some(column)) => column.to_owned(),
        (None, None) => String::new(),
    }
}

/// Colour of a severity; always next to its name.
pub fn severity_colour(severity: Severity, theme: &Theme) -> Color32 {
    match severity {
        Severity::Note => theme.muted,
        Severity::Warning => theme.warning,
        Severity::Error => theme.error,
    }
}
