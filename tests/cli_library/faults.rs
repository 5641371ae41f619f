//! Libraries that are not there, not ours, newer, damaged or locked.

use crate::bench::{Bench, text};
use crate::support::{fixture, root};
use rusqlite::Connection;

const READING: [&[&str]; 3] = [&["list"], &["query", "SELECT 1"], &["list", "--json"]];
const CHANGING: [&[&str]; 2] = [&["link"], &["cleanup", "--date", "2026-11-19", "--yes"]];

#[test]
fn no_library_yet() {
    let bench = Bench::new("none");
    for args in READING.iter().chain(&CHANGING) {
        bench
            .run(args)
            .failed("there is no library yet; import files first");
    }
    assert!(!bench.library.exists(), "asking makes no library");
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let bench = Bench::new("not-ours");
    Connection::open(&bench.library)
        .unwrap()
        .execute_batch("CREATE TABLE x (y)")
        .unwrap();
    let before = std::fs::read(&bench.library).unwrap();
    let folder = text(&root().join("fixtures/sandpit"));
    for args in READING
        .iter()
        .chain(&CHANGING)
        .chain(&[&["import", &folder][..], &["watch", &folder]])
    {
        bench.run(args).failed("is no library of this program");
    }
    assert_eq!(std::fs::read(&bench.library).unwrap(), before);
    // No database at all.
    bench.write(
        "library.db",
        b"a shopping list, which is long enough to be taken for the start of some kind of file",
    );
    bench
        .run(&["import", &folder])
        .failed("is no library of this program");
}

#[test]
fn a_newer_library_is_left_alone() {
    let bench = Bench::filled("newer");
    Connection::open(&bench.library)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let folder = text(&root().join("fixtures/sandpit"));
    for args in READING
        .iter()
        .chain(&CHANGING)
        .chain(&[&["import", &folder][..], &["watch", &folder]])
    {
        bench
            .run(args)
            .failed("was written by a newer version of this program");
    }
}

#[test]
fn a_damaged_library_is_set_aside_and_filled_again() {
    let bench = Bench::new("damaged");
    let file = bench.copy(
        &fixture("sandpit/2026-11-19-201935"),
        "2026-11-19-201935-sandpit-round-2_engagements.txt.gz",
    );
    assert_eq!(bench.run(&["import", &text(&file)]).code, 0);
    let mut library = sandtable::library::Library::open(&bench.library).unwrap();
    let hash = library.catalogue().unwrap()[0].hash;
    library.add_tag(hash, "kept").unwrap();
    drop(library);
    let mut bytes = std::fs::read(&bench.library).unwrap();
    bytes[..4096].fill(0xA5);
    std::fs::write(&bench.library, &bytes).unwrap();

    let ran = bench.run(&["import", "--json", &text(&file)]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("The library was damaged"), "{ran:?}");
    let json = ran.json();
    assert_eq!(json["totals"]["stored"], 1);
    let aside = json["rescued"]["set_aside"].as_str().unwrap();
    assert_eq!(std::fs::read(aside).unwrap(), bytes);
    let list = bench.run(&["list", "--json"]).json();
    assert_eq!(
        list[0]["tags"][0], "kept",
        "what was written is there again"
    );
}

/// Whoever deletes the library loses nothing that a person wrote.
#[test]
fn a_deleted_library_is_filled_again_with_its_notebook() {
    let bench = Bench::new("deleted");
    let file = text(&fixture("sandpit/2026-11-19-201935"));
    bench.run(&["import", &file]).fine();
    let mut library = sandtable::library::Library::open(&bench.library).unwrap();
    let hash = library.catalogue().unwrap()[0].hash;
    library.add_tag(hash, "kept").unwrap();
    drop(library);
    for turn in 0..2 {
        std::fs::remove_file(&bench.library).unwrap();
        bench.run(&["import", &file]).fine();
        let list = bench.run(&["list", "--json"]).json();
        assert_eq!(list[0]["tags"], serde_json::json!(["kept"]), "turn {turn}");
    }
}

/// Damage that is met only when something is read or written.
#[test]
fn damage_inside_is_met_on_the_way() {
    let bench = Bench::filled("damaged-inside");
    let mut bytes = std::fs::read(&bench.library).unwrap();
    let half = bytes.len() / 2;
    bytes[131_072..half].fill(0xA5);
    std::fs::write(&bench.library, &bytes).unwrap();
    let folder = text(&root().join("fixtures/sandpit"));
    let ran = bench.run(&["import", "--json", &folder]);
    assert!(
        ran.code < 2 && ran.err.contains("The library was damaged"),
        "{ran:?}"
    );
    let json = ran.json();
    assert!(json["rescued"]["set_aside"].is_string(), "{json}");
    let list = bench.run(&["list", "--json", "--map", "sandpit"]).json();
    assert_eq!(list.as_array().unwrap().len(), 3);
    let sound = bench
        .run(&["query", "--csv", "SELECT * FROM pragma_integrity_check"])
        .fine();
    assert_eq!(sound, "integrity_check\nok\n");
}

/// Nobody waits for ever, and nothing is lost.
#[test]
fn a_locked_library() {
    let bench = Bench::filled("locked");
    let other = Connection::open(&bench.library).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // Reading goes on meanwhile.
    let rounds = bench.run(&["list"]).fine();
    bench
        .run(&["cleanup", "--date", "2026-11-19", "--yes"])
        .failed("another program has kept the library locked; nothing was lost, try again");
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    assert_eq!(bench.run(&["list"]).fine(), rounds);
}
