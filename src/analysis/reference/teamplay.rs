//! Teamplay counters of each GUID, as target and as attacker, over engagements.
//!
//! *As target*: every engagement counts; with at least two attackers it is "focused", otherwise "solo"; escapes and deaths (outcome
//! `killed`, by whomever) are counted apart. `avg_escape_distance` (u) and `avg_engagement_duration_ms` are means over **all** his
//! engagements. *As attacker*: a crossfire counts when he is among its participants; otherwise, with one attacker, a solo engagement.
//! `avg_crossfire_delay_ms` leaves out delays of 0.
//!
//! Source: `ENGAGEMENTS`. Several rounds are merged as the reference merges them into its table ([`merge`]): averages are weighted by
//! participations (delay) and times targeted (the other two), with a missing one taken as 0, so that rounds whose delays are all 0 drag
//! the mean down. O(engagements · attackers).

use super::{Engagement, ReferenceRound};
use crate::model::Sym;
use crate::model::format::engagement::AttackerRow;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// The counters of one GUID.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Teamplay {
    /// Who; "" for all bots without GUID together.
    pub player_guid: String,
    /// The last name any engagement gives him.
    pub player_name: String,
    /// Crossfires he took part in.
    pub crossfire_participations: u64,
    /// Of these, ended with the target's death.
    pub crossfire_kills: u64,
    /// His damage in crossfires.
    pub crossfire_damage: i64,
    /// Crossfire kills that were his.
    pub crossfire_final_blows: u64,
    /// Mean of the delays that are not 0, ms.
    pub avg_crossfire_delay_ms: Option<f64>,
    /// Engagements as only attacker that were won.
    pub solo_kills: u64,
    /// Engagements as only attacker.
    pub solo_engagements: u64,
    /// Engagements as target.
    pub times_targeted: u64,
    /// Of these, with several attackers.
    pub times_focused: u64,
    /// Escaped from several.
    pub focus_escapes: u64,
    /// Killed by several.
    pub focus_deaths: u64,
    /// Escaped from one (or none).
    pub solo_escapes: u64,
    /// Killed by one (or none).
    pub solo_deaths: u64,
    /// Mean way during an engagement, u.
    pub avg_escape_distance: Option<f64>,
    /// Mean length of an engagement, ms.
    pub avg_engagement_duration_ms: Option<f64>,
    /// Raw damage taken.
    pub total_damage_taken: i64,
}

/// A mean in the making.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mean {
    sum: f64,
    n: u64,
}

impl Mean {
    pub(super) fn add(&mut self, value: f64) {
        self.sum += value;
        self.n += 1;
    }

    pub(super) fn get(self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }
}

#[derive(Default)]
struct Tally {
    counters: Teamplay,
    name: Sym,
    delays: Mean,
    distances: Mean,
    durations: Mean,
}

/// The counters of a round, in the order in which its engagements name people.
pub fn teamplay(view: &ReferenceRound<'_>) -> Vec<Teamplay> {
    let mut order: Vec<Sym> = Vec::new();
    let mut tallies: FxHashMap<Sym, Tally> = FxHashMap::default();
    let mut of = |guid: Sym, name: Sym, count: &dyn Fn(&mut Tally)| {
        let tally = tallies.entry(guid).or_insert_with(|| {
            order.push(guid);
            Tally::default()
        });
        tally.name = name;
        count(tally);
    };
    for engagement in &view.engagements {
        let row = engagement.row;
        let is_killed = view.round.text(row.outcome) == "killed";
        let is_escaped = view.round.text(row.outcome) == "escaped";
        of(row.target_guid, row.target_name, &|tally| {
            count_target(tally, engagement, is_killed, is_escaped);
        });
        let participants = view.round.document.engagements.participants_of(row);
        for attacker in view.attackers_of(engagement) {
            let in_crossfire = row.is_crossfire && participants.contains(&attacker.guid);
            of(attacker.guid, attacker.name, &|tally| {
                count_attacker(tally, engagement, attacker, in_crossfire, is_killed);
            });
        }
    }
    let finished = order.into_iter().filter_map(|guid| {
        let tally = tallies.remove(&guid)?;
        Some(Teamplay {
            player_guid: view.string(guid),
            player_name: view.string(tally.name),
            avg_crossfire_delay_ms: tally.delays.get(),
            avg_escape_distance: tally.distances.get(),
            avg_engagement_duration_ms: tally.durations.get(),
            ..tally.counters
        })
    });
    finished.collect()
}

