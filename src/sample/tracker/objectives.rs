//! `CONSTRUCTION_EVENTS`, `OBJECTIVE_RUNS`, `CARRIER_EVENTS`, `CARRIER_KILLS`, `CARRIER_RETURNS` (`format.md` §3.17).

use super::super::ground::{Point, distance_u};
use super::super::player::Player;
use super::super::text::{F1, F3, Put, cells, row};
use super::kills::Kill;
use super::lives::APPROACH_MS;
use super::{Section, Tracker, whole};
use crate::maps::objective::ObjectiveKind;
use crate::model::Class;

/// Kills and people no further from an objective belong to a run, u.
const AREA_U: f32 = 800.0;
/// An engineer killed no further from something to build or to blow up was kept from it, u.
const DENIED_U: f32 = 500.0;
/// What the Allies carry away.
const CARRIED: &str = "redflag";

/// Something done at an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sample) enum Action {
    Plant,
    Defuse,
    Destroyed,
    Built,
    Captured,
}

impl Action {
    const fn word(self) -> &'static str {
        match self {
            Self::Plant => "dynamite_plant",
            Self::Defuse => "dynamite_defuse",
            Self::Destroyed => "objective_destroyed",
            Self::Built => "construction_complete",
            Self::Captured => "flag_captured",
        }
    }
}

/// Somebody carries the objective.
#[derive(Clone, Copy, Debug)]
pub(in crate::sample) struct Carry {
    start_ms: i64,
    from: Point,
    last: Point,
    way_u: f32,
    samples: usize,
}

/// A way behind somebody.
struct Approach {
    time_ms: i64,
    way_u: f32,
    line_u: f32,
}

impl Approach {
    fn of(way: &[(i64, Point)]) -> Self {
        let steps = way.windows(2).map(|pair| distance_u(pair[0].1, pair[1].1));
        let ends = way.first().zip(way.last());
        Self {
            time_ms: ends.map_or(0, |(first, last)| last.0 - first.0),
            way_u: steps.sum(),
            line_u: ends.map_or(0.0, |(first, last)| distance_u(first.1, last.1)),
        }
    }

    fn efficiency(&self) -> f32 {
        if self.way_u > 0.0 {
            (self.line_u / self.way_u).min(1.0)
        } else {
            0.0
        }
    }
}

