//! The library: what is stored is what was read, nothing is lost, nothing is there twice.

#[path = "../support/mod.rs"]
mod support;

mod bench;
mod files;
mod rounds;
mod shelf;
