//! Icons of things, in outline.

use super::Icon;
use eframe::egui::{Painter, Pos2, Rect, Stroke, StrokeKind, pos2};

/// Paints one around `c`, reaching about `r` in each direction.
pub(super) fn paint(painter: &Painter, c: Pos2, r: f32, icon: Icon, stroke: Stroke) {
    let at = |x: f32, y: f32| pos2(c.x + x * r, c.y + y * r);
    let line = |points: &[(f32, f32)]| {
        painter.line(points.iter().map(|p| at(p.0, p.1)).collect(), stroke);
    };
    let frame = |a: (f32, f32), b: (f32, f32), radius: f32| {
        let rect = Rect::from_two_pos(at(a.0, a.1), at(b.0, b.1));
        painter.rect_stroke(rect, radius, stroke, StrokeKind::Middle);
    };
    match icon {
        Icon::Library => {
            frame((-1.0, -1.0), (-0.35, 1.0), 0.0);
            frame((-0.35, -1.0), (0.3, 1.0), 0.0);
            line(&[(0.6, -0.9), (1.1, 0.95)]);
        }
        Icon::Import => {
            line(&[(0.0, -1.1), (0.0, 0.4)]);
            line(&[(-0.5, -0.1), (0.0, 0.4), (0.5, -0.1)]);
            line(&[(-1.0, 0.4), (-1.0, 1.0), (1.0, 1.0), (1.0, 0.4)]);
        }
        Icon::Folder => line(&[
            (-1.1, -0.8),
            (-0.3, -0.8),
            (0.0, -0.45),
            (1.1, -0.45),
            (1.1, 0.85),
            (-1.1, 0.85),
            (-1.1, -0.8),
        ]),
        Icon::Search => {
            painter.circle_stroke(at(-0.2, -0.2), r * 0.75, stroke);
            line(&[(0.35, 0.35), (1.0, 1.0)]);
        }
        Icon::Warning => {
            line(&[(0.0, -1.0), (1.15, 0.95), (-1.15, 0.95), (0.0, -1.0)]);
            line(&[(0.0, -0.3), (0.0, 0.3)]);
            painter.circle_filled(at(0.0, 0.6), stroke.width * 0.6, stroke.color);
        }
        Icon::Bot => {
            frame((-1.0, -0.4), (1.0, 0.95), 1.5);
            line(&[(0.0, -1.1), (0.0, -0.4)]);
            for x in [-0.45, 0.45] {
                painter.circle_filled(at(x, 0.25), stroke.width * 0.8, stroke.color);
            }
        }
        Icon::Flag => {
            line(&[(-0.7, -1.0), (-0.7, 1.1)]);
            line(&[(-0.7, -1.0), (0.9, -0.5), (-0.7, 0.1)]);
        }
        Icon::Link => {
            let radius = r * 0.4;
            frame((-1.2, -0.45), (0.2, 0.45), radius);
            frame((-0.2, -0.45), (1.2, 0.45), radius);
        }
        Icon::Clock => {
            painter.circle_stroke(c, r, stroke);
            line(&[(0.0, -0.6), (0.0, 0.0), (0.45, 0.25)]);
        }
        Icon::Copies => {
            frame((-0.9, -1.0), (0.4, 0.5), 0.0);
            line(&[(0.9, -0.5), (0.9, 1.0), (-0.4, 1.0)]);
        }
        // The others are painted by themselves.
        _ => {}
    }
}
