//! `cleanup`.

use crate::bench::{Bench, text};
use crate::support::fixture;
use serde_json::Value;

fn ids(bench: &Bench) -> Vec<i64> {
    let list = bench.run(&["list", "--json"]).json();
    let id = |entry: &Value| entry["id"].as_i64().unwrap();
    list.as_array().unwrap().iter().map(id).collect()
}

#[test]
fn an_evening_is_taken_out_and_brought_back() {
    let bench = Bench::filled("cleanup-date");
    let before = ids(&bench);
    let ran = bench.run(&["cleanup", "--date", "2026-11-19", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        ran.out.lines().count(),
        4,
        "a head and three rounds: {ran:?}"
    );
    assert!(
        ran.err
            .contains("took 3 rounds out of the library; files and notes stay"),
        "{ran:?}"
    );
    assert_eq!(ids(&bench), before[3..]);
    bench
        .run(&["cleanup", "--date", "2026-11-19", "--yes"])
        .failed("there are no rounds of 2026-11-19");
    let file = fixture("sandpit/2026-11-19-201935");
    assert!(file.is_file());
    let json = bench.run(&["import", "--json", &text(&file)]).json();
    assert_eq!(json["totals"]["stored"], 1, "who names it gets it back");
    assert_eq!(ids(&bench).len(), before.len() - 2);
}

#[test]
fn rounds_by_id_all_or_none() {
    let bench = Bench::filled("cleanup-round");
    let before = ids(&bench);
    let [first, second] = [before[0].to_string(), before[1].to_string()];
    bench
        .run(&["cleanup", "--round", &first, "--round", "99999", "--yes"])
        .failed("there is no round 99999");
    assert_eq!(ids(&bench), before);
    let ran = bench.run(&[
        "cleanup", "--round", &first, "--round", &second, "--round", &first, "--yes", "--json",
    ]);
    let json = ran.json();
    assert_eq!(json["removed"], 2);
    assert_eq!(json["rounds"][1]["id"], before[1]);
    assert_eq!(ids(&bench), before[2..]);
    // The other round of the match has lost its partner.
    let list = bench.run(&["list", "--json", "--limit", "1"]).json();
    assert_eq!(list[0]["match_id"], Value::Null);
}

#[test]
fn nobody_to_ask() {
    let bench = Bench::filled("cleanup-ask");
    let before = ids(&bench);
    bench
        .run(&["cleanup", "--date", "2026-11-19"])
        .failed("add --yes");
    // A pipe is nobody, whatever it says.
    bench
        .run_with(&["cleanup", "--date", "2026-11-19"], "y\n")
        .failed("add --yes");
    assert_eq!(ids(&bench), before);
    assert_eq!(bench.run(&["cleanup", "--yes"]).code, 2);
    assert_eq!(
        bench
            .run(&["cleanup", "--yes", "--date", "2026-11-19", "--round", "1"])
            .code,
        2
    );
}
