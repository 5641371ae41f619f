//! Rounds that nobody played: they must read without a problem, agree with themselves by every rule this project has, and be the same
//! again for the same parameters.

mod support;

use sandtable::analysis::density::file_check::FileCheck;
use sandtable::analysis::stats::{Params as StatsParams, Stats, stats};
use sandtable::format::{self, write};
use sandtable::maps::objective::{DEFAULT_RADIUS_U, Objective};
use sandtable::maps::table::KnownMaps;
use sandtable::model::{Life, Provenance, Round, Severity};
use sandtable::sample::{self, Params};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

fn params(map: &str, seed: u64) -> Params {
    Params {
        map: map.to_owned(),
        seed,
        ..Params::default()
    }
}

fn round(params: &Params) -> Round {
    let document = format::read(&sample::text(params)).expect("a round file");
    let provenance = Provenance {
        file_name: params.file_name(),
        ..Provenance::default()
    };
    Round::build(document, provenance)
}

fn objectives(map: &str) -> Vec<Objective> {
    let known = KnownMaps::bundled().lookup(map);
    known.map_or_else(Vec::new, |known| known.map.objectives.clone())
}

fn all_of(params: &Params) -> (Round, Stats) {
    let round = round(params);
    let all = stats(&round, &objectives(&params.map), &StatsParams::default());
    (round, all)
}

/// Rounds of several maps, sizes and cadences.
fn several() -> Vec<Params> {
    let mut several: Vec<Params> = (1..=4).map(|seed| params("sandpit", seed)).collect();
    for (nth, map) in sample::ROTATION.iter().skip(1).enumerate() {
        several.push(Params {
            round: (nth % 2) as u8 + 1,
            ..params(map, 20 + nth as u64)
        });
    }
    let maps: Vec<String> = sample::ROTATION.map(str::to_owned).to_vec();
    several.extend(sample::series(&params("sandpit", 77), 12, &maps));
    several.push(Params {
        players: 24,
        minutes: 8.0,
        ..params("sandpit", 30)
    });
    several.push(Params {
        players: 7,
        cadence_ms: 500,
        ..params("a-map-that-nobody_knows", 31)
    });
    several
}

#[test]
fn nothing_is_wrong_by_any_rule() {
    for params in several() {
        let (round, all) = all_of(&params);
        let what = format!("{params:?}");
        let problems = &round.document.problems;
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            assert_eq!(problems.count(severity), 0, "{what}: {:?}", problems.kept());
        }
        let report = &all.ours_checks;
        let found: Vec<_> = report
            .findings()
            .filter(|finding| finding.severity != Severity::Note)
            .map(|finding| &finding.text)
            .collect();
        assert_eq!(
            (report.errors, report.warnings),
            (0, 0),
            "{what}: {found:?}"
        );
        // A tracker knows no objectives of an unknown map either.
        let no_focus = ["no objective focus in the file"];
        let missing = if objectives(&params.map).is_empty() {
            &no_focus[..]
        } else {
            &[]
        };
        assert_eq!(all.unavailable, missing, "{what}");
    }
}

#[test]
fn heatmaps_are_what_the_rows_add_up_to() {
    for params in several() {
        let (_, all) = all_of(&params);
        let check: &FileCheck = &all.ours_heatmap_check;
        for (name, count) in check.counts() {
            let count = count
                .as_ref()
                .unwrap_or_else(|why| panic!("{name}: {why:?}"));
            let differing: Vec<_> = count.differing().collect();
            assert!(differing.is_empty(), "{params:?}: {name}: {differing:?}");
            assert!(count.file > 0, "{params:?}: {name}");
        }
    }
}

#[test]
fn our_trades_are_the_file_s() {
    let mut matched = 0;
    for params in several() {
        let (_, all) = all_of(&params);
        let compared = all
            .ours_chains
            .file_rows
            .compared
            .as_ref()
            .expect("captured");
        assert_eq!(compared.file_only, [], "{params:?}");
        // The tracker names the latest victim only, and goes by the order of deaths in one frame.
        let unexplained = compared.ours_only.iter().filter(|ours| {
            let why = serde_json::to_value(ours.why).unwrap();
            why != "latest_only" && why != "same_moment"
        });
        assert_eq!(
            unexplained.count(),
            0,
            "{params:?}: {:?}",
            compared.ours_only
        );
        assert!(
            compared
                .matched
                .iter()
                .all(|pair| (pair.death_off_ms, pair.revenge_off_ms) == (0, 0))
        );
        matched += compared.matched.len();
    }
    assert!(matched > 50, "{matched}");
}

