//! Exits, routes, company, team shape, pushes and movement: small scenes worked out by hand, and what must hold on real rounds.

#[path = "support/story.rs"]
mod story;
#[path = "support/mod.rs"]
mod support;

use sandtable::analysis::deaths::deaths;
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::movement::{
    FirstMoves, Measured, NotMeasured, Profile, StanceTimes, Times, profiles,
};
use sandtable::analysis::routes::{
    Company, CompanyParams, ExitParams, Leaving, LifeShares, Path, PathParams, RouteParams,
    ShareParams, SpawnExits, life_columns, life_shares, path_distance_u, paths, routes,
    spawn_exits,
};
use sandtable::analysis::shape::{
    NotComparable, OnlyFile, OnlyOurs, Params as ShapeParams, Push, PushParams, Quantiles,
    TeamShape, Toward, cohesion_agreement, push_agreement, pushes, shape_summaries, shapes,
};
use sandtable::format;
use sandtable::maps::objective::Objective;
use sandtable::maps::table::KnownMaps;
use sandtable::model::{LifeId, PlayerId, Provenance, Round, Team};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use story::{Story, guid};

const AXIS: &str = "AXIS";
const ALLIES: &str = "ALLIES";

/// A point of a path, full of health unless said otherwise.
#[derive(Clone, Copy, Debug)]
struct Point {
    t: i64,
    x: f64,
    y: f64,
    z: f64,
    health: i32,
    stance: i32,
    sprint: i32,
}

fn at(t: i64, x: f64, y: f64) -> Point {
    Point {
        t,
        x,
        y,
        z: 24.0,
        health: 100,
        stance: 0,
        sprint: 0,
    }
}

/// A life of (name, team) along `points`, which ends as said at `end_ms`; a death has a last point of its own where the last one is.
fn life(
    story: &mut Story,
    (name, team): (&str, &str),
    points: &[Point],
    end_ms: i64,
    end: &str,
    first_move: Option<i64>,
) {
    let mut all = points.to_vec();
    if end == "killed" {
        let last = points[points.len() - 1];
        all.push(Point {
            t: end_ms,
            health: 0,
            stance: 0,
            sprint: 0,
            ..last
        });
    }
    let mut path = String::new();
    for (nth, p) in all.iter().enumerate() {
        let event = match nth {
            0 => "spawn",
            _ if nth + 1 == all.len() && end == "killed" => "killed",
            _ => "sample",
        };
        let bar = if nth == 0 { "" } else { "|" };
        let _ = write!(
            path,
            "{bar}{},{:.1},{:.1},{:.1},{},100.0,8,{},{},{event}",
            p.t, p.x, p.y, p.z, p.health, p.stance, p.sprint
        );
    }
    story.tracks.push(format!(
        "{};{name};{team};MEDIC;{};{end_ms};{};{end};{};{path}",
        guid(name),
        points[0].t,
        first_move.map(|t| t.to_string()).unwrap_or_default(),
        all.len()
    ));
}

/// Points every `step` ms from (x, y), `count` steps of (dx, dy).
fn walk(t: i64, step: i64, (x, y): (f64, f64), (dx, dy): (f64, f64), count: i64) -> Vec<Point> {
    (0..=count)
        .map(|k| at(t + k * step, x + dx * k as f64, y + dy * k as f64))
        .collect()
}

fn flags(round: &Round) -> RowFlags {
    RowFlags::of(round, &deaths(round))
}

fn name(round: &Round, player: PlayerId) -> &str {
    &round.players[player].plain_name
}

fn exits_of(round: &Round) -> SpawnExits {
    spawn_exits(&[(round, &flags(round))], &ExitParams::default())
}

/// Axis spawn at x 0 to 200: Anna leaves to the east, Bert to the north, Carl to the east; Dora dies inside, Emil is carried off. Fritz
/// spawns far away, Gina of the Allies in the midst of the Axis.
fn spawns() -> Story {
    let mut story = Story::default();
    let east = (100.0, 0.0);
    life(
        &mut story,
        ("Anna", AXIS),
        &walk(1000, 200, (0.0, 0.0), east, 10),
        3300,
        "killed",
        None,
    );
    life(
        &mut story,
        ("Bert", AXIS),
        &walk(1000, 200, (200.0, 0.0), (0.0, 100.0), 8),
        2700,
        "killed",
        None,
    );
    life(
        &mut story,
        ("Carl", AXIS),
        &walk(5000, 200, (100.0, 0.0), east, 9),
        6900,
        "killed",
        None,
    );
    life(
        &mut story,
        ("Dora", AXIS),
        &walk(5000, 200, (100.0, 0.0), (0.0, 0.0), 3),
        5700,
        "killed",
        None,
    );
    let mut carried = walk(5000, 200, (100.0, 0.0), (0.0, 0.0), 1);
    carried.extend(walk(5400, 200, (3000.0, 0.0), east, 3));
    life(&mut story, ("Emil", AXIS), &carried, 6100, "killed", None);
    life(
        &mut story,
        ("Fritz", AXIS),
        &walk(5000, 200, (5000.0, 0.0), east, 5),
        6100,
        "killed",
        None,
    );
    life(
        &mut story,
        ("Gina", ALLIES),
        &walk(1000, 200, (100.0, 0.0), east, 5),
        2100,
        "killed",
        None,
    );
    story
}

#[test]
fn exits_of_a_scene() {
    let round = spawns().round();
    let found = exits_of(&round);
    let areas: Vec<_> = found
        .areas
        .iter()
        .map(|a| (a.team, a.centre, a.spread_u, a.radius_u, a.lives))
        .collect();
    let z = 24.0;
    assert_eq!(
        areas,
        [
            (Team::Axis, [100.0, 0.0, z], 100.0, 420.0, 5),
            (Team::Axis, [5000.0, 0.0, z], 0.0, 320.0, 1),
            (Team::Allies, [100.0, 0.0, z], 0.0, 320.0, 1),
        ]
    );
    assert_eq!(
        (&found.stayed, &found.jumped),
        (&vec![1, 0, 0], &vec![1, 0, 0])
    );
    // To the east the circle ends at 520: the samples at 600 are the first outside. Anna needs six steps, Carl five.
    let exits: Vec<_> = found
        .exits
        .iter()
        .map(|e| {
            (
                e.area,
                e.place,
                e.direction,
                e.lives,
                e.median_ms,
                e.fastest_ms,
            )
        })
        .collect();
    assert_eq!(
        exits,
        [
            (0, [600.0, 0.0, z], Some([1.0, 0.0]), 2, 1000, 1000),
            (0, [200.0, 500.0, z], Some([0.0, 1.0]), 1, 1000, 1000),
            (1, [5400.0, 0.0, z], Some([1.0, 0.0]), 1, 800, 800),
            (2, [500.0, 0.0, z], Some([1.0, 0.0]), 1, 800, 800),
        ]
    );
    assert_eq!(found.exits[0].share, 2.0 / 3.0);
    let leaving = |nth: usize| found.lives[nth].leaving;
    assert_eq!(
        leaving(0),
        Leaving::Left {
            t_ms: 2200,
            after_ms: 1200,
            place: [600.0, 0.0, z],
            direction: [1.0, 0.0],
            exit: 0
        }
    );
    assert_eq!((leaving(3), leaving(4)), (Leaving::Stayed, Leaving::Jumped));
}

