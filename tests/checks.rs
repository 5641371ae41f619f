//! The rules that look for what a tracker wrote wrongly: a hand-made file in which nothing is found, and for every rule a change to it
//! that is found by that rule and by no other.

mod support;

use sandtable::analysis::checks::{Params, RULES, Report, RuleId, check};
use sandtable::analysis::deaths::deaths;
use sandtable::analysis::density::Source;
use sandtable::analysis::density::file_check::file_check;
use sandtable::analysis::flags::RowFlags;
use sandtable::format;
use sandtable::model::{Provenance, Round};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const NAME: &str = "2026-01-01-120010-nowhere-round-1_engagements.txt";
const CADENCE_MS: i64 = 200;

/// One point of a life.
#[derive(Clone, Copy, Debug)]
struct Point {
    t: i64,
    x: f32,
    y: f32,
    health: i64,
    sprint: i64,
    event: &'static str,
}

/// One life.
#[derive(Clone, Debug)]
struct Life {
    who: &'static str,
    guid: String,
    team: &'static str,
    spawn: i64,
    death: i64,
    end: &'static str,
    declared: Option<usize>,
    points: Vec<Point>,
}

/// A file in the making. Heatmap of movement and objective focus follow from the lives, as the tracker makes them, until rows of them are
/// given.
#[derive(Clone, Debug, Default)]
struct Scene {
    header: Vec<(&'static str, String)>,
    lives: Vec<Life>,
    sections: BTreeMap<&'static str, Vec<String>>,
}

fn life(
    who: &'static str,
    team: &'static str,
    (spawn, death): (i64, i64),
    (x, y): (f32, f32),
    end: &'static str,
) -> Life {
    let point = |t, event, health| Point {
        t,
        x,
        y,
        health,
        sprint: 0,
        event,
    };
    let mut points: Vec<Point> = (spawn..death)
        .step_by(CADENCE_MS as usize)
        .map(|t| point(t, "sample", 100))
        .collect();
    points[0].event = "spawn";
    points.push(point(death, end, if end == "round_end" { 100 } else { 0 }));
    Life {
        who,
        guid: format!("GUID{who}"),
        team,
        spawn,
        death,
        end,
        declared: None,
        points,
    }
}

/// Arno kills Bert (4.0 s), Bea kills Arno (5.0 s), who is revived (7.0 s); Bert comes back with the wave (8.0 s). Bea shoots at Anna,
/// who gets away.
fn clean() -> Scene {
    let header = [
        ("map", "nowhere"),
        ("round", "1"),
        ("crossfire_window", "1000"),
        ("escape_time", "5000"),
        ("escape_distance", "300"),
        ("position_sample_interval", "200"),
        ("round_start_unix", "1767268800"),
        ("round_end_unix", "1767268810"),
        ("axis_spawn_interval", "10000"),
        ("allies_spawn_interval", "8000"),
        ("tracker_version_full", "6.11"),
    ];
    let rows = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>();
    let sections = [
        (
            "ENGAGEMENTS",
            rows(&[
                "1;3500;4000;500;GUIDBert;Bert;ALLIES;killed;100;GUIDArno;Arno;2;1;200;GUIDArno,GUIDAnna;600.0;100.0;0.0;600.0;100.0;0.0;0.0;3500,600.0,100.0,0.0,start;GUIDArno,Arno,AXIS,60,2,3500,4000,1,3:2;|GUIDAnna,Anna,AXIS,40,1,3700,3700,0,3:1;",
                "2;4500;5000;500;GUIDArno;Arno;AXIS;killed;100;GUIDBea;Bea;1;0;;;200.0;100.0;0.0;200.0;100.0;0.0;0.0;4500,200.0,100.0,0.0,start;GUIDBea,Bea,ALLIES,100,3,4500,5000,1,8:3;",
                "3;5200;9000;3800;GUIDAnna;Anna;AXIS;escaped;30;;;1;0;;;100.0;100.0;0.0;100.0;100.0;0.0;0.0;5200,100.0,100.0,0.0,start;GUIDBea,Bea,ALLIES,30,1,5200,5200,0,8:1;",
            ]),
        ),
        ("KILL_HEATMAP", rows(&["1;0;1;0", "0;0;0;1"])),
        (
            "SPAWN_TIMING",
            rows(&[
                "GUIDArno;Arno;AXIS;GUIDBert;Bert;ALLIES;4000;8000;4000;0.500;5.0;4.0",
                "GUIDBea;Bea;ALLIES;GUIDArno;Arno;AXIS;5000;10000;5000;0.500;3.0;5.0",
                "GUIDBea;Bea;ALLIES;GUIDArno;Arno;AXIS;5001;10000;4999;0.500;3.0;5.0",
            ]),
        ),
        (
            "TEAM_PUSHES",
            rows(&["1000;3000;AXIS;200.0;1.000;0.000;0.900;0.600;2;N/A"]),
        ),
        (
            "TRADE_KILLS",
            rows(&["4000;5000;1000;GUIDBert;Bert;GUIDArno;Arno;GUIDBea;Bea"]),
        ),
        (
            "REVIVES",
            rows(&["7000;GUIDAnna;Anna;GUIDArno;Arno;200.0;100.0;0.0;500.0;GUIDBea;0"]),
        ),
        (
            "KILL_OUTCOME",
            rows(&[
                "4000;GUIDBert;Bert;GUIDArno;Arno;8;tapped_out;8000;4000;12000;;;;",
                "5000;GUIDArno;Arno;GUIDBea;Bea;9;revived;7000;2000;2000;;;GUIDAnna;Anna",
            ]),
        ),
        (
            "COMBAT_POSITIONS",
            rows(&[
                "4000;kill;GUIDArno;Arno;AXIS;MEDIC;GUIDBert;Bert;ALLIES;MEDIC;200;100;0;600;100;0;3;8;100;2;1",
                "5000;kill;GUIDBea;Bea;ALLIES;MEDIC;GUIDArno;Arno;AXIS;MEDIC;700;100;0;200;100;0;8;9;100;1;1",
            ]),
        ),
        (
            "AIM_LOCK",
            rows(&["3000;3800;800;GUIDArno;Arno;AXIS;GUIDBert;Bert;2.0;400;2"]),
        ),
        (
            "CARRIER_EVENTS",
            rows(&[
                "GUIDBea;Bea;ALLIES;redflag;1000;3000;2000;dropped;500.0;400.0;0.800;10;700;100;0;700;500;0;;",
            ]),
        ),
        (
            "VEHICLE_PROGRESS",
            rows(&["tank;script_mover;0;0;0;100;0;0;100.0;1200;1200;0"]),
        ),
        (
            "ESCORT_CREDIT",
            rows(&["GUIDBea;Bea;ALLIES;tank;1000;0;100.0;100.0;2"]),
        ),
    ];
    Scene {
        header: header.map(|(key, value)| (key, value.to_owned())).into(),
        lives: vec![
            life("Anna", "AXIS", (0, 10_000), (100.0, 100.0), "round_end"),
            life("Arno", "AXIS", (0, 5000), (200.0, 100.0), "killed"),
            life("Bert", "ALLIES", (0, 4000), (600.0, 100.0), "killed"),
            life("Bea", "ALLIES", (0, 10_000), (700.0, 100.0), "round_end"),
            life(
                "Bert",
                "ALLIES",
                (8000, 10_000),
                (600.0, 100.0),
                "round_end",
            ),
        ],
        sections: BTreeMap::from(sections),
    }
}

impl Scene {
    /// The clean scene with a change.
    fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut scene = clean();
        change(&mut scene);
        scene
    }

