//! How a line of the list is painted: an evening or map, a match, a round with its badges.

use super::badges::{paint_badges, paint_number};
use super::hover;
use super::line_words::{group_title, match_title, numbers, time_words};
use crate::app::App;
use crate::app::library::Entry;
use crate::app::library::lines::Line;
use crate::app::library::order::Grouping;
use crate::app::library::shelf::Shelf;
use crate::app::library::words::{count, map_words};
use crate::app::time_text::short;
use crate::ui::icon::{self, Icon};
use crate::ui::names::{paint_selected_row, paint_text};
use crate::ui::theme::{BODY, RADIUS, SMALL, Theme};
use eframe::egui::{
    Align2, Color32, FontId, Painter, Rect, RectAlign, Response, Stroke, StrokeKind, Tooltip, Ui,
    pos2, vec2,
};

/// Height of a line, points.
pub(super) const ROW: f32 = 24.0;
/// Width of an arrowhead and its surroundings.
const FOLD: f32 = 18.0;
/// How far matches and rounds stand to the right of their evening.
const INDENT: f32 = 10.0;
const NUMBER: f32 = 22.0;
const TIME: f32 = 36.0;
const LENGTH: f32 = 40.0;
/// Room for badges in a list without headers, where the map's name stands in the same line.
const FEW_BADGES: f32 = 30.0;

/// Where the arrowhead of a header is; `None` for rounds.
pub(super) fn fold_rect(row: Rect, line: &Line) -> Option<Rect> {
    let left = match line {
        Line::Group(_) => row.left(),
        Line::Match(_) => row.left() + INDENT,
        Line::Round(..) => return None,
    };
    Some(Rect::from_x_y_ranges(left..=left + FOLD, row.y_range()))
}

/// Paints an arrowhead.
pub(super) fn paint_fold(ui: &Ui, rect: Rect, is_folded: bool, is_hovered: bool, theme: &Theme) {
    let icon = if is_folded {
        Icon::Folded
    } else {
        Icon::Unfolded
    };
    let colour = if is_hovered { theme.text } else { theme.muted };
    let place = Rect::from_center_size(rect.center(), vec2(14.0, 14.0));
    icon::paint(ui.painter(), place, icon, colour);
}

/// Paints a line.
pub(super) fn paint(
    ui: &Ui,
    rect: Rect,
    app: &App,
    line: &Line,
    response: &Response,
    is_cursor: bool,
    theme: &Theme,
) {
    let shelf = &app.library.shelf;
    if shelf.is_selected(line) {
        paint_selected_row(ui.painter(), rect, theme);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, theme.raised);
    }
    if is_cursor {
        let ring = Stroke::new(1.0, theme.accent);
        let inside = StrokeKind::Inside;
        ui.painter().rect_stroke(rect, RADIUS, ring, inside);
    }
    let Some(first) = shelf.rounds_of(line).next() else {
        return;
    };
    match line {
        Line::Group(_) => paint_group(ui.painter(), rect, shelf, line, theme),
        Line::Match(_) => paint_match(ui.painter(), rect, shelf, line, first, theme),
        Line::Round(_) => {
            let is_open = app
                .rounds()
                .iter()
                .any(|open| open.round.provenance.content_hash == Some(first.hash));
            paint_round(ui.painter(), rect, shelf, first, is_open, theme);
        }
    }
}

fn cell(row: Rect, left: f32, right: f32) -> Rect {
    Rect::from_x_y_ranges(left..=right.max(left), row.y_range())
}

fn paint_group(painter: &Painter, row: Rect, shelf: &Shelf, line: &Line, theme: &Theme) {
    let edge = Stroke::new(1.0, theme.line);
    painter.hline(row.x_range(), row.top(), edge);
    let (body, small) = (FontId::proportional(BODY), FontId::proportional(SMALL));
    let title = group_title(&shelf.key(line), shelf.sort().grouping());
    let number = count(line.rounds().len(), "round", "rounds");
    let number = painter.layout_no_wrap(number, small.clone(), theme.muted);
    let right = row.right() - 6.0;
    let number_left = right - number.size().x;
    let y = row.center().y;
    painter.galley(
        pos2(number_left, y - number.size().y / 2.0),
        number,
        theme.muted,
    );
    let left = row.left() + FOLD;
    let room = cell(row, left, number_left - 8.0);
    let title = painter.layout_no_wrap(title, body.clone(), theme.text);
    if title.size().x > room.width() {
        paint_text(
            painter,
            room,
            &title.job.text,
            &body,
            theme.text,
            Align2::LEFT_CENTER,
        );
        return;
    }
    let end = left + title.size().x;
    painter.galley(pos2(left, y - title.size().y / 2.0), title, theme.text);
    let rest = cell(row, end + 8.0, number_left - 8.0);
    // Where only a few letters would fit, the hover tells.
    if shelf.sort().grouping() == Grouping::Evening && rest.width() > 40.0 {
        let maps = hover::maps(shelf.rounds_of(line)).join(", ");
        paint_text(
            painter,
            rest,
            &maps,
            &small,
            theme.muted,
            Align2::LEFT_CENTER,
        );
    }
}

