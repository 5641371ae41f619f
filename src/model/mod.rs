//! What happened in one round: players, lives as columns of samples, typed events.
//!
//! A [`Round`] is built once from a [`Document`] and never changes; it is shared as `Arc<Round>`. It keeps the document (rows are the
//! events, columns are the samples) and adds what the text does not say by itself: who is the same player, which samples belong to
//! which life, which round of which evening it is, and what its clock means.

pub mod catalogue;
mod clock;
pub mod et_name;
mod identity;
mod life;
mod player;
mod presence;
mod provenance;
mod round;
mod twin;

pub use catalogue::{Class, Team};
pub use clock::{ClockFinding, RoundClock};
pub use identity::{DateSource, NumberSource, RoundNumber, SessionDate};
pub use life::{Life, LifeEnd, LifeId, SampleAt};
pub use player::{Player, PlayerId, Players};
pub use presence::{Absence, Presence};
pub use provenance::{ContentHash, Provenance, Stamp};
pub use round::{CAPABILITIES, Capability, Round};
pub use twin::Fingerprint;

pub use crate::format::{self, Decimal, Document, Problem, Samples, Severity, Strings, Sym, Whole};
