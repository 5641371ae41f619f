//! From a mesh to shapes with brushes: looks up vertices, leaves out what cannot be seen, finds rectangles.

use super::brush::{Band, Brush};
use super::coverage::{Rectangle, Triangle, snap};
use super::pixel_rect::PixelRect;
use super::plane::Point;
use super::texture::Texture;
use eframe::egui::epaint::{Mesh, Vertex};
use eframe::egui::{Pos2, Rect, pos2};

/// What all triangles of a mesh have in common.
pub(super) struct MeshPainter<'a> {
    brush: Brush<'a>,
    pixels_per_point: f64,
    clip: PixelRect,
    /// The clip rectangle in points with a margin of a pixel: whatever lies on one side of it is invisible.
    visible: Rect,
}

impl<'a> MeshPainter<'a> {
    pub(super) fn new(texture: &'a Texture, pixels_per_point: f32, clip: PixelRect) -> Self {
        let points = |x: i32, y: i32| pos2(x as f32, y as f32) / pixels_per_point;
        Self {
            brush: Brush::new(texture),
            pixels_per_point: f64::from(pixels_per_point),
            clip,
            visible: Rect::from_min_max(
                points(clip.left - 1, clip.top - 1),
                points(clip.right.saturating_add(1), clip.bottom.saturating_add(1)),
            ),
        }
    }

    /// Paints the part of the mesh that lies in the band. Triangles with an index that leads nowhere are left out.
    pub(super) fn paint(&self, band: &mut Band<'_>, mesh: &Mesh) {
        let mut indices = mesh.indices.as_slice();
        while let [a, b, c, rest @ ..] = indices {
            if self.paint_rectangle(band, mesh, indices).is_some() {
                indices = &rest[3..];
                continue;
            }
            if let Some(vertices) = vertices(mesh, [*a, *b, *c]) {
                self.paint_triangle(band, vertices);
            }
            indices = rest;
        }
    }

    fn paint_triangle(&self, band: &mut Band<'_>, vertices: [&Vertex; 3]) {
        if self.is_out_of_sight(vertices.map(|vertex| vertex.pos)) {
            return;
        }
        let corners = vertices.map(|vertex| self.px_from_points(vertex.pos));
        if let Some(triangle) = Triangle::new(corners, self.clip) {
            self.brush.paint(band, &triangle, corners, vertices);
        }
    }

    /// Paints the next two triangles as one rectangle; `None` when they are not one.
    fn paint_rectangle(&self, band: &mut Band<'_>, mesh: &Mesh, indices: &[u32]) -> Option<()> {
        let quad = vertices(mesh, next_quad(indices)?)?;
        if !is_rectangle(quad) {
            return None;
        }
        let [corner, beside, below, opposite] = quad;
        if self.is_out_of_sight([corner.pos, opposite.pos, opposite.pos]) {
            return Some(());
        }
        let corners = [corner, beside, below].map(|vertex| self.px_from_points(vertex.pos));
        let far = self.px_from_points(opposite.pos);
        if let Some(rectangle) = Rectangle::new(corners[0], far, self.clip) {
            let vertices = [corner, beside, below];
            self.brush.paint(band, &rectangle, corners, vertices);
        }
        Some(())
    }

    /// All corners lie beyond the same side. Cheap, because with many bands most triangles end here.
    fn is_out_of_sight(&self, corners: [Pos2; 3]) -> bool {
        let [a, b, c] = corners;
        let (min, max) = (self.visible.min, self.visible.max);
        (a.y < min.y && b.y < min.y && c.y < min.y)
            || (a.y > max.y && b.y > max.y && c.y > max.y)
            || (a.x < min.x && b.x < min.x && c.x < min.x)
            || (a.x > max.x && b.x > max.x && c.x > max.x)
    }

    fn px_from_points(&self, pos: Pos2) -> Point {
        let [x, y] = [pos.x, pos.y].map(|points| f64::from(points) * self.pixels_per_point);
        snap(x, y)
    }
}

fn vertices<const N: usize>(mesh: &Mesh, indices: [u32; N]) -> Option<[&Vertex; N]> {
    let mut found = [mesh.vertices.first()?; N];
    for (vertex, index) in found.iter_mut().zip(indices) {
        *vertex = mesh.vertices.get(index as usize)?;
    }
    Some(found)
}

/// The four corners when the next two triangles share an edge in one of the ways egui builds rectangles: first a corner, then the
/// ends of the shared edge, then the opposite corner.
fn next_quad(indices: &[u32]) -> Option<[u32; 4]> {
    match *indices {
        [a, b, c, d, e, f, ..] if d == c && e == b => Some([a, b, c, f]),
        [a, b, c, d, e, f, ..] if d == a && e == c => Some([b, a, c, f]),
        _ => None,
    }
}

/// The quad lies along the axes, in the picture and in the texture, and has one colour.
fn is_rectangle(quad: [&Vertex; 4]) -> bool {
    // Places first: that is where the quads of a trail, by far the most, differ.
    lies_along_axes(quad.map(|vertex| vertex.pos))
        && quad.iter().all(|vertex| vertex.color == quad[0].color)
        && is_mapped_straight(quad)
}

/// Each end of the shared edge is in one row with one of the two corners, and in one column with the other.
fn lies_along_axes([corner, first, second, opposite]: [Pos2; 4]) -> bool {
    let boxed = |beside: Pos2, below: Pos2| {
        corner.y == beside.y
            && corner.x == below.x
            && opposite.x == beside.x
            && opposite.y == below.y
    };
    boxed(first, second) || boxed(second, first)
}

/// The fourth corner's texture coordinates follow from those of the other three.
fn is_mapped_straight(quad: [&Vertex; 4]) -> bool {
    let [corner, first, second, opposite] = quad.map(|vertex| vertex.uv);
    // Place by place, because comparing points that are not numbers is a panic in debug builds.
    let same = |a: Pos2, b: Pos2| a.x == b.x && a.y == b.y;
    let one_texel = same(corner, first) && same(corner, second) && same(corner, opposite);
    one_texel || lies_along_axes([corner, first, second, opposite])
}
