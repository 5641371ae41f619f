//! Equal rows within one section.
//!
//! Rows are put in order of a number made of their most telling columns, and only neighbours are compared. So each section costs
//! O(rows · log rows); at most [`MOST_LOOKED_BACK`] different rows with the same number are remembered.

use super::Check;
use super::book::{Book, Finding};
use super::rules::RuleId;
use crate::model::Sym;
use crate::model::format::{Row, Table};

/// Rows with equal telling columns but different others are rare; a file made to be slow does not get far with them.
const MOST_LOOKED_BACK: usize = 64;

/// Mixes a row's most telling columns into one number, so that only rows with equal numbers need be compared.
fn key(time: i64, who: Sym, more: i64) -> u64 {
    let mix =
        |hash: u64, value: u64| (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    mix(mix(mix(0, time as u64), who.index() as u64), more as u64)
}

/// `telling` gives a row's time, whom it is about, and something more.
fn repeated<R: Row + PartialEq>(
    book: &mut Book,
    table: &Table<R>,
    telling: impl Fn(&R) -> (Option<i64>, Sym, i64),
) {
    let key = |row: &R| {
        let (time, who, more) = telling(row);
        key(time.unwrap_or(0), who, more)
    };
    book.checked(RuleId::DuplicateRow, table.rows.len());
    let mut order: Vec<(u64, u32)> = table
        .rows
        .iter()
        .zip(0..)
        .map(|(row, nth)| (key(row), nth))
        .collect();
    order.sort_unstable();
    for same in order
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|same| same.len() > 1)
    {
        let mut firsts: Vec<u32> = Vec::new();
        for &(_, nth) in same {
            let row = &table.rows[nth as usize];
            let Some(first) = firsts
                .iter()
                .find(|first| table.rows[**first as usize] == *row)
            else {
                if firsts.len() < MOST_LOOKED_BACK {
                    firsts.push(nth);
                }
                continue;
            };
            book.found(RuleId::DuplicateRow, 1.0, || {
                let finding = Finding::new(format!("{}: two equal rows", R::SECTION))
                    .lines([*first, nth].map(|nth| table.lines[nth as usize]));
                match telling(row).0 {
                    Some(t_ms) => finding.time(t_ms, t_ms),
                    None => finding,
                }
            });
        }
    }
}

/// Sections with the column of a row's time, of whom it is about, and one more that tells rows of one moment apart.
macro_rules! sections {
    ($book:ident, $tables:ident: $($table:ident ($row:ident) $time:expr, $who:expr, $more:expr;)+) => {
        $(repeated($book, &$tables.$table, |$row| ($time, $who, $more));)+
    };
}

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    let tables = &check.round.document.tables;
    sections! { book, tables:
        kill_heatmap (row) None, Sym::EMPTY, row.grid_x.wrapping_mul(4099) ^ row.grid_y;
        movement_heatmap (row) None, Sym::EMPTY, row.grid_x.wrapping_mul(4099) ^ row.grid_y;
        objective_focus (row) None, row.guid, row.samples;
        reactions (row) Some(row.start_time), row.target_guid, row.engagement_id;
        spawn_timing (row) Some(row.kill_time), row.victim_guid, 0;
        team_cohesion (row) Some(row.time), row.team, row.alive_count;
        crossfire_opportunities (row) Some(row.time), row.target_guid, row.teammate1_guid.index() as i64;
        focus_fire (row) None, row.target_guid, row.engagement_id;
        team_pushes (row) Some(row.start_time), row.team, row.end_time;
        trade_kills (row) Some(row.traded_kill_time), row.trader_guid, row.original_kill_time;
        revives (row) Some(row.time), row.revived_guid, 0;
        weapon_accuracy (row) None, row.player_guid, row.weapon_id;
        kill_outcomes (row) Some(row.kill_time), row.victim_guid, row.outcome_time;
        combat_positions (row) Some(row.time), row.vic_guid, row.weapon;
        aim_locks (row) Some(row.start_time), row.guid, row.end_time;
        spawn_selects (row) Some(row.time), row.guid, row.spawn_index;
        skills (row) None, row.guid, 0;
        carrier_events (row) Some(row.pickup_time), row.carrier_guid, row.drop_time;
        carrier_kills (row) Some(row.kill_time), row.carrier_guid, 0;
        carrier_returns (row) Some(row.return_time), row.returner_guid, 0;
        vehicles (row) None, row.vehicle_name, row.end_x;
        escorts (row) None, row.player_guid, row.vehicle_name.index() as i64;
        constructions (row) Some(row.event_time), row.player_guid, row.event_type.index() as i64;
        objective_runs (row) Some(row.action_time), row.engineer_guid, row.action_type.index() as i64;
    }
    engagements(check, book);
}

/// Engagements are numbered, so a number that comes twice with the same start and target is the same one.
fn engagements(check: &Check<'_>, book: &mut Book) {
    let table = &check.round.document.engagements.table;
    book.checked(RuleId::DuplicateRow, table.rows.len());
    let mut order: Vec<_> = table
        .rows
        .iter()
        .zip(0_u32..)
        .map(|(row, nth)| {
            (
                (
                    row.id,
                    row.start_time,
                    row.target_guid.index(),
                    row.end_time,
                ),
                nth,
            )
        })
        .collect();
    order.sort_unstable();
    for pair in order.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (id, start_ms, _, end_ms) = pair[1].0;
        book.found(RuleId::DuplicateRow, 1.0, || {
            Finding::new(format!("ENGAGEMENTS: engagement {id} stands here twice"))
                .lines([pair[0].1, pair[1].1].map(|nth| table.lines[nth as usize]))
                .time(start_ms, end_ms.unwrap_or(start_ms))
        });
    }
}
