//! Somebody in a round: his body, where he is going, whom he fights.

use super::ground::{Node, Point};
use super::people::Seat;
use crate::model::{Class, Team};

/// Whether somebody walks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Waiting for the next wave, without a body.
    Limbo,
    /// On his feet.
    Alive,
    /// Lying where he fell, to be revived.
    Body,
}

/// His way: along the line from a point to a place, with a small shift to the side that makes people not walk in single file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Walk {
    pub(super) from: Point,
    pub(super) to: Node,
    pub(super) done_u: f32,
    pub(super) length_u: f32,
    /// A place to pass first, so that not everybody takes the shortest way.
    pub(super) via: Option<Node>,
    pub(super) goal: Node,
    pub(super) shift: [f32; 2],
    pub(super) shift_to: [f32; 2],
    pub(super) speed: f32,
}

/// What he wants at his goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// To be there for a while.
    Hold,
    /// To do what there is to do at a site, by its number in the ground's list.
    Work(usize),
    /// To revive somebody, by slot.
    Revive(usize),
}

/// Whom he fights.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fight {
    /// Enemy in sight, by slot.
    pub(super) target: Option<usize>,
    /// From when on his aim is on him, ms.
    pub(super) aimed_ms: i64,
    pub(super) next_shot_ms: i64,
    pub(super) burst_left: usize,
    /// Body of an enemy at which he shoots on, by slot.
    pub(super) gibbing: Option<usize>,
}

/// Somebody in a round.
#[derive(Clone, Debug)]
pub(super) struct Player {
    pub(super) seat: Seat,
    pub(super) state: State,
    /// The tracker follows him: from a spawn to the next death, not after a revive.
    pub(super) is_tracked: bool,
    pub(super) position: Point,
    /// On the map, u/s.
    pub(super) velocity: [f32; 2],
    /// Where he aimed last, degrees.
    pub(super) yaw: f32,
    pub(super) pitch: f32,
    pub(super) health: i64,
    pub(super) stance: u8,
    pub(super) is_sprinting: bool,
    /// Seconds of sprint left.
    pub(super) stamina_s: f32,
    /// Weapon in hand.
    pub(super) weapon: u8,
    pub(super) grenades: u8,
    pub(super) walk: Walk,
    pub(super) fight: Fight,
    pub(super) errand: Errand,
    /// Busy on the spot until then, ms.
    pub(super) busy_until_ms: i64,
    /// He is at his goal, doing what he came for.
    pub(super) is_at_work: bool,
    pub(super) died_ms: i64,
    /// Damage done to his body.
    pub(super) post_mortem: i64,
}

impl Player {
    pub(super) fn new(seat: Seat) -> Self {
        Self {
            seat,
            state: State::Limbo,
            is_tracked: false,
            position: [0.0; 3],
            velocity: [0.0; 2],
            yaw: 0.0,
            pitch: 0.0,
            health: 0,
            stance: 0,
            is_sprinting: false,
            stamina_s: 0.0,
            weapon: 0,
            grenades: 0,
            walk: Walk::default(),
            fight: Fight::default(),
            errand: Errand::Hold,
            busy_until_ms: 0,
            is_at_work: false,
            died_ms: i64::MIN,
            post_mortem: 0,
        }
    }

    pub(super) fn is_alive(&self) -> bool {
        self.state == State::Alive
    }

    pub(super) fn team(&self) -> Team {
        self.seat.team
    }

    /// His team by number, Axis first.
    pub(super) fn side(&self) -> usize {
        usize::from(self.seat.team == Team::Allies)
    }

    pub(super) fn class(&self) -> Class {
        self.seat.class
    }

    /// His GUID and name, as they stand in rows.
    pub(super) fn who(&self) -> (&str, &str) {
        (&self.seat.person.guid, &self.seat.person.name)
    }

    /// Speed on the map, u/s.
    pub(super) fn speed(&self) -> f32 {
        self.velocity[0].hypot(self.velocity[1])
    }

    /// The place by which it is told what he sees: the one he walks to, some steps ahead at most.
    pub(super) fn lookout(&self) -> Node {
        self.walk.to
    }
}
