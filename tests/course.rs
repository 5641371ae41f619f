//! The course of small rounds, worked out by hand: who was alive, where, and when the waves came.

#[path = "support/story.rs"]
mod story;

use sandtable::analysis::alive::{Multikill, Stand, StandEnd, Step, Wipe};
use sandtable::analysis::stats::{Params, Stats, stats};
use sandtable::analysis::waves::{NoClock, wave_clock};
use sandtable::maps::objective::Objective;
use sandtable::model::{PlayerId, Team};
use story::{Story, guid};

/// A life with points every second: stays given as (from, x, y), the last being the end.
fn stays(stays: &[(i64, i64, i64)]) -> Vec<(i64, i64, i64)> {
    let mut points = Vec::new();
    for pair in stays.windows(2) {
        let here = (pair[0].0..pair[1].0).step_by(1000);
        points.extend(here.map(|t| (t, pair[0].1, pair[0].2)));
    }
    points.push(*stays.last().unwrap());
    points
}

/// Anna stands 100 u from the hill for 10 s; Bert comes at 4 s, kills Arno, who came at 2 s, at 6 s, and is killed by her at 8 s.
fn hill() -> Story {
    let mut story = Story::default();
    let [anna, arno, bert] = [("Anna", "AXIS"), ("Arno", "AXIS"), ("Bert", "ALLIES")];
    let shot = |by, team, t| [(by, team, 100, t - 500, t, true)];
    story
        .life(anna, &stays(&[(0, 100, 0), (10_000, 100, 0)]), "round_end")
        .life(arno, &stays(&[(2000, 0, 400), (6000, 0, 400)]), "killed")
        .life(
            bert,
            &stays(&[(0, 1000, 0), (4000, 300, 0), (8000, 300, 0)]),
            "killed",
        )
        .engagement(
            arno,
            (5500, 6000),
            "killed",
            (0, 400),
            &shot("Bert", "ALLIES", 6000),
        )
        .engagement(
            bert,
            (7500, 8000),
            "killed",
            (300, 0),
            &shot("Anna", "AXIS", 8000),
        );
    story
}

fn numbers(story: &Story) -> Stats {
    let hill = r#"[{"id": "hill", "name": "Hill", "kind": "objective", "x": 0, "y": 0, "z": 0}]"#;
    let objectives: Vec<Objective> = serde_json::from_str(hill).unwrap();
    stats(&story.round(), &objectives, &Params::default())
}

#[test]
fn time_at_an_objective() {
    let mut story = hill();
    let row = format!("{};Anna;AXIS;hill;100.0;10200;51", guid("Anna"));
    story.sections.push(("OBJECTIVE_FOCUS", vec![row]));
    let focus = numbers(&story).ours_objective_focus.unwrap();
    let at = &focus.objectives[0];
    let inside: Vec<_> = at.players.iter().map(|near| near.inside_ms).collect();
    assert_eq!(inside, [10_000, 4000, 4000]);
    let bert = at.players[2];
    assert_eq!(
        (bert.nearest_u, bert.mean_u, bert.visits),
        (Some(300.0), Some(650.0), 1)
    );
    assert_eq!(
        (at.contested.as_slice(), at.contested_ms),
        (&[(4000, 8000)][..], 4000)
    );
    assert_eq!((at.axis_supported_ms, at.allies_supported_ms), (4000, 0));
    let visits: Vec<_> = at
        .visits
        .iter()
        .map(|visit| (visit.start_ms, visit.end_ms))
        .collect();
    assert_eq!(visits, [(0, 10_000), (2000, 6000), (4000, 8000)]);
    let agreement = &focus.agreement[0];
    assert_eq!(
        (agreement.file_inside_ms, agreement.our_inside_ms),
        (10_200, 10_000)
    );
    assert_eq!(
        (agreement.file_mean_u, agreement.our_mean_u),
        (Some(100.0), Some(100.0))
    );
    assert_eq!(agreement.our_objective.as_deref(), Some("hill"));
    assert_eq!(numbers(&Story::default()).ours_objective_focus, None);
}

#[test]
fn counts_of_the_living() {
    let alive = numbers(&hill()).ours_alive.unwrap();
    let step = |t_ms, axis, allies| Step { t_ms, axis, allies };
    assert_eq!(
        alive.steps,
        [
            step(0, 1, 1),
            step(2000, 2, 1),
            step(6000, 1, 1),
            step(8000, 1, 0),
            step(10_000, 0, 0)
        ]
    );
    assert_eq!((alive.axis_ahead_ms, alive.allies_ahead_ms), (6000, 0));
    assert_eq!(alive.first_blood, Some((6000, PlayerId(2), PlayerId(1))));
    let stand = Stand {
        player: PlayerId(2),
        start_ms: 2000,
        end_ms: 8000,
        enemies: 2,
        kills: 1,
        survived: false,
        end: StandEnd::Died,
        is_won: false,
    };
    assert_eq!(alive.stands, [stand], "it goes on against the last enemy");
    assert!(alive.wipes.is_empty() && alive.multikills.is_empty());
}

