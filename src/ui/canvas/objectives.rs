//! What the round is about: a sign by kind, and the ring within which a player counts as being there.

use super::CanvasView;
use super::pen::Pen;
use super::players::Person;
use crate::maps::objective::{Objective, ObjectiveKind};
use crate::model::{Round, Team};
use crate::ui::theme::RADIUS;
use eframe::egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

/// Half of the sign's plate, points.
pub(super) const REACH: f32 = 9.0;

/// How many of each side are within an objective's radius, by their samples and in three dimensions.
pub(super) fn inside(round: &Round, people: &[Person], objective: &Objective) -> [usize; 2] {
    let samples = round.samples();
    let is_inside = |person: &&Person| {
        let at = person.sample.index;
        objective.distance_u(samples.x[at], samples.y[at], samples.z[at]) <= objective.radius_u
    };
    Team::SIDES.map(|team| {
        people
            .iter()
            .filter(|person| person.team == Some(team))
            .filter(is_inside)
            .count()
    })
}

/// Draws the rings; stronger while somebody is inside.
pub(super) fn draw_rings(pen: &Pen<'_>, view: &CanvasView<'_>, people: &[Person]) {
    for objective in &view.ground.objectives {
        let middle = pen.projection.pos_in_screen(objective.x, objective.y);
        let radius = pen.projection.points_from_u(objective.radius_u);
        if pen.projection.screen.expand(radius).contains(middle) {
            let is_visited = inside(view.round, people, objective) != [0, 0];
            let opacity = if is_visited { 0.55 } else { 0.25 };
            let stroke = Stroke::new(1.0, pen.ink().gamma_multiply(opacity));
            pen.painter.circle_stroke(middle, radius, stroke);
        }
    }
}

/// Draws the signs; their names are placed later, together with those of the players.
pub(super) fn draw_signs(pen: &Pen<'_>, view: &CanvasView<'_>) {
    for objective in &view.ground.objectives {
        let middle = pen.projection.pos_in_screen(objective.x, objective.y);
        if pen.projection.screen.expand(REACH).contains(middle) {
            let plate = Rect::from_center_size(middle, Vec2::splat(2.0 * REACH));
            let rim = Stroke::new(1.0, pen.muted());
            pen.painter
                .rect(plate, RADIUS, pen.paper(), rim, StrokeKind::Inside);
            sign(pen, middle, objective.kind, pen.ink());
        }
    }
}

/// The sign of a kind, drawn in strokes within 5 points around the middle.
fn sign(pen: &Pen<'_>, middle: Pos2, kind: ObjectiveKind, colour: Color32) {
    let at = |(x, y): (f32, f32)| middle + Vec2::new(x, y) * 5.0;
    let stroke = Stroke::new(1.25, colour);
    let line = |points: &[(f32, f32)]| {
        pen.painter.add(Shape::line(
            points.iter().copied().map(at).collect(),
            stroke,
        ));
    };
    match kind {
        ObjectiveKind::Objective => {
            pen.painter.circle_stroke(middle, 4.0, stroke);
            pen.painter.circle_filled(middle, 1.5, colour);
        }
        // Two chevrons: something moves on.
        ObjectiveKind::Escort => {
            line(&[(-0.8, -0.8), (0.0, 0.0), (-0.8, 0.8)]);
            line(&[(0.1, -0.8), (0.9, 0.0), (0.1, 0.8)]);
        }
        // A mast.
        ObjectiveKind::CommandPost => {
            line(&[(0.0, 1.0), (0.0, -1.0)]);
            line(&[(-0.8, -1.0), (0.0, -0.1), (0.8, -1.0)]);
        }
        // Sticks and a fuse.
        ObjectiveKind::Dynamite => {
            for x in [-0.6, 0.0, 0.6] {
                line(&[(x, -0.2), (x, 1.0)]);
            }
            line(&[(0.0, -0.2), (0.7, -1.0)]);
        }
        // A page.
        ObjectiveKind::Documents => {
            line(&[
                (-0.7, -0.95),
                (0.7, -0.95),
                (0.7, 0.95),
                (-0.7, 0.95),
                (-0.7, -0.95),
            ]);
            line(&[(-0.3, -0.3), (0.3, -0.3)]);
            line(&[(-0.3, 0.3), (0.3, 0.3)]);
        }
        // An arrow down to a tray.
        ObjectiveKind::Transmitter => {
            line(&[(0.0, -1.0), (0.0, 0.4)]);
            line(&[(-0.55, -0.15), (0.0, 0.4), (0.55, -0.15)]);
            line(&[(-0.9, 0.95), (0.9, 0.95)]);
        }
        ObjectiveKind::Flag => {
            line(&[(-0.6, 1.0), (-0.6, -1.0), (0.8, -0.5), (-0.6, 0.0)]);
        }
        // Walls and a roof.
        ObjectiveKind::Construct => {
            line(&[
                (-0.7, 0.9),
                (-0.7, -0.1),
                (0.0, -0.9),
                (0.7, -0.1),
                (0.7, 0.9),
                (-0.7, 0.9),
            ]);
        }
    }
}
