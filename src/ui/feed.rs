//! The kill feed: every death of the round in order; what is still to come is dimmed.

use super::names::{name_of, paint_marker, paint_name, paint_selected_row, paint_text};
use super::theme::{GRID, RADIUS, SMALL, Theme};
use crate::analysis::deaths::{Death, DeathKind};
use crate::app::action::Action;
use crate::app::moments::concerns;
use crate::app::opened::OpenRound;
use crate::app::time_text::clock;
use eframe::egui::{
    Align2, FontId, Painter, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

const ROW: f32 = 22.0;
/// A moment is understood by what led to it.
const LEAD_MS: i64 = 3_000;

/// Keeps the feed at the playhead, unless the person scrolls.
#[derive(Clone, Copy, Debug, Default)]
pub struct FeedState {
    /// Round and number of deaths so far that the list was last scrolled to.
    scrolled_to: Option<(u64, usize)>,
}

/// Draws the feed.
pub fn feed_ui(
    ui: &mut Ui,
    state: &mut FeedState,
    open: &OpenRound,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let so_far = open.deaths_so_far();
    header_ui(ui, so_far, open.deaths.len(), theme);
    if open.deaths.is_empty() {
        ui.colored_label(theme.muted, "The file tells of no death.");
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical()
        .id_salt(("feed", open.key))
        .auto_shrink([false, false]);
    if state.scrolled_to != Some((open.key, so_far)) {
        state.scrolled_to = Some((open.key, so_far));
        // The last death so far in the lower part, a few to come below it.
        let offset = so_far as f32 * ROW - ui.available_height() * 0.7;
        area = area.vertical_scroll_offset(offset.max(0.0));
    }
    area.show_rows(ui, ROW, open.deaths.len(), |ui, rows| {
        for nth in rows {
            row_ui(ui, open, nth, so_far, theme, actions);
        }
    });
}

fn header_ui(ui: &mut Ui, so_far: usize, total: usize, theme: &Theme) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let font = FontId::proportional(SMALL);
    let row = rect.shrink2(vec2(6.0, 0.0));
    paint_text(
        ui.painter(),
        row,
        "Deaths",
        &font,
        theme.text,
        Align2::LEFT_CENTER,
    );
    let count = format!("{so_far} of {total}");
    paint_text(
        ui.painter(),
        row,
        &count,
        &FontId::monospace(SMALL),
        theme.muted,
        Align2::RIGHT_CENTER,
    );
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Label, true, format!("Deaths: {so_far} of {total}"))
    });
    response.on_hover_text(
        "Every death of the round, once, joined from ENGAGEMENTS, COMBAT_POSITIONS and the ends of lives in PLAYER_TRACKS. \
         TK: killed by a team mate. Click: 3 s before.",
    );
}

/// Where the columns of a row are.
struct Columns {
    time: Rect,
    killer_marker: Rect,
    killer: Rect,
    weapon: Rect,
    victim_marker: Rect,
    victim: Rect,
}

impl Columns {
    fn of(row: Rect) -> Self {
        let cell = |left: f32, right: f32| Rect::from_x_y_ranges(left..=right, row.y_range());
        let (left, right) = (row.left() + 6.0, row.right() - 6.0);
        let time = cell(left, left + 60.0);
        let start = time.right() + 6.0;
        // Names need more room than weapons.
        let name = (right - start) * 0.355;
        let (second, last) = (start + name, right - name);
        Self {
            time,
            killer_marker: cell(start, start + 10.0),
            killer: cell(start + 14.0, second - 4.0),
            weapon: cell(second, last - 4.0),
            victim_marker: cell(last, last + 10.0),
            victim: cell(last + 14.0, right),
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    open: &OpenRound,
    nth: usize,
    so_far: usize,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let death = &open.deaths[nth];
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, sentence(open, death)));
    if response.clicked() {
        actions.push(Action::Seek(death.t_ms - LEAD_MS));
    }
    if nth + 1 == so_far {
        paint_selected_row(ui.painter(), rect, theme);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, RADIUS, theme.raised);
    }
    let mut painter = ui.painter().clone();
    let is_past = nth < so_far;
    let is_of_interest = concerns(death, open.selected);
    painter.multiply_opacity(match (is_past, is_of_interest) {
        (true, true) => 1.0,
        (true, false) => 0.55,
        (false, true) => 0.5,
        (false, false) => 0.25,
    });
    paint_death(&painter, open, death, &Columns::of(rect), theme);
    response.on_hover_ui(|ui| hover_ui(ui, open, death, theme));
}