impl Tracker<'_> {
    /// Somebody did something at an objective; `objective` is its number in the ground's list.
    pub(in crate::sample) fn action(
        &mut self,
        t_ms: i64,
        slot: usize,
        action: Action,
        objective: usize,
        players: &[Player],
    ) {
        let player = &players[slot];
        let (guid, name) = player.who();
        let [x, y, z] = whole(player.position);
        let what = &self.ground.objectives[objective].name;
        let track = if action == Action::Built {
            ""
        } else {
            what.as_str()
        };
        row!(self.rows.of(Section::Constructions); t_ms, action.word(), guid, name, player.team().tag(), track, x, y, z);
        // Nobody follows who was revived, so his way is not known.
        if player.is_tracked && player.is_alive() {
            self.run(t_ms, slot, action, track, players);
        }
    }

    fn run(&mut self, t_ms: i64, slot: usize, action: Action, track: &str, players: &[Player]) {
        let player = &players[slot];
        let at = player.position;
        let is_near = |place: Point| distance_u(place, at) <= AREA_U;
        let kills = self.kills.all.iter().rev();
        let kills = kills.take_while(|kill| t_ms - kill.t_ms <= APPROACH_MS);
        let mut escorts: Vec<usize> = Vec::new();
        let (mut own, mut team) = (0_usize, 0_usize);
        for kill in kills.filter(|kill| is_near(kill.place)) {
            if kill.killer == slot {
                own += 1;
            } else if players[kill.killer].side() == player.side() {
                team += 1;
                if !escorts.contains(&kill.killer) {
                    escorts.push(kill.killer);
                }
            }
        }
        let around = |is_mate: bool| {
            let others = players.iter().enumerate().filter(|(nth, _)| *nth != slot);
            let side =
                others.filter(|(_, p)| p.is_alive() && (p.side() == player.side()) == is_mate);
            side.filter(|(_, p)| is_near(p.position)).count()
        };
        let (enemies, mates) = (around(false), around(true));
        let kind = match (own, team) {
            (0, 0) if enemies == 0 => "unopposed",
            (1.., 0) if mates == 0 => "solo",
            (1.., 0) if enemies > 0 => "contested_solo",
            (0, 1..) => "assisted",
            _ if own + team >= 3 || (own > 0 && team > 0) => "team_effort",
            _ if enemies > 0 => "contested_solo",
            _ => "unopposed",
        };
        let approach = Approach::of(&self.lives.recent(slot));
        let (guid, name) = player.who();
        let out = self.rows.of(Section::Runs);
        cells!(
            out, b';': guid, name, player.team().tag(), action.word(), track, t_ms, approach.time_ms, F1(approach.way_u),
            F1(approach.line_u), F3(approach.efficiency()), own, team, "",
        );
        for (nth, escort) in escorts.iter().enumerate() {
            if nth > 0 {
                out.push(b'|');
            }
            players[*escort].who().0.put(out);
        }
        let [x, y, z] = whole(at);
        out.push(b';');
        row!(out; enemies, mates, kind, x, y, z, "", "");
    }

    /// An engineer killed on his way to something to build or to blow up.
    pub(super) fn denied(&mut self, kill: &Kill, players: &[Player]) {
        let victim = &players[kill.victim];
        if victim.class() != Class::Engineer || !victim.is_tracked {
            return;
        }
        let near = self.ground.objectives.iter().find(|objective| {
            let is_work = matches!(
                objective.kind,
                ObjectiveKind::Dynamite | ObjectiveKind::Construct | ObjectiveKind::Flag
            );
            let [x, y, z] = kill.place;
            is_work && objective.distance_u(x, y, z) <= DENIED_U
        });
        let Some(objective) = near else { return };
        let approach = Approach::of(&self.lives.recent(kill.victim));
        let (who, killer) = (victim.who(), players[kill.killer].who());
        let [x, y, z] = whole([objective.x, objective.y, objective.z]);
        row!(
            self.rows.of(Section::Runs); who.0, who.1, victim.team().tag(), "approach_killed", objective.id, kill.t_ms, approach.time_ms,
            F1(approach.way_u), F1(approach.line_u), F3(approach.efficiency()), 0_usize, 0_usize, "", 0_usize, 0_usize, "denied", x, y, z,
            killer.0, killer.1,
        );
    }

    /// Somebody takes what is to be carried.
    pub(in crate::sample) fn pick_up(&mut self, t_ms: i64, slot: usize, player: &Player) {
        self.carries[slot] = Some(Carry {
            start_ms: t_ms,
            from: player.position,
            last: player.position,
            way_u: 0.0,
            samples: 1,
        });
    }

    /// The carrier's way so far, looked at with every sample.
    pub(in crate::sample) fn carry_on(&mut self, slot: usize, player: &Player) {
        if let Some(carry) = &mut self.carries[slot] {
            carry.way_u += distance_u(carry.last, player.position);
            carry.last = player.position;
            carry.samples += 1;
        }
    }

    /// The end of a carry: `killed`, `secured` or `round_end`; with the kill's means of death.
    pub(in crate::sample) fn put_down(
        &mut self,
        t_ms: i64,
        slot: usize,
        outcome: &str,
        killer: Option<(usize, u8)>,
        players: &[Player],
    ) {
        self.carry_on(slot, &players[slot]);
        let Some(carry) = self.carries[slot].take() else {
            return;
        };
        let player = &players[slot];
        let (guid, name) = player.who();
        let line_u = distance_u(carry.from, player.position);
        let share = if carry.way_u > 0.0 {
            (line_u / carry.way_u).min(1.0)
        } else {
            0.0
        };
        let (from, to) = (whole(carry.from), whole(player.position));
        let by = killer.map(|(killer, _)| players[killer].who());
        row!(
            self.rows.of(Section::Carriers); guid, name, player.team().tag(), CARRIED, carry.start_ms, t_ms, t_ms - carry.start_ms, outcome,
            F1(carry.way_u), F1(line_u), F3(share), carry.samples, from[0], from[1], from[2], to[0], to[1], to[2], by.map(|who| who.0),
            by.map(|who| who.1),
        );
        if let Some((killer, means)) = killer {
            let by = &players[killer];
            row!(
                self.rows.of(Section::CarrierKills); t_ms, guid, name, player.team().tag(), by.who().0, by.who().1, by.team().tag(), means,
                F1(carry.way_u), CARRIED,
            );
        }
    }

    /// A defender brings back what a carrier dropped at a time and place.
    pub(in crate::sample) fn bring_back(
        &mut self,
        t_ms: i64,
        by: &Player,
        carrier: &Player,
        (drop_ms, at): (i64, Point),
    ) {
        let (guid, name) = by.who();
        let [x, y, z] = whole(at);
        row!(
            self.rows.of(Section::CarrierReturns); t_ms, guid, name, by.team().tag(), CARRIED, carrier.who().0, drop_ms, t_ms - drop_ms, x,
            y, z,
        );
    }

    pub(super) fn end_carries(&mut self, t_ms: i64, players: &[Player]) {
        for slot in 0..players.len() {
            self.put_down(t_ms, slot, "round_end", None, players);
        }
    }
}
