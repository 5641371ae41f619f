//! Watched folders: what each is doing, what came from it, and how it is watched.

use super::empty::empty_ui;
use super::{framed_switches, hairline, small_button};
use crate::app::App;
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::library::action::LibraryAction;
use crate::app::library::sources::{elided_middle, scan_words, status_words};
use crate::app::library::words::thousands;
use crate::app::library::{SourceStatus, SourceView, WatchedFolder};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{BODY, GRID, SMALL, Theme};
use eframe::egui::{
    Color32, FontId, Label, Rect, RichText, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo,
    vec2,
};

/// Draws the part.
pub(super) fn sync_ui(
    ui: &mut Ui,
    app: &App,
    now_unix: i64,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let sources = &app.library.sources;
    if sources.is_empty() {
        let text = "Watch the folder into which your server or your sync program puts round files: new ones are imported by themselves, \
                    and the newest can open by itself.";
        let help = [CommandId::WatchFolder];
        empty_ui(ui, "No folder is watched", text, &help, theme, actions);
        return;
    }
    let command = CommandId::WatchFolder.command();
    if small_button(ui, true, command.title) {
        actions.push(Action::Run(CommandId::WatchFolder));
    }
    ui.add_space(GRID / 2.0);
    ScrollArea::vertical()
        .id_salt("sources")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for view in sources {
                ui.push_id(view.folder.id, |ui| {
                    hairline(ui, theme);
                    ui.add_space(GRID);
                    source_ui(ui, view, now_unix, theme, actions);
                    ui.add_space(GRID);
                });
            }
        });
}

fn source_ui(
    ui: &mut Ui,
    view: &SourceView,
    now_unix: i64,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    path_ui(ui, view, theme);
    status_ui(ui, view, theme);
    counts_ui(ui, view, now_unix, theme);
    ui.add_space(2.0);
    buttons_ui(ui, view, actions);
    switches_ui(ui, &view.folder, theme, actions);
}

fn path_ui(ui: &mut Ui, view: &SourceView, theme: &Theme) {
    let path = view.folder.path.display().to_string();
    let (font, width) = (FontId::proportional(BODY), ui.available_width());
    let fits = |text: &str| {
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(text.to_owned(), font.clone(), theme.text);
        galley.size().x <= width
    };
    let shown = elided_middle(&path, fits);
    ui.add(Label::new(shown).selectable(false))
        .on_hover_text(path);
}

fn look(status: &SourceStatus, theme: &Theme) -> (Icon, Color32) {
    match status {
        SourceStatus::Watching => (Icon::Check, theme.good),
        SourceStatus::Scanning => (Icon::Search, theme.accent),
        SourceStatus::Paused => (Icon::Pause, theme.muted),
        SourceStatus::Unreachable(_) => (Icon::Warning, theme.error),
    }
}

fn status_ui(ui: &mut Ui, view: &SourceView, theme: &Theme) {
    let (icon, colour) = look(&view.status, theme);
    let (word, why) = status_words(&view.status);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID / 2.0;
        let (rect, response) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, word));
        let place = Rect::from_center_size(rect.center(), vec2(18.0, 18.0));
        icon::paint(ui.painter(), place, icon, colour);
        ui.label(RichText::new(word).size(SMALL));
    });
    if let Some(why) = why {
        let text = format!("{why}. It is tried again at the next scan.");
        ui.add(Label::new(RichText::new(text).size(SMALL).color(theme.error)).wrap());
    }
    if let Some(remark) = &view.remark {
        ui.add(Label::new(RichText::new(remark).size(SMALL).color(theme.muted)).wrap());
    }
}

fn counts_ui(ui: &mut Ui, view: &SourceView, now_unix: i64, theme: &Theme) {
    let scans = RichText::new(scan_words(view, now_unix)).size(SMALL);
    ui.add(Label::new(scans.color(theme.muted)).wrap());
    let text = format!(
        "{} new · {} known · {} failed",
        thousands(view.new),
        thousands(view.known),
        thousands(view.failed)
    );
    let colour = if view.failed > 0 {
        theme.warning
    } else {
        theme.muted
    };
    let text = RichText::new(text).size(SMALL).color(colour);
    ui.add(Label::new(text).selectable(false)).on_hover_text(
        "New: files imported since the program started.\nKnown: files in the folder that the library has.\n\
         Failed: files that could not be imported; Imports says why.",
    );
}

fn buttons_ui(ui: &mut Ui, view: &SourceView, actions: &mut Vec<Action>) {
    let folder = &view.folder;
    let mut act = |action| actions.push(Action::Library(action));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID / 2.0;
        let is_scanning = view.status == SourceStatus::Scanning;
        if small_button(ui, !is_scanning, "Scan now") {
            act(LibraryAction::RunSource(folder.id));
        }
        let pause = if folder.is_paused { "Resume" } else { "Pause" };
        if small_button(ui, true, pause) {
            let mut changed = folder.clone();
            changed.is_paused ^= true;
            act(LibraryAction::ChangeSource(changed));
        }
        if small_button(ui, true, "Remove") {
            act(LibraryAction::RemoveSource(folder.id));
        }
    });
}

fn switches_ui(ui: &mut Ui, folder: &WatchedFolder, theme: &Theme, actions: &mut Vec<Action>) {
    let mut changed = folder.clone();
    ui.scope(|ui| {
        ui.style_mut().override_text_style = Some(TextStyle::Small);
        framed_switches(ui, theme);
        ui.checkbox(&mut changed.opens_newest, "Open new rounds by themselves");
        ui.checkbox(&mut changed.polls, "Network share")
            .on_hover_text(
                "Network shares tell nobody about changes: the folder is listed again and again instead.",
            );
    });
    if changed != *folder {
        actions.push(Action::Library(LibraryAction::ChangeSource(changed)));
    }
}
