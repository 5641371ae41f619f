//! The commands that use the library: what they print, where, and how they end.

#[path = "../support/mod.rs"]
mod support;

mod bench;
mod changing;
mod faults;
mod importing;
mod listing;
mod questions;
mod readme;
mod watching;