    fn rows(&mut self, section: &'static str) -> &mut Vec<String> {
        self.sections.entry(section).or_default()
    }

    /// Replaces a part of a row that must be there.
    fn edit(&mut self, section: &'static str, row: usize, from: &str, to: &str) {
        let row = &mut self.rows(section)[row];
        assert!(row.contains(from), "{from} in {row}");
        *row = row.replacen(from, to, 1);
    }

    fn set(&mut self, key: &str, value: &str) {
        let entry = self
            .header
            .iter_mut()
            .find(|(known, _)| *known == key)
            .unwrap();
        value.clone_into(&mut entry.1);
    }

    fn samples(&self) -> impl Iterator<Item = (&Life, &Point)> {
        let all = self
            .lives
            .iter()
            .flat_map(|life| life.points.iter().map(move |point| (life, point)));
        all.filter(|(_, point)| point.event == "sample")
    }

    fn heatmap(&self) -> Vec<String> {
        let mut cells: BTreeMap<[i64; 2], i64> = BTreeMap::new();
        for (_, point) in self.samples() {
            *cells
                .entry([point.x, point.y].map(|axis| (axis / 512.0).floor() as i64))
                .or_default() += 1;
        }
        cells
            .iter()
            .map(|([x, y], n)| format!("{x};{y};{n};0;0"))
            .collect()
    }

