//! Pairs of players who shot at the same target within the crossfire window.
//!
//! For every engagement that the tracker calls a crossfire, each unordered pair of its participants (by GUID) counts once: kills when the
//! outcome is `killed`, the damage of both, and the delay between the first two attackers, which need not be these two, unless it is 0.
//!
//! Source: `ENGAGEMENTS`. Known weakness: with three participants the delay of the first two is booked for all three pairs.
//! O(crossfires · participants²).

use super::ReferenceRound;
use super::teamplay::{Mean, weighted};
use crate::model::Sym;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// Two players.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrossfirePair {
    /// The smaller GUID.
    pub player1_guid: String,
    /// The last name it has as an attacker.
    pub player1_name: String,
    /// The greater GUID.
    pub player2_guid: String,
    /// The last name it has as an attacker.
    pub player2_name: String,
    /// Crossfires of the two.
    pub crossfire_count: u64,
    /// Of these, deadly.
    pub crossfire_kills: u64,
    /// Damage of both.
    pub total_combined_damage: i64,
    /// Mean of the delays that are not 0, ms.
    pub avg_delay_ms: Option<f64>,
    /// Rounds in which they had at least one.
    pub games_together: u64,
}

#[derive(Default)]
struct Tally {
    count: u64,
    kills: u64,
    damage: i64,
    delays: Mean,
}

/// The pairs of a round, in order of their GUIDs.
pub fn crossfire_pairs(view: &ReferenceRound<'_>) -> Vec<CrossfirePair> {
    let mut tallies: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    let mut names: FxHashMap<&str, Sym> = FxHashMap::default();
    let crossfires = view.engagements.iter().filter(|e| e.row.is_crossfire);
    for engagement in crossfires {
        let row = engagement.row;
        let attackers = view.attackers_of(engagement);
        for attacker in attackers {
            names.insert(view.round.text(attacker.guid), attacker.name);
        }
        let damage = |guid: Sym| {
            let attacker = attackers.iter().find(|attacker| attacker.guid == guid);
            attacker.map_or(0, |attacker| attacker.damage)
        };
        let mut sides = view
            .round
            .document
            .engagements
            .participants_of(row)
            .to_vec();
        sides.sort_by_key(|guid| view.round.text(*guid));
        let is_killed = view.round.text(row.outcome) == "killed";
        for (nth, &one) in sides.iter().enumerate() {
            for &other in &sides[nth + 1..] {
                let key = (view.round.text(one), view.round.text(other));
                let tally = tallies.entry(key).or_default();
                tally.count += 1;
                tally.kills += u64::from(is_killed);
                let both = damage(one).saturating_add(damage(other));
                tally.damage = tally.damage.saturating_add(both);
                if let Some(delay) = row.crossfire_delay.filter(|delay| *delay != 0) {
                    tally.delays.add(delay as f64);
                }
            }
        }
    }
    let name = |guid: &str| {
        names
            .get(guid)
            .map_or(String::new(), |name| view.string(*name))
    };
    let pairs = tallies
        .into_iter()
        .map(|((one, other), tally)| CrossfirePair {
            player1_guid: one.to_owned(),
            player1_name: name(one),
            player2_guid: other.to_owned(),
            player2_name: name(other),
            crossfire_count: tally.count,
            crossfire_kills: tally.kills,
            total_combined_damage: tally.damage,
            avg_delay_ms: tally.delays.get(),
            games_together: 1,
        });
    pairs.collect()
}

/// Adds a round's pairs to those of the rounds before it: counts are summed, the delay is weighted by the number of crossfires, with a
/// missing one taken as 0, and every round counts as one game.
pub fn merge(into: &mut Vec<CrossfirePair>, round: &[CrossfirePair]) {
    for new in round {
        let is_same = |old: &&mut CrossfirePair| {
            old.player1_guid == new.player1_guid && old.player2_guid == new.player2_guid
        };
        let Some(old) = into.iter_mut().find(is_same) else {
            into.push(new.clone());
            continue;
        };
        old.avg_delay_ms = weighted(
            old.avg_delay_ms,
            old.crossfire_count,
            new.avg_delay_ms,
            new.crossfire_count,
        );
        old.player1_name.clone_from(&new.player1_name);
        old.player2_name.clone_from(&new.player2_name);
        old.crossfire_count += new.crossfire_count;
        old.crossfire_kills += new.crossfire_kills;
        old.total_combined_damage = old
            .total_combined_damage
            .saturating_add(new.total_combined_damage);
        old.games_together += new.games_together;
    }
}
