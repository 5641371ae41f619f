//! Both teams: who is alive with what, and why the others are not on the map.

use super::names::{name_of, paint_marker, paint_name, paint_selected_row, paint_text};
use super::theme::{GRID, RADIUS, SMALL, Theme};
use crate::app::action::Action;
use crate::app::opened::OpenRound;
use crate::app::roster::{Entry, Roster, State, absence_explained, absence_time, weapon_words};
use crate::app::time_text::clock;
use crate::model::{Class, Team};
use eframe::egui::{
    Align2, Color32, FontId, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

const ROW: f32 = 22.0;
const HEADER: f32 = 24.0;

/// Where the columns of a row are.
struct Columns {
    digit: Rect,
    marker: Rect,
    class: Rect,
    name: Rect,
    held: Rect,
    bar: Rect,
    health: Rect,
    score: Rect,
}

impl Columns {
    fn of(row: Rect) -> Self {
        let cell = |left: f32, right: f32| Rect::from_x_y_ranges(left..=right, row.y_range());
        let (left, right) = (row.left() + 6.0, row.right() - 6.0);
        let score = cell(right - 40.0, right);
        let health = cell(score.left() - 30.0, score.left() - 8.0);
        let bar = cell(health.left() - 32.0, health.left() - 4.0);
        let held_width = (row.width() * 0.24).max(72.0);
        let held = cell(bar.left() - 6.0 - held_width, bar.left() - 6.0);
        Self {
            digit: cell(left, left + 8.0),
            marker: cell(left + 12.0, left + 24.0),
            class: cell(left + 28.0, left + 40.0),
            name: cell(left + 44.0, held.left() - 6.0),
            held,
            bar,
            health,
            score,
        }
    }

    /// For those who are not there: reason and time instead of weapon and health.
    fn reason(&self) -> Rect {
        Rect::from_x_y_ranges(self.held.left()..=self.health.right(), self.held.y_range())
    }
}

/// How high the roster is when nothing has to scroll.
pub fn full_height(roster: &Roster) -> f32 {
    let block = |entries: &[Entry]| match entries.len() {
        0 => 0.0,
        n => HEADER + n as f32 * ROW + GRID / 2.0,
    };
    let height = block(&roster.axis) + block(&roster.allies) + block(&roster.others);
    // Room to say that there is nobody.
    height.max(HEADER + GRID)
}

/// Draws both teams.
pub fn roster_ui(
    ui: &mut Ui,
    open: &OpenRound,
    roster: &Roster,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    ScrollArea::vertical()
        .id_salt("roster")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if open.round.players.is_empty() {
                ui.add_space(GRID);
                ui.colored_label(theme.muted, "Nobody is named in this file.");
            }
            for team in [Some(Team::Axis), Some(Team::Allies), None] {
                let entries = roster.team(team.unwrap_or(Team::Spectator));
                if entries.is_empty() {
                    continue;
                }
                header_ui(ui, team, entries, theme);
                for (place, entry) in entries.iter().enumerate() {
                    let digit = team.is_some().then_some(place).filter(|place| *place < 10);
                    row_ui(ui, open, entry, team, digit, theme, actions);
                }
                ui.add_space(GRID / 2.0);
            }
        });
}

fn header_ui(ui: &mut Ui, team: Option<Team>, entries: &[Entry], theme: &Theme) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEADER), Sense::hover());
    let alive = entries
        .iter()
        .filter(|entry| matches!(entry.state, State::Alive { .. }))
        .count();
    let name = team.map_or("No team", Team::name);
    let columns = Columns::of(rect);
    let font = FontId::proportional(SMALL);
    let painter = ui.painter();
    paint_marker(
        painter,
        pos2(rect.left() + 10.0, rect.center().y),
        4.0,
        team,
        theme,
    );
    let title = Rect::from_x_y_ranges(rect.left() + 20.0..=columns.held.right(), rect.y_range());
    let text = format!("{name}   {alive} of {} on map", entries.len());
    paint_text(
        painter,
        title,
        &text,
        &font,
        theme.text,
        Align2::LEFT_CENTER,
    );
    paint_text(
        painter,
        columns.health,
        "HP",
        &font,
        theme.muted,
        Align2::RIGHT_CENTER,
    );
    paint_text(
        painter,
        columns.score,
        "K / D",
        &font,
        theme.muted,
        Align2::RIGHT_CENTER,
    );
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Label,
            true,
            format!("{name}: {alive} of {} on map", entries.len()),
        )
    });
    response.on_hover_text(
        "On map: players with a life in PLAYER_TRACKS that contains this moment. Players who were revived play on, \
         but trackers up to 6.11 write no track for them.\n\
         Weapon and health points: of the last sample at or before this moment.\n\
         K: enemies killed so far (no self kills, no team kills). D: deaths so far of any kind. \
         Sources: ENGAGEMENTS, COMBAT_POSITIONS, PLAYER_TRACKS.",
    );
}

fn row_ui(
    ui: &mut Ui,
    open: &OpenRound,
    entry: &Entry,
    team: Option<Team>,
    digit: Option<usize>,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let player = &open.round.players[entry.player];
    let is_selected = open.selected == Some(entry.player);
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, &player.plain_name));
    if response.clicked() {
        actions.push(Action::Select((!is_selected).then_some(entry.player)));
    }
    if ui.is_rect_visible(rect) {
        paint_row_ground(ui, rect, &response, is_selected, theme);
        let columns = Columns::of(rect);
        paint_who(ui, open, entry, team, digit, &columns, theme);
        paint_state(ui, entry, open.playback.t_ms(), &columns, theme);
        let score = format!("{} / {}", entry.score.kills, entry.score.deaths);
        paint_text(
            ui.painter(),
            columns.score,
            &score,
            &FontId::monospace(SMALL),
            theme.text,
            Align2::RIGHT_CENTER,
        );
    }
    response.on_hover_ui(|ui| hover_ui(ui, open, entry, theme));
}

