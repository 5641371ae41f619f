//! Rules over delays and reinforcement times: trades, spawn timing, kill outcomes.

use super::book::Book;
use super::rules::RuleId;
use super::sections::finding;
use super::{Check, clock_text};
use crate::analysis::deaths::team_at;
use crate::model::{Sym, Team};
use rustc_hash::FxHashMap;

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    trades(check, book);
    spawn_timing(check, book);
    outcomes(check, book);
}

fn trades(check: &Check<'_>, book: &mut Book) {
    let table = &check.round.document.tables.trade_kills;
    book.checked(RuleId::TradeArithmetic, table.rows.len());
    for (row, line) in table.rows.iter().zip(&table.lines) {
        let due = row.traded_kill_time.saturating_sub(row.original_kill_time);
        let window = 0..=check.params.trade_window_ms;
        if row.delta_ms == due && window.contains(&due) {
            continue;
        }
        let off = row.delta_ms.saturating_sub(due).unsigned_abs().max(1);
        book.found(RuleId::TradeArithmetic, off as f64, || {
            let text = format!(
                "a trade of {} ms by its column, {due} ms by its times; the window is {} ms",
                row.delta_ms, check.params.trade_window_ms
            );
            let who = [
                (row.trader_guid, row.trader_name),
                (row.original_killer_guid, row.original_killer_name),
                (row.original_victim_guid, row.original_victim_name),
            ];
            finding(check, text, *line, &who).time(row.original_kill_time, row.traded_kill_time)
        });
    }
}

/// The declared interval of a team's reinforcements, ms.
fn declared_interval(check: &Check<'_>, team: Option<Team>) -> Option<i64> {
    let header = &check.round.document.header;
    let declared = match team? {
        Team::Axis => header.axis_spawn_interval,
        Team::Allies => header.allies_spawn_interval,
        Team::Spectator => None,
    };
    declared.filter(|ms| *ms > 0)
}

/// Where in the wave a kill fell, as a shift of the wave clock: equal for all rows of a team.
fn offset(interval: i64, to_next: i64, t_ms: i64) -> i64 {
    (interval.saturating_sub(to_next).rem_euclid(interval) - t_ms.rem_euclid(interval))
        .rem_euclid(interval)
}

/// Distance of two offsets round the clock.
fn apart(a: i64, b: i64, interval: i64) -> i64 {
    let ahead = (a - b).rem_euclid(interval);
    ahead.min(interval - ahead)
}

fn spawn_timing(check: &Check<'_>, book: &mut Book) {
    let round = check.round;
    let table = &round.document.tables.spawn_timing;
    // Per team and interval how often each offset occurs.
    let mut offsets: FxHashMap<(Sym, i64), FxHashMap<i64, u32>> = FxHashMap::default();
    let timed = table.rows.iter().filter(|row| row.enemy_spawn_interval > 0);
    for row in timed {
        let interval = row.enemy_spawn_interval;
        let offset = offset(interval, row.time_to_next_spawn, row.kill_time);
        let team = offsets.entry((row.victim_team, interval)).or_default();
        *team.entry(offset).or_default() += 1;
    }
    let usual: FxHashMap<(Sym, i64), i64> = offsets
        .iter()
        .filter_map(|(team, counts)| {
            let most = counts
                .iter()
                .max_by_key(|(offset, n)| (**n, std::cmp::Reverse(**offset)))?;
            Some((*team, *most.0))
        })
        .collect();
    for (row, line) in table.rows.iter().zip(&table.lines) {
        let interval = row.enemy_spawn_interval;
        if interval <= 0 {
            continue;
        }
        book.checked(RuleId::SpawnTiming, 1);
        let mut faults = Vec::new();
        let offset = offset(interval, row.time_to_next_spawn, row.kill_time);
        let usual = usual
            .get(&(row.victim_team, interval))
            .copied()
            .unwrap_or(offset);
        let off_ms = apart(offset, usual, interval);
        if off_ms > check.params.offset_tolerance_ms {
            faults.push(format!("{off_ms} ms off the wave clock of most other rows"));
        }
        if !(0..=interval).contains(&row.time_to_next_spawn) {
            faults.push(format!(
                "{} ms to the next wave of {interval} ms",
                row.time_to_next_spawn
            ));
        }
        let declared = declared_interval(check, Team::from_tag(round.text(row.victim_team)));
        if let Some(declared) = declared.filter(|declared| *declared != interval) {
            faults.push(format!(
                "interval {interval} ms, the header says {declared} ms"
            ));
        }
        let score = row.time_to_next_spawn as f64 / interval as f64;
        if let Some(says) = row
            .spawn_timing_score
            .get()
            .filter(|says| (says - score).abs() > check.params.ratio_tolerance)
        {
            faults.push(format!("score {says}, by its columns {score:.3}"));
        }
        if faults.is_empty() {
            continue;
        }
        book.found(RuleId::SpawnTiming, off_ms as f64, || {
            let text = format!(
                "kill at {}: {}",
                clock_text(row.kill_time),
                faults.join("; ")
            );
            let who = [
                (row.killer_guid, row.killer_name),
                (row.victim_guid, row.victim_name),
            ];
            finding(check, text, *line, &who).time(row.kill_time, row.kill_time)
        });
    }
}

fn outcomes(check: &Check<'_>, book: &mut Book) {
    let round = check.round;
    let table = &round.document.tables.kill_outcomes;
    book.checked(RuleId::OutcomeArithmetic, table.rows.len());
    for (row, line) in table.rows.iter().zip(&table.lines) {
        let due = row.outcome_time.saturating_sub(row.kill_time);
        let outcome = round.text(row.outcome);
        let victim = round.players.find(row.victim_guid, row.victim_name);
        let extra = row.effective_denied_ms.saturating_sub(due);
        // What is denied on top of the delay: the time until the next wave for those who must wait for it.
        let most_extra = match outcome {
            "gibbed" | "tapped_out" => {
                let team = victim.and_then(|victim| team_at(round, victim, row.kill_time));
                declared_interval(check, team).unwrap_or(i64::MAX)
            }
            _ => 0,
        };
        if row.delta_ms == due && due >= 0 && (0..=most_extra).contains(&extra) {
            continue;
        }
        let off = row.delta_ms.saturating_sub(due).unsigned_abs();
        let off = off
            .max(extra.saturating_sub(most_extra).max(0).unsigned_abs())
            .max(1);
        book.found(RuleId::OutcomeArithmetic, off as f64, || {
            let text = format!(
                "kill at {}, {outcome} at {}: {} ms by its column, {due} ms by its times; {} ms denied",
                clock_text(row.kill_time),
                clock_text(row.outcome_time),
                row.delta_ms,
                row.effective_denied_ms
            );
            let who = [(row.victim_guid, row.victim_name), (row.killer_guid, row.killer_name)];
            finding(check, text, *line, &who).time(row.kill_time, row.outcome_time)
        });
    }
}
