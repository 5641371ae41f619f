//! `list` and `link`.

use crate::bench::{Bench, fixtures};
use crate::support::{fixture, plain};
use serde_json::Value;

/// The stamps of the files that a list names, in its order.
fn stamps(args: &[&str]) -> Vec<String> {
    let args: Vec<&str> = ["list", "--json"].iter().chain(args).copied().collect();
    let ran = fixtures().run(&args);
    assert_eq!(ran.code, 0, "{ran:?}");
    let list = ran.json();
    let stamp = |entry: &Value| entry["file_name"].as_str().unwrap()[..17].to_owned();
    list.as_array().unwrap().iter().map(stamp).collect()
}

const SANDPIT: [&str; 3] = [
    "2026-11-19-201935",
    "2026-11-19-212012",
    "2026-11-19-212637",
];

#[test]
fn the_newest_evening_comes_first() {
    let all = stamps(&[]);
    assert_eq!(all[..3], SANDPIT);
    assert_eq!(all[3], "2026-08-25-204230");
    assert_eq!(stamps(&["--limit", "2"]), all[..2]);
    assert_eq!(stamps(&["--limit", "0"]), [""; 0]);
}

#[test]
fn filters() {
    assert_eq!(stamps(&["--date", "2026-11-19"]), SANDPIT);
    assert_eq!(stamps(&["--map", "SandPit"]), SANDPIT);
    assert_eq!(stamps(&["--from", "2026-08-24"])[..4], stamps(&[])[..4]);
    assert_eq!(stamps(&["--to", "2025-12-31"]), ["2025-12-12-213101"]);
    assert_eq!(stamps(&["--version", "3.0"]), ["2025-12-12-213101"]);
    assert_eq!(stamps(&["--version", "3"]), ["2025-12-12-213101"]);
    assert_eq!(stamps(&["--map", "sandpit", "--to", "2026-08-25"]), [""; 0]);
    let all = stamps(&[]);
    let cut = stamps(&["--problems"]);
    assert!(
        cut.contains(&"2026-05-19-204700".to_owned()) && cut.len() < all.len(),
        "{cut:?}"
    );
    let objectives = stamps(&["--objectives"]);
    assert!(objectives.len() < all.len() && objectives.contains(&"2026-08-23-201300".to_owned()));
    let list = fixtures().run(&["list", "--json", "--limit", "1"]).json();
    let player = list[0]["players"][0].as_str().unwrap();
    let with = stamps(&["--player", &player.to_uppercase()]);
    assert!(
        with.contains(&SANDPIT[0].to_owned()) && with.len() < all.len(),
        "{with:?}"
    );
    assert_eq!(stamps(&["--tag", "final"]), [""; 0]);
    let none = fixtures().run(&["list", "--tag", "final"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.contains("none of the rounds"), "{none:?}");
    let wrong = fixtures().run(&["list", "--date", "yesterday"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("a date is written as 2026-11-19"),
        "{wrong:?}"
    );
}

#[test]
fn tags_are_listed_and_found() {
    let bench = Bench::filled("tags");
    let mut library = sandtable::library::Library::open(&bench.library).unwrap();
    let entry = library.catalogue().unwrap().remove(1);
    library.add_tag(entry.hash, "Final").unwrap();
    drop(library);
    let list = bench.run(&["list", "--json", "--tag", "final"]).json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["id"], entry.id.0);
    assert_eq!(list[0]["tags"][0], "Final");
    assert!(
        bench
            .run(&["list", "--tag", "final"])
            .fine()
            .contains("#Final")
    );
}

#[test]
fn the_table_says_what_the_json_says() {
    let json = fixtures()
        .run(&["list", "--json", "--date", "2026-11-19"])
        .json();
    let text = fixtures().run(&["list", "--date", "2026-11-19"]).fine();
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[0],
        [
            "id", "date", "time", "map", "R", "length", "players", "kills", "version", "ms",
            "link", "match", "notes"
        ]
    );
    for (line, entry) in lines[1..].iter().zip(json.as_array().unwrap()) {
        let length_ms = entry["length_ms"].as_i64().unwrap();
        let length = format!("{}:{:02}", length_ms / 60_000, length_ms / 1000 % 60);
        let numbers = [
            &entry["id"],
            &entry["number"],
            &entry["kills"],
            &entry["cadence_ms"],
        ]
        .map(Value::to_string);
        let words = [
            &entry["date"],
            &entry["local_time"],
            &entry["map"],
            &entry["version"],
        ]
        .map(|word| word.as_str().unwrap());
        let players = entry["players"].as_array().unwrap().len().to_string();
        let expected = [
            numbers[0].as_str(),
            words[0],
            words[1],
            words[2],
            &numbers[1],
            &length,
            &players,
            &numbers[2],
            words[3],
            &numbers[3],
            "yes",
        ];
        assert_eq!(line[..11], expected, "{text}");
    }
    let hash = json[0]["hash"].as_str().unwrap();
    assert!(
        hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()),
        "{hash}"
    );
    // Round 1 and 2 of one match, named after its first.
    assert_eq!(json[0]["match_id"], Value::Null);
    assert_eq!(json[1]["match_id"], json[1]["id"]);
    assert_eq!(json[2]["match_id"], json[1]["id"]);
}

