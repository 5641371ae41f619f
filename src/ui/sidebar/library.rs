//! The stored rounds: search, filters, sort, the list, and what can be done with several selected ones.

use super::empty::empty_ui;
use super::filters::{FilterState, chips_ui, filters_ui};
use super::list::{ListState, list_ui};
use super::{hairline, small_button};
use crate::app::App;
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::library::Standing;
use crate::app::library::action::LibraryAction;
use crate::app::library::filter::Filters;
use crate::app::library::order::{Grouping, Sort};
use crate::app::library::shelf::Shelf;
use crate::app::library::words::count;
use crate::ui::icon::{self, Icon, icon_button};
use crate::ui::theme::{GRID, SMALL, Theme};
use eframe::egui::{
    Align, Button, Key, Label, Layout, Margin, Rect, RichText, Role, TextEdit, Ui, UiBuilder,
    WidgetInfo, containers::menu::MenuButton, vec2,
};

const FOOTER: f32 = 36.0;

/// What only painting knows of this part.
#[derive(Default)]
pub(super) struct LibraryState {
    /// The search field takes the cursor.
    pub wants_search: bool,
    filters: FilterState,
    list: ListState,
}

/// Draws the part.
pub(super) fn library_ui(
    ui: &mut Ui,
    state: &mut LibraryState,
    app: &App,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let library = &app.library;
    if let Standing::Unavailable(why) = &library.standing {
        state.wants_search = false;
        unavailable_ui(ui, why, theme, actions);
        return;
    }
    search_ui(ui, state, &library.shelf, theme, actions);
    if library.shelf.entries().is_empty() {
        nothing_stored_ui(ui, &library.standing, theme, actions);
        return;
    }
    ui.add_space(GRID / 2.0);
    tools_ui(ui, &mut state.filters, &library.shelf, theme, actions);
    if state.filters.is_open {
        filters_ui(ui, &mut state.filters, &library.shelf, theme, actions);
    }
    chips_ui(ui, library.shelf.filters(), theme, actions);
    count_ui(ui, &library.shelf, theme, actions);
    ui.add_space(2.0);
    let selected = library.shelf.selected_count();
    let footer = if selected > 1 { FOOTER } else { 0.0 };
    let room = ui.available_rect_before_wrap();
    let list = room.with_max_y(room.bottom() - footer);
    ui.scope_builder(UiBuilder::new().max_rect(list), |ui| {
        if library.shelf.lines().is_empty() {
            nothing_found_ui(ui, theme);
        } else {
            list_ui(ui, &mut state.list, app, theme, actions);
        }
    });
    if footer > 0.0 {
        let rect = room.with_min_y(list.bottom());
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            footer_ui(ui, selected, theme, actions);
        });
    }
}

fn unavailable_ui(ui: &mut Ui, why: &str, theme: &Theme, actions: &mut Vec<Action>) {
    let text = format!(
        "{why}\n\nFiles can be opened all the same. Another library is used when the program is started with --library and a path."
    );
    let help = [CommandId::OpenFile];
    empty_ui(
        ui,
        "The library cannot be used",
        &text,
        &help,
        theme,
        actions,
    );
}

fn nothing_stored_ui(ui: &mut Ui, standing: &Standing, theme: &Theme, actions: &mut Vec<Action>) {
    if *standing == Standing::Opening {
        ui.add_space(GRID * 3.0);
        ui.vertical_centered(|ui| ui.colored_label(theme.muted, "Opening the library…"));
        return;
    }
    let help = [
        CommandId::ImportFolder,
        CommandId::ImportFiles,
        CommandId::WatchFolder,
    ];
    empty_ui(
        ui,
        "No rounds yet",
        "Drop a folder of round files on this window: every evening, match and round of it is listed here, for good. \
         The files stay where they are.",
        &help,
        theme,
        actions,
    );
}

fn nothing_found_ui(ui: &mut Ui, theme: &Theme) {
    ui.add_space(GRID * 3.0);
    ui.vertical_centered(|ui| {
        ui.label("No round fits");
        let text =
            "Every word must be found in the map, a player's name, the date, a tag or the version.";
        let text = RichText::new(text).size(SMALL).color(theme.muted);
        ui.add(Label::new(text).wrap());
    });
}