fn count_target(tally: &mut Tally, engagement: &Engagement<'_>, is_killed: bool, is_escaped: bool) {
    let row = engagement.row;
    let counters = &mut tally.counters;
    counters.times_targeted += 1;
    counters.total_damage_taken = counters.total_damage_taken.saturating_add(row.total_damage);
    let (escapes, deaths) = if row.num_attackers >= 2 {
        counters.times_focused += 1;
        (&mut counters.focus_escapes, &mut counters.focus_deaths)
    } else {
        (&mut counters.solo_escapes, &mut counters.solo_deaths)
    };
    *escapes += u64::from(is_escaped);
    *deaths += u64::from(is_killed);
    tally
        .distances
        .add(row.distance_traveled.get().unwrap_or(0.0));
    tally.durations.add(engagement.duration_ms() as f64);
}

fn count_attacker(
    tally: &mut Tally,
    engagement: &Engagement<'_>,
    attacker: &AttackerRow,
    in_crossfire: bool,
    is_killed: bool,
) {
    let counters = &mut tally.counters;
    if in_crossfire {
        counters.crossfire_participations += 1;
        counters.crossfire_damage = counters.crossfire_damage.saturating_add(attacker.damage);
        counters.crossfire_kills += u64::from(is_killed);
        counters.crossfire_final_blows += u64::from(is_killed && attacker.got_kill);
        if let Some(delay) = engagement.row.crossfire_delay.filter(|delay| *delay != 0) {
            tally.delays.add(delay as f64);
        }
    } else if engagement.row.num_attackers == 1 {
        counters.solo_engagements += 1;
        counters.solo_kills += u64::from(attacker.got_kill);
    }
}

/// Mean of two means with their numbers of cases; a missing one counts as 0, as the reference's table does.
pub(super) fn weighted(old: Option<f64>, old_n: u64, new: Option<f64>, new_n: u64) -> Option<f64> {
    let n = old_n + new_n;
    let sum = old.unwrap_or(0.0) * old_n as f64 + new.unwrap_or(0.0) * new_n as f64;
    (n > 0).then(|| sum / n as f64)
}

/// Adds a round's counters to those of the rounds before it, in the reference's way.
pub fn merge(into: &mut Vec<Teamplay>, round: &[Teamplay]) {
    for new in round {
        let Some(old) = into
            .iter_mut()
            .find(|old| old.player_guid == new.player_guid)
        else {
            into.push(new.clone());
            continue;
        };
        old.avg_crossfire_delay_ms = weighted(
            old.avg_crossfire_delay_ms,
            old.crossfire_participations,
            new.avg_crossfire_delay_ms,
            new.crossfire_participations,
        );
        let (old_n, new_n) = (old.times_targeted, new.times_targeted);
        let by_targeted = |old, new| weighted(old, old_n, new, new_n);
        old.avg_escape_distance = by_targeted(old.avg_escape_distance, new.avg_escape_distance);
        old.avg_engagement_duration_ms = by_targeted(
            old.avg_engagement_duration_ms,
            new.avg_engagement_duration_ms,
        );
        old.player_name.clone_from(&new.player_name);
        old.crossfire_participations += new.crossfire_participations;
        old.crossfire_kills += new.crossfire_kills;
        old.crossfire_damage = old.crossfire_damage.saturating_add(new.crossfire_damage);
        old.crossfire_final_blows += new.crossfire_final_blows;
        old.solo_kills += new.solo_kills;
        old.solo_engagements += new.solo_engagements;
        old.times_targeted += new.times_targeted;
        old.times_focused += new.times_focused;
        old.focus_escapes += new.focus_escapes;
        old.focus_deaths += new.focus_deaths;
        old.solo_escapes += new.solo_escapes;
        old.solo_deaths += new.solo_deaths;
        old.total_damage_taken = old
            .total_damage_taken
            .saturating_add(new.total_damage_taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_weighs_and_takes_missing_means_for_zero() {
        let round = |participations, delay, targeted, distance| Teamplay {
            player_guid: "A".to_owned(),
            crossfire_participations: participations,
            avg_crossfire_delay_ms: delay,
            times_targeted: targeted,
            avg_escape_distance: distance,
            ..Teamplay::default()
        };
        let mut all = vec![round(2, Some(600.0), 1, Some(100.0))];
        merge(&mut all, &[round(4, None, 3, Some(300.0))]);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].avg_crossfire_delay_ms, Some(200.0), "2 of 6 at 600");
        assert_eq!(all[0].avg_escape_distance, Some(250.0));
        assert_eq!(
            (all[0].crossfire_participations, all[0].times_targeted),
            (6, 4)
        );
        assert_eq!(weighted(None, 0, None, 0), None);
    }
}
