//! What the canvas is given and what it gives back.

use crate::analysis::deaths::Death;
use crate::app::layers::Layers;
use crate::maps::bounds::WorldRect;
use crate::maps::objective::Objective;
use crate::model::{PlayerId, Round};
use crate::ui::theme::Theme;
use eframe::egui;

/// The ground under a round.
#[derive(Clone)]
pub struct Ground {
    /// World rectangle of the picture, or of the data where the map is unknown.
    pub rect: WorldRect,
    /// Where that rectangle comes from, in words.
    pub source: String,
    /// The command map picture.
    pub picture: Option<egui::TextureHandle>,
    /// Known objectives.
    pub objectives: Vec<Objective>,
}

/// Everything the canvas needs to draw one frame.
pub struct CanvasView<'a> {
    /// The round.
    pub round: &'a Round,
    /// Its deaths, in order of time.
    pub deaths: &'a [Death],
    /// The ground.
    pub ground: &'a Ground,
    /// The moment, ms on the file's clock.
    pub t_ms: i64,
    /// What to draw.
    pub layers: &'a Layers,
    /// Colours.
    pub theme: &'a Theme,
    /// Who is selected.
    pub selected: Option<PlayerId>,
    /// Keep the selected player in the middle.
    pub follow: bool,
    /// Draw between samples (display only).
    pub smooth: bool,
}

/// What a person did on the canvas in this frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CanvasOutput {
    /// The selection a click asks for: a player, or nobody (`Some(None)`) after a click on empty ground or on the selected player.
    pub clicked: Option<Option<PlayerId>>,
    /// The view was moved by hand, which ends following.
    pub moved_by_hand: bool,
}