#[test]
fn waves_are_solved_and_everybody_lands_on_one() {
    for params in several() {
        let (round, all) = all_of(&params);
        let header = &round.document.header;
        let declared = [header.axis_spawn_interval, header.allies_spawn_interval];
        let timing = &round.document.tables.spawn_timing.rows;
        for (waves, declared) in all.ours_waves.iter().zip(declared) {
            let clock = waves
                .clock
                .unwrap_or_else(|| panic!("{params:?}: {:?}", waves.unavailable));
            assert_eq!(Some(clock.interval_ms), declared);
            assert_eq!(clock.landings_near, clock.landings, "{params:?}");
            // In the last server frame before the wave.
            assert!((-50..0).contains(&clock.bias_ms), "{}", clock.bias_ms);
            let rows = timing
                .iter()
                .filter(|row| round.text(row.victim_team) == waves.team);
            for row in rows {
                assert_eq!(clock.to_next_ms(row.kill_time), row.time_to_next_spawn);
            }
        }
    }
}

/// The tracker's rule for `OBJECTIVE_FOCUS`, applied to the samples in the file.
#[test]
fn objective_focus_follows_from_the_samples() {
    for params in several() {
        let round = round(&params);
        let objectives = objectives(&params.map);
        let rows = &round.document.tables.objective_focus.rows;
        assert_eq!(
            rows.len(),
            if objectives.is_empty() {
                0
            } else {
                params.players
            }
        );
        let samples = round.samples();
        for row in rows {
            let player = round.players.find(row.guid, row.name).unwrap();
            let (mut sum_u, mut inside, mut n) = (0.0, 0, 0);
            let mut nearest: BTreeMap<&str, i64> = BTreeMap::new();
            let lives = round.lives_of(player).iter().map(|id| round.life(*id));
            for index in lives
                .flat_map(Life::sample_indices)
                .filter(|index| samples.is_plain(*index))
            {
                let distance = |o: &Objective| {
                    o.distance_u(samples.x[index], samples.y[index], samples.z[index])
                };
                let least = objectives
                    .iter()
                    .min_by(|a, b| distance(a).total_cmp(&distance(b)))
                    .unwrap();
                sum_u += f64::from(distance(least));
                inside += i64::from(distance(least) <= DEFAULT_RADIUS_U);
                *nearest.entry(&least.id).or_default() += 1;
                n += 1;
            }
            assert_eq!(
                (row.samples, row.time_within_radius_ms),
                (n, inside * params.cadence_ms),
                "{params:?}"
            );
            let mean_u = row.avg_distance.get().unwrap();
            assert!((mean_u - sum_u / n as f64).abs() < 0.06, "{mean_u}");
            let most = nearest.values().max().unwrap();
            assert_eq!(&nearest[round.text(row.objective)], most);
        }
    }
}

#[test]
fn hits_shots_and_kills_agree_across_sections() {
    for params in several() {
        let round = round(&params);
        let tables = &round.document.tables;
        let accuracy = &tables.weapon_accuracy.rows;
        let shots: i64 = accuracy.iter().map(|row| row.shots_fired).sum();
        assert_eq!(shots as usize, tables.shots.rows.len());
        let kills: i64 = accuracy.iter().map(|row| row.kills).sum();
        for rows in [
            tables.combat_positions.rows.len(),
            tables.spawn_timing.rows.len(),
            tables.kill_outcomes.rows.len(),
        ] {
            assert_eq!(kills as usize, rows);
        }
        let hits: i64 = accuracy.iter().map(|row| row.hits).sum();
        let engagements = &round.document.engagements;
        let of_row = |row| {
            engagements
                .attackers_of(row)
                .iter()
                .map(|attacker| attacker.hits)
                .sum::<i64>()
        };
        assert_eq!(hits, engagements.table.rows.iter().map(of_row).sum::<i64>());
        let revived = tables
            .kill_outcomes
            .rows
            .iter()
            .filter(|row| round.text(row.outcome) == "revived");
        assert_eq!(revived.count(), tables.revives.rows.len());
        let alive: BTreeSet<i64> = tables
            .combat_positions
            .rows
            .iter()
            .filter_map(|row| row.axis_alive)
            .collect();
        assert!(alive.last() <= Some(&(params.players as i64)));
    }
}