fn search_ui(
    ui: &mut Ui,
    state: &mut LibraryState,
    shelf: &Shelf,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let mut query = shelf.query().to_owned();
    let field = TextEdit::singleline(&mut query)
        .hint_text("Map, player, date, tag…")
        .margin(Margin {
            left: 26,
            right: 26,
            top: 5,
            bottom: 5,
        })
        .desired_width(f32::INFINITY);
    let field = ui.add(field);
    let rect = field.rect;
    field.ctx.accesskit_node_builder(field.id, |node| {
        node.set_label("Search library");
    });
    let glass = Rect::from_center_size(rect.left_center() + vec2(14.0, 0.0), vec2(18.0, 18.0));
    icon::paint(ui.painter(), glass, Icon::Search, theme.muted);
    if !query.is_empty() {
        let clear = Rect::from_center_size(rect.right_center() - vec2(14.0, 0.0), vec2(20.0, 20.0));
        ui.scope_builder(UiBuilder::new().max_rect(clear), |ui| {
            if icon_button(ui, theme, Icon::Close, "Clear search", 20.0).clicked() {
                query.clear();
                field.request_focus();
            }
        });
    }
    if std::mem::take(&mut state.wants_search) {
        field.request_focus();
    }
    let goes_on = [Key::Enter, Key::ArrowDown];
    let leaves = ui.input(|input| goes_on.iter().any(|key| input.key_pressed(*key)));
    if leaves && (field.has_focus() || field.lost_focus()) {
        state.list.take_focus();
    }
    if query != shelf.query() {
        actions.push(Action::Library(LibraryAction::Search(query)));
    }
    let find = CommandId::FindInLibrary.command().tooltip();
    field.on_hover_text(format!(
        "{find}\nEvery word must be found: map, player, date (2026-08-23, Aug, Sunday), tag, version, R1, R2. \
         Letters may be left out. Down goes to the list."
    ));
}

fn tools_ui(
    ui: &mut Ui,
    filters: &mut FilterState,
    shelf: &Shelf,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        let title = RichText::new("Filters").size(SMALL);
        let button = Button::selectable(filters.is_open, title);
        let button = ui.add(button.right_text(RichText::new(" ").size(SMALL)));
        let arrow = button.rect.right_center() - vec2(11.0, 0.0);
        let arrow = Rect::from_center_size(arrow, vec2(14.0, 14.0));
        let icon = if filters.is_open {
            Icon::Unfolded
        } else {
            Icon::Folded
        };
        icon::paint(ui.painter(), arrow, icon, theme.muted);
        let is_open = filters.is_open;
        button.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, "Filters"));
        if button.clicked() {
            filters.is_open ^= true;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            sort_ui(ui, shelf, theme, actions);
        });
    });
}

fn sort_ui(ui: &mut Ui, shelf: &Shelf, theme: &Theme, actions: &mut Vec<Action>) {
    let title = RichText::new(shelf.sort().title()).size(SMALL);
    let button = Button::new(title)
        .right_text(RichText::new("  ").size(SMALL))
        .frame_when_inactive(false);
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        for sort in Sort::ALL {
            if ui.radio(shelf.sort() == sort, sort.title()).clicked() {
                actions.push(Action::Library(LibraryAction::SetSort(sort)));
                ui.close();
            }
        }
        ui.separator();
        for (title, is_folded) in [("Fold all", true), ("Unfold all", false)] {
            let can = shelf.sort().grouping() != Grouping::Flat;
            if ui.add_enabled(can, Button::new(title)).clicked() {
                actions.push(Action::Library(LibraryAction::FoldAll(is_folded)));
                ui.close();
            }
        }
    });
    let arrow = Rect::from_center_size(
        response.rect.right_center() - vec2(11.0, 0.0),
        vec2(14.0, 14.0),
    );
    icon::paint(ui.painter(), arrow, Icon::Unfolded, theme.muted);
    let name = format!("Sort: {}", shelf.sort().title());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_text("How the list is sorted, and folding");
}

fn count_ui(ui: &mut Ui, shelf: &Shelf, theme: &Theme, actions: &mut Vec<Action>) {
    let all = shelf.entries().len();
    let groups = match shelf.sort().grouping() {
        Grouping::Evening => format!(" · {}", count(shelf.groups(), "evening", "evenings")),
        Grouping::Map => format!(" · {}", count(shelf.groups(), "map", "maps")),
        Grouping::Flat => String::new(),
    };
    let rounds = if shelf.is_narrowed() {
        format!("{} of {}", shelf.listed(), count(all, "round", "rounds"))
    } else {
        count(all, "round", "rounds")
    };
    ui.horizontal(|ui| {
        let text = RichText::new(format!("{rounds}{groups}")).size(SMALL);
        ui.add(Label::new(text.color(theme.muted)).truncate());
        if shelf.is_narrowed() {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if small_button(ui, true, "Show all") {
                    actions.push(Action::Library(LibraryAction::Search(String::new())));
                    let none = LibraryAction::SetFilters(Filters::default());
                    actions.push(Action::Library(none));
                }
            });
        }
    });
}

fn footer_ui(ui: &mut Ui, selected: usize, theme: &Theme, actions: &mut Vec<Action>) {
    hairline(ui, theme);
    ui.add_space(GRID * 0.75);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID / 2.0;
        let text = format!("{} selected", count(selected, "round", "rounds"));
        ui.add(Label::new(RichText::new(text).size(SMALL)).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, theme, Icon::Close, "Clear selection", 20.0)
                .on_hover_text("Clear selection (Esc in the list)")
                .clicked()
            {
                actions.push(Action::Library(LibraryAction::ClearSelection));
            }
            for (title, id) in [
                ("Delete…", CommandId::DeleteRounds),
                ("Open", CommandId::OpenSelectedRounds),
            ] {
                let button = Button::new(RichText::new(title).size(SMALL));
                let response = ui.add(button).on_hover_text(id.command().tooltip());
                if response.clicked() {
                    actions.push(Action::Run(id));
                }
            }
        });
    });
}
