//! Where people went: ribbons in the team's colour, fading with age.
//!
//! A trail joins samples of one life only, and not over a gap or a jump between which nothing is known. Ribbons are built in screen
//! space, so that they have one width at every zoom, and kept while neither data nor view change.

use super::motion;
use super::pen::Pen;
use super::players::Person;
use super::ribbon::{self, Edge, Point};
use super::{CanvasView, Trails};
use crate::model::{Life, LifeId, PlayerId, Round};
use eframe::egui::{Color32, Mesh, Rect, Shape};
use std::sync::Arc;

/// Steps of a fading colour.
const SHADES: usize = 32;
/// A path this far outside of the view cannot come back into it within one step, points.
const OUTSIDE: f32 = 256.0;

/// How one trail is drawn.
#[derive(Clone, Copy, Debug)]
struct Style {
    half_width: f32,
    edge: Edge,
    /// Steps shorter than this are left out, points.
    least_step: f32,
    /// Opacity at the oldest and at the newest point.
    opacity: (f32, f32),
}

const RECENT: Style = Style {
    half_width: 2.0,
    edge: Edge::Soft,
    least_step: 0.75,
    opacity: (0.0, 0.9),
};
const LIFE: Style = Style {
    opacity: (0.2, 0.9),
    least_step: 1.0,
    ..RECENT
};
/// Everything at once: a thin veil, so that frequented ways become dense.
const ROUND: Style = Style {
    half_width: 0.6,
    edge: Edge::Hard,
    least_step: 1.5,
    opacity: (0.3, 0.3),
};
/// The selected player's trail is wider, and the others step back.
const SELECTED_WIDTH: f32 = 1.6;
const OTHERS_OPACITY: f32 = 0.45;

/// Which round something was computed from. The address alone could be used again by another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RoundKey {
    address: usize,
    samples: usize,
    opening: u64,
}

impl RoundKey {
    fn of(round: &Round) -> Self {
        Self {
            address: std::ptr::from_ref(round).addr(),
            samples: round.samples().len(),
            opening: round.fingerprint.opening,
        }
    }
}

/// Everything a mesh of trails depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    round: RoundKey,
    trails: Trails,
    /// 0 where the moment does not matter.
    t_ms: i64,
    smooth: bool,
    selected: Option<PlayerId>,
    projection: super::camera::Projection,
    colours: [Color32; 3],
}

/// The layer and what it keeps between frames.
#[derive(Default)]
pub(super) struct TrailLayer {
    /// World rectangle (x from, x to, y from, y to) of every life; empty for lives without samples.
    bounds: Option<(RoundKey, Vec<Option<[f32; 4]>>)>,
    drawn: Option<(Key, Arc<Mesh>)>,
    scratch: Vec<Point>,
}

impl TrailLayer {
    /// Draws the trails that `view` asks for.
    pub(super) fn draw(&mut self, pen: &Pen<'_>, view: &CanvasView<'_>, people: &[Person]) {
        if view.layers.trails == Trails::Off {
            self.drawn = None;
            return;
        }
        let is_whole = view.layers.trails == Trails::WholeRound;
        let key = Key {
            round: RoundKey::of(view.round),
            trails: view.layers.trails,
            t_ms: if is_whole { 0 } else { view.t_ms },
            smooth: view.smooth && !is_whole,
            selected: view.selected,
            projection: pen.projection,
            colours: [view.theme.axis, view.theme.allies, view.theme.muted],
        };
        let kept = self.drawn.take().filter(|(drawn, _)| *drawn == key);
        let mesh = match kept {
            Some((_, mesh)) => mesh,
            None => Arc::new(self.build(pen, view, people)),
        };
        if !mesh.is_empty() {
            pen.painter.add(Shape::Mesh(Arc::clone(&mesh)));
        }
        self.drawn = Some((key, mesh));
    }

    fn build(&mut self, pen: &Pen<'_>, view: &CanvasView<'_>, people: &[Person]) -> Mesh {
        let round = view.round;
        let round_key = RoundKey::of(round);
        if self
            .bounds
            .as_ref()
            .is_none_or(|(key, _)| *key != round_key)
        {
            self.bounds = Some((
                round_key,
                round
                    .lives()
                    .iter()
                    .map(|life| bounds_of(round, life))
                    .collect(),
            ));
        }
        let bounds = self.bounds.as_ref().map_or(&[][..], |(_, bounds)| bounds);
        let mut tracer = Tracer {
            pen,
            view,
            mesh: Mesh::default(),
            points: std::mem::take(&mut self.scratch),
            reach: pen.projection.screen.expand(OUTSIDE),
        };
        // Twice over, so that the selected player's trail lies on top.
        for on_top in [false, true] {
            let is_due = |player: PlayerId| (view.selected == Some(player)) == on_top;
            match view.layers.trails {
                Trails::Off => {}
                Trails::WholeRound => {
                    for (nth, _) in round
                        .lives()
                        .iter()
                        .enumerate()
                        .filter(|(_, life)| is_due(life.player))
                    {
                        if is_in_view(bounds[nth], pen) {
                            tracer.trace(LifeId(nth as u32), i64::MIN, i64::MAX, None, ROUND);
                        }
                    }
                }
                Trails::Recent { .. } | Trails::CurrentLife => {
                    for person in people.iter().filter(|person| is_due(person.id)) {
                        let start_ms = round.life(person.life).start_ms;
                        let (from_ms, style) = match view.layers.trails {
                            Trails::Recent { seconds } => {
                                (view.t_ms - (f64::from(seconds) * 1000.0) as i64, RECENT)
                            }
                            _ => (start_ms, LIFE),
                        };
                        if is_in_view(bounds[person.life.index()], pen) {
                            tracer.trace(person.life, from_ms, view.t_ms, Some(person), style);
                        }
                    }
                }
            }
        }
        self.scratch = tracer.points;
        tracer.mesh
    }
}

