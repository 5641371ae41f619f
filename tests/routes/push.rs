//! Pushes, and the rows of the file beside them.

use crate::story::Story;
use crate::{AXIS, flags, life, support, walk};
use sandtable::analysis::deaths::deaths;
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::shape::{
    NotComparable, OnlyFile, OnlyOurs, Params as ShapeParams, Push, PushParams, Toward,
    cohesion_agreement, push_agreement, pushes,
};
use sandtable::maps::objective::Objective;
use sandtable::model::{PlayerId, Team};

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
    let objectives = [objective("ahead", 2000.0, 0.0)];
    let ours = pushes(&round, &flags, &objectives, &params);
    let agreement = push_agreement(&round, &flags, &ours, &objectives, &params).unwrap();
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
    // By the rule the second row, whose direction is to the objective, does not go nowhere.
    let by_rule = (
        agreement.toward_by_rule_same,
        agreement.toward_by_rule_differs,
    );
    assert_eq!(by_rule, (2, 1));
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
        &objectives,
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
        push_agreement(&round, &flags, &ours, &[], &params).unwrap_err(),
        NotComparable::PostHoc
    );
    let json = serde_json::to_string(&reason).unwrap();
    assert!(json.starts_with("\"written by 4.2 (f)"), "{json}");
}
