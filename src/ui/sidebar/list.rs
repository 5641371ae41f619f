//! The list of rounds: only the lines in view are laid out. Works with the mouse and, while it has the focus, with the keyboard.

use super::line_words;
use super::rows::{self, ROW};
use crate::app::App;
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::library::action::LibraryAction;
use crate::app::library::lines::{Line, LineKey};
use crate::app::library::selection::{Pick, Step};
use crate::app::library::shelf::Shelf;
use crate::app::library::{Entry, RoundId};
use crate::ui::theme::Theme;
use eframe::egui::{
    Button, Context, EventFilter, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui,
    WidgetInfo, vec2,
};

/// What only painting knows of the list.
#[derive(Default)]
pub(super) struct ListState {
    takes_focus: bool,
    /// The cursor was moved and must be in view.
    follows_cursor: bool,
    offset: f32,
}

impl ListState {
    /// The list takes the keyboard with this frame.
    pub fn take_focus(&mut self) {
        self.takes_focus = true;
    }
}

fn list_id() -> Id {
    Id::unique("library list")
}

/// Whether the list has the keyboard.
pub fn has_focus(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.has_focus(list_id()))
}

/// Takes the keyboard from the list.
pub fn leave_list(ctx: &Context) {
    ctx.memory_mut(|memory| memory.surrender_focus(list_id()));
}

/// Whether the list, having the keyboard, wants a key for itself: then it is no shortcut. Space alone always plays.
pub fn wants_key(key: Key, modifiers: Modifiers) -> bool {
    let moves = [
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Escape,
    ];
    let is_toggle = key == Key::Space && modifiers.command;
    is_toggle || (moves.contains(&key) && !modifiers.command && !modifiers.alt)
}

/// Draws the list.
pub(super) fn list_ui(
    ui: &mut Ui,
    state: &mut ListState,
    app: &App,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let shelf = &app.library.shelf;
    let room = ui.available_rect_before_wrap();
    let list = ui.interact(room, list_id(), Sense::focusable_noninteractive());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Rounds of the library"));
    if std::mem::take(&mut state.takes_focus) {
        list.request_focus();
        if shelf.cursor().is_none() {
            actions.push(Action::Library(LibraryAction::Step(Step::First, false)));
        }
    }
    let cursor = shelf.cursor();
    let has_focus = list.has_focus() && app.dialog.is_none();
    // By what the last frame asked for; this one's keys move the cursor only at its end.
    let scroll_to = cursor.and_then(|cursor| offset_for(state, cursor, room.height()));
    if has_focus {
        keep_arrows(ui);
        let page = (room.height() / ROW) as isize - 1;
        state.follows_cursor |= keys(ui, shelf, cursor, page, actions);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical()
        .id_salt("library list")
        .auto_shrink([false, false]);
    if let Some(offset) = scroll_to {
        area = area.vertical_scroll_offset(offset);
    }
    let lines = shelf.lines();
    let output = area.show_rows(ui, ROW, lines.len(), |ui, visible| {
        for nth in visible {
            let is_cursor = has_focus && cursor == Some(nth);
            line_ui(ui, app, &lines[nth], is_cursor, theme, actions);
        }
    });
    state.offset = output.state.clamped_offset().y;
}

/// Arrows move in the list and not to the next widget.
fn keep_arrows(ui: &Ui) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        tab: false,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list_id(), filter));
}

/// Where to scroll so that the cursor is in view; `None` when nothing has to move.
fn offset_for(state: &mut ListState, cursor: usize, height: f32) -> Option<f32> {
    if !std::mem::take(&mut state.follows_cursor) {
        return None;
    }
    let top = cursor as f32 * ROW;
    let (first, last) = (top + ROW - height, top);
    let wanted = state.offset.clamp(first.min(last), last);
    (wanted != state.offset).then_some(wanted.max(0.0))
}

/// Does what keys ask for; whether the cursor moves.
fn keys(
    ui: &Ui,
    shelf: &Shelf,
    cursor: Option<usize>,
    page: isize,
    actions: &mut Vec<Action>,
) -> bool {
    let steps = [
        (Key::ArrowDown, Step::By(1)),
        (Key::ArrowUp, Step::By(-1)),
        (Key::PageDown, Step::By(page)),
        (Key::PageUp, Step::By(-page)),
        (Key::Home, Step::First),
        (Key::End, Step::Last),
    ];
    let mut act = |action| actions.push(Action::Library(action));
    let (pressed, shift) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key) && !input.modifiers.command;
        let step = steps.iter().find(|(key, _)| pressed(*key));
        let others = [Key::ArrowLeft, Key::ArrowRight, Key::Escape];
        let other = others.into_iter().find(|key| pressed(*key));
        let is_toggle = input.modifiers.command && input.key_pressed(Key::Space);
        let other = other.or(is_toggle.then_some(Key::Space));
        ((step.map(|step| step.1), other), input.modifiers.shift)
    });
    let line = cursor.map(|cursor| &shelf.lines()[cursor]);
    match (pressed, line) {
        ((Some(step), _), _) => act(LibraryAction::Step(step, shift)),
        ((None, Some(Key::Escape)), _) if shelf.selected_count() == 0 => leave_list(ui.ctx()),
        ((None, Some(Key::Escape)), _) => act(LibraryAction::ClearSelection),
        ((None, Some(Key::Space)), Some(line)) => {
            act(LibraryAction::Pick(shelf.key(line), Pick::Toggle));
        }
        ((None, Some(key)), Some(line)) => {
            return fold_or_step(shelf, line, key == Key::ArrowLeft, &mut act);
        }
        _ => return false,
    }
    true
}

