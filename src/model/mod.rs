//! What happened in one round: players, lives as columns of samples, typed events.

pub mod catalogue;
pub mod et_name;
