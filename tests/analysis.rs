//! The numbers of small rounds, worked out by hand.

#[path = "support/story.rs"]
mod story;

use sandtable::analysis::stats::{Params, Stats, stats};
use serde_json::{Value, json};
use story::{Story, guid};

fn numbers(story: &Story) -> Stats {
    stats(&story.round(), &[], &Params::default())
}

/// Points every `step` ms from `start` to `end` at one place.
fn standing(start: i64, end: i64, step: usize, (x, y): (i64, i64)) -> Vec<(i64, i64, i64)> {
    let mut points: Vec<_> = (start..end).step_by(step).map(|t| (t, x, y)).collect();
    points.push((end, x, y));
    points
}

/// Bert and Bea shoot Anna, Bert kills her (5.0 s). Arno, 500 u from her, had been shooting at Bert since 4.5 s and kills him (6.5 s).
/// Bea, 400 u from Bert, shoots at Arno, who gets away and kills himself (9.0 s). Bea shoots at Anna's body.
fn fight() -> Story {
    let mut story = Story::default();
    let [anna, arno] = [("Anna", "AXIS"), ("Arno", "AXIS")];
    let [bert, bea] = [("Bert", "ALLIES"), ("Bea", "ALLIES")];
    story
        .engagement(
            anna,
            (4000, 5000),
            "killed",
            (0, 0),
            &[
                ("Bert", "ALLIES", 80, 4000, 5000, true),
                ("Bea", "ALLIES", 20, 4300, 4500, false),
            ],
        )
        .engagement(
            bert,
            (4500, 6500),
            "killed",
            (600, 0),
            &[("Arno", "AXIS", 120, 4500, 6500, true)],
        )
        .engagement(
            arno,
            (7000, 12_000),
            "escaped",
            (300, 400),
            &[("Bea", "ALLIES", 30, 7000, 7200, false)],
        )
        .engagement(
            arno,
            (9000, 9000),
            "killed",
            (300, 400),
            &[("Arno", "AXIS", 100, 9000, 9000, true)],
        )
        .engagement(
            anna,
            (5300, 20_300),
            "timeout",
            (0, 0),
            &[("Bea", "ALLIES", 50, 5300, 5400, false)],
        )
        .life(anna, &standing(1000, 5000, 1000, (0, 0)), "killed")
        .life(arno, &standing(1000, 9000, 1000, (300, 400)), "selfkill")
        .life(bert, &standing(1000, 6500, 1000, (600, 0)), "killed")
        .life(bea, &standing(1000, 20_000, 1000, (1000, 0)), "killed");
    story
}

/// The row of a list in which `key` is the GUID of `name`.
fn row<'a>(rows: &'a Value, key: &str, name: &str) -> &'a Value {
    let found = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row[key] == guid(name));
    found.unwrap_or_else(|| panic!("{name} in {rows}"))
}

#[test]
fn trades_of_the_reference() {
    let all = serde_json::to_value(numbers(&fight()).trades).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 3);
    let anna = row(&all, "victim_guid", "Anna");
    assert_eq!(
        anna["opportunities"],
        json!([{"guid": "GUIDArno", "name": "Arno", "distance": 500.0, "delta_ms": 0}])
    );
    assert_eq!(
        anna["attempts"],
        json!([]),
        "his first hit was before her death"
    );
    assert_eq!(
        anna["successes"],
        json!([{"guid": "GUIDArno", "name": "Arno", "delta_ms": 1500}])
    );
    assert_eq!(
        (&anna["missed_candidates"], &anna["is_isolation_death"]),
        (&json!([]), &json!(false))
    );
    let bert = row(&all, "victim_guid", "Bert");
    assert_eq!(bert["nearest_teammate_dist"], 400.0);
    assert_eq!(
        bert["attempts"],
        json!([{"guid": "GUIDBea", "name": "Bea", "delta_ms": 500}])
    );
    assert_eq!(
        (&bert["successes"], &bert["missed_candidates"]),
        (&json!([]), &json!([]))
    );
    // The reference takes a self kill for a kill that its victim can avenge on himself; so it is marked.
    let arno = row(&all, "victim_guid", "Arno");
    assert_eq!(arno["flags"], json!(["self_kill"]));
    assert_eq!(arno["successes"][0]["guid"], "GUIDArno");
    assert_eq!(
        (&arno["nearest_teammate_dist"], &arno["is_isolation_death"]),
        (&Value::Null, &json!(true))
    );
}

