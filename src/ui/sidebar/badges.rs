//! Round numbers and badges in the rows of the list.

use crate::app::library::Entry;
use crate::app::library::words::{Badge, badges};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{RADIUS, SMALL, Theme};
use eframe::egui::{Align2, Color32, FontId, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

/// `R1` in a frame; filled while the round is open.
pub(super) fn paint_number(
    painter: &Painter,
    rect: Rect,
    entry: &Entry,
    is_open: bool,
    theme: &Theme,
) {
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
pub(super) fn paint_badges(painter: &Painter, room: Rect, entry: &Entry, theme: &Theme) {
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
