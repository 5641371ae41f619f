//! `ENGAGEMENTS`, with `REACTION_METRICS` and `FOCUS_FIRE`, which are written when one closes (`format.md` §3.1, §3.9, §3.12).

mod closed;

use super::super::ground::{Point, distance_u};
use super::super::player::Player;
use super::{Section, Tracker, cell, moment};
use closed::Closed;

/// First hits of two attackers no further apart make a crossfire, ms.
pub(super) const CROSSFIRE_MS: i64 = 1000;
/// Without a hit for so long somebody may have escaped, ms …
pub(super) const ESCAPE_MS: i64 = 5000;
/// … if he got so far away from his last hit, u.
pub(super) const ESCAPE_U: f32 = 300.0;
/// Without a hit for so long it is over in any case, ms.
const TIMEOUT_MS: i64 = 15_000;
/// Reactions later than this do not count, ms.
const REACTION_MS: i64 = 5000;
/// First hits so far apart are no focus at all, ms.
const FOCUS_SPREAD_MS: f32 = 2000.0;
/// Steps shorter than this have no direction, u.
const DODGE_STEP_U: f32 = 24.0;

struct Attacker {
    slot: usize,
    damage: i64,
    hits: i64,
    first_ms: i64,
    last_ms: i64,
    got_kill: bool,
    /// Weapon in hand and how often.
    weapons: Vec<(u8, i64)>,
}

/// An engagement that goes on.
struct Open {
    id: i64,
    start_ms: i64,
    start: Point,
    last_hit: Point,
    last_hit_ms: i64,
    next_sample_ms: i64,
    travelled_u: f32,
    damage: i64,
    attackers: Vec<Attacker>,
    positions: Vec<u8>,
    way: Vec<(i64, [f32; 2])>,
    return_fire_ms: Option<i64>,
    support_ms: Option<i64>,
}

impl Open {
    fn new(id: i64, t_ms: i64, at: Point, cadence_ms: i64) -> Self {
        let mut open = Self {
            id,
            start_ms: t_ms,
            start: at,
            last_hit: at,
            last_hit_ms: t_ms,
            next_sample_ms: t_ms + cadence_ms,
            travelled_u: 0.0,
            damage: 0,
            attackers: Vec::new(),
            positions: Vec::with_capacity(1024),
            way: Vec::new(),
            return_fire_ms: None,
            support_ms: None,
        };
        open.position(t_ms, at, "start");
        open
    }

    fn position(&mut self, t_ms: i64, at: Point, what: &str) {
        if !self.positions.is_empty() {
            self.positions.push(b'|');
        }
        moment(t_ms, at, what, &mut self.positions);
        self.way.push((t_ms, [at[0], at[1]]));
    }

    fn hit(&mut self, t_ms: i64, by: usize, at: Point, damage: i64, in_hand: u8) {
        self.travelled_u += distance_u(at, self.last_hit);
        (self.last_hit, self.last_hit_ms) = (at, t_ms);
        self.damage += damage;
        self.position(t_ms, at, "hit");
        let known = self
            .attackers
            .iter()
            .position(|attacker| attacker.slot == by);
        let nth = known.unwrap_or_else(|| {
            self.attackers.push(Attacker {
                slot: by,
                damage: 0,
                hits: 0,
                first_ms: t_ms,
                last_ms: t_ms,
                got_kill: false,
                weapons: Vec::new(),
            });
            self.attackers.len() - 1
        });
        let attacker = &mut self.attackers[nth];
        attacker.damage += damage;
        attacker.hits += 1;
        attacker.last_ms = t_ms;
        match attacker
            .weapons
            .iter_mut()
            .find(|weapon| weapon.0 == in_hand)
        {
            Some(weapon) => weapon.1 += 1,
            None => attacker.weapons.push((in_hand, 1)),
        }
    }

    /// When he first turned off from the direction in which he went at first, ms after the first hit.
    fn dodge_ms(&self) -> Option<i64> {
        let steps = self.way.windows(2).filter_map(|pair| {
            let (dx, dy) = (pair[1].1[0] - pair[0].1[0], pair[1].1[1] - pair[0].1[1]);
            let length = dx.hypot(dy);
            (length >= DODGE_STEP_U).then(|| (pair[1].0, dx / length, dy / length))
        });
        let mut base = None;
        for (t_ms, x, y) in steps {
            let (base_x, base_y) = *base.get_or_insert((x, y));
            if base_x * x + base_y * y <= std::f32::consts::FRAC_1_SQRT_2 {
                return Some(t_ms - self.start_ms).filter(|after| *after <= REACTION_MS);
            }
        }
        None
    }

    /// First hits of the second attacker after the first one's, if that makes a crossfire.
    fn crossfire_ms(&self) -> Option<i64> {
        let second = self.attackers.get(1)?;
        Some(second.first_ms - self.attackers[0].first_ms).filter(|delay| *delay <= CROSSFIRE_MS)
    }