#[test]
fn wipes_and_multikills() {
    let mut story = Story::default();
    let [anna, arno, bert] = [("Anna", "AXIS"), ("Arno", "AXIS"), ("Bert", "ALLIES")];
    story
        .life(anna, &stays(&[(0, 0, 0), (1000, 0, 0)]), "killed")
        .life(arno, &stays(&[(0, 0, 0), (4000, 0, 0)]), "killed")
        .life(anna, &stays(&[(6000, 0, 0), (9000, 0, 0)]), "killed")
        .life(bert, &stays(&[(0, 0, 0), (20_000, 0, 0)]), "round_end");
    for (victim, t) in [(anna, 1000), (arno, 4000), (anna, 9000)] {
        story.engagement(
            victim,
            (t - 100, t),
            "killed",
            (0, 0),
            &[("Bert", "ALLIES", 100, t - 100, t, true)],
        );
    }
    let alive = numbers(&story).ours_alive.unwrap();
    let wipe = Wipe {
        t_ms: 4000,
        until_ms: 6000,
        is_axis: true,
    };
    assert_eq!(alive.wipes, [wipe], "one player alone is no team");
    let double = Multikill {
        player: PlayerId(2),
        start_ms: 1000,
        end_ms: 4000,
        victims: vec![PlayerId(0), PlayerId(1)],
    };
    assert_eq!(alive.multikills, [double]);
}

/// After a revive a player has no samples, and counts as alive all the same until he dies again.
#[test]
fn the_revived_are_alive() {
    let mut story = Story::default();
    let [anna, arno] = [("Anna", "AXIS"), ("Arno", "AXIS")];
    story
        .life(anna, &stays(&[(0, 0, 0), (2000, 0, 0)]), "killed")
        .life(arno, &stays(&[(0, 0, 0), (9000, 0, 0)]), "round_end")
        .engagement(
            anna,
            (1900, 2000),
            "killed",
            (0, 0),
            &[("Bert", "ALLIES", 100, 1900, 2000, true)],
        )
        .engagement(
            anna,
            (4900, 5000),
            "killed",
            (0, 0),
            &[("Bert", "ALLIES", 100, 4900, 5000, true)],
        );
    let row = format!(
        "3000;{};Arno;{};Anna;0.0;0.0;0.0;0.0;;0",
        guid("Arno"),
        guid("Anna")
    );
    story.sections.push(("REVIVES", vec![row]));
    let numbers = numbers(&story);
    let axis: Vec<_> = numbers
        .ours_alive
        .unwrap()
        .steps
        .iter()
        .map(|step| (step.t_ms, step.axis))
        .collect();
    assert_eq!(axis, [(0, 2), (2000, 1), (3000, 2), (5000, 1), (9000, 0)]);
    assert_eq!(
        numbers.engagements.flags.get("corpse"),
        None,
        "she was alive again"
    );
}

/// Waves every 20 s at 15, 35 and 55 s: kills tell the time to the next one, and lives begin with them.
fn waves(to_next: &[(i64, i64)], starts: &[i64]) -> Result<i64, NoClock> {
    let mut story = Story::default();
    let rows = to_next.iter().map(|(t, next)| {
        format!(
            "K;Bert;ALLIES;{};Anna;AXIS;{t};20000;{next};0.500",
            guid("Anna")
        )
    });
    if rows.len() > 0 {
        story.sections.push(("SPAWN_TIMING", rows.collect()));
    }
    for start in starts {
        story.life(
            ("Anna", "AXIS"),
            &stays(&[(*start, 0, 0), (start + 3000, 0, 0)]),
            "killed",
        );
    }
    let clock = wave_clock(
        &story.round(),
        Team::Axis,
        &sandtable::analysis::waves::Params::default(),
    )?;
    assert_eq!((clock.interval_ms, clock.rows), (20_000, to_next.len()));
    Ok(clock.offset_ms)
}

#[test]
fn a_clock_is_believed_when_spawns_bear_it_out() {
    let rows = [(3000, 12_000), (30_000, 5000), (50_000, 5000)];
    let starts = [500, 15_050, 35_100, 55_000];
    assert_eq!(waves(&rows, &starts), Ok(5000));
    assert_eq!(waves(&rows[..2], &starts), Err(NoClock::FewRows(2)));
    assert_eq!(
        waves(&[rows[0], rows[1], (50_000, 6000)], &starts),
        Err(NoClock::RowsDisagree)
    );
    assert_eq!(waves(&rows, &starts[..3]), Err(NoClock::FewLandings(2)));
    let astray = [500, 15_050, 35_100, 45_000, 55_000];
    assert_eq!(waves(&rows, &astray), Err(NoClock::LandingsOff(3, 4)));
    assert_eq!(waves(&[], &[]), Err(NoClock::FewRows(0)));
}