    fn focus(&self) -> Vec<String> {
        let mut counts: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
        for (life, _) in self.samples() {
            *counts.entry((&life.guid, life.who, life.team)).or_default() += 1;
        }
        let named = counts.iter().filter(|((guid, ..), _)| !guid.is_empty());
        named
            .map(|((guid, who, team), n)| format!("{guid};{who};{team};hill;900.0;0;{n}"))
            .collect()
    }

    fn tracks(&self) -> Vec<String> {
        let row = |life: &Life| {
            let path: Vec<String> = life
                .points
                .iter()
                .map(|p| {
                    format!(
                        "{},{:.1},{:.1},0.0,{},0.0,8,0,{},{}",
                        p.t, p.x, p.y, p.health, p.sprint, p.event
                    )
                })
                .collect();
            let (guid, who, team, spawn, death) =
                (&life.guid, life.who, life.team, life.spawn, life.death);
            let declared = life.declared.unwrap_or(life.points.len());
            format!(
                "{guid};{who};{team};MEDIC;{spawn};{death};;{};{declared};{}",
                life.end,
                path.join("|")
            )
        };
        self.lives.iter().map(row).collect()
    }

    fn text(&self) -> String {
        let mut text = String::from("# PROXIMITY_TRACKER_V6\n");
        for (key, value) in &self.header {
            let _ = writeln!(text, "# {key}={value}");
        }
        let mut sections = self.sections.clone();
        sections.insert("PLAYER_TRACKS", self.tracks());
        sections
            .entry("MOVEMENT_HEATMAP")
            .or_insert_with(|| self.heatmap());
        sections
            .entry("OBJECTIVE_FOCUS")
            .or_insert_with(|| self.focus());
        for (name, rows) in sections {
            let _ = writeln!(text, "\n# {name}");
            for row in rows {
                let _ = writeln!(text, "{row}");
            }
        }
        text
    }

    fn report(&self) -> Report {
        report(&self.text())
    }
}

fn report_of(round: &Round, params: &Params) -> Report {
    let deaths = deaths(round);
    let flags = RowFlags::of(round, &deaths);
    let heatmaps = file_check(&Source {
        round,
        deaths: &deaths,
        flags: &flags,
    });
    check(round, &deaths, &flags, &heatmaps, params)
}

fn report(text: &str) -> Report {
    named_report(text, NAME)
}

fn named_report(text: &str, name: &str) -> Report {
    let document = format::read(text.as_bytes()).expect("a round file");
    let provenance = Provenance {
        file_name: name.to_owned(),
        ..Provenance::default()
    };
    report_of(&Round::build(document, provenance), &Params::default())
}

/// The rules that found something, with how often.
fn fired(report: &Report) -> Vec<(&'static str, u64)> {
    let fired = report.rules.iter().filter(|rule| rule.count > 0);
    fired
        .map(|rule| (rule.rule.rule().name, rule.count))
        .collect()
}

#[test]
fn nothing_is_found_in_a_clean_file() {
    let report = clean().report();
    let texts: Vec<_> = report.findings().map(|finding| &finding.text).collect();
    assert!(texts.is_empty(), "{texts:#?}");
    assert_eq!((report.errors, report.warnings, report.notes), (0, 0, 0));
    // And not because nothing was looked at.
    for rule in &report.rules {
        assert!(
            rule.checked > 0,
            "{} looked at nothing",
            rule.rule.rule().name
        );
    }
}

/// The text with a change to the clean file, and the line a finding must name, found by what stands in it.
struct Case {
    rule: RuleId,
    text: String,
    line: Option<&'static str>,
    says: &'static [&'static str],
    times: Option<[i64; 2]>,
}

fn case(
    rule: RuleId,
    change: impl FnOnce(&mut Scene),
    line: &'static str,
    says: &'static [&'static str],
    times: Option<[i64; 2]>,
) -> Case {
    Case {
        rule,
        text: Scene::with(change).text(),
        line: Some(line).filter(|line| !line.is_empty()),
        says,
        times,
    }
}

fn file_cases() -> Vec<Case> {
    let mut cut = clean().text();
    cut.truncate(cut.trim_end().len());
    vec![
        Case {
            rule: RuleId::CutFile,
            text: cut,
            line: Some("tank;script_mover"),
            says: &["no line end"],
            times: None,
        },
        case(
            RuleId::RefusedRows,
            |s| s.rows("AIM_LOCK").push("3;4".into()),
            "3;4",
            &["AIM_LOCK", "1 of 2 rows"],
            None,
        ),
        case(
            RuleId::ReaderDoubts,
            |s| s.rows("NEW_THINGS").push("1;2".into()),
            "# NEW_THINGS",
            &["unknown-section"],
            None,
        ),
        case(
            RuleId::DuplicateRow,
            |s| {
                let row = s.rows("ESCORT_CREDIT")[0].clone();
                s.rows("ESCORT_CREDIT").push(row);
            },
            "tank;1000;0;100.0",
            &["ESCORT_CREDIT", "two equal rows"],
            None,
        ),
        case(
            RuleId::RoundNumber,
            |s| s.set("round", "2"),
            "# round=2",
            &["round 1", "filename says 1", "header says 2"],
            None,
        ),
        case(
            RuleId::MapName,
            |s| s.set("map", "elsewhere"),
            "# map=elsewhere",
            &["nowhere", "elsewhere"],
            None,
        ),
    ]
}

