//! Rows that are worked out of a round.

use super::{Line, Writer};
use crate::library::derived::Derived;
use crate::library::lists;
use crate::library::prepare::Prepared;
use rusqlite::Result;

impl<'a> Writer<'a> {
    pub(super) fn trades(&mut self) -> Result<()> {
        let derived: &'a Derived = &self.prepared.derived;
        let mut statement = self.insert("proximity_trade_event_row", 19)?;
        let mut line = Line {
            statement: &mut statement,
            column: 0,
        };
        for (nth, trade) in derived.trades.iter().enumerate() {
            line.put(self.first_row + nth as i64)?;
            for text in [
                &trade.victim_guid,
                &trade.victim_name,
                &trade.victim_team,
                &trade.killer_guid,
                &trade.killer_name,
            ] {
                line.put(self.word(text)?)?;
            }
            line.put(trade.death_time_ms)?
                .put(derived.trade_window_ms)?;
            line.put(trade.opportunities.len() as i64)?
                .put(lists::json(&trade.opportunities))?;
            line.put(trade.attempts.len() as i64)?
                .put(lists::json(&trade.attempts))?;
            line.put(trade.successes.len() as i64)?
                .put(lists::json(&trade.successes))?;
            line.put(trade.missed_candidates.len() as i64)?
                .put(lists::json(&trade.missed_candidates))?;
            line.put(trade.nearest_teammate_dist)?
                .put(trade.is_isolation_death)?
                .put(lists::json(&trade.flags))?
                .end()?;
        }
        Ok(())
    }

    pub(super) fn support(&self) -> Result<()> {
        let Some(support) = &self.prepared.derived.support else {
            return Ok(());
        };
        let mut statement = self.insert("proximity_support_summary_row", 4)?;
        let mut line = Line {
            statement: &mut statement,
            column: 0,
        };
        line.put(self.first_row)?
            .put(support.support_samples)?
            .put(support.total_samples)?;
        line.put(support.support_uptime_pct)?.end()
    }

    pub(super) fn teamplay(&mut self) -> Result<()> {
        let derived: &'a Derived = &self.prepared.derived;
        let mut statement = self.insert("player_teamplay_row", 19)?;
        let mut line = Line {
            statement: &mut statement,
            column: 0,
        };
        for (nth, of) in derived.teamplay.iter().enumerate() {
            line.put(self.first_row + nth as i64)?
                .put(self.word(&of.player_guid)?)?
                .put(self.word(&of.player_name)?)?;
            line.put(of.crossfire_participations as i64)?
                .put(of.crossfire_kills as i64)?
                .put(of.crossfire_damage)?;
            line.put(of.crossfire_final_blows as i64)?
                .put(of.avg_crossfire_delay_ms)?;
            let counts = [
                of.solo_kills,
                of.solo_engagements,
                of.times_targeted,
                of.times_focused,
                of.focus_escapes,
                of.focus_deaths,
                of.solo_escapes,
                of.solo_deaths,
            ];
            for count in counts {
                line.put(count as i64)?;
            }
            line.put(of.avg_escape_distance)?
                .put(of.avg_engagement_duration_ms)?
                .put(of.total_damage_taken)?
                .end()?;
        }
        Ok(())
    }

    pub(super) fn pairs(&mut self) -> Result<()> {
        let derived: &'a Derived = &self.prepared.derived;
        let mut statement = self.insert("crossfire_pair_row", 9)?;
        let mut line = Line {
            statement: &mut statement,
            column: 0,
        };
        for (nth, pair) in derived.pairs.iter().enumerate() {
            line.put(self.first_row + nth as i64)?;
            for text in [
                &pair.player1_guid,
                &pair.player2_guid,
                &pair.player1_name,
                &pair.player2_name,
            ] {
                line.put(self.word(text)?)?;
            }
            line.put(pair.crossfire_count as i64)?
                .put(pair.crossfire_kills as i64)?;
            line.put(pair.total_combined_damage)?
                .put(pair.avg_delay_ms)?
                .end()?;
        }
        Ok(())
    }

    pub(super) fn players(&mut self) -> Result<()> {
        let prepared: &'a Prepared = self.prepared;
        let mut statement = self.insert("proximity_round_player_row", 10)?;
        let mut line = Line {
            statement: &mut statement,
            column: 0,
        };
        for (id, player) in prepared.round.players.iter() {
            let score = prepared.derived.score(id);
            line.put(self.first_row + i64::from(id.0))?;
            line.put(self.number(player.guid))?
                .put(self.number(player.name))?
                .put(self.word(&player.plain_name)?)?;
            let team = match player.team {
                Some(team) => Some(self.word(team.tag())?),
                None => None,
            };
            line.put(team)?
                .put(player.is_bot)?
                .put(score.lives)?
                .put(score.kills)?
                .put(score.deaths)?
                .put(score.samples)?
                .end()?;
        }
        Ok(())
    }
}
