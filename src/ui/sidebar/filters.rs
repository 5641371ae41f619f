//! Filters of the list: a panel that folds out under the search field, and a chip for each filter that is set.

use super::framed_switches;
use crate::app::action::Action;
use crate::app::library::action::LibraryAction;
use crate::app::library::filter::{Bots, Choice, Filters};
use crate::app::library::shelf::Shelf;
use crate::app::library::words::{days_before, is_date, thousands};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{GRID, SMALL, Theme};
use eframe::egui::{
    Align, Button, ComboBox, Layout, Rect, RichText, Role, TextEdit, TextStyle, Ui, WidgetInfo,
    vec2,
};

const LABEL: f32 = 60.0;

/// What is typed, and whether the panel is open.
#[derive(Default)]
pub(super) struct FilterState {
    pub is_open: bool,
    from: DateField,
    until: DateField,
}

/// A date that is being typed: it counts as soon as it is one.
#[derive(Default)]
struct DateField {
    text: String,
    /// The filter's value that the text shows.
    shown: Option<String>,
}

/// Draws the panel.
pub(super) fn filters_ui(
    ui: &mut Ui,
    state: &mut FilterState,
    shelf: &Shelf,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let mut filters = shelf.filters().clone();
    ui.scope(|ui| {
        ui.style_mut().override_text_style = Some(TextStyle::Small);
        ui.spacing_mut().item_spacing.x = GRID / 2.0;
        let choices = shelf.choices();
        choice_ui(ui, "Map", &mut filters.map, &choices.maps, theme);
        choice_ui(ui, "Player", &mut filters.player, &choices.players, theme);
        choice_ui(
            ui,
            "Tracker",
            &mut filters.version,
            &choices.versions,
            theme,
        );
        labelled(ui, "Dates", theme, |ui| {
            date_ui(ui, "From date", &mut state.from, &mut filters.from, theme);
            ui.label("to");
            date_ui(
                ui,
                "Until date",
                &mut state.until,
                &mut filters.until,
                theme,
            );
        });
        labelled(ui, "", theme, |ui| {
            let last = choices.dates.as_ref().map(|dates| dates.1.clone());
            preset_ui(ui, "Last evening", last.clone(), &mut filters);
            let month = last.and_then(|last| days_before(&last, 30));
            preset_ui(ui, "Last 30 days", month, &mut filters);
        });
        framed_switches(ui, theme);
        ui.spacing_mut().item_spacing.x = GRID;
        labelled(ui, "Bots", theme, |ui| {
            for (bots, title) in [
                (Bots::Any, "any"),
                (Bots::Without, "none"),
                (Bots::With, "some"),
            ] {
                ui.radio_value(&mut filters.bots, bots, title);
            }
        });
        labelled(ui, "Only with", theme, |ui| {
            ui.checkbox(&mut filters.has_objective_focus, "focus")
                .on_hover_text("Rounds with OBJECTIVE_FOCUS rows");
            ui.checkbox(&mut filters.has_problems, "problems")
                .on_hover_text("Rounds with errors or warnings, and files that end too early");
        });
    });
    if filters != *shelf.filters() {
        set(filters, actions);
    }
}

fn set(filters: Filters, actions: &mut Vec<Action>) {
    actions.push(Action::Library(LibraryAction::SetFilters(filters)));
}

fn labelled(ui: &mut Ui, label: &str, theme: &Theme, content: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), 22.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let left = ui.cursor().left();
        ui.colored_label(theme.muted, label);
        ui.add_space((left + LABEL - ui.cursor().left()).max(0.0));
        content(ui);
    });
}

fn choice_ui(
    ui: &mut Ui,
    label: &str,
    value: &mut Option<String>,
    choices: &[Choice],
    theme: &Theme,
) {
    labelled(ui, label, theme, |ui| {
        let text = value.clone().unwrap_or_else(|| "any".to_owned());
        let width = ui.available_width() - GRID;
        let response = ComboBox::from_id_salt(label)
            .selected_text(text)
            .width(width)
            .truncate()
            .show_ui(ui, |ui| {
                ui.selectable_value(value, None, "any");
                for (choice, count) in choices {
                    let count = RichText::new(thousands(u64::from(*count))).color(theme.muted);
                    let is_it = value.as_ref() == Some(choice);
                    let row = Button::selectable(is_it, choice).right_text(count);
                    let row = ui.add(row);
                    row.widget_info(|| {
                        WidgetInfo::selected(Role::ListBoxOption, true, is_it, choice)
                    });
                    if row.clicked() {
                        *value = Some(choice.clone());
                    }
                }
            });
        let name = format!("Filter: {label}");
        response
            .response
            .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
    });
}

fn date_ui(
    ui: &mut Ui,
    name: &str,
    field: &mut DateField,
    value: &mut Option<String>,
    theme: &Theme,
) {
    // Set elsewhere: by a button, or taken away by its chip.
    if field.shown != *value {
        field.text = value.clone().unwrap_or_default();
        field.shown.clone_from(value);
    }
    let text = field.text.trim();
    let is_wrong = !text.is_empty() && !is_date(text);
    let mut edit = TextEdit::singleline(&mut field.text)
        .hint_text("any")
        .desired_width(84.0);
    if is_wrong {
        edit = edit.text_color(theme.warning);
    }
    let response = ui.add(edit);
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(name);
    });
    if response.changed() {
        let text = field.text.trim();
        *value = is_date(text).then(|| text.to_owned());
        field.shown.clone_from(value);
    }
    response.on_hover_text(if is_wrong {
        "Not a date yet: year-month-day, such as 2026-08-23"
    } else {
        "Evening, as year-month-day; the day itself belongs to it"
    });
}

fn preset_ui(ui: &mut Ui, title: &str, from: Option<String>, filters: &mut Filters) {
    let enabled = from.is_some();
    let button = ui
        .add_enabled(enabled, Button::new(title).small())
        .on_hover_text("Counted back from the newest evening of the library");
    if button.clicked() {
        filters.from = from;
        filters.until = None;
    }
}

/// Draws a chip for each filter that is set; a click takes it away.
pub(super) fn chips_ui(ui: &mut Ui, filters: &Filters, theme: &Theme, actions: &mut Vec<Action>) {
    let parts = filters.parts();
    if parts.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GRID / 2.0, GRID / 2.0);
        for (part, words) in parts {
            let button = Button::new(RichText::new(&words).size(SMALL))
                .right_text(RichText::new("  ").size(SMALL))
                .truncate();
            let response = ui.add(button);
            let cross = response.rect.right_center() - vec2(12.0, 0.0);
            let cross = Rect::from_center_size(cross, vec2(14.0, 14.0));
            icon::paint(ui.painter(), cross, Icon::Close, theme.muted);
            let name = format!("Remove filter {words}");
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.on_hover_text(&name).clicked() {
                set(filters.clone().without(part), actions);
            }
        }
    });
}
