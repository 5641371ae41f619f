//! The people: team shape and colour, class letter, health, the way they move, their names.

use super::CanvasView;
use super::motion;
use super::pen::{MARKER_RADIUS, Pen, readable_on, team_shape};
use crate::model::{Class, LifeId, PlayerId, Presence, SampleAt, Team};
use crate::ui::theme::SMALL;
use eframe::egui::{Color32, Pos2, Shape, Stroke, Vec2};

/// Radius of the health arc.
const ARC_RADIUS: f32 = MARKER_RADIUS + 4.0;
/// Radius of everything that belongs to a marker; names keep this distance.
pub(super) const REACH: f32 = ARC_RADIUS + 1.0;
/// Health that counts as full. Some classes start with more; the number is in the tooltip.
const FULL_HEALTH: f32 = 100.0;
/// Below this the arc warns.
const LOW_HEALTH: i32 = 50;

/// A player who is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    /// Who.
    pub(super) id: PlayerId,
    /// The life he is in.
    pub(super) life: LifeId,
    /// The sample that says so.
    pub(super) sample: SampleAt,
    /// His team in this life.
    pub(super) team: Option<Team>,
    /// His class in this life.
    pub(super) class: Option<Class>,
    /// Health at the sample.
    pub(super) health: i32,
    /// Where he is drawn, world x and y.
    pub(super) world: (f32, f32),
    /// Where he is drawn, screen.
    pub(super) pos: Pos2,
    /// The sample is so old that he is somewhere else by now.
    pub(super) is_old: bool,
}

/// Everybody with a place at the moment, in the order of the round's players. Screen positions are still to be filled in.
pub(super) fn people(view: &CanvasView<'_>) -> Vec<Person> {
    let round = view.round;
    let longest_ms = motion::longest_gap_ms(round.cadence_ms());
    let person = |id: PlayerId| {
        let Presence::Alive { life, sample } = round.presence_at(id, view.t_ms) else {
            return None;
        };
        let samples = round.samples();
        let world = if view.smooth {
            let [x, y, _] = round.display_position(life, sample, view.t_ms);
            (x, y)
        } else {
            (samples.x[sample.index], samples.y[sample.index])
        };
        Some(Person {
            id,
            life,
            sample,
            team: round.life(life).team,
            class: round.life(life).class,
            health: samples.health[sample.index],
            world,
            pos: Pos2::ZERO,
            is_old: sample.age_ms > longest_ms,
        })
    };
    round.players.ids().filter_map(person).collect()
}

/// Draws one player.
pub(super) fn draw(
    pen: &Pen<'_>,
    view: &CanvasView<'_>,
    person: &Person,
    is_selected: bool,
    is_hovered: bool,
) {
    let colour = view.theme.team(person.team);
    let painter = pen.painter;
    painter.circle_filled(person.pos, REACH, pen.paper().gamma_multiply(0.55));
    if is_selected {
        painter.circle_stroke(person.pos, REACH + 3.0, Stroke::new(2.0, view.theme.accent));
    } else if is_hovered {
        painter.circle_stroke(person.pos, REACH + 3.0, Stroke::new(1.0, pen.ink()));
    }
    if person.is_old {
        // He was here; the outline says that the place is old, and nothing is claimed about what he does.
        let fill = pen.paper().gamma_multiply(0.6);
        let faded = colour.gamma_multiply(0.75);
        painter.add(team_shape(
            person.team,
            person.pos,
            MARKER_RADIUS - 0.75,
            fill,
            Stroke::new(1.5, faded),
        ));
        letter(pen, person, faded);
        return;
    }
    health_arc(pen, view, person);
    let life = view.round.life(person.life);
    if let Some(heading) = motion::heading(view.round, life, person.sample, view.smooth) {
        let base = if is_selected { REACH + 4.0 } else { REACH };
        nose(pen, person.pos, heading, base, colour);
    }
    painter.add(team_shape(
        person.team,
        person.pos,
        MARKER_RADIUS,
        colour,
        Stroke::NONE,
    ));
    letter(pen, person, readable_on(colour));
}

fn letter(pen: &Pen<'_>, person: &Person, colour: Color32) {
    let letter = person.class.map_or('?', Class::letter);
    let galley = pen.digits(letter.encode_utf8(&mut [0; 4]), SMALL, colour);
    let corner = person.pos - galley.mesh_bounds.center().to_vec2();
    pen.painter.galley(corner, galley, colour);
}

/// From the top clockwise, as much of a circle as there is health.
fn health_arc(pen: &Pen<'_>, view: &CanvasView<'_>, person: &Person) {
    let part = (person.health as f32 / FULL_HEALTH).clamp(0.0, 1.0);
    let (colour, width) = if person.health < LOW_HEALTH {
        (view.theme.warning, 2.5)
    } else {
        (view.theme.good, 1.5)
    };
    let stroke = Stroke::new(width, colour);
    if part >= 1.0 {
        pen.painter.circle_stroke(person.pos, ARC_RADIUS, stroke);
        return;
    }
    let steps = (part * 32.0).ceil() as u8;
    if steps == 0 {
        return;
    }
    let top = -std::f32::consts::FRAC_PI_2;
    let angle = |step: u8| top + std::f32::consts::TAU * part * f32::from(step) / f32::from(steps);
    let points = (0..=steps).map(|step| person.pos + Vec2::angled(angle(step)) * ARC_RADIUS);
    pen.painter.add(Shape::line(points.collect(), stroke));
}

/// A small triangle at the marker's edge, in the direction of movement.
fn nose(pen: &Pen<'_>, middle: Pos2, heading: Vec2, base: f32, colour: Color32) {
    let aside = heading.rot90() * 5.0;
    let foot = middle + heading * base;
    let rim = Stroke::new(1.0, pen.paper().gamma_multiply(0.8));
    let corners = vec![foot - aside, foot + heading * 7.0, foot + aside];
    pen.painter.add(Shape::convex_polygon(corners, colour, rim));
}
