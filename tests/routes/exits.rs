//! Spawn areas and exits.

use crate::story::Story;
use crate::{ALLIES, AXIS, exits_of, flags, life, walk};
use sandtable::analysis::routes::{ExitParams, Leaving, spawn_exits};
use sandtable::model::{LifeId, Team};

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
