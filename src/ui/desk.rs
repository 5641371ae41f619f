//! The whole window: panes around the map, their state, and what they ask the program for.

use super::canvas::{Canvas, CanvasOutput, CanvasView, Ground};
use super::feed::{FeedState, feed_ui};
use super::open_dialog::OpenDialog;
use super::sidebar::{self, Placement, SidebarState};
use super::theme::{self, GRID, Mode, TeamPalette, Theme};
use super::transport::{TransportState, transport_ui};
use super::{keys, layer_menu, notices, problems, roster, shell, shortcuts, timeline, welcome};
use crate::app::App;
use crate::app::action::{Action, Dialog, Effect};
use crate::app::library::action::LibraryAction;
use crate::app::library::sources::unix_now;
use crate::app::opened::OpenRound;
use eframe::egui::{CentralPanel, Context, Frame, Margin, Panel, Rect, Ui, ViewportCommand};
use std::time::Duration;

/// No step of the playhead is longer, in seconds of the viewer: after a hitch the round goes on where it was.
const LONGEST_STEP_S: f32 = 0.25;
/// Frames until all is in place after a change: a dialog first covers what was hovered, and then its tooltip goes.
const SETTLING: u8 = 3;
/// Width of the column with the teams, points.
const SIDE: f32 = 376.0;
const SIDE_NARROW: f32 = 352.0;
/// Below this width of the window the column is narrow.
const NARROW: f32 = 1200.0;

/// Map of one open round: where the camera is stays as it was while other rounds are shown.
struct RoundView {
    key: u64,
    ground: Ground,
    canvas: Canvas,
}

/// The window's content.
pub struct Desk {
    /// The program.
    pub app: App,
    views: Vec<RoundView>,
    applied: Option<Theme>,
    feed: FeedState,
    transport: TransportState,
    open_dialog: OpenDialog,
    sidebar: SidebarState,
    /// Seconds since 1970 now, for what is told from now.
    pub now_unix: fn() -> i64,
    /// Frames still to draw after the last change.
    unsettled: u8,
}

