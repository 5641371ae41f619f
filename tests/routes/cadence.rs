//! The same minute sampled at two cadences.

use crate::story::Story;
use crate::{ALLIES, AXIS, Point, at, exits_of, flags, life, shapes_of};
use sandtable::analysis::movement::profiles;
use sandtable::analysis::routes::{Company, CompanyParams, Leaving, ShareParams, life_shares};
use sandtable::analysis::shape::shape_summaries;
use sandtable::model::Round;

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
/// median dispersion at most 25 u, moments as many, way and mean speed at most 1 %, time moving and mean speed while moving at most 6 %
/// (a step that is partly rest counts as moving), median speed at most 1 u/s.
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
        let near = |a: f64, b: f64, part: f64| (a - b).abs() <= part * a;
        assert_eq!(a.alive_ms, b.alive_ms);
        assert!(
            near(a.way_u, b.way_u, 0.01) && near(a.moving_ms as f64, b.moving_ms as f64, 0.06),
            "{a:?} {b:?}"
        );
        assert!(near(a.mean_u_per_s.unwrap(), b.mean_u_per_s.unwrap(), 0.01));
        let moving = [a, b].map(|profile| profile.mean_moving_u_per_s.unwrap());
        assert!(near(moving[0], moving[1], 0.06));
        assert!(
            a.median_u_per_s
                .unwrap()
                .abs_diff(b.median_u_per_s.unwrap())
                <= 1
        );
    }
}
