//! Matches rows with pairs, one to one, and says why one is left over.

use super::{Compared, FileOnly, Matched, OursOnly, Params, WhyFileOnly, WhyOursOnly};
use crate::analysis::deaths::{Death, DeathKind};
use crate::analysis::flags::find_death;
use crate::analysis::trades::{self, TradeChance};
use crate::model::format::sections::TradeKillRow;
use crate::model::{LifeEnd, PlayerId, Round};

/// The three players of a row.
type Names = (PlayerId, PlayerId, PlayerId);

pub(super) struct Matcher<'a> {
    pub(super) round: &'a Round,
    pub(super) deaths: &'a [Death],
    pub(super) chances: &'a [TradeChance],
    pub(super) window: &'a trades::Params,
    pub(super) params: &'a Params,
    pub(super) tracker_window_ms: i64,
}

impl Matcher<'_> {
    fn rows(&self) -> &[TradeKillRow] {
        &self.round.document.tables.trade_kills.rows
    }

    pub(super) fn compare(&self) -> Compared {
        let names: Vec<Option<Names>> = self.rows().iter().map(|row| self.names(row)).collect();
        let matched = self.matched(&names);
        let mut row_taken = vec![false; names.len()];
        let mut chance_taken = vec![false; self.chances.len()];
        for pair in &matched {
            row_taken[pair.row] = true;
            chance_taken[pair.chance] = true;
        }
        let open_rows = (0..names.len()).filter(|row| !row_taken[*row]);
        let file_only = open_rows.map(|row| FileOnly {
            row,
            why: self.why_file_only(&self.rows()[row], names[row]),
        });
        let pairs = self.chances.iter().enumerate();
        let open = pairs.filter(|(nth, chance)| chance.revenge.is_some() && !chance_taken[*nth]);
        let ours_only = open.map(|(nth, chance)| OursOnly {
            chance: nth,
            why: self.why_ours_only(chance, &matched),
        });
        Compared {
            file_only: file_only.collect(),
            ours_only: ours_only.collect(),
            matched,
        }
    }

    fn names(&self, row: &TradeKillRow) -> Option<Names> {
        let players = &self.round.players;
        Some((
            players.find(row.original_victim_guid, row.original_victim_name)?,
            players.find(row.original_killer_guid, row.original_killer_name)?,
            players.find(row.trader_guid, row.trader_name)?,
        ))
    }

    /// Greedy by nearness in time; of equally near ones the first row and the first pair.
    fn matched(&self, names: &[Option<Names>]) -> Vec<Matched> {
        let mut candidates: Vec<(i64, Matched)> = Vec::new();
        for (row, names) in names.iter().enumerate() {
            let Some(names) = *names else { continue };
            candidates.extend(self.candidates(row, names));
        }
        candidates.sort_by_key(|(off_ms, pair)| (*off_ms, pair.row, pair.chance));
        let mut row_taken = vec![false; names.len()];
        let mut chance_taken = vec![false; self.chances.len()];
        let mut matched = Vec::new();
        for (_, pair) in candidates {
            if !row_taken[pair.row] && !chance_taken[pair.chance] {
                row_taken[pair.row] = true;
                chance_taken[pair.chance] = true;
                matched.push(pair);
            }
        }
        matched.sort_by_key(|pair| pair.row);
        matched
    }

    fn candidates(&self, row: usize, names: Names) -> Vec<(i64, Matched)> {
        let tolerance_ms = self.params.tolerance_ms;
        let times = &self.rows()[row];
        let (died_ms, avenged_ms) = (times.original_kill_time, times.traded_kill_time);
        let from_ms = died_ms.saturating_sub(tolerance_ms);
        let from = self.chances.partition_point(|c| c.t_ms < from_ms);
        let near = self.chances.iter().enumerate().skip(from);
        let near =
            near.take_while(|(_, chance)| chance.t_ms <= died_ms.saturating_add(tolerance_ms));
        let pairs = near.filter_map(|(nth, chance)| {
            let revenge = &self.deaths[chance.revenge?];
            let is_same = (chance.victim, chance.killer, revenge.killer?) == names;
            let pair = Matched {
                row,
                chance: nth,
                death_off_ms: died_ms.saturating_sub(chance.t_ms),
                revenge_off_ms: avenged_ms.saturating_sub(revenge.t_ms),
                is_own_revenge: chance.own_revenge.is_some(),
            };
            let off_ms = [pair.death_off_ms, pair.revenge_off_ms].map(i64::saturating_abs);
            let is_near = off_ms[1] <= tolerance_ms;
            (is_same && is_near).then(|| (off_ms[0].saturating_add(off_ms[1]), pair))
        });
        pairs.collect()
    }

    fn why_file_only(&self, row: &TradeKillRow, names: Option<Names>) -> WhyFileOnly {
        use WhyFileOnly as Why;
        let Some((victim, killer, avenger)) = names else {
            return Why::UnknownPlayer;
        };
        let Some(death) = find_death(self.deaths, victim, row.original_kill_time) else {
            return Why::NoSuchDeath;
        };
        let Some(revenge) = find_death(self.deaths, killer, row.traded_kill_time) else {
            return Why::NoSuchRevenge;
        };
        let is_several = self.is_several([Some(victim), Some(killer), Some(avenger)]);
        match death.kind {
            _ if is_several => return Why::SharedGuid,
            DeathKind::Enemy if death.killer != Some(killer) => return Why::KillerDiffers,
            DeathKind::Enemy => {}
            DeathKind::TeamKill => return Why::FirstIsTeamKill,
            _ => return Why::FirstIsNoKill,
        }
        match revenge.kind {
            DeathKind::Enemy if revenge.killer != Some(avenger) => return Why::AvengerDiffers,
            DeathKind::Enemy => {}
            DeathKind::TeamKill => return Why::RevengeIsTeamKill,
            _ => return Why::RevengeIsNoKill,
        }
        let chances = self.chances.iter();
        let mut own = chances.filter(|c| c.victim == victim && c.t_ms == death.t_ms);
        match own.find_map(|chance| chance.revenge) {
            Some(found) if self.deaths[found].t_ms < revenge.t_ms => Why::AvengedBefore,
            Some(_) => Why::Duplicate,
            None if revenge.t_ms.saturating_sub(death.t_ms) > self.window.window_ms => Why::Window,
            None => Why::TeamsDiffer,
        }
    }

    fn why_ours_only(&self, chance: &TradeChance, matched: &[Matched]) -> WhyOursOnly {
        use WhyOursOnly as Why;
        let Some(index) = chance.revenge else {
            return Why::Unexplained;
        };
        let delay_ms = self.deaths[index].t_ms.saturating_sub(chance.t_ms);
        let is_named_for_another = matched.iter().any(|pair| {
            let other = &self.chances[pair.chance];
            other.revenge == Some(index) && other.t_ms >= chance.t_ms
        });
        let is_no_kill = |index: usize| {
            let life = self.deaths[index].life.map(|life| self.round.life(life));
            life.is_some_and(|life| matches!(life.end, LifeEnd::SelfKill | LifeEnd::Fallen))
        };
        let section = self.round.document.section("TRADE_KILLS");
        let is_cut = self.round.document.ending.is_cut()
            || section.is_some_and(|section| section.refused > 0);
        let players = [
            Some(chance.victim),
            Some(chance.killer),
            self.deaths[index].killer,
        ];
        if delay_ms == 0 {
            Why::SameMoment
        } else if is_named_for_another {
            Why::LatestOnly
        } else if delay_ms > self.tracker_window_ms {
            Why::Window
        } else if self.is_several(players) {
            Why::SharedGuid
        } else if is_no_kill(chance.death) || is_no_kill(index) {
            Why::TrackerSawNoKill
        } else if is_cut {
            Why::FileCut
        } else {
            Why::Unexplained
        }
    }

    /// Whether one of them is two clients: lives of one GUID at the same time.
    fn is_several(&self, players: [Option<PlayerId>; 3]) -> bool {
        players.into_iter().flatten().any(|player| {
            let lives = self.round.lives_of(player).windows(2);
            let mut pairs = lives.map(|pair| (self.round.life(pair[0]), self.round.life(pair[1])));
            pairs.any(|(first, second)| second.start_ms < first.end_ms)
        })
    }
}
