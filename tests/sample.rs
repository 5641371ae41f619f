//! Made-up rounds.
mod support;