#[test]
fn a_round_is_as_lively_as_a_real_one() {
    for seed in 1..=4 {
        let round = round(&params("sandpit", seed));
        let tables = &round.document.tables;
        let minutes = Params::default().minutes;
        let per_minute = |rows: usize| rows as f64 / minutes;
        // A real round of as many has, per minute, 15 kills, 30 engagements, 100 hits with a region, 450 shots, 18 lives and 2 revives.
        let is_alike =
            |rows: usize, real: f64| (real / 3.0..real * 3.0).contains(&per_minute(rows));
        assert!(is_alike(tables.combat_positions.rows.len(), 15.0));
        assert!(is_alike(round.document.engagements.table.rows.len(), 30.0));
        assert!(is_alike(tables.hit_regions.rows.len(), 100.0));
        assert!(is_alike(tables.shots.rows.len(), 450.0));
        assert!(is_alike(round.lives().len(), 18.0));
        assert!(is_alike(tables.revives.rows.len(), 2.0));
        assert!(!tables.constructions.rows.is_empty());
        let sample = round.samples();
        let fastest = sample.speed.iter().copied().fold(0.0_f32, f32::max);
        assert!((300.0..500.0).contains(&fastest), "{fastest}");
    }
}

#[test]
fn a_file_of_the_default_size_has_about_a_megabyte() {
    for seed in 1..=6 {
        let size = sample::text(&params("sandpit", seed)).len();
        assert!((850_000..1_250_000).contains(&size), "{size}");
    }
}

#[test]
fn the_bytes_are_those_that_our_writer_writes() {
    let text = sample::text(&params("sandpit", 7));
    let document = format::read(&text).unwrap();
    assert!(write::to_bytes(&document) == text);
    assert_eq!(document.version.label, "6.11");
}

#[test]
fn the_same_parameters_give_the_same_bytes_and_others_do_not() {
    let text = |params: &Params| sample::text(params);
    let first = params("sandpit", 11);
    let same = text(&first);
    assert!(same == text(&first));
    for other in [
        params("sandpit", 12),
        Params {
            round: 2,
            ..first.clone()
        },
        Params {
            nth_match: 1,
            ..first.clone()
        },
        Params {
            round_start_unix: first.round_start_unix + 1,
            ..first.clone()
        },
    ] {
        assert!(same != text(&other), "{other:?}");
    }
}

#[test]
fn the_second_round_swaps_sides() {
    let first = round(&params("sandpit", 13));
    let second = round(&Params {
        round: 2,
        ..params("sandpit", 13)
    });
    let sides = |round: &Round| -> BTreeMap<String, String> {
        let rows = round.document.tracks.rows.iter();
        rows.map(|row| {
            (
                round.text(row.guid).to_owned(),
                round.text(row.team).to_owned(),
            )
        })
        .collect()
    };
    let (first, second) = (sides(&first), sides(&second));
    assert_eq!(first.len(), 12);
    for (guid, team) in &first {
        let other = if team == "AXIS" { "ALLIES" } else { "AXIS" };
        assert_eq!(second[guid], other);
    }
}

