//! What engagements and hits tell.

use super::Collector;
use crate::analysis::deaths::team_at;
use crate::analysis::support::enemies_of;
use crate::model::catalogue::HitRegion;
use crate::model::{Absence, Presence};

/// Crossfire window when the header gives none, ms.
const WINDOW_MS: i64 = 1000;

impl Collector<'_> {
    /// Fights as target and attacker, and crossfires; the definitions of [`crate::analysis::teamplay`].
    pub(in crate::analysis::over_rounds) fn fights(&mut self) {
        let round = self.round;
        let window_ms = round.document.header.crossfire_window.unwrap_or(WINDOW_MS);
        for (index, row) in round.document.engagements.table.rows.iter().enumerate() {
            let enemies: Vec<_> = enemies_of(round, row).collect();
            if enemies.is_empty() || !self.results.flags.is_fight(index) {
                continue;
            }
            let is_killed = round.text(row.outcome) == "killed";
            let is_escape = round.text(row.outcome) == "escaped";
            if let Some(target) = round.players.find(row.target_guid, row.target_name) {
                let is_alone = enemies.len() == 1;
                let tally = self.at(target, row.start_time);
                tally.targeted += 1;
                tally.focused += u32::from(!is_alone);
                tally.solo_escapes += u32::from(is_escape && is_alone);
                tally.focus_escapes += u32::from(is_escape && !is_alone);
                for (_, hits) in &enemies {
                    tally.damage_taken = tally.damage_taken.saturating_add(hits.damage);
                }
            }
            for (nth, (attacker, hits)) in enemies.iter().enumerate() {
                let tally = self.at(*attacker, row.start_time);
                tally.damage_given = tally.damage_given.saturating_add(hits.damage);
                for (mate, other) in &enemies[nth + 1..] {
                    let delay_ms = hits
                        .first_hit
                        .saturating_sub(other.first_hit)
                        .saturating_abs();
                    if delay_ms > window_ms {
                        continue;
                    }
                    self.with_pair(*attacker, *mate, |pair, _| {
                        pair.delays_ms.push(delay_ms);
                        pair.kills += u32::from(is_killed);
                        pair.damage = pair
                            .damage
                            .saturating_add(hits.damage)
                            .saturating_add(other.damage);
                    });
                }
            }
        }
    }

    /// Hits on the head by both sections that tell of them.
    pub(in crate::analysis::over_rounds) fn hits(&mut self) {
        let round = self.round;
        for row in &round.document.tables.hit_regions.rows {
            let attacker = round.players.find(row.attacker_guid, row.attacker_name);
            let victim = round.players.find(row.victim_guid, row.victim_name);
            let (Some(attacker), Some(victim)) = (attacker, victim) else {
                continue;
            };
            let Some(region) = HitRegion::from_number(row.region) else {
                continue;
            };
            let is_enemy = team_at(round, attacker, row.time) != team_at(round, victim, row.time);
            let is_body = matches!(
                round.presence_at(victim, row.time),
                Presence::Absent(Absence::Dead { since_ms, .. }) if since_ms < row.time
            );
            if is_enemy && !is_body {
                let tally = self.at(attacker, row.time);
                tally.region_hits += 1;
                tally.head_hits += u32::from(region == HitRegion::Head);
            }
        }
        for row in &round.document.tables.weapon_accuracy.rows {
            if let Some(player) = round.players.find(row.player_guid, row.player_name) {
                let whole = &mut self.players[usize::from(self.places[player.index()])].whole;
                whole.weapon_hits = whole.weapon_hits.saturating_add(row.hits.max(0));
                whole.weapon_headshots =
                    whole.weapon_headshots.saturating_add(row.headshots.max(0));
            }
        }
    }
}
