//! `SPAWN_TIMING`, `TRADE_KILLS`, `KILL_OUTCOME`, `COMBAT_POSITIONS`, `REVIVES` (`format.md` §3.6, §3.11, §3.16).

use super::super::ground::{Point, distance_u};
use super::super::player::Player;
use super::super::text::{F1, F3, row};
use super::{Section, Tracker, whole};
use crate::model::Team;

/// A killer killed within so long is a trade, ms.
const TRADE_MS: i64 = 3000;

/// A kill of an enemy.
#[derive(Clone, Copy)]
pub(super) struct Kill {
    pub(super) t_ms: i64,
    pub(super) killer: usize,
    pub(super) victim: usize,
    /// Where the victim fell.
    pub(super) place: Point,
    means: u8,
}

/// All kills, and those of which it is open what becomes of the victim.
pub(super) struct Kills {
    pub(super) all: Vec<Kill>,
    pending: Vec<Option<Kill>>,
}

impl Kills {
    pub(super) fn new(count: usize) -> Self {
        Self {
            all: Vec::new(),
            pending: vec![None; count],
        }
    }

    /// The last kill whose killer is now dead himself, if it is young enough.
    fn traded(&self, kill: &Kill, players: &[Player]) -> Option<&Kill> {
        let recent = self.all.iter().rev();
        let mut recent = recent.take_while(|before| kill.t_ms - before.t_ms <= TRADE_MS);
        let side = players[kill.killer].side();
        recent.find(|before| before.killer == kill.victim && players[before.victim].side() == side)
    }
}

/// How somebody's death is settled.
pub(super) enum Outcome {
    Gibbed { by: usize },
    Revived { by: usize },
    TappedOut,
    RoundEnd,
}

impl Tracker<'_> {
    /// Somebody dies by an enemy; he is dead already in `players`.
    pub(in crate::sample) fn kill(
        &mut self,
        t_ms: i64,
        (killer, victim): (usize, usize),
        (weapon, means): (u8, u8),
        players: &[Player],
    ) {
        let kill = Kill {
            t_ms,
            killer,
            victim,
            place: players[victim].position,
            means,
        };
        self.close_aim(victim, players);
        self.end_fight(t_ms, victim, killer, players);
        self.end_life(t_ms, victim, &players[victim], "killed");
        self.count_kill(killer, weapon);
        let (k, v) = (&players[killer], &players[victim]);
        let (killer_who, victim_who) = (k.who(), v.who());
        let to_next = [k, v].map(|player| self.waves[player.side()].to_next_ms(t_ms));
        let interval_ms = self.waves[v.side()].interval_ms;
        row!(
            self.rows.of(Section::SpawnTiming); killer_who.0, killer_who.1, k.team().tag(), victim_who.0, victim_who.1, v.team().tag(),
            t_ms, interval_ms, to_next[1], F3(to_next[1] as f32 / interval_ms as f32), F1(to_next[0] as f32 / 1000.0),
            F1(to_next[1] as f32 / 1000.0),
        );
        if let Some(before) = self.kills.traded(&kill, players) {
            let avenged = players[before.victim].who();
            row!(
                self.rows.of(Section::Trades); before.t_ms, t_ms, t_ms - before.t_ms, avenged.0, avenged.1, victim_who.0, victim_who.1,
                killer_who.0, killer_who.1,
            );
        }
        let alive = Team::SIDES.map(|team| {
            players
                .iter()
                .filter(|p| p.team() == team && p.is_alive())
                .count()
        });
        let (from, at) = (whole(k.position), whole(v.position));
        row!(
            self.rows.of(Section::Positions); t_ms, "kill", killer_who.0, killer_who.1, k.team().tag(), k.class().tag(), victim_who.0,
            victim_who.1, v.team().tag(), v.class().tag(), from[0], from[1], from[2], at[0], at[1], at[2], weapon, means,
            k.health.max(0), alive[0], alive[1],
        );
        self.denied(&kill, players);
        self.kills.all.push(kill);
        self.kills.pending[victim] = Some(kill);
    }

    /// Somebody dies by his own hand.
    pub(in crate::sample) fn self_kill(&mut self, t_ms: i64, slot: usize, players: &[Player]) {
        self.close_aim(slot, players);
        self.end_fight(t_ms, slot, slot, players);
        self.end_life(t_ms, slot, &players[slot], "selfkill");
    }

    /// A body is destroyed.
    pub(in crate::sample) fn gib(
        &mut self,
        t_ms: i64,
        by: usize,
        victim: usize,
        players: &[Player],
    ) {
        self.settle(t_ms, victim, &Outcome::Gibbed { by }, players);
    }

    /// A wave brings somebody back, if he was killed before.
    pub(in crate::sample) fn tap_out(&mut self, t_ms: i64, slot: usize, players: &[Player]) {
        self.settle(t_ms, slot, &Outcome::TappedOut, players);
    }

    /// A medic brings somebody back; nobody follows him from here on.
    pub(in crate::sample) fn revive(
        &mut self,
        t_ms: i64,
        medic: usize,
        revived: usize,
        players: &[Player],
    ) {
        let player = &players[revived];
        let enemies = players
            .iter()
            .filter(|p| p.is_alive() && p.team() != player.team());
        let nearest = enemies
            .map(|enemy| (distance_u(enemy.position, player.position), enemy.who().0))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let ((medic_guid, medic_name), (guid, name)) = (players[medic].who(), player.who());
        let [x, y, z] = player.position;
        row!(
            self.rows.of(Section::Revives); t_ms, medic_guid, medic_name, guid, name, F1(x), F1(y), F1(z),
            F1(nearest.map_or(0.0, |nearest| nearest.0)), nearest.map(|nearest| nearest.1), self.fights.is_open(revived),
        );
        self.settle(t_ms, revived, &Outcome::Revived { by: medic }, players);
    }

    pub(super) fn end_kills(&mut self, t_ms: i64, players: &[Player]) {
        for slot in 0..players.len() {
            self.settle(t_ms, slot, &Outcome::RoundEnd, players);
        }
    }

    fn settle(&mut self, t_ms: i64, victim: usize, outcome: &Outcome, players: &[Player]) {
        let Some(kill) = self.kills.pending[victim].take() else {
            return;
        };
        let delta_ms = t_ms - kill.t_ms;
        let to_next_ms = self.waves[players[victim].side()].to_next_ms(t_ms);
        let (word, denied_ms, gibber, reviver) = match outcome {
            Outcome::Gibbed { by } => ("gibbed", delta_ms + to_next_ms, Some(*by), None),
            Outcome::Revived { by } => ("revived", delta_ms, None, Some(*by)),
            Outcome::TappedOut => ("tapped_out", delta_ms + to_next_ms, None, None),
            Outcome::RoundEnd => ("round_end", delta_ms, None, None),
        };
        let [gibber, reviver] = [gibber, reviver].map(|slot| slot.map(|slot| players[slot].who()));
        let (killer, dead) = (players[kill.killer].who(), players[victim].who());
        row!(
            self.rows.of(Section::Outcomes); kill.t_ms, dead.0, dead.1, killer.0, killer.1, kill.means, word, t_ms, delta_ms, denied_ms,
            gibber.map(|who| who.0), gibber.map(|who| who.1), reviver.map(|who| who.0), reviver.map(|who| who.1),
        );
    }
}
