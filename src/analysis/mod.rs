//! Pure functions over rounds: what follows from the rows and samples, each with its definition.
//!
//! [`reference`] repeats the definitions of the format's existing parser to the letter, oddities included, so that numbers can be
//! compared. Everything beside it is this project's own: players told apart ([`crate::model::PlayerId`]), doubtful rows set aside
//! ([`flags`]), durations summed from real time steps.

pub mod alive;
pub mod chains;
pub mod checks;
pub mod combat;
pub mod deaths;
pub mod density;
pub mod distribution;
pub mod drift;
pub mod engagement_summary;
pub mod file_focus;
pub mod file_heatmaps;
pub mod flags;
pub mod linking;
pub mod matches;
pub mod moments;
pub mod momentum;
pub mod movement;
pub mod objective_focus;
pub mod outages;
pub mod over_rounds;
pub mod person;
pub mod reference;
pub mod routes;
mod serial;
pub mod shape;
pub mod stagger;
mod stands;
pub mod stats;
pub mod support;
pub mod teamplay;
pub mod trades;
pub mod wave_ledger;
pub mod waves;
