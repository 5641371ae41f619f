//! The round as a line: who was alive, who killed when, where the playhead is. Drag to scrub.

use super::feed::sentence;
use super::names::paint_text;
use super::theme::{SMALL, Theme};
use crate::analysis::deaths::{Death, DeathKind};
use crate::app::action::Action;
use crate::app::moments::concerns;
use crate::app::opened::OpenRound;
use crate::app::time_text::{clock, short};
use crate::model::{Round, Team};
use eframe::egui::{
    Align2, Color32, FontId, Mesh, Painter, Rect, RichText, Sense, Shape, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

/// Height of the whole timeline, points.
pub const HEIGHT: f32 = 2.0 * LANE + SCALE;
/// One team's lane.
const LANE: f32 = 30.0;
/// The row of times below the lanes.
const SCALE: f32 = 18.0;
/// How near the pointer has to be to a death to mean it, points.
const REACH: f32 = 4.0;

/// Between time and place.
#[derive(Clone, Copy)]
struct Axis {
    left: f32,
    right: f32,
    start_ms: i64,
    end_ms: i64,
}

impl Axis {
    fn x(&self, t_ms: i64) -> f32 {
        let length = (self.end_ms - self.start_ms).max(1) as f32;
        self.left + (t_ms - self.start_ms) as f32 / length * (self.right - self.left)
    }

    fn t_ms(&self, x: f32) -> i64 {
        let share =
            f64::from(((x - self.left) / (self.right - self.left).max(1.0)).clamp(0.0, 1.0));
        self.start_ms + (share * (self.end_ms - self.start_ms) as f64).round() as i64
    }
}

/// Draws the timeline.
pub fn timeline_ui(ui: &mut Ui, open: &OpenRound, theme: &Theme, actions: &mut Vec<Action>) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    let playback = &open.playback;
    let axis = Axis {
        left: rect.left() + 1.0,
        right: rect.right() - 1.0,
        start_ms: playback.start_ms(),
        end_ms: playback.end_ms(),
    };
    let seconds = playback.t_ms() as f64 / 1000.0;
    response.widget_info(|| WidgetInfo::slider(true, seconds, "Timeline"));
    // The playhead jumps on press, not on release: scrubbing and clicking are one gesture.
    if (response.is_pointer_button_down_on() || response.clicked())
        && let Some(pointer) = response.interact_pointer_pos()
    {
        actions.push(Action::Seek(axis.t_ms(pointer.x)));
    }
    let lanes = Rect::from_min_size(rect.min, vec2(rect.width(), 2.0 * LANE));
    let painter = ui.painter_at(rect.expand(1.0));
    painter.rect_filled(lanes, 2.0, theme.window);
    paint_alive(&painter, &open.round, lanes, axis, theme);
    painter.hline(
        lanes.x_range(),
        lanes.center().y,
        Stroke::new(1.0, theme.line),
    );
    paint_scale(&painter, rect, lanes, axis, theme);
    paint_deaths(&painter, open, lanes, axis, theme);
    paint_playhead(&painter, lanes, axis.x(playback.t_ms()), theme);
    if let Some(pointer) = response.hover_pos() {
        let x = pointer.x.clamp(axis.left, axis.right);
        painter.vline(
            x,
            lanes.y_range(),
            Stroke::new(1.0, theme.muted.gamma_multiply(0.6)),
        );
    }
    let pointer = response.hover_pos();
    response.on_hover_ui_at_pointer(|ui| {
        if let Some(pointer) = pointer {
            hover_ui(ui, open, axis, pointer.x, theme);
        }
    });
}

/// How many of each team have a life at each pixel: Axis upwards from the middle, Allies downwards.
fn paint_alive(painter: &Painter, round: &Round, lanes: Rect, axis: Axis, theme: &Theme) {
    let columns = lanes.width().max(1.0) as usize + 1;
    for (team, direction) in [(Team::Axis, -1.0), (Team::Allies, 1.0)] {
        let counts = alive_by_column(round, team, axis, columns);
        let most = counts.iter().copied().max().unwrap_or(0);
        if most == 0 {
            continue;
        }
        let colour = theme.team(Some(team)).gamma_multiply(0.2);
        let mut mesh = Mesh::default();
        let mut from = 0;
        for nth in 1..=counts.len() {
            if nth < counts.len() && counts[nth] == counts[from] {
                continue;
            }
            let height = (LANE - 3.0) * counts[from] as f32 / most as f32;
            let (left, right) = (
                lanes.left() + from as f32,
                (lanes.left() + nth as f32).min(lanes.right()),
            );
            let middle = lanes.center().y;
            let block =
                Rect::from_two_pos(pos2(left, middle), pos2(right, middle + direction * height));
            mesh.add_colored_rect(block, colour);
            from = nth;
        }
        painter.add(Shape::mesh(mesh));
    }
}

fn alive_by_column(round: &Round, team: Team, axis: Axis, columns: usize) -> Vec<i32> {
    let mut steps = vec![0_i32; columns + 1];
    let column = |t_ms: i64| ((axis.x(t_ms) - axis.left).max(0.0) as usize).min(columns);
    for life in round
        .lives()
        .iter()
        .filter(|life| life.team == Some(team) && life.end_ms > life.start_ms)
    {
        steps[column(life.start_ms)] += 1;
        steps[column(life.end_ms)] -= 1;
    }
    let mut alive = 0;
    steps.truncate(columns);
    for step in &mut steps {
        alive += *step;
        *step = alive;
    }
    steps
}