impl Desk {
    /// A window without a round. `wake` is called from other threads when a frame is due.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            app: App::new(wake),
            views: Vec::new(),
            applied: None,
            feed: FeedState::default(),
            transport: TransportState::default(),
            open_dialog: OpenDialog::default(),
            sidebar: SidebarState::default(),
            now_unix: unix_now,
            unsettled: 0,
        }
    }

    /// Draws one frame and does what was asked for in it.
    pub fn ui(&mut self, ui: &mut Ui) {
        let theme = self.apply_theme(ui);
        self.app.poll();
        self.let_time_pass(ui.ctx());
        let pressed = keys::take_shortcuts(ui.ctx(), &self.app);
        let mut has_changed = !pressed.is_empty();
        for action in pressed {
            self.app.apply(action);
        }
        self.keep_views(ui.ctx());
        let mut actions = dropped_files(ui.ctx());
        self.panes_ui(ui, &theme, &mut actions);
        self.dialogs_ui(ui.ctx(), &theme, &mut actions);
        welcome::drop_hint_ui(ui.ctx(), &theme);
        has_changed |= !actions.is_empty();
        for action in actions {
            self.app.apply(action);
        }
        self.do_effects(ui.ctx());
        self.ask_for_frames(ui.ctx(), has_changed);
    }

    fn apply_theme(&mut self, ui: &mut Ui) -> Theme {
        let mode = if self.app.is_light {
            Mode::Light
        } else {
            Mode::Dark
        };
        let palette = if self.app.is_colour_blind_safe {
            TeamPalette::ColourBlindSafe
        } else {
            TeamPalette::Game
        };
        let theme = Theme::new(mode, palette);
        if self.applied != Some(theme) {
            theme::apply(ui.ctx(), &theme);
            ui.set_style(ui.ctx().global_style());
            self.applied = Some(theme);
        }
        theme
    }

    fn let_time_pass(&mut self, ctx: &Context) {
        let (stable_s, real_s) = ctx.input(|input| (input.stable_dt, input.unstable_dt));
        self.app.advance(f64::from(stable_s.min(LONGEST_STEP_S)));
        self.app.notices.advance(f64::from(real_s));
        self.app.library.imports.advance(f64::from(real_s));
    }

    /// Makes a map for every round that has none, and forgets those of closed rounds.
    fn keep_views(&mut self, ctx: &Context) {
        self.views
            .retain(|view| self.app.rounds().iter().any(|open| open.key == view.key));
        let known: Vec<u64> = self.views.iter().map(|view| view.key).collect();
        let new = self
            .app
            .rounds()
            .iter()
            .map(|open| open.key)
            .filter(|key| !known.contains(key));
        for key in new.collect::<Vec<_>>() {
            if let Some(open) = self.app.round_mut(key) {
                self.views.push(RoundView {
                    key,
                    ground: Ground::from_plan(ctx, &open.ground),
                    canvas: Canvas::default(),
                });
                // It is on the graphics card now; a large picture need not be kept twice.
                open.take_picture();
            }
        }
    }

    fn panes_ui(&mut self, ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) {
        let bar = Frame::NONE
            .fill(theme.panel)
            .inner_margin(Margin::symmetric(8, 2));
        Panel::top("top bar")
            .frame(bar)
            .show(ui, |ui| shell::top_bar_ui(ui, &self.app, theme, actions));
        if self.app.rounds().len() > 1 {
            Panel::top("tabs")
                .frame(bar)
                .show(ui, |ui| shell::tabs_ui(ui, &self.app, theme, actions));
        }
        let side = match self.app.shown() {
            None => 0.0,
            Some(_) if ui.available_width() < NARROW => SIDE_NARROW,
            Some(_) => SIDE,
        };
        self.sidebar.now_unix = (self.now_unix)();
        let placement =
            sidebar::sidebar_ui(ui, &mut self.sidebar, &mut self.app, side, theme, actions);
        let left = ui.available_rect_before_wrap();
        if let Some(open) = self.app.shown() {
            let pane = Frame::NONE.fill(theme.panel).inner_margin(Margin::same(4));
            Panel::right("side")
                .frame(pane)
                .exact_size(side)
                .resizable(false)
                .show(ui, |ui| {
                    side_ui(ui, &mut self.feed, open, theme, actions);
                });
            let pane = Frame::NONE
                .fill(theme.panel)
                .inner_margin(Margin::symmetric(12, 4));
            Panel::bottom("timeline").frame(pane).show(ui, |ui| {
                transport_ui(ui, &mut self.transport, open, theme, actions);
                ui.add_space(GRID / 2.0);
                timeline::timeline_ui(ui, open, theme, actions);
            });
        }
        CentralPanel::no_frame().show(ui, |ui| {
            let room = ui.available_rect_before_wrap();
            self.map_ui(ui, room, theme, actions);
            let room = room.with_min_x(room.left() + placement.covers());
            notices::notices_ui(ui.ctx(), &self.app, room, GRID * 4.0, theme, actions);
        });
        if placement == Placement::Drawer {
            let state = &mut self.sidebar;
            sidebar::drawer_ui(ui.ctx(), state, &self.app, left, theme, actions);
        }
    }

    fn map_ui(&mut self, ui: &mut Ui, room: Rect, theme: &Theme, actions: &mut Vec<Action>) {
        let Some(open) = self.app.shown() else {
            welcome::welcome_ui(ui, !self.app.loading().is_empty(), theme, actions);
            return;
        };
        let Some(view) = self.views.iter_mut().find(|view| view.key == open.key) else {
            return;
        };
        let output = view.canvas.show(
            ui,
            &CanvasView {
                round: &open.round,
                deaths: &open.deaths,
                ground: &view.ground,
                t_ms: open.playback.t_ms(),
                layers: &self.app.layers,
                theme,
                selected: open.selected,
                follow: open.is_following,
                smooth: true,
            },
        );
        actions.extend(actions_of(output));
        layer_menu::layer_button_ui(ui, room, &self.app, theme, actions);
    }

    fn dialogs_ui(&mut self, ctx: &Context, theme: &Theme, actions: &mut Vec<Action>) {
        if self.app.shows_problems
            && let Some(open) = self.app.shown()
        {
            problems::problems_window(ctx, open, theme, actions);
        }
        match self.app.dialog {
            Some(Dialog::Path(what)) => {
                self.open_dialog.show(ctx, &self.app, what, theme, actions);
            }
            Some(Dialog::DeleteRounds) => sidebar::delete_dialog(ctx, &self.app, theme, actions),
            Some(Dialog::Shortcuts) => shortcuts::shortcuts_dialog(ctx, theme, actions),
            None => {}
        }
        if !matches!(self.app.dialog, Some(Dialog::Path(_))) {
            self.open_dialog.closed();
        }
    }

    fn do_effects(&mut self, ctx: &Context) {
        for effect in self.app.take_effects() {
            match effect {
                Effect::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
                Effect::ToggleFullScreen => {
                    let is_full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                    ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!is_full));
                }
                Effect::FocusTimeField => self.transport.wants_focus = true,
                Effect::FocusSearch => self.sidebar.focus_search(),
                Effect::LeaveList => sidebar::leave_list(ctx),
                Effect::CopyText(text) => ctx.copy_text(text),
                Effect::FitMap => self.with_canvas(Canvas::fit),
                Effect::ZoomMap(factor) => self.with_canvas(|canvas| canvas.zoom_by(factor)),
            }
            ctx.request_repaint();
        }
    }

    fn with_canvas(&mut self, change: impl FnOnce(&mut Canvas)) {
        let shown = self.app.shown().map(|open| open.key);
        if let Some(view) = self.views.iter_mut().find(|view| Some(view.key) == shown) {
            change(&mut view.canvas);
        }
    }

    /// A paused window sleeps: it draws when something was done, when a notice runs out, and when a thread calls.
    fn ask_for_frames(&mut self, ctx: &Context, has_changed: bool) {
        if has_changed {
            self.unsettled = SETTLING;
        }
        let is_unsettled = self.unsettled > 0;
        self.unsettled = self.unsettled.saturating_sub(1);
        if is_unsettled || self.app.is_playing() {
            ctx.request_repaint();
            return;
        }
        let notices = self.app.notices.next_change_s();
        let sidebar = self.app.library.next_change_s();
        for seconds in [notices, sidebar].into_iter().flatten() {
            ctx.request_repaint_after(Duration::from_secs_f64(seconds.max(0.05)));
        }
    }
}

