//! The row above the timeline: jump, play, clock, speed, go to a typed time.

use super::icon::{Icon, icon_button};
use super::theme::{GRID, LARGE, SMALL, Theme};
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::opened::OpenRound;
use crate::app::playback::{SPEEDS, speed_text};
use crate::app::time_text::{clock, parse};
use eframe::egui::{Align, ComboBox, FontId, Key, Layout, RichText, TextEdit, Ui, vec2};

/// What is typed into the field for a time.
#[derive(Clone, Debug, Default)]
pub struct TransportState {
    typed: String,
    is_refused: bool,
    /// The cursor is to be put into the field.
    pub wants_focus: bool,
}

/// Height of the row, points.
pub const HEIGHT: f32 = 32.0;
const BUTTON: f32 = 28.0;

/// Draws the row.
pub fn transport_ui(
    ui: &mut Ui,
    state: &mut TransportState,
    open: &OpenRound,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), HEIGHT),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = GRID / 2.0;
            buttons_ui(ui, open, theme, actions);
            ui.add_space(GRID);
            clock_ui(ui, open, theme);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                go_to_ui(ui, state, open, theme, actions);
                ui.add_space(GRID);
                speed_ui(ui, open, actions);
            });
        },
    );
}

fn buttons_ui(ui: &mut Ui, open: &OpenRound, theme: &Theme, actions: &mut Vec<Action>) {
    let is_playing = open.playback.is_playing();
    let (play, play_name) = if is_playing {
        (Icon::Pause, "Pause")
    } else {
        (Icon::Play, "Play")
    };
    let buttons = [
        (Icon::PreviousKill, CommandId::PreviousKill, "Previous kill"),
        (Icon::Back, CommandId::BackFive, "Back 5 s"),
        (play, CommandId::PlayPause, play_name),
        (Icon::Forward, CommandId::ForwardFive, "Forward 5 s"),
        (Icon::NextKill, CommandId::NextKill, "Next kill"),
    ];
    for (icon, id, name) in buttons {
        let response = icon_button(ui, theme, icon, name, BUTTON);
        if response.clicked() {
            actions.push(Action::Run(id));
        }
        let mut tooltip = id.command().tooltip();
        if matches!(id, CommandId::PreviousKill | CommandId::NextKill) {
            tooltip += match open.selected {
                Some(_) => "\nKill or death of the selected player.",
                None => "\nAny death of the round. Select a player to jump between his.",
            };
        }
        response.on_hover_text(tooltip);
    }
}

fn clock_ui(ui: &mut Ui, open: &OpenRound, theme: &Theme) {
    let playback = &open.playback;
    let now = RichText::new(clock(playback.t_ms()))
        .font(FontId::monospace(LARGE))
        .color(theme.text);
    let explanation = format!(
        "Elapsed time on the file's own clock, which this round shows from {} to {}.",
        clock(playback.start_ms()),
        clock(playback.end_ms())
    );
    ui.label(now).on_hover_text(&explanation);
    let total = RichText::new(format!("/ {}", clock(playback.end_ms())))
        .font(FontId::monospace(SMALL))
        .color(theme.muted);
    ui.label(total).on_hover_text(&explanation);
}

fn speed_ui(ui: &mut Ui, open: &OpenRound, actions: &mut Vec<Action>) {
    let speed = open.playback.speed();
    let combo = ComboBox::from_id_salt("speed")
        .width(64.0)
        .selected_text(speed_text(speed));
    let response = combo.show_ui(ui, |ui| {
        for (index, candidate) in SPEEDS.into_iter().enumerate().rev() {
            if ui
                .selectable_label(candidate == speed, speed_text(candidate))
                .clicked()
            {
                actions.push(Action::SetSpeed(index));
            }
        }
    });
    let keys = format!(
        "Speed: faster ({}), slower ({}), normal ({})",
        CommandId::Faster.command().keys_text(),
        CommandId::Slower.command().keys_text(),
        CommandId::NormalSpeed.command().keys_text()
    );
    response
        .response
        .accessible_name("Speed")
        .on_hover_text(keys);
}

/// The field is drawn right to left, its label last.
fn go_to_ui(
    ui: &mut Ui,
    state: &mut TransportState,
    open: &OpenRound,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let colour = if state.is_refused {
        theme.error
    } else {
        theme.text
    };
    let field = TextEdit::singleline(&mut state.typed)
        .id_salt("go to time")
        .hint_text("m:ss")
        .font(FontId::monospace(SMALL))
        .text_color(colour)
        .desired_width(64.0);
    let response = ui.add(field).accessible_name("Go to time");
    if std::mem::take(&mut state.wants_focus) {
        response.request_focus();
    }
    if response.changed() {
        state.is_refused = false;
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        match parse(&state.typed) {
            Some(t_ms) => {
                actions.push(Action::Seek(t_ms));
                state.typed.clear();
            }
            None => state.is_refused = true,
        }
    }
    let range = format!(
        "{} to {}",
        clock(open.playback.start_ms()),
        clock(open.playback.end_ms())
    );
    let help = if state.is_refused {
        format!("Not a time. Type 2:05, 2:05.5 or seconds; this round has {range}.")
    } else {
        format!(
            "{}: 2:05, 2:05.5 or seconds, then Enter. This round has {range}.",
            CommandId::GoToTime.command().tooltip()
        )
    };
    response.on_hover_text(help);
    ui.label(RichText::new("Go to").size(SMALL).color(theme.muted));
}
