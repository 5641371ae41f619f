//! Paths and routes.

use crate::story::Story;
use crate::{AXIS, life, paths_of, walk};
use sandtable::analysis::routes::{RouteParams, path_distance_u, routes};

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
    // Of two routes of three lives the one whose representative started first stands first.
    let [second, first] = axis.routes.as_slice() else {
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
    assert_eq!(axis.routes[1].lives, [0, 1, 2, 8, 9, 10]);
    assert_eq!(axis.routes[1].share, 6.0 / 14.0);
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
