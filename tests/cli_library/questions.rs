//! `query`.

use crate::bench::{Bench, fixtures};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

#[test]
fn three_forms_of_one_answer() {
    let sql = "SELECT map_name AS map, count(*) AS rounds, NULL AS empty, 1.0 / 4 AS quarter, x'01ff' AS bytes, 'a \"b\",' AS words \
               FROM proximity_round WHERE map_name = 'sandpit'";
    let text = fixtures().run(&["query", sql]).fine();
    assert_eq!(
        text,
        "map      rounds  empty  quarter  bytes      words\n\
         sandpit       3            0.25  <2 bytes>  a \"b\",\n"
    );
    let csv = fixtures().run(&["query", "--csv", sql]).fine();
    assert_eq!(
        csv,
        "map,rounds,empty,quarter,bytes,words\nsandpit,3,,0.25,01ff,\"a \"\"b\"\",\"\n"
    );
    let json = fixtures().run(&["query", "--json", sql]);
    assert_eq!(
        json.json().to_string(),
        r#"[{"map":"sandpit","rounds":3,"empty":null,"quarter":0.25,"bytes":"01ff","words":"a \"b\","}]"#
    );
    let none = fixtures().run(&["query", "--json", "SELECT 1 AS x WHERE 0"]);
    assert_eq!(none.json(), serde_json::json!([]));
    let none = fixtures().run(&["query", "SELECT 1 AS x WHERE 0"]).fine();
    assert_eq!(none, "x\n");
}

#[test]
fn a_question_from_standard_input_and_paths_as_json() {
    let sql = "SELECT json_array_length(path_json(path)) = sample_count AS is_whole, count(*) AS n\nFROM player_track\nGROUP BY 1;\n";
    let ran = fixtures().run_with(&["query", "-", "--json"], sql);
    let json = ran.json();
    assert_eq!(json.as_array().unwrap().len(), 1, "{ran:?}");
    assert_eq!(json[0]["is_whole"], 1);
    assert!(json[0]["n"].as_i64().unwrap() > 500);
}

#[test]
fn what_is_no_question_is_refused() {
    let bench = fixtures();
    bench
        .run(&["query", "SELECT wish FROM player_track"])
        .failed("no such column: wish");
    bench
        .run(&["query", "SELECT FROM WHERE"])
        .failed("syntax error");
    bench
        .run(&["query", "DELETE FROM word"])
        .failed("only questions can be asked");
    bench.run(&["query", ""]).failed("");
    let both = bench.run(&["query", "SELECT 1", "--json", "--csv"]);
    assert_eq!(both.code, 2);
    assert_eq!(bench.run(&["query"]).code, 2);
    // Wrong in a row, not in the question.
    let late = bench.run(&["query", "SELECT path_json('x')"]);
    late.failed("path_json takes the path of a life");
}

#[test]
fn tables_are_named_without_a_library() {
    let bench = Bench::new("tables");
    let json = bench.run(&["query", "--tables", "--json"]).json();
    let table = |name: &str| {
        let mut tables = json.as_array().unwrap().iter();
        tables
            .find(|table| table["name"] == name)
            .unwrap_or_else(|| panic!("{name}"))
            .clone()
    };
    let columns = table("player_track")["columns"].to_string();
    for column in [
        "player_class",
        "time_to_first_move_ms",
        "total_distance",
        "sprint_percentage",
    ] {
        assert!(columns.contains(&format!("\"{column}\"")), "{columns}");
    }
    table("proximity_reaction_metric");
    let text = bench.run(&["query", "--tables"]).fine();
    assert!(
        text.lines()
            .any(|line| line.starts_with("player_track ") && line.contains("avg_speed"))
    );
    assert!(!bench.library.exists(), "looking makes no library");
}

/// `sandtable query … | head -1`
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let sql = "SELECT a.id, b.id FROM player_track AS a, player_track AS b";
    for form in ["--csv", "--json"] {
        let mut child = fixtures()
            .command(&["query", form, sql])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        drop(out);
        let ran: crate::bench::Ran = child.wait_with_output().unwrap().into();
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{form}");
    }
}