fn paint_match(
    painter: &Painter,
    row: Rect,
    shelf: &Shelf,
    line: &Line,
    first: &Entry,
    theme: &Theme,
) {
    let right = row.right() - 6.0;
    let numbers = cell(row, right - 72.0, right);
    let title = cell(row, row.left() + INDENT + FOLD, numbers.left() - 4.0);
    let font = FontId::proportional(BODY);
    let words = match_title(shelf, first);
    paint_text(
        painter,
        title,
        &words,
        &font,
        theme.text,
        Align2::LEFT_CENTER,
    );
    paint_text(
        painter,
        numbers,
        &self::numbers(shelf, line),
        &FontId::proportional(SMALL),
        theme.muted,
        Align2::RIGHT_CENTER,
    );
}

/// Where the columns of a round are.
struct Columns {
    number: Rect,
    name: Rect,
    time: Rect,
    length: Rect,
    badges: Rect,
}

impl Columns {
    /// Under a header: number, time, length, and all the rest for badges.
    fn under_header(row: Rect) -> Self {
        let number = number_cell(row, row.left() + INDENT + FOLD);
        let name = cell(row, number.right(), number.right());
        let time = cell(row, number.right() + 6.0, number.right() + 6.0 + TIME);
        let length = cell(row, time.right() + 4.0, time.right() + 4.0 + LENGTH);
        Self {
            number,
            name,
            time,
            badges: cell(row, length.right() + 10.0, row.right() - 6.0),
            length,
        }
    }

    /// Without one: the map's name takes what it can get.
    fn flat(row: Rect) -> Self {
        let number = number_cell(row, row.left() + 6.0);
        let right = row.right() - 6.0;
        let badges = cell(row, right - FEW_BADGES, right);
        let length = cell(row, badges.left() - 8.0 - LENGTH, badges.left() - 8.0);
        let time = cell(row, length.left() - TIME, length.left());
        Self {
            number,
            name: cell(row, number.right() + 6.0, time.left() - 4.0),
            time,
            length,
            badges,
        }
    }
}

fn number_cell(row: Rect, left: f32) -> Rect {
    let centre = pos2(left + NUMBER / 2.0, row.center().y);
    Rect::from_center_size(centre, vec2(NUMBER, 16.0))
}

fn paint_round(
    painter: &Painter,
    row: Rect,
    shelf: &Shelf,
    entry: &Entry,
    is_open: bool,
    theme: &Theme,
) {
    let is_flat = shelf.sort().grouping() == Grouping::Flat;
    let columns = if is_flat {
        Columns::flat(row)
    } else {
        Columns::under_header(row)
    };
    paint_number(painter, columns.number, entry, is_open, theme);
    let write = |cell: Rect, text: &str, font: FontId, colour: Color32, align: Align2| {
        paint_text(painter, cell, text, &font, colour, align);
    };
    if is_flat {
        let font = FontId::proportional(BODY);
        write(
            columns.name,
            map_words(entry),
            font,
            theme.text,
            Align2::LEFT_CENTER,
        );
    }
    let digits = FontId::monospace(SMALL);
    let time = time_words(shelf, entry);
    write(
        columns.time,
        &time,
        digits.clone(),
        theme.muted,
        Align2::RIGHT_CENTER,
    );
    let length = short(entry.length_ms);
    write(
        columns.length,
        &length,
        digits,
        theme.text,
        Align2::RIGHT_CENTER,
    );
    paint_badges(painter, columns.badges, entry, theme);
}

/// Tells everything about a line while the pointer rests on it.
pub(super) fn hover(response: &Response, shelf: &Shelf, line: &Line, theme: &Theme) {
    // At the side: below, it would hide the next lines.
    let mut tooltip = Tooltip::for_enabled(response);
    tooltip.popup = tooltip.popup.align(RectAlign::RIGHT_START);
    tooltip.show(|ui| match line {
        Line::Group(_) | Line::Match(_) => hover::several_ui(ui, shelf, line, theme),
        Line::Round(..) => {
            if let Some(entry) = shelf.rounds_of(line).next() {
                hover::round_ui(ui, entry, theme);
            }
        }
    });
}
