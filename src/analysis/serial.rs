//! How values of the model stand in results: teams by their word in a round file, lives by their number.

use crate::model::{LifeId, Team};
use serde::Serializer;

/// A team as `AXIS` or `ALLIES`.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde asks for"
)]
pub(super) fn team<S: Serializer>(team: &Team, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(team.tag())
}

/// A life as its index in [`crate::model::Round::lives`].
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde asks for"
)]
pub(super) fn life<S: Serializer>(life: &LifeId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u32(life.0)
}