#[test]
fn exits_of_two_rounds_are_of_one_map() {
    let round = spawns().round();
    let flags = flags(&round);
    let one = spawn_exits(&[(&round, &flags)], &ExitParams::default());
    let two = spawn_exits(
        &[(&round, &flags), (&round, &flags)],
        &ExitParams::default(),
    );
    assert_eq!(two.areas.len(), one.areas.len());
    for (two, one) in two.exits.iter().zip(&one.exits) {
        assert_eq!(
            (two.lives, two.share, two.median_ms),
            (2 * one.lives, one.share, one.median_ms)
        );
    }
    assert_eq!(two.lives.len(), 14);
    assert_eq!((two.lives[7].round, two.lives[7].life), (1, LifeId(0)));
    assert_eq!(two.lives[7].leaving, one.lives[0].leaving);
}

/// Six lives on two ways that part after 400 u, one on a way of his own, one that ends before it can be told.
fn ways() -> Story {
    let mut story = Story::default();
    let mut go = |name: &str, start: i64, y: f64, end: &str| {
        let points = walk(start, 200, (0.0, y), (50.0, 0.0), 40);
        life(&mut story, (name, AXIS), &points, start + 8100, end, None);
    };
    go("Anna", 1000, 0.0, "killed");
    go("Bert", 2000, 40.0, "killed");
    go("Carl", 3000, 100.0, "round_end");
    go("Dora", 1000, 1000.0, "round_end");
    go("Emil", 2000, 1060.0, "killed");
    go("Fritz", 2000, -3000.0, "killed");
    let short = walk(1000, 200, (0.0, 0.0), (50.0, 0.0), 4);
    life(&mut story, ("Gina", AXIS), &short, 2000, "killed", None);
    // 1000 u, which is core of no route, along the second way.
    let half = walk(1000, 200, (0.0, 1030.0), (50.0, 0.0), 20);
    life(&mut story, ("Hans", AXIS), &half, 5200, "killed", None);
    story
}

fn paths_of(number: usize, round: &Round) -> Vec<Path> {
    paths(
        number,
        round,
        &flags(round),
        &deaths(round),
        &PathParams::default(),
    )
}

#[test]
fn routes_of_a_scene() {
    let round = ways().round();
    let paths = paths_of(0, &round);
    // 2000 u of way: a place at 0, 192, … 1920 u.
    assert_eq!(paths[0].places.len(), 11);
    assert_eq!(paths[0].places[2], [384.0, 0.0, 24.0]);
    assert_eq!((paths[6].places.len(), paths[7].places.len()), (2, 6));
    assert_eq!(path_distance_u(&paths[0], &paths[1]), Some(40.0));
    assert_eq!(path_distance_u(&paths[1], &paths[2]), Some(60.0));
    let found = routes(&paths, &RouteParams::default());
    assert_eq!(found[1].compared, 0, "no Allies");
    let axis = &found[0];
    assert_eq!((axis.compared, axis.too_short, axis.deaths), (7, 1, 5));
    assert_eq!(axis.alone, [5], "Fritz");
    let [first, second] = axis.routes.as_slice() else {
        panic!("{:?}", axis.routes)
    };
    assert_eq!(first.lives, [0, 1, 2]);
    assert_eq!(first.representative, 1, "Bert is nearest to both others");
    assert_eq!((first.share, first.deaths), (3.0 / 7.0, 2));
    assert_eq!(first.share_of_deaths, Some(2.0 / 5.0));
    assert_eq!(first.mean_distance_u, 50.0);
    assert_eq!(
        (&second.lives, second.representative),
        (&vec![3, 4, 7], 3),
        "the first of two equals"
    );
    assert_eq!((second.deaths, second.mean_distance_u), (2, 45.0));
}

#[test]
fn routes_of_several_rounds() {
    let round = ways().round();
    let mut both = paths_of(0, &round);
    both.extend(paths_of(1, &round));
    let axis = &routes(&both, &RouteParams::default())[0];
    assert_eq!(axis.routes[0].lives, [0, 1, 2, 8, 9, 10]);
    assert_eq!(axis.routes[0].share, 6.0 / 14.0);
    // Two lives on Fritz' way are a route.
    let lives: Vec<_> = axis.routes.iter().map(|route| route.lives.len()).collect();
    assert_eq!(
        (lives.as_slice(), axis.alone.len()),
        ([6, 6, 2].as_slice(), 0)
    );
    // Sought among fewer, the others join.
    let few = RouteParams {
        most_compared: 6,
        ..RouteParams::default()
    };
    let sampled = &routes(&both, &few)[0];
    assert_eq!(sampled.routes[0].lives.len(), 6);
    assert_eq!(sampled.compared, 14);
}

/// A path that stands and jumps: no place beyond the jump, none for standing.
#[test]
fn paths_end_at_a_jump() {
    let mut story = Story::default();
    let mut points = walk(0, 200, (0.0, 0.0), (60.0, 0.0), 10);
    points.extend(walk(2200, 200, (600.0, 0.0), (0.0, 0.0), 10));
    points.extend(walk(4400, 200, (5000.0, 0.0), (60.0, 0.0), 20));
    life(&mut story, ("Anna", AXIS), &points, 9000, "killed", None);
    let paths = paths_of(0, &story.round());
    let x: Vec<f32> = paths[0].places.iter().map(|p| p[0]).collect();
    assert_eq!(x, [0.0, 192.0, 384.0, 576.0]);
}

