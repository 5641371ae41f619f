//! Walking from place to place.

use super::super::ground::{Node, Point, distance_u};
use super::super::player::Errand;
use super::{FRAME_MS, FULL_STAMINA_S, World};

const RUN_U_PER_S: f32 = 256.0;
const SPRINT_U_PER_S: f32 = 352.0;
/// Who fights goes so fast at most, u/s.
const FIGHT_U_PER_S: f32 = 120.0;
/// A tired man has to rest until he has so much sprint again, s.
const RESTED_S: f32 = 4.0;
/// Faster and slower by so much in a frame, u/s.
const GAIN_U_PER_S: f32 = 45.0;
/// Side step in a frame, u.
const SIDE_STEP_U: f32 = 3.0;
const FRAME_S: f32 = FRAME_MS as f32 / 1000.0;

impl World<'_> {
    /// Puts somebody on the way to a place next to him.
    pub(super) fn set_out(&mut self, slot: usize, to: Node) {
        let target = self.ground.nodes[usize::from(to)];
        let walk = &mut self.players[slot].walk;
        walk.to = to;
        walk.done_u = 0.0;
        walk.length_u = distance_u(walk.from, target);
    }

    /// One frame of walking, and of standing.
    pub(super) fn walk(&mut self, slot: usize) {
        let wanted = self.wanted_speed(slot);
        let player = &mut self.players[slot];
        let walk = &mut player.walk;
        walk.speed += (wanted - walk.speed).clamp(-GAIN_U_PER_S, GAIN_U_PER_S);
        walk.done_u += walk.speed * FRAME_S;
        for axis in 0..2 {
            let left = walk.shift_to[axis] - walk.shift[axis];
            walk.shift[axis] += left.clamp(-SIDE_STEP_U, SIDE_STEP_U);
        }
        let change = if player.is_sprinting {
            -FRAME_S
        } else {
            FRAME_S * 0.4
        };
        player.stamina_s = (player.stamina_s + change).min(FULL_STAMINA_S);
        while self.players[slot].walk.done_u >= self.players[slot].walk.length_u {
            if !self.next_leg(slot) {
                break;
            }
        }
        self.stand(slot);
    }

    /// How fast he wants to be, and how he holds himself.
    fn wanted_speed(&mut self, slot: usize) -> f32 {
        let busy = self.players[slot].is_at_work || self.t_ms < self.players[slot].busy_until_ms;
        let player = &mut self.players[slot];
        let is_fighting = player.fight.target.is_some() || player.fight.gibbing.is_some();
        player.stance = u8::from(is_fighting && (player.fight.burst_left > 6 || busy));
        let is_tired =
            player.stamina_s <= 0.0 || (!player.is_sprinting && player.stamina_s < RESTED_S);
        player.is_sprinting = !is_fighting && !busy && !is_tired;
        match (busy, is_fighting) {
            (true, _) => 0.0,
            (_, true) if player.stance > 0 => FIGHT_U_PER_S / 2.0,
            (_, true) => FIGHT_U_PER_S,
            _ if player.is_sprinting => SPRINT_U_PER_S,
            _ => RUN_U_PER_S,
        }
    }

    /// Goes on from the place he has reached. `false` when he is where he wanted to be.
    fn next_leg(&mut self, slot: usize) -> bool {
        let walk = &mut self.players[slot].walk;
        let at = walk.to;
        if walk.via == Some(at) {
            walk.via = None;
        }
        let goal = walk.via.unwrap_or(walk.goal);
        let rest_u = walk.done_u - walk.length_u;
        walk.from = self.ground.nodes[usize::from(at)];
        let next = self.ground.step(at, goal);
        if at == goal || next == at {
            (walk.done_u, walk.length_u) = (0.0, 0.0);
            walk.speed = 0.0;
            if !self.players[slot].is_at_work {
                self.arrive(slot);
            }
            return false;
        }
        self.set_out(slot, next);
        let walk = &mut self.players[slot].walk;
        walk.done_u = rest_u;
        walk.shift_to = [0.0; 2].map(|_| self.dice.between(-14.0, 14.0));
        true
    }

    /// His place by his way, and how fast he came there.
    fn stand(&mut self, slot: usize) {
        let player = &mut self.players[slot];
        let walk = &player.walk;
        let to = self.ground.nodes[usize::from(walk.to)];
        let share = if walk.length_u > 0.0 {
            walk.done_u / walk.length_u
        } else {
            1.0
        };
        let shift = [walk.shift[0], walk.shift[1], 0.0];
        let at: Point = [0, 1, 2].map(|axis| {
            let exact = walk.from[axis] + (to[axis] - walk.from[axis]) * share + shift[axis];
            // As it will be written.
            (exact * 10.0).round() / 10.0
        });
        player.velocity = [0, 1].map(|axis| (at[axis] - player.position[axis]) / FRAME_S);
        player.position = at;
    }

    /// Sends somebody to a place, by a detour now and then.
    pub(super) fn send(&mut self, slot: usize, goal: Node, errand: Errand) {
        let from = self.players[slot].walk.to;
        let place = |node: Node| self.ground.nodes[usize::from(node)];
        let straight = distance_u(place(from), place(goal));
        let mut via = None;
        if matches!(errand, Errand::Hold | Errand::Work(_)) && self.dice.chance(0.6) {
            for _ in 0..6 {
                let node = self.dice.below(self.ground.nodes.len()) as Node;
                let way =
                    distance_u(place(from), place(node)) + distance_u(place(node), place(goal));
                if way < straight * 1.35 {
                    via = Some(node);
                    break;
                }
            }
        }
        let player = &mut self.players[slot];
        player.walk.via = via;
        player.walk.goal = goal;
        player.errand = errand;
        player.is_at_work = false;
    }
}
