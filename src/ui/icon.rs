//! Icons that are drawn, not fonts: they look the same everywhere. Always with a name.

mod things;

use super::theme::{RADIUS, Theme};
use eframe::egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A triangle.
    Play,
    /// Two bars.
    Pause,
    /// A cross with an arrow to the left.
    PreviousKill,
    /// A cross with an arrow to the right.
    NextKill,
    /// Two arrows to the left.
    Back,
    /// Two arrows to the right.
    Forward,
    /// A cross.
    Close,
    /// A check mark.
    Check,
    /// An arrowhead to the right: what is under it is hidden.
    Folded,
    /// An arrowhead down: what is under it is shown.
    Unfolded,
    /// Two arrowheads to the left.
    Collapse,
    /// Books.
    Library,
    /// An arrow into a tray.
    Import,
    /// A folder.
    Folder,
    /// A magnifying glass.
    Search,
    /// A triangle with an exclamation mark.
    Warning,
    /// A head with two eyes and an antenna.
    Bot,
    /// A flag.
    Flag,
    /// Two links of a chain.
    Link,
    /// A circle with a hand.
    Clock,
    /// Two sheets.
    Copies,
}

/// A button with an icon; `name` is its accessible name.
pub fn icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str, size: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        let fill = if response.hovered() || response.has_focus() {
            visuals.weak_bg_fill
        } else {
            Color32::TRANSPARENT
        };
        ui.painter().rect_filled(rect, RADIUS, fill);
        if response.has_focus() {
            ui.painter().rect_stroke(
                rect,
                RADIUS,
                Stroke::new(1.0, theme.accent),
                eframe::egui::StrokeKind::Inside,
            );
        }
        let colour = if enabled {
            theme.text
        } else {
            theme.muted.gamma_multiply(0.5)
        };
        paint(ui.painter(), rect, icon, colour);
    }
    response
}

/// Paints an icon into the middle of `rect`.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, colour: Color32) {
    let c = rect.center();
    let r = (rect.height() * 0.26).round();
    match icon {
        Icon::Play => arrow(painter, pos2(c.x - r * 0.8, c.y), r * 1.8, r * 1.1, colour),
        Icon::Pause => {
            for side in [-1.0, 1.0] {
                let bar =
                    Rect::from_center_size(c + vec2(side * r * 0.6, 0.0), vec2(r * 0.6, r * 2.0));
                painter.rect_filled(bar, 0.0, colour);
            }
        }
        Icon::Back | Icon::Forward => {
            let side = if icon == Icon::Forward { 1.0 } else { -1.0 };
            for offset in [-r, 0.0] {
                arrow(
                    painter,
                    c + vec2(side * offset, 0.0),
                    side * r,
                    r * 0.8,
                    colour,
                );
            }
        }
        Icon::PreviousKill | Icon::NextKill => {
            let side = if icon == Icon::NextKill { 1.0 } else { -1.0 };
            cross(painter, c - vec2(side * r * 0.6, 0.0), r * 0.6, colour);
            arrow(
                painter,
                c + vec2(side * r * 0.5, 0.0),
                side * r,
                r * 0.8,
                colour,
            );
        }
        Icon::Close => cross(painter, c, r * 0.8, colour),
        Icon::Check => {
            let points = vec![
                c + vec2(-r, 0.0),
                c + vec2(-r * 0.25, r * 0.75),
                c + vec2(r, -r * 0.8),
            ];
            painter.line(points, Stroke::new(1.5, colour));
        }
        Icon::Folded => chevron(painter, c, vec2(r * 0.6, 0.0), colour),
        Icon::Unfolded => chevron(painter, c, vec2(0.0, r * 0.6), colour),
        Icon::Collapse => {
            for offset in [-0.5, 0.5] {
                let at = c + vec2(offset * r, 0.0);
                chevron(painter, at, vec2(-r * 0.5, 0.0), colour);
            }
        }
        other => things::paint(painter, c, r, other, Stroke::new(1.2, colour)),
    }
}

/// An arrowhead of two strokes that points along `towards`.
fn chevron(painter: &Painter, c: Pos2, towards: eframe::egui::Vec2, colour: Color32) {
    let side = 1.7 * towards.rot90();
    let points = vec![c - towards + side, c + towards, c - towards - side];
    painter.line(points, Stroke::new(1.5, colour));
}

/// A triangle from its base at `base` to a tip `length` to the right (negative: to the left).
fn arrow(painter: &Painter, base: Pos2, length: f32, half_height: f32, colour: Color32) {
    let points = vec![
        base + vec2(0.0, -half_height),
        base + vec2(length, 0.0),
        base + vec2(0.0, half_height),
    ];
    painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
}

fn cross(painter: &Painter, centre: Pos2, reach: f32, colour: Color32) {
    let stroke = Stroke::new(1.5, colour);
    for side in [-1.0, 1.0] {
        let end = vec2(reach, side * reach);
        painter.line_segment([centre - end, centre + end], stroke);
    }
}
