//! Goes through the results of a round and counts.

mod fights;

use super::super::combat::Stretches;
use super::super::deaths::DeathKind;
use super::super::flags::Flag;
use super::super::person::{Person, person};
use super::facts::{ClassPart, PairFacts, PlayerFacts, Results};
use super::near::together;
use super::tally::Tally;
use crate::model::{Class, Life, LifeEnd, LifeId, PlayerId, Round};
use std::collections::BTreeMap;

pub(super) struct Collector<'a> {
    round: &'a Round,
    results: &'a Results<'a>,
    /// Place of every player among the persons, indexed by [`PlayerId`].
    places: Vec<u16>,
    players: Vec<PlayerFacts>,
    parts: Vec<BTreeMap<Option<Class>, ClassPart>>,
    pairs: BTreeMap<[u16; 2], PairFacts>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(round: &'a Round, results: &'a Results<'a>) -> Self {
        // Several players may be one person: names that differ in colours only.
        let mut persons: BTreeMap<Person, Vec<PlayerId>> = BTreeMap::new();
        for player in round.players.ids() {
            let mut who = person(round, player);
            if !who.guid.is_empty() {
                // Names change from round to round; who has a GUID is not told by one.
                who.name.clear();
            }
            persons.entry(who).or_default().push(player);
        }
        let mut places = vec![0; round.players.len()];
        let mut players = Vec::with_capacity(persons.len());
        for (person, ids) in persons {
            for id in &ids {
                places[id.index()] = players.len() as u16;
            }
            let names = ids.iter().map(|id| round.text(round.players[*id].name));
            players.push(PlayerFacts {
                person,
                name: names.min().unwrap_or_default().to_owned(),
                is_bot: ids.iter().any(|id| round.players[*id].is_bot),
                parts: Vec::new(),
                whole: Tally::default(),
            });
        }
        Self {
            round,
            results,
            parts: vec![BTreeMap::new(); players.len()],
            places,
            players,
            pairs: BTreeMap::new(),
        }
    }

    /// Lives, time alive, support and movement.
    pub(super) fn lives(&mut self) {
        let round = self.round;
        for (nth, life) in round.lives().iter().enumerate() {
            let movement = &self.results.movements[nth];
            let is_ghost = self.results.flags.lives[nth].has(Flag::LimboGhost);
            if is_ghost && movement.alive_ms == 0 {
                continue;
            }
            let supported_ms = self
                .results
                .support
                .lives
                .get(nth)
                .map_or(0, |s| s.supported_ms);
            let part = self.part(life.player, life.class);
            part.tally.lives += 1;
            part.tally.sampled_ms += movement.alive_ms;
            part.tally.moving_ms += movement.moving_ms;
            part.tally.way_milli_u += (movement.way_u * 1000.0).round() as i64;
            part.tally.supported_ms += supported_ms;
            let is_cut = matches!(
                life.end,
                LifeEnd::RoundEnd | LifeEnd::Shutdown | LifeEnd::Disconnect
            );
            let lengths = if is_cut {
                &mut part.cut_life_ms
            } else {
                &mut part.life_ms
            };
            lengths.push(life.duration_ms());
            let moved_ms = life.first_move_ms.map(|t| t.saturating_sub(life.start_ms));
            part.first_move_ms.extend(moved_ms.filter(|ms| *ms >= 0));
        }
        for stretch in self.results.stretches {
            let tally = self.at(stretch.player, stretch.start_ms);
            tally.alive_ms = tally
                .alive_ms
                .saturating_add(stretch.end_ms.saturating_sub(stretch.start_ms));
        }
    }

    /// Kills, deaths and denied time.
    pub(super) fn deaths(&mut self) {
        for death in self.results.deaths {
            let victim = self.at(death.victim, death.t_ms);
            victim.deaths += 1;
            match (death.kind, death.killer) {
                (DeathKind::SelfKill, _) => victim.self_kills += 1,
                (DeathKind::Enemy, Some(killer)) => self.at(killer, death.t_ms).kills += 1,
                (DeathKind::TeamKill, Some(killer)) => self.at(killer, death.t_ms).team_kills += 1,
                _ => {}
            }
        }
        for outage in &self.results.outages.all {
            if let (Some(killer), Some(out_ms)) = (outage.denied_by, outage.out_ms()) {
                let tally = self.at(killer, outage.t_ms);
                tally.denied_kills += 1;
                tally.denied_ms = tally.denied_ms.saturating_add(out_ms);
            }
        }
    }

    /// Trade chances of victims, of mates and of pairs.
    pub(super) fn trades(&mut self) {
        let has_tracks = !self.round.lives().is_empty();
        // There is one chance per death by a known enemy, in their order.
        let places = self
            .results
            .deaths
            .iter()
            .filter(|death| death.kind == DeathKind::Enemy);
        let places = places.filter(|death| death.killer.is_some());
        for (chance, death) in self.results.trades.iter().zip(places) {
            let is_placed = has_tracks && death.victim_pos.is_some();
            let victim = self.at(chance.victim, chance.t_ms);
            victim.enemy_deaths += 1;
            victim.avenged += u32::from(chance.avenged.is_some());
            victim.placed_deaths += u32::from(is_placed);
            victim.alone_deaths += u32::from(is_placed && chance.is_isolated);
            victim.near_deaths += u32::from(!chance.near.is_empty());
            victim.missed_deaths += u32::from(chance.is_missed());
            let avenger = chance.avenged.map(|reply| reply.player);
            for mate in &chance.near {
                let tried = chance.tried.iter().any(|reply| reply.player == mate.player);
                let tally = self.at(mate.player, chance.t_ms);
                tally.trade_chances += 1;
                tally.trade_tries += u32::from(tried);
                tally.trade_successes += u32::from(avenger == Some(mate.player));
                self.with_pair(mate.player, chance.victim, |pair, side| {
                    pair.chances[side] += 1;
                    pair.tries[side] += u32::from(tried);
                });
            }
            if let Some(avenger) = avenger {
                self.at(avenger, chance.t_ms).trades += 1;
                self.with_pair(avenger, chance.victim, |pair, side| pair.trades[side] += 1);
            }
        }
    }

    /// Time at any objective: where two are near each other it counts once.
    pub(super) fn objectives(&mut self) {
        type Stays = Vec<(i64, i64)>;
        let Some(focus) = self.results.focus else {
            return;
        };
        let mut stays: BTreeMap<(PlayerId, Option<Class>), Stays> = BTreeMap::new();
        for visit in focus.objectives.iter().flat_map(|at| &at.visits) {
            let key = (visit.player, self.class_at(visit.player, visit.start_ms));
            stays
                .entry(key)
                .or_default()
                .push((visit.start_ms, visit.end_ms));
        }
        for ((player, class), stays) in stays {
            let inside = Stretches::merged(stays, 0);
            let inside_ms: i64 = inside.iter().map(|(start, end)| end - start).sum();
            self.part(player, class).tally.objective_ms += inside_ms;
        }
        for part in self.parts.iter_mut().flat_map(BTreeMap::values_mut) {
            part.tally.objective_sampled_ms = part.tally.sampled_ms;
        }
    }

    /// Time near each other.
    pub(super) fn together(&mut self, near_u: f32) {
        for (players, times) in together(self.round, self.results.flags, near_u) {
            self.with_pair(players[0], players[1], |pair, _| {
                pair.both_ms += times.both_ms;
                pair.near_ms += times.near_ms;
            });
        }
    }

    pub(super) fn finish(mut self) -> (Vec<PlayerFacts>, Vec<PairFacts>) {
        for (player, parts) in self.players.iter_mut().zip(self.parts) {
            player.parts = parts.into_values().collect();
            player.parts.iter_mut().for_each(ClassPart::sort);
        }
        let mut pairs: Vec<PairFacts> = self.pairs.into_values().collect();
        for pair in &mut pairs {
            pair.delays_ms.sort_unstable();
        }
        (self.players, pairs)
    }

    fn part(&mut self, player: PlayerId, class: Option<Class>) -> &mut ClassPart {
        let parts = &mut self.parts[usize::from(self.places[player.index()])];
        parts.entry(class).or_insert_with(|| ClassPart::new(class))
    }

    fn at(&mut self, player: PlayerId, t_ms: i64) -> &mut Tally {
        let class = self.class_at(player, t_ms);
        &mut self.part(player, class).tally
    }

    /// The class of the life a player is in or had last, else of his first one.
    fn class_at(&self, player: PlayerId, t_ms: i64) -> Option<Class> {
        let class = |id: &LifeId| -> Option<Class> {
            let life: &Life = self.round.life(*id);
            life.class
        };
        let lives = self.round.lives_of(player);
        let begun = lives.partition_point(|id| self.round.life(*id).start_ms <= t_ms);
        lives.get(begun.saturating_sub(1)).and_then(class)
    }

    /// Changes a pair; the function gets it with the side of the first player given.
    fn with_pair(
        &mut self,
        one: PlayerId,
        other: PlayerId,
        change: impl FnOnce(&mut PairFacts, usize),
    ) {
        let (one, other) = (self.places[one.index()], self.places[other.index()]);
        if one == other {
            return;
        }
        let key = [one.min(other), one.max(other)];
        let pair = self.pairs.entry(key).or_insert_with(|| PairFacts {
            players: key,
            ..PairFacts::default()
        });
        change(pair, usize::from(one > other));
    }
}
