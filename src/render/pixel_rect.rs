//! Rectangles of whole pixels, and how a clip rectangle becomes one.

use eframe::egui::Rect;

/// Whole pixels from `left`/`top` up to but not including `right`/`bottom`.
///
/// Every value is at least zero, and `left <= right`, `top <= bottom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PixelRect {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl PixelRect {
    /// The pixels a clip rectangle (in points) lets through in a picture of `size_px`.
    ///
    /// Each side is rounded to the nearest pixel edge, then bounded by the picture: the rounding of the window's painter. Sides that
    /// are not numbers count as zero.
    pub(super) fn from_clip_rect(
        clip_rect: Rect,
        pixels_per_point: f32,
        size_px: [usize; 2],
    ) -> Self {
        let [width, height] = size_px.map(|side| i32::try_from(side).unwrap_or(i32::MAX));
        let px_from_points = |points: f32| (pixels_per_point * points).round() as i32;
        let left = px_from_points(clip_rect.min.x).clamp(0, width);
        let top = px_from_points(clip_rect.min.y).clamp(0, height);
        Self {
            left,
            top,
            right: px_from_points(clip_rect.max.x).clamp(left, width),
            bottom: px_from_points(clip_rect.max.y).clamp(top, height),
        }
    }

    /// The part of the rectangle between two rows.
    pub(super) fn within_rows(self, top: i32, bottom: i32) -> Self {
        let top = self.top.max(top);
        Self {
            top,
            bottom: self.bottom.min(bottom).max(top),
            ..self
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{Pos2, pos2};

    fn clip(min: Pos2, max: Pos2, pixels_per_point: f32) -> [i32; 4] {
        let rect =
            PixelRect::from_clip_rect(Rect::from_min_max(min, max), pixels_per_point, [10, 8]);
        [rect.left, rect.top, rect.right, rect.bottom]
    }

    #[test]
    fn sides_round_half_away_from_zero() {
        assert_eq!(clip(pos2(1.5, 2.4), pos2(4.5, 6.49), 1.0), [2, 2, 5, 6]);
        assert_eq!(clip(pos2(0.75, 0.7), pos2(2.0, 2.2), 2.0), [2, 1, 4, 4]);
    }

    #[test]
    fn sides_stay_inside_the_picture_and_in_order() {
        assert_eq!(
            clip(pos2(-9.0, -1.0), pos2(99.0, f32::INFINITY), 1.0),
            [0, 0, 10, 8]
        );
        assert_eq!(clip(pos2(7.0, 5.0), pos2(3.0, 1.0), 1.0), [7, 5, 7, 5]);
        assert_eq!(
            clip(pos2(f32::NAN, f32::NAN), pos2(f32::NAN, 4.0), 1.0),
            [0, 0, 0, 4]
        );
    }
}
