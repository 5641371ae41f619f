//! Exits, routes, company, team shape, pushes and movement: small scenes worked out by hand, and what must hold on real rounds.

#[allow(dead_code, reason = "lives are written here with heights and flags")]
#[path = "support/story.rs"]
mod story;
#[path = "support/mod.rs"]
mod support;

#[path = "routes/cadence.rs"]
mod cadence;
#[path = "routes/company.rs"]
mod company;
#[path = "routes/exits.rs"]
mod exits;
#[path = "routes/order.rs"]
mod order;
#[path = "routes/profile.rs"]
mod profile;
#[path = "routes/push.rs"]
mod push;
#[path = "routes/real.rs"]
mod real;
#[path = "routes/shape.rs"]
mod shape;
#[path = "routes/ways.rs"]
mod ways;

use sandtable::analysis::deaths::deaths;
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::routes::{ExitParams, Path, PathParams, SpawnExits, paths, spawn_exits};
use sandtable::analysis::shape::{Params as ShapeParams, TeamShape, shapes};
use sandtable::model::{PlayerId, Round};
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

/// Who, by what no order of rows changes: the GUID, or the name of a bot without one.
fn who(round: &Round, player: PlayerId) -> String {
    let player = &round.players[player];
    let named = if player.guid.is_empty() {
        player.name
    } else {
        player.guid
    };
    round.text(named).to_owned()
}

fn exits_of(round: &Round) -> SpawnExits {
    spawn_exits(&[(round, &flags(round))], &ExitParams::default())
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

fn shapes_of(round: &Round) -> Vec<TeamShape> {
    shapes(round, &flags(round), &ShapeParams::default())
}

fn demo() -> Round {
    support::round(
        &support::root().join("assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz"),
    )
}
