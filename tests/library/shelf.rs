//! What the library knows about its rounds together: links, matches, numbers, lists.

use crate::bench::Bench;
use crate::support;
use sandtable::model::NumberSource;

#[test]
fn stats_files_are_linked_and_rounds_paired() {
    let bench = Bench::new("links");
    bench.import(&[&support::root().join("fixtures/sandpit")]);
    let links = bench.ask(
        "SELECT p.file_name, s.file_name, p.round_link_reason, f.file_name = p.file_name FROM proximity_round AS p \
         LEFT JOIN rounds AS s ON s.id = p.round_id LEFT JOIN proximity_round AS f ON f.id = p.match_id ORDER BY 1",
    );
    assert_eq!(
        links,
        [
            "2026-11-19-201935-sandpit-round-2_engagements.txt.gz|2026-11-19-201938-sandpit-round-2.txt|resolved_exact_stamp|",
            "2026-11-19-212012-sandpit-round-1_engagements.txt.gz|2026-11-19-212016-sandpit-round-1.txt|resolved_exact_stamp|1",
            "2026-11-19-212637-sandpit-round-2_engagements.txt.gz|2026-11-19-212640-sandpit-round-2.txt|resolved_exact_stamp|0",
        ]
    );
    let players = bench.number("SELECT count(*) FROM round_player_stats AS s JOIN rounds AS r ON r.id = s.round_id WHERE r.file_name LIKE '2026-11-19-212016%'");
    assert_eq!(players, 12);
    assert_eq!(bench.number("SELECT count(*) FROM link_change"), 0);
}

