//! Team shapes, and the rows of the file beside them.

use crate::story::{Story, guid};
use crate::{ALLIES, AXIS, flags, life, shapes_of, walk};
use sandtable::analysis::shape::{
    Params as ShapeParams, Quantiles, TeamShape, cohesion_agreement, shape_summaries,
};
use sandtable::model::{PlayerId, Team};

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
            (4000, 2, 0),
        ],
        "the Allies are alone; a revive lasts until the last sample at most"
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
    assert_eq!((summary.moments, summary.with_unseen), (9, 2));
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
