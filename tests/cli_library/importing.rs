//! `import`: what is stored, what is said of what is not.

use crate::bench::{Bench, Ran, text};
use crate::support::{fixture, plain, root};
use serde_json::Value;
use std::io::Write;

fn states(ran: &Ran) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let json = ran.json();
    let files = json["files"].as_array().unwrap();
    let name = |path: String| path.rsplit(['/', '!']).next().unwrap().to_owned();
    files
        .iter()
        .map(|file| (name(text(&file["path"])), text(&file["state"])))
        .collect()
}

#[test]
fn a_folder_and_then_again() {
    let bench = Bench::new("import");
    let folder = text(&root().join("fixtures/sandpit"));
    let ran = bench.run(&["import", "--json", &folder]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let json = ran.json();
    assert_eq!(json["library"], text(&bench.library));
    assert_eq!(json["rescued"], Value::Null);
    assert_eq!(json["troubles"], Value::Array(Vec::new()));
    let totals = &json["totals"];
    assert_eq!(
        (&totals["files"], &totals["stored"], &totals["known"]),
        (&Value::from(7), &Value::from(7), &Value::from(0))
    );
    assert_eq!(json["links"]["links"], 3, "{json}");
    let sizes: u64 = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["bytes"].as_u64().unwrap())
        .sum();
    assert_eq!(totals["bytes"], sizes);
    assert!(states(&ran).iter().all(|(_, state)| state == "stored"));
    assert!(ran.err.contains("7 files"), "{ran:?}");

    // Without being asked, nothing but messages.
    let again = bench.run(&["import", &folder]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{again:?}");
    assert!(again.err.contains(": 0 stored, 7 known"), "{again:?}");
    let again = bench.run(&["import", "--verbose", &folder]).fine();
    let lines: Vec<&str> = again.lines().collect();
    assert_eq!(lines.len(), 7, "{again}");
    assert!(
        lines.iter().all(|line| line.starts_with("known      ")),
        "{again}"
    );
}

#[test]
fn what_is_refused_is_named_with_its_reason() {
    let bench = Bench::new("refused");
    let old = root().join("fixtures/v1/2025-12-01-201042--round-0_engagements.txt");
    let good = fixture("sandpit/2026-11-19-201935");
    let ran = bench.run(&["import", &text(&old), &text(&good)]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    let named = ran
        .err
        .lines()
        .find(|line| line.contains("201042"))
        .unwrap();
    assert!(
        named.starts_with("sandtable: refused ") && named.contains("tracker version 1"),
        "{named}"
    );
    assert!(ran.err.contains("1 stored, 1 refused"), "{ran:?}");
    let json = bench.run(&["import", "--json", &text(&old)]);
    assert_eq!(json.code, 1, "still refused");
    assert!(
        json.json()["files"][0]["why"]
            .as_str()
            .unwrap()
            .contains("tracker version 1")
    );

    // A cut file is stored, but is not as it should be.
    let cut = bench.run(&[
        "import",
        "--json",
        &text(&fixture("6.02/2026-05-19-204700")),
    ]);
    assert_eq!(cut.code, 1, "{cut:?}");
    assert_eq!(cut.json()["totals"]["with_problems"], 1);
}

#[test]
fn paths_that_are_not_there() {
    let bench = Bench::new("missing-paths");
    let missing = text(&bench.folder.join("no-such-folder"));
    let alone = bench.run(&["import", &missing]);
    assert_eq!(alone.code, 2, "{alone:?}");
    assert!(
        alone.err.contains("no-such-folder: it is not there"),
        "{alone:?}"
    );
    let good = text(&fixture("sandpit/2026-11-19-201935"));
    let both = bench.run(&["import", "--json", &missing, &good]);
    assert_eq!(both.code, 1, "{both:?}");
    assert_eq!(both.json()["totals"]["stored"], 1);
    assert!(
        both.json()["troubles"][0]
            .as_str()
            .unwrap()
            .contains("no-such-folder")
    );
    bench.run(&["import"]).code_is_2();
    bench
        .run(&["import", &good, "--skip-listed", &missing])
        .failed("no-such-folder");
    bench
        .run(&["import", &good, "--gametimes", &missing])
        .failed("there is no such folder");
    let empty = bench.folder.join("empty");
    std::fs::create_dir(&empty).unwrap();
    let ran = bench.run(&["import", &text(&empty)]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("no round files found"), "{ran:?}");
}

impl Ran {
    fn code_is_2(&self) {
        assert_eq!(self.code, 2, "{self:?}");
    }
}

#[test]
fn a_list_of_an_older_importer() {
    let bench = Bench::new("skip-listed");
    let (listed, other) = (
        fixture("sandpit/2026-11-19-201935"),
        fixture("sandpit/2026-11-19-212012"),
    );
    let name = listed.file_name().unwrap().to_str().unwrap();
    let index = bench.write(
        ".processed_proximity.txt",
        format!("\n{name}\r\n\n  \n").as_bytes(),
    );
    let args = [
        "import",
        "--json",
        "--skip-listed",
        &text(&index),
        &text(&listed),
        &text(&other),
    ];
    let ran = bench.run(&args);
    assert_eq!(ran.code, 0, "{ran:?}");
    let states: Vec<String> = states(&ran).into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, ["skipped", "stored"]);
    assert_eq!(
        ran.json()["files"][0]["why"],
        "another program has imported it before"
    );
}

#[test]
fn round_numbers_from_another_folder() {
    let bench = Bench::new("gametimes");
    let round = fixture("4.2/2026-02-14-202500");
    let copy = bench.copy(&round, round.file_name().unwrap().to_str().unwrap());
    bench.write("elsewhere/gametime-supply-R2-1771100700.json", b"{}");
    let gametimes = text(&bench.folder.join("elsewhere"));
    bench.run(&["import", &text(&copy), "--gametimes", &gametimes]);
    let list = bench.run(&["list", "--json"]).json();
    assert_eq!(list[0]["number"], 2);
    assert_eq!(list[0]["number_source"], "gametime");
}

#[test]
fn an_archive_and_its_twin() {
    let bench = Bench::new("archive");
    let path = fixture("4.1/2026-01-28");
    let whole = plain(&path);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, end) in [
        (
            "2026-01-28-203300-te_escape2-round-1_engagements.txt",
            whole.len(),
        ),
        (
            "2026-01-28-203310-te_escape2-round-1_engagements.txt",
            whole.len() * 9 / 10,
        ),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(&whole[..end]).unwrap();
    }
    let archive = bench.write("evening.zip", &zip.finish().unwrap().into_inner());
    let ran = bench.run(&["import", "--json", &text(&archive)]);
    let files = ran.json()["files"].as_array().unwrap().clone();
    assert_eq!(files.len(), 2, "{ran:?}");
    let path = files[0]["path"].as_str().unwrap();
    assert!(path.contains("evening.zip!2026-01-28-203300"), "{path}");
    // Whichever was read first, the whole one stays.
    let list = bench.run(&["list", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["is_cut"], false);
    let again = bench.run(&["import", "--json", &text(&archive)]).json();
    assert_eq!(again["files"][1]["state"], "duplicate");
    assert_eq!(
        again["files"][1]["duplicate_of"],
        "2026-01-28-203300-te_escape2-round-1_engagements.txt"
    );
}

#[test]
fn the_usual_place_is_in_the_home_folder() {
    let bench = Bench::new("home");
    let good = text(&fixture("sandpit/2026-11-19-201935"));
    let ran: Ran = bench
        .bare(&["import", "--json", &good])
        .output()
        .unwrap()
        .into();
    assert_eq!(ran.code, 0, "{ran:?}");
    let place = ran.json()["library"].as_str().unwrap().to_owned();
    assert!(
        place.starts_with(&text(&bench.folder)) && place.contains("sandtable"),
        "{place}"
    );
    // The option is worth more than the variable, before the command or behind it.
    let other = text(&bench.folder.join("deep/other.db"));
    for args in [
        ["--library", &other, "import", &good],
        ["import", &good, "--library", &other],
    ] {
        assert_eq!(bench.run(&args).code, 0);
    }
    assert!(bench.folder.join("deep/other.db").is_file());
    assert!(!bench.library.exists());
}
