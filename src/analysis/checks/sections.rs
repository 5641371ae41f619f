//! Rules over rows that must add up: counts, quotients, zeros that are no measure.

use super::book::{Book, Finding};
use super::rules::RuleId;
use super::{Check, clock_text};
use crate::model::{Decimal, Sym};

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    focus(check, book);
    aim_locks(check, book);
    carriers(check, book);
    vehicles(check, book);
    pushes(check, book);
}

/// A finding about one row and the players it names.
pub(super) fn finding(check: &Check<'_>, text: String, line: u32, who: &[(Sym, Sym)]) -> Finding {
    let players = who
        .iter()
        .filter_map(|(guid, name)| check.round.players.find(*guid, *name));
    Finding::new(text).lines([line]).players(players)
}

/// Points of the kind `sample` per GUID against the file's count.
fn focus(check: &Check<'_>, book: &mut Book) {
    let round = check.round;
    let table = &round.document.tables.objective_focus;
    if table.rows.is_empty() || round.lives().is_empty() {
        return;
    }
    let samples = round.samples();
    let mut counts = vec![0_i64; round.players.len()];
    for life in round.lives() {
        let plain = life
            .sample_indices()
            .filter(|index| samples.is_plain(*index));
        counts[life.player.index()] += plain.count() as i64;
    }
    for (row, line) in table.rows.iter().zip(&table.lines) {
        let player = round
            .players
            .find(row.guid, row.name)
            .filter(|_| !row.guid.is_empty());
        let Some(player) = player else { continue };
        book.checked(RuleId::FocusSamples, 1);
        let there = counts[player.index()];
        if row.samples == there {
            continue;
        }
        book.found(
            RuleId::FocusSamples,
            row.samples.abs_diff(there) as f64,
            || {
                let name = check.name(player);
                let text = format!(
                    "{name}: {} samples by OBJECTIVE_FOCUS, {there} in his lives",
                    row.samples
                );
                finding(check, text, *line, &[(row.guid, row.name)])
            },
        );
    }
}

fn aim_locks(check: &Check<'_>, book: &mut Book) {
    let table = &check.round.document.tables.aim_locks;
    book.checked(RuleId::AimLock, table.rows.len());
    for (row, line) in table.rows.iter().zip(&table.lines) {
        let most_ms = row
            .samples
            .saturating_add(1)
            .saturating_mul(check.params.aim_step_ms);
        let span_ms = row.end_time.saturating_sub(row.start_time);
        if (0..=most_ms).contains(&row.duration_ms) && span_ms >= 0 {
            continue;
        }
        let off = row.duration_ms.saturating_sub(most_ms).unsigned_abs();
        book.found(RuleId::AimLock, off as f64, || {
            let text = format!(
                "an aim lock of {} ms with {} samples, which make {most_ms} ms at most",
                row.duration_ms, row.samples
            );
            let who = [(row.guid, row.name), (row.target_guid, row.target_name)];
            finding(check, text, *line, &who).time(row.start_time, row.end_time)
        });
    }
}

fn carriers(check: &Check<'_>, book: &mut Book) {
    let table = &check.round.document.tables.carrier_events;
    book.checked(RuleId::CarrierEfficiency, table.rows.len());
    for (row, line) in table.rows.iter().zip(&table.lines) {
        let due_ms = row.drop_time.saturating_sub(row.pickup_time);
        let mut faults = Vec::new();
        if row.duration_ms != due_ms || due_ms < 0 {
            faults.push(format!(
                "{} ms by its column, {due_ms} ms by its times",
                row.duration_ms
            ));
        }
        let mut off = 0.0;
        if let (Some(says), Some(line_u), Some(way_u)) = (
            row.efficiency.get(),
            row.beeline_distance.get(),
            row.carry_distance.get(),
        ) {
            let due = (way_u > 0.0).then(|| (line_u / way_u).min(1.0));
            off = due.map_or(0.0, |due| (says - due).abs());
            let is_share = (0.0..=1.0).contains(&says);
            // Both distances are rounded to a tenth.
            let rounding = if way_u > 0.0 { 0.1 / way_u } else { 0.0 };
            if !is_share || off > check.params.ratio_tolerance + rounding {
                faults.push(format!(
                    "efficiency {says}: {line_u} u straight, {way_u} u of way"
                ));
            }
        }
        if faults.is_empty() {
            continue;
        }
        book.found(RuleId::CarrierEfficiency, off, || {
            let text = format!(
                "carried from {}: {}",
                clock_text(row.pickup_time),
                faults.join("; ")
            );
            finding(check, text, *line, &[(row.carrier_guid, row.carrier_name)])
                .time(row.pickup_time, row.drop_time)
                .place([row.pickup_x, row.pickup_y, row.pickup_z].map(|axis| axis as f32))
        });
    }
}

fn vehicles(check: &Check<'_>, book: &mut Book) {
    let round = check.round;
    let vehicles = &round.document.tables.vehicles;
    let escorts = &round.document.tables.escorts;
    book.checked(
        RuleId::VehicleZeros,
        vehicles.rows.len() + escorts.rows.len(),
    );
    for (row, line) in vehicles.rows.iter().zip(&vehicles.lines) {
        let places = [
            row.start_x,
            row.start_y,
            row.start_z,
            row.end_x,
            row.end_y,
            row.end_z,
        ];
        if places == [0; 6] && row.total_distance.get() == Some(0.0) {
            book.found(RuleId::VehicleZeros, 1.0, || {
                let name = round.text(row.vehicle_name);
                finding(
                    check,
                    format!("{name}: no place and no way was captured"),
                    *line,
                    &[],
                )
            });
        }
    }
    for (row, line) in escorts.rows.iter().zip(&escorts.lines) {
        let escort_ms = row.mounted_time_ms.saturating_add(row.proximity_time_ms);
        let distances = [row.total_escort_distance, row.credit_distance].map(Decimal::get);
        if escort_ms > 0 && distances == [Some(0.0); 2] {
            book.found(RuleId::VehicleZeros, 0.5, || {
                let (name, vehicle) = (round.text(row.player_name), round.text(row.vehicle_name));
                let text =
                    format!("{name}: {escort_ms} ms with the {vehicle}, but no way was captured");
                finding(check, text, *line, &[(row.player_guid, row.player_name)])
            });
        }
    }
}

fn pushes(check: &Check<'_>, book: &mut Book) {
    let table = &check.round.document.tables.team_pushes;
    book.checked(RuleId::PushQuality, table.rows.len());
    for (row, line) in table.rows.iter().zip(&table.lines) {
        let Some(quality) = row
            .push_quality
            .get()
            .filter(|quality| !(0.0..=1.0).contains(quality))
        else {
            continue;
        };
        book.found(RuleId::PushQuality, quality.abs(), || {
            let team = check.round.text(row.team);
            finding(
                check,
                format!("a push of {team} with quality {quality}"),
                *line,
                &[],
            )
            .time(row.start_time, row.end_time)
        });
    }
}