fn sample_cases() -> Vec<Case> {
    vec![
        case(
            RuleId::SampleGap,
            |s| {
                s.lives[0].points.drain(20..25);
            },
            "Anna;AXIS;MEDIC;0;10000",
            &["Anna", "1200 ms", "0:03.800", "0:05.000"],
            Some([3800, 5000]),
        ),
        case(
            RuleId::SampleOrder,
            |s| s.lives[0].points.swap(30, 31),
            "Anna;AXIS;MEDIC;0;10000",
            &["0:06.200", "0:06.000"],
            Some([6000, 6200]),
        ),
        case(
            RuleId::Jump,
            |s| {
                s.lives[0].points[30..]
                    .iter_mut()
                    .for_each(|point| point.y = 450.0);
            },
            "Anna;AXIS;MEDIC;0;10000",
            &["350 u in 200 ms", "0:06.000"],
            Some([5800, 6000]),
        ),
        case(
            RuleId::RoundEndPlace,
            |s| {
                for nth in [0, 3] {
                    let last = &mut s.lives[nth].points[50];
                    (last.x, last.y) = (-2200.0, 0.0);
                }
            },
            "Anna;AXIS;MEDIC;0;10000",
            &["2 lives", "-2200, 0, 0"],
            Some([10_000, 10_000]),
        ),
        case(
            RuleId::LimboGhost,
            |s| {
                s.lives[4].points[1..4]
                    .iter_mut()
                    .for_each(|point| (point.health, point.sprint) = (0, 1));
            },
            "Bert;ALLIES;MEDIC;8000",
            &["3 samples", "0:08.200", "0:08.600"],
            Some([8200, 8600]),
        ),
        case(
            RuleId::SampleAfterDeath,
            |s| s.lives[1].points[25].t = 5300,
            "Arno;AXIS;MEDIC;0;5000",
            &["1 samples behind", "0:05.000"],
            Some([5300, 5300]),
        ),
        case(
            RuleId::SampleAfterDeath,
            |s| s.lives[0].points[10].health = 0,
            "Anna;AXIS;MEDIC;0;10000",
            &["0 samples behind", "1 without health"],
            Some([2000, 2000]),
        ),
        case(
            RuleId::SampleCount,
            |s| s.lives[0].declared = Some(60),
            "Anna;AXIS;MEDIC;0;10000",
            &["60 samples", "has 51"],
            Some([0, 10_000]),
        ),
        case(
            RuleId::CadenceDrift,
            |s| s.set("position_sample_interval", "500"),
            "# position_sample_interval=500",
            &["500 ms", "200 ms"],
            None,
        ),
    ]
}

fn life_cases() -> Vec<Case> {
    vec![
        case(
            RuleId::LifeEmpty,
            |s| {
                s.lives.push(Life {
                    points: Vec::new(),
                    ..life("Carl", "AXIS", (1000, 1300), (0.0, 0.0), "disconnect")
                });
            },
            "Carl;AXIS;MEDIC;1000",
            &["Carl", "0:01.000 to 0:01.300"],
            Some([1000, 1300]),
        ),
        case(
            RuleId::LifeBackwards,
            |s| {
                s.lives[4].death = 7000;
                s.lives[4].points.truncate(1);
            },
            "Bert;ALLIES;MEDIC;8000",
            &["begins at 0:08.000", "ends at 0:07.000"],
            Some([7000, 8000]),
        ),
        case(
            RuleId::DuplicateLife,
            |s| {
                let twin = Life {
                    points: s.lives[4].points.clone(),
                    ..s.lives[4].clone()
                };
                let [heatmap, focus] = [s.heatmap(), s.focus()];
                *s.rows("MOVEMENT_HEATMAP") = heatmap;
                *s.rows("OBJECTIVE_FOCUS") = focus;
                // Its points are of another kind, so that sums over samples are not what is found.
                s.lives.push(twin);
                s.lives[5]
                    .points
                    .iter_mut()
                    .for_each(|point| point.event = "copy");
            },
            "Bert;ALLIES;MEDIC;8000",
            &["two equal lives that spawned at 0:08.000"],
            Some([8000, 10_000]),
        ),
        case(
            RuleId::OverlappingLives,
            |s| {
                s.lives.push(life(
                    "Anna",
                    "AXIS",
                    (9000, 11_000),
                    (100.0, 100.0),
                    "round_end",
                ));
            },
            "Anna;AXIS;MEDIC;9000",
            &["Anna", "0:09.000", "1000 ms of it", "0:10.000"],
            Some([9000, 10_000]),
        ),
        case(
            RuleId::KilledWithoutRow,
            |s| s.lives[3] = life("Bea", "ALLIES", (0, 9400), (700.0, 100.0), "selfkill"),
            "Bea;ALLIES;MEDIC;0;9400",
            &["Bea", "0:09.400", "self kill"],
            Some([9400, 9400]),
        ),
        case(
            RuleId::SharedGuid,
            |s| {
                s.lives.push(Life {
                    guid: String::new(),
                    ..life("Carl", "AXIS", (1000, 2000), (0.0, 0.0), "disconnect")
                });
            },
            "",
            &["1 players have no GUID"],
            None,
        ),
    ]
}

