//! `status`: its words, its JSON, its exit codes.

use crate::bench::Bench;
use crate::program::sandtable;
use crate::support;
use sandtable::library::health::{Health, Options};
use std::io::{Seek, SeekFrom, Write};

#[test]
fn without_a_library_it_says_where_it_would_be() {
    let bench = Bench::new("status-none");
    let said = sandtable(&bench.library, &["status"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("there is none yet"), "{}", said.out);
    assert!(said.out.contains("library.db"), "{}", said.out);
    let said = sandtable(
        &bench.library,
        &["status", "--json", "--files", "--examine"],
    );
    assert_eq!(said.code, 0);
    let json = said.json();
    assert_eq!(
        json,
        serde_json::to_value(Health::of_nothing(&bench.library)).unwrap()
    );
    assert_eq!(
        (&json["is_there"], &json["totals"]["rounds"]),
        (&false.into(), &0.into())
    );
    assert_eq!(json["tables"].as_array().unwrap().len(), 36);
    assert!(!bench.library.exists(), "asking makes none");
}

#[test]
fn the_json_is_the_health_and_the_text_tells_the_same() {
    let bench = Bench::new("status-json");
    bench.import(&[&support::root().join("fixtures")]);
    let said = sandtable(
        &bench.library,
        &["status", "--json", "--files", "--examine"],
    );
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let json = said.json();
    let options = Options {
        checks_files: true,
        ..Options::default()
    };
    let health = bench.open().health(options).unwrap();
    let mut expected = serde_json::to_value(&health).unwrap();
    // The log comes and goes with who has the library open.
    expected["sizes"]["log"] = json["sizes"]["log"].clone();
    assert_eq!(json, expected);
    assert_eq!(json["damage"], serde_json::Value::Null);
    assert_eq!(json["files"]["on_disk"]["missing"], 0);
    let mut keys: Vec<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "damage",
            "drift",
            "files",
            "is_there",
            "library",
            "links",
            "matches",
            "notebook",
            "numbers",
            "objectives",
            "problems",
            "sizes",
            "tables",
            "totals",
            "versions",
            "watched_folders"
        ]
    );
    // A round without cadence has the empty key; JSON knows no other.
    assert_eq!(
        json["drift"]["by_date"]["2025-12-12"],
        serde_json::json!({"": 1})
    );

    let said = sandtable(&bench.library, &["status"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let rounds = health.totals.rounds;
    for part in [
        &format!(
            "rounds       {rounds} of {} evenings",
            health.totals.evenings
        ),
        "2 duplicates, 4 stats files, 2 refused",
        "  6.11       ",
        "  gametime        2",
        "stats files  4, 1 without a round; 3 of ",
        "proximity_objective_focus",
        "mixed cadences",
        "bytes per sample",
    ] {
        assert!(said.out.contains(part), "{part} in\n{}", said.out);
    }
    assert!(!said.out.contains("on disk"), "nobody asked");
}

#[test]
fn a_damaged_library_ends_with_one() {
    let bench = Bench::new("status-damaged");
    bench.import(&[&support::fixture("4.1/2026-01-28")]);
    assert_eq!(sandtable(&bench.library, &["status", "--examine"]).code, 0);
    let mut file = std::fs::File::options()
        .write(true)
        .open(&bench.library)
        .unwrap();
    let length = file.metadata().unwrap().len();
    file.seek(SeekFrom::Start(length / 2)).unwrap();
    file.write_all(&vec![0xA5; (length / 2) as usize]).unwrap();
    drop(file);
    let said = sandtable(&bench.library, &["status", "--json", "--examine"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.err.contains("the library is damaged"), "{}", said.err);
    let json = said.json();
    assert_eq!(json["is_there"], true);
    assert!(json["damage"].is_string());
    // Another program's file is no damage.
    let other = bench.write("other.db", b"just some text, longer than a header of a database is, which has a hundred bytes at the start");
    let said = sandtable(&other, &["status"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("no library of this program"),
        "{}",
        said.err
    );
}
