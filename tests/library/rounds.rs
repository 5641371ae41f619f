//! A stored round is the round of its file, and its rows are the file's rows.

use crate::bench::Bench;
use crate::support;
use sandtable::format::{Document, export};
use sandtable::jobs::import::report::FileState;
use sandtable::library::RoundId;
use sandtable::model::Round;
use std::path::{Path, PathBuf};

fn exported(document: &Document) -> String {
    let mut out = Vec::new();
    export::json(document, None, &mut out).unwrap();
    for table in export::csv_tables(document) {
        export::csv(document, table, &mut out).unwrap();
    }
    String::from_utf8(out).unwrap()
}

/// All fixtures, and the files of a folder that the environment names.
fn all_rounds() -> Vec<PathBuf> {
    let mut all = support::rounds();
    let Some(folder) = std::env::var_os("SANDTABLE_TEST_ROUNDS") else {
        return all;
    };
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with("_engagements.txt") {
                all.push(path);
            }
        }
    }
    all
}

#[test]
fn every_round_comes_out_as_it_went_in() {
    let bench = Bench::new("same");
    for path in all_rounds() {
        let states = bench.import(&[&path]);
        let stored = matches!(states[0].1, FileState::Stored { .. });
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(entry) = bench
            .catalogue()
            .into_iter()
            .find(|entry| entry.file_name == name)
        else {
            assert!(!stored, "{name}: {states:?}");
            continue;
        };
        let ours = bench.open().open_round(entry.id).unwrap();
        same_round(&ours, &path);
        assert_eq!(entry.players.len(), ours.players.len());
        assert_eq!(entry.length_ms, ours.clock.length_ms());
    }
}

fn same_round(stored: &Round, path: &Path) {
    let file = sandtable::jobs::load::load_round(path).unwrap();
    assert!(
        exported(&stored.document) == exported(&file.document),
        "{} exports otherwise",
        path.display()
    );
    assert_eq!(stored.number.value, file.number.value, "{}", path.display());
    assert_eq!(stored.date, file.date);
    assert_eq!(stored.clock, file.clock);
    assert_eq!(stored.provenance.content_hash, file.provenance.content_hash);
    assert_eq!(stored.fingerprint, file.fingerprint);
    assert_eq!(stored.measured_cadence_ms(), file.measured_cadence_ms());
    let (a, b) = (&stored.document, &file.document);
    assert_eq!(a.version, b.version);
    assert_eq!(a.sections, b.sections);
    assert_eq!(a.ending, b.ending);
    assert_eq!(a.problems.kept(), b.problems.kept());
    assert_eq!(a.problems.total(), b.problems.total());
    assert_eq!(a.unknown, b.unknown);
}

/// Columns of a section as text, from the file's own CSV, against the view of the community's name.
fn same_rows(bench: &Bench, document: &Document, section: &str, view: &str, columns: &str) {
    let mut csv = Vec::new();
    export::csv(document, section, &mut csv).unwrap();
    let mut lines: Vec<String> = String::from_utf8(csv)
        .unwrap()
        .lines()
        .skip(1)
        .map(str::to_owned)
        .collect();
    let mut rows = bench.ask(&format!("SELECT {columns} FROM {view}"));
    // A list of GUIDs is joined by what the answer's columns are joined by.
    for row in rows.iter_mut().chain(&mut lines) {
        *row = row.replace('|', ",");
    }
    lines.sort();
    rows.sort();
    assert!(!lines.is_empty(), "{section} has rows");
    assert_eq!(rows, lines, "{section}");
}

#[test]
fn rows_are_the_files_rows() {
    let bench = Bench::new("rows");
    let path = support::fixture("sandpit/2026-11-19-201935");
    bench.import(&[&path]);
    let document = support::document(&path);
    for (section, view, columns) in [
        (
            "HIT_REGIONS",
            "proximity_hit_region",
            "event_time, attacker_guid, attacker_name, victim_guid, victim_name, weapon_id, hit_region, damage",
        ),
        (
            "TRADE_KILLS",
            "proximity_lua_trade_kill",
            "original_kill_time, traded_kill_time, delta_ms, original_victim_guid, original_victim_name, original_killer_guid, original_killer_name, trader_guid, trader_name",
        ),
        (
            "WEAPON_ACCURACY",
            "proximity_weapon_accuracy",
            "player_guid, player_name, team, weapon_id, shots_fired, hits, kills, headshots",
        ),
        (
            "KILL_HEATMAP",
            "map_kill_heatmap",
            "grid_x, grid_y, axis_kills, allies_kills",
        ),
        (
            "SPAWN_TIMING",
            "proximity_spawn_timing",
            "killer_guid, killer_name, killer_team, victim_guid, victim_name, victim_team, kill_time, enemy_spawn_interval, time_to_next_spawn, spawn_timing_score, killer_reinf, victim_reinf",
        ),
        (
            "REVIVES",
            "proximity_revive",
            "revive_time, medic_guid, medic_name, revived_guid, revived_name, revive_x, revive_y, revive_z, distance_to_enemy, nearest_enemy_guid, under_fire",
        ),
        (
            "COMBAT_POSITIONS",
            "proximity_combat_position",
            "event_time, event_type, attacker_guid, attacker_name, attacker_team, attacker_class, victim_guid, victim_name, victim_team, victim_class, attacker_x, attacker_y, attacker_z, victim_x, victim_y, victim_z, weapon_id, means_of_death, killer_health, axis_alive, allies_alive",
        ),
        (
            "OBJECTIVE_RUNS",
            "proximity_objective_run",
            "engineer_guid, engineer_name, engineer_team, action_type, track_name, action_time, approach_time_ms, approach_distance, beeline_distance, path_efficiency, self_kills, team_kills, escort_guids, enemies_nearby, nearby_teammates, run_type, obj_x, obj_y, obj_z, killer_guid, killer_name",
        ),
    ] {
        same_rows(&bench, &document, section, view, columns);
    }
    assert_eq!(
        bench.number("SELECT count(*) FROM combat_engagement"),
        document.engagements.table.rows.len() as i64
    );
    let first = &document.engagements.table.rows[0];
    let row = bench.ask("SELECT engagement_id, json_array_length(path_json(position_path)), json_array_length(attackers), round_number, map_name FROM combat_engagement ORDER BY id LIMIT 1");
    let (positions, attackers) = (
        document.engagements.positions_of(first).len(),
        document.engagements.attackers_of(first).len(),
    );
    assert_eq!(
        row,
        [format!("{}|{positions}|{attackers}|2|sandpit", first.id)]
    );
    let life = &document.tracks.rows[0];
    let sample = document.samples.get(life.path.start as usize + 1);
    let row = bench.ask("SELECT sample_count, path_json(path) ->> '$[1].time', path_json(path) ->> '$[1].x', path_json(path) ->> '$[1].event' FROM player_track ORDER BY id LIMIT 1");
    assert_eq!(
        row,
        [format!(
            "{}|{}|{}|sample",
            life.path.len, sample.time_ms, sample.x
        )]
    );
}

#[test]
fn a_round_that_is_not_there() {
    let bench = Bench::new("missing");
    let error = bench.open().open_round(RoundId(7)).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("there is no round 7 in the library"),
        "{error}"
    );
}