/// Anna walks; Bert stands 400 u north of her start until he dies at 2.0 s; Carl, an enemy 300 u up and 400 u east, is sampled at 0 and 1 s
/// only, though he lives to 6 s; Dora is an enemy in limbo at Anna's feet.
fn company() -> Story {
    let mut story = Story::default();
    life(
        &mut story,
        ("Anna", AXIS),
        &walk(0, 500, (0.0, 0.0), (0.0, 100.0), 8),
        4500,
        "killed",
        None,
    );
    life(
        &mut story,
        ("Bert", AXIS),
        &walk(0, 500, (0.0, 400.0), (0.0, 0.0), 3),
        2000,
        "killed",
        None,
    );
    let high = |t| Point {
        z: 324.0,
        ..at(t, 400.0, 0.0)
    };
    life(
        &mut story,
        ("Carl", ALLIES),
        &[high(0), high(1000)],
        6000,
        "round_end",
        None,
    );
    let limbo = |t| Point {
        health: 0,
        sprint: 1,
        ..at(t, 0.0, 0.0)
    };
    life(
        &mut story,
        ("Dora", ALLIES),
        &[at(0, 3000.0, 0.0), limbo(500), limbo(1000)],
        4000,
        "unknown",
        None,
    );
    story
}

#[test]
fn company_of_a_scene() {
    let round = company().round();
    let flags = flags(&round);
    let company = Company::of(&round, &flags, &CompanyParams::default());
    let anna = life_columns(&round, &flags, &company, LifeId(0));
    assert_eq!(
        anna.t_ms[..9],
        [0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]
    );
    // Bert is dead from 2.0 s on.
    let mates = [Some(400.0), Some(300.0), Some(200.0), Some(100.0)];
    assert_eq!(anna.solitude_u[..4], mates);
    assert!(anna.solitude_u[4..].iter().all(Option::is_none));
    // Carl is known until 1.5 s after his sample of 1.0 s: 500 u at first, and after Anna's steps to the north.
    let from = |y: f32| Some((400.0_f32.powi(2) + 300.0_f32.powi(2) + y * y).sqrt());
    let enemies: Vec<_> = [0.0, 100.0, 200.0, 300.0, 400.0, 500.0].map(from).to_vec();
    assert_eq!(anna.danger_u[..6], enemies);
    assert!(anna.danger_u[6..].iter().all(Option::is_none));
    // The last point is the death.
    assert_eq!((anna.health[8], anna.health[9]), (Some(100), None));
    assert_eq!(
        (anna.speed_u_per_s[8], anna.speed_u_per_s[9]),
        (Some(100.0), None)
    );
    // In limbo Dora has nobody near, and the Axis do not see her.
    let dora = life_columns(&round, &flags, &company, LifeId(3));
    assert_eq!(dora.danger_u, [Some(3000.0), None, None]);
}

#[test]
fn shares_of_a_scene() {
    let mut story = company();
    // Bert is revived at 2.5 s, and dies again at 3.5 s.
    let revive = format!("2500;;;{};Bert;0.0;400.0;24.0;0.0;;0", guid("Bert"));
    story.sections.push(("REVIVES", vec![revive]));
    story.engagement(
        ("Bert", AXIS),
        (1900, 2000),
        "killed",
        (0, 400),
        &[("Carl", ALLIES, 100, 1900, 2000, true)],
    );
    story.engagement(
        ("Bert", AXIS),
        (3400, 3500),
        "killed",
        (0, 400),
        &[("Carl", ALLIES, 100, 3400, 3500, true)],
    );
    let round = story.round();
    let flags = flags(&round);
    let company = Company::of(&round, &flags, &CompanyParams::default());
    let shares = life_shares(
        &round,
        &flags,
        &company,
        &ShareParams {
            danger_u: 540.0,
            alone_u: 250.0,
        },
    );
    let anna = LifeShares {
        life: LifeId(0),
        player: PlayerId(0),
        alive_ms: 4500,
        // 500, 510 and 539 u at 0, 0.5 and 1.0 s.
        danger_ms: 1500,
        danger_unsure_ms: 0,
        // Farther than 250 u at 0 and 0.5 s, nobody seen from 2.0 s on; of this Bert lives at 2.5 and 3.0 s.
        alone_ms: 1000 + 2500,
        alone_unsure_ms: 1000,
    };
    assert_eq!(shares[0], anna);
    assert_eq!(shares[0].danger_percent(), Some(100.0 / 3.0));
    // Carl's last sample holds for two cadences of 500 ms; Bert unseen is not sure safety.
    assert_eq!((shares[2].alive_ms, shares[2].danger_unsure_ms), (2000, 0));
}

/// A round by each life that contains the time, sample by sample: what [`Company`] must equal.
fn company_by_hand(round: &Round, flags: &RowFlags, oldest_ms: i64) -> Company {
    let samples = round.samples();
    let mut company = Company {
        enemy_u: vec![None; samples.len()],
        mate_u: vec![None; samples.len()],
    };
    let is_living = |index: usize| !flags.ghost_samples[index] && samples.health[index] > 0;
    let is_side = |team: Option<Team>| team.is_some_and(|team| team.opponent().is_some());
    for life in round.lives().iter().filter(|life| is_side(life.team)) {
        for index in life.sample_indices().filter(|index| is_living(*index)) {
            let t_ms = i64::from(samples.time_ms[index]);
            for other in round.lives().iter().filter(|other| is_side(other.team)) {
                let Some(seen) = other.sample_at(samples, t_ms) else {
                    continue;
                };
                if other.player == life.player || seen.age_ms > oldest_ms || !is_living(seen.index)
                {
                    continue;
                }
                let [x, y, z] =
                    [&samples.x, &samples.y, &samples.z].map(|axis| axis[seen.index] - axis[index]);
                let u = (x * x + y * y + z * z).sqrt();
                let best = if other.team == life.team {
                    &mut company.mate_u[index]
                } else {
                    &mut company.enemy_u[index]
                };
                *best = Some(best.map_or(u, |best: f32| best.min(u)));
            }
        }
    }
    company
}

fn demo() -> Round {
    support::round(
        &support::root().join("assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz"),
    )
}

#[test]
fn company_of_real_rounds_is_the_one_counted_by_hand() {
    let mut rounds = vec![demo()];
    rounds.extend(
        ["201935-sandpit", "4.0/2026-01-20-201300", "202535-supply"]
            .map(|part| support::round(&support::fixture(part))),
    );
    for round in rounds {
        let flags = flags(&round);
        let fast = Company::of(&round, &flags, &CompanyParams::default());
        assert!(
            fast == company_by_hand(&round, &flags, 1500),
            "{}",
            round.provenance.file_name
        );
        assert!(fast.enemy_u.iter().flatten().count() * 2 > round.samples().len());
    }
}

