//! The world rectangle of a map's command map picture, and the way between world and picture.
//!
//! World x runs east and world y north, in ET units (u). The picture's `u` runs from its left edge (0) to its right (1) and `v` from its top
//! (0) to its bottom (1). The rectangle is what the map's worldspawn says: `mapcoordsmins` is the picture's *top-left* corner (least x,
//! *greatest* y), `mapcoordsmaxs` its bottom-right one; therefore `top > bottom` and
//!
//! ```text
//! u = (x - left) / (right - left)        v = (y - top) / (bottom - top)
//! ```
//!
//! as in the engine's `cg_commandmap.c`. Nothing is clamped: people do stand outside the picture, and a point moved to its edge would be a lie.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Spans below this are refused: dividing by them gives no place, only noise.
pub const MIN_SPAN_U: f32 = 1e-4;

/// The least side of a rectangle fitted to points, so that a single point has surroundings.
pub const MIN_FITTED_SPAN_U: f32 = 512.0;

/// A rectangle of the world, in u, with `left < right` and `top > bottom`, all finite.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Corners", into = "Corners")]
pub struct WorldRect {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

/// Why four numbers are no [`WorldRect`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundsError {
    /// A corner, or the distance between two, is not a finite number.
    NotFinite,
    /// A side is shorter than [`MIN_SPAN_U`].
    Degenerate,
    /// `left > right` or `top < bottom`: corners exchanged.
    Flipped,
}

impl fmt::Display for BoundsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFinite => "the map's corners are not finite numbers",
            Self::Degenerate => "the map's corners lie on one line",
            Self::Flipped => "the map's corners are exchanged: left must be less than right, and top greater than bottom",
        })
    }
}

impl std::error::Error for BoundsError {}

impl WorldRect {
    /// The rectangle with these edges.
    ///
    /// # Errors
    /// When they are not finite, exchanged, or less than [`MIN_SPAN_U`] apart.
    pub fn new(left: f32, top: f32, right: f32, bottom: f32) -> Result<Self, BoundsError> {
        let (width, height) = (right - left, top - bottom);
        if !(width.is_finite() && height.is_finite()) {
            Err(BoundsError::NotFinite)
        } else if width.abs() < MIN_SPAN_U || height.abs() < MIN_SPAN_U {
            Err(BoundsError::Degenerate)
        } else if width < 0.0 || height < 0.0 {
            Err(BoundsError::Flipped)
        } else {
            Ok(Self {
                left,
                top,
                right,
                bottom,
            })
        }
    }

    /// A rectangle for a map of which nothing is known: around all points (x, y), with `margin_u` on every side and no side shorter than
    /// [`MIN_FITTED_SPAN_U`]. Points that are not finite are passed over; a margin that is negative or not finite counts as 0. `None`
    /// without a point.
    pub fn fit(points: impl IntoIterator<Item = (f32, f32)>, margin_u: f32) -> Option<Self> {
        let (west, south, east, north) = points
            .into_iter()
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .map(|(x, y)| (x, y, x, y))
            .reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)))?;
        let margin_u = if margin_u.is_finite() {
            margin_u.max(0.0)
        } else {
            0.0
        };
        let grow = |span: f32| margin_u.max((MIN_FITTED_SPAN_U - span) / 2.0);
        let (across, along) = (grow(east - west), grow(north - south));
        Self::new(west - across, north + along, east + across, south - along).ok()
    }

    /// Least x.
    pub fn left(&self) -> f32 {
        self.left
    }

    /// Greatest y.
    pub fn top(&self) -> f32 {
        self.top
    }

    /// Greatest x.
    pub fn right(&self) -> f32 {
        self.right
    }

    /// Least y.
    pub fn bottom(&self) -> f32 {
        self.bottom
    }

    /// Extent along x in u, above 0.
    pub fn width_u(&self) -> f32 {
        self.right - self.left
    }

    /// Extent along y in u, above 0.
    pub fn height_u(&self) -> f32 {
        self.top - self.bottom
    }

    /// Middle (x, y).
    pub fn centre(&self) -> (f32, f32) {
        (
            self.left.midpoint(self.right),
            self.bottom.midpoint(self.top),
        )
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, x: f32, y: f32) -> bool {
        (self.left..=self.right).contains(&x) && (self.bottom..=self.top).contains(&y)
    }

    /// The picture's (u, v) of a world point (x, y); outside 0 to 1 for points outside.
    pub fn uv_from_world(&self, x: f32, y: f32) -> (f32, f32) {
        (
            (x - self.left) / self.width_u(),
            (self.top - y) / self.height_u(),
        )
    }

    /// The world point (x, y) of the picture's (u, v); inverse of [`uv_from_world`](Self::uv_from_world).
    pub fn world_from_uv(&self, u: f32, v: f32) -> (f32, f32) {
        (
            self.left + u * self.width_u(),
            self.top - v * self.height_u(),
        )
    }
}

/// The rectangle as it is written down.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Corners {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl TryFrom<Corners> for WorldRect {
    type Error = BoundsError;

    fn try_from(corners: Corners) -> Result<Self, BoundsError> {
        Self::new(corners.left, corners.top, corners.right, corners.bottom)
    }
}

