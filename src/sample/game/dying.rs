//! Dying, and coming back.

use super::super::ground::distance_u;
use super::super::player::{Errand, Fight, State};
use super::super::tracker::Hit;
use super::World;
use crate::model::Class;

/// Who is killed so shortly before a wave misses it, ms.
const TAP_OUT_MS: i64 = 800;
/// A medic goes no further for a body, u.
const CALL_U: f32 = 900.0;
/// He revives from so near, u.
const REACH_U: f32 = 150.0;
const REVIVED_HEALTH: i64 = 66;
/// Time on the ground after a revive, ms.
const RISE_MS: i64 = 700;
const SYRINGE: u8 = 11;

impl World<'_> {
    /// Somebody is killed by an enemy.
    pub(super) fn die(&mut self, hit: &Hit, means: u8) {
        let victim = &mut self.players[hit.target];
        victim.state = State::Body;
        victim.velocity = [0.0; 2];
        victim.died_ms = self.t_ms;
        victim.post_mortem = 0;
        victim.fight = Fight::default();
        victim.is_at_work = false;
        self.tracker.kill(
            self.t_ms,
            (hit.by, hit.target),
            (hit.weapon, means),
            &self.players,
        );
        self.players[hit.target].is_tracked = false;
        self.drop_load(hit.target, Some((hit.by, means)));
        let shoots_on = self.dice.chance(0.25);
        let killer = &mut self.players[hit.by];
        if shoots_on && killer.is_alive() {
            killer.fight.gibbing = Some(hit.target);
        }
    }

    /// Somebody hurt kills himself shortly before a wave, to be back with it in full health.
    pub(super) fn gives_up(&mut self, slot: usize) -> bool {
        let player = &self.players[slot];
        let to_wave_ms = self.waves[player.side()].to_next_ms(self.t_ms);
        let is_calm = player.fight.target.is_none() && player.is_tracked;
        let is_worth_it = player.health < 40 && (1000..3000).contains(&to_wave_ms);
        if !is_calm || !is_worth_it || !self.dice.chance(0.08) {
            return false;
        }
        let player = &mut self.players[slot];
        player.state = State::Limbo;
        player.velocity = [0.0; 2];
        player.died_ms = self.t_ms;
        player.is_tracked = false;
        player.fight = Fight::default();
        self.tracker.self_kill(self.t_ms, slot, &self.players);
        self.drop_load(slot, None);
        true
    }

    /// Whether somebody comes back with the wave that lands now.
    pub(super) fn taps_out(&self, slot: usize) -> bool {
        let player = &self.players[slot];
        !player.is_alive() && self.t_ms - player.died_ms >= TAP_OUT_MS
    }

    /// A medic heals himself, and goes for a mate's body if he is free to.
    pub(super) fn see_to_wounded(&mut self, slot: usize) {
        let player = &mut self.players[slot];
        if player.class() != Class::Medic {
            return;
        }
        let full = super::full_health(player.class());
        if player.health < full && self.t_ms % 1000 < 200 {
            player.health = (player.health + 3).min(full);
        }
        let is_on_call = matches!(player.errand, Errand::Revive(_));
        if player.fight.target.is_some() || is_on_call {
            return;
        }
        let (side, at) = (player.side(), player.position);
        let bodies = self.players.iter().enumerate().filter(|(_, mate)| {
            mate.side() == side
                && mate.state == State::Body
                && distance_u(mate.position, at) < CALL_U
        });
        let nearest = bodies.min_by(|a, b| {
            let far = |mate: &super::Player| distance_u(mate.position, at);
            far(a.1).total_cmp(&far(b.1))
        });
        let Some((mate, body)) = nearest else { return };
        let goal = self.ground.nearest(body.position);
        self.send(slot, goal, Errand::Revive(mate));
    }

    /// The medic is there: the mate gets up, if he still lies there.
    pub(super) fn revive(&mut self, slot: usize, mate: usize) {
        let (medic, body) = (&self.players[slot], &self.players[mate]);
        if body.state != State::Body || distance_u(medic.position, body.position) > REACH_U {
            return;
        }
        self.tracker
            .shot(self.t_ms, slot, SYRINGE, &self.players[slot]);
        self.tracker.revive(self.t_ms, slot, mate, &self.players);
        let revived = &mut self.players[mate];
        revived.state = State::Alive;
        revived.health = REVIVED_HEALTH;
        revived.busy_until_ms = self.t_ms + RISE_MS;
        revived.walk.speed = 0.0;
        self.choose_errand(mate);
    }
}
