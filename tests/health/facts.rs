//! Every number of the health against the documents themselves.

use crate::bench::Bench;
use crate::support;
use sandtable::analysis::deaths::{DeathKind, deaths};
use sandtable::analysis::drift::{Cadences, RoundSetup};
use sandtable::format::{Severity, export};
use sandtable::jobs::load::load_round;
use sandtable::library::health::{Health, Options};
use sandtable::model::{NumberSource, Round};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files whose round is stored from another file: the second of a crashed tracker, and a round of 6.11 that was mutilated by hand.
const DUPLICATES: [&str; 2] = [
    "2026-05-19-204710-etl_adlernest-round-1_engagements.txt.gz",
    "2026-08-25-235956-te_escape2-round-1_engagements.txt",
];

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The rounds that are stored of the fixtures.
fn stored() -> Vec<Arc<Round>> {
    let paths = support::rounds();
    let kept = paths
        .iter()
        .filter(|path| !DUPLICATES.contains(&name(path).as_str()));
    kept.map(|path| load_round(path).unwrap()).collect()
}

fn health_of(bench: &Bench) -> Health {
    bench.open().health(Options::default()).unwrap()
}

fn of_fixtures(bench: &Bench) -> Health {
    bench.import(&[&support::root().join("fixtures")]);
    health_of(bench)
}

fn sum(rounds: &[Arc<Round>], value: impl Fn(&Round) -> u64) -> u64 {
    rounds.iter().map(|round| value(round)).sum()
}

fn count(rounds: &[Arc<Round>], is: impl Fn(&Round) -> bool) -> u64 {
    rounds.iter().filter(|round| is(round)).count() as u64
}

/// Sections and rows as the export writes them, the rows only a tolerant reader keeps among them.
fn sections(round: &Round) -> BTreeMap<String, Vec<Value>> {
    let mut text = Vec::new();
    export::json(&round.document, None, &mut text).unwrap();
    let json: Value = serde_json::from_slice(&text).unwrap();
    let mut sections: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for part in ["sections", "extra"] {
        for (name, rows) in json[part].as_object().unwrap() {
            let rows = rows.as_array().unwrap().iter().cloned();
            sections.entry(name.clone()).or_default().extend(rows);
        }
    }
    sections
}

#[test]
fn totals_problems_versions_and_numbers() {
    let bench = Bench::new("health-totals");
    let health = of_fixtures(&bench);
    let rounds = stored();
    let totals = &health.totals;
    assert_eq!(totals.rounds, rounds.len() as u64);
    assert_eq!(
        totals.lives,
        sum(&rounds, |round| round.lives().len() as u64)
    );
    assert_eq!(
        totals.samples,
        sum(&rounds, |round| round.samples().len() as u64)
    );
    let engagements = sum(&rounds, |round| {
        round.document.engagements.table.rows.len() as u64
    });
    assert_eq!(totals.engagements, engagements);
    let by_enemies = |round: &Round| {
        let deaths = deaths(round);
        deaths
            .iter()
            .filter(|death| death.kind == DeathKind::Enemy)
            .count() as u64
    };
    assert_eq!(totals.kills, sum(&rounds, by_enemies));
    let dates: BTreeSet<&str> = rounds
        .iter()
        .filter_map(|round| round.date.value.as_deref())
        .collect();
    assert_eq!(totals.evenings, dates.len() as u64);
    assert_eq!(totals.first_date.as_deref(), dates.first().copied());
    assert_eq!(totals.last_date.as_deref(), Some("2026-11-19"));
    assert_eq!(
        totals.undated,
        count(&rounds, |round| round.date.value.is_none())
    );

    let problems = |severity| {
        let of = move |round: &Round| round.document.problems.count(severity);
        (sum(&rounds, of), count(&rounds, |round| of(round) > 0))
    };
    let told = &health.problems;
    assert_eq!(
        (told.errors, told.rounds_with_errors),
        problems(Severity::Error)
    );
    assert_eq!(
        (told.warnings, told.rounds_with_warnings),
        problems(Severity::Warning)
    );
    assert_eq!(told.notes, problems(Severity::Note).0);
    assert_eq!(
        told.cut_rounds,
        count(&rounds, |round| round.document.ending.is_cut())
    );
    assert!(told.errors > 0, "some fixtures are damaged");

    assert_eq!(
        health.versions.iter().map(|span| span.rounds).sum::<u64>(),
        totals.rounds
    );
    for span in &health.versions {
        let of_version: Vec<_> = rounds
            .iter()
            .filter(|round| round.document.version.label == span.version)
            .collect();
        assert_eq!(span.rounds, of_version.len() as u64, "{}", span.version);
        let dates = || {
            of_version
                .iter()
                .filter_map(|round| round.date.value.clone())
        };
        assert_eq!(
            (span.first_date.clone(), span.last_date.clone()),
            (dates().min(), dates().max())
        );
    }
    numbers(&bench, &health, &rounds);
}

