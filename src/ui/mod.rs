//! What a person sees: panes and widgets over the state of `app`. Touches no file and no SQL.

pub mod canvas;
pub mod desk;
pub mod feed;
mod ground;
pub mod icon;
pub mod keys;
pub mod layer_menu;
pub mod names;
pub mod notices;
pub mod open_dialog;
pub mod problems;
pub mod roster;
pub mod shell;
pub mod shortcuts;
pub mod sidebar;
pub mod theme;
pub mod timeline;
pub mod transport;
pub mod welcome;

pub use desk::Desk;
