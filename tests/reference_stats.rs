//! Our numbers by the reference's definitions against the format's existing Python parser, value by value, on every version.
//!
//! `<file>.parsed.json.gz` beside a fixture holds what that parser computed. Rows are matched by their keys; of rows that share a key the
//! order counts.

mod support;

use sandtable::analysis::stats::{Params, over_all, stats};
use sandtable::maps::table::KnownMaps;
use sandtable::model::{Provenance, Round};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use support::files;

/// A table: name of the key in ours and in the reference, the columns that identify a row, the columns to compare.
struct Keyed {
    ours: &'static str,
    theirs: &'static str,
    key: &'static [&'static str],
    columns: &'static [&'static str],
}

const TABLES: &[Keyed] = &[
    Keyed {
        ours: "trades",
        theirs: "trade_events",
        key: &["victim_guid", "death_time_ms", "killer_guid"],
        columns: &[
            "opportunities",
            "attempts",
            "successes",
            "missed_candidates",
            "nearest_teammate_dist",
            "is_isolation_death",
        ],
    },
    Keyed {
        ours: "teamplay",
        theirs: "player_teamplay_stats",
        key: &["player_guid"],
        columns: &[
            "crossfire_participations",
            "crossfire_kills",
            "crossfire_damage",
            "crossfire_final_blows",
            "avg_crossfire_delay_ms",
            "solo_kills",
            "solo_engagements",
            "times_targeted",
            "times_focused",
            "focus_escapes",
            "focus_deaths",
            "solo_escapes",
            "solo_deaths",
            "avg_escape_distance",
            "avg_engagement_duration_ms",
            "total_damage_taken",
        ],
    },
    Keyed {
        ours: "crossfire_pairs",
        theirs: "crossfire_pairs",
        key: &["player1_guid", "player2_guid"],
        columns: &[
            "crossfire_count",
            "crossfire_kills",
            "total_combined_damage",
            "avg_delay_ms",
        ],
    },
    Keyed {
        ours: "lives",
        theirs: "player_tracks",
        key: &["guid", "spawn_time", "death_time"],
        columns: &[
            "duration_ms",
            "time_to_first_move_ms",
            "total_distance",
            "avg_speed",
            "sprint_percentage",
            "peak_speed",
            "stance_standing_sec",
            "stance_crouching_sec",
            "stance_prone_sec",
            "sprint_sec",
            "post_spawn_distance",
        ],
    },
];

/// Lists are compared by the GUIDs in them, numbers to a millionth, null as 0.
fn same(ours: &Value, theirs: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Null => Some(0.0),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        value => value.as_f64(),
    };
    if let (Some(ours), Some(theirs)) = (ours.as_array(), theirs.as_array()) {
        let guids = |list: &[Value]| {
            let mut guids: Vec<String> = list.iter().map(|item| item["guid"].to_string()).collect();
            guids.sort();
            guids
        };
        return guids(ours) == guids(theirs);
    }
    match (number(ours), number(theirs)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-6 * b.abs().max(1.0),
        _ => ours == theirs,
    }
}

fn compare_table(table: &Keyed, ours: &Value, theirs: &Value, differences: &mut Vec<String>) {
    let empty = Vec::new();
    let rows = |value: &Value| value.as_array().unwrap_or(&empty).clone();
    let (ours, theirs) = (rows(&ours[table.ours]), rows(&theirs[table.theirs]));
    if ours.len() != theirs.len() {
        differences.push(format!(
            "{}: {} rows, the reference has {}",
            table.ours,
            ours.len(),
            theirs.len()
        ));
    }
    let key =
        |row: &Value| -> Vec<String> { table.key.iter().map(|key| row[key].to_string()).collect() };
    let mut waiting: HashMap<Vec<String>, Vec<&Value>> = HashMap::new();
    for row in ours.iter().rev() {
        waiting.entry(key(row)).or_default().push(row);
    }
    for their in &theirs {
        let Some(our) = waiting.get_mut(&key(their)).and_then(Vec::pop) else {
            differences.push(format!("{}: {:?} is missing", table.ours, key(their)));
            continue;
        };
        for column in table.columns {
            // The reference keeps what it derives of a life apart.
            let their = their["derived"].get(column).unwrap_or(&their[column]);
            if !same(&our[column], their) {
                differences.push(format!(
                    "{} {:?}: {column} is {}, the reference has {their}",
                    table.ours,
                    key(our),
                    our[column]
                ));
            }
        }
    }
}

fn compare(ours: &Value, theirs: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    for table in TABLES {
        compare_table(table, ours, theirs, &mut differences);
    }
    for column in ["support_samples", "total_samples", "support_uptime_pct"] {
        let (our, their) = (&ours["support"][column], &theirs["support_summary"][column]);
        if !same(our, their) {
            differences.push(format!(
                "support: {column} is {our}, the reference has {their}"
            ));
        }
    }
    differences
}

