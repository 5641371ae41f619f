//! Empty rounds, the order of rows, and what is known when.

use crate::story::Story;
use crate::{exits_of, flags, paths_of, shapes_of, support, who};
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::movement::{Profile, profiles};
use sandtable::analysis::routes::{
    Company, CompanyParams, Exit, ExitParams, RouteParams, ShareParams, SpawnExits, life_shares,
    routes, spawn_exits,
};
use sandtable::analysis::shape::{
    NotComparable, Params as ShapeParams, Push, PushParams, TeamShape, cohesion_agreement,
    push_agreement, pushes, shape_summaries,
};
use sandtable::maps::table::KnownMaps;
use sandtable::model::{PlayerId, Provenance, Round};
use std::collections::BTreeMap;

#[test]
fn nothing_comes_of_nothing() {
    for round in [
        Story::default().round(),
        support::round(&support::fixture("3.0/")),
    ] {
        let flags = flags(&round);
        let exits = spawn_exits(&[(&round, &flags)], &ExitParams::default());
        assert_eq!(exits, SpawnExits::default());
        let paths = paths_of(0, &round);
        assert!(paths.is_empty());
        let routes = routes(&paths, &RouteParams::default());
        assert!(
            routes
                .iter()
                .all(|team| team.routes.is_empty() && team.compared == 0)
        );
        let company = Company::of(&round, &flags, &CompanyParams::default());
        assert_eq!(company, Company::default());
        assert!(life_shares(&round, &flags, &company, &ShareParams::default()).is_empty());
        assert!(shapes_of(&round).is_empty() && shape_summaries(&[]).is_empty());
        let ours = pushes(&round, &flags, &[], &PushParams::default());
        assert!(ours.is_empty() && profiles(&round, &flags).is_empty());
        assert_eq!(
            cohesion_agreement(&round, &flags, &ShapeParams::default()),
            Err(NotComparable::NoRows)
        );
    }
    assert_eq!(
        spawn_exits(&[], &ExitParams::default()),
        SpawnExits::default()
    );
}

/// Texts of results, by what they are.
type Digest = BTreeMap<&'static str, Vec<String>>;

/// Everything that a round gives, without numbers of players and lives, which rows of another order change.
fn digest(round: &Round) -> Digest {
    let mut all = Digest::new();
    put_exits_and_routes(round, &mut all);
    put_company(round, &mut all);
    put_teams(round, &mut all);
    // In file order.
    for of_rows in ["leaving", "company", "shares", "profiles"] {
        all.get_mut(of_rows).unwrap().sort();
    }
    all
}

fn put_exits_and_routes(round: &Round, all: &mut Digest) {
    let exits = exits_of(round);
    let texts = |rows: &[Exit]| rows.iter().map(|row| format!("{row:?}")).collect();
    all.insert("exits", texts(&exits.exits));
    all.insert(
        "areas",
        exits.areas.iter().map(|area| format!("{area:?}")).collect(),
    );
    let lives = exits.lives.iter();
    let leaving = lives.map(|l| format!("{} {:?} {:?}", who(round, l.player), l.area, l.leaving));
    all.insert("leaving", leaving.collect());
    let paths = paths_of(0, round);
    let path = |nth: usize| format!("{} {}", who(round, paths[nth].player), paths[nth].start_ms);
    let list = |lives: &[usize]| {
        let mut names: Vec<String> = lives.iter().map(|nth| path(*nth)).collect();
        names.sort();
        names.join(", ")
    };
    let mut texts = Vec::new();
    for team in routes(&paths, &RouteParams::default()) {
        texts.push(format!(
            "{} {} {} {}",
            team.compared,
            team.too_short,
            team.deaths,
            list(&team.alone)
        ));
        for route in &team.routes {
            let numbers = (
                route.share,
                route.deaths,
                route.share_of_deaths,
                route.mean_distance_u,
            );
            texts.push(format!(
                "{} {numbers:?} {}",
                path(route.representative),
                list(&route.lives)
            ));
        }
    }
    all.insert("routes", texts);
}

fn put_company(round: &Round, all: &mut Digest) {
    let (flags, samples) = (flags(round), round.samples());
    let company = Company::of(round, &flags, &CompanyParams::default());
    let near = round.lives().iter().flat_map(|life| {
        life.sample_indices().map(|index| {
            let near = (company.enemy_u[index], company.mate_u[index]);
            format!(
                "{} {} {near:?}",
                who(round, life.player),
                samples.time_ms[index]
            )
        })
    });
    all.insert("company", near.collect());
    let shares = life_shares(round, &flags, &company, &ShareParams::default());
    let shares = shares.iter().map(|s| {
        let times = (
            s.alive_ms,
            s.danger_ms,
            s.danger_unsure_ms,
            s.alone_ms,
            s.alone_unsure_ms,
        );
        format!("{} {times:?}", who(round, s.player))
    });
    all.insert("shares", shares.collect());
}