#[test]
fn the_way_of_a_life() {
    let mut story = Story::default();
    let points = [
        (0, 0, 0),
        (200, 30, 40),
        (400, 30, 40),
        (600, 1000, 40),
        (800, 1000, 40),
    ];
    story.life(("Anna", "AXIS"), &points, "killed");
    let numbers = numbers(&story);
    let life = numbers.ours_lives[0];
    assert_eq!(
        (life.way_u, life.alive_ms, life.moving_ms, life.jumps),
        (50.0, 800, 200, 1)
    );
    assert_eq!(
        (life.fastest_u_per_s, life.mean_speed(), life.moving_share()),
        (250.0, Some(62.5), Some(0.25))
    );
    assert_eq!(numbers.ours_movement[0], life);
    assert!(
        numbers.lives[0].total_distance > 1000.0,
        "the reference takes the jump for a way"
    );
}

/// The last point of who is alive at the end is where the camera stands; of who dies, where he lies.
#[test]
fn the_camera_at_the_end_is_no_way() {
    let points = [(0, 0, 0), (200, 30, 40), (225, 130, 40)];
    let movement = |end| {
        let mut story = Story::default();
        story.life(("Anna", "AXIS"), &points, end);
        let life = numbers(&story).ours_lives[0];
        (life.way_u, life.jumps)
    };
    assert_eq!(movement("round_end"), (50.0, 1));
    assert_eq!(movement("killed"), (150.0, 0), "blown away");
}

/// One path sampled every 200 and every 500 ms: a circle of 300 u at 300 u/s with stops.
#[test]
fn movement_does_not_depend_on_the_cadence() {
    let sampled = |step: usize| {
        let point = |t: i64| {
            // Two seconds of walking, one of rest.
            let walked = t.div_euclid(3000) * 2000 + (t.rem_euclid(3000)).min(2000);
            let angle = walked as f64 / 1000.0;
            (
                t,
                (300.0 * angle.cos()).round() as i64,
                (300.0 * angle.sin()).round() as i64,
            )
        };
        let mut story = Story::default();
        story.life(
            ("Anna", "AXIS"),
            &(0..=60_000).step_by(step).map(point).collect::<Vec<_>>(),
            "round_end",
        );
        numbers(&story).ours_lives[0]
    };
    let [fine, coarse] = [200, 500].map(sampled);
    assert_eq!((fine.alive_ms, coarse.alive_ms), (60_000, 60_000));
    assert!(
        (fine.way_u / coarse.way_u - 1.0).abs() < 0.03,
        "{} {}",
        fine.way_u,
        coarse.way_u
    );
    // Every stop may be off by one step.
    assert!(
        (fine.moving_ms - coarse.moving_ms).abs() <= 20 * 200,
        "{} {}",
        fine.moving_ms,
        coarse.moving_ms
    );
    assert!((fine.moving_ms - 40_000).abs() <= 20 * 200);
}

/// Cells listed twice are added, and the deaths of a team are the other's kills.
#[test]
fn heatmaps_and_focus_of_the_file() {
    let mut story = hill();
    let rows = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>();
    story
        .sections
        .push(("KILL_HEATMAP", rows(&["-1;0;2;1", "0;0;0;4", "-1;0;1;0"])));
    story
        .sections
        .push(("MOVEMENT_HEATMAP", rows(&["3;-2;10;2;1"])));
    story.sections.push((
        "OBJECTIVE_FOCUS",
        rows(&["X;Nobody;AXIS;hill;812.4;23400;512"]),
    ));
    let numbers = numbers(&story);
    let kills = &numbers.heatmaps.kills;
    let cells: Vec<_> = kills
        .iter()
        .map(|c| {
            (
                c.grid_x,
                c.axis_kills,
                c.total_kills,
                c.axis_deaths,
                c.allies_deaths,
            )
        })
        .collect();
    assert_eq!(cells, [(-1, 3, 4, 1, 3), (0, 0, 4, 4, 0)]);
    let moves = numbers.heatmaps.movement[0];
    assert_eq!(
        (moves.grid_y, moves.traversal, moves.combat, moves.escape),
        (-2, 10, 2, 1)
    );
    let focus = &numbers.objective_focus[0];
    assert_eq!(
        (focus.mean_distance_u, focus.inside_ms, focus.samples),
        (Some(812.4), 23_400, 512)
    );
}
