//! The names of players and objectives, none over another.

use super::CanvasView;
use super::labels::{self, Memory, Owner, Wanted};
use super::pen::Pen;
use super::pick::Pick;
use super::players::{self, Person};
use super::{ground, objectives};
use crate::ui::theme::SMALL;
use eframe::egui::{Galley, Rect, Vec2};
use std::sync::Arc;

/// How visible the name is of somebody whose position is old.
const OLD_OPACITY: f32 = 0.6;

/// A laid out name and how visible it is.
type Text = (Arc<Galley>, f32);

/// Lays out, places and draws all names. The selected and the hovered player come first, then the other players, then objectives.
pub(super) fn draw(
    pen: &Pen<'_>,
    view: &CanvasView<'_>,
    people: &[Person],
    hovered: Option<Pick>,
    memory: &mut Memory,
) {
    let (mut wanted, mut texts) = (Vec::new(), Vec::new());
    if view.layers.names {
        want_players(pen, view, people, hovered, &mut wanted, &mut texts);
    }
    if view.layers.objectives {
        want_objectives(pen, view, &mut wanted, &mut texts);
    }
    memory.begin(view.t_ms);
    let bounds = ground::inside_rulers(pen.projection.screen, view.layers).shrink(2.0);
    let placed = labels::place(bounds, &wanted, &markers(pen, view, people), memory);
    // Backwards, so that the most important one is on top.
    for (rect, (galley, opacity)) in placed.into_iter().zip(&texts).rev() {
        if let Some(rect) = rect {
            pen.write(rect.min, galley, *opacity);
        }
    }
}

fn want_players(
    pen: &Pen<'_>,
    view: &CanvasView<'_>,
    people: &[Person],
    hovered: Option<Pick>,
    wanted: &mut Vec<Wanted>,
    texts: &mut Vec<Text>,
) {
    let is_selected = |person: &Person| view.selected == Some(person.id);
    let must_show =
        |person: &Person| is_selected(person) || hovered == Some(Pick::Player(person.id));
    let screen = pen.projection.screen;
    let in_view = people.iter().filter(|person| screen.contains(person.pos));
    let mut order: Vec<&Person> = in_view.collect();
    order.sort_by_key(|person| !must_show(person));
    for person in order {
        let opacity = if person.is_old { OLD_OPACITY } else { 1.0 };
        let name = view.round.text(view.round.players[person.id].name);
        let galley = pen.name(name, opacity);
        let ring = if is_selected(person) { 4.0 } else { 0.0 };
        wanted.push(Wanted {
            owner: Owner::Player(person.id),
            anchor: person.pos,
            clearance: players::REACH + ring,
            size: galley.size(),
            must_show: must_show(person),
        });
        texts.push((galley, opacity));
    }
}

fn want_objectives(
    pen: &Pen<'_>,
    view: &CanvasView<'_>,
    wanted: &mut Vec<Wanted>,
    texts: &mut Vec<Text>,
) {
    for (index, objective) in view.ground.objectives.iter().enumerate() {
        let anchor = pen.projection.pos_in_screen(objective.x, objective.y);
        if pen.projection.screen.contains(anchor) {
            let galley = pen.text(&objective.name, SMALL, pen.muted());
            wanted.push(Wanted {
                owner: Owner::Objective(index),
                anchor,
                clearance: objectives::REACH,
                size: galley.size(),
                must_show: false,
            });
            texts.push((galley, 1.0));
        }
    }
}

/// What names shall not cover.
fn markers(pen: &Pen<'_>, view: &CanvasView<'_>, people: &[Person]) -> Vec<Rect> {
    let square = |middle, reach: f32| Rect::from_center_size(middle, Vec2::splat(2.0 * reach));
    let people = people
        .iter()
        .map(|person| square(person.pos, players::REACH - 1.0));
    let objectives = view.ground.objectives.iter();
    let signs = objectives.filter(|_| view.layers.objectives).map(|at| {
        let middle = pen.projection.pos_in_screen(at.x, at.y);
        square(middle, objectives::REACH)
    });
    people.chain(signs).collect()
}