#[test]
fn a_series_is_evenings_of_matches_of_one_circle() {
    let maps: Vec<String> = sample::ROTATION.map(str::to_owned).to_vec();
    let all = sample::series(&Params::default(), 24, &maps);
    let names: Vec<String> = all.iter().map(Params::file_name).collect();
    assert_eq!(
        names[..4],
        [
            "2026-11-06-190400-sandpit-round-1_engagements.txt",
            "2026-11-06-190855-sandpit-round-2_engagements.txt",
            "2026-11-06-191655-supply-round-1_engagements.txt",
            "2026-11-06-192150-supply-round-2_engagements.txt",
        ]
    );
    assert_eq!(
        names[10],
        "2026-11-09-190400-frostbite-round-1_engagements.txt"
    );
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 24);
    let mut people: BTreeSet<String> = BTreeSet::new();
    for pair in all.chunks(2) {
        assert_eq!((pair[0].round, pair[1].round), (1, 2));
        assert_eq!(
            (&pair[0].map, pair[0].nth_match),
            (&pair[1].map, pair[1].nth_match)
        );
        let round = round(&Params {
            minutes: 0.2,
            ..pair[0].clone()
        });
        people.extend(
            round
                .players
                .iter()
                .map(|(_, player)| round.text(player.guid).to_owned()),
        );
    }
    assert_eq!(people.len(), 16);
}

#[test]
fn senseless_parameters_are_refused_and_break_nothing() {
    let good = Params::default();
    assert_eq!(good.check(), Ok(()));
    for bad in [
        Params {
            map: "a/b".to_owned(),
            ..good.clone()
        },
        Params {
            map: String::new(),
            ..good.clone()
        },
        Params {
            players: 1,
            ..good.clone()
        },
        Params {
            players: 65,
            ..good.clone()
        },
        Params {
            minutes: f64::NAN,
            ..good.clone()
        },
        Params {
            cadence_ms: 0,
            ..good.clone()
        },
        Params {
            cadence_ms: 210,
            ..good.clone()
        },
        Params {
            round: 3,
            ..good.clone()
        },
        Params {
            round_start_unix: i64::MAX,
            ..good.clone()
        },
    ] {
        assert!(bad.check().is_err(), "{bad:?}");
        assert!(format::read(&sample::text(&bad)).is_ok(), "{bad:?}");
        assert!(bad.file_name().ends_with("_engagements.txt"));
    }
}

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("sandtable-sample-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn sandtable(args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sandtable"))
        .args(args)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().expect("it ended by itself"), said)
}

#[test]
fn the_command_writes_one_file_or_many() {
    let folder = Folder::new("command");
    let file = folder.0.join("one.txt");
    let path = file.to_string_lossy();
    assert_eq!(
        sandtable(&["sample", "--out", &path, "--seed", "5", "--minutes", "0.5"]).0,
        0
    );
    let expected = sample::text(&Params {
        minutes: 0.5,
        ..params("sandpit", 5)
    });
    assert!(std::fs::read(&file).unwrap() == expected);

    let many = folder.0.join("many");
    let path = many.to_string_lossy();
    let args = [
        "sample",
        "--out",
        &path,
        "--count",
        "5",
        "--minutes",
        "0.5",
        "--gzip",
    ];
    assert_eq!(sandtable(&args).0, 0);
    let first = Params {
        minutes: 0.5,
        ..Params::default()
    };
    let maps = sample::ROTATION.map(str::to_owned);
    let mut names: Vec<_> = std::fs::read_dir(&many)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let series = sample::series(&first, 5, &maps);
    let due: Vec<_> = series
        .iter()
        .map(|params| format!("{}.gz", params.file_name()))
        .collect();
    assert_eq!(names, due);
    for (params, name) in series.iter().zip(&due) {
        assert!(
            support::plain(&many.join(name)) == sample::text(params),
            "{name}"
        );
    }
}

#[test]
fn the_command_says_what_it_cannot_do() {
    let folder = Folder::new("refusal");
    let file = folder.0.join("no").join("such").join("folder.txt");
    let (code, said) = sandtable(&[
        "sample",
        "--out",
        &file.to_string_lossy(),
        "--minutes",
        "0.2",
    ]);
    assert_eq!(code, 2);
    assert!(said.contains("folder.txt"), "{said}");
    let (code, said) = sandtable(&["sample", "--out", "x", "--players", "1"]);
    assert_eq!(code, 2);
    assert!(said.contains("2 to 64 can play"), "{said}");
}
