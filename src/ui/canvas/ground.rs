//! What everybody stands on: the command map picture and the grid.

use super::camera::Projection;
use super::pen::Pen;
use super::{Ground, Layers};
use crate::ui::theme::{Mode, SMALL};
use eframe::egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, Vec2};

/// Grid lines are at least so far apart where they carry labels, points.
const LABELLED_SPACING: f32 = 72.0;
/// And where they are only there to give an idea of size.
const PLAIN_SPACING: f32 = 24.0;
/// The finest grid, u.
const FINEST_LABELLED_U: f32 = 64.0;
/// The plain grid under maps without a picture; also the size of the file's own heatmap cells, u.
const PLAIN_STEP_U: f32 = 512.0;
/// Width of the ruler at the left and height of the one at the top, points.
const RULERS: Vec2 = Vec2::new(48.0, 24.0);
/// A picture is drawn this much darker under the dark theme: the people on it are what matters.
const PICTURE_LIGHT_IN_DARK: u8 = 200;

/// The picture that is to be drawn, if any.
fn picture<'a>(ground: &'a Ground, layers: &Layers) -> Option<&'a eframe::egui::TextureHandle> {
    ground.picture.as_ref().filter(|_| layers.picture)
}

/// Whether a picture will be under everything.
pub(super) fn has_picture(ground: &Ground, layers: &Layers) -> bool {
    picture(ground, layers).is_some()
}

/// Draws picture and grid.
pub(super) fn draw(pen: &Pen<'_>, ground: &Ground, layers: &Layers) {
    let place = pen.projection.rect_in_screen(&ground.rect);
    if let Some(picture) = picture(ground, layers) {
        let light = if pen.theme.mode == Mode::Dark {
            PICTURE_LIGHT_IN_DARK
        } else {
            255
        };
        let mut quad = Mesh::with_texture(picture.id());
        let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
        quad.add_rect_with_uv(place, whole, Color32::from_gray(light));
        pen.painter.add(Shape::mesh(quad));
    } else {
        let step = step_u(&pen.projection, PLAIN_STEP_U, PLAIN_SPACING);
        lines(pen, step, pen.ink().gamma_multiply(0.07));
        let frame = Stroke::new(1.0, pen.ink().gamma_multiply(0.18));
        let sharp = Rect::from_min_max(to_pixel(pen, place.min), to_pixel(pen, place.max));
        pen.painter
            .rect_stroke(sharp, 0.0, frame, eframe::egui::StrokeKind::Middle);
    }
    if layers.grid {
        let step = step_u(&pen.projection, FINEST_LABELLED_U, LABELLED_SPACING);
        lines(pen, step, pen.ink().gamma_multiply(0.16));
    }
}

fn to_pixel(pen: &Pen<'_>, pos: Pos2) -> Pos2 {
    Pos2::new(
        pen.painter.round_to_pixel_center(pos.x),
        pen.painter.round_to_pixel_center(pos.y),
    )
}

/// The least power of two times `finest_u` whose lines are `spacing` points apart.
pub(super) fn step_u(projection: &Projection, finest_u: f32, spacing: f32) -> f32 {
    let mut step = finest_u;
    while projection.points_from_u(step) < spacing && step < 1e6 {
        step *= 2.0;
    }
    step
}

/// Multiples of `step` from `low` to `high`.
fn multiples(low: f32, high: f32, step: f32) -> impl Iterator<Item = f32> {
    let first = (low / step).ceil() as i32;
    let last = (high / step).floor() as i32;
    (first..=last).map(move |nth| nth as f32 * step)
}

/// The world's (west, north) and (east, south) in view.
fn in_view(projection: &Projection) -> ((f32, f32), (f32, f32)) {
    let screen = projection.screen;
    (
        projection.pos_in_world(screen.min),
        projection.pos_in_world(screen.max),
    )
}

