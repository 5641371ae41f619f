//! Pure functions over rounds: what follows from the rows and samples, each with its definition.

pub mod deaths;
