//! The line under the map: scale bar, where the ground comes from, which shape is which team.

use super::camera::Projection;
use super::pen::team_shape;
use super::{Ground, Layers};
use crate::model::Team;
use crate::ui::theme::{GRID, SMALL, Theme};
use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{FontFamily, FontId, Painter, Pos2, Rect, Stroke, Vec2};

/// Height of the line, points.
pub(super) const HEIGHT: f32 = 3.0 * GRID;

/// Longest scale bar, points.
const LONGEST_BAR: f32 = 144.0;

/// The longest power of two of units that is not longer than the longest bar.
fn bar_u(projection: &Projection) -> f32 {
    let mut length = 16.0;
    while projection.points_from_u(length * 2.0) <= LONGEST_BAR && length < 1e6 {
        length *= 2.0;
    }
    length
}

/// What is said about the ground.
pub(super) fn ground_words(ground: &Ground, layers: &Layers) -> String {
    match (&ground.picture, layers.picture) {
        (Some(_), true) => ground.source.clone(),
        (Some(_), false) => format!("{} (picture hidden)", ground.source),
        (None, _) => format!("no picture for this map: grid only · {}", ground.source),
    }
}

/// Draws the line into `rect`. Teams have the colours of the ground, `on_map`.
pub(super) fn draw(
    painter: &Painter,
    rect: Rect,
    projection: &Projection,
    ground: &Ground,
    layers: &Layers,
    theme: &Theme,
    on_map: &Theme,
) {
    painter.rect_filled(rect, 0.0, theme.panel);
    painter.hline(
        rect.x_range(),
        painter.round_to_pixel_center(rect.top()),
        Stroke::new(1.0, theme.line),
    );
    let middle = rect.center().y;
    let font = FontId::new(SMALL, FontFamily::Proportional);

    let length_u = bar_u(projection);
    let left = rect.left() + GRID;
    let right = left + projection.points_from_u(length_u);
    let stroke = Stroke::new(1.0, theme.text);
    let y = painter.round_to_pixel_center(middle + 3.0);
    painter.hline(left..=right, y, stroke);
    for x in [left, right] {
        painter.vline(painter.round_to_pixel_center(x), y - 5.0..=y, stroke);
    }
    let digits = FontId::new(SMALL, FontFamily::Monospace);
    let length = painter.layout_no_wrap(format!("{length_u:.0} u"), digits, theme.text);
    let at = Pos2::new(right + GRID, middle - length.size().y / 2.0);
    let words_left = at.x + length.size().x + 2.0 * GRID;
    painter.galley(at, length, theme.text);

    let mut x = rect.right() - GRID;
    for team in [Team::Allies, Team::Axis] {
        let name = painter.layout_no_wrap(team.name().to_owned(), font.clone(), theme.muted);
        x -= name.size().x;
        painter.galley(
            Pos2::new(x, middle - name.size().y / 2.0),
            name,
            theme.muted,
        );
        x -= GRID + 2.0;
        painter.add(team_shape(
            Some(team),
            Pos2::new(x, middle),
            4.5,
            on_map.team(Some(team)),
            Stroke::NONE,
        ));
        x -= 2.0 * GRID;
    }

    let room = x - words_left;
    if room > 8.0 * GRID {
        let format = TextFormat {
            font_id: font,
            color: theme.muted,
            ..TextFormat::default()
        };
        let mut job = LayoutJob::single_section(ground_words(ground, layers), format);
        job.wrap = TextWrapping::truncate_at_width(room);
        let words = painter.layout_job(job);
        painter.galley(
            Pos2::new(words_left, middle) - Vec2::new(0.0, words.size().y / 2.0),
            words,
            theme.muted,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maps::bounds::WorldRect;
    use crate::ui::canvas::camera::Look;

    #[test]
    fn the_bar_is_long_enough_to_measure_with_and_not_longer_than_its_room() {
        for scale in [0.01, 0.05, 0.1, 0.3, 1.0, 2.0] {
            let projection = Projection {
                look: Look {
                    x: 0.0,
                    y: 0.0,
                    points_per_u: scale,
                },
                screen: Rect::from_min_size(Pos2::ZERO, Vec2::splat(500.0)),
            };
            let points = projection.points_from_u(bar_u(&projection));
            assert!(
                points > LONGEST_BAR / 2.0 && points <= LONGEST_BAR,
                "{points} at {scale}"
            );
        }
    }

    #[test]
    fn a_ground_without_a_picture_says_so() {
        let ground = Ground {
            rect: WorldRect::new(0.0, 1.0, 1.0, 0.0).unwrap(),
            source: "fitted to the positions in this file".to_owned(),
            picture: None,
            objectives: Vec::new(),
        };
        let words = ground_words(&ground, &Layers::default());
        assert_eq!(
            words,
            "no picture for this map: grid only · fitted to the positions in this file"
        );
    }
}