#[test]
fn links_and_matches() {
    let bench = Bench::filled("link");
    let json = bench.run(&["link", "--json"]).json();
    assert_eq!(
        json["changed"]["rounds"], 0,
        "nothing changed since the import"
    );
    let of_date = &json["coverage"]["2026-11-19"];
    assert_eq!(
        (&of_date["linked"], &of_date["all"]),
        (&Value::from(3), &Value::from(3))
    );
    assert_eq!(of_date["by_reason"]["resolved_exact_stamp"], 3);
    let all: u64 = json["coverage"]
        .as_object()
        .unwrap()
        .values()
        .map(|date| date["all"].as_u64().unwrap())
        .sum();
    assert_eq!(all as usize, stamps(&[]).len(), "every round is counted");
    let of_sandpit = |found: &&Value| found["map"] == "sandpit";
    let found: Vec<&Value> = json["matches"]
        .as_array()
        .unwrap()
        .iter()
        .filter(of_sandpit)
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["rounds"].as_array().unwrap().len(), 2);
    let linked = json["rounds"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|round| !round["stats_file"].is_null());
    assert_eq!(linked.count(), 3);

    let anew = bench.run(&["link", "--all", "--json"]).json();
    assert_eq!(anew["changed"]["rounds"], stamps(&[]).len());
    assert_eq!(
        (&anew["changed"]["links"], &anew["changed"]["matches"]),
        (&Value::from(0), &Value::from(0))
    );
    assert_eq!(anew["coverage"], json["coverage"]);

    let text = bench.run(&["link"]).fine();
    assert!(text.contains("resolved_exact_stamp 3"), "{text}");
    assert!(text.contains("no_rows_for_map_round 2"), "{text}");
    assert!(
        text.contains("The stats file was written 0 to 6 s after the round file."),
        "{text}"
    );
}

/// A match that contradicts what a file says about its number.
#[test]
fn corrected_numbers_are_told() {
    let bench = Bench::new("corrected");
    let header = "# round=";
    let rounds = [
        fixture("sandpit/2026-11-19-212012"),
        fixture("sandpit/2026-11-19-212637"),
    ];
    for (nth, path) in rounds.iter().enumerate() {
        let name = path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .replace("round-2", "round-1");
        let text = String::from_utf8(plain(path)).unwrap();
        assert!(text.contains(&format!("{header}{}\n", nth + 1)));
        let text = text.replace(&format!("{header}2\n"), &format!("{header}1\n"));
        bench.write(
            &format!("rounds/{}", name.trim_end_matches(".gz")),
            text.as_bytes(),
        );
    }
    bench.run(&["import", "rounds"]).fine();
    let json = bench.run(&["link", "--json"]).json();
    let second = &json["corrections"][0];
    assert_eq!(
        (&second["from"], &second["to"]),
        (&Value::from(1), &Value::from(2)),
        "{json}"
    );
    let text = bench.run(&["link"]).fine();
    assert!(
        text.contains("1 match\n") && text.contains("1 round number corrected by their match"),
        "{text}"
    );
    let told = format!(
        "{} {}: 1 is 2",
        second["id"],
        second["file_name"].as_str().unwrap()
    );
    assert!(text.contains(&told), "{told} in {text}");
}
