//! What is under the pointer: players before deaths before objectives, the nearest of each.

use crate::model::PlayerId;
use eframe::egui::Pos2;

/// How far from a marker's edge the pointer still means it, points.
const SLACK: f32 = 4.0;

/// Something on the map that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// A player.
    Player(PlayerId),
    /// A death, by its index.
    Death(usize),
    /// An objective, by its index.
    Objective(usize),
}

impl Pick {
    const fn rank(self) -> u8 {
        match self {
            Self::Player(_) => 0,
            Self::Death(_) => 1,
            Self::Objective(_) => 2,
        }
    }
}

/// Where it is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// What.
    pub(super) pick: Pick,
    /// Middle of its marker.
    pub(super) pos: Pos2,
    /// Radius of its marker, points.
    pub(super) radius: f32,
}

/// What a person means who points there.
pub(super) fn at(pointer: Pos2, targets: &[Target]) -> Option<Target> {
    let near = targets
        .iter()
        .map(|target| (target, target.pos.distance(pointer)));
    let hit = near.filter(|(target, distance)| *distance <= target.radius + SLACK);
    let best = hit.min_by(|(a, a_distance), (b, b_distance)| {
        a.pick
            .rank()
            .cmp(&b.pick.rank())
            .then(a_distance.total_cmp(b_distance))
    });
    best.map(|(target, _)| *target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::pos2;

    fn target(pick: Pick, x: f32) -> Target {
        Target {
            pick,
            pos: pos2(x, 0.0),
            radius: 10.0,
        }
    }

    fn picked(x: f32) -> Option<Pick> {
        let targets = [
            target(Pick::Objective(7), 0.0),
            target(Pick::Death(3), 4.0),
            target(Pick::Player(PlayerId(1)), 10.0),
            target(Pick::Player(PlayerId(2)), 16.0),
        ];
        at(pos2(x, 0.0), &targets).map(|target| target.pick)
    }

    #[test]
    fn players_come_first_then_deaths_then_objectives() {
        assert_eq!(picked(-12.0), Some(Pick::Objective(7)));
        assert_eq!(picked(-8.0), Some(Pick::Death(3)));
        // Nearer to the death and the objective, but a player is within reach.
        assert_eq!(picked(2.0), Some(Pick::Player(PlayerId(1))));
    }

    #[test]
    fn the_nearest_of_a_kind_is_meant() {
        assert_eq!(picked(12.9), Some(Pick::Player(PlayerId(1))));
        assert_eq!(picked(13.1), Some(Pick::Player(PlayerId(2))));
    }

    #[test]
    fn empty_ground_is_nothing() {
        assert_eq!(picked(30.1), None);
        assert_eq!(picked(-14.1), None);
    }
}
