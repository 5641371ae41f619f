//! What is known about the ground: world rectangle, command map picture, objectives.

pub mod bounds;
pub mod objective;
pub mod picture;
pub mod table;
