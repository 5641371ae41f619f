//! The top bar: menus, what is shown, and a tab for each open round.

use super::icon::{self, Icon, icon_button};
use super::theme::{GRID, Theme};
use crate::app::App;
use crate::app::action::Action;
use crate::app::chord::Chord;
use crate::app::commands::{COMMANDS, Command, CommandId, Group};
use crate::app::opened::OpenRound;
use crate::app::title::{Fact, Trust, facts, problems_fact};
use crate::model::Severity;
use eframe::egui::{
    Align, Button, Color32, Label, Layout, MenuBar, Rect, RichText, Role, Sense, Ui, WidgetInfo,
    vec2,
};

/// Height of the bar, points.
pub const HEIGHT: f32 = 28.0;

/// Draws the bar.
pub fn top_bar_ui(ui: &mut Ui, app: &App, theme: &Theme, actions: &mut Vec<Action>) {
    MenuBar::new().ui(ui, |ui| {
        ui.set_min_height(HEIGHT);
        for group in Group::ALL {
            ui.menu_button(group.title(), |ui| menu_ui(ui, app, group, actions));
        }
        ui.add_space(GRID);
        if let Some(open) = app.shown() {
            title_ui(ui, open, theme, actions);
        }
    });
}

fn menu_ui(ui: &mut Ui, app: &App, group: Group, actions: &mut Vec<Action>) {
    ui.set_min_width(260.0);
    for command in COMMANDS.iter().filter(|command| command.group == group) {
        // Which one to select is said by the digit; the roster does it by click.
        if matches!(command.id, CommandId::SelectAxis | CommandId::SelectAllies) {
            continue;
        }
        if starts_section(command.id) {
            ui.separator();
        }
        item_ui(ui, app, command, actions);
    }
}

const fn starts_section(id: CommandId) -> bool {
    matches!(
        id,
        CommandId::PreviousRound
            | CommandId::Quit
            | CommandId::BackFive
            | CommandId::PreviousSample
            | CommandId::GoToStart
            | CommandId::Faster
            | CommandId::FitMap
            | CommandId::Trails
            | CommandId::Problems
            | CommandId::LightTheme
            | CommandId::FindInLibrary
            | CommandId::ImportFiles
            | CommandId::WatchFolder
    )
}

fn item_ui(ui: &mut Ui, app: &App, command: &Command, actions: &mut Vec<Action>) {
    let title = match command.id {
        CommandId::Trails => format!("Trails: {}", app.layers.trails.words()),
        _ => command.title.to_owned(),
    };
    let keys = command.keys.first().map(Chord::text).unwrap_or_default();
    let enabled = app.is_enabled(command.id);
    // The room on the left is for the check mark.
    let button = Button::new(&title).left_text("     ").shortcut_text(keys);
    let response = ui.add_enabled(enabled, button);
    match app.is_on(command.id) {
        Some(is_on) => {
            response.widget_info(|| {
                WidgetInfo::selected(Role::MenuItemCheckBox, enabled, is_on, &title)
            });
            if is_on {
                let place = Rect::from_center_size(
                    response.rect.left_center() + vec2(14.0, 0.0),
                    vec2(16.0, 16.0),
                );
                icon::paint(
                    ui.painter(),
                    place,
                    Icon::Check,
                    ui.style().visuals.text_color(),
                );
            }
        }
        None => response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, enabled, &title)),
    }
    if response.clicked() {
        actions.push(Action::Run(command.id));
        ui.close();
    }
}

fn title_ui(ui: &mut Ui, open: &OpenRound, theme: &Theme, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = GRID * 0.75;
    for (nth, fact) in facts(open).iter().enumerate() {
        if nth > 0 {
            ui.label(RichText::new("·").color(theme.muted));
        }
        fact_ui(ui, fact, nth == 0, theme);
    }
    ui.label(RichText::new("·").color(theme.muted));
    problems_ui(ui, open, theme, actions);
}

fn fact_ui(ui: &mut Ui, fact: &Fact, is_first: bool, theme: &Theme) {
    let colour = match fact.trust {
        Trust::Plain if is_first => theme.text,
        Trust::Plain => theme.muted,
        Trust::Doubtful => theme.warning,
        Trust::Unknown => theme.muted.gamma_multiply(0.7),
    };
    let mut text = RichText::new(&fact.text).color(colour);
    if is_first {
        text = text.strong();
    }
    ui.add(Label::new(text).sense(Sense::hover()).selectable(false))
        .on_hover_text(&fact.source);
}

fn problems_ui(ui: &mut Ui, open: &OpenRound, theme: &Theme, actions: &mut Vec<Action>) {
    let fact = problems_fact(&open.round);
    let colour = problems_colour(open, theme);
    let button = Button::new(RichText::new(&fact.text).color(theme.muted))
        .left_text("   ")
        .frame_when_inactive(false);
    let response = ui.add(button);
    let dot = response.rect.left_center() + vec2(12.0, 0.0);
    ui.painter().circle_filled(dot, 4.0, colour);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &fact.text));
    if response.clicked() {
        actions.push(Action::Run(CommandId::Problems));
    }
    response.on_hover_text(fact.source);
}

fn problems_colour(open: &OpenRound, theme: &Theme) -> Color32 {
    let problems = &open.round.document.problems;
    if problems.count(Severity::Error) > 0 {
        theme.error
    } else if problems.count(Severity::Warning) > 0 {
        theme.warning
    } else {
        theme.good
    }
}

/// Draws a tab for each open round.
pub fn tabs_ui(ui: &mut Ui, app: &App, theme: &Theme, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for open in app.rounds() {
            let is_shown = app.shown().is_some_and(|shown| shown.key == open.key);
            tab_ui(ui, open, is_shown, theme, actions);
        }
    });
}

fn tab_ui(ui: &mut Ui, open: &OpenRound, is_shown: bool, theme: &Theme, actions: &mut Vec<Action>) {
    let name = open.short_name();
    let response = ui.selectable_label(is_shown, &name);
    if response.clicked() {
        actions.push(Action::ShowRound(open.key));
    }
    response.on_hover_text(&open.round.provenance.file_name);
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let close = icon_button(ui, theme, Icon::Close, &format!("Close {name}"), 20.0);
        if close.clicked() {
            actions.push(Action::CloseRound(open.key));
        }
    });
    ui.add_space(GRID);
}
