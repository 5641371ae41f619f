//! Colours, sizes and text styles of the program, in one place.
//!
//! Quiet and flat: the map and the people on it are the only saturated things. Teams differ by marker shape as well as by colour.

use crate::model::Team;
use eframe::egui::{self, Color32, FontFamily, FontId, TextStyle};

/// Which set of neutral colours is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Light text on dark ground.
    #[default]
    Dark,
    /// Dark text on light ground.
    Light,
}

/// Which team colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TeamPalette {
    /// Red and blue, as in the game.
    #[default]
    Game,
    /// Orange and sky blue, which stay apart for every kind of colour vision.
    ColourBlindSafe,
}

/// Every colour the program uses, by role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Dark or light.
    pub mode: Mode,
    /// Behind everything; also the map canvas.
    pub window: Color32,
    /// Panels.
    pub panel: Color32,
    /// Things raised from a panel: fields, hovered rows.
    pub raised: Color32,
    /// Text and the most important numbers.
    pub text: Color32,
    /// Labels, units, secondary text.
    pub muted: Color32,
    /// Hairlines between groups.
    pub line: Color32,
    /// Axis.
    pub axis: Color32,
    /// Allies.
    pub allies: Color32,
    /// Selection and focus.
    pub accent: Color32,
    /// Fine.
    pub good: Color32,
    /// Doubtful.
    pub warning: Color32,
    /// Wrong.
    pub error: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Theme {
    /// The colours of a mode and a team palette.
    pub const fn new(mode: Mode, palette: TeamPalette) -> Self {
        let (axis, allies) = match (palette, mode) {
            (TeamPalette::Game, Mode::Dark) => (rgb(0xE5_534B), rgb(0x4A_90F2)),
            (TeamPalette::Game, Mode::Light) => (rgb(0xC9_3A32), rgb(0x24_68C8)),
            (TeamPalette::ColourBlindSafe, _) => (rgb(0xE6_9F00), rgb(0x56_B4E9)),
        };
        match mode {
            Mode::Dark => Self {
                mode,
                window: rgb(0x12_1418),
                panel: rgb(0x1A_1D23),
                raised: rgb(0x23_2730),
                text: rgb(0xE7_E9EC),
                muted: rgb(0x9B_A3AE),
                line: rgb(0x2C_313A),
                axis,
                allies,
                accent: rgb(0xF2_C94C),
                good: rgb(0x4C_B782),
                warning: rgb(0xE2_A33B),
                error: rgb(0xE5_534B),
            },
            Mode::Light => Self {
                mode,
                window: rgb(0xF4_F5F7),
                panel: rgb(0xFF_FFFF),
                raised: rgb(0xEC_EEF1),
                text: rgb(0x1B_1E24),
                muted: rgb(0x5B_6470),
                line: rgb(0xD5_D9DF),
                axis,
                allies,
                accent: rgb(0xB7_860B),
                good: rgb(0x3D_9268),
                warning: rgb(0xB5_822F),
                error: rgb(0xB7_423C),
            },
        }
    }

    /// A team's colour; muted for spectators and unknown teams.
    pub const fn team(&self, team: Option<Team>) -> Color32 {
        match team {
            Some(Team::Axis) => self.axis,
            Some(Team::Allies) => self.allies,
            _ => self.muted,
        }
    }
}

/// Rows and gaps are multiples of this, in points.
pub const GRID: f32 = 8.0;
/// Corner radius of everything that has corners.
pub const RADIUS: u8 = 4;
/// Small text: axes, units, secondary columns.
pub const SMALL: f32 = 12.0;
/// Body text.
pub const BODY: f32 = 14.0;
/// Titles and the clock.
pub const LARGE: f32 = 18.0;

/// Name of the text style for times and numbers, whose digits all have the same width.
pub fn number_style() -> TextStyle {
    TextStyle::Monospace
}

/// Sets fonts, spacing and colours of a context.
pub fn apply(ctx: &egui::Context, theme: &Theme) {
    let base = match theme.mode {
        Mode::Dark => egui::Theme::Dark,
        Mode::Light => egui::Theme::Light,
    };
    ctx.set_theme(base);
    ctx.style_mut_of(base, |style| {
        style.text_styles = [
            (
                TextStyle::Small,
                FontId::new(SMALL, FontFamily::Proportional),
            ),
            (TextStyle::Body, FontId::new(BODY, FontFamily::Proportional)),
            (
                TextStyle::Button,
                FontId::new(BODY, FontFamily::Proportional),
            ),
            (
                TextStyle::Heading,
                FontId::new(LARGE, FontFamily::Proportional),
            ),
            (
                TextStyle::Monospace,
                FontId::new(SMALL, FontFamily::Monospace),
            ),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(GRID, GRID / 2.0);
        style.spacing.button_padding = egui::vec2(GRID, GRID / 2.0);
        let visuals = &mut style.visuals;
        visuals.panel_fill = theme.panel;
        visuals.window_fill = theme.panel;
        visuals.extreme_bg_color = theme.window;
        visuals.faint_bg_color = theme.raised;
        visuals.override_text_color = Some(theme.text);
        visuals.selection.bg_fill = theme.accent.gamma_multiply(0.35);
        visuals.selection.stroke = egui::Stroke::new(1.0, theme.accent);
        visuals.window_stroke = egui::Stroke::new(1.0, theme.line);
        visuals.window_shadow = egui::Shadow::NONE;
        visuals.popup_shadow = egui::Shadow::NONE;
        let radius = egui::CornerRadius::same(RADIUS);
        visuals.window_corner_radius = radius;
        visuals.menu_corner_radius = radius;
        let widgets = &mut visuals.widgets;
        for widget in [
            &mut widgets.noninteractive,
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
            &mut widgets.open,
        ] {
            widget.corner_radius = radius;
            widget.bg_stroke = egui::Stroke::NONE;
            widget.expansion = 0.0;
        }
        widgets.noninteractive.bg_stroke = egui::Stroke::new(1.0, theme.line);
        widgets.inactive.weak_bg_fill = theme.raised;
        widgets.inactive.bg_fill = theme.raised;
        widgets.hovered.weak_bg_fill = theme.line;
        widgets.hovered.bg_fill = theme.line;
        // Open menus, and the title bars of windows.
        widgets.open.weak_bg_fill = theme.raised;
        widgets.open.bg_fill = theme.raised;
        widgets.active.weak_bg_fill = theme.accent.gamma_multiply(0.35);
        widgets.active.bg_fill = theme.accent.gamma_multiply(0.35);
    });
}
