//! The map canvas: ground, layers, the people on it.
//!
//! [`Canvas::show`] draws one moment of a round and says what a person did on it. It changes nothing but its own camera and caches, and
//! draws with plain shapes and meshes only, so that a picture without a window looks the same.
//!
//! Each layer is a file. They are drawn in this order: `ground`, `objectives`, `trails`, `deaths`, `players`, `names` (placed by
//! `labels`), `legend`. `camera` is the way between world and screen, `pen` what all layers draw with, `pick` what the pointer is on,
//! `tooltip` what is told about it.

mod camera;
mod deaths;
mod ground;
mod labels;
mod legend;
mod motion;
mod names;
mod objectives;
mod pen;
mod pick;
mod players;
mod ribbon;
mod tooltip;
mod trails;
mod view;

pub use crate::app::layers::{Layers, Trails};
pub use view::{CanvasOutput, CanvasView, Ground};

use super::theme::Mode;
use crate::model::PlayerId;
use camera::Camera;
use eframe::egui::{self, PointerButton, Rect, Response, Sense, Ui, Vec2, WidgetInfo};
use pen::Pen;
use pick::{Pick, Target};
use players::Person;

/// The camera comes to rest in this time, s; `Style::animation_time` 0 switches easing off.
const EASE_S: f32 = 0.15;
/// How much a wheel's scroll of one point zooms: a notch of 40 points by about a fifth.
const ZOOM_PER_POINT: f32 = 0.005;

/// The map canvas, with what it keeps between frames.
#[derive(Default)]
pub struct Canvas {
    camera: Camera,
    trails: trails::TrailLayer,
    labels: labels::Memory,
}

impl Canvas {
    /// Shows all of the ground, also after the window changed its size, until the view is moved.
    pub fn fit(&mut self) {
        self.camera.fit();
    }

    /// Whether all of the ground is shown.
    pub fn is_fitted(&self) -> bool {
        self.camera.is_fitted()
    }

    /// Zooms about the middle; above 1 comes closer.
    pub fn zoom_by(&mut self, factor: f32) {
        self.camera.zoom_by(factor);
    }

    /// Moves the ground on the screen by so many points.
    pub fn pan_by(&mut self, points: Vec2) {
        self.camera.pan_by(points);
    }

    /// Brings a place of the world (ET units) to the middle.
    pub fn look_at(&mut self, x: f32, y: f32) {
        self.camera.look_at(x, y);
    }

    /// Draws one frame into all of the space `ui` has left.
    pub fn show(&mut self, ui: &mut Ui, view: &CanvasView<'_>) -> CanvasOutput {
        // Not focusable: a focused canvas would take the space bar and the arrows from the replay.
        let (rect, response) =
            ui.allocate_exact_size(ui.available_size(), Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, "Map canvas"));
        let map = rect.with_max_y(rect.bottom() - legend::HEIGHT);
        let mut output = CanvasOutput::default();
        if map.width() < 1.0 || map.height() < 1.0 || !map.is_finite() {
            return output;
        }
        let mut people = players::people(view);
        let followed = view.selected.filter(|_| view.follow);
        let followed = followed.and_then(|id| people.iter().find(|person| person.id == id));
        self.camera.begin(map, view.ground.rect);
        output.moved_by_hand = self.move_by_hand(ui, &response, map, followed.is_some());
        if let Some(person) = followed.filter(|_| !output.moved_by_hand) {
            self.camera.follow(person.world.0, person.world.1);
        }
        let ease_s = if ui.style().animation_time > 0.0 {
            EASE_S
        } else {
            0.0
        };
        if self
            .camera
            .advance(ui.input(|input| input.stable_dt), ease_s)
        {
            ui.ctx().request_repaint();
        }
        let Some(projection) = self.camera.projection() else {
            return output;
        };
        for person in &mut people {
            person.pos = projection.pos_in_screen(person.world.0, person.world.1);
        }
        let painter = ui.painter_at(map);
        let pen = Pen {
            painter: &painter,
            projection,
            theme: view.theme,
            on_dark: view.theme.mode == Mode::Dark || ground::has_picture(view.ground, view.layers),
        };
        let pointer = response
            .hover_pos()
            .filter(|pos| map.contains(*pos) && !response.dragged());
        let hovered = pointer.and_then(|pos| pick::at(pos, &targets(&pen, view, &people)));
        self.draw(&pen, view, &people, hovered);
        legend::draw(
            &ui.painter_at(rect),
            rect.with_min_y(map.bottom()),
            &projection,
            view.ground,
            view.layers,
            view.theme,
        );