fn clock_cases() -> Vec<Case> {
    vec![
        case(
            RuleId::ClockNegative,
            |s| {
                s.lives
                    .push(life("Carl", "AXIS", (-700, 2000), (0.0, 0.0), "disconnect"));
            },
            "",
            &["before zero", "-700"],
            Some([-700, 10_000]),
        ),
        case(
            RuleId::ClockInflated,
            |s| *s = late(),
            "",
            &["60000 ms before the first spawn"],
            Some([60_000, 62_000]),
        ),
        case(
            RuleId::ClockStaleSpawns,
            |s| {
                let carl = life("Carl", "AXIS", (200, 2000), (0.0, 0.0), "disconnect");
                s.lives.push(Life {
                    spawn: 3000,
                    ..carl
                });
                let first = s.lives[5].points[0];
                s.lives[5].points.insert(0, Point { t: 3000, ..first });
                s.lives[5].points[1].event = "sample";
            },
            "Carl;AXIS;MEDIC;3000",
            &["1 lives whose spawn time"],
            Some([0, 10_000]),
        ),
        case(
            RuleId::ClockWall,
            |s| s.set("round_end_unix", "1767268830"),
            "",
            &["10000 ms", "30000 ms"],
            Some([0, 10_000]),
        ),
        case(
            RuleId::ClockOutliers,
            |s| {
                s.lives.push(life(
                    "Carl",
                    "AXIS",
                    (90_000_000, 90_000_200),
                    (0.0, 0.0),
                    "disconnect",
                ));
            },
            "",
            &["2 samples"],
            Some([0, 10_000]),
        ),
    ]
}

/// One life of somebody who waits a minute.
fn late() -> Scene {
    let mut scene = clean();
    scene
        .header
        .retain(|(key, _)| *key != "tracker_version_full");
    scene.set("round_end_unix", "1767268802");
    scene.lives = vec![life(
        "Anna",
        "AXIS",
        (60_000, 62_000),
        (100.0, 100.0),
        "round_end",
    )];
    scene.sections = ["ENGAGEMENTS", "KILL_HEATMAP"]
        .map(|name| (name, Vec::new()))
        .into();
    scene
}

