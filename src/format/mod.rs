//! The proximity round file: reading, problems, writing. Knows the text, not the game.