/// Times below the lanes, as many as fit.
fn paint_scale(painter: &Painter, rect: Rect, lanes: Rect, axis: Axis, theme: &Theme) {
    const STEPS_S: [i64; 10] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
    const ROOM: f32 = 64.0;
    let length_ms = (axis.end_ms - axis.start_ms).max(1);
    let fitting = ((axis.right - axis.left) / ROOM).max(1.0) as i64;
    let fits = |step: &&i64| length_ms / (**step * 1000) <= fitting;
    let hour_ms = 3_600_000;
    let step_ms = STEPS_S
        .iter()
        .find(fits)
        .map_or(hour_ms * (1 + length_ms / hour_ms / fitting), |step| {
            step * 1000
        });
    let font = FontId::monospace(11.0);
    let mut t_ms = axis.start_ms.div_euclid(step_ms) * step_ms;
    while t_ms <= axis.end_ms {
        if t_ms >= axis.start_ms {
            let x = axis.x(t_ms);
            painter.vline(
                x,
                lanes.y_range(),
                Stroke::new(1.0, theme.line.gamma_multiply(0.7)),
            );
            let centre = x.clamp(rect.left() + 16.0, rect.right() - 16.0);
            let cell = Rect::from_center_size(
                pos2(centre, lanes.bottom() + SCALE / 2.0 + 1.0),
                vec2(ROOM, SCALE),
            );
            paint_text(
                painter,
                cell,
                &short(t_ms),
                &font,
                theme.muted,
                Align2::CENTER_CENTER,
            );
        }
        t_ms += step_ms;
    }
}

/// Kills stand on the middle line, on the killer's side; deaths by nobody's hand lie on it.
fn paint_deaths(painter: &Painter, open: &OpenRound, lanes: Rect, axis: Axis, theme: &Theme) {
    let middle = lanes.center().y;
    for death in open.deaths.iter() {
        let x = axis.x(death.t_ms);
        let opacity = if concerns(death, open.selected) {
            1.0
        } else {
            0.3
        };
        match (death.kind, death.killer_team) {
            (DeathKind::Enemy, Some(team @ (Team::Axis | Team::Allies))) => {
                let up = if team == Team::Axis { -1.0 } else { 1.0 };
                let tick = Rect::from_two_pos(
                    pos2(x - 1.0, middle + up * 3.0),
                    pos2(x + 1.0, middle + up * (LANE - 9.0)),
                );
                painter.rect_filled(tick, 0.0, theme.team(Some(team)).gamma_multiply(opacity));
            }
            (DeathKind::TeamKill, _) => {
                let tick = Rect::from_center_size(pos2(x, middle), vec2(2.0, 12.0));
                painter.rect_filled(tick, 0.0, theme.warning.gamma_multiply(opacity));
            }
            _ => {
                painter.circle_filled(pos2(x, middle), 2.0, theme.muted.gamma_multiply(opacity));
            }
        }
    }
}

fn paint_playhead(painter: &Painter, lanes: Rect, x: f32, theme: &Theme) {
    let colour: Color32 = theme.accent;
    painter.vline(x, lanes.y_range(), Stroke::new(1.5, colour));
    let top = lanes.top() - 1.0;
    let points = vec![pos2(x - 5.0, top), pos2(x + 5.0, top), pos2(x, top + 7.0)];
    painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
}

fn hover_ui(ui: &mut Ui, open: &OpenRound, axis: Axis, x: f32, theme: &Theme) {
    let distance = |death: &&Death| (axis.x(death.t_ms) - x).abs();
    let nearest = open
        .deaths
        .iter()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)));
    ui.monospace(clock(axis.t_ms(x)));
    if let Some(death) = nearest.filter(|death| distance(death) <= REACH) {
        ui.label(sentence(open, death));
        return;
    }
    let text = "Above the line: kills by Axis. Below: kills by Allies. Orange: team kills. Dots: self kills and world. \
                Shading: players with a recorded life (not those who were revived).";
    ui.label(RichText::new(text).size(SMALL).color(theme.muted));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::load::load_demo;

    const AXIS: Axis = Axis {
        left: 10.0,
        right: 110.0,
        start_ms: -1000,
        end_ms: 9000,
    };

    #[test]
    fn time_and_place_agree() {
        assert_eq!(AXIS.x(-1000), 10.0);
        assert_eq!(AXIS.x(9000), 110.0);
        for t_ms in [-1000, 0, 4000, 9000] {
            assert_eq!(AXIS.t_ms(AXIS.x(t_ms)), t_ms);
        }
        assert_eq!((AXIS.t_ms(-50.0), AXIS.t_ms(500.0)), (-1000, 9000));
    }

    #[test]
    fn a_round_without_length_has_one_place() {
        let axis = Axis {
            start_ms: 5,
            end_ms: 5,
            ..AXIS
        };
        assert_eq!(axis.x(5), 10.0);
        assert_eq!(axis.t_ms(70.0), 5);
    }

    #[test]
    fn nobody_is_alive_twice() {
        let round = load_demo().round;
        let axis = Axis {
            start_ms: round.clock.start_ms,
            end_ms: round.clock.end_ms,
            ..AXIS
        };
        let counts = alive_by_column(&round, Team::Axis, axis, 101);
        assert_eq!(counts.len(), 101);
        assert!(
            counts.iter().all(|count| (0..=6).contains(count)),
            "{counts:?}"
        );
        assert!(counts.iter().any(|count| *count > 3));
    }
}
