//! Movement profiles, and which flags of a file are believed.

use crate::story::Story;
use crate::{AXIS, flags, life, support, walk};
use sandtable::analysis::movement::{
    FirstMoves, Measured, NotMeasured, Profile, StanceTimes, Times, profiles,
};
use sandtable::format;
use sandtable::model::{PlayerId, Provenance, Round};

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