fn numbers(bench: &Bench, health: &Health, rounds: &[Arc<Round>]) {
    let paired: Vec<String> =
        bench.ask("SELECT file_name FROM proximity_round WHERE paired_number IS NOT NULL");
    let is_paired = |round: &Round| paired.contains(&round.provenance.file_name);
    let of = |source: &str| {
        let mut counts = health.numbers.by_source.iter();
        let found = counts.find(|count| count.source == source).unwrap();
        (found.rounds, found.disputed)
    };
    for (word, source) in [
        ("gametime", NumberSource::Gametime),
        ("filename", NumberSource::Filename),
        ("header", NumberSource::Header),
        ("default", NumberSource::Default),
    ] {
        let is = |round: &Round| round.number.source == source && !is_paired(round);
        let disputed = count(rounds, |round| is(round) && round.number.is_disputed());
        assert_eq!(of(word), (count(rounds, is), disputed), "{word}");
    }
    assert_eq!(of("gametime").0, 2, "two names beside the early 4.2 rounds");
    assert_eq!(of("pairing").0, paired.len() as u64);
    assert_eq!(
        health.numbers.disputed,
        count(rounds, |round| round.number.is_disputed())
    );
    assert!(health.numbers.disputed > 0);
}

#[test]
fn rows_of_every_table_and_their_freshness() {
    let bench = Bench::new("health-tables");
    let health = of_fixtures(&bench);
    let rounds: Vec<_> = stored()
        .iter()
        .map(|round| (round.date.value.clone(), sections(round)))
        .collect();
    let table = |name: &str| {
        let found = health.tables.iter().find(|table| table.name == name);
        found.unwrap_or_else(|| panic!("no table {name}"))
    };
    for (section, name) in [
        ("ENGAGEMENTS", "combat_engagement"),
        ("PLAYER_TRACKS", "player_track"),
        ("KILL_HEATMAP", "map_kill_heatmap"),
        ("OBJECTIVE_FOCUS", "proximity_objective_focus"),
        ("REACTION_METRICS", "proximity_reaction_metric"),
        ("SPAWN_TIMING", "proximity_spawn_timing"),
        ("COMBAT_POSITIONS", "proximity_combat_position"),
        ("SHOT_FIRED", "proximity_shot_fired"),
        ("CARRIER_EVENTS", "proximity_carrier_event"),
        ("COMM_EVENTS", "proximity_comm_event"),
        ("VEHICLE_PROGRESS", "proximity_vehicle_progress"),
    ] {
        let of_section = |sections: &BTreeMap<String, Vec<Value>>| {
            sections.get(section).map_or(0, |rows| rows.len() as u64)
        };
        let with: Vec<_> = rounds.iter().filter(|(_, of)| of_section(of) > 0).collect();
        let told = table(name);
        assert_eq!(
            told.rows,
            with.iter().map(|(_, of)| of_section(of)).sum::<u64>(),
            "{name}"
        );
        assert_eq!(told.rounds, with.len() as u64, "{name}");
        assert_eq!(
            told.latest,
            with.iter().filter_map(|(date, _)| date.clone()).max(),
            "{name}"
        );
    }
    // Rows that are worked out: counted one by one in the library.
    for told in &health.tables {
        let of_files = ["rounds", "round_player_stats"].contains(&told.name.as_str());
        let row_table = match told.name.as_str() {
            "player_teamplay_stats" => "player_teamplay_row".to_owned(),
            "crossfire_pairs" => "crossfire_pair_row".to_owned(),
            name if of_files => name.to_owned(),
            name => format!("{name}_row"),
        };
        let rows = bench.number(&format!("SELECT count(*) FROM {row_table}"));
        assert_eq!(told.rows, rows as u64, "{row_table}");
        if !of_files {
            let ask = format!("SELECT count(DISTINCT id >> 28) FROM {row_table}");
            assert_eq!(told.rounds, bench.number(&ask) as u64, "{row_table}");
        }
    }
    assert_eq!(
        (table("rounds").rows, table("rounds").latest.as_deref()),
        (4, Some("2026-11-19"))
    );
    assert_eq!(health.tables.len(), 36);
}