/// Left folds a header, and leads from a round up to its header; right unfolds.
fn fold_or_step(
    shelf: &Shelf,
    line: &Line,
    is_left: bool,
    act: &mut impl FnMut(LibraryAction),
) -> bool {
    let key = shelf.key(line);
    let is_header = !matches!(line, Line::Round(..));
    match (is_header, shelf.is_folded(&key), is_left) {
        (true, false, true) => act(LibraryAction::Fold(key, true)),
        (true, true, false) => act(LibraryAction::Fold(key, false)),
        (true, false, false) => act(LibraryAction::Step(Step::By(1), false)),
        (_, _, true) => act(LibraryAction::Step(Step::By(-1), false)),
        _ => return false,
    }
    true
}

fn line_ui(
    ui: &mut Ui,
    app: &App,
    line: &Line,
    is_cursor: bool,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let shelf = &app.library.shelf;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let is_selected = shelf.is_selected(line);
    let name = line_words::spoken_name(shelf, line);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_selected, &name));
    if is_cursor {
        // Who hears the window is told of the line and not of the whole list.
        ui.ctx().accesskit_node_builder(list_id(), |node| {
            node.set_active_descendant(response.id.accesskit_id());
        });
    }
    if ui.is_rect_visible(rect) {
        rows::paint(ui, rect, app, line, &response, is_cursor, theme);
    }
    let key = shelf.key(line);
    let folded = fold_ui(ui, rect, shelf, line, &key, &name, theme);
    if let Some(is_folded) = folded {
        actions.push(Action::Library(LibraryAction::Fold(key, is_folded)));
        return;
    }
    clicks(ui, &response, shelf, line, is_selected, actions);
    response.context_menu(|ui| menu_ui(ui, shelf, line, actions));
    rows::hover(&response, shelf, line, theme);
}

/// The arrowhead of a header: what a click on it wants.
fn fold_ui(
    ui: &Ui,
    row: Rect,
    shelf: &Shelf,
    line: &Line,
    key: &LineKey,
    name: &str,
    theme: &Theme,
) -> Option<bool> {
    let rect = rows::fold_rect(row, line)?;
    let is_folded = shelf.is_folded(key);
    let id = ui.scope_id().with(("fold", key));
    let response = ui.interact(rect, id, Sense::CLICK);
    let verb = if is_folded { "Unfold" } else { "Fold" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{verb} {name}")));
    rows::paint_fold(ui, rect, is_folded, response.hovered(), theme);
    response.clicked().then_some(!is_folded)
}

fn clicks(
    ui: &Ui,
    response: &Response,
    shelf: &Shelf,
    line: &Line,
    is_selected: bool,
    actions: &mut Vec<Action>,
) {
    let opens_menu = response.secondary_clicked() && !is_selected;
    if !response.clicked() && !opens_menu {
        return;
    }
    ui.memory_mut(|memory| memory.request_focus(list_id()));
    let modifiers = ui.input(|input| input.modifiers);
    let how = match modifiers {
        _ if opens_menu => Pick::Only,
        m if m.shift => Pick::Extend,
        m if m.command => Pick::Toggle,
        _ => Pick::Only,
    };
    let key = shelf.key(line);
    let is_double = response.double_clicked() && how == Pick::Only;
    let action = match line {
        Line::Group(_) if is_double => LibraryAction::Fold(key.clone(), !shelf.is_folded(&key)),
        _ if is_double => LibraryAction::Open(ids(shelf.rounds_of(line))),
        _ => LibraryAction::Pick(key, how),
    };
    actions.push(Action::Library(action));
}

fn ids<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<RoundId> {
    entries.map(|entry| entry.id).collect()
}

/// What can be done with a line, or with all that is selected when the line is.
fn menu_ui(ui: &mut Ui, shelf: &Shelf, line: &Line, actions: &mut Vec<Action>) {
    let rounds = if shelf.is_selected(line) {
        shelf.selected()
    } else {
        ids(shelf.rounds_of(line))
    };
    let mut item = |ui: &mut Ui, enabled: bool, title: &str, action: LibraryAction| {
        if ui.add_enabled(enabled, Button::new(title)).clicked() {
            actions.push(Action::Library(action));
            ui.close();
        }
    };
    ui.set_min_width(200.0);
    let open = match rounds.len() {
        1 => "Open".to_owned(),
        n => format!("Open {n} rounds"),
    };
    item(ui, true, &open, LibraryAction::Open(rounds.clone()));
    ui.separator();
    let is_one = rounds.len() == 1;
    if let Some(first) = rounds.first() {
        let title = CommandId::RevealRound.command().title;
        item(ui, is_one, title, LibraryAction::Reveal(*first));
        item(
            ui,
            is_one,
            "Copy path of file",
            LibraryAction::CopyPath(*first),
        );
        ui.separator();
    }
    let title = CommandId::DeleteRounds.command().title;
    item(ui, true, title, LibraryAction::AskDelete(rounds));
}
