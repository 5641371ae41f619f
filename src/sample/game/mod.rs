//! A round, played: people who walk, see, fight, die, come back with the next wave, and do what the map wants done.
//!
//! The Allies attack, the Axis defend, as on most maps. The game moves in server frames of 50 ms. It knows walking along ways, sight between
//! places, and dice; it knows no jumping, no bullets that hit walls, and no tactics beyond going where something is to be done. That is enough
//! for files whose rows agree with each other, and not for conclusions about how the game is played.

mod dying;
mod errands;
mod fighting;
mod walking;

use super::Params;
use super::dice::Dice;
use super::ground::{Ground, Point};
use super::people;
use super::player::{Player, State};
use super::tracker::Tracker;
use super::waves::Waves;
use crate::model::Class;

/// Length of a server frame, ms.
const FRAME_MS: i64 = 50;
/// Everybody is in at this moment, ms.
const FIRST_SPAWN_MS: i64 = 500;
/// Times between waves of Axis and Allies, ms.
const INTERVALS_MS: [i64; 2] = [25_000, 20_000];
/// How often somebody makes up his mind, in frames.
const FRAMES_PER_THOUGHT: i64 = 4;
/// Sprint of somebody fresh, s.
const FULL_STAMINA_S: f32 = 8.0;

/// A grenade on its way.
#[derive(Clone, Copy)]
struct Grenade {
    bursts_ms: i64,
    by: usize,
    at: Point,
}

/// The round in play.
struct World<'a> {
    ground: &'a Ground,
    players: Vec<Player>,
    dice: Dice,
    waves: [Waves; 2],
    tracker: Tracker<'a>,
    t_ms: i64,
    grenades: Vec<Grenade>,
    sites: Vec<errands::Site>,
    load: errands::Load,
}

/// Plays a round to its end and gives its file.
pub(super) fn play(params: &Params) -> Vec<u8> {
    let ground = Ground::of(&params.map);
    let is_second = params.round == 2;
    let seats = people::seats(params.seed, params.nth_match, is_second, params.players);
    let labels = [4, u64::from(params.nth_match), u64::from(params.round)];
    let mut dice = Dice::new(params.seed, &labels);
    let waves = INTERVALS_MS.map(|interval_ms| Waves::draw(interval_ms, &mut dice));
    let mut world = World {
        ground: &ground,
        tracker: Tracker::new(&ground, params.cadence_ms, waves, seats.len()),
        players: seats.into_iter().map(Player::new).collect(),
        dice,
        waves,
        t_ms: 0,
        grenades: Vec::new(),
        sites: vec![errands::Site::Open; ground.sites.len()],
        load: errands::Load::Home,
    };
    let end_ms = params.length_ms();
    // In the last frame the tracker only closes what is open.
    while world.t_ms + FRAME_MS < end_ms {
        world.t_ms += FRAME_MS;
        world.frame();
    }
    world.tracker.finish(end_ms, &world.players, params)
}

impl World<'_> {
    fn frame(&mut self) {
        self.spawn_waves();
        self.burst_grenades();
        self.watch_sites();
        for slot in 0..self.players.len() {
            if !self.players[slot].is_alive() {
                continue;
            }
            if (self.t_ms / FRAME_MS + slot as i64) % FRAMES_PER_THOUGHT == 0 {
                self.think(slot);
            }
            // Thinking may be the end of him.
            if self.players[slot].is_alive() {
                self.walk(slot);
                self.shoot(slot);
            }
        }
        self.tracker.frame(self.t_ms, &self.players);
    }

    /// Looks around and decides.
    fn think(&mut self, slot: usize) {
        self.look(slot);
        if self.gives_up(slot) {
            return;
        }
        self.see_to_wounded(slot);
        let player = &self.players[slot];
        if player.is_at_work && self.t_ms >= player.busy_until_ms {
            self.finish_errand(slot);
            self.choose_errand(slot);
        }
    }

    fn spawn_waves(&mut self) {
        for side in 0..2 {
            let is_first = self.t_ms == FIRST_SPAWN_MS;
            let is_wave = self.t_ms > FIRST_SPAWN_MS && self.waves[side].lands(self.t_ms, FRAME_MS);
            if !is_first && !is_wave {
                continue;
            }
            let mut pads: Vec<usize> = (0..self.ground.pads[side].len()).collect();
            self.dice.shuffle(&mut pads);
            let mut landed = 0;
            for slot in 0..self.players.len() {
                if self.players[slot].side() == side && (is_first || self.taps_out(slot)) {
                    let pad = pads[landed % pads.len()];
                    landed += 1;
                    self.spawn(slot, self.ground.pads[side][pad]);
                }
            }
        }
    }

    fn spawn(&mut self, slot: usize, at: Point) {
        self.tracker.tap_out(self.t_ms, slot, &self.players);
        let side = self.players[slot].side();
        let player = &mut self.players[slot];
        let fresh = Player::new(player.seat.clone());
        *player = Player {
            state: State::Alive,
            is_tracked: true,
            position: at,
            health: full_health(player.class()),
            stamina_s: FULL_STAMINA_S,
            weapon: fighting::gun(player.class(), side),
            grenades: 2,
            ..fresh
        };
        player.walk.from = at;
        self.set_out(slot, self.ground.gates[side]);
        self.choose_errand(slot);
        self.tracker.spawn(self.t_ms, slot, &self.players[slot]);
    }
}

/// Health of somebody fresh; medics have more, and everybody has some for the medics in his team.
fn full_health(class: Class) -> i64 {
    if class == Class::Medic { 132 } else { 120 }
}
