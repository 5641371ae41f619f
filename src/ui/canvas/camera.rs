//! Where the canvas looks: world to screen and back, zoom, pan, fit, follow. Pure; knows no painter and no clock.
//!
//! World x runs east and y north, in ET units (u); screen x runs right and y down, in points. Both axes have the same scale, so that
//! a circle on the ground is a circle on the screen.

use crate::maps::bounds::WorldRect;
use eframe::egui::{Pos2, Rect, Vec2};

/// Room between the ground and the edge of the canvas when all of it is shown, points.
const FIT_MARGIN: f32 = 24.0;
/// Closest view: a player's box (36 u) is then as wide as a palm of 72 points.
const CLOSEST_POINTS_PER_U: f32 = 2.0;
/// Farthest view, as a part of the scale that shows the whole ground.
const FARTHEST_OF_FIT: f32 = 0.5;
/// Following from a view of the whole ground would move nothing anybody can see; this much of the world fits the shorter side then, u.
const FOLLOW_SPAN_U: f32 = 2600.0;

/// A view: the world point in the middle and the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// World x in the middle, u.
    pub(super) x: f32,
    /// World y in the middle, u.
    pub(super) y: f32,
    /// Scale.
    pub(super) points_per_u: f32,
}

/// One view on one piece of screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Projection {
    /// What is looked at.
    pub(super) look: Look,
    /// Where on the screen.
    pub(super) screen: Rect,
}

impl Projection {
    /// Screen position of a world point.
    #[inline]
    pub(super) fn pos_in_screen(&self, x: f32, y: f32) -> Pos2 {
        let middle = self.screen.center();
        let scale = self.look.points_per_u;
        Pos2::new(
            middle.x + (x - self.look.x) * scale,
            middle.y - (y - self.look.y) * scale,
        )
    }

    /// World point (x, y) under a screen position.
    pub(super) fn pos_in_world(&self, pos: Pos2) -> (f32, f32) {
        let from_middle = (pos - self.screen.center()) / self.look.points_per_u;
        (self.look.x + from_middle.x, self.look.y - from_middle.y)
    }

    /// Length on the screen of so many units, points.
    pub(super) fn points_from_u(&self, length_u: f32) -> f32 {
        length_u * self.look.points_per_u
    }

    /// Where a rectangle of the world lies on the screen.
    pub(super) fn rect_in_screen(&self, rect: &WorldRect) -> Rect {
        Rect::from_min_max(
            self.pos_in_screen(rect.left(), rect.top()),
            self.pos_in_screen(rect.right(), rect.bottom()),
        )
    }
}

/// The scale and place that show all of `ground` on `screen` with a margin.
fn look_at_all(screen: Rect, ground: &WorldRect) -> Look {
    let (x, y) = ground.centre();
    let room = (screen.size() - Vec2::splat(2.0 * FIT_MARGIN)).max(Vec2::splat(16.0));
    let points_per_u = (room.x / ground.width_u()).min(room.y / ground.height_u());
    Look { x, y, points_per_u }
}

/// The canvas' camera.
#[derive(Clone, Debug, Default)]
pub(super) struct Camera {
    /// What is drawn; `None` before the first frame.
    shown: Option<Look>,
    /// What it moves towards.
    target: Option<Look>,
    /// Moved away from "all of the ground".
    is_free: bool,
    /// Of the last frame.
    place: Option<(Rect, WorldRect)>,
}

impl Camera {
    /// Tells the camera where it draws and over which ground. A new ground is shown whole at once.
    pub(super) fn begin(&mut self, screen: Rect, ground: WorldRect) {
        let last = self.place.replace((screen, ground));
        if last.is_none_or(|(_, last)| last != ground) {
            self.is_free = false;
            self.shown = None;
        }
        if !self.is_free {
            self.target = Some(look_at_all(screen, &ground));
            // Only a wish to see all is eased; a window that changes its size is followed at once.
            if last.is_some_and(|(last, _)| last != screen) {
                self.shown = None;
            }
        }
        self.shown = self.shown.or(self.target);
    }

    /// Moves the drawn view towards where it shall be. `ease_s` is the time that takes (nearly); 0 switches easing off. True while
    /// there is still way to go.
    pub(super) fn advance(&mut self, dt_s: f32, ease_s: f32) -> bool {
        let (Some(shown), Some(target)) = (self.shown, self.target) else {
            return false;
        };
        let is_over = ease_s <= 0.0 || dt_s >= ease_s;
        let part = if is_over {
            1.0
        } else {
            1.0 - (-3.0 * dt_s / ease_s).exp()
        };
        let ratio = target.points_per_u / shown.points_per_u;
        let next = Look {
            x: shown.x + (target.x - shown.x) * part,
            y: shown.y + (target.y - shown.y) * part,
            points_per_u: shown.points_per_u * ratio.powf(part),
        };
        let way = Vec2::new(target.x - next.x, target.y - next.y).length() * target.points_per_u;
        let is_there = way < 0.25 && (target.points_per_u / next.points_per_u - 1.0).abs() < 1e-3;
        self.shown = Some(if is_there { target } else { next });
        !is_there
    }