        if let Some(target) = hovered {
            if !matches!(target.pick, Pick::Objective(_)) {
                ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            }
            tell(ui, &response, view, &people, target);
        }
        let clicked_at = response
            .interact_pointer_pos()
            .filter(|pos| response.clicked() && map.contains(*pos));
        if clicked_at.is_some() {
            output.clicked = clicked(hovered, view);
        }
        output
    }

    /// Wheel, drag and double click. True when the view was moved away from whoever it followed.
    fn move_by_hand(
        &mut self,
        ui: &Ui,
        response: &Response,
        map: Rect,
        is_following: bool,
    ) -> bool {
        if let Some(pointer) = response.hover_pos().filter(|pos| map.contains(*pos)) {
            let (scrolled, pinched) =
                ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
            let factor = (scrolled * ZOOM_PER_POINT).exp() * pinched;
            if factor != 1.0 {
                // Who follows somebody wants to see him from nearer, not something beside him.
                self.camera
                    .zoom_about(if is_following { map.center() } else { pointer }, factor);
            }
        }
        if response.double_clicked() {
            self.camera.fit();
            return true;
        }
        let is_dragged = response.dragged_by(PointerButton::Primary)
            || response.dragged_by(PointerButton::Middle);
        if is_dragged {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
            self.camera.drag_by(response.drag_delta());
        }
        is_dragged && response.drag_delta() != Vec2::ZERO
    }

    /// All layers, in order.
    fn draw(
        &mut self,
        pen: &Pen<'_>,
        view: &CanvasView<'_>,
        people: &[Person],
        hovered: Option<Target>,
    ) {
        pen.painter
            .rect_filled(pen.projection.screen, 0.0, view.theme.window);
        ground::draw(pen, view.ground, view.layers);
        if view.layers.objectives {
            objectives::draw_rings(pen, view, people);
        }
        self.trails.draw(pen, view, people);
        // Above the trails: all of a round's would bury them.
        if view.layers.objectives {
            objectives::draw_signs(pen, view);
        }
        if view.layers.deaths {
            deaths::draw(pen, view);
        }
        let hovered = hovered.map(|target| target.pick);
        let is_selected = |person: &&Person| view.selected == Some(person.id);
        let others = people.iter().filter(|person| !is_selected(person));
        for person in others.chain(people.iter().filter(is_selected)) {
            if pen.projection.screen.expand(24.0).contains(person.pos) {
                let is_hovered = hovered == Some(Pick::Player(person.id));
                players::draw(
                    pen,
                    view,
                    person,
                    view.selected == Some(person.id),
                    is_hovered,
                );
            }
        }
        ground::draw_rulers(pen, view.layers);
        names::draw(pen, view, people, hovered, &mut self.labels);
    }
}

/// Everything that can be pointed at.
fn targets(pen: &Pen<'_>, view: &CanvasView<'_>, people: &[Person]) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::with_capacity(people.len() + 16);
    targets.extend(people.iter().map(|person| Target {
        pick: Pick::Player(person.id),
        pos: person.pos,
        radius: pen::MARKER_RADIUS,
    }));
    if view.layers.deaths {
        let marked = deaths::marked(view.deaths, view.t_ms);
        targets.extend(marked.filter_map(|index| {
            Some(Target {
                pick: Pick::Death(index),
                pos: deaths::pos(pen, &view.deaths[index])?,
                radius: deaths::RADIUS,
            })
        }));
    }
    if view.layers.objectives {
        targets.extend(
            view.ground
                .objectives
                .iter()
                .enumerate()
                .map(|(index, objective)| Target {
                    pick: Pick::Objective(index),
                    pos: pen.projection.pos_in_screen(objective.x, objective.y),
                    radius: objectives::REACH,
                }),
        );
    }
    targets
}

/// What a click means for the selection: a player is selected, or no longer if he was; a mark of death means its victim; empty ground
/// means nobody. A click on an objective says nothing about players.
fn clicked(hovered: Option<Target>, view: &CanvasView<'_>) -> Option<Option<PlayerId>> {
    let player = match hovered.map(|target| target.pick) {
        Some(Pick::Player(id)) => Some(id),
        Some(Pick::Death(index)) => Some(view.deaths[index].victim),
        Some(Pick::Objective(_)) => return None,
        None => None,
    };
    Some(player.filter(|id| view.selected != Some(*id)))
}

/// The tooltip, at the thing and not at the pointer, so that it rests while the pointer moves.
fn tell(ui: &Ui, response: &Response, view: &CanvasView<'_>, people: &[Person], target: Target) {
    let anchor = Rect::from_center_size(target.pos, Vec2::splat(2.0 * (target.radius + 8.0)));
    egui::Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, anchor)
        .accessible_name("What the pointer is on")
        .show(|ui| tooltip::show(ui, view, people, target.pick));
}
