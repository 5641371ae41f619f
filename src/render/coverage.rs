//! Which pixels a shape covers: runs of pixels, row by row.
//!
//! A pixel is covered when its centre lies inside. A centre exactly on an edge belongs to the shape when the edge is a left or a top
//! one, so two shapes that share an edge neither both paint a pixel of it nor both leave it out. This holds because a shared edge is
//! computed from the same two points in the same order on both sides, whatever the triangle around it.
//!
//! Rows are walked instead of testing every pixel of the bounding box: most triangles of a user interface and nearly all of a trail
//! are thin, and their boxes are nearly empty.

use super::pixel_rect::PixelRect;
use super::plane::Point;

/// Covered pixels of row `y` from `left` up to but not including `right`; never empty, never outside the clip rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) y: i32,
    pub(super) left: i32,
    pub(super) right: i32,
}

/// Something that covers pixels.
pub(super) trait Coverage {
    /// Hands out the covered runs, from top to bottom.
    fn for_each_run(&self, emit: impl FnMut(Run));
}

/// Adding and taking away this number rounds an `f64` to a multiple of 1/256: at this size its last bit is worth 1/256.
const SNAP: f64 = 26_388_279_066_624.0;

/// Decides ties. Larger than the rounding error of an edge, smaller than the distance to the next possible crossing that is not a
/// tie: an edge of height `h` pixels crosses rows at multiples of 1/(256 * 256 * h).
const TIE: f64 = 1.0 / (1_u64 << 34) as f64;

/// The place of a vertex in the picture, on the grid of 1/256 pixel that graphics cards use.
///
/// Snapping is what makes "exactly on an edge" a matter of arithmetic instead of luck.
pub(super) fn snap(x_px: f64, y_px: f64) -> Point {
    Point {
        x: (x_px + SNAP) - SNAP,
        y: (y_px + SNAP) - SNAP,
    }
}

/// A side of the clip rectangle, ready for comparing with edges.
#[derive(Clone, Copy)]
struct Bounds {
    low: f64,
    high: f64,
}

impl Bounds {
    fn new(low: i32, high: i32) -> Self {
        Self {
            low: f64::from(low),
            high: f64::from(high),
        }
    }

    /// The first pixel, within the bounds, whose centre is at or behind `edge`; the lower bound if `edge` is not a number.
    ///
    /// A centre is half a pixel behind the pixel's number, so this is the whole number nearest to `edge`.
    #[inline]
    fn first_centre(self, edge: f64) -> i32 {
        // At this size the last bit of an f64 is worth one: adding it rounds, and leaves the whole number in the lowest bits.
        const ROUND: f64 = (1_u64 << 52) as f64;
        let place = edge - TIE;
        let place = if place > self.low { place } else { self.low };
        let place = if place < self.high { place } else { self.high };
        (place + ROUND).to_bits() as i32
    }
}

/// A side of a triangle that is not horizontal, from its upper end down.
struct Edge {
    from: Point,
    slope: f64,
}

impl Edge {
    fn new(upper: Point, lower: Point) -> Self {
        Self {
            from: upper,
            slope: (lower.x - upper.x) / (lower.y - upper.y),
        }
    }

    fn x_at(&self, y: f64) -> f64 {
        self.from.x + (y - self.from.y) * self.slope
    }
}

/// A triangle that covers at least one row of the clip rectangle.
pub(super) struct Triangle {
    /// From top to bottom.
    corners: [Point; 3],
    /// The edge from the first to the last corner is on the left.
    long_edge_is_left: bool,
    /// The first row of each corner; the last one is the first row below the triangle.
    rows: [i32; 3],
    columns: Bounds,
}

impl Triangle {
    /// `None` when the triangle covers nothing of `clip`, has no area or a corner that is not a finite number.
    pub(super) fn new(corners: [Point; 3], clip: PixelRect) -> Option<Self> {
        let [a, b, c] = sorted_by_y(corners);
        let row_bounds = Bounds::new(clip.top, clip.bottom);
        let rows = [a, b, c].map(|corner| row_bounds.first_centre(corner.y));
        if rows[0] >= rows[2] {
            return None;
        }
        let column_bounds = Bounds::new(clip.left, clip.right);
        let left = column_bounds.first_centre(a.x.min(b.x).min(c.x));
        let right = column_bounds.first_centre(a.x.max(b.x).max(c.x));
        if left >= right {
            return None;
        }
        let area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        area.is_normal().then_some(Self {
            corners: [a, b, c],
            long_edge_is_left: area > 0.0,
            rows,
            columns: Bounds::new(left, right),
        })
    }

    #[inline]
    fn section(
        &self,
        rows: std::ops::Range<i32>,
        long: &Edge,
        short: &Edge,
        emit: &mut impl FnMut(Run),
    ) {
        let (left_edge, right_edge) = if self.long_edge_is_left {
            (long, short)
        } else {
            (short, long)
        };
        for y in rows {
            let centre = f64::from(y) + 0.5;
            let left = self.columns.first_centre(left_edge.x_at(centre));
            let right = self.columns.first_centre(right_edge.x_at(centre));
            if left < right {
                emit(Run { y, left, right });
            }
        }
    }
}

impl Coverage for Triangle {
    #[inline]
    fn for_each_run(&self, mut emit: impl FnMut(Run)) {
        let [a, b, c] = self.corners;
        let [top, middle, bottom] = self.rows;
        let long = Edge::new(a, c);
        if top < middle {
            self.section(top..middle, &long, &Edge::new(a, b), &mut emit);
        }
        if middle < bottom {
            self.section(middle..bottom, &long, &Edge::new(b, c), &mut emit);
        }
    }
}

