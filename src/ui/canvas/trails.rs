//! Where people went: ribbons in the team's colour, fading with age.
//!
//! A trail joins samples of one life only, and not over a gap or a jump between which nothing is known. Ribbons are built in screen
//! space, so that they have one width at every zoom, and kept while neither data nor view change.

use super::camera::Projection;
use super::motion;
use super::pen::Pen;
use super::players::Person;
use super::ribbon::{Edge, Line, Point};
use super::{CanvasView, Trails};
use crate::model::{Life, LifeId, PlayerId, Round};
use eframe::egui::{Color32, Mesh, Rect, Shape, Vec2};
use std::sync::Arc;

/// Steps of a fading colour.
const SHADES: usize = 32;
/// A path this far outside of the view cannot come back into it within one step, points.
const OUTSIDE: f32 = 256.0;
/// So far the view may be moved before the trails of the whole round are built anew, points.
const MOST_MOVED: f32 = 160.0;

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
    projection: Projection,
    colours: [Color32; 3],
}

impl Key {
    /// The same seen from another place, at the same scale.
    fn is_moved(&self, other: &Self) -> bool {
        let (mut look, here) = (other.projection.look, self.projection.look);
        (look.x, look.y) = (here.x, here.y);
        let projection = Projection {
            look,
            ..other.projection
        };
        Self {
            projection,
            ..*other
        } == *self
    }
}

/// A mesh of trails as it was built, or moved since.
struct Drawn {
    key: Key,
    mesh: Arc<Mesh>,
    /// Since it was built, points.
    moved: Vec2,
}

/// The layer and what it keeps between frames.
#[derive(Default)]
pub(super) struct TrailLayer {
    /// World rectangle (x from, x to, y from, y to) of every life; empty for lives without samples.
    bounds: Option<(RoundKey, Vec<Option<[f32; 4]>>)>,
    drawn: Option<Drawn>,
    line: Line,
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
            colours: [pen.theme.axis, pen.theme.allies, pen.theme.muted],
        };
        let drawn = match self.drawn.take() {
            Some(drawn) if drawn.key == key => drawn,
            Some(drawn) => self.follow(drawn, key, pen, view, people),
            None => Drawn {
                key,
                mesh: Arc::new(self.build(Mesh::default(), pen, view, people)),
                moved: Vec2::ZERO,
            },
        };
        if !drawn.mesh.is_empty() {
            pen.painter.add(Shape::Mesh(Arc::clone(&drawn.mesh)));
        }
        self.drawn = Some(drawn);
    }

    /// The mesh of the frame before for another view: moved along where that will do, else built anew.
    fn follow(
        &mut self,
        drawn: Drawn,
        key: Key,
        pen: &Pen<'_>,
        view: &CanvasView<'_>,
        people: &[Person],
    ) -> Drawn {
        let (from, to) = (drawn.key.projection, key.projection);
        let step =
            to.pos_in_screen(to.look.x, to.look.y) - from.pos_in_screen(to.look.x, to.look.y);
        let moved = drawn.moved + step;
        let is_near = moved.abs().max_elem() <= MOST_MOVED;
        let will_do = key.trails == Trails::WholeRound && key.is_moved(&drawn.key) && is_near;
        // The frame before is over, so nobody else holds its mesh: megabytes that need not be asked for again.
        let mut mesh = Arc::try_unwrap(drawn.mesh).unwrap_or_default();
        if will_do && !mesh.is_empty() {
            mesh.translate(step);
            let mesh = Arc::new(mesh);
            return Drawn { key, mesh, moved };
        }
        mesh.vertices.clear();
        mesh.indices.clear();
        let mesh = Arc::new(self.build(mesh, pen, view, people));
        let moved = Vec2::ZERO;
        Drawn { key, mesh, moved }
    }

    /// Adds all trails to an empty `mesh`.
    fn build(
        &mut self,
        mesh: Mesh,
        pen: &Pen<'_>,
        view: &CanvasView<'_>,
        people: &[Person],
    ) -> Mesh {
        let round = view.round;
        let key = RoundKey::of(round);
        if self.bounds.as_ref().is_none_or(|(known, _)| *known != key) {
            let lives = round.lives().iter();
            self.bounds = Some((key, lives.map(|life| bounds_of(round, life)).collect()));
        }
        let bounds = self.bounds.as_ref().map_or(&[][..], |(_, bounds)| bounds);
        let mut tracer = Tracer {
            pen,
            view,
            mesh,
            line: std::mem::take(&mut self.line),
            reach: pen.projection.screen.expand(OUTSIDE + MOST_MOVED),
        };
        let shown = pen.projection.screen.expand(MOST_MOVED);
        // Twice over, so that the selected player's trail lies on top.
        for on_top in [false, true] {
            let is_due = |player: PlayerId| (view.selected == Some(player)) == on_top;
            match view.layers.trails {
                Trails::Off => {}
                Trails::WholeRound => {
                    for (nth, life) in round.lives().iter().enumerate() {
                        if is_due(life.player) && is_in_view(bounds[nth], pen, shown) {
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
                        if is_in_view(bounds[person.life.index()], pen, shown) {
                            tracer.trace(person.life, from_ms, view.t_ms, Some(person), style);
                        }
                    }
                }
            }
        }
        self.line = tracer.line;
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

fn is_in_view(bounds: Option<[f32; 4]>, pen: &Pen<'_>, shown: Rect) -> bool {
    bounds.is_some_and(|[west, east, south, north]| {
        let corner = pen.projection.pos_in_screen(west, north);
        let opposite = pen.projection.pos_in_screen(east, south);
        Rect::from_min_max(corner, opposite)
            .expand(2.0)
            .intersects(shown)
    })
}

/// Turns samples into ribbons.
struct Tracer<'a> {
    pen: &'a Pen<'a>,
    view: &'a CanvasView<'a>,
    mesh: Mesh,
    line: Line,
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
        let per_ms = (SHADES - 1) as f32 / (newest - oldest).max(1) as f32;
        let shade = |time_ms: i64| {
            let step = (time_ms - oldest) as f32 * per_ms;
            shades[(step as usize).min(SHADES - 1)]
        };
        let cadence_ms = round.cadence_ms();
        let projection = self.pen.projection;
        self.line.start(style.least_step);
        let mut last: Option<(usize, bool)> = None;
        for nth in first..behind {
            let index = life.sample_index(nth);
            let pos = projection.pos_in_screen(samples.x[index], samples.y[index]);
            let is_outside = !self.reach.contains(pos);
            if let Some((last, was_outside)) = last
                && (is_outside && was_outside || motion::is_break(samples, last, index, cadence_ms))
            {
                self.line.finish(&mut self.mesh, half_width, style.edge);
            }
            last = Some((index, is_outside));
            let colour = shade(i64::from(samples.time_ms[index]));
            self.line.push(Point { pos, colour });
        }
        if let Some(person) = head.filter(|_| last.is_some()) {
            let (pos, colour) = (person.pos, shade(to_ms));
            self.line.push(Point { pos, colour });
        }
        self.line.finish(&mut self.mesh, half_width, style.edge);
    }

    fn shades(&self, life: &Life, is_selected: bool, style: Style) -> [Color32; SHADES] {
        let colour = self.pen.theme.team(life.team);
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
