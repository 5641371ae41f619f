//! What is left of the sidebar while it is hidden: one icon for each of its parts.

use super::spoken_name;
use crate::app::App;
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::library::Section;
use crate::app::library::action::LibraryAction;
use crate::ui::icon::{Icon, icon_button};
use crate::ui::theme::Theme;
use eframe::egui::{Ui, vec2};

/// Width with its margins, points.
pub(super) const WIDTH: f32 = 40.0;
const BUTTON: f32 = 32.0;

const fn icon(section: Section) -> Icon {
    match section {
        Section::Library => Icon::Library,
        Section::Imports => Icon::Import,
        Section::Sync => Icon::Folder,
    }
}

/// Draws the icons.
pub(super) fn rail_ui(ui: &mut Ui, app: &App, theme: &Theme, actions: &mut Vec<Action>) {
    let library = &app.library;
    for section in Section::ALL {
        let name = spoken_name(library, section);
        let response = icon_button(ui, theme, icon(section), &name, BUTTON);
        if section == Section::Imports && library.imports.is_running() {
            let dot = response.rect.right_top() + vec2(-7.0, 7.0);
            ui.painter().circle_filled(dot, 3.5, theme.accent);
        }
        let tooltip = format!("{name}\n{}", CommandId::ToggleSidebar.command().tooltip());
        // Pressed again, the icon of what is shown puts it away.
        let is_shown = library.is_visible && library.section == section;
        if is_shown {
            let bar = response.rect.left_center();
            let bar = eframe::egui::Rect::from_center_size(bar, vec2(2.0, BUTTON - 8.0));
            ui.painter().rect_filled(bar, 0.0, theme.accent);
        }
        if response.on_hover_text(tooltip).clicked() {
            let action = if is_shown {
                LibraryAction::ShowSidebar(false)
            } else {
                LibraryAction::ShowSection(section)
            };
            actions.push(Action::Library(action));
        }
    }
}