fn death_cases() -> Vec<Case> {
    vec![
        // Bea's life goes on; everybody else agrees that she died.
        case(
            RuleId::KillWithoutEnd,
            |s| {
                s.rows("ENGAGEMENTS").push("4;6000;6000;0;GUIDBea;Bea;ALLIES;killed;100;GUIDAnna;Anna;1;0;;;700.0;100.0;0.0;700.0;100.0;0.0;0.0;6000,700.0,100.0,0.0,start;GUIDAnna,Anna,AXIS,100,1,6000,6000,1,3:1;".into());
                s.rows("COMBAT_POSITIONS").push("6000;kill;GUIDAnna;Anna;AXIS;MEDIC;GUIDBea;Bea;ALLIES;MEDIC;100;100;0;700;100;0;3;8;100;2;1".into());
                s.edit("KILL_HEATMAP", 0, "1;0;1;0", "1;0;2;0");
            },
            "4;6000;6000",
            &["Bea dies at 0:06.000", "until 0:10.000"],
            Some([6000, 6000]),
        ),
        case(
            RuleId::DeathWhileAbsent,
            |s| {
                s.rows("ENGAGEMENTS").push("4;3800;6000;2200;GUIDBert;Bert;ALLIES;killed;100;GUIDAnna;Anna;1;0;;;600.0;100.0;0.0;600.0;100.0;0.0;0.0;3800,600.0,100.0,0.0,start;GUIDAnna,Anna,AXIS,100,1,3800,6000,1,3:1;".into());
                s.rows("COMBAT_POSITIONS").push("6000;kill;GUIDAnna;Anna;AXIS;MEDIC;GUIDBert;Bert;ALLIES;MEDIC;100;100;0;600;100;0;3;8;100;2;1".into());
                s.edit("KILL_HEATMAP", 0, "1;0;1;0", "1;0;2;0");
            },
            "4;3800;6000",
            &["Bert dies at 0:06.000", "dead, waiting"],
            Some([6000, 6000]),
        ),
        case(
            RuleId::KillRows,
            |s| s.edit("COMBAT_POSITIONS", 0, "GUIDArno;Arno", "GUIDAnna;Anna"),
            "4000;kill;GUIDAnna",
            &["Bert", "by Anna by kill row", "by Arno by engagement"],
            Some([4000, 4000]),
        ),
        case(
            RuleId::KillRows,
            |s| {
                s.rows("COMBAT_POSITIONS").remove(0);
            },
            "1;3500;4000;500",
            &["Bert", "no kill row"],
            Some([4000, 4000]),
        ),
    ]
}

fn fight_cases() -> Vec<Case> {
    vec![
        case(
            RuleId::CorpseEngagement,
            |s| {
                s.edit(
                    "ENGAGEMENTS",
                    2,
                    "3;5200;9000;3800;GUIDAnna;Anna;AXIS",
                    "3;5200;9000;3800;GUIDArno;Arno;AXIS",
                );
            },
            "3;5200;9000;3800;GUIDArno",
            &["engagement 3 on Arno", "dead body", "30 damage"],
            Some([5200, 9000]),
        ),
        case(
            RuleId::EngagementOutsideLife,
            |s| {
                s.lives.push(life(
                    "Carl",
                    "AXIS",
                    (6000, 8000),
                    (100.0, 100.0),
                    "disconnect",
                ));
                s.edit("ENGAGEMENTS", 2, "GUIDAnna;Anna;AXIS", "GUIDCarl;Carl;AXIS");
            },
            "3;5200;9000;3800;GUIDCarl",
            &["engagement 3 on Carl", "0:05.200", "not yet spawned"],
            Some([5200, 9000]),
        ),
        case(
            RuleId::AttackerAbsent,
            |s| {
                s.lives.push(life(
                    "Carl",
                    "ALLIES",
                    (6000, 8000),
                    (100.0, 100.0),
                    "disconnect",
                ));
                s.edit("ENGAGEMENTS", 2, "GUIDBea,Bea,", "GUIDCarl,Carl,");
            },
            "3;5200;9000;3800",
            &["hit by Carl at 0:05.200", "not yet spawned"],
            Some([5200, 5200]),
        ),
        case(
            RuleId::DamageSum,
            |s| s.edit("ENGAGEMENTS", 0, "killed;100", "killed;140"),
            "1;3500",
            &["140", "100"],
            Some([3500, 4000]),
        ),
        case(
            RuleId::AttackerCount,
            |s| s.edit("ENGAGEMENTS", 0, "Arno;2;1", "Arno;3;1"),
            "1;3500",
            &["3 attackers by number, 2 in the list"],
            Some([3500, 4000]),
        ),
        case(
            RuleId::CrossfireFlag,
            |s| s.edit("ENGAGEMENTS", 0, ";2;1;200;", ";2;0;;"),
            "1;3500",
            &["no crossfire by its columns", "200 ms between"],
            Some([3500, 4000]),
        ),
        case(
            RuleId::EngagementDuration,
            |s| s.edit("ENGAGEMENTS", 0, "4000;500;", "4000;700;"),
            "1;3500",
            &["700 ms", "500 ms"],
            Some([3500, 4000]),
        ),
    ]
}