fn paint_death(
    painter: &Painter,
    open: &OpenRound,
    death: &Death,
    columns: &Columns,
    theme: &Theme,
) {
    let names = FontId::proportional(SMALL);
    paint_text(
        painter,
        columns.time,
        &clock(death.t_ms),
        &FontId::monospace(SMALL),
        theme.muted,
        Align2::RIGHT_CENTER,
    );
    if let Some(killer) = death.killer.filter(|killer| *killer != death.victim) {
        paint_marker(
            painter,
            columns.killer_marker.center(),
            3.5,
            death.killer_team,
            theme,
        );
        paint_name(
            painter,
            columns.killer,
            name_of(&open.round, killer),
            &names,
            theme,
        );
    }
    let mut weapon = columns.weapon;
    if death.kind == DeathKind::TeamKill {
        let tag = Rect::from_min_size(
            pos2(weapon.left(), weapon.top()),
            vec2(18.0, weapon.height()),
        );
        paint_text(
            painter,
            tag,
            "TK",
            &FontId::monospace(SMALL),
            theme.warning,
            Align2::LEFT_CENTER,
        );
        weapon.set_left(tag.right() + 2.0);
    }
    paint_text(
        painter,
        weapon,
        death.weapon_words(),
        &names,
        theme.muted,
        Align2::LEFT_CENTER,
    );
    paint_marker(
        painter,
        columns.victim_marker.center(),
        3.5,
        death.victim_team,
        theme,
    );
    paint_name(
        painter,
        columns.victim,
        name_of(&open.round, death.victim),
        &names,
        theme,
    );
}

/// The death in one sentence: `2:05.250 red killed blue with MP40`.
pub fn sentence(open: &OpenRound, death: &Death) -> String {
    let name = |player| open.round.players[player].plain_name.as_str();
    let (victim, weapon) = (name(death.victim), death.weapon_words());
    let what = match (death.kind, death.killer) {
        (DeathKind::Enemy, Some(killer)) => {
            format!("{} killed {victim} with {weapon}", name(killer))
        }
        (DeathKind::TeamKill, Some(killer)) => format!(
            "{} killed his team mate {victim} with {weapon}",
            name(killer)
        ),
        (DeathKind::SelfKill, _) => format!("{victim} killed himself"),
        (DeathKind::World, _) => format!("{victim} was killed by the world"),
        _ => format!("{victim} died; the file names nobody"),
    };
    format!("{} {what}", clock(death.t_ms))
}

fn hover_ui(ui: &mut Ui, open: &OpenRound, death: &Death, theme: &Theme) {
    ui.label(sentence(open, death));
    let weapon = match (death.means(), death.weapon()) {
        (Some(means), _) => format!(
            "Means of death {} ({}), from COMBAT_POSITIONS.",
            means.number, means.engine_name
        ),
        (None, Some(weapon)) => format!(
            "{}: in the killer's hand at his last hit, from ENGAGEMENTS.",
            weapon.name
        ),
        (None, None) => "No weapon is recorded.".to_owned(),
    };
    ui.colored_label(theme.muted, weapon);
    if death.life.is_none() {
        ui.colored_label(
            theme.muted,
            "This death ends no recorded life: it came after a revive.",
        );
    }
    ui.colored_label(theme.muted, "Click: 3 s before.");
    ui.add_space(GRID / 2.0);
}
