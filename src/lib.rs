//! Sandtable replays and analyses rounds of Wolfenstein: Enemy Territory.
//!
//! The crate is the program; `main.rs` only starts it. Data runs one way: bytes are read by [`format`], become an immutable
//! [`model::Round`], and everything else is a pure function of rounds or a way to look at them.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod format;
pub mod jobs;
pub mod library;
pub mod maps;
pub mod model;
pub mod render;
pub mod sample;
pub mod sync;
pub mod ui;
pub mod window;