#[test]
fn trades_of_ours() {
    let numbers = numbers(&fight());
    let name = |player: sandtable::model::PlayerId| numbers.players[player.index()].name.as_str();
    let all: Vec<_> = numbers
        .ours_trades
        .iter()
        .map(|t| (t.t_ms, name(t.victim), name(t.killer)))
        .collect();
    assert_eq!(
        all,
        [(5000, "Anna", "Bert"), (6500, "Bert", "Arno")],
        "no self kill"
    );
    let [anna, bert] = numbers.ours_trades.as_slice() else {
        panic!()
    };
    assert_eq!(
        (name(anna.near[0].player), anna.near[0].distance_u),
        ("Arno", 500.0)
    );
    assert_eq!(
        (anna.tried.len(), anna.tried[0].was_already_shooting),
        (1, true)
    );
    let avenged = anna.avenged.unwrap();
    assert_eq!((name(avenged.player), avenged.delay_ms), ("Arno", 1500));
    assert_eq!(
        (name(bert.tried[0].player), bert.tried[0].delay_ms),
        ("Bea", 500)
    );
    assert!(bert.avenged.is_none() && !bert.is_missed() && !bert.is_isolated);
}

#[test]
fn support_of_both() {
    let numbers = numbers(&fight());
    // Anna at 5 s (Arno fights since 4.5 s); Arno at 4 and 5 s (she since 4 s); Bert at 5, 6 and 6.5 s; Bea at 4, 5 and 6 s.
    let support = numbers.support.unwrap();
    assert_eq!((support.support_samples, support.total_samples), (9, 41));
    assert_eq!(support.support_uptime_pct, 21.95);
    // A death point holds no time: Anna's at 5 s does not count, nor does she support Arno then; Bert's of 6 s holds half a second.
    let ours = numbers.ours_support.unwrap();
    assert_eq!((ours.all.supported_ms, ours.all.alive_ms), (5500, 36_500));
    let each: Vec<_> = ours
        .players
        .iter()
        .map(|p| (p.supported_ms, p.alive_ms))
        .collect();
    assert_eq!(
        each,
        [(0, 4000), (1000, 8000), (1500, 5500), (3000, 19_000)]
    );
}

#[test]
fn teamplay_of_both() {
    let numbers = numbers(&fight());
    let all = serde_json::to_value(&numbers.teamplay).unwrap();
    let bert = row(&all, "player_guid", "Bert");
    for (key, value) in [
        ("crossfire_participations", 1.0),
        ("crossfire_kills", 1.0),
        ("crossfire_damage", 80.0),
        ("crossfire_final_blows", 1.0),
        ("avg_crossfire_delay_ms", 300.0),
        ("times_targeted", 1.0),
        ("solo_deaths", 1.0),
        ("solo_engagements", 0.0),
        ("avg_escape_distance", 120.0),
        ("avg_engagement_duration_ms", 2000.0),
        ("total_damage_taken", 120.0),
    ] {
        assert_eq!(bert[key].as_f64(), Some(value), "{key}");
    }
    assert_eq!(
        row(&all, "player_guid", "Bea")["solo_engagements"],
        2,
        "one of them on a body"
    );
    assert_eq!(
        row(&all, "player_guid", "Arno")["times_targeted"],
        2,
        "one of them by himself"
    );
    let pairs = serde_json::to_value(&numbers.crossfire_pairs).unwrap();
    assert_eq!(pairs.as_array().unwrap().len(), 1);
    assert_eq!(
        (&pairs[0]["player1_guid"], &pairs[0]["player2_guid"]),
        (&json!("GUIDBea"), &json!("GUIDBert"))
    );
    assert_eq!(
        (
            &pairs[0]["total_combined_damage"],
            &pairs[0]["avg_delay_ms"]
        ),
        (&json!(100), &json!(300.0))
    );
    let [anna, arno, bert, bea] = numbers.ours_fights.as_slice() else {
        panic!()
    };
    assert_eq!(
        (bea.attacked, bea.attacked_alone, bea.damage_given),
        (2, 1, 50)
    );
    assert_eq!(
        (
            arno.targeted,
            arno.solo_escapes,
            arno.solo_deaths,
            arno.solo_kills
        ),
        (1, 1, 0, 1)
    );
    assert_eq!(
        (anna.targeted, anna.focus_deaths, anna.damage_taken),
        (1, 1, 100)
    );
    assert_eq!((bert.shared_kills, bert.crossfires), (1, 1));
    let pair = &numbers.ours_crossfire_pairs[0];
    assert_eq!(
        (pair.crossfires, pair.kills, pair.damage, pair.mean_delay_ms),
        (1, 1, 100, 300.0)
    );
}