/// Two triangles that together are a rectangle along the axes: glyphs, pictures, panels.
pub(super) struct Rectangle {
    pixels: PixelRect,
}

impl Rectangle {
    /// The rectangle between two opposite corners; `None` when it covers nothing of `clip` or is not finite.
    pub(super) fn new(corner: Point, opposite: Point, clip: PixelRect) -> Option<Self> {
        let area = (corner.x - opposite.x) * (corner.y - opposite.y);
        let column = |x: f64| Bounds::new(clip.left, clip.right).first_centre(x);
        let row = |y: f64| Bounds::new(clip.top, clip.bottom).first_centre(y);
        let pixels = PixelRect {
            left: column(corner.x.min(opposite.x)),
            top: row(corner.y.min(opposite.y)),
            right: column(corner.x.max(opposite.x)),
            bottom: row(corner.y.max(opposite.y)),
        };
        (area.is_normal() && !pixels.is_empty()).then_some(Self { pixels })
    }
}

impl Coverage for Rectangle {
    #[inline]
    fn for_each_run(&self, mut emit: impl FnMut(Run)) {
        let PixelRect {
            left,
            top,
            right,
            bottom,
        } = self.pixels;
        for y in top..bottom {
            emit(Run { y, left, right });
        }
    }
}

fn sorted_by_y([mut a, mut b, mut c]: [Point; 3]) -> [Point; 3] {
    if b.y < a.y {
        std::mem::swap(&mut a, &mut b);
    }
    if c.y < b.y {
        std::mem::swap(&mut b, &mut c);
        if b.y < a.y {
            std::mem::swap(&mut a, &mut b);
        }
    }
    [a, b, c]
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIP: PixelRect = PixelRect {
        left: 0,
        top: 0,
        right: 16,
        bottom: 16,
    };

    fn runs(shape: Option<impl Coverage>) -> Vec<(i32, i32, i32)> {
        let mut found = Vec::new();
        if let Some(shape) = shape {
            shape.for_each_run(|run| found.push((run.y, run.left, run.right)));
        }
        found
    }

    fn triangle(corners: [(f64, f64); 3]) -> Vec<(i32, i32, i32)> {
        runs(Triangle::new(corners.map(|(x, y)| snap(x, y)), CLIP))
    }

    #[test]
    fn points_land_on_the_grid() {
        assert_eq!(snap(1.001, -2.999), Point { x: 1.0, y: -3.0 });
        assert_eq!(snap(0.004, 7.502).x, 1.0 / 256.0);
        assert_eq!(snap(0.004, 7.502).y, 7.5 + 1.0 / 256.0);
    }

    #[test]
    fn centres_on_a_left_or_top_edge_belong_and_others_do_not() {
        let lower_left = triangle([(0.5, 0.5), (0.5, 4.5), (4.5, 4.5)]);
        assert_eq!(lower_left, [(1, 0, 1), (2, 0, 2), (3, 0, 3)]);
        let upper_right = triangle([(0.5, 0.5), (4.5, 0.5), (4.5, 4.5)]);
        assert_eq!(upper_right, [(0, 0, 4), (1, 1, 4), (2, 2, 4), (3, 3, 4)]);
    }

    #[test]
    fn the_order_of_corners_does_not_matter() {
        let (a, b, c) = ((1.2, 0.3), (14.9, 7.7), (3.3, 15.1));
        let expected = triangle([a, b, c]);
        assert!(expected.len() > 10);
        for corners in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
            assert_eq!(triangle(corners), expected);
        }
    }

    #[test]
    fn a_slope_of_one_third_hits_its_ties_exactly() {
        // The edge passes through the centres (3.5, 1.5) and (6.5, 2.5); they belong to the triangle on its right.
        let right = triangle([(0.5, 0.5), (9.5, 3.5), (9.5, 0.5)]);
        assert_eq!(right, [(0, 0, 9), (1, 3, 9), (2, 6, 9)]);
        let left = triangle([(0.5, 0.5), (9.5, 3.5), (0.5, 3.5)]);
        assert_eq!(left, [(1, 0, 3), (2, 0, 6)]);
    }

    #[test]
    fn shapes_without_area_or_with_broken_corners_cover_nothing() {
        assert!(triangle([(1.0, 1.0), (5.0, 5.0), (9.0, 9.0)]).is_empty());
        for broken in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(triangle([(1.0, broken), (5.0, 9.0), (9.0, 1.0)]).is_empty());
            assert!(triangle([(broken, 1.0), (5.0, 1.0), (9.0, 9.0)]).is_empty());
            let rectangle = Rectangle::new(snap(1.0, broken), snap(9.0, 9.0), CLIP);
            assert!(runs(rectangle).is_empty());
        }
    }

    #[test]
    fn a_triangle_far_larger_than_the_picture_covers_all_of_it() {
        let all: Vec<_> = (0..16).map(|y| (y, 0, 16)).collect();
        assert_eq!(
            triangle([(-1e30, -1e30), (3e30, -1e30), (-1e30, 3e30)]),
            all
        );
    }

    #[test]
    fn a_rectangle_covers_what_its_two_triangles_cover() {
        let (left, top, right, bottom) = (2.5, 3.25, 9.5, 7.75);
        let rectangle = runs(Rectangle::new(snap(right, top), snap(left, bottom), CLIP));
        let mut cells = triangle([(left, top), (right, top), (left, bottom)]);
        cells.extend(triangle([(right, top), (left, bottom), (right, bottom)]));
        let count = |runs: &[(i32, i32, i32)]| runs.iter().map(|run| run.2 - run.1).sum::<i32>();
        assert_eq!(rectangle.first(), Some(&(3, 2, 9)));
        assert_eq!(count(&rectangle), 7 * 5);
        assert_eq!(count(&rectangle), count(&cells));
    }
}
