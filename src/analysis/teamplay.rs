//! Fights of each player, ours: as target and as attacker, over engagements that are fights.
//!
//! A fight is an engagement between enemies on a living target ([`RowFlags::is_fight`]); attackers are enemies, told apart by player.
//! A *crossfire* of two is that both hit the same target first within the crossfire window of each other (the header's, else 1000 ms);
//! the delay is their own, and 0 is a delay.
//!
//! Source: `ENGAGEMENTS`. Unit ms, u. Known weakness: damage is the raw damage of each hit, not capped by health; the way of an escape is
//! the polyline through the hits. O(fights · attackers²).

use super::flags::RowFlags;
use super::support::enemies_of;
use crate::model::{PlayerId, Round};
use serde::Serialize;
use std::collections::BTreeMap;

/// Crossfire window when the header gives none, ms.
const WINDOW_MS: i64 = 1000;

/// The fights of one player.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Fights {
    /// Fights as target.
    pub targeted: u32,
    /// Of these, with several attackers.
    pub focused: u32,
    /// Escaped from one attacker.
    pub solo_escapes: u32,
    /// Escaped from several.
    pub focus_escapes: u32,
    /// Killed by one.
    pub solo_deaths: u32,
    /// Killed by several.
    pub focus_deaths: u32,
    /// Raw damage by enemies.
    pub damage_taken: i64,
    /// Mean way of the escapes, u.
    pub mean_escape_u: Option<f64>,
    /// Mean length of his fights as target, ms.
    pub mean_duration_ms: Option<f64>,
    /// Fights as attacker.
    pub attacked: u32,
    /// Of these, alone.
    pub attacked_alone: u32,
    /// Kills alone.
    pub solo_kills: u32,
    /// Kills with others on the target.
    pub shared_kills: u32,
    /// Raw damage to enemies.
    pub damage_given: i64,
    /// Fights in which he and another were a crossfire.
    pub crossfires: u32,
}

/// Two players who shot at the same targets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The two.
    pub players: [PlayerId; 2],
    /// Crossfires.
    pub crossfires: u32,
    /// Of these, deadly.
    pub kills: u32,
    /// Raw damage of both.
    pub damage: i64,
    /// Mean time between their first hits, ms.
    pub mean_delay_ms: f64,
}

#[derive(Default)]
struct PairTally {
    crossfires: u32,
    kills: u32,
    damage: i64,
    delay_ms: i64,
}

/// The fights of every player (indexed by [`PlayerId`]) and the pairs in order of players.
pub fn fights(round: &Round, flags: &RowFlags) -> (Vec<Fights>, Vec<Pair>) {
    let mut all = vec![Fights::default(); round.players.len()];
    let mut ways: Vec<(f64, i64)> = vec![(0.0, 0); all.len()];
    let mut pairs: BTreeMap<[PlayerId; 2], PairTally> = BTreeMap::new();
    let window_ms = round.document.header.crossfire_window.unwrap_or(WINDOW_MS);
    for (index, row) in round.document.engagements.table.rows.iter().enumerate() {
        let enemies: Vec<_> = enemies_of(round, row).collect();
        if !flags.is_fight(index) || enemies.is_empty() {
            continue;
        }
        let is_killed = round.text(row.outcome) == "killed";
        let is_escape = round.text(row.outcome) == "escaped";
        let is_alone = enemies.len() == 1;
        if let Some(target) = round.players.find(row.target_guid, row.target_name) {
            let fights = &mut all[target.index()];
            fights.targeted += 1;
            fights.focused += u32::from(!is_alone);
            let (escapes, deaths) = if is_alone {
                (&mut fights.solo_escapes, &mut fights.solo_deaths)
            } else {
                (&mut fights.focus_escapes, &mut fights.focus_deaths)
            };
            *escapes += u32::from(is_escape);
            *deaths += u32::from(is_killed);
            let (way_u, duration_ms) = &mut ways[target.index()];
            *duration_ms += row.duration.unwrap_or(0);
            if is_escape {
                *way_u += row.distance_traveled.get().unwrap_or(0.0);
            }
            let taken: i64 = enemies.iter().map(|(_, hits)| hits.damage).sum();
            fights.damage_taken = fights.damage_taken.saturating_add(taken);
        }
        for (nth, (attacker, hits)) in enemies.iter().enumerate() {
            let fights = &mut all[attacker.index()];
            fights.attacked += 1;
            fights.attacked_alone += u32::from(is_alone);
            fights.solo_kills += u32::from(hits.got_kill && is_alone);
            fights.shared_kills += u32::from(hits.got_kill && !is_alone);
            fights.damage_given = fights.damage_given.saturating_add(hits.damage);
            let delay_to = |other: i64| (hits.first_hit - other).abs();
            let others = enemies
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != nth);
            let with = others.filter(|(_, (_, other))| delay_to(other.first_hit) <= window_ms);
            let with: Vec<_> = with.collect();
            fights.crossfires += u32::from(!with.is_empty());
            for (_, (mate, other)) in with.into_iter().filter(|(other, _)| *other > nth) {
                let key = [*attacker.min(mate), *attacker.max(mate)];
                let tally = pairs.entry(key).or_default();
                tally.crossfires += 1;
                tally.kills += u32::from(is_killed);
                tally.damage += hits.damage + other.damage;
                tally.delay_ms += delay_to(other.first_hit);
            }
        }
    }
    for (fights, (way_u, duration_ms)) in all.iter_mut().zip(ways) {
        let mean = |sum: f64, n: u32| (n > 0).then(|| sum / f64::from(n));
        fights.mean_escape_u = mean(way_u, fights.solo_escapes + fights.focus_escapes);
        fights.mean_duration_ms = mean(duration_ms as f64, fights.targeted);
    }
    let pairs = pairs.into_iter().map(|(players, tally)| Pair {
        players,
        crossfires: tally.crossfires,
        kills: tally.kills,
        damage: tally.damage,
        mean_delay_ms: tally.delay_ms as f64 / f64::from(tally.crossfires),
    });
    (all, pairs.collect())
}