fn paint_row_ground(ui: &Ui, rect: Rect, response: &Response, is_selected: bool, theme: &Theme) {
    if is_selected {
        paint_selected_row(ui.painter(), rect, theme);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, RADIUS, theme.raised);
    }
}

fn paint_who(
    ui: &Ui,
    open: &OpenRound,
    entry: &Entry,
    team: Option<Team>,
    digit: Option<usize>,
    columns: &Columns,
    theme: &Theme,
) {
    let painter = ui.painter();
    let small = FontId::monospace(10.0);
    if let Some(place) = digit {
        let digit = ((place + 1) % 10).to_string();
        paint_text(
            painter,
            columns.digit,
            &digit,
            &small,
            faint(theme),
            Align2::CENTER_CENTER,
        );
    }
    let is_alive = matches!(entry.state, State::Alive { .. });
    let marker_theme = if is_alive { *theme } else { dimmed(theme) };
    paint_marker(painter, columns.marker.center(), 4.5, team, &marker_theme);
    let letter = entry.class.map_or('-', Class::letter).to_string();
    paint_text(
        painter,
        columns.class,
        &letter,
        &FontId::monospace(SMALL),
        theme.muted,
        Align2::CENTER_CENTER,
    );
    let mut name = columns.name;
    if open.round.players[entry.player].is_bot {
        let tag = Rect::from_x_y_ranges(name.right() - 20.0..=name.right(), name.y_range());
        paint_text(
            painter,
            tag,
            "bot",
            &FontId::proportional(10.0),
            theme.muted,
            Align2::RIGHT_CENTER,
        );
        name.set_right(tag.left() - 4.0);
    }
    let mut names = ui.painter().clone();
    names.multiply_opacity(if is_alive { 1.0 } else { 0.6 });
    paint_name(
        &names,
        name,
        name_of(&open.round, entry.player),
        &FontId::proportional(13.0),
        theme,
    );
}

fn paint_state(ui: &Ui, entry: &Entry, t_ms: i64, columns: &Columns, theme: &Theme) {
    let painter = ui.painter();
    let font = FontId::proportional(SMALL);
    match entry.state {
        State::Alive {
            health,
            weapon_number,
            ..
        } => {
            paint_text(
                painter,
                columns.held,
                &weapon_words(weapon_number),
                &font,
                theme.muted,
                Align2::LEFT_CENTER,
            );
            paint_health(ui, columns.bar, health, theme);
            let number = FontId::monospace(SMALL);
            paint_text(
                painter,
                columns.health,
                &health.to_string(),
                &number,
                theme.text,
                Align2::RIGHT_CENTER,
            );
        }
        State::Absent(absence) => {
            let cell = columns.reason();
            let time = absence_time(absence, t_ms).unwrap_or_default();
            let time_width = if time.is_empty() { 0.0 } else { 64.0 };
            let (words, time_cell) = cell.split_left_right_at_x(cell.right() - time_width);
            paint_text(
                painter,
                words,
                absence.words(),
                &font,
                theme.muted,
                Align2::LEFT_CENTER,
            );
            paint_text(
                painter,
                time_cell,
                &time,
                &FontId::monospace(SMALL),
                theme.muted,
                Align2::RIGHT_CENTER,
            );
        }
    }
}

/// A full bar is 100 points; medics' teams start with more, which fills it too.
fn paint_health(ui: &Ui, cell: Rect, health: i32, theme: &Theme) {
    let ground = Rect::from_center_size(cell.center(), vec2(cell.width(), 4.0));
    let share = (health as f32 / 100.0).clamp(0.0, 1.0);
    let colour = match health {
        61.. => theme.good,
        31.. => theme.warning,
        _ => theme.error,
    };
    ui.painter().rect_filled(ground, 1.0, theme.line);
    let filled = Rect::from_min_size(ground.min, vec2(ground.width() * share, ground.height()));
    ui.painter().rect_filled(filled, 1.0, colour);
}

fn faint(theme: &Theme) -> Color32 {
    theme.muted.gamma_multiply(0.6)
}

/// Markers of those who are not on the map.
fn dimmed(theme: &Theme) -> Theme {
    Theme {
        axis: theme.axis.gamma_multiply(0.45),
        allies: theme.allies.gamma_multiply(0.45),
        ..*theme
    }
}

fn hover_ui(ui: &mut Ui, open: &OpenRound, entry: &Entry, theme: &Theme) {
    let round = &open.round;
    let player = &round.players[entry.player];
    let job = super::names::name_job(
        name_of(round, entry.player),
        &FontId::proportional(14.0),
        theme,
        320.0,
    );
    ui.label(job);
    let class = entry
        .class
        .map_or("class not recorded", |class| class.name());
    let bot = if player.is_bot { ", bot" } else { "" };
    ui.colored_label(theme.muted, format!("{class}{bot}"));
    match entry.state {
        State::Alive {
            health,
            weapon_number,
            sample_age_ms,
        } => {
            ui.label(format!(
                "{health} health points, {} in hand",
                weapon_words(weapon_number)
            ));
            let text = format!(
                "From the sample {sample_age_ms} ms before {}.",
                clock(open.playback.t_ms())
            );
            ui.colored_label(theme.muted, text);
        }
        State::Absent(absence) => {
            ui.label(absence_explained(absence));
        }
    }
    let score = entry.score;
    ui.label(format!(
        "{} kills, {} deaths ({} self kills), {} team kills so far",
        score.kills, score.deaths, score.self_kills, score.team_kills
    ));
}
