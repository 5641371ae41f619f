//! Seeing enemies and shooting at them.

use super::super::ground::{Point, distance_u, flat_u};
use super::super::player::State;
use super::super::tracker::Hit;
use super::{Grenade, World};
use crate::model::Class;

/// Nobody is made out further away, u.
const SIGHT_U: f32 = 1700.0;
/// Further away somebody is only noticed now and then, u.
const CLEAR_SIGHT_U: f32 = 1000.0;
/// Time between two shots of a submachine gun, ms.
const SHOT_MS: i64 = 150;
const GRENADE_FUSE_MS: i64 = 2500;
/// A grenade hurts to this distance, u.
const BLAST_U: f32 = 250.0;
/// Damage to a body that destroys it.
const GIB_DAMAGE: i64 = 175;
/// Bodies further away are left alone, u.
const GIB_U: f32 = 450.0;
/// Height of the eyes above the recorded place, u.
const EYES_U: f32 = 40.0;

/// The gun of a class, by side: MP 40, Thompson, Sten.
pub(super) fn gun(class: Class, side: usize) -> u8 {
    match (class, side) {
        (Class::CovertOps, _) => 10,
        (_, 0) => 3,
        _ => 8,
    }
}

/// Means of death of a gun.
fn means(gun: u8) -> u8 {
    match gun {
        3 => 8,
        8 => 9,
        _ => 10,
    }
}

/// A grenade by side: its weapon and its means of death.
const GRENADES: [(u8, u8); 2] = [(4, 16), (9, 18)];