    fn focus_score(&self, duration_ms: i64) -> f32 {
        let firsts = self.attackers.iter().map(|attacker| attacker.first_ms);
        let spread = firsts.clone().max().unwrap_or(0) - firsts.min().unwrap_or(0);
        let tightness = 1.0 - (spread as f32 / FOCUS_SPREAD_MS).min(1.0);
        let damage_per_s = self.damage as f32 / duration_ms.max(100) as f32 * 1000.0;
        0.6 * tightness + 0.4 * (damage_per_s / 500.0).min(1.0)
    }
}

/// All engagements that go on, by the slot of their target.
pub(super) struct Fights {
    open: Vec<Option<Open>>,
    last_id: i64,
}

impl Fights {
    pub(super) fn new(count: usize) -> Self {
        Self {
            open: (0..count).map(|_| None).collect(),
            last_id: 0,
        }
    }

    pub(super) fn is_open(&self, slot: usize) -> bool {
        self.open[slot].is_some()
    }

    fn open(&mut self, t_ms: i64, target: usize, at: Point, cadence_ms: i64) -> &mut Open {
        let last_id = &mut self.last_id;
        self.open[target].get_or_insert_with(|| {
            *last_id += 1;
            Open::new(*last_id, t_ms, at, cadence_ms)
        })
    }

    /// Somebody shoots at who shot at him or at a team mate.
    fn react(&mut self, t_ms: i64, by: usize, at: usize, players: &[Player]) {
        for (target, open) in self.open.iter_mut().enumerate() {
            let Some(open) = open else { continue };
            let after_ms = t_ms - open.start_ms;
            let is_attacker = open.attackers.iter().any(|attacker| attacker.slot == at);
            if after_ms > REACTION_MS || !is_attacker {
                continue;
            }
            if target == by {
                open.return_fire_ms.get_or_insert(after_ms);
            } else if players[target].team() == players[by].team() {
                open.support_ms.get_or_insert(after_ms);
            }
        }
    }
}

impl Tracker<'_> {
    /// Damage to an enemy, dead or alive.
    pub(super) fn fight(
        &mut self,
        t_ms: i64,
        by: usize,
        target: usize,
        damage: i64,
        players: &[Player],
    ) {
        let at = players[target].position;
        let open = self.fights.open(t_ms, target, at, self.cadence_ms);
        open.hit(t_ms, by, at, damage, players[by].weapon);
        self.movement_heat.entry(cell(at)).or_default()[1] += 1;
        self.fights.react(t_ms, by, target, players);
    }

    /// Ends of engagements by time and distance, and places in between.
    pub(super) fn watch_fights(&mut self, t_ms: i64, players: &[Player]) {
        for (target, player) in players.iter().enumerate() {
            let Some(open) = &mut self.fights.open[target] else {
                continue;
            };
            let quiet_ms = t_ms - open.last_hit_ms;
            if quiet_ms >= ESCAPE_MS && distance_u(player.position, open.last_hit) >= ESCAPE_U {
                self.close_fight(t_ms, target, None, "escaped", players);
            } else if quiet_ms >= TIMEOUT_MS {
                self.close_fight(t_ms, target, None, "timeout", players);
            } else if t_ms >= open.next_sample_ms {
                open.next_sample_ms += self.cadence_ms;
                open.position(t_ms, player.position, "sample");
            }
        }
    }

    /// A death: ends the engagement on the victim, or is one of its own.
    pub(super) fn end_fight(
        &mut self,
        t_ms: i64,
        target: usize,
        killer: usize,
        players: &[Player],
    ) {
        let at = players[target].position;
        let open = self.fights.open(t_ms, target, at, self.cadence_ms);
        let enemy = open.attackers.iter_mut().find(|a| a.slot == killer);
        if let Some(attacker) = enemy {
            attacker.got_kill = true;
        }
        self.close_fight(t_ms, target, Some(killer), "killed", players);
    }

    pub(super) fn end_fights(&mut self, t_ms: i64, players: &[Player]) {
        for target in 0..players.len() {
            self.close_fight(t_ms, target, None, "round_end", players);
        }
    }

    fn close_fight(
        &mut self,
        t_ms: i64,
        target: usize,
        killer: Option<usize>,
        outcome: &str,
        players: &[Player],
    ) {
        let Some(mut open) = self.fights.open[target].take() else {
            return;
        };
        let end = players[target].position;
        open.travelled_u += distance_u(end, open.last_hit);
        open.position(t_ms, end, if killer.is_some() { "death" } else { "escape" });
        if let Some(killer) = killer {
            self.kill_heat.entry(cell(end)).or_default()[players[killer].side()] += 1;
        } else if outcome == "escaped" {
            self.movement_heat.entry(cell(end)).or_default()[2] += 1;
        }
        let fight = Closed {
            open: &open,
            end_ms: t_ms,
            end,
            target: &players[target],
            killer: killer.map(|slot| &players[slot]),
            outcome,
            players,
        };
        fight.row(self.rows.of(Section::Engagements));
        fight.reaction_row(self.rows.of(Section::Reactions));
        if open.attackers.len() > 1 {
            fight.focus_row(self.rows.of(Section::FocusFire));
        }
    }
}
