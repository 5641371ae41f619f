//! What every layer draws with: painter, projection, colours, and the few shapes that several layers share.

use super::camera::Projection;
use crate::model::{Team, et_name};
use crate::ui::theme::{Mode, SMALL, TeamPalette, Theme};
use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, FontFamily, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, Vec2};
use std::sync::Arc;

/// Half of a player marker, points.
pub(super) const MARKER_RADIUS: f32 = 8.0;

/// A diamond this much larger than a circle looks as large as it.
const DIAMOND_REACH: f32 = 1.28;
/// And a square.
const SQUARE_REACH: f32 = 0.9;
/// Names longer than this are cut, points.
const LONGEST_NAME: f32 = 144.0;

/// The means to draw on the map.
#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    /// Clipped to the map.
    pub(super) painter: &'a Painter,
    /// World to screen.
    pub(super) projection: Projection,
    /// Colours.
    pub(super) theme: &'a Theme,
    /// The ground is dark: the dark theme, or a picture in either.
    pub(super) on_dark: bool,
}

impl Pen<'_> {
    /// Text and lines on the ground, which does not always go with the theme of the window.
    pub(super) fn ink(&self) -> Color32 {
        self.neutral().text
    }

    /// Less important text and lines on the ground.
    pub(super) fn muted(&self) -> Color32 {
        self.neutral().muted
    }

    /// The colour that ink stands out from.
    pub(super) fn paper(&self) -> Color32 {
        self.neutral().window
    }

    fn neutral(&self) -> Theme {
        let mode = if self.on_dark {
            Mode::Dark
        } else {
            Mode::Light
        };
        Theme::new(mode, TeamPalette::Game)
    }

    /// Lays out plain text.
    pub(super) fn text(&self, text: &str, size: f32, colour: Color32) -> Arc<Galley> {
        self.painter.layout_no_wrap(
            text.to_owned(),
            FontId::new(size, FontFamily::Proportional),
            colour,
        )
    }

    /// Lays out digits and single letters, which all have one width.
    pub(super) fn digits(&self, text: &str, size: f32, colour: Color32) -> Arc<Galley> {
        self.painter.layout_no_wrap(
            text.to_owned(),
            FontId::new(size, FontFamily::Monospace),
            colour,
        )
    }

    /// Lays out a player's name in his own colours, as far as they can be read here.
    pub(super) fn name(&self, name: &str, opacity: f32) -> Arc<Galley> {
        let mut job = name_job(name, SMALL, self.on_dark, opacity);
        job.wrap = TextWrapping::truncate_at_width(LONGEST_NAME);
        self.painter.layout_job(job)
    }

    /// Draws text with a rim of paper, so that it can be read on any ground.
    pub(super) fn write(&self, corner: Pos2, galley: &Arc<Galley>, opacity: f32) {
        let rim = self.paper().gamma_multiply(0.75 * opacity);
        for (dx, dy) in [
            (-1.0, 0.0),
            (1.0, 0.0),
            (0.0, -1.0),
            (0.0, 1.0),
            (-0.8, -0.8),
            (0.8, -0.8),
            (-0.8, 0.8),
            (0.8, 0.8),
        ] {
            let corner = corner + Vec2::new(dx, dy);
            self.painter
                .galley_with_override_text_color(corner, Arc::clone(galley), rim);
        }
        self.painter.galley(corner, Arc::clone(galley), self.ink());
    }
}

/// A name as text of several colours.
pub(super) fn name_job(name: &str, size: f32, on_dark: bool, opacity: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (colour, run) in et_name::spans(name) {
        let colour = match (on_dark, colour) {
            (true, _) => et_name::readable_on_dark(colour),
            // White is what a name has without any code: on paper that is black.
            (false, et_name::Rgb::WHITE) => et_name::Rgb::BLACK,
            (false, _) => et_name::readable_on_light(colour),
        };
        let format = TextFormat {
            font_id: FontId::new(size, FontFamily::Proportional),
            color: Color32::from_rgb(colour.r, colour.g, colour.b).gamma_multiply(opacity),
            ..TextFormat::default()
        };
        job.append(run, 0.0, format);
    }
    job
}