impl World<'_> {
    /// Whether somebody has an enemy or his body before him, near enough.
    fn has_in_sight(&self, slot: usize, other: usize, most_u: f32) -> bool {
        let (player, other) = (&self.players[slot], &self.players[other]);
        let far = distance_u(player.position, other.position);
        far <= most_u && self.ground.sees(player.lookout(), other.lookout())
    }

    /// Finds the nearest enemy in sight, and lets go of who is gone.
    pub(super) fn look(&mut self, slot: usize) {
        let player = &self.players[slot];
        let side = player.side();
        let mut nearest: Option<(f32, usize)> = None;
        for (other, enemy) in self.players.iter().enumerate() {
            if enemy.side() == side || !enemy.is_alive() {
                continue;
            }
            let far = distance_u(player.position, enemy.position);
            let is_nearer = nearest.is_none_or(|(least, _)| far < least);
            if is_nearer && self.has_in_sight(slot, other, SIGHT_U) {
                nearest = Some((far, other));
            }
        }
        let known = player.fight.target;
        let found = nearest.filter(|(far, other)| {
            known == Some(*other) || *far < CLEAR_SIGHT_U || self.dice.chance(0.12)
        });
        let found = found.map(|(_, other)| other);
        if found == known {
            return;
        }
        let skill = self.players[slot].seat.person.skill;
        let reaction_ms = (self.dice.between(250.0, 800.0) / skill) as i64;
        let burst = 4 + self.dice.below(8);
        let fight = &mut self.players[slot].fight;
        fight.target = found;
        fight.aimed_ms = self.t_ms + reaction_ms;
        fight.burst_left = burst;
        fight.gibbing = fight.gibbing.filter(|_| found.is_none());
    }

    /// Shoots if it is time to.
    pub(super) fn shoot(&mut self, slot: usize) {
        let fight = self.players[slot].fight;
        if self.t_ms < fight.next_shot_ms || self.t_ms < fight.aimed_ms {
            return;
        }
        if let Some(target) = fight.target {
            if self.players[target].is_alive() && self.has_in_sight(slot, target, SIGHT_U) {
                self.shoot_at(slot, target);
            }
        } else if let Some(body) = fight.gibbing {
            let is_there =
                self.players[body].state == State::Body && self.has_in_sight(slot, body, GIB_U);
            if is_there {
                self.shoot_at(slot, body);
            } else {
                self.players[slot].fight.gibbing = None;
            }
        }
    }

    fn shoot_at(&mut self, slot: usize, target: usize) {
        let at = self.players[target].position;
        self.turn_to(slot, at);
        let far = flat_u(self.players[slot].position, at);
        if self.players[target].is_alive() && self.throws(slot, far) {
            self.throw(slot, at);
            return;
        }
        let pause_ms = self.dice.ms(350, 1000);
        let burst = 4 + self.dice.below(8);
        let fight = &mut self.players[slot].fight;
        fight.next_shot_ms = self.t_ms + SHOT_MS;
        fight.burst_left = fight.burst_left.saturating_sub(1);
        if fight.burst_left == 0 {
            fight.next_shot_ms += pause_ms;
            fight.burst_left = burst;
        }
        let weapon = self.players[slot].weapon;
        self.tracker
            .shot(self.t_ms, slot, weapon, &self.players[slot]);
        self.side_step(slot);
        let skill = self.players[slot].seat.person.skill;
        let likelihood = match self.players[target].state {
            State::Body => 0.85,
            _ => skill * (0.40 - far / 3600.0).clamp(0.05, 0.36),
        };
        if self.dice.chance(likelihood) {
            let (region, damage) = self.region(far);
            let hit = Hit {
                by: slot,
                target,
                damage,
                weapon,
                region: Some(region),
            };
            self.hurt(&hit, means(weapon));
        }
    }

    /// Turns to a place, with the unsteadiness of a hand.
    fn turn_to(&mut self, slot: usize, at: Point) {
        let (off_yaw, off_pitch) = (self.dice.between(-2.5, 2.5), self.dice.between(-1.5, 1.5));
        let player = &mut self.players[slot];
        let from = player.position;
        let (dx, dy) = (at[0] - from[0], at[1] - from[1]);
        let dz = at[2] - from[2] - EYES_U / 4.0;
        let yaw = dy.atan2(dx).to_degrees() + off_yaw;
        player.yaw = (yaw + 540.0).rem_euclid(360.0) - 180.0;
        player.pitch = -dz.atan2(dx.hypot(dy)).to_degrees() + off_pitch;
    }

    fn side_step(&mut self, slot: usize) {
        if self.dice.chance(0.3) {
            let shift = [0.0; 2].map(|_| self.dice.between(-16.0, 16.0));
            self.players[slot].walk.shift_to = shift;
        }
    }

    /// Where a bullet hits, and how much it hurts there.
    fn region(&mut self, far: f32) -> (u8, i64) {
        let region = match self.dice.below(100) {
            0..9 => 0,
            9..31 => 1,
            31..78 => 2,
            _ => 3,
        };
        let full = if region == 0 { 50.0 } else { 18.0 };
        let share = 1.0 - ((far - 900.0) / 2000.0).clamp(0.0, 0.5);
        (region, (full * share) as i64)
    }

    fn throws(&mut self, slot: usize, far: f32) -> bool {
        let is_fit = self.players[slot].grenades > 0 && (250.0..900.0).contains(&far);
        is_fit && self.dice.chance(0.02)
    }

    fn throw(&mut self, slot: usize, at: Point) {
        let off = [0.0; 2].map(|_| self.dice.between(-150.0, 150.0));
        self.grenades.push(Grenade {
            bursts_ms: self.t_ms + GRENADE_FUSE_MS,
            by: slot,
            at: [at[0] + off[0], at[1] + off[1], at[2]],
        });
        let player = &mut self.players[slot];
        player.grenades -= 1;
        player.fight.next_shot_ms = self.t_ms + 900;
        let weapon = GRENADES[player.side()].0;
        self.tracker
            .shot(self.t_ms, slot, weapon, &self.players[slot]);
    }

    /// Grenades that go off hurt enemies around, the dead included.
    pub(super) fn burst_grenades(&mut self) {
        let mut due = Vec::new();
        self.grenades.retain(|grenade| {
            let is_due = grenade.bursts_ms <= self.t_ms;
            if is_due {
                due.push(*grenade);
            }
            !is_due
        });
        for grenade in due {
            let side = self.players[grenade.by].side();
            let (weapon, means) = GRENADES[side];
            for target in 0..self.players.len() {
                let far = distance_u(self.players[target].position, grenade.at);
                let is_hurt = self.players[target].side() != side
                    && self.players[target].state != State::Limbo;
                if is_hurt && far < BLAST_U {
                    let hit = Hit {
                        by: grenade.by,
                        target,
                        damage: (220.0 * (1.0 - far / BLAST_U)) as i64,
                        weapon,
                        region: None,
                    };
                    self.hurt(&hit, means);
                }
            }
        }
    }

    /// Damage, with what follows from it.
    fn hurt(&mut self, hit: &Hit, means: u8) {
        if hit.damage < 1 {
            return;
        }
        self.tracker.hit(self.t_ms, hit, &self.players);
        let target = &mut self.players[hit.target];
        if target.state == State::Body {
            target.post_mortem += hit.damage;
            if target.post_mortem >= GIB_DAMAGE {
                target.state = State::Limbo;
                self.tracker
                    .gib(self.t_ms, hit.by, hit.target, &self.players);
            }
            return;
        }
        target.health -= hit.damage;
        if target.health <= 0 {
            self.die(hit, means);
        }
    }
}