fn row_cases() -> Vec<Case> {
    vec![
        case(
            RuleId::TradeArithmetic,
            |s| s.edit("TRADE_KILLS", 0, ";1000;", ";1200;"),
            "4000;5000;1200",
            &["1200 ms", "1000 ms"],
            Some([4000, 5000]),
        ),
        case(
            RuleId::SpawnTiming,
            |s| s.edit("SPAWN_TIMING", 2, "4999;0.500", "3000;0.300"),
            "5001;10000;3000",
            &["0:05.001", "1999 ms off"],
            Some([5001, 5001]),
        ),
        case(
            RuleId::SpawnTiming,
            |s| s.set("allies_spawn_interval", "20000"),
            "4000;8000;4000",
            &["interval 8000 ms", "20000 ms"],
            Some([4000, 4000]),
        ),
        case(
            RuleId::OutcomeArithmetic,
            |s| s.edit("KILL_OUTCOME", 1, "2000;2000", "2000;2500"),
            "revived",
            &["revived at 0:07.000", "2500 ms denied"],
            Some([5000, 7000]),
        ),
        case(
            RuleId::FocusSamples,
            |s| {
                let focus = s.focus();
                *s.rows("OBJECTIVE_FOCUS") = focus;
                s.edit("OBJECTIVE_FOCUS", 0, ";49", ";50");
            },
            "GUIDAnna;Anna;AXIS;hill",
            &["50 samples by OBJECTIVE_FOCUS, 49 in his lives"],
            None,
        ),
        case(
            RuleId::AimLock,
            |s| s.edit("AIM_LOCK", 0, "3800;800", "9000;6000"),
            "3000;9000",
            &["6000 ms with 2 samples", "1200 ms"],
            Some([3000, 9000]),
        ),
        case(
            RuleId::CarrierEfficiency,
            |s| s.edit("CARRIER_EVENTS", 0, "0.800", "1.250"),
            "redflag",
            &["1.25", "400 u straight, 500 u"],
            Some([1000, 3000]),
        ),
        case(
            RuleId::VehicleZeros,
            |s| {
                s.edit(
                    "VEHICLE_PROGRESS",
                    0,
                    "0;0;0;100;0;0;100.0",
                    "0;0;0;0;0;0;0.0",
                );
            },
            "tank;script_mover",
            &["tank", "no place"],
            None,
        ),
        case(
            RuleId::PushQuality,
            |s| s.edit("TEAM_PUSHES", 0, "0.600", "1.059"),
            "1000;3000;AXIS",
            &["AXIS", "1.059"],
            Some([1000, 3000]),
        ),
        case(
            RuleId::MovementHeatmap,
            |s| {
                let mut heatmap = s.heatmap();
                heatmap[0] = heatmap[0].replace(";73;", ";80;");
                *s.rows("MOVEMENT_HEATMAP") = heatmap;
            },
            "0;0;80;0;0",
            &["cell 0, 0", "80 traversals", "73 samples"],
            None,
        ),
        case(
            RuleId::KillHeatmap,
            |s| s.edit("KILL_HEATMAP", 0, "1;0;1;0", "1;0;1;3"),
            "1;0;1;3",
            &["cell 1, 0", "4 kills", "1 deaths"],
            None,
        ),
    ]
}