/// Three of the Axis, the third 3000 u off; the second is revived after his death and not seen then.
fn team() -> Story {
    let mut story = Story::default();
    let stands = |t, until, x, y| walk(t, 500, (x, y), (0.0, 0.0), (until - t) / 500);
    life(
        &mut story,
        ("Anna", AXIS),
        &stands(0, 4000, 0.0, 0.0),
        4500,
        "round_end",
        None,
    );
    life(
        &mut story,
        ("Bert", AXIS),
        &stands(0, 1500, 0.0, 400.0),
        2000,
        "killed",
        None,
    );
    life(
        &mut story,
        ("Carl", AXIS),
        &stands(1000, 4000, 3000.0, 0.0),
        4500,
        "round_end",
        None,
    );
    life(
        &mut story,
        ("Dora", ALLIES),
        &stands(0, 4000, 0.0, 0.0),
        4500,
        "round_end",
        None,
    );
    let revive = format!("3000;;;{};Bert;0.0;400.0;24.0;0.0;;0", guid("Bert"));
    story.sections.push(("REVIVES", vec![revive]));
    story.engagement(
        ("Bert", AXIS),
        (1900, 2000),
        "killed",
        (0, 400),
        &[("Dora", ALLIES, 100, 1900, 2000, true)],
    );
    story
}

fn shapes_of(round: &Round) -> Vec<TeamShape> {
    shapes(round, &flags(round), &ShapeParams::default())
}

#[test]
fn shapes_of_a_scene() {
    let round = team().round();
    let found = shapes_of(&round);
    let times: Vec<_> = found.iter().map(|s| (s.t_ms, s.seen, s.unseen)).collect();
    assert_eq!(
        times,
        [
            (0, 2, 0),
            (500, 2, 0),
            (1000, 3, 0),
            (1500, 3, 0),
            (2000, 2, 0),
            (2500, 2, 0),
            (3000, 2, 1),
            (3500, 2, 1),
            (4000, 2, 1),
        ],
        "the Allies are alone; the lives that end at 4.5 s do not contain it"
    );
    let first = TeamShape {
        t_ms: 0,
        team: Team::Axis,
        seen: 2,
        unseen: 0,
        centroid: [0.0, 200.0, 24.0],
        dispersion_u: 200.0,
        spread_u: 400.0,
        stragglers: 0,
        closest: [PlayerId(0), PlayerId(1)],
        closest_u: 400.0,
    };
    assert_eq!(found[0], first);
    let three = &found[2];
    assert_eq!(three.centroid, [1000.0, 400.0 / 3.0, 24.0]);
    let (near, far) = (
        (1000.0_f64).hypot(400.0 / 3.0),
        (1000.0_f64).hypot(800.0 / 3.0),
    );
    let mean = (near + far + (2000.0_f64).hypot(400.0 / 3.0)) / 3.0;
    assert!((three.dispersion_u - mean).abs() < 1e-9);
    assert!((three.spread_u - (3000.0_f64).hypot(400.0)).abs() < 1e-9);
    assert_eq!((three.stragglers, three.closest_u), (3, 400.0));
    let summary = &shape_summaries(&found)[0];
    assert_eq!((summary.moments, summary.with_unseen), (9, 3));
    assert_eq!(summary.spread_u.median, 3000.0);
    // Two moments of three stragglers, five of two (1500 u from the middle), of 20 seen.
    assert_eq!(summary.straggler_share, 16.0 / 20.0);
}

#[test]
fn cohesion_beside_ours() {
    let mut story = team();
    story.sections.push((
        "TEAM_COHESION",
        vec![
            // 30 u off and 10 u too wide.
            "500;AXIS;2;0.0;230.0;210.0;400.0;0;A+B;400.0".to_owned(),
            // Exact.
            "2500;AXIS;2;1500.0;0.0;1500.0;3000.0;2;A+C;3000.0".to_owned(),
            // With Bert, whom we do not see.
            "3500;AXIS;3;1000.0;133.3;1400.0;3026.0;3;A+B;400.0".to_owned(),
            // We see one only.
            "1000;ALLIES;2;0.0;0.0;0.0;0.0;0;D+E;0.0".to_owned(),
        ],
    ));
    let round = story.round();
    let agreement = cohesion_agreement(&round, &flags(&round), &ShapeParams::default()).unwrap();
    assert_eq!((agreement.rows, agreement.without_ours), (4, 1));
    assert_eq!(
        (agreement.same_count, agreement.explained_by_unseen),
        (2, 1)
    );
    let quantiles = |n, median, p95| Some(Quantiles { n, median, p95 });
    assert_eq!(agreement.centroid_u, quantiles(2, 0.0, 30.0));
    assert_eq!(agreement.dispersion_u, quantiles(2, 0.0, 10.0));
    assert_eq!(agreement.count, quantiles(3, 0.0, 1.0));
    assert_eq!(agreement.dispersion_all_u.unwrap().p95, 100.0);
}

/// Anna and Bert stand for a second, run east for four, stand for two.
fn push() -> Story {
    let mut story = Story::default();
    for (name, y) in [("Anna", 0.0), ("Bert", 200.0)] {
        let mut points = walk(0, 500, (0.0, y), (0.0, 0.0), 2);
        points.extend(walk(1500, 500, (100.0, y), (100.0, 0.0), 7));
        points.extend(walk(5500, 500, (800.0, y), (0.0, 0.0), 3));
        life(&mut story, (name, AXIS), &points, 7500, "round_end", None);
    }
    story
}

