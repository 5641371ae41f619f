//! The column at the left: the stored rounds, the imports, the watched folders.
//!
//! In a window that is wide enough it stands beside the map. In a small one it would leave the map no room, so only a rail of icons
//! stays, and the column lies over the map while it is asked for.

mod badges;
mod delete_dialog;
mod empty;
mod filters;
mod hover;
mod import_rows;
mod imports;
mod library;
mod line_words;
mod list;
mod rail;
mod rows;
mod sync;

pub use delete_dialog::delete_dialog;
pub use list::{has_focus, leave_list, wants_key};

use super::icon::{Icon, icon_button};
use super::theme::{GRID, SMALL, Theme};
use crate::app::App;
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::library::action::LibraryAction;
use crate::app::library::words::thousands;
use crate::app::library::{Library, Section};
use eframe::egui::{
    Align, Area, Button, Context, Frame, Id, Layout, Margin, Order, Panel, Rect, RichText, Role,
    Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};

/// Width before anybody changes it, points.
const WIDTH: f32 = 288.0;
const WIDTHS: [f32; 2] = [248.0, 480.0];
/// The map and the timeline's controls need so much beside it.
const MAP_ROOM: f32 = 520.0;

/// How the sidebar is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Beside the map.
    Docked,
    /// Over the map, beside the rail.
    Drawer,
    /// Only its rail.
    Rail,
}

impl Placement {
    /// How much of the map lies under it, points.
    pub const fn covers(self) -> f32 {
        match self {
            Self::Drawer => WIDTH,
            Self::Docked | Self::Rail => 0.0,
        }
    }
}

/// State of the sidebar that only painting knows.
#[derive(Default)]
pub struct SidebarState {
    library: library::LibraryState,
    /// Seconds since 1970 now, for "2 min ago".
    pub now_unix: i64,
}

impl SidebarState {
    /// Puts the cursor into the search field with the next frame.
    pub fn focus_search(&mut self) {
        self.library.wants_search = true;
    }
}

/// Where the sidebar goes in a window of which `room` is left, `beside` of it taken by other columns.
fn placement(is_shown: Option<bool>, room: f32, beside: f32) -> Placement {
    let fits = room - beside - WIDTH >= MAP_ROOM;
    match (is_shown, fits) {
        (Some(false), _) | (None, false) => Placement::Rail,
        (Some(true) | None, true) => Placement::Docked,
        (Some(true), false) => Placement::Drawer,
    }
}

/// Draws the sidebar's column or rail. `beside` points of the width belong to other columns.
pub fn sidebar_ui(
    ui: &mut Ui,
    state: &mut SidebarState,
    app: &mut App,
    beside: f32,
    theme: &Theme,
    actions: &mut Vec<Action>,
) -> Placement {
    let room = ui.available_width();
    let placement = placement(app.library.is_shown, room, beside);
    app.library.is_visible = placement != Placement::Rail;
    let pane = Frame::NONE.fill(theme.panel);
    if placement == Placement::Docked {
        let widest = (room - beside - MAP_ROOM).clamp(WIDTH, WIDTHS[1]);
        Panel::left("sidebar")
            .frame(pane)
            .resizable(true)
            .default_size(WIDTH)
            .size_range(WIDTHS[0]..=widest)
            .show(ui, |ui| content_ui(ui, state, app, theme, actions));
    } else {
        Panel::left("sidebar rail")
            .frame(pane.inner_margin(Margin::same(4)))
            .resizable(false)
            .exact_size(rail::WIDTH)
            .show(ui, |ui| rail::rail_ui(ui, app, theme, actions));
    }
    placement
}

/// Draws the column over the map, at the left of `room`. Opening a round puts it away: the map is what is wanted then.
pub fn drawer_ui(
    ctx: &Context,
    state: &mut SidebarState,
    app: &App,
    room: Rect,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let begin = actions.len();
    let rect = Rect::from_min_size(room.min, vec2(WIDTH, room.height()));
    Area::new(Id::unique("sidebar drawer"))
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .show(ctx, |ui| {
            ui.set_min_size(rect.size());
            ui.painter().rect_filled(rect, 0.0, theme.panel);
            let edge = Stroke::new(1.0, theme.line);
            ui.painter().vline(rect.right(), rect.y_range(), edge);
            ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
                content_ui(ui, state, app, theme, actions);
            });
        });
    let opens = |action: &Action| {
        matches!(
            action,
            Action::Library(LibraryAction::Open(_) | LibraryAction::ShowProblems(_))
        )
    };
    if actions[begin..].iter().any(opens) {
        actions.push(Action::Library(LibraryAction::ShowSidebar(false)));
    }
}