#[test]
fn doubtful_rows_are_marked_and_set_aside() {
    let engagements = numbers(&fight()).engagements;
    assert_eq!((engagements.all.n, engagements.fights.n), (5, 3));
    let doubts: Vec<_> = engagements.flags.into_iter().collect();
    assert_eq!(doubts, [("corpse", 1), ("self_kill", 1)]);
}

#[test]
fn values_of_a_life() {
    let mut story = Story::default();
    story.life(
        ("Anna", "AXIS"),
        &[(1000, 0, 0), (1200, 30, 40), (1400, 30, 40), (1600, 60, 80)],
        "killed",
    );
    let life = &numbers(&story).lives[0];
    assert_eq!((life.duration_ms, life.time_to_first_move_ms), (600, None));
    assert_eq!(
        (life.total_distance, life.post_spawn_distance),
        (100.0, 100.0)
    );
    assert_eq!(
        (life.avg_speed, life.peak_speed, life.sprint_percentage),
        (100.0, 100.0, 0.0)
    );
    assert_eq!(
        (
            life.stance_standing_sec,
            life.stance_prone_sec,
            life.sprint_sec
        ),
        (0.4, 0.0, 0.0)
    );
}

/// Two bots without GUID are one player for the reference, and two for us.
#[test]
fn bots_without_guid() {
    let mut story = Story::default();
    story
        .engagement(
            ("bot one", "AXIS"),
            (4000, 5000),
            "killed",
            (0, 0),
            &[("Bert", "ALLIES", 100, 4000, 5000, true)],
        )
        .engagement(
            ("Bert", "ALLIES"),
            (6000, 7000),
            "escaped",
            (0, 0),
            &[
                ("bot one", "AXIS", 10, 6000, 6100, false),
                ("bot two", "AXIS", 20, 6200, 6300, false),
            ],
        )
        .life(
            ("bot one", "AXIS"),
            &standing(1000, 5000, 200, (0, 0)),
            "killed",
        )
        .life(
            ("bot two", "AXIS"),
            &standing(1000, 9000, 200, (100, 0)),
            "round_end",
        );
    let numbers = numbers(&story);
    let death = &numbers.trades[0];
    assert_eq!(
        (death.nearest_teammate_dist, death.is_isolation_death),
        (None, true)
    );
    assert_eq!(death.flags.iter().count(), 1, "a bot");
    let nobody = numbers
        .teamplay
        .iter()
        .find(|p| p.player_guid.is_empty())
        .unwrap();
    assert_eq!(
        (nobody.crossfire_participations, nobody.crossfire_damage),
        (1, 20),
        "the later one replaces the earlier"
    );
    let ours = &numbers.ours_trades[0];
    assert_eq!((ours.near.len(), ours.near[0].distance_u), (1, 100.0));
    let given: Vec<_> = numbers
        .ours_fights
        .iter()
        .map(|fights| fights.damage_given)
        .collect();
    assert_eq!(given.iter().sum::<i64>(), 130);
    assert_eq!(numbers.ours_crossfire_pairs.len(), 1);
}

