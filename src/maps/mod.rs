//! What is known about the ground: world rectangle, command map picture, objectives.
