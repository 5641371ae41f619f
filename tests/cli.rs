//! The program as a command: what it prints, where, and how it ends.

mod support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use support::{fixture, root};

fn sandtable(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandtable"));
    command
        .args(args)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn path(path: impl AsRef<Path>) -> String {
    path.as_ref().to_string_lossy().into_owned()
}

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sandtable-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> String {
        path(self.0.join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn inspect_tells_version_round_and_content() {
    let file = path(fixture("6.11/2026-08-25-204230"));
    let output = sandtable(&["inspect", &file]);
    assert_eq!(code(&output), 0);
    let said = text(&output.stdout);
    for part in [
        "te_escape2 · round 2",
        "6.11 (the file states its version)",
        "declared 200 ms, measured 200 ms",
        "SHOT_FIRED",
    ] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
    let output = sandtable(&["inspect", "--json", &file]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["header"]["map"], "te_escape2");
    assert_eq!(json["round"]["value"], 2);
    assert_eq!(json["samples"], 6914);
    assert_eq!(json["lives"], 41);
    assert_eq!(json["capabilities"]["shot_fired"]["state"], "enabled");
    let shots = json["sections"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["name"] == "SHOT_FIRED")
        .unwrap();
    assert_eq!(
        (&shots["rows"], &shots["refused"]),
        (&Value::from(1167), &Value::from(0))
    );
}

#[test]
fn capabilities_without_declaration_are_never_disabled() {
    let output = sandtable(&["inspect", "--json", &path(fixture("5.0/"))]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let states = json["capabilities"].as_object().unwrap();
    assert_eq!(states["kill_outcome_tracking"]["state"], "enabled");
    assert_eq!(states["shot_fired"]["state"], "unknown");
    assert!(
        states
            .values()
            .all(|capability| capability["state"] != "disabled")
    );
}

#[test]
fn exit_codes_say_what_happened() {
    assert_eq!(code(&sandtable(&["inspect", &path(fixture("4.0/"))])), 0);
    // A cut file has an error, and is read all the same.
    let cut = sandtable(&["inspect", &path(fixture("6.02/"))]);
    assert_eq!(code(&cut), 1);
    assert!(text(&cut.stdout).contains("SHOT_FIRED, which is only written when rows follow"));
    let missing = sandtable(&["inspect", "no-such-file.txt"]);
    assert_eq!(code(&missing), 2);
    assert!(text(&missing.stderr).contains("no-such-file.txt"));
    let old = path(root().join("fixtures/v1/2025-12-01-201042--round-0_engagements.txt"));
    let refused = sandtable(&["export", &old]);
    assert_eq!(code(&refused), 2);
    assert!(
        text(&refused.stderr).contains("tracker version 1"),
        "{}",
        text(&refused.stderr)
    );
    assert_eq!(code(&sandtable(&["inspect"])), 2);
    assert_eq!(code(&sandtable(&["--help"])), 0);
    // One bad file of several does not hide the good one.
    let both = sandtable(&["inspect", "--json", &old, &path(fixture("4.0/"))]);
    assert_eq!(code(&both), 2);
    let list: Value = serde_json::from_slice(&both.stdout).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 1);
}

#[test]
fn export_of_one_section_as_csv() {
    let output = sandtable(&[
        "export",
        &path(fixture("6.11/2026-08-25")),
        "--format",
        "csv",
        "--section",
        "COMBAT_POSITIONS",
    ]);
    assert_eq!(code(&output), 0);
    let table = text(&output.stdout);
    let mut lines = table.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!(
        columns[17..],
        ["mod", "killer_health", "axis_alive", "allies_alive"]
    );
    let second: Vec<&str> = lines.nth(1).unwrap().split(',').collect();
    assert_eq!(second[0], "22300");
    assert_eq!(
        second[10..],
        [
            "-3163", "1395", "238", "-2413", "1112", "59", "8", "9", "140", "3", "6"
        ]
    );
}

#[test]
fn export_of_everything_as_csv_makes_one_file_per_table() {
    let folder = Folder::new("csv");
    let out = folder.file("all");
    let output = sandtable(&[
        "export",
        &path(fixture("6.11/2026-08-25")),
        "--format",
        "csv",
        "--out",
        &out,
    ]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let samples = std::fs::read_to_string(format!("{out}/SAMPLES.csv")).unwrap();
    assert_eq!(samples.lines().count(), 6914 + 1);
    assert!(Path::new(&format!("{out}/SHOT_FIRED.csv")).exists());
}

#[test]
fn rows_only_a_tolerant_reader_keeps_stand_apart() {
    let folder = Folder::new("extra");
    let file = folder.file("2026-01-01-200000-x-round-1_engagements.txt");
    let rows = "# PROXIMITY_TRACKER_V6\n# map=x\n# ENGAGEMENTS\n# PLAYER_TRACKS\n# KILL_HEATMAP\n1;2;3;4\n8.0;2;3;4\n# MOVEMENT_HEATMAP\n";
    std::fs::write(&file, rows).unwrap();
    let output = sandtable(&["export", &file]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        json["sections"]["KILL_HEATMAP"],
        serde_json::json!([{"grid_x": 1, "grid_y": 2, "axis_kills": 3, "allies_kills": 4}])
    );
    assert_eq!(json["extra"]["KILL_HEATMAP"][0]["grid_x"], 8);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let file = path(fixture("6.11/2026-08-25"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_sandtable"))
        .args(["export", &file])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn render_draws_a_moment_without_a_display() {
    let folder = Folder::new("render");
    let draw = |name: &str, at: &str| {
        let out = folder.file(name);
        let output = Command::new(env!("CARGO_BIN_EXE_sandtable"))
            .args(["render", "--at", at, "--size", "640x360", "--out", &out])
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .unwrap();
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        image::open(out).unwrap().into_rgba8()
    };
    let first = draw("a.png", "1:05");
    assert_eq!(first.dimensions(), (640, 360));
    assert_eq!(
        draw("b.png", "65"),
        first,
        "the same moment written otherwise"
    );
    assert_ne!(draw("c.png", "1:35"), first, "another moment");
    let bad = sandtable(&["render", "--at", "soon", "--out", "x.png"]);
    assert_eq!(code(&bad), 2);
    assert!(text(&bad.stderr).contains("--at soon"));
}

#[test]
fn stats_prints_numbers_and_merges_rounds() {
    let (one, other) = (path(fixture("6.11/2026-08-25")), path(fixture("4.0/")));
    let output = sandtable(&["stats", &one, "--json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["support"]["support_samples"], 1509);
    assert_eq!(json["trades"].as_array().unwrap().len(), 28);
    assert_eq!(json["lives"].as_array().unwrap().len(), 41);
    let focus = json["ours_objective_focus"]["objectives"]
        .as_array()
        .unwrap();
    assert!(!focus.is_empty(), "the map's objectives are known");
    let output = sandtable(&["stats", &one, &other, "--json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["rounds"].as_array().unwrap().len(), 2);
    assert_eq!(json["over_all"]["rounds"], 2);
    assert!(!json["over_all"]["teamplay"].as_array().unwrap().is_empty());
    let said = text(&sandtable(&["stats", &one]).stdout);
    for part in [
        "te_escape2",
        "trades       28 deaths",
        "support      21.83 %",
        "objectives (ours)",
    ] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
    assert_eq!(code(&sandtable(&["stats", "no-such-file.txt"])), 2);
}

#[test]
fn stats_tell_how_a_round_went() {
    let file = path(fixture("sandpit/2026-11-19-201935"));
    let output = sandtable(&["stats", &file]);
    assert_eq!(code(&output), 0);
    let said = text(&output.stdout);
    for part in [
        "waves        AXIS: every 25 s",
        "first blood  0:",
        "the file's TRADE_KILLS: ",
        "  denied       by Axis ",
        "  shape        AXIS: dispersion ",
        "  spawn exits (ours)",
        "  moments      the best 10 of ",
        "  checks       0 errors, 0 warnings, ",
    ] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
    let output = sandtable(&["stats", "--json", &file]);
    let numbers: Value = serde_json::from_slice(&output.stdout).unwrap();
    let deaths = numbers["ours_course"]["outages"]["all"].as_array().unwrap();
    let score = |key: &str| {
        numbers["ours_course"]["outages"]["axis"][key]
            .as_i64()
            .unwrap()
    };
    let by_axis = numbers["ours_trades"].as_array().unwrap().iter();
    let by_axis = by_axis.filter(|chance| chance["victim_team"] == "ALLIES");
    assert_eq!(score("kills"), by_axis.count() as i64);
    assert!(deaths.len() as i64 >= score("kills") + score("deaths_measured"));
}

/// Cells add up to the deaths that the numbers of the rounds give; filters and units do what they say.
#[test]
fn stats_count_where_things_happen() {
    let files = ["sandpit/2026-11-19-201935", "sandpit/2026-11-19-212012"]
        .map(fixture)
        .map(path);
    let density = |more: &[&str]| {
        let mut args = vec!["stats", "--json", "--density"];
        args.extend(more);
        args.extend(files.iter().map(String::as_str));
        let output = sandtable(&args);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let events = |found: &Value| {
        let cells = found["density"]["grid"]["cells"].as_array().unwrap().iter();
        cells
            .map(|cell| cell[1]["n"].as_u64().unwrap())
            .sum::<u64>()
    };
    let sum = |found: &Value| {
        let cells = found["field"]["cells"].as_array().unwrap().iter();
        cells.filter_map(|cell| cell["value"].as_f64()).sum::<f64>()
    };
    let all = density(&["deaths"]);
    let expected: usize = files
        .iter()
        .map(|file| {
            let output = sandtable(&["stats", "--json", file]);
            let numbers: Value = serde_json::from_slice(&output.stdout).unwrap();
            numbers["ours_course"]["outages"]["all"]
                .as_array()
                .unwrap()
                .len()
        })
        .sum();
    assert_eq!(events(&all), expected as u64);
    assert_eq!(all["field"]["unit"], "events");
    let teams = ["axis", "allies"].map(|team| events(&density(&["deaths", "--team", team])));
    assert_eq!(teams[0] + teams[1], expected as u64);
    let early = events(&density(&["deaths", "--to", "2:00"]));
    let late = events(&density(&["deaths", "--from", "2:00"]));
    assert!(early > 0 && late > 0);
    assert_eq!(early + late, expected as u64);
    let per_round = density(&["deaths", "--per", "round", "--blur", "100", "--cell", "256"]);
    assert!((sum(&per_round) - expected as f64 / 2.0).abs() < 1e-6);
    assert_eq!(per_round["density"]["params"]["size_u"], 256.0);
}

#[test]
fn stats_say_what_cannot_be_counted() {
    let file = path(fixture("sandpit/2026-11-19-201935"));
    for (args, why) in [
        (
            &["--density", "deaths", "--team", "red"][..],
            "--team is axis or allies",
        ),
        (
            &["--density", "deaths", "--player", "nobody of that name"],
            "no round has a player",
        ),
        (
            &["--density", "deaths", "--from", "soon"],
            "soon is no moment",
        ),
        (
            &["--density", "movement", "--per", "minute-there"],
            "cannot be given per that",
        ),
        (&["--cell", "64"], "--density"),
    ] {
        let args: Vec<&str> = ["stats"]
            .iter()
            .chain(args)
            .copied()
            .chain([file.as_str()])
            .collect();
        let output = sandtable(&args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(
            text(&output.stderr).contains(why),
            "{}",
            text(&output.stderr)
        );
    }
    let old = path(fixture("3.0/2025-12-12"));
    let output = sandtable(&["stats", "--density", "movement", &old]);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stderr).contains("is not counted: no samples in file"));
}
