//! Reinforcement waves and what they cost, momentum, and stands: a scene worked out by hand, and invariants on real rounds.

mod momentum;
mod real;
mod scene;
#[path = "../support/story.rs"]
mod story;
#[path = "../support/mod.rs"]
mod support;
mod waves;
