//! Where somebody died: a cross in the victim's colour and shape that fades, and for a moment a line from the killer.

use super::CanvasView;
use super::pen::{Pen, team_shape};
use crate::analysis::deaths::{Death, DeathKind};
use eframe::egui::{Color32, Pos2, Shape, Stroke, Vec2};

/// A death is marked for so long, ms.
const MARKED_MS: i64 = 5_000;
/// The line from the killer is there for so long, ms.
const LINE_MS: i64 = 2_000;
/// Radius of the mark, points.
pub(super) const RADIUS: f32 = 7.0;

/// Indices of the deaths that are marked at `t_ms`.
pub(super) fn marked(deaths: &[Death], t_ms: i64) -> std::ops::Range<usize> {
    let from = deaths.partition_point(|death| death.t_ms <= t_ms - MARKED_MS);
    let behind = deaths.partition_point(|death| death.t_ms <= t_ms);
    from..behind
}

/// Where a death is drawn.
pub(super) fn pos(pen: &Pen<'_>, death: &Death) -> Option<Pos2> {
    let [x, y, _] = death.victim_pos?;
    Some(pen.projection.pos_in_screen(x, y))
}

/// Draws all marks of the moment.
pub(super) fn draw(pen: &Pen<'_>, view: &CanvasView<'_>) {
    let recent = &view.deaths[marked(view.deaths, view.t_ms)];
    for death in recent {
        let age_ms = view.t_ms - death.t_ms;
        if death.kind == DeathKind::Enemy && age_ms < LINE_MS {
            kill_line(pen, death, 1.0 - age_ms as f32 / LINE_MS as f32);
        }
    }
    for death in recent {
        let Some(pos) = pos(pen, death) else { continue };
        let rest = 1.0 - (view.t_ms - death.t_ms) as f32 / MARKED_MS as f32;
        mark(pen, pos, pen.theme.team(death.victim_team), death, rest);
    }
}

fn mark(pen: &Pen<'_>, pos: Pos2, colour: Color32, death: &Death, rest: f32) {
    let paper = pen.paper().gamma_multiply(0.6 * rest);
    let colour = colour.gamma_multiply(rest);
    pen.painter.add(team_shape(
        death.victim_team,
        pos,
        RADIUS,
        paper,
        Stroke::new(1.0, colour),
    ));
    let arm = 3.5;
    for (dx, dy) in [(arm, arm), (arm, -arm)] {
        let arm = Vec2::new(dx, dy);
        pen.painter
            .line_segment([pos - arm, pos + arm], Stroke::new(2.0, colour));
    }
}

fn kill_line(pen: &Pen<'_>, death: &Death, rest: f32) {
    let (Some(victim), Some([x, y, _])) = (pos(pen, death), death.killer_pos) else {
        return;
    };
    let killer = pen.projection.pos_in_screen(x, y);
    let way = victim - killer;
    let length = way.length();
    if length <= RADIUS + 1.0 {
        return;
    }
    let end = victim - way / length * (RADIUS + 1.0);
    let colour = pen.theme.team(death.killer_team).gamma_multiply(rest);
    pen.painter.line_segment(
        [killer, end],
        Stroke::new(2.5, pen.paper().gamma_multiply(0.5 * rest)),
    );
    pen.painter
        .line_segment([killer, end], Stroke::new(1.0, colour));
    // The killer may have gone on since: this is where he stood.
    pen.painter.add(Shape::circle_filled(killer, 2.0, colour));
}