/// The order of rows in a file means nothing to any number; only lists follow it.
#[test]
fn row_order_changes_nothing() {
    let straight = fight();
    let mut turned = straight.clone();
    turned.engagements.reverse();
    turned.tracks.reverse();
    let sorted = |story: &Story| {
        let numbers = numbers(story);
        let mut all = serde_json::to_value(&numbers).unwrap();
        for key in ["trades", "teamplay", "lives", "crossfire_pairs"] {
            let list = all[key].as_array_mut().unwrap();
            list.sort_by_key(Value::to_string);
        }
        let name = |player: sandtable::model::PlayerId| &numbers.players[player.index()].name;
        let ours: Vec<_> = numbers
            .ours_trades
            .iter()
            .map(|t| {
                format!(
                    "{} {} {} {:?}",
                    t.t_ms,
                    name(t.victim),
                    t.near.len(),
                    t.avenged.map(|a| a.delay_ms)
                )
            })
            .collect();
        let support = numbers.ours_support.as_ref().unwrap().all;
        let keys = [
            "trades",
            "support",
            "teamplay",
            "lives",
            "crossfire_pairs",
            "engagements",
        ];
        (keys.map(|key| all[key].clone()), ours, support)
    };
    assert_eq!(sorted(&straight), sorted(&turned));
}

#[test]
fn nothing_gives_nothing() {
    let numbers = numbers(&Story::default());
    assert!(numbers.trades.is_empty() && numbers.teamplay.is_empty() && numbers.lives.is_empty());
    assert!(
        numbers.crossfire_pairs.is_empty()
            && numbers.ours_trades.is_empty()
            && numbers.ours_fights.is_empty()
    );
    assert_eq!((numbers.support, numbers.ours_support), (None, None));
    assert_eq!(numbers.engagements.all.mean_duration_ms, None);
    assert_eq!(numbers.unavailable.len(), 3);
}

/// A file of version 3 has engagements and no tracks.
#[test]
fn without_tracks_what_can_be_given_is_given() {
    let mut story = fight();
    story.tracks.clear();
    let numbers = numbers(&story);
    assert!(
        numbers.trades.is_empty() && numbers.support.is_none() && numbers.ours_support.is_none()
    );
    assert_eq!(
        (numbers.teamplay.len(), numbers.crossfire_pairs.len()),
        (4, 1)
    );
    assert_eq!(numbers.ours_trades.len(), 2);
    assert!(
        numbers
            .ours_trades
            .iter()
            .all(|trade| trade.near.is_empty())
    );
    assert!(numbers.ours_trades[0].avenged.is_some());
    assert!(numbers.unavailable[0].contains("no player tracks"));
}

/// Arno walks past Anna while he is shot at, sampled every 200 and every 500 ms: the time she is supported is the same up to half a step at
/// each of the two crossings.
#[test]
fn support_in_time_does_not_depend_on_the_cadence() {
    let sampled = |step: usize| {
        let walk = (0..=60_000_i64)
            .step_by(step)
            .map(|t| (t, t / 25 - 1200, 0));
        let mut story = Story::default();
        story
            .engagement(
                ("Arno", "AXIS"),
                (5000, 55_000),
                "escaped",
                (0, 0),
                &[("Bert", "ALLIES", 9, 5000, 55_000, false)],
            )
            .life(
                ("Anna", "AXIS"),
                &standing(0, 60_000, step, (0, 0)),
                "round_end",
            )
            .life(("Arno", "AXIS"), &walk.collect::<Vec<_>>(), "round_end");
        let numbers = numbers(&story);
        let ours = numbers.ours_support.unwrap();
        (
            ours.players[0].supported_ms,
            numbers.support.unwrap().support_samples,
        )
    };
    let [(fine_ms, fine_samples), (coarse_ms, coarse_samples)] = [200, 500].map(sampled);
    // He is within 600 u from 15 to 45 s.
    assert!(
        (fine_ms - 30_000).abs() <= 400 && (coarse_ms - 30_000).abs() <= 1000,
        "{fine_ms} {coarse_ms}"
    );
    assert!(
        fine_samples > 2 * coarse_samples,
        "the reference counts samples: {fine_samples} {coarse_samples}"
    );
}
