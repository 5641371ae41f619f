//! Values that change evenly across a triangle: colour channels and texture coordinates.

/// A place in the picture in pixels; the centre of the first pixel is (0.5, 0.5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// `N` values, each a plane over the picture given by its value at three points.
///
/// Kept in `f64`: the slopes across a sliver are huge, and only the sum of large terms of opposite sign is small again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planes<const N: usize> {
    origin: Point,
    at_origin: [f64; N],
    per_x: [f64; N],
    per_y: [f64; N],
}

impl<const N: usize> Planes<N> {
    /// The same values everywhere.
    pub(super) fn constant(values: [f64; N]) -> Self {
        Self {
            origin: Point { x: 0.0, y: 0.0 },
            at_origin: values,
            per_x: [0.0; N],
            per_y: [0.0; N],
        }
    }

    /// The planes through the values at the corners of a triangle, which must enclose an area.
    pub(super) fn through(corners: [Point; 3], values: [[f64; N]; 3]) -> Self {
        let [a, b, c] = corners;
        let (ab_x, ab_y) = (b.x - a.x, b.y - a.y);
        let (ac_x, ac_y) = (c.x - a.x, c.y - a.y);
        let scale = 1.0 / (ab_x * ac_y - ac_x * ab_y);
        let mut per_x = [0.0; N];
        let mut per_y = [0.0; N];
        for i in 0..N {
            let ab = values[1][i] - values[0][i];
            let ac = values[2][i] - values[0][i];
            per_x[i] = (ab * ac_y - ac * ab_y) * scale;
            per_y[i] = (ac * ab_x - ab * ac_x) * scale;
        }
        Self {
            origin: a,
            at_origin: values[0],
            per_x,
            per_y,
        }
    }

    /// The values at the centre of a pixel.
    pub(super) fn at_pixel(&self, x: i32, y: i32) -> [f64; N] {
        let dx = f64::from(x) + 0.5 - self.origin.x;
        let dy = f64::from(y) + 0.5 - self.origin.y;
        let mut values = self.at_origin;
        for (i, value) in values.iter_mut().enumerate() {
            *value += dx * self.per_x[i] + dy * self.per_y[i];
        }
        values
    }

    /// The change from one pixel to the next on its right.
    pub(super) fn per_x(&self) -> [f64; N] {
        self.per_x
    }

    /// The change from one pixel to the next below it.
    pub(super) fn per_y(&self) -> [f64; N] {
        self.per_y
    }

    /// The same planes with value `i` multiplied by `factors[i]`.
    pub(super) fn scaled(mut self, factors: [f64; N]) -> Self {
        for (i, factor) in factors.into_iter().enumerate() {
            self.at_origin[i] *= factor;
            self.per_x[i] *= factor;
            self.per_y[i] *= factor;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_go_through_the_corners_and_are_straight_between() {
        let corners = [
            Point { x: 0.5, y: 0.5 },
            Point { x: 8.5, y: 0.5 },
            Point { x: 0.5, y: 4.5 },
        ];
        let planes = Planes::through(corners, [[0.0, 10.0], [80.0, 10.0], [0.0, 50.0]]);
        assert_eq!(planes.at_pixel(0, 0), [0.0, 10.0]);
        assert_eq!(planes.at_pixel(8, 0), [80.0, 10.0]);
        assert_eq!(planes.at_pixel(0, 4), [0.0, 50.0]);
        assert_eq!(planes.at_pixel(4, 2), [40.0, 30.0]);
        assert_eq!(planes.per_x(), [10.0, 0.0]);
        assert_eq!(planes.per_y(), [0.0, 10.0]);
        assert_eq!(planes.scaled([0.5, 2.0]).at_pixel(4, 2), [20.0, 60.0]);
    }
}