/// Whatever comes first, the links are the same as those worked out at once.
#[test]
fn the_order_of_arrival_does_not_matter() {
    let mut files = support::files("fixtures/sandpit");
    files.extend(
        support::files("fixtures/4.2")
            .into_iter()
            .filter(|path| path.to_string_lossy().contains("engagements.txt")),
    );
    let question = "SELECT hex(p.content_hash), s.file_name, p.round_link_reason, p.paired_number, f.file_name FROM proximity_round AS p \
                    LEFT JOIN rounds AS s ON s.id = p.round_id LEFT JOIN proximity_round AS f ON f.id = p.match_id ORDER BY 1";
    let mut answers = Vec::new();
    for turn in 0..3 {
        let bench = Bench::new(&format!("order{turn}"));
        match turn {
            0 => drop(
                bench.import(
                    &files
                        .iter()
                        .map(std::path::PathBuf::as_path)
                        .collect::<Vec<_>>(),
                ),
            ),
            1 => files.iter().for_each(|path| drop(bench.import(&[path]))),
            _ => files
                .iter()
                .rev()
                .for_each(|path| drop(bench.import(&[path]))),
        }
        answers.push(bench.ask(question));
        bench.open().link_all().unwrap();
        assert_eq!(answers[turn], bench.ask(question), "all at once");
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    assert!(
        answers[0]
            .iter()
            .filter(|line| line.contains("resolved_exact_stamp"))
            .count()
            == 3
    );
}

#[test]
fn gametimes_correct_the_number_also_afterwards() {
    let path = support::fixture("4.2/2026-02-14-202500");
    let numbers = "SELECT round_number, round_number_source FROM proximity_round";
    let bench = Bench::new("gametimes");
    let alone = bench.copy(&path, &path.file_name().unwrap().to_string_lossy());
    bench.import(&[&alone]);
    assert_eq!(bench.ask(numbers), ["1|filename"]);
    let mut library = bench.open();
    assert!(
        library
            .add_gametimes(["gametime-supply-R2-1771100700.json", "gametime-x.json"])
            .unwrap()
    );
    assert_eq!(bench.ask(numbers), ["2|gametime"]);
    let entry = bench.catalogue().remove(0);
    assert_eq!(library.open_round(entry.id).unwrap().number.value, 2);
    // With its folder the number is right from the start.
    let bench = Bench::new("gametimes-beside");
    bench.import(&[&path]);
    assert_eq!(bench.ask(numbers), ["2|gametime"]);
}

/// Two rounds of one match that both say they are round 1.
#[test]
fn the_match_corrects_what_both_rounds_call_round_1() {
    let bench = Bench::new("paired");
    for part in ["sandpit/2026-11-19-212012", "sandpit/2026-11-19-212637"] {
        let path = support::fixture(part);
        let text =
            String::from_utf8_lossy(&support::plain(&path)).replacen("# round=2", "# round=1", 1);
        let name = path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .replace("round-2", "round-1")
            .replace(".gz", "");
        let file = bench.write(&name, text.as_bytes());
        bench.import(&[&file]);
    }
    let list = bench.catalogue();
    let numbers: Vec<_> = list
        .iter()
        .map(|entry| (entry.number, entry.number_source))
        .collect();
    assert_eq!(
        numbers,
        [(1, NumberSource::Filename), (2, NumberSource::Pairing)]
    );
    assert!(list.iter().all(|entry| entry.match_id == Some(list[0].id)));
    let second = bench.open().open_round(list[1].id).unwrap();
    assert_eq!(
        (second.number.value, second.number.source),
        (2, NumberSource::Pairing)
    );
    assert!(second.number.is_disputed());
    // Alone it is what it says again.
    bench.open().remove(&[list[0].id]).unwrap();
    bench.open().link().unwrap();
    let list = bench.catalogue();
    assert_eq!((list[0].number, list[0].match_id), (1, None));
}

#[test]
fn the_list_is_in_order_and_says_what_it_shows() {
    let bench = Bench::new("list");
    bench.import(&[&support::root().join("fixtures")]);
    let catalogue = bench.catalogue();
    let dates: Vec<_> = catalogue.iter().map(|entry| entry.date.clone()).collect();
    let mut sorted = dates.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(dates, sorted);
    let entry = catalogue
        .iter()
        .find(|entry| entry.file_name.starts_with("2026-08-23-201300"))
        .unwrap();
    let round = support::round(&support::fixture("6.11/2026-08-23-201300"));
    assert_eq!(entry.map, "supply");
    assert_eq!(
        (entry.number, entry.version.as_str(), entry.cadence_ms),
        (1, "6.11", round.cadence_ms())
    );
    assert_eq!(entry.players.len(), round.players.len());
    assert!(entry.has_objective_focus && !entry.is_linked);
}

#[test]
fn questions_change_nothing() {
    let bench = Bench::new("query");
    bench.import(&[&support::fixture("sandpit/2026-11-19-201935")]);
    let ask = |sql: &str| sandtable::library::Library::query(&bench.library, sql, |_| {}, |_| true);
    for forbidden in [
        "DELETE FROM word",
        "PRAGMA user_version = 9",
        "ATTACH 'x.db' AS x",
        "SELECT 1; DELETE FROM word",
        "CREATE TABLE x (y)",
    ] {
        assert!(ask(forbidden).is_err(), "{forbidden}");
    }
    let error = ask("SELECT no_column").unwrap_err().to_string();
    assert!(error.contains("no such column"), "{error}");
    assert!(bench.number("SELECT count(*) FROM word") > 10);
    let missing = sandtable::library::Library::query(
        &bench.folder.join("no.db"),
        "SELECT 1",
        |_| {},
        |_| true,
    );
    assert!(
        missing
            .unwrap_err()
            .to_string()
            .contains("import files first")
    );
}

/// What the community asks every day, as it is written for its own database.
#[test]
fn everyday_questions() {
    let bench = Bench::new("everyday");
    bench.import(&[&support::root().join("fixtures/sandpit")]);
    let tracks = bench.ask(
        "SELECT player_name, round(total_distance) FROM player_track WHERE session_date = '2026-11-19' ORDER BY total_distance DESC LIMIT 3",
    );
    assert_eq!(tracks.len(), 3);
    let by_class = bench.ask(
        "SELECT player_class, count(*), avg(time_to_first_move_ms) FROM player_track WHERE time_to_first_move_ms IS NOT NULL \
         GROUP BY player_class ORDER BY player_class",
    );
    assert_eq!(by_class.len(), 4, "{by_class:?}");
    let fastest = bench.ask(
        "SELECT player_name, avg(avg_speed) AS speed FROM player_track GROUP BY player_guid HAVING count(*) > 5 ORDER BY speed DESC LIMIT 5",
    );
    assert_eq!(fastest.len(), 5);
    let reaction = bench.ask(
        "SELECT target_class, avg(return_fire_ms), avg(dodge_reaction_ms) FROM proximity_reaction_metric GROUP BY target_class ORDER BY 1",
    );
    assert_eq!(reaction.len(), 4);
    let sprint = bench
        .ask("SELECT player_class, avg(sprint_percentage) FROM player_track GROUP BY player_class");
    assert_eq!(sprint.len(), 4);
}