    /// The view to draw with.
    pub(super) fn projection(&self) -> Option<Projection> {
        let (screen, _) = self.place?;
        self.shown.map(|look| Projection { look, screen })
    }

    /// Whether all of the ground is shown, or about to be.
    pub(super) const fn is_fitted(&self) -> bool {
        !self.is_free
    }

    /// Shows all of the ground.
    pub(super) fn fit(&mut self) {
        self.is_free = false;
        if let Some((screen, ground)) = self.place {
            self.target = Some(look_at_all(screen, &ground));
        }
    }

    /// Zooms at once so that the world point under `pointer` stays there.
    pub(super) fn zoom_about(&mut self, pointer: Pos2, factor: f32) {
        let Some(before) = self.projection() else {
            return;
        };
        let (x, y) = before.pos_in_world(pointer);
        let mut look = before.look;
        look.points_per_u = self.clamped_scale(look.points_per_u * factor);
        let moved = (pointer - before.screen.center()) / look.points_per_u;
        (look.x, look.y) = (x - moved.x, y + moved.y);
        self.set_at_once(look);
    }

    /// Moves the ground with the pointer, at once.
    pub(super) fn drag_by(&mut self, points: Vec2) {
        if let Some(look) = self.shown {
            self.set_at_once(moved(look, points));
        }
    }

    /// Zooms about the middle, eased.
    pub(super) fn zoom_by(&mut self, factor: f32) {
        if let Some(mut look) = self.target {
            look.points_per_u = self.clamped_scale(look.points_per_u * factor);
            self.set_target(look);
        }
    }

    /// Moves the ground by so many points, eased.
    pub(super) fn pan_by(&mut self, points: Vec2) {
        if let Some(look) = self.target {
            self.set_target(moved(look, points));
        }
    }

    /// Brings a world point to the middle, eased.
    pub(super) fn look_at(&mut self, x: f32, y: f32) {
        if let Some(look) = self.target {
            self.set_target(Look { x, y, ..look });
        }
    }

    /// Keeps a world point in the middle, eased; from a view of everything it comes closer first.
    pub(super) fn follow(&mut self, x: f32, y: f32) {
        let (Some(mut look), Some((screen, _))) = (self.target, self.place) else {
            return;
        };
        if !self.is_free {
            let near = screen.size().min_elem() / FOLLOW_SPAN_U;
            look.points_per_u = self.clamped_scale(near.max(look.points_per_u));
        }
        self.set_target(Look { x, y, ..look });
    }

    fn set_target(&mut self, look: Look) {
        self.is_free = true;
        self.target = Some(self.kept_near(look));
    }

    fn set_at_once(&mut self, look: Look) {
        self.set_target(look);
        self.shown = self.target;
    }

    fn clamped_scale(&self, points_per_u: f32) -> f32 {
        let Some((screen, ground)) = self.place else {
            return points_per_u;
        };
        let all = look_at_all(screen, &ground).points_per_u;
        points_per_u.clamp(all * FARTHEST_OF_FIT, CLOSEST_POINTS_PER_U.max(all))
    }

    /// The middle stays within one ground's size around the ground: people do stand outside of it, but nobody must lose it.
    fn kept_near(&self, look: Look) -> Look {
        let Some((_, ground)) = self.place else {
            return look;
        };
        let (width, height) = (ground.width_u(), ground.height_u());
        Look {
            x: look.x.clamp(ground.left() - width, ground.right() + width),
            y: look
                .y
                .clamp(ground.bottom() - height, ground.top() + height),
            ..look
        }
    }
}