fn side_ui(
    ui: &mut Ui,
    feed: &mut FeedState,
    open: &OpenRound,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let everybody = open.roster();
    // Big teams scroll, so that the deaths always have a third of the column.
    let height = roster::full_height(&everybody).min(ui.available_height() * 0.66);
    let (room, width) = (ui.available_rect_before_wrap(), ui.available_width());
    let upper = Rect::from_min_size(room.min, eframe::egui::vec2(width, height));
    ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(upper), |ui| {
        roster::roster_ui(ui, open, &everybody, theme, actions);
    });
    ui.advance_cursor_after_rect(upper);
    ui.separator();
    feed_ui(ui, feed, open, theme, actions);
}

fn actions_of(output: CanvasOutput) -> impl Iterator<Item = Action> {
    let clicked = output.clicked.map(Action::Select);
    let moved = output.moved_by_hand.then_some(Action::StopFollowing);
    clicked.into_iter().chain(moved)
}

fn dropped_files(ctx: &Context) -> Vec<Action> {
    ctx.input(|input| {
        let paths = input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_owned());
        let paths: Vec<_> = paths.collect();
        let dropped = |paths| Action::Library(LibraryAction::Dropped(paths));
        (!paths.is_empty())
            .then(|| dropped(paths))
            .into_iter()
            .collect()
    })
}
