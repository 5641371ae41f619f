//! Our reading of every version against the format's existing Python parser, value by value.
//!
//! `<file>.parsed.json.gz` beside a fixture is that parser's reading. Where the two are known to differ, the table in the docs of
//! `sandtable::format` says why; what is forgiven here is listed at [`same`] and in [`section`].

mod support;

use sandtable::format::export;
use serde_json::Value;
use std::path::{Path, PathBuf};
use support::files;

/// Sections of plain columns: name in the file, name in the reference.
const PLAIN: &[(&str, &str)] = &[
    ("KILL_HEATMAP", "kill_heatmap"),
    ("MOVEMENT_HEATMAP", "movement_heatmap"),
    ("OBJECTIVE_FOCUS", "objective_focus"),
    ("REACTION_METRICS", "reaction_metrics"),
    ("SPAWN_TIMING", "spawn_timing_events"),
    ("TEAM_COHESION", "team_cohesion_snapshots"),
    ("CROSSFIRE_OPPORTUNITIES", "crossfire_opportunities"),
    ("FOCUS_FIRE", "focus_fire_events"),
    ("TEAM_PUSHES", "team_pushes"),
    ("TRADE_KILLS", "lua_trade_kills"),
    ("REVIVES", "revive_events"),
    ("WEAPON_ACCURACY", "weapon_accuracy"),
    ("KILL_OUTCOME", "kill_outcomes"),
    ("HIT_REGIONS", "hit_regions"),
    ("COMBAT_POSITIONS", "combat_positions"),
    ("SHOT_FIRED", "shot_fired"),
    ("AIM_LOCK", "aim_locks"),
    ("SPAWN_SELECT", "spawn_selects"),
    ("SKILL_SNAPSHOT", "skill_snapshots"),
    ("COMM_EVENTS", "comm_events"),
    ("CARRIER_EVENTS", "carrier_events"),
    ("CARRIER_KILLS", "carrier_kills"),
    ("CARRIER_RETURNS", "carrier_returns"),
    ("VEHICLE_PROGRESS", "vehicle_progress"),
    ("ESCORT_CREDIT", "escort_credits"),
    ("CONSTRUCTION_EVENTS", "construction_events"),
    ("OBJECTIVE_RUNS", "objective_runs"),
];

const ENGAGEMENT: &[&str] = &[
    "id",
    "start_time",
    "end_time",
    "duration",
    "target_guid",
    "target_name",
    "target_team",
    "outcome",
    "total_damage",
    "killer_guid",
    "killer_name",
    "num_attackers",
    "is_crossfire",
    "crossfire_delay",
    "start_x",
    "start_y",
    "start_z",
    "end_x",
    "end_y",
    "end_z",
    "distance_traveled",
];

const LIFE: &[(&str, &str)] = &[
    ("guid", "guid"),
    ("name", "name"),
    ("team", "team"),
    ("class", "player_class"),
    ("spawn_time", "spawn_time"),
    ("death_time", "death_time"),
    ("first_move_time", "first_move_time"),
    ("death_type", "death_type"),
    ("samples", "sample_count"),
];

/// Our value against the reference's. The reference turns empty into null or 0, trims names, and writes flags as booleans; numbers must
/// agree to half of the file's last decimal.
fn same(ours: &Value, theirs: &Value) -> bool {
    let nothing = |v: &Value| {
        v.is_null()
            || v.as_str() == Some("")
            || v.as_f64() == Some(0.0)
            || v.as_bool() == Some(false)
    };
    match (ours, theirs) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            (a - b).abs() <= 0.0501_f64.max(1e-6 * b.abs())
        }
        (Value::Bool(a), Value::Number(b)) | (Value::Number(b), Value::Bool(a)) => {
            b.as_f64() == Some(f64::from(u8::from(*a)))
        }
        (Value::String(a), Value::String(b)) => clean(a) == clean(b),
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (a, b) => nothing(a) && nothing(b),
    }
}

fn clean(name: &str) -> String {
    name.replace('\u{fffd}', "").trim().to_owned()
}

struct Report(Vec<String>);

impl Report {
    fn expect(&mut self, place: &str, ours: &Value, theirs: &Value) {
        if !same(ours, theirs) {
            self.0
                .push(format!("{place}: {ours}, the reference has {theirs}"));
        }
    }