fn objective(id: &str, x: f32, z: f32) -> Objective {
    let text =
        format!(r#"{{"id":"{id}","name":"{id}","kind":"objective","x":{x},"y":100,"z":{z}}}"#);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_push_of_two() {
    let round = push().round();
    let flags = flags(&round);
    // One nearby but behind, one ahead but very high up, one ahead.
    let objectives = [
        objective("behind", -100.0, 0.0),
        objective("high", 1000.0, 9000.0),
        objective("ahead", 2000.0, 0.0),
    ];
    let expected = Push {
        start_ms: 1500,
        end_ms: 5500,
        team: Team::Axis,
        speed_u_per_s: 200.0,
        direction: Some([1.0, 0.0]),
        alignment: 1.0,
        movers: 2,
        participants: vec![PlayerId(0), PlayerId(1)],
        toward: Toward::Objective("ahead".to_owned()),
    };
    let params = PushParams::default();
    assert_eq!(
        pushes(&round, &flags, &objectives, &params),
        std::slice::from_ref(&expected)
    );
    let behind = &objectives[..1];
    assert_eq!(
        pushes(&round, &flags, behind, &params)[0].toward,
        Toward::None
    );
    assert_eq!(
        pushes(&round, &flags, &[], &params)[0].toward,
        Toward::NotKnown
    );
}

#[test]
fn who_goes_the_other_way_breaks_a_push() {
    let mut story = push();
    // Alignment (1 + 1 - 1) / 3.
    let back = walk(0, 500, (3000.0, 0.0), (-25.0, 0.0), 14);
    life(&mut story, ("Carl", AXIS), &back, 7500, "round_end", None);
    let round = story.round();
    let none = pushes(&round, &flags(&round), &[], &PushParams::default());
    assert_eq!(none, []);
    let loose = PushParams {
        alignment: 0.3,
        ..PushParams::default()
    };
    let found = pushes(&round, &flags(&round), &[], &loose);
    assert_eq!(
        (found[0].movers, &found[0].participants),
        (3, &vec![PlayerId(0), PlayerId(1)])
    );
    // (200 + 200 + 50) / 3 u/s.
    assert_eq!(
        (found[0].speed_u_per_s, found[0].alignment),
        (150.0, 1.0 / 3.0)
    );
}

#[test]
fn a_short_break_is_part_of_a_push() {
    let mut story = Story::default();
    for (name, y) in [("Anna", 0.0), ("Bert", 200.0)] {
        let mut points = walk(0, 500, (0.0, y), (100.0, 0.0), 4);
        points.extend(walk(2500, 500, (400.0, y), (100.0, 0.0), 4));
        life(&mut story, (name, AXIS), &points, 5000, "round_end", None);
    }
    let round = story.round();
    let of = |gap_ms| {
        let params = PushParams {
            gap_ms,
            ..PushParams::default()
        };
        let found = pushes(&round, &flags(&round), &[], &params);
        found
            .iter()
            .map(|push| (push.start_ms, push.end_ms))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(500), [(500, 5000)]);
    assert_eq!(of(0), [(500, 2500), (3000, 5000)]);
}

#[test]
fn pushes_beside_the_files() {
    let mut story = push();
    let back = walk(8000, 500, (3000.0, 0.0), (-25.0, 0.0), 14);
    for name in ["Carl", "Dora"] {
        life(&mut story, (name, AXIS), &back, 15_500, "round_end", None);
    }
    story.sections.push((
        "TEAM_PUSHES",
        vec![
            "1000;5000;AXIS;190.0;1.000;0.000;1.000;0.630;2;ahead".to_owned(),
            "10000;12000;AXIS;90.0;-1.000;0.000;1.000;0.300;2;NO".to_owned(),
            "6000;7500;AXIS;90.0;-1.000;0.000;1.000;0.300;2;NO".to_owned(),
            "3000;3000;ALLIES;90.0;-1.000;0.000;1.000;0.300;2;NO".to_owned(),
        ],
    ));
    let round = story.round();
    let flags = flags(&round);
    let params = PushParams::default();
    let ours = pushes(&round, &flags, &[objective("ahead", 2000.0, 0.0)], &params);
    let agreement = push_agreement(&round, &flags, &ours, &params).unwrap();
    assert_eq!(agreement.matched, [(0, 0)]);
    // 50 u/s; nobody moves; one look.
    assert_eq!(
        agreement.only_file,
        [
            (1, OnlyFile::TooSlow),
            (2, OnlyFile::FewerThanTwoMoving),
            (3, OnlyFile::NoLength)
        ]
    );
    assert_eq!((agreement.toward_same, agreement.toward_differs), (1, 0));
    // Common 1.5 to 5.0 s of the file's 4 s; both together 1.0 to 5.5 s and the other rows' 3.5 s.
    assert_eq!(agreement.overlap.unwrap().median, 3500.0 / 4000.0);
    assert_eq!(agreement.common_share, Some(3500.0 / 8000.0));
    // Without the file's row for it, ours is alone.
    story.sections[0].1.remove(0);
    let round = story.round();
    let alone = push_agreement(
        &round,
        &RowFlags::of(&round, &deaths(&round)),
        &ours,
        &params,
    )
    .unwrap();
    assert_eq!(alone.only_ours, [(0, OnlyOurs::Unknown)]);
}

#[test]
fn post_hoc_sections_are_not_compared() {
    let round = support::round(&support::fixture("4.2/2026-03-01-201300"));
    assert!(!round.document.tables.team_cohesion.rows.is_empty());
    let flags = flags(&round);
    let reason = cohesion_agreement(&round, &flags, &ShapeParams::default()).unwrap_err();
    assert_eq!(reason, NotComparable::PostHoc);
    let params = PushParams::default();
    let ours = pushes(&round, &flags, &[], &params);
    assert!(!ours.is_empty());
    assert_eq!(
        push_agreement(&round, &flags, &ours, &params).unwrap_err(),
        NotComparable::PostHoc
    );
    let json = serde_json::to_string(&reason).unwrap();
    assert!(json.starts_with("\"written by 4.2 (f)"), "{json}");
}

/// Anna stands for 1 s, runs at 250 u/s for 2 s crouched, sprints at 400 u/s for 1 s, and falls dead.
fn runner() -> Story {
    let mut story = Story::default();
    let mut points = walk(0, 200, (0.0, 0.0), (0.0, 0.0), 5);
    points.extend(walk(1200, 200, (50.0, 0.0), (50.0, 0.0), 9));
    points.extend(walk(3200, 200, (580.0, 0.0), (80.0, 0.0), 4));
    points[0].stance = 2;
    for point in &mut points[6..16] {
        point.stance = 1;
    }
    for point in &mut points[16..21] {
        point.sprint = 1;
    }
    life(
        &mut story,
        ("Anna", AXIS),
        &points,
        4050,
        "killed",
        Some(1200),
    );
    let still = walk(10_000, 200, (0.0, 0.0), (0.0, 0.0), 5);
    life(
        &mut story,
        ("Anna", AXIS),
        &still,
        11_200,
        "round_end",
        None,
    );
    story
}

#[test]
fn the_profile_of_a_runner() {
    let story = runner();
    let round = story.round();
    let all = profiles(&round, &flags(&round));
    let times = |n, shortest_ms, median_ms, longest_ms| {
        Some(Times {
            n,
            shortest_ms,
            median_ms,
            longest_ms,
        })
    };
    // Steps: 1000 ms at 0, 2000 ms at 250, 1000 ms at 400, 50 ms at 0 into death; the second life 1000 ms at 0, and its last sample
    // 200 ms without a speed.
    let mut bins_ms = [0; 11];
    (bins_ms[0], bins_ms[5], bins_ms[8]) = (2050, 2000, 1000);
    let expected = Profile {
        player: PlayerId(0),
        lives: 2,
        way_u: 900.0,
        alive_ms: 5250,
        timed_ms: 5050,
        moving_ms: 3000,
        mean_u_per_s: Some(900_000.0 / 5050.0),
        mean_moving_u_per_s: Some(300.0),
        median_u_per_s: Some(250),
        peak_u_per_s: Some(400.0),
        bins_ms,
        first_moves: FirstMoves {
            file: times(1, 1200, 1200, 1200),
            samples: times(1, 1200, 1200, 1200),
            never: 1,
        },
        stance: Measured::Value(StanceTimes {
            standing_ms: 800 + 1050 + 1200,
            low_ms: 2000,
            crouched_ms: Measured::Not(NotMeasured::StanceIsMixed),
            prone_ms: Measured::Not(NotMeasured::StanceIsMixed),
            not_known_ms: 200,
        }),
        sprint_ms: Measured::Value(1000),
    };
    assert_eq!(all.len(), 1);
    let found = &all[0];
    assert!(
        (found.way_u - 900.0).abs() < 1e-3
            && (found.mean_u_per_s.unwrap() - 900_000.0 / 5050.0).abs() < 1e-3
    );
    assert!(
        (found.mean_moving_u_per_s.unwrap() - 300.0).abs() < 1e-3
            && (found.peak_u_per_s.unwrap() - 400.0).abs() < 1e-2
    );
    let close = Profile {
        way_u: 900.0,
        mean_u_per_s: expected.mean_u_per_s,
        mean_moving_u_per_s: expected.mean_moving_u_per_s,
        peak_u_per_s: expected.peak_u_per_s,
        ..found.clone()
    };
    assert_eq!(close, expected);
    let json = serde_json::to_value(found).unwrap();
    assert_eq!(json["sprint_ms"], 1000);
    assert_eq!(
        json["stance"]["prone_ms"],
        "not measured: trackers up to 6.11 record crouched and prone players alike"
    );
}

fn with_header(story: &Story, line: &str) -> Round {
    let text = story
        .text()
        .replacen("# map=", &format!("# {line}\n# map="), 1);
    Round::build(
        format::read(text.as_bytes()).unwrap(),
        Provenance::default(),
    )
}

#[test]
fn flags_are_believed_where_they_mean_what_they_say() {
    let story = runner();
    let first = |round: &Round| profiles(round, &flags(round)).remove(0);
    let declared = first(&with_header(
        &story,
        "capabilities=true_stance:1,true_sprint:1",
    ));
    let stance = declared.stance.value().unwrap();
    assert_eq!(
        (stance.crouched_ms, stance.prone_ms),
        (Measured::Value(2000), Measured::Value(200))
    );
    assert_eq!((stance.low_ms, stance.not_known_ms), (2200, 0));
    // A later version is not believed for its number, nor one that declares it off.
    for line in [
        "tracker_version_full=6.12",
        "tracker_version_full=other-1.0",
    ] {
        let later = first(&with_header(&story, line));
        assert_eq!(
            later.stance,
            Measured::Not(NotMeasured::UnknownVersion),
            "{line}"
        );
        assert_eq!(
            later.sprint_ms,
            Measured::Not(NotMeasured::UnknownVersion),
            "{line}"
        );
    }
    let off = first(&with_header(&story, "capabilities=true_stance:0"));
    assert_eq!(
        off.stance.value().unwrap().crouched_ms,
        Measured::Not(NotMeasured::StanceIsMixed)
    );
    for (part, sprint) in [
        ("4.0/2026-01-20-201300", Some(NotMeasured::SprintIsLimbo)),
        ("4.1/", Some(NotMeasured::SprintIsLimbo)),
        ("4.2/2026-02-14-201300", None),
        ("4.2/2026-02-22", None),
        ("4.2/2026-03-01", None),
        ("6.11/2026-08-23-201300", None),
    ] {
        let profile = first(&support::round(&support::fixture(part)));
        let why = match profile.sprint_ms {
            Measured::Value(_) => None,
            Measured::Not(why) => Some(why),
        };
        assert_eq!(why, sprint, "{part}");
    }
}

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

/// Everything that a round gives, without numbers of players and lives, which rows of another order change.
fn digest(round: &Round) -> BTreeMap<&'static str, Vec<String>> {
    let flags = flags(round);
    let who = |player: PlayerId| name(round, player).to_owned();
    let exits = exits_of(round);
    let paths = paths_of(0, round);
    let company = Company::of(round, &flags, &CompanyParams::default());
    let samples = round.samples();
    let objectives = KnownMaps::bundled()
        .lookup(round.map())
        .map(|found| found.map.objectives.clone());
    let objectives = objectives.unwrap_or_default();
    let pushes = pushes(round, &flags, &objectives, &PushParams::default());
    let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    all.insert(
        "areas",
        exits
            .areas
            .iter()
            .chain(&[])
            .map(|area| format!("{area:?}"))
            .collect(),
    );
    all.insert(
        "exits",
        exits.exits.iter().map(|exit| format!("{exit:?}")).collect(),
    );
    let leaving = exits
        .lives
        .iter()
        .map(|l| format!("{} {:?} {:?}", who(l.player), l.area, l.leaving));
    all.insert("leaving", leaving.collect());
    let path = |nth: usize| format!("{} {}", who(paths[nth].player), paths[nth].start_ms);
    let list = |lives: &[usize]| {
        let mut names: Vec<String> = lives.iter().map(|nth| path(*nth)).collect();
        names.sort();
        names.join(", ")
    };
    let routes = routes(&paths, &RouteParams::default());
    let routes = routes.iter().flat_map(|team| {
        let head = format!(
            "{} {} {} {}",
            team.compared,
            team.too_short,
            team.deaths,
            list(&team.alone)
        );
        let routes = team.routes.iter().map(|route| {
            format!(
                "{} {} {:?} {} {:.3} {}",
                path(route.representative),
                route.share,
                route.share_of_deaths,
                route.deaths,
                route.mean_distance_u,
                list(&route.lives)
            )
        });
        std::iter::once(head).chain(routes).collect::<Vec<_>>()
    });
    all.insert("routes", routes.collect());
    let near = round.lives().iter().flat_map(|life| {
        life.sample_indices().map(|index| {
            format!(
                "{} {} {:?} {:?}",
                who(life.player),
                samples.time_ms[index],
                company.enemy_u[index],
                company.mate_u[index]
            )
        })
    });
    all.insert("company", near.collect());
    let shares = life_shares(round, &flags, &company, &ShareParams::default());
    let shares = shares.iter().map(|s| {
        format!(
            "{} {} {} {} {}",
            who(s.player),
            s.alive_ms,
            s.danger_ms,
            s.alone_ms,
            s.alone_unsure_ms
        )
    });
    all.insert("shares", shares.collect());
    let shapes = shapes_of(round);
    let shapes = shapes.iter().map(|s| {
        let pair = s.closest.map(who);
        format!(
            "{} {:?} {} {} {:?} {} {} {} {pair:?} {}",
            s.t_ms,
            s.team,
            s.seen,
            s.unseen,
            s.centroid,
            s.dispersion_u,
            s.spread_u,
            s.stragglers,
            s.closest_u
        )
    });
    all.insert("shapes", shapes.collect());
    let pushes = pushes.iter().map(|p| {
        let mut names: Vec<String> = p.participants.iter().map(|player| who(*player)).collect();
        names.sort();
        format!(
            "{:?} {names:?}",
            Push {
                participants: Vec::new(),
                ..p.clone()
            }
        )
    });
    all.insert("pushes", pushes.collect());
    let profiles = profiles(round, &flags);
    let profiles = profiles.iter().map(|p| {
        let rounded = Profile {
            player: PlayerId(0),
            way_u: p.way_u.round(),
            mean_u_per_s: None,
            mean_moving_u_per_s: None,
            ..p.clone()
        };
        format!("{} {rounded:?}", who(p.player))
    });
    all.insert("profiles", profiles.collect());
    for of_rows in ["leaving", "company", "shares", "profiles"] {
        all.get_mut(of_rows).unwrap().sort();
    }
    all
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

/// Where somebody is on a closed way of corners, at 250 u/s with rests of a second at each corner.
fn on_way(corners: &[(f64, f64)], t_ms: i64) -> (f64, f64) {
    let mut left = t_ms as f64 / 1000.0;
    for nth in (0..corners.len()).cycle() {
        let (from, to) = (corners[nth], corners[(nth + 1) % corners.len()]);
        let seconds = (to.0 - from.0).hypot(to.1 - from.1) / 250.0;
        if left < 1.0 {
            return from;
        }
        if left < 1.0 + seconds {
            let part = (left - 1.0) / seconds;
            return (
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            );
        }
        left -= 1.0 + seconds;
    }
    corners[0]
}

/// Four on each side on their ways for a minute, sampled at a cadence.
fn sampled(cadence_ms: i64) -> Round {
    let mut story = Story::default();
    for nth in 0..8_i64 {
        let (team, side) = if nth % 2 == 0 {
            (AXIS, 1.0)
        } else {
            (ALLIES, -1.0)
        };
        let k = nth as f64;
        let corners = [
            (2000.0 * side, 60.0 * k),
            (700.0 * side, 200.0 * k),
            (-300.0 * side, 900.0 - 150.0 * k),
            (500.0 * side, -900.0 + 90.0 * k),
        ];
        let points: Vec<Point> = (0..60_000)
            .step_by(cadence_ms as usize)
            .map(|t| {
                let (x, y) = on_way(&corners, t);
                at(t, x, y)
            })
            .collect();
        life(
            &mut story,
            (&format!("P{nth}"), team),
            &points,
            60_000,
            "killed",
            None,
        );
    }
    story.round()
}

/// The same minute at 200 and at 500 ms: exits at most 500 ms and 125 u apart, shares of danger and solitude at most 2 percentage points,
/// median dispersion at most 25 u, moments as many, way at most 3 %, mean speed 3 %, time moving 3 %.
#[test]
fn the_cadence_does_not_matter() {
    let rounds = [sampled(200), sampled(500)];
    assert_eq!(rounds.each_ref().map(Round::cadence_ms), [200, 500]);
    let exits = rounds.each_ref().map(exits_of);
    assert_eq!(exits[0].areas, exits[1].areas);
    let mut left = 0;
    for (a, b) in exits[0].lives.iter().zip(&exits[1].lives) {
        let (
            Leaving::Left {
                t_ms: a_ms,
                place: a,
                exit: a_exit,
                ..
            },
            Leaving::Left {
                t_ms: b_ms,
                place: b,
                exit: b_exit,
                ..
            },
        ) = (a.leaving, b.leaving)
        else {
            panic!("{a:?} {b:?}")
        };
        assert!((a_ms - b_ms).abs() <= 500 && (a[0] - b[0]).hypot(a[1] - b[1]) <= 125.0);
        assert_eq!(a_exit, b_exit);
        left += 1;
    }
    assert_eq!(left, 8);
    let shares = rounds.each_ref().map(|round| {
        let flags = flags(round);
        let company = Company::of(round, &flags, &CompanyParams::default());
        life_shares(round, &flags, &company, &ShareParams::default())
    });
    let mut seen = [0.0_f64; 2];
    for (a, b) in shares[0].iter().zip(&shares[1]) {
        let pairs = [
            (a.danger_percent(), b.danger_percent()),
            (a.alone_percent(), b.alone_percent()),
        ];
        for (seen, (a, b)) in seen.iter_mut().zip(pairs) {
            let (a, b) = (a.unwrap(), b.unwrap());
            assert!((a - b).abs() <= 2.0, "{a} {b}");
            *seen += a;
        }
    }
    assert!(
        seen.iter().all(|sum| *sum > 50.0 && *sum < 750.0),
        "neither never nor always: {seen:?}"
    );
    let summaries = rounds
        .each_ref()
        .map(|round| shape_summaries(&shapes_of(round)));
    for (a, b) in summaries[0].iter().zip(&summaries[1]) {
        assert_eq!(a.moments, b.moments);
        assert!((a.dispersion_u.median - b.dispersion_u.median).abs() <= 25.0);
        assert!((a.straggler_share - b.straggler_share).abs() <= 0.03);
    }
    let movement = rounds
        .each_ref()
        .map(|round| profiles(round, &flags(round)));
    for (a, b) in movement[0].iter().zip(&movement[1]) {
        let near = |a: f64, b: f64| (a - b).abs() <= 0.03 * a;
        assert_eq!(a.alive_ms, b.alive_ms);
        assert!(
            near(a.way_u, b.way_u) && near(a.moving_ms as f64, b.moving_ms as f64),
            "{a:?} {b:?}"
        );
        assert!(near(a.mean_u_per_s.unwrap(), b.mean_u_per_s.unwrap()));
        assert_eq!((a.median_u_per_s, b.median_u_per_s), (Some(250), Some(250)));
    }
}

/// On the project's own map the areas are its spawn areas, and the exits its gates.
#[test]
fn real_exits() {
    let truth = [
        (Team::Axis, 2368.0, -32.0),
        (Team::Axis, -160.0, 1408.0),
        (Team::Allies, -2304.0, -32.0),
        (Team::Allies, -160.0, 1408.0),
    ];
    // Doors and passages around the areas: bases' gates, the Court Arch, and the open sides of the North Court.
    let ways_out = [
        (2016.0, 352.0),
        (2016.0, -352.0),
        (-1632.0, 0.0),
        (-1632.0, -416.0),
        (-2080.0, 672.0),
        (-224.0, 896.0),
        (256.0, 1152.0),
        (256.0, 1728.0),
        (-576.0, 1472.0),
    ];
    let mut rounds = vec![demo()];
    rounds.extend(
        ["201935-sandpit", "212012-sandpit", "212637-sandpit"]
            .map(|part| support::round(&support::fixture(part))),
    );
    for round in rounds {
        let found = exits_of(&round);
        let areas: Vec<Team> = found.areas.iter().map(|area| area.team).collect();
        assert_eq!(areas, [Team::Axis, Team::Axis, Team::Allies, Team::Allies]);
        for (area, truth) in found.areas.iter().zip(truth) {
            assert!(
                (area.centre[0] - truth.1).hypot(area.centre[1] - truth.2) <= 80.0,
                "{area:?}"
            );
            assert!(area.spread_u <= 310.0, "{area:?}");
        }
        let mut near = 0;
        for exit in &found.exits {
            let far = |way: &(f32, f32)| (exit.place[0] - way.0).hypot(exit.place[1] - way.1);
            let nearest = ways_out.iter().map(far).fold(f32::INFINITY, f32::min);
            near += if nearest <= 250.0 { exit.lives } else { 0 };
        }
        let left: u32 = found.exits.iter().map(|exit| exit.lives).sum();
        assert!(
            near * 100 >= left * 95,
            "{near} of {left} leave at a way out"
        );
        let all: u32 = found.areas.iter().map(|area| area.lives).sum();
        let others: u32 = found.stayed.iter().chain(&found.jumped).sum();
        assert_eq!(
            left + others + found.without_spawn_point,
            found.lives.len() as u32
        );
        assert_eq!(all + found.without_spawn_point, found.lives.len() as u32);
    }
}

/// Where counts agree, shapes of real rounds are the tracker's.
#[test]
fn real_shapes_are_the_trackers() {
    for (part, centroid_u, dispersion_u) in
        [("201935-sandpit", 25.0, 15.0), ("212012-sandpit", 0.2, 0.2)]
    {
        let round = support::round(&support::fixture(part));
        let flags = flags(&round);
        let cohesion = cohesion_agreement(&round, &flags, &ShapeParams::default()).unwrap();
        assert!(
            cohesion.centroid_u.unwrap().p95 <= centroid_u
                && cohesion.centroid_u.unwrap().median <= 0.2
        );
        assert!(
            cohesion.dispersion_u.unwrap().p95 <= dispersion_u
                && cohesion.dispersion_u.unwrap().n > 800
        );
        // Whoever is missing was revived.
        let known = cohesion.same_count + cohesion.explained_by_unseen + cohesion.without_ours;
        assert!(known * 100 >= cohesion.rows * 98, "{cohesion:?}");
        let params = PushParams::default();
        let ours = pushes(&round, &flags, &[], &params);
        let agreement = push_agreement(&round, &flags, &ours, &params).unwrap();
        let rows = agreement.matched.len() + agreement.only_file.len();
        assert!(
            agreement.matched.len() * 100 >= rows * 80,
            "{} of {rows}",
            agreement.matched.len()
        );
        assert!(agreement.common_share.unwrap() > 0.6);
    }
}

/// What holds on every file.
#[test]
fn invariants_of_real_rounds() {
    let mut rounds: Vec<Round> = support::rounds()
        .iter()
        .map(|path| support::round(path))
        .collect();
    rounds.push(demo());
    let mut with_lives = 0;
    for round in &rounds {
        let file = &round.provenance.file_name;
        let flags = flags(round);
        let exits = exits_of(round);
        for exit in &exits.exits {
            assert!(
                exits.areas[exit.area].is_outside(exit.place[0], exit.place[1]) || exit.lives > 1,
                "{file}"
            );
            assert!(
                exit.fastest_ms <= exit.median_ms && exit.share > 0.0 && exit.share <= 1.0,
                "{file}"
            );
        }
        let paths = paths_of(0, round);
        for team in routes(&paths, &RouteParams::default()) {
            let mut lives: Vec<usize> = team
                .routes
                .iter()
                .flat_map(|route| route.lives.clone())
                .collect();
            lives.extend(&team.alone);
            lives.sort_unstable();
            lives.dedup();
            assert_eq!(
                lives.len(),
                team.compared as usize,
                "{file}: every life once"
            );
            for route in &team.routes {
                assert!(
                    route.lives.contains(&route.representative) && route.mean_distance_u <= 512.0,
                    "{file}"
                );
            }
        }
        let company = Company::of(round, &flags, &CompanyParams::default());
        assert!(
            company
                .enemy_u
                .iter()
                .chain(&company.mate_u)
                .flatten()
                .all(|u| u.is_finite()),
            "{file}"
        );
        let shares = life_shares(round, &flags, &company, &ShareParams::default());
        for share in &shares {
            assert!(
                share.danger_ms + share.danger_unsure_ms <= share.alive_ms,
                "{file}"
            );
            assert!(
                share.alone_unsure_ms <= share.alone_ms && share.alone_ms <= share.alive_ms,
                "{file}"
            );
        }
        for shape in shapes_of(round) {
            assert!(shape.seen >= 2 && shape.stragglers <= shape.seen, "{file}");
            assert!(
                shape.closest_u <= shape.spread_u && shape.dispersion_u <= shape.spread_u,
                "{file}"
            );
        }
        let params = PushParams::default();
        for push in pushes(round, &flags, &[], &params) {
            assert!(push.end_ms - push.start_ms >= params.shortest_ms, "{file}");
            assert!(
                push.speed_u_per_s >= 80.0 && (0.4..=1.0 + 1e-9).contains(&push.alignment),
                "{file}"
            );
        }
        for profile in profiles(round, &flags) {
            assert_eq!(
                profile.bins_ms.iter().sum::<i64>(),
                profile.timed_ms,
                "{file}"
            );
            assert!(
                profile.moving_ms <= profile.timed_ms && profile.timed_ms <= profile.alive_ms,
                "{file}"
            );
            if let Measured::Value(stance) = profile.stance {
                assert_eq!(
                    stance.standing_ms + stance.low_ms + stance.not_known_ms,
                    profile.alive_ms,
                    "{file}"
                );
            }
            assert!(
                profile
                    .sprint_ms
                    .value()
                    .is_none_or(|ms| *ms <= profile.timed_ms),
                "{file}"
            );
            assert!(
                profile.mean_u_per_s.is_none_or(|mean| mean < 600.0),
                "{file}"
            );
        }
        with_lives += u32::from(!round.lives().is_empty());
    }
    assert!(with_lives > 12);
}
