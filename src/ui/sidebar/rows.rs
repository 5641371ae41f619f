//! How a line of the list is painted: an evening or map, a match, a round with its badges.

use super::hover;
use crate::app::App;
use crate::app::library::Entry;
use crate::app::library::lines::{Line, LineKey};
use crate::app::library::order::Grouping;
use crate::app::library::shelf::Shelf;
use crate::app::library::words::{
    Badge, badges, count, day_title, evening_title, map_words, short_name,
};
use crate::app::time_text::short;
use crate::ui::icon::{self, Icon};
use crate::ui::names::{paint_selected_row, paint_text};
use crate::ui::theme::{BODY, RADIUS, SMALL, Theme};
use eframe::egui::{
    Align2, Color32, FontId, Painter, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2,
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

/// What a line is called aloud.
pub(super) fn spoken_name(shelf: &Shelf, line: &Line) -> String {
    let Some(first) = shelf.rounds_of(line).next() else {
        return String::new();
    };
    match line {
        Line::Group(rounds) => format!(
            "{}, {}",
            group_title(&shelf.key(line), shelf.sort().grouping()),
            count(rounds.len(), "round", "rounds")
        ),
        Line::Match(_) => format!("{}, {}", match_title(shelf, first), numbers(shelf, line)),
        Line::Round(..) => {
            let when = [first.date.as_deref(), first.local_time.as_deref()];
            let when = when.into_iter().flatten().collect::<Vec<_>>().join(" ");
            format!("{} {when}", short_name(first))
        }
    }
}

fn group_title(key: &LineKey, grouping: Grouping) -> String {
    match (key, grouping) {
        (LineKey::Group(Some(date)), Grouping::Evening) => evening_title(date),
        (LineKey::Group(Some(name)), _) => name.clone(),
        (_, Grouping::Map) => "unknown map".to_owned(),
        _ => "No date".to_owned(),
    }
}

/// Under an evening a match is known by its map, under a map by its date.
fn match_title(shelf: &Shelf, first: &Entry) -> String {
    match shelf.sort().grouping() {
        Grouping::Map => {
            let date = first.date.as_ref();
            date.map_or_else(|| "No date".to_owned(), |date| evening_title(date))
        }
        _ => map_words(first).to_owned(),
    }
}

/// `R1 + R2`
fn numbers(shelf: &Shelf, line: &Line) -> String {
    let numbers = shelf
        .rounds_of(line)
        .map(|round| format!("R{}", round.number));
    numbers.collect::<Vec<_>>().join(" + ")
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

/// In a list without evenings the day says more than the time of day.
fn time_words(shelf: &Shelf, entry: &Entry) -> String {
    let day = || entry.date.as_ref().map(|date| day_title(date));
    let time = || entry.local_time.clone();
    let words = match shelf.sort().grouping() {
        Grouping::Flat => day().or_else(time),
        _ => time(),
    };
    words.unwrap_or_else(|| "-".to_owned())
}

/// `R1` in a frame; filled while the round is open.
fn paint_number(painter: &Painter, rect: Rect, entry: &Entry, is_open: bool, theme: &Theme) {
    let colour = if entry.is_number_disputed {
        theme.warning
    } else if is_open {
        theme.text
    } else {
        theme.muted
    };
    if is_open {
        painter.rect_filled(rect, RADIUS, theme.line);
    }
    let edge = Stroke::new(1.0, if is_open { theme.muted } else { theme.line });
    painter.rect_stroke(rect, RADIUS, edge, StrokeKind::Inside);
    let doubt = if entry.is_number_disputed { "?" } else { "" };
    let text = format!("R{}{doubt}", entry.number);
    let font = FontId::proportional(SMALL);
    painter.text(rect.center(), Align2::CENTER_CENTER, text, font, colour);
}

/// Paints as many badges as fit, from the right; the hover has them all.
fn paint_badges(painter: &Painter, room: Rect, entry: &Entry, theme: &Theme) {
    let mut left = room.left();
    for badge in badges(entry) {
        let (icon, text, colour) = look(&badge, theme);
        let galley = painter.layout_no_wrap(text, FontId::proportional(SMALL), colour);
        let icon_width = if icon.is_some() { 15.0 } else { 0.0 };
        let width = icon_width + galley.size().x;
        if left + width > room.right() + 0.5 {
            continue;
        }
        let y = room.center().y;
        if let Some(icon) = icon {
            let place = Rect::from_center_size(pos2(left + 6.5, y), vec2(17.0, 17.0));
            icon::paint(painter, place, icon, colour);
        }
        let place = pos2(left + icon_width, y - galley.size().y / 2.0);
        painter.galley(place, galley, colour);
        left += width + 5.0;
    }
}

fn look(badge: &Badge, theme: &Theme) -> (Option<Icon>, String, Color32) {
    match badge {
        Badge::Problems(0) => (Some(Icon::Warning), String::new(), theme.warning),
        Badge::Problems(n) => (Some(Icon::Warning), few(*n), theme.warning),
        Badge::Cadence(ms) => (None, format!("{ms} ms"), theme.warning),
        Badge::Bots(n) => (Some(Icon::Bot), n.to_string(), theme.muted),
        Badge::ObjectiveFocus => (Some(Icon::Flag), String::new(), theme.muted),
        Badge::Linked => (Some(Icon::Link), String::new(), theme.muted),
        Badge::Version(version) => (None, version.clone(), theme.muted),
    }
}

fn few(n: u64) -> String {
    if n > 99 {
        "99+".to_owned()
    } else {
        n.to_string()
    }
}

/// Tells everything about a line while the pointer rests on it.
pub(super) fn hover(response: Response, shelf: &Shelf, line: &Line, theme: &Theme) {
    response.on_hover_ui(|ui| match line {
        Line::Group(_) | Line::Match(_) => hover::several_ui(ui, shelf, line, theme),
        Line::Round(..) => {
            if let Some(entry) = shelf.rounds_of(line).next() {
                hover::round_ui(ui, entry, theme);
            }
        }
    });
}