/// The rectangle of a life's samples; `None` without any.
fn bounds_of(round: &Round, life: &Life) -> Option<[f32; 4]> {
    let samples = round.samples();
    let mut indices = life.sample_indices();
    let first = indices.next()?;
    let start = [
        samples.x[first],
        samples.x[first],
        samples.y[first],
        samples.y[first],
    ];
    Some(indices.fold(start, |[west, east, south, north], index| {
        let (x, y) = (samples.x[index], samples.y[index]);
        [west.min(x), east.max(x), south.min(y), north.max(y)]
    }))
}

fn is_in_view(bounds: Option<[f32; 4]>, pen: &Pen<'_>) -> bool {
    bounds.is_some_and(|[west, east, south, north]| {
        let corner = pen.projection.pos_in_screen(west, north);
        let opposite = pen.projection.pos_in_screen(east, south);
        Rect::from_min_max(corner, opposite)
            .expand(2.0)
            .intersects(pen.projection.screen)
    })
}

/// Turns samples into ribbons.
struct Tracer<'a> {
    pen: &'a Pen<'a>,
    view: &'a CanvasView<'a>,
    mesh: Mesh,
    points: Vec<Point>,
    reach: Rect,
}

impl Tracer<'_> {
    /// The samples of a life within a span of time, and the place the player is drawn at if the trail leads to him.
    fn trace(&mut self, id: LifeId, from_ms: i64, to_ms: i64, head: Option<&Person>, style: Style) {
        let round = self.view.round;
        let samples = round.samples();
        let life = round.life(id);
        let is_selected = self.view.selected == Some(life.player);
        let shades = self.shades(life, is_selected, style);
        let half_width = if is_selected {
            style.half_width * SELECTED_WIDTH
        } else {
            style.half_width
        };
        let first = life.samples_until(samples, from_ms.saturating_sub(1));
        let behind = life.samples_until(samples, to_ms);
        let (oldest, newest) = if head.is_some() {
            (from_ms, to_ms)
        } else {
            (0, 1)
        };
        let span = (newest - oldest).max(1) as f32;
        let shade = |time_ms: i64| {
            let part = (time_ms - oldest) as f32 / span;
            shades[((part * (SHADES - 1) as f32) as usize).min(SHADES - 1)]
        };
        let least = style.least_step * style.least_step;
        let cadence_ms = round.cadence_ms();
        self.points.clear();
        // The last point that was left out because it was too near: a run must still end where it ends.
        let mut held: Option<Point> = None;
        let mut last: Option<usize> = None;
        for nth in first..behind {
            let index = life.sample_index(nth);
            if last.is_some_and(|last| motion::is_break(samples, last, index, cadence_ms)) {
                self.finish(&mut held, half_width, style.edge);
            }
            last = Some(index);
            let pos = self
                .pen
                .projection
                .pos_in_screen(samples.x[index], samples.y[index]);
            let point = Point {
                pos,
                colour: shade(i64::from(samples.time_ms[index])),
            };
            match self.points.last() {
                Some(before) if before.pos.distance_sq(pos) < least => held = Some(point),
                Some(before) if !self.reach.contains(before.pos) && !self.reach.contains(pos) => {
                    self.finish(&mut held, half_width, style.edge);
                    self.points.push(point);
                }
                _ => {
                    self.points.push(point);
                    held = None;
                }
            }
        }
        if let Some(person) = head.filter(|_| last.is_some()) {
            held = Some(Point {
                pos: person.pos,
                colour: shade(to_ms),
            });
        }
        self.finish(&mut held, half_width, style.edge);
    }

    /// Ends a run of points.
    fn finish(&mut self, held: &mut Option<Point>, half_width: f32, edge: Edge) {
        self.points.extend(held.take());
        ribbon::add(&mut self.mesh, &self.points, half_width, edge);
        self.points.clear();
    }

    fn shades(&self, life: &Life, is_selected: bool, style: Style) -> [Color32; SHADES] {
        let colour = self.view.theme.team(life.team);
        let factor = match self.view.selected {
            Some(_) if is_selected => 1.0 / style.opacity.1,
            Some(_) => OTHERS_OPACITY,
            None => 1.0,
        };
        let (tail, head) = style.opacity;
        std::array::from_fn(|step| {
            let part = step as f32 / (SHADES - 1) as f32;
            colour.gamma_multiply(((tail + (head - tail) * part) * factor).min(1.0))
        })
    }
}

#[cfg(test)]
mod tests;