impl From<WorldRect> for Corners {
    fn from(rect: WorldRect) -> Self {
        Self {
            left: rect.left,
            top: rect.top,
            right: rect.right,
            bottom: rect.bottom,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn braundorf() -> WorldRect {
        WorldRect::new(-1536.0, 2560.0, 7424.0, -6400.0).unwrap()
    }

    #[test]
    fn corners_of_the_picture_are_corners_of_the_world() {
        let rect = braundorf();
        assert_eq!(rect.uv_from_world(-1536.0, 2560.0), (0.0, 0.0));
        assert_eq!(rect.uv_from_world(7424.0, -6400.0), (1.0, 1.0));
        assert_eq!(rect.uv_from_world(2944.0, -1920.0), (0.5, 0.5));
        assert_eq!(rect.centre(), (2944.0, -1920.0));
        assert_eq!((rect.width_u(), rect.height_u()), (8960.0, 8960.0));
    }

    #[test]
    fn north_is_up_and_east_is_right() {
        let rect = braundorf();
        let (u, v) = rect.uv_from_world(0.0, 0.0);
        assert!(rect.uv_from_world(0.0, 100.0).1 < v);
        assert!(rect.uv_from_world(100.0, 0.0).0 > u);
    }

    #[test]
    fn points_outside_stay_outside() {
        let rect = WorldRect::new(-100.0, 50.0, 100.0, -50.0).unwrap();
        assert_eq!(rect.uv_from_world(300.0, 100.0), (2.0, -0.5));
        assert_eq!(rect.world_from_uv(2.0, -0.5), (300.0, 100.0));
        assert!(!rect.contains(300.0, 0.0));
        assert!(rect.contains(100.0, -50.0));
        assert!(!rect.contains(f32::NAN, 0.0));
    }

    #[test]
    fn the_axes_have_scales_of_their_own() {
        // etl_beach, the one known map that is not square.
        let rect = WorldRect::new(-5688.0, 6056.0, 4492.0, -4625.0).unwrap();
        assert_eq!((rect.width_u(), rect.height_u()), (10180.0, 10681.0));
        let (u, v) = rect.uv_from_world(-5688.0 + 5090.0, 6056.0 - 5090.0);
        assert_eq!(u, 0.5);
        assert!((v - 0.476_547).abs() < 1e-5, "{v}");
    }

    #[test]
    fn there_and_back_is_the_same_place() {
        let rect = WorldRect::new(-5688.0, 6056.0, 4492.0, -4625.0).unwrap();
        for (x, y) in [
            (-5688.0, 6056.0),
            (12.5, -44.25),
            (9000.0, 9000.0),
            (-1234.5, 4321.0),
        ] {
            let (u, v) = rect.uv_from_world(x, y);
            let (x2, y2) = rect.world_from_uv(u, v);
            assert!(
                (x - x2).abs() < 0.01 && (y - y2).abs() < 0.01,
                "({x}, {y}) came back as ({x2}, {y2})"
            );
        }
    }

    #[test]
    fn senseless_rectangles_are_refused() {
        let refused = |l, t, r, b| WorldRect::new(l, t, r, b).unwrap_err();
        assert_eq!(refused(0.0, 1.0, 0.0, 0.0), BoundsError::Degenerate);
        assert_eq!(refused(0.0, 1.0, 0.000_09, 0.0), BoundsError::Degenerate);
        assert_eq!(refused(0.0, 5.0, 1.0, 5.0), BoundsError::Degenerate);
        assert_eq!(refused(1.0, 1.0, 0.0, 0.0), BoundsError::Flipped);
        assert_eq!(refused(0.0, 0.0, 1.0, 1.0), BoundsError::Flipped);
        assert_eq!(refused(f32::NAN, 1.0, 1.0, 0.0), BoundsError::NotFinite);
        assert_eq!(
            refused(0.0, f32::INFINITY, 1.0, 0.0),
            BoundsError::NotFinite
        );
        assert_eq!(
            refused(f32::MIN, 1.0, f32::MAX, 0.0),
            BoundsError::NotFinite
        );
        assert!(WorldRect::new(0.0, 1.0, 0.001, 0.0).is_ok());
    }

    #[test]
    fn fitting_goes_around_all_points() {
        let points = [
            (0.0, 0.0),
            (f32::NAN, 9e9),
            (1000.0, -2000.0),
            (400.0, 600.0),
        ];
        let rect = WorldRect::fit(points, 100.0).unwrap();
        assert_eq!(
            rect,
            WorldRect::new(-100.0, 700.0, 1100.0, -2100.0).unwrap()
        );
    }

    #[test]
    fn fitting_one_point_gives_it_surroundings() {
        let expected = WorldRect::new(-156.0, 306.0, 356.0, -206.0).unwrap();
        assert_eq!(WorldRect::fit([(100.0, 50.0)], 0.0), Some(expected));
        assert_eq!(WorldRect::fit([(100.0, 50.0)], -5.0), Some(expected));
        assert_eq!(WorldRect::fit([(100.0, 50.0)], f32::NAN), Some(expected));
    }

    #[test]
    fn nothing_cannot_be_fitted() {
        assert_eq!(WorldRect::fit([], 100.0), None);
        assert_eq!(WorldRect::fit([(f32::INFINITY, 0.0)], 100.0), None);
        assert_eq!(
            WorldRect::fit([(f32::MIN, 0.0), (f32::MAX, 0.0)], 100.0),
            None
        );
    }

    #[test]
    fn written_rectangles_are_checked_when_read() {
        let rect = braundorf();
        let text = serde_json::to_string(&rect).unwrap();
        assert_eq!(
            text,
            r#"{"left":-1536.0,"top":2560.0,"right":7424.0,"bottom":-6400.0}"#
        );
        assert_eq!(serde_json::from_str::<WorldRect>(&text).unwrap(), rect);
        let flipped = r#"{"left":0,"top":0,"right":1,"bottom":1}"#;
        let error = serde_json::from_str::<WorldRect>(flipped).unwrap_err();
        assert!(error.to_string().contains("exchanged"), "{error}");
    }
}