fn put_teams(round: &Round, all: &mut Digest) {
    let flags = flags(round);
    let nobody = [PlayerId(0), PlayerId(0)];
    let shapes = shapes_of(round);
    let shapes = shapes.iter().map(|shape| {
        let pair = shape.closest.map(|player| who(round, player));
        format!(
            "{:?} {pair:?}",
            TeamShape {
                closest: nobody,
                ..*shape
            }
        )
    });
    all.insert("shapes", shapes.collect());
    let known = KnownMaps::bundled().lookup(round.map());
    let objectives = known
        .map(|found| found.map.objectives.clone())
        .unwrap_or_default();
    let pushes = pushes(round, &flags, &objectives, &PushParams::default());
    let pushes = pushes.iter().map(|push| {
        let mut names: Vec<String> = push.participants.iter().map(|p| who(round, *p)).collect();
        names.sort();
        format!(
            "{:?} {names:?}",
            Push {
                participants: Vec::new(),
                ..push.clone()
            }
        )
    });
    all.insert("pushes", pushes.collect());
    let profiles = profiles(round, &flags);
    let profiles = profiles.iter().map(|profile| {
        format!(
            "{} {:?}",
            who(round, profile.player),
            Profile {
                player: nobody[0],
                ..profile.clone()
            }
        )
    });
    all.insert("profiles", profiles.collect());
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut paths = vec![
        support::root().join("assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz"),
    ];
    paths.extend(["212012-sandpit", "202535-supply"].map(support::fixture));
    for path in paths {
        let document = support::document(&path);
        let mut turned = document.clone();
        // Every third row first, then the rest backwards.
        let n = document.tracks.rows.len();
        let order: Vec<usize> = (0..n)
            .step_by(3)
            .chain((0..n).rev().filter(|nth| nth % 3 != 0))
            .collect();
        turned.tracks.rows = order.iter().map(|nth| document.tracks.rows[*nth]).collect();
        let (a, b) = [document, turned]
            .map(|document| Round::build(document, Provenance::default()))
            .into();
        let (a, b) = (digest(&a), digest(&b));
        for (what, rows) in &a {
            assert!(!rows.is_empty(), "{what}");
            assert!(rows == &b[what], "{what} of {}", path.display());
        }
    }
}

/// What is known at a moment does not change by what comes after it.
#[test]
fn nothing_looks_ahead() {
    let document = support::document(
        &support::root().join("assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz"),
    );
    let cut_ms = 150_000;
    let mut cut = document.clone();
    for row in &mut cut.tracks.rows {
        let until = document.samples.time_ms[row.path.range()]
            .iter()
            .filter(|t| **t <= cut_ms)
            .count();
        row.path.len = until as u32;
    }
    let (whole, cut) = [document, cut]
        .map(|document| Round::build(document, Provenance::default()))
        .into();
    let (whole_flags, cut_flags) = (flags(&whole), flags(&cut));
    let params = CompanyParams::default();
    let (before, after) = (
        Company::of(&cut, &cut_flags, &params),
        Company::of(&whole, &whole_flags, &params),
    );
    let mut compared = 0;
    for (index, t) in whole.samples().time_ms.iter().enumerate() {
        if *t <= cut_ms {
            assert_eq!(
                (before.enemy_u[index], before.mate_u[index]),
                (after.enemy_u[index], after.mate_u[index])
            );
            compared += 1;
        }
    }
    assert!(compared > 5000);
    let until = |shapes: Vec<TeamShape>| {
        shapes
            .into_iter()
            .filter(|s| s.t_ms <= i64::from(cut_ms))
            .collect::<Vec<_>>()
    };
    let (before, after) = (until(shapes_of(&cut)), until(shapes_of(&whole)));
    assert!(before.len() > 400 && before == after);
    let ended = |round: &Round, flags: &RowFlags| {
        let mut found = pushes(round, flags, &[], &PushParams::default());
        found.retain(|push| push.end_ms < i64::from(cut_ms) - 1000);
        found
    };
    let (before, after) = (ended(&cut, &cut_flags), ended(&whole, &whole_flags));
    assert!(before.len() > 20 && before == after);
}

/// Whatever numbers a damaged file holds, nothing overflows and nothing infinite comes out.
#[test]
fn extreme_numbers_do_no_harm() {
    let mut story = Story::default();
    let path = |x: &str| {
        format!(
            "-2147483648,{x},0.0,0.0,100,9.0,8,0,0,spawn|0,0.0,{x},0.0,100,9.0,8,0,1,sample|2147483647,-{x},0.0,0.0,0,0.0,8,0,0,killed"
        )
    };
    for (nth, (from, to)) in [
        (-4_000_000_000_000_000_i64, 4_000_000_000_000_000_i64),
        (4_000_000_000_000_000, -4_000_000_000_000_000),
        (-2_147_483_648, 2_147_483_647),
    ]
    .into_iter()
    .enumerate()
    {
        for (team, x) in [("AXIS", "1e38"), ("ALLIES", "65000.0"), ("AXIS", "3.4e38")] {
            let name = format!("{team}{nth}{x}");
            story.tracks.push(format!(
                "GUID{name};{name};{team};MEDIC;{from};{to};{to};killed;3;{}",
                path(x)
            ));
        }
    }
    let rows = |row: &str| {
        [-4_000_000_000_000_000_i64, 0, 4_000_000_000_000_000]
            .map(|t| row.replace('T', &t.to_string()))
            .to_vec()
    };
    story.sections.push((
        "TEAM_COHESION",
        rows("T;AXIS;T;1e300;-1e300;0.0;0.0;0;A+B;0.0"),
    ));
    story
        .sections
        .push(("TEAM_PUSHES", rows("T;T;AXIS;1.0;1.0;0.0;1.0;1.0;T;NO")));
    let text = story.text();
    let document = sandtable::format::read(text.as_bytes()).unwrap();
    assert!(
        document.tracks.rows.len() == 9,
        "{}",
        document.tracks.rows.len()
    );
    let round = Round::build(document, Provenance::default());
    let all = digest(&round);
    for (what, rows) in &all {
        let odd = rows
            .iter()
            .find(|row| row.contains("NaN") || row.contains("inf"));
        assert_eq!(odd, None, "{what}");
    }
    let flags = flags(&round);
    let params = PushParams::default();
    let ours = pushes(&round, &flags, &[], &params);
    assert!(cohesion_agreement(&round, &flags, &ShapeParams::default()).is_ok());
    assert!(push_agreement(&round, &flags, &ours, &[], &params).is_ok());
}
