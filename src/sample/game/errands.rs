//! What is to be done on the map, and who sets out to do it.

use super::super::ground::{Node, Point, distance_u};
use super::super::player::{Errand, Player};
use super::super::tracker::Action;
use super::{FRAME_MS, World};
use crate::maps::objective::ObjectiveKind;
use crate::model::Class;

/// The side that attacks: the Allies.
const ATTACKERS: usize = 1;
/// From planting to the bang, ms.
const FUSE_MS: i64 = 30_000;
/// What was dropped is brought back after so long, ms.
const RETURN_MS: i64 = 20_000;
/// Time that somebody takes for his work, ms.
const WORK_MS: i64 = 4500;
/// How often a carrier's way is looked at, ms.
const CARRY_STEP_MS: i64 = 200;

/// How far the work at a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    Open,
    /// Dynamite lies there, planted by a slot at a moment.
    Planted(usize, i64),
    /// Destroyed, or built.
    Done,
    /// A flag, by side.
    Held(usize),
}

/// Where the thing to carry is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Load {
    Home,
    Carried(usize),
    /// Who dropped it, when and where.
    Dropped(usize, i64, Point),
}

impl World<'_> {
    fn kind(&self, site: usize) -> ObjectiveKind {
        self.ground.objectives[self.ground.sites[site].0].kind
    }

    /// Whether the ways are open to what is to be carried.
    fn is_load_free(&self) -> bool {
        let mut sites =
            (0..self.sites.len()).filter(|site| self.kind(*site) == ObjectiveKind::Dynamite);
        sites.all(|site| self.sites[site] == Site::Done)
    }

    /// Whether somebody has anything to do at a site.
    fn has_work(&self, player: &Player, site: usize) -> bool {
        let attacks = player.side() == ATTACKERS;
        let builds = player.class() == Class::Engineer;
        match (self.kind(site), self.sites[site]) {
            (
                ObjectiveKind::Dynamite | ObjectiveKind::Objective | ObjectiveKind::Construct,
                Site::Open,
            ) => attacks && builds,
            (ObjectiveKind::Dynamite | ObjectiveKind::Objective, Site::Planted(..)) => {
                !attacks && builds
            }
            (ObjectiveKind::CommandPost, Site::Open) => builds,
            (ObjectiveKind::Flag, state) => state != Site::Held(player.side()),
            (ObjectiveKind::Documents, _) => {
                attacks && matches!(self.load, Load::Home) && self.is_load_free()
            }
            _ => false,
        }
    }

    /// Gives somebody something to do next.
    pub(super) fn choose_errand(&mut self, slot: usize) {
        if matches!(self.load, Load::Carried(carrier) if carrier == slot) {
            self.send(slot, self.home_of_load(), Errand::Hold);
            return;
        }
        let player = &self.players[slot];
        let side = player.side();
        let work: Vec<usize> = (0..self.sites.len())
            .filter(|site| self.has_work(player, *site))
            .collect();
        if !work.is_empty() && self.dice.chance(0.7) {
            let site = work[self.dice.below(work.len())];
            self.send(slot, self.ground.sites[site].1, Errand::Work(site));
            return;
        }
        let goal = self.post(side);
        self.send(slot, goal, Errand::Hold);
    }

    /// A place to be at: most often near a site, for the defenders also on the attackers' way.
    fn post(&mut self, side: usize) -> Node {
        let count = self.ground.nodes.len();
        let near = if self.ground.sites.is_empty() || self.dice.chance(0.25) {
            // Between the spawns everybody meets.
            let gates = self
                .ground
                .gates
                .map(|gate| self.ground.nodes[usize::from(gate)]);
            let share = self.dice.between(0.35, 0.65);
            [0, 1, 2].map(|axis| gates[0][axis] + (gates[1][axis] - gates[0][axis]) * share)
        } else {
            let site = self.dice.below(self.ground.sites.len());
            self.ground.nodes[usize::from(self.ground.sites[site].1)]
        };
        let own = self.ground.nodes[usize::from(self.ground.gates[side])];
        for _ in 0..12 {
            let node = self.dice.below(count);
            let place = self.ground.nodes[node];
            if distance_u(place, near) < 700.0 && distance_u(place, own) > 400.0 {
                return node as Node;
            }
        }
        self.ground.nearest(near)
    }

    /// Somebody has come where he wanted to be.
    pub(super) fn arrive(&mut self, slot: usize) {
        let takes_ms = match self.players[slot].errand {
            Errand::Hold => {
                let long = if self.players[slot].side() == ATTACKERS {
                    2500
                } else {
                    6000
                };
                self.dice.ms(500, long)
            }
            Errand::Work(site) => match self.kind(site) {
                ObjectiveKind::Documents | ObjectiveKind::Flag => 200,
                _ => WORK_MS,
            },
            Errand::Revive(_) => 500,
        };
        let player = &mut self.players[slot];
        player.is_at_work = true;
        player.busy_until_ms = self.t_ms + takes_ms;
    }

    /// Somebody has done what he came for.
    pub(super) fn finish_errand(&mut self, slot: usize) {
        match self.players[slot].errand {
            Errand::Revive(mate) => self.revive(slot, mate),
            Errand::Work(site) if self.has_work(&self.players[slot], site) => self.work(slot, site),
            Errand::Hold if matches!(self.load, Load::Carried(carrier) if carrier == slot) => {
                let is_home = self.players[slot].walk.to == self.home_of_load();
                if is_home {
                    self.tracker
                        .put_down(self.t_ms, slot, "secured", None, &self.players);
                    // There is more to be had where this came from.
                    self.load = Load::Home;
                }
            }
            _ => {}
        }
        self.players[slot].is_at_work = false;
    }

    fn work(&mut self, slot: usize, site: usize) {
        let side = self.players[slot].side();
        let (action, state) = match (self.kind(site), self.sites[site]) {
            (ObjectiveKind::Documents, _) => {
                self.load = Load::Carried(slot);
                self.tracker.pick_up(self.t_ms, slot, &self.players[slot]);
                return;
            }
            (ObjectiveKind::Flag, _) => (Action::Captured, Site::Held(side)),
            (ObjectiveKind::Construct | ObjectiveKind::CommandPost, _) => {
                (Action::Built, Site::Done)
            }
            (_, Site::Planted(..)) => (Action::Defuse, Site::Open),
            _ => (Action::Plant, Site::Planted(slot, self.t_ms)),
        };
        self.sites[site] = state;
        self.tracker.action(
            self.t_ms,
            slot,
            action,
            self.ground.sites[site].0,
            &self.players,
        );
    }

    /// Where the load is to be brought.
    fn home_of_load(&self) -> Node {
        let mut sites = 0..self.sites.len();
        let transmitter = sites.find(|site| self.kind(*site) == ObjectiveKind::Transmitter);
        transmitter.map_or(self.ground.gates[ATTACKERS], |site| {
            self.ground.sites[site].1
        })
    }

    /// A carrier dies: what he has falls to the ground.
    pub(super) fn drop_load(&mut self, slot: usize, killer: Option<(usize, u8)>) {
        if matches!(self.load, Load::Carried(carrier) if carrier == slot) {
            let outcome = if killer.is_some() {
                "killed"
            } else {
                "dropped"
            };
            self.tracker
                .put_down(self.t_ms, slot, outcome, killer, &self.players);
            self.load = Load::Dropped(slot, self.t_ms, self.players[slot].position);
        }
    }

    /// Dynamite that goes off, dropped things that are brought back, carriers on their way.
    pub(super) fn watch_sites(&mut self) {
        for site in 0..self.sites.len() {
            if let Site::Planted(by, since_ms) = self.sites[site]
                && self.t_ms - since_ms >= FUSE_MS
            {
                self.sites[site] = Site::Done;
                self.tracker.action(
                    self.t_ms,
                    by,
                    Action::Destroyed,
                    self.ground.sites[site].0,
                    &self.players,
                );
            }
        }
        match self.load {
            Load::Carried(slot) if self.t_ms % CARRY_STEP_MS < FRAME_MS => {
                self.tracker.carry_on(slot, &self.players[slot]);
            }
            Load::Dropped(carrier, since_ms, at) if self.t_ms - since_ms >= RETURN_MS => {
                let enemies = self
                    .players
                    .iter()
                    .filter(|p| p.side() != ATTACKERS && p.is_alive());
                let nearest = enemies.min_by(|a, b| {
                    let far = |enemy: &Player| distance_u(enemy.position, at);
                    far(a).total_cmp(&far(b))
                });
                if let Some(by) = nearest {
                    self.tracker
                        .bring_back(self.t_ms, by, &self.players[carrier], (since_ms, at));
                }
                self.load = Load::Home;
            }
            _ => {}
        }
    }
}