    fn count(&mut self, place: &str, ours: usize, theirs: usize) -> bool {
        if ours != theirs {
            self.0.push(format!(
                "{place}: {ours} entries, the reference has {theirs}"
            ));
        }
        ours == theirs
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Columns are compared by place, because the two name some of them differently. Clamps of the reference are applied to our value.
fn section(name: &str, ours: &[Value], theirs: &[Value], report: &mut Report) {
    if !report.count(name, ours.len(), theirs.len()) {
        return;
    }
    for (nth, (a, b)) in ours.iter().zip(theirs).enumerate() {
        let (a, b) = (a.as_object().unwrap(), b.as_object().unwrap());
        for ((column, x), (key, y)) in a.iter().zip(b) {
            let mut x = x.clone();
            if key == "push_quality" {
                x = x
                    .as_f64()
                    .map_or(0.0, |quality| quality.clamp(0.0, 1.0))
                    .into();
            }
            if name == "WEAPON_ACCURACY" && column == "hits" {
                x = x.as_i64().min(a["shots_fired"].as_i64()).into();
            }
            report.expect(&format!("{name} row {}: {column}", nth + 1), &x, y);
        }
    }
}

fn engagements(ours: &[Value], theirs: &[Value], report: &mut Report) {
    if !report.count("ENGAGEMENTS", ours.len(), theirs.len()) {
        return;
    }
    for (nth, (a, b)) in ours.iter().zip(theirs).enumerate() {
        let place = format!("ENGAGEMENTS row {}", nth + 1);
        for key in ENGAGEMENT {
            report.expect(&format!("{place}: {key}"), &a[key], &b[key]);
        }
        let (pa, pb) = (list(a, "positions"), list(b, "position_path"));
        if report.count(&format!("{place} positions"), pa.len(), pb.len()) {
            for (p, q) in pa.iter().zip(pb) {
                for key in ["time", "x", "y", "z", "event"] {
                    report.expect(&format!("{place} positions {key}"), &p[key], &q[key]);
                }
            }
        }
        // The reference keeps attackers by GUID: of several bots without one, the last.
        let mine = list(a, "attackers");
        for (guid, y) in b["attackers"].as_object().unwrap() {
            let Some(x) = mine.iter().rfind(|x| x["guid"].as_str() == Some(guid)) else {
                report
                    .0
                    .push(format!("{place}: attacker {guid} is missing"));
                continue;
            };
            for key in [
                "name",
                "team",
                "damage",
                "hits",
                "first_hit",
                "last_hit",
                "got_kill",
            ] {
                report.expect(&format!("{place} attacker {guid} {key}"), &x[key], &y[key]);
            }
        }
    }
}

fn lives(ours: &[Value], theirs: &[Value], report: &mut Report) {
    if !report.count("PLAYER_TRACKS", ours.len(), theirs.len()) {
        return;
    }
    for (nth, (a, b)) in ours.iter().zip(theirs).enumerate() {
        let place = format!("PLAYER_TRACKS row {}", nth + 1);
        for (mine, their) in LIFE {
            report.expect(&format!("{place}: {mine}"), &a[mine], &b[their]);
        }
        let (pa, pb) = (list(a, "path"), list(b, "path"));
        if report.count(&format!("{place} path"), pa.len(), pb.len()) {
            for (p, q) in pa.iter().zip(pb) {
                for field in 0..10 {
                    report.expect(&format!("{place} path field {field}"), &p[field], &q[field]);
                }
            }
        }
    }
}

fn compare(file: &Path, reference: &Path) -> Vec<String> {
    let document = support::document(file);
    let mut json = Vec::new();
    export::json(&document, None, &mut json).unwrap();
    let ours: Value = serde_json::from_slice(&json).unwrap();
    let theirs: Value = serde_json::from_slice(&support::plain(reference)).unwrap();
    let mut report = Report(Vec::new());
    let sections = &ours["sections"];
    engagements(
        list(sections, "ENGAGEMENTS"),
        list(&theirs, "engagements"),
        &mut report,
    );
    lives(
        list(sections, "PLAYER_TRACKS"),
        list(&theirs, "player_tracks"),
        &mut report,
    );
    for (name, key) in PLAIN {
        section(name, list(sections, name), list(&theirs, key), &mut report);
    }
    report.0
}

/// Files with a reference reading beside them.
fn pairs() -> Vec<(PathBuf, PathBuf)> {
    let all = files("fixtures");
    let references = all
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(".parsed.json.gz"));
    let pair = |reference: &PathBuf| {
        let stem = reference.to_string_lossy().replace(".parsed.json.gz", "");
        let file = all.iter().find(|path| {
            let path = path.to_string_lossy();
            path == format!("{stem}.txt") || path == format!("{stem}.txt.gz")
        });
        (
            file.expect("the file of a reference reading").clone(),
            reference.clone(),
        )
    };
    references.map(pair).collect()
}

#[test]
fn every_version_reads_as_the_reference_does() {
    let pairs = pairs();
    assert!(pairs.len() >= 10, "reference readings are there: {pairs:?}");
    for (file, reference) in pairs {
        let differences = compare(&file, &reference);
        let shown = &differences[..differences.len().min(20)];
        assert!(
            differences.is_empty(),
            "{}: {} differences\n{}",
            file.display(),
            differences.len(),
            shown.join("\n")
        );
    }
}

/// A comparison that cannot fail proves nothing: a changed value must be found.
#[test]
fn a_changed_value_is_found() {
    let (file, reference) = pairs()
        .into_iter()
        .find(|(file, _)| file.to_string_lossy().contains("6.11"))
        .unwrap();
    let mut text = support::plain(&file);
    let place = text.windows(8).position(|w| w == b",sample|").unwrap();
    // The sprint flag of one sample of an engagement or a life.
    text[place - 1] = if text[place - 1] == b'1' { b'0' } else { b'1' };
    let changed =
        std::env::temp_dir().join(format!("sandtable-changed-{}.txt", std::process::id()));
    std::fs::write(&changed, &text).unwrap();
    let differences = compare(&changed, &reference);
    std::fs::remove_file(&changed).unwrap();
    assert!(!differences.is_empty());
}
