//! The library: a local `SQLite` cache of rounds, and the notebook of what a person wrote about them.
//!
//! Everything in it can be built again from the round files, except for the notebook, which has its own tables, its own backup, and is
//! keyed by the content hash of a round so that it outlives the round's deletion and re-import.

pub mod catalogue;
pub mod pack;

/// A stored round. Numbers are never used again for another round of the same library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct RoundId(pub i64);