fn moved(look: Look, points: Vec2) -> Look {
    Look {
        x: look.x - points.x / look.points_per_u,
        y: look.y + points.y / look.points_per_u,
        ..look
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{pos2, vec2};

    fn screen() -> Rect {
        Rect::from_min_size(pos2(100.0, 50.0), vec2(1048.0, 648.0))
    }

    fn ground() -> WorldRect {
        WorldRect::new(-2000.0, 3000.0, 4000.0, -1000.0).unwrap()
    }

    fn camera() -> Camera {
        let mut camera = Camera::default();
        camera.begin(screen(), ground());
        camera
    }

    fn assert_near(a: Pos2, b: Pos2) {
        assert!((a - b).length() < 0.01, "{a:?} is not {b:?}");
    }

    #[test]
    fn north_is_up_and_both_axes_have_one_scale() {
        let projection = camera().projection().unwrap();
        // 600 points for 4000 u is tighter than 1000 points for 6000 u.
        assert!((projection.look.points_per_u - 0.15).abs() < 1e-6);
        assert_near(projection.pos_in_screen(1000.0, 1000.0), screen().center());
        assert_near(projection.pos_in_screen(1000.0, 3000.0), pos2(624.0, 74.0));
        assert_near(
            projection.pos_in_screen(-2000.0, 1000.0),
            pos2(174.0, 374.0),
        );
        let there = projection.pos_in_screen(-1234.5, 321.0);
        let (x, y) = projection.pos_in_world(there);
        assert!((x + 1234.5).abs() < 0.05 && (y - 321.0).abs() < 0.05);
    }

    #[test]
    fn all_of_the_ground_is_shown_with_a_margin() {
        let shown = camera().projection().unwrap().rect_in_screen(&ground());
        assert!(screen().shrink(FIT_MARGIN - 0.01).contains_rect(shown));
    }

    #[test]
    fn the_point_under_the_pointer_stays_when_zooming() {
        let mut camera = camera();
        let pointer = pos2(300.0, 200.0);
        let before = camera.projection().unwrap().pos_in_world(pointer);
        camera.zoom_about(pointer, 3.0);
        let after = camera.projection().unwrap();
        assert!((after.look.points_per_u - 0.45).abs() < 1e-5);
        assert_near(after.pos_in_screen(before.0, before.1), pointer);
        assert!(!camera.is_fitted());
    }

    #[test]
    fn zoom_has_ends() {
        let mut camera = camera();
        camera.zoom_about(screen().center(), 1e9);
        assert_eq!(
            camera.projection().unwrap().look.points_per_u,
            CLOSEST_POINTS_PER_U
        );
        camera.zoom_about(screen().center(), 1e-9);
        assert!((camera.projection().unwrap().look.points_per_u - 0.075).abs() < 1e-6);
    }

    #[test]
    fn the_ground_goes_with_the_pointer() {
        let mut camera = camera();
        let before = camera.projection().unwrap().pos_in_screen(500.0, 500.0);
        camera.drag_by(vec2(30.0, -20.0));
        let after = camera.projection().unwrap().pos_in_screen(500.0, 500.0);
        assert_near(after, before + vec2(30.0, -20.0));
    }

    #[test]
    fn the_ground_cannot_be_lost() {
        let mut camera = camera();
        camera.drag_by(vec2(1e7, 1e7));
        let look = camera.projection().unwrap().look;
        assert_eq!((look.x, look.y), (-8000.0, 7000.0));
    }

    #[test]
    fn easing_takes_its_time_and_can_be_off() {
        let mut camera = camera();
        camera.look_at(2000.0, 0.0);
        let mut frames = 0;
        while camera.advance(1.0 / 60.0, 0.15) {
            frames += 1;
            assert!(frames < 60, "never arrives");
        }
        assert!(frames > 5, "arrived after {frames} frames");
        let look = camera.projection().unwrap().look;
        assert_eq!((look.x, look.y), (2000.0, 0.0));
        camera.look_at(0.0, 0.0);
        assert!(!camera.advance(1.0 / 60.0, 0.0));
        assert_eq!(camera.projection().unwrap().look.x, 0.0);
    }

    #[test]
    fn following_comes_closer_once_and_keeps_the_scale_then() {
        let mut camera = camera();
        camera.follow(500.0, 500.0);
        camera.advance(1.0, 0.15);
        let near = camera.projection().unwrap().look.points_per_u;
        assert!((near - 648.0 / FOLLOW_SPAN_U).abs() < 1e-4);
        camera.zoom_by(2.0);
        camera.follow(600.0, 500.0);
        camera.advance(1.0, 0.15);
        let look = camera.projection().unwrap().look;
        assert!((look.points_per_u - 2.0 * near).abs() < 1e-4);
        assert_eq!((look.x, look.y), (600.0, 500.0));
    }

    #[test]
    fn a_fitted_view_stays_fitted_when_the_window_changes_and_a_free_one_stays_free() {
        let mut camera = camera();
        let small = Rect::from_min_size(pos2(0.0, 0.0), vec2(648.0, 448.0));
        camera.begin(small, ground());
        assert!((camera.projection().unwrap().look.points_per_u - 0.1).abs() < 1e-6);
        camera.zoom_about(small.center(), 2.0);
        camera.begin(screen(), ground());
        assert!((camera.projection().unwrap().look.points_per_u - 0.2).abs() < 1e-6);
        let other = WorldRect::new(0.0, 100.0, 100.0, 0.0).unwrap();
        camera.begin(screen(), other);
        assert!(camera.is_fitted());
        assert_eq!(camera.projection().unwrap().look.x, 50.0);
    }
}