fn content_ui(
    ui: &mut Ui,
    state: &mut SidebarState,
    app: &App,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    tabs_ui(ui, &app.library, theme, actions);
    let line = Stroke::new(1.0, theme.line);
    let (left, right, y) = (
        ui.max_rect().left(),
        ui.max_rect().right(),
        ui.cursor().top(),
    );
    ui.painter().hline(left..=right, y, line);
    ui.add_space(1.0);
    let inside = ui.available_rect_before_wrap().shrink2(vec2(GRID, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
        ui.add_space(GRID);
        match app.library.section {
            Section::Library => library::library_ui(ui, &mut state.library, app, theme, actions),
            Section::Imports => imports::imports_ui(ui, app, theme, actions),
            Section::Sync => sync::sync_ui(ui, app, state.now_unix, theme, actions),
        }
    });
}

fn tabs_ui(ui: &mut Ui, library: &Library, theme: &Theme, actions: &mut Vec<Action>) {
    let height = 32.0;
    let width = ui.available_width();
    ui.allocate_ui_with_layout(
        vec2(width, height),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(4.0);
            for section in Section::ALL {
                tab_ui(ui, library, section, theme, actions);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(4.0);
                let tooltip = CommandId::ToggleSidebar.command().tooltip();
                if icon_button(ui, theme, Icon::Collapse, "Hide sidebar", 24.0)
                    .on_hover_text(tooltip)
                    .clicked()
                {
                    actions.push(Action::Library(LibraryAction::ShowSidebar(false)));
                }
            });
        },
    );
}

fn tab_ui(
    ui: &mut Ui,
    library: &Library,
    section: Section,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let is_shown = library.section == section;
    let colour = if is_shown { theme.text } else { theme.muted };
    let mut text = vec![RichText::new(section.title()).color(colour)];
    if let Some(badge) = badge(library, section) {
        text.push(RichText::new(badge).size(SMALL).color(theme.accent));
    }
    let mut button = Button::new(text.remove(0)).frame_when_inactive(false);
    if let Some(badge) = text.pop() {
        button = button.right_text(badge);
    }
    let response = ui.add(button);
    let name = spoken_name(library, section);
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, name.clone()));
    if is_shown {
        let rect = response.rect;
        let ends = (rect.left() + GRID)..=(rect.right() - GRID);
        let y = ui.max_rect().bottom() - 1.0;
        let line = Stroke::new(2.0, theme.accent);
        ui.painter().hline(ends, y, line);
    }
    if response.clicked() {
        actions.push(Action::Library(LibraryAction::ShowSection(section)));
    }
}

/// How many files are left to import, while some are.
fn badge(library: &Library, section: Section) -> Option<String> {
    let left = library.imports.left();
    let is_busy = library.imports.is_running() && left > 0;
    (section == Section::Imports && is_busy).then(|| thousands(left))
}

fn spoken_name(library: &Library, section: Section) -> String {
    match badge(library, section) {
        Some(left) => format!("{}, {left} left", section.title()),
        None => section.title().to_owned(),
    }
}

/// A button as wide as its words, small: for the rows of the sidebar.
fn small_button(ui: &mut Ui, enabled: bool, title: &str) -> bool {
    let button = Button::new(RichText::new(title).size(SMALL));
    ui.add_enabled(enabled, button).clicked()
}

/// Check boxes and radio buttons stand out from the panel also while they are off.
fn framed_switches(ui: &mut Ui, theme: &Theme) {
    let edge = Stroke::new(1.0, theme.muted.gamma_multiply(0.6));
    ui.visuals_mut().widgets.inactive.bg_stroke = edge;
}

/// A hairline across the sidebar.
fn hairline(ui: &Ui, theme: &Theme) {
    let rect = ui.max_rect();
    let (ends, y) = (
        (rect.left() - GRID)..=(rect.right() + GRID),
        ui.cursor().top(),
    );
    ui.painter().hline(ends, y, Stroke::new(1.0, theme.line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_keeps_its_room() {
        // A window of 1280 points, then one of 1024, each with the column of the teams.
        assert_eq!(placement(None, 1280.0, 376.0), Placement::Docked);
        assert_eq!(placement(None, 1024.0, 352.0), Placement::Rail);
        assert_eq!(placement(Some(true), 1024.0, 352.0), Placement::Drawer);
        assert_eq!(placement(Some(false), 1280.0, 376.0), Placement::Rail);
        // Without a round there is no other column.
        assert_eq!(placement(None, 1024.0, 0.0), Placement::Docked);
    }
}