/// The shape that means a team, at every size: Axis round, Allies a rounded diamond, neither a square.
pub(super) fn team_shape(
    team: Option<Team>,
    middle: Pos2,
    radius: f32,
    fill: Color32,
    stroke: Stroke,
) -> Shape {
    match team {
        Some(Team::Axis) => eframe::egui::epaint::CircleShape {
            center: middle,
            radius,
            fill,
            stroke,
        }
        .into(),
        Some(Team::Allies) => Shape::convex_polygon(rounded_diamond(middle, radius), fill, stroke),
        Some(Team::Spectator) | None => {
            let square = Rect::from_center_size(middle, Vec2::splat(2.0 * SQUARE_REACH * radius));
            Shape::convex_polygon(
                vec![
                    square.left_top(),
                    square.right_top(),
                    square.right_bottom(),
                    square.left_bottom(),
                ],
                fill,
                stroke,
            )
        }
    }
}

/// Outline of a square on its corner, its corners rounded.
fn rounded_diamond(middle: Pos2, radius: f32) -> Vec<Pos2> {
    const PER_CORNER: u8 = 5;
    let reach = DIAMOND_REACH * radius;
    let rounding = 0.35 * radius;
    let to_arc = reach - rounding * std::f32::consts::SQRT_2;
    let quarter = std::f32::consts::FRAC_PI_2;
    let mut outline = Vec::with_capacity(4 * usize::from(PER_CORNER));
    for corner in 0..4_u8 {
        let axis = f32::from(corner) * quarter;
        for step in 0..PER_CORNER {
            let angle = axis + (f32::from(step) / f32::from(PER_CORNER - 1) - 0.5) * quarter;
            outline.push(middle + Vec2::angled(axis) * to_arc + Vec2::angled(angle) * rounding);
        }
    }
    outline
}

/// Black or white, whichever can be read on the colour.
pub(super) fn readable_on(colour: Color32) -> Color32 {
    let light = 0.299 * f32::from(colour.r())
        + 0.587 * f32::from(colour.g())
        + 0.114 * f32::from(colour.b());
    if light > 112.0 {
        Color32::from_rgb(0x12, 0x14, 0x18)
    } else {
        Color32::WHITE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diamond_is_as_large_as_a_circle_and_has_corners_on_the_axes() {
        let outline = rounded_diamond(Pos2::ZERO, 10.0);
        let mut doubled = 0.0;
        for (nth, a) in outline.iter().enumerate() {
            let b = outline[(nth + 1) % outline.len()];
            doubled += a.x * b.y - a.y * b.x;
        }
        let circle = std::f32::consts::PI * 100.0;
        assert!(
            (doubled / 2.0 / circle - 1.0).abs() < 0.06,
            "area {} instead of {circle}",
            doubled / 2.0
        );
        let reach = outline.iter().map(|p| p.x).fold(0.0, f32::max);
        assert!(reach > 10.5 && reach < 12.8, "{reach}");
    }

    #[test]
    fn letters_can_be_read_on_every_team_colour() {
        for mode in [Mode::Dark, Mode::Light] {
            for palette in [TeamPalette::Game, TeamPalette::ColourBlindSafe] {
                let theme = Theme::new(mode, palette);
                for colour in [theme.axis, theme.allies] {
                    let (letter, ground) = (readable_on(colour), colour);
                    let channels = |c: Color32| {
                        [c.r(), c.g(), c.b()].map(|c| (f32::from(c) / 255.0).powf(2.2))
                    };
                    let luminance = |c: Color32| {
                        let [r, g, b] = channels(c);
                        0.2126 * r + 0.7152 * g + 0.0722 * b
                    };
                    let (a, b) = (luminance(letter) + 0.05, luminance(ground) + 0.05);
                    assert!(
                        a.max(b) / a.min(b) > 4.5,
                        "{colour:?}: {}",
                        a.max(b) / a.min(b)
                    );
                }
            }
        }
    }
}
