//! Player names in the game's colours, team markers, and other small things that several panes draw.

use super::theme::{Mode, RADIUS, Theme};
use crate::model::et_name::{Rgb, readable_on_dark, readable_on_light, spans};
use crate::model::{PlayerId, Round, Team};
use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// The name on one line in its colours, cut with an ellipsis at `width`.
pub fn name_job(name: &str, font: &FontId, theme: &Theme, width: f32) -> LayoutJob {
    let mut job = LayoutJob {
        wrap: TextWrapping {
            max_width: width,
            max_rows: 1,
            break_anywhere: true,
            ..TextWrapping::default()
        },
        break_on_newline: false,
        ..LayoutJob::default()
    };
    for (colour, run) in spans(name) {
        job.append(
            run,
            0.0,
            TextFormat::simple(font.clone(), readable(colour, theme.mode)),
        );
    }
    if job.text.trim().is_empty() {
        job.append(
            "(no name)",
            0.0,
            TextFormat::simple(font.clone(), theme.muted),
        );
    }
    job
}

fn readable(colour: Rgb, mode: Mode) -> Color32 {
    let Rgb { r, g, b } = match mode {
        Mode::Dark => readable_on_dark(colour),
        Mode::Light => readable_on_light(colour),
    };
    Color32::from_rgb(r, g, b)
}

/// Paints a name into a cell, in the middle of its height.
pub fn paint_name(painter: &Painter, cell: Rect, name: &str, font: &FontId, theme: &Theme) {
    let galley = painter.layout_job(name_job(name, font, theme, cell.width()));
    let top = cell.center().y - galley.size().y / 2.0;
    painter.galley(pos2(cell.left(), top), galley, theme.text);
}

/// Paints plain text into a cell, cut with an ellipsis, at the left or right edge.
pub fn paint_text(
    painter: &Painter,
    cell: Rect,
    text: &str,
    font: &FontId,
    colour: Color32,
    align: Align2,
) {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font.clone(), colour);
    job.wrap.max_width = cell.width();
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let galley = painter.layout_job(job);
    let place = align.align_size_within_rect(galley.size(), cell);
    painter.galley(place.min, galley, colour);
}

/// The team's marker: Axis round, Allies a diamond, nobody a dash. `radius` is that of the circle.
pub fn paint_marker(
    painter: &Painter,
    centre: Pos2,
    radius: f32,
    team: Option<Team>,
    theme: &Theme,
) {
    let colour = theme.team(team);
    match team {
        Some(Team::Axis) => {
            painter.circle_filled(centre, radius, colour);
        }
        Some(Team::Allies) => {
            // As much ink as the circle.
            let reach = radius * 1.25;
            let corners = [
                vec2(0.0, -reach),
                vec2(reach, 0.0),
                vec2(0.0, reach),
                vec2(-reach, 0.0),
            ];
            let points = corners.map(|corner| centre + corner).to_vec();
            painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
        }
        _ => {
            let dash = Rect::from_center_size(centre, vec2(radius * 2.0, 2.0));
            painter.rect_filled(dash, 0.0, colour);
        }
    }
}

/// Shows that a row is selected: tinted, with a bar at its left edge.
pub fn paint_selected_row(painter: &Painter, row: Rect, theme: &Theme) {
    painter.rect_filled(row, RADIUS, theme.accent.gamma_multiply(0.16));
    let bar = Rect::from_min_size(row.min, vec2(2.0, row.height()));
    painter.rect_filled(bar, 0.0, theme.accent);
}

/// The name of a player with colour codes.
pub fn name_of(round: &Round, player: PlayerId) -> &str {
    round.text(round.players[player].name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::TeamPalette;

    #[test]
    fn a_name_is_its_visible_text() {
        let theme = Theme::new(Mode::Dark, TeamPalette::Game);
        let font = FontId::proportional(12.0);
        assert_eq!(name_job("^1re^4d", &font, &theme, 100.0).text, "red");
        assert_eq!(name_job("^1^2", &font, &theme, 100.0).text, "(no name)");
    }
}