fn numbers(file: &Path) -> Value {
    serde_json::to_value(stats(&support::round(file), &[], &Params::default())).unwrap()
}

fn reference(file: &Path) -> Value {
    serde_json::from_slice(&support::plain(file)).unwrap()
}

/// Files with a reference reading beside them.
fn pairs() -> Vec<(PathBuf, PathBuf)> {
    let all = files("fixtures");
    let name = |path: &PathBuf| path.to_string_lossy().replace(".gz", "");
    let references = all
        .iter()
        .filter(|path| name(path).ends_with(".parsed.json"));
    let pair = |reference: &PathBuf| {
        let wanted = name(reference).replace(".parsed.json", ".txt");
        let file = all.iter().find(|path| name(path) == wanted);
        (
            file.expect("the file of a reading").clone(),
            reference.clone(),
        )
    };
    references.map(pair).collect()
}

#[test]
fn every_version_gives_the_reference_numbers() {
    let pairs = pairs();
    assert!(pairs.len() >= 10, "reference readings are there: {pairs:?}");
    for (file, parsed) in pairs {
        let differences = compare(&numbers(&file), &reference(&parsed));
        let shown = differences[..differences.len().min(20)].join("\n");
        let count = differences.len();
        assert!(
            differences.is_empty(),
            "{}: {count} differences\n{shown}",
            file.display()
        );
    }
}

/// A comparison that cannot fail proves nothing.
#[test]
fn every_changed_value_is_found() {
    let all = pairs();
    let is_full = |(file, _): &&(PathBuf, PathBuf)| file.to_string_lossy().contains("6.11");
    let (file, parsed) = all.iter().find(is_full).unwrap();
    let (ours, theirs) = (numbers(file), reference(parsed));
    for table in TABLES {
        for column in table.columns {
            let mut changed = ours.clone();
            let row = &mut changed[table.ours][0];
            assert!(row.get(*column).is_some(), "{column} is there");
            row[*column] = match &row[*column] {
                Value::Array(_) => serde_json::json!([{"guid": "nobody"}]),
                Value::Bool(flag) => Value::Bool(!flag),
                value => serde_json::json!(value.as_f64().unwrap_or(0.0) + 1.0),
            };
            let found = compare(&changed, &theirs);
            assert_eq!(found.len(), 1, "{} {column}: {found:?}", table.ours);
        }
    }
}

/// Every number of every fixture is a number, ours too, and so is their sum.
#[test]
fn no_number_is_lost() {
    let mut all = Vec::new();
    for file in support::rounds() {
        let round = stats(&support::round(&file), &[], &Params::default());
        // JSON has no NaN and no infinity; the writer turns them into null.
        let text = format!("{round:?}");
        assert!(
            !text.contains("NaN") && !text.contains("inf,"),
            "{}",
            file.display()
        );
        if let Some(support) = &round.ours_support {
            for sum in support.players.iter().chain([&support.all]) {
                assert!(sum.supported_ms >= 0 && sum.supported_ms <= sum.alive_ms);
            }
        }
        assert!(
            round.ours_trades.len() <= round.trades.len().max(round.engagements.all.n as usize)
        );
        all.push(round);
    }
    let merged = over_all(&all);
    assert_eq!(merged.rounds, all.len());
    let sum = |pick: fn(&sandtable::analysis::reference::teamplay::Teamplay) -> u64| {
        let of_rounds: u64 = all.iter().flat_map(|round| &round.teamplay).map(pick).sum();
        (merged.teamplay.iter().map(pick).sum::<u64>(), of_rounds)
    };
    let (ours, theirs) = sum(|player| player.times_targeted);
    assert_eq!(ours, theirs);
    let (ours, theirs) = sum(|player| player.crossfire_participations);
    assert_eq!(ours, theirs);
}

/// Files that are cut, edited or broken on purpose give numbers too, and none of them is no number.
#[test]
fn broken_files_give_numbers() {
    let objectives = &KnownMaps::bundled()
        .lookup("supply")
        .unwrap()
        .map
        .objectives;
    let mut read = 0;
    for seed in files("tests/fuzz/seeds") {
        let Ok(document) = sandtable::format::read(&std::fs::read(&seed).unwrap()) else {
            continue;
        };
        let round = Round::build(document, Provenance::default());
        let text = format!("{:?}", stats(&round, objectives, &Params::default()));
        assert!(
            !text.contains("NaN") && !text.contains("inf,"),
            "{}",
            seed.display()
        );
        read += 1;
    }
    assert!(read >= 10, "{read} seeds");
}