#[test]
fn files_duplicates_and_what_is_on_the_disk() {
    let bench = Bench::new("health-files");
    let of_match = support::fixture("6.11/2026-08-23-201300");
    let first = bench.copy(
        &of_match,
        "a/2026-08-23-201300-supply-round-1_engagements.txt.gz",
    );
    let again = bench.copy(&of_match, "b/again_engagements.txt.gz");
    let whole = support::plain(&support::fixture("4.1/2026-01-28"));
    let kept = bench.write(
        "c/2026-01-28-203300-te_escape2-round-1_engagements.txt",
        &whole,
    );
    let cut = bench.write(
        "c/2026-01-28-203310-te_escape2-round-1_engagements.txt",
        &whole[..whole.len() / 2],
    );
    let letter = bench.write("d/letter_engagements.txt", b"Dear all");
    for path in [&first, &again, &kept, &cut, &letter] {
        bench.import(&[path]);
    }
    let files = health_of(&bench).files;
    assert_eq!((files.all, files.stored, files.same_bytes), (5, 3, 1));
    assert_eq!(
        (files.duplicate, files.refused, files.stats, files.removed),
        (1, 1, 0, 0)
    );
    assert_eq!(files.refusals.len(), 1);
    assert_eq!(files.refusals[0].files, 1);
    assert_eq!(files.duplicates[0].path, cut);
    assert_eq!(files.duplicates[0].stored_from, name(&kept));
    assert_eq!(files.on_disk, None);

    std::fs::remove_file(&first).unwrap();
    std::fs::write(&letter, b"Dear all of you").unwrap();
    let options = Options {
        checks_files: true,
        ..Options::default()
    };
    let disk = bench.open().health(options).unwrap().files.on_disk.unwrap();
    assert_eq!((disk.present, disk.changed, disk.missing), (3, 1, 1));
    assert_eq!(disk.missing_paths, std::slice::from_ref(&first));

    let entry = bench
        .catalogue()
        .into_iter()
        .find(|entry| entry.map == "supply")
        .unwrap();
    bench.open().add_tag(entry.hash, "final").unwrap();
    bench.open().add_tag(entry.hash, "watch").unwrap();
    bench.open().remove(&[entry.id]).unwrap();
    let health = health_of(&bench);
    assert_eq!(
        (
            health.files.stored,
            health.files.removed,
            health.totals.rounds
        ),
        (1, 2, 1)
    );
    assert_eq!(health.notebook["tag"], 2);
    assert_eq!(health.notebook["note"], 0);
}

#[test]
fn members_of_an_archive_are_where_their_archive_is() {
    use std::io::Write;
    let bench = Bench::new("health-zip");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file(
        "rounds/2026-01-20-201300-supply-round-0_engagements.txt",
        options,
    )
    .unwrap();
    zip.write_all(&support::plain(&support::fixture("4.0/2026-01-20-201300")))
        .unwrap();
    let archive = bench.write("evening.zip", &zip.finish().unwrap().into_inner());
    bench.import(&[&archive]);
    let look = || {
        let options = Options {
            checks_files: true,
            ..Options::default()
        };
        let disk = bench.open().health(options).unwrap().files.on_disk.unwrap();
        (disk.present, disk.changed, disk.missing)
    };
    assert_eq!(look(), (1, 0, 0));
    std::fs::remove_file(&archive).unwrap();
    assert_eq!(look(), (0, 0, 1));
}

#[test]
fn setups_and_cadences_are_those_of_the_files() {
    let bench = Bench::new("health-drift");
    let health = of_fixtures(&bench);
    let library = bench.open();
    let mut ours: Vec<RoundSetup> = library
        .round_setups()
        .unwrap()
        .into_iter()
        .map(|(_, setup)| setup)
        .collect();
    let mut theirs: Vec<RoundSetup> = stored().iter().map(|round| RoundSetup::of(round)).collect();
    ours.sort_by(|a, b| a.name.cmp(&b.name));
    theirs.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(ours, theirs);
    let mut by_date: BTreeMap<String, Cadences> = BTreeMap::new();
    for setup in &theirs {
        let of_date = by_date
            .entry(setup.date.clone().unwrap_or_default())
            .or_default();
        *of_date.entry(setup.cadence_ms()).or_default() += 1;
    }
    assert_eq!(health.drift.by_date, by_date);
    assert!(
        health.drift.is_mixed(),
        "200 and 500 ms on the evening of the sandpit"
    );
    assert_eq!(
        by_date["2026-11-19"],
        Cadences::from([(Some(200), 1), (Some(500), 2)])
    );
}

