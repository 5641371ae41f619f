//! Players, classes, maps and pairs over several rounds: two rounds worked out by hand, and invariants on real ones.

mod numbers;
mod real;
mod scene;
#[path = "../support/story.rs"]
mod story;
#[path = "../support/mod.rs"]
mod support;