/// One mesh: a view has up to a hundred lines.
fn lines(pen: &Pen<'_>, step: f32, colour: Color32) {
    let projection = &pen.projection;
    let ((west, north), (east, south)) = in_view(projection);
    let screen = projection.screen;
    let half = 0.5 / pen.painter.pixels_per_point();
    let mut mesh = Mesh::default();
    for x in multiples(west, east, step) {
        let x = pen
            .painter
            .round_to_pixel_center(projection.pos_in_screen(x, 0.0).x);
        mesh.add_colored_rect(
            Rect::from_x_y_ranges(x - half..=x + half, screen.y_range()),
            colour,
        );
    }
    for y in multiples(south, north, step) {
        let y = pen
            .painter
            .round_to_pixel_center(projection.pos_in_screen(0.0, y).y);
        mesh.add_colored_rect(
            Rect::from_x_y_ranges(screen.x_range(), y - half..=y + half),
            colour,
        );
    }
    pen.painter.add(Shape::mesh(mesh));
}

/// The map without the rulers of the grid.
pub(super) fn inside_rulers(screen: Rect, layers: &Layers) -> Rect {
    if layers.grid {
        Rect::from_min_max(screen.min + RULERS, screen.max)
    } else {
        screen
    }
}

/// Coordinates along the upper and the left edge, above everything that moves under them.
pub(super) fn draw_rulers(pen: &Pen<'_>, layers: &Layers) {
    if !layers.grid {
        return;
    }
    let projection = &pen.projection;
    let step = step_u(projection, FINEST_LABELLED_U, LABELLED_SPACING);
    let ((west, north), (east, south)) = in_view(projection);
    let screen = projection.screen;
    let inside = inside_rulers(screen, layers);
    let ground = pen.theme.window.gamma_multiply(0.85);
    pen.painter
        .rect_filled(screen.with_max_y(inside.top()), 0.0, ground);
    let left = Rect::from_min_max(
        screen.left_top() + Vec2::new(0.0, RULERS.y),
        Pos2::new(inside.left(), screen.bottom()),
    );
    pen.painter.rect_filled(left, 0.0, ground);
    let write = |text: f32, at: Pos2, across: bool| {
        let galley = pen.digits(&format!("{text:.0}"), SMALL, pen.theme.muted);
        let size = galley.size();
        // Numbers end at the same edge, so that they stand under each other.
        let corner = if across {
            at - size / 2.0
        } else {
            Pos2::new(inside.left() - 8.0 - size.x, at.y - size.y / 2.0)
        };
        pen.painter.galley(corner, galley, pen.theme.muted);
    };
    for x in multiples(west, east, step) {
        let at = projection.pos_in_screen(x, 0.0).x;
        if at > inside.left() && at < screen.right() - 20.0 {
            write(x, Pos2::new(at, screen.top() + RULERS.y / 2.0), true);
        }
    }
    for y in multiples(south, north, step) {
        let at = projection.pos_in_screen(0.0, y).y;
        if at > inside.top() + 8.0 && at < screen.bottom() - 8.0 {
            write(y, Pos2::new(0.0, at), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::canvas::camera::Look;

    fn projection(points_per_u: f32) -> Projection {
        Projection {
            look: Look {
                x: 0.0,
                y: 0.0,
                points_per_u,
            },
            screen: Rect::from_min_size(Pos2::ZERO, Vec2::new(800.0, 600.0)),
        }
    }

    #[test]
    fn the_grid_goes_with_the_zoom() {
        assert_eq!(step_u(&projection(0.1), 64.0, 72.0), 1024.0);
        assert_eq!(step_u(&projection(0.3), 64.0, 72.0), 256.0);
        assert_eq!(step_u(&projection(2.0), 64.0, 72.0), 64.0);
        assert_eq!(step_u(&projection(0.1), 512.0, 24.0), 512.0);
        assert_eq!(step_u(&projection(0.02), 512.0, 24.0), 2048.0);
        assert!(step_u(&projection(0.0), 512.0, 24.0).is_finite());
    }

    #[test]
    fn lines_stand_at_round_coordinates() {
        let at: Vec<f32> = multiples(-700.0, 1100.0, 512.0).collect();
        assert_eq!(at, [-512.0, 0.0, 512.0, 1024.0]);
    }
}