#[test]
fn objectives_by_map_and_label() {
    let bench = Bench::new("health-objectives");
    let health = of_fixtures(&bench);
    let mut rounds_of: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut labels: BTreeMap<(String, String), (u64, BTreeSet<String>, u64)> = BTreeMap::new();
    for round in stored() {
        let map = round.map().to_lowercase();
        let sections = sections(&round);
        let rows = sections
            .get("OBJECTIVE_FOCUS")
            .map_or(&[][..], Vec::as_slice);
        let of_map = rounds_of.entry(map.clone()).or_default();
        of_map.0 += 1;
        of_map.1 += u64::from(!rows.is_empty());
        let mut here = BTreeSet::new();
        for row in rows {
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let label = text("objective");
            let who = if text("guid").is_empty() {
                text("name")
            } else {
                text("guid")
            };
            let seen = labels.entry((map.clone(), label.clone())).or_default();
            seen.0 += u64::from(here.insert(label));
            seen.1.insert(who);
            seen.2 += 1;
        }
    }
    let told = &health.objectives;
    assert_eq!(
        told.rounds_with,
        rounds_of.values().map(|of| of.1).sum::<u64>()
    );
    assert_eq!(told.rounds_without + told.rounds_with, health.totals.rounds);
    let ours: BTreeMap<_, _> = told
        .maps
        .iter()
        .map(|(map, of)| (map.clone(), (of.rounds, of.rounds_with)))
        .collect();
    assert_eq!(ours, rounds_of);
    let mut told_labels = BTreeMap::new();
    for (map, of_map) in &told.maps {
        for (label, of) in &of_map.labels {
            told_labels.insert(
                (map.clone(), label.clone()),
                (of.rounds, of.players, of.rows),
            );
        }
    }
    let expected: BTreeMap<_, _> = labels
        .into_iter()
        .map(|(key, of)| (key, (of.0, of.1.len() as u64, of.2)))
        .collect();
    assert_eq!(told_labels, expected);
    assert!(expected.len() > 3);
}

#[test]
fn links_matches_and_sizes() {
    let bench = Bench::new("health-links");
    let health = of_fixtures(&bench);
    let links = &health.links;
    // The fourth stats file is of the demo round, which is no fixture.
    assert_eq!(
        (
            links.stats_files,
            links.stats_files_without_round,
            links.pending
        ),
        (4, 1, 0)
    );
    assert_eq!(
        (links.all.linked, links.all.all),
        (3, health.totals.rounds as u32)
    );
    let evening = &links.by_date["2026-11-19"];
    assert_eq!((evening.linked, evening.all), (3, 3));
    let reasons: u32 = links.all.by_reason.values().sum();
    assert_eq!(u64::from(reasons), health.totals.rounds);

    assert_eq!(
        health.matches.complete * 2 + health.matches.single,
        health.totals.rounds
    );
    let matches = bench.number("SELECT count(DISTINCT match_id) FROM proximity_round");
    assert_eq!(health.matches.complete, matches as u64);
    let match_of = |stamp: &str| {
        let entries = bench.catalogue();
        let entry = entries
            .iter()
            .find(|entry| entry.file_name.starts_with(stamp));
        entry.unwrap().match_id
    };
    assert!(match_of("2026-11-19-212012").is_some());
    assert_eq!(match_of("2026-11-19-212012"), match_of("2026-11-19-212637"));
    let demo: PathBuf = support::files("assets/demo").remove(0);
    bench.import(&[&demo]);
    let with_demo = health_of(&bench);
    assert_eq!(with_demo.matches.complete, health.matches.complete + 1);
    assert_eq!(with_demo.links.stats_files_without_round, 0);

    let sizes = &health.sizes;
    let plain = |round: &Arc<Round>| round.provenance.plain_bytes;
    assert_eq!(
        sizes.files_unpacked,
        stored().iter().map(plain).sum::<u64>()
    );
    assert!(sizes.database >= sizes.packing.path_bytes + sizes.packing.image_bytes);
    let packing = &sizes.packing;
    assert_eq!(
        (packing.rounds, packing.samples),
        (health.totals.rounds, health.totals.samples)
    );
    let paths = bench.number(
        "SELECT sum(length(path)) FROM player_track WHERE proximity_round_id NOT IN \
         (SELECT id FROM proximity_round WHERE file_name LIKE '2026-11-19-201112%')",
    );
    assert_eq!(packing.path_bytes, paths as u64);
    let per_sample = packing.bytes_per_sample.unwrap();
    assert!(per_sample > 1.0 && per_sample <= 10.0, "{per_sample}");
    assert!(sizes.notebook_backup > 0);
}
