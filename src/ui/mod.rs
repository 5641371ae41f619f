//! What a person sees: panes and widgets over the state of `app`. Touches no file and no SQL.

pub mod canvas;
pub mod theme;
