//! Places that a round is about: what to blow up, to carry, to build, to hold.

use serde::{Deserialize, Serialize};

/// Radius around an objective that counts as "at the objective", in u: the tracker's own for `OBJECTIVE_FOCUS`.
pub const DEFAULT_RADIUS_U: f32 = 500.0;

/// One objective of a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Word by which the tracker names it in `OBJECTIVE_FOCUS` and `TEAM_PUSHES`, unique within its map: `transmitter`.
    pub id: String,
    /// The map's own name for it.
    pub name: String,
    /// What is to be done there.
    pub kind: ObjectiveKind,
    /// World x of its marker, in u. The marker stands at or near the thing, not always in its middle.
    pub x: f32,
    /// World y, in u.
    pub y: f32,
    /// World z, in u.
    pub z: f32,
    /// A player whose distance (in three dimensions) is at most this is "at" it, in u.
    #[serde(default = "default_radius_u")]
    pub radius_u: f32,
}

fn default_radius_u() -> f32 {
    DEFAULT_RADIUS_U
}

impl Objective {
    /// Distance of a world point from the marker in three dimensions, in u. Always finite: garbage coordinates are as far away as can be
    /// told.
    pub fn distance_u(&self, x: f32, y: f32, z: f32) -> f32 {
        let (dx, dy, dz) = (self.x - x, self.y - y, self.z - z);
        (dx * dx + dy * dy + dz * dz).sqrt().min(f32::MAX)
    }
}

/// What is to be done at an objective. Most sources only tell the first three apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectiveKind {
    /// Something that matters; the source does not say how.
    Objective,
    /// A vehicle to move, or a barrier in its way.
    Escort,
    /// A command post, to build and to destroy.
    CommandPost,
    /// To be blown up with dynamite.
    Dynamite,
    /// Something to steal and carry away.
    Documents,
    /// Where the carried thing is to be brought.
    Transmitter,
    /// A flag that gives a spawn.
    Flag,
    /// To be built.
    Construct,
}

impl ObjectiveKind {
    /// What a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Objective => "Objective",
            Self::Escort => "Escort",
            Self::CommandPost => "Command post",
            Self::Dynamite => "Dynamite target",
            Self::Documents => "Carried objective",
            Self::Transmitter => "Delivery point",
            Self::Flag => "Spawn flag",
            Self::Construct => "Construction",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_height() {
        let objective: Objective = serde_json::from_str(
            r#"{"id":"a","name":"A","kind":"command_post","x":100,"y":200,"z":-50}"#,
        )
        .unwrap();
        assert_eq!(objective.distance_u(102.0, 203.0, -44.0), 7.0);
        assert_eq!(objective.radius_u, 500.0);
        assert_eq!(objective.kind, ObjectiveKind::CommandPost);
    }

    #[test]
    fn kinds_that_do_not_exist_are_refused() {
        assert!(serde_json::from_str::<ObjectiveKind>(r#""tank""#).is_err());
        assert_eq!(
            serde_json::to_string(&ObjectiveKind::Construct).unwrap(),
            r#""construct""#
        );
    }
}
