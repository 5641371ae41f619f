//! The rows of an engagement that is over.

use super::super::super::ground::Point;
use super::super::super::player::Player;
use super::super::super::text::{F1, F3, Put, cells, row};
use super::super::place;
use super::{Attacker, CROSSFIRE_MS, Open};

/// An engagement that is over.
pub(super) struct Closed<'a> {
    pub(super) open: &'a Open,
    pub(super) end_ms: i64,
    pub(super) end: Point,
    pub(super) target: &'a Player,
    pub(super) killer: Option<&'a Player>,
    pub(super) outcome: &'a str,
    pub(super) players: &'a [Player],
}

impl Closed<'_> {
    fn duration_ms(&self) -> i64 {
        self.end_ms - self.open.start_ms
    }

    pub(super) fn row(&self, out: &mut Vec<u8>) {
        let (open, delay_ms) = (self.open, self.open.crossfire_ms());
        let (guid, name) = self.target.who();
        let killer = self.killer.map(Player::who);
        cells!(
            out, b';': open.id, open.start_ms, self.end_ms, self.duration_ms(), guid, name, self.target.team().tag(), self.outcome,
            open.damage, killer.map(|who| who.0), killer.map(|who| who.1), open.attackers.len(), delay_ms.is_some(), delay_ms, "",
        );
        if delay_ms.is_some() {
            let first_ms = open.attackers[0].first_ms;
            let together = open.attackers.iter();
            self.guids(
                together.filter(|a| a.first_ms - first_ms <= CROSSFIRE_MS),
                out,
            );
        }
        for at in [open.start, self.end] {
            out.push(b';');
            place(at, out, b';');
        }
        out.push(b';');
        F1(open.travelled_u).put(out);
        out.push(b';');
        out.extend_from_slice(&open.positions);
        out.push(b';');
        for (nth, attacker) in open.attackers.iter().enumerate() {
            if nth > 0 {
                out.push(b'|');
            }
            self.attacker(attacker, out);
        }
        out.push(b'\n');
    }

    fn attacker(&self, attacker: &Attacker, out: &mut Vec<u8>) {
        let player = &self.players[attacker.slot];
        let (guid, name) = player.who();
        cells!(
            out, b',': guid, name, player.team().tag(), attacker.damage, attacker.hits, attacker.first_ms, attacker.last_ms,
            attacker.got_kill, "",
        );
        for (weapon, hits) in &attacker.weapons {
            cells!(out, b':': *weapon, *hits);
            out.push(b';');
        }
    }

    fn guids<'b>(&self, attackers: impl Iterator<Item = &'b Attacker>, out: &mut Vec<u8>) {
        for (nth, attacker) in attackers.enumerate() {
            if nth > 0 {
                out.push(b',');
            }
            self.players[attacker.slot].who().0.put(out);
        }
    }

    pub(super) fn reaction_row(&self, out: &mut Vec<u8>) {
        let (guid, name) = self.target.who();
        row!(
            out; self.open.id, guid, name, self.target.team().tag(), self.target.class().tag(), self.outcome, self.open.attackers.len(),
            self.open.return_fire_ms, self.open.dodge_ms(), self.open.support_ms, self.open.start_ms, self.end_ms, self.duration_ms(),
        );
    }

    pub(super) fn focus_row(&self, out: &mut Vec<u8>) {
        let (guid, name) = self.target.who();
        cells!(out, b';': self.open.id, guid, name, self.open.attackers.len(), "");
        self.guids(self.open.attackers.iter(), out);
        out.push(b';');
        let score = F3(self.open.focus_score(self.duration_ms()));
        row!(out; self.open.damage, self.duration_ms(), score);
    }
}