#[test]
fn every_rule_finds_its_fault_and_no_other_rule_does() {
    let cases = [
        file_cases(),
        clock_cases(),
        sample_cases(),
        life_cases(),
        death_cases(),
        fight_cases(),
        row_cases(),
    ]
    .concat_all();
    let mut failures = Vec::new();
    for case in &cases {
        let report = report(&case.text);
        let rule = case.rule.rule();
        let kept = &report.of(case.rule).findings;
        let Some(finding) = kept.first() else {
            failures.push(format!("{} found nothing; {:?}", rule.name, fired(&report)));
            continue;
        };
        if fired(&report) != [(rule.name, 1)] {
            let texts: Vec<_> = report
                .findings()
                .map(|finding| format!("{:?}: {}", finding.rule, finding.text))
                .collect();
            failures.push(format!("{}: {texts:#?}", rule.name));
        }
        assert_eq!(finding.severity, rule.severity);
        for said in case.says {
            if !finding.text.contains(said) {
                failures.push(format!(
                    "{} does not say {said}: {}",
                    rule.name, finding.text
                ));
            }
        }
        if finding.times_ms != case.times {
            failures.push(format!(
                "{}: at {:?}, not {:?}",
                rule.name, finding.times_ms, case.times
            ));
        }
        let lines: Vec<&str> = case.text.lines().collect();
        let named = finding.lines.iter().map(|line| lines[*line as usize - 1]);
        if let Some(wanted) = case.line
            && !named.clone().any(|line| line.contains(wanted))
        {
            failures.push(format!(
                "{}: no line with {wanted} in {:?}",
                rule.name,
                named.collect::<Vec<_>>()
            ));
        }
    }
    for rule in RULES {
        if !cases.iter().any(|case| case.rule == rule.id) {
            failures.push(format!("{} has no case", rule.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

trait ConcatAll {
    fn concat_all(self) -> Vec<Case>;
}

impl<const N: usize> ConcatAll for [Vec<Case>; N] {
    fn concat_all(self) -> Vec<Case> {
        self.into_iter().flatten().collect()
    }
}

#[test]
fn empty_files_give_empty_reports() {
    let report = report(
        "# PROXIMITY_TRACKER_V6\n# ENGAGEMENTS\n# PLAYER_TRACKS\n# KILL_HEATMAP\n# MOVEMENT_HEATMAP\n",
    );
    assert!(fired(&report).is_empty(), "{:?}", fired(&report));
    let nothing = named_report("# PROXIMITY_TRACKER_V6\n", "");
    assert_eq!(fired(&nothing), [("cut-file", 1)], "sections are missing");
}

/// However much is wrong, the report stays small, and the worst is in it.
#[test]
fn the_worst_findings_are_kept() {
    let scene = Scene::with(|scene| {
        let rows = (1..=500).map(|n| format!("1000;3000;AXIS;200.0;1.000;0.000;0.900;{n}.5;2;N/A"));
        *scene.rows("TEAM_PUSHES") = rows.collect();
    });
    let document = format::read(scene.text().as_bytes()).unwrap();
    let round = Round::build(document, Provenance::default());
    let params = Params {
        most_findings: 3,
        ..Params::default()
    };
    let report = report_of(&round, &params);
    let pushes = report.of(RuleId::PushQuality);
    assert_eq!(
        (pushes.checked, pushes.count, report.notes),
        (500, 500, 500)
    );
    let texts: Vec<_> = pushes
        .findings
        .iter()
        .map(|finding| finding.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "a push of AXIS with quality 500.5",
            "a push of AXIS with quality 499.5",
            "a push of AXIS with quality 498.5"
        ]
    );
}

/// What the rules find in real files: every entry is a known doing of the version that wrote it (see the rules' `known`).
#[test]
fn findings_in_real_files_are_the_known_ones() {
    let cases: &[(&str, &[(&str, u64)])] = &[
        (
            "4.0/2026-01-20-201300",
            &[("round-number", 1), ("corpse-engagement", 26)],
        ),
        (
            "4.2/2026-02-14-202500",
            &[
                ("clock-negative", 1),
                ("sample-gap", 12),
                ("corpse-engagement", 44),
            ],
        ),
        (
            "4.2/2026-02-22",
            &[("empty-guid", 1), ("corpse-engagement", 33)],
        ),
        (
            "6.01/2026-04-03-201245",
            &[
                ("clock-wall", 1),
                ("corpse-engagement", 24),
                ("vehicle-zeros", 4),
            ],
        ),
        (
            "6.02/2026-05-19-204700",
            &[("cut-file", 1), ("corpse-engagement", 29)],
        ),
        (
            "6.11/2026-08-23-202535",
            &[("clock-stale-spawns", 1), ("corpse-engagement", 27)],
        ),
        (
            "sandpit/2026-11-19-201935",
            &[("round-end-place", 1), ("corpse-engagement", 18)],
        ),
        (
            "sandpit/2026-11-19-212012",
            &[("round-end-place", 1), ("corpse-engagement", 16)],
        ),
        (
            "sandpit/2026-11-19-212637",
            &[("round-end-place", 1), ("corpse-engagement", 12)],
        ),
        ("3.0/2025-12-12", &[("round-number", 1)]),
    ];
    for (name, wanted) in cases {
        let report = report_of(&support::round(&support::fixture(name)), &Params::default());
        assert_eq!(fired(&report), *wanted, "{name}");
    }
}

/// Whatever the file, a report is bounded and its findings name lines and players that exist.
#[test]
fn reports_of_all_files_hold_together() {
    for path in support::rounds() {
        let round = support::round(&path);
        let lines = support::plain(&path).split(|byte| *byte == b'\n').count();
        let report = report_of(&round, &Params::default());
        assert_eq!(report.rules.len(), RULES.len());
        for rule in &report.rules {
            assert_eq!(rule.findings.len() as u64, rule.count.min(20));
            assert!(rule.findings.is_sorted_by(|a, b| a.weight >= b.weight));
        }
        for finding in report.findings() {
            assert!(
                finding
                    .lines
                    .iter()
                    .all(|line| (1..=lines).contains(&(*line as usize))),
                "{finding:?}"
            );
            assert!(
                finding
                    .players
                    .iter()
                    .all(|player| player.index() < round.players.len())
            );
            assert!(
                finding.weight.is_finite()
                    && finding
                        .place
                        .is_none_or(|place| place.iter().all(|axis| axis.is_finite()))
            );
        }
    }
}
