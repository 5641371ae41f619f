//! Numbers of the two rounds.

use crate::scene::{both, first_round, hill, second_round};
use crate::story::{Story, guid};
use sandtable::analysis::distribution::Distribution;
use sandtable::analysis::over_rounds::{OverRounds, Params, Summary, over_rounds, round_facts};

fn player<'a>(all: &'a OverRounds, name: &str) -> &'a Summary {
    &all.players
        .iter()
        .find(|row| row.who.name == name)
        .unwrap()
        .summary
}

fn pooled(summary: &Summary, key: &str) -> Option<f64> {
    summary.metric(key).unwrap().pooled
}

fn spread(summary: &Summary, key: &str) -> Distribution {
    summary.metric(key).unwrap().per_round.unwrap()
}

#[test]
fn a_player_over_two_rounds() {
    let all = over_rounds(&both());
    assert_eq!(all.rounds, 2);
    let anna = player(&all, "Anna");
    assert_eq!(anna.rounds, 2);
    let total = &anna.total;
    assert_eq!(
        (total.lives, total.alive_ms, total.sampled_ms),
        (3, 70_000, 70_000)
    );
    assert_eq!((total.kills, total.deaths), (1, 2));
    assert_eq!((total.damage_given, total.damage_taken), (60, 220));
    assert_eq!(
        (total.enemy_deaths, total.avenged, total.placed_deaths),
        (2, 1, 2)
    );
    assert_eq!(
        (total.near_deaths, total.missed_deaths, total.alone_deaths),
        (1, 0, 1)
    );
    assert_eq!((total.denied_kills, total.denied_ms), (1, 30_000));
    assert_eq!((total.region_hits, total.head_hits), (2, 1));
    assert_eq!((total.weapon_hits, total.weapon_headshots), (4, 1));
    assert_eq!(
        (total.supported_ms, total.way_milli_u, total.moving_ms),
        (1000, 0, 0)
    );
    assert_eq!(
        (total.targeted, total.focused, total.solo_escapes),
        (2, 0, 0)
    );
    assert_eq!(
        (pooled(anna, "kd"), spread(anna, "kd").median),
        (Some(0.5), 0.5)
    );
    assert_eq!((spread(anna, "kd").n, spread(anna, "kd").max), (2, 1.0));
    assert_eq!(
        pooled(anna, "kills_per_min"),
        Some(1.0 / (70_000.0 / 60_000.0))
    );
    assert_eq!(spread(anna, "kills_per_min").mean, 0.6);
    assert_eq!(
        pooled(anna, "damage_taken_per_min"),
        Some(220.0 / (70_000.0 / 60_000.0))
    );
    assert_eq!(pooled(anna, "damage_given_per_life"), Some(20.0));
    assert_eq!(
        (pooled(anna, "alone_pct"), spread(anna, "alone_pct").median),
        (Some(50.0), 50.0)
    );
    assert_eq!(
        (pooled(anna, "avenged_pct"), pooled(anna, "missed_pct")),
        (Some(50.0), Some(0.0))
    );
    assert_eq!(
        spread(anna, "missed_pct").n,
        1,
        "nobody was near in the second round"
    );
    assert_eq!(
        (pooled(anna, "denied_s"), pooled(anna, "denied_s_per_kill")),
        (Some(30.0), Some(30.0))
    );
    assert_eq!(
        (pooled(anna, "head_hit_pct"), pooled(anna, "headshot_pct")),
        (Some(50.0), Some(25.0))
    );
    assert_eq!(
        spread(anna, "head_hit_pct").n,
        1,
        "not captured in the second round"
    );
    assert_eq!(pooled(anna, "solo_escape_pct"), Some(0.0));
    assert_eq!(pooled(anna, "focus_escape_pct"), None);
    assert_eq!(pooled(anna, "trade_try_pct"), None);
    let lives = anna.life_ms.unwrap();
    assert_eq!((lives.n, lives.median), (2, 15_000.0));
    assert_eq!(anna.cut_life_ms.unwrap().median, 40_000.0);
    let moved = anna.first_move_ms.unwrap();
    assert_eq!((moved.n, moved.median), (1, 1500.0));
}

#[test]
fn team_mates_objectives_and_ways() {
    let all = over_rounds(&both());
    let arno = player(&all, "Arno");
    let total = &arno.total;
    assert_eq!((arno.rounds, total.kills, total.deaths), (1, 1, 0));
    assert_eq!(
        (
            total.trade_chances,
            total.trade_tries,
            total.trade_successes,
            total.trades
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(pooled(arno, "trade_success_pct"), Some(100.0));
    assert_eq!((total.denied_kills, total.denied_ms), (1, 8000));
    assert_eq!(
        (total.way_milli_u, total.moving_ms, total.supported_ms),
        (700_000, 1000, 1000)
    );
    assert_eq!(pooled(arno, "way_u_per_min"), Some(700.0));
    assert_eq!(pooled(arno, "kd"), None, "no death");
    assert_eq!(pooled(arno, "deaths"), Some(0.0));
    // He stands at both objectives at once from 30 s on, Bert in his two lives; Anna never.
    assert_eq!(
        (total.objective_ms, total.objective_sampled_ms),
        (30_000, 60_000)
    );
    assert_eq!(
        (pooled(arno, "objective_s"), pooled(arno, "objective_pct")),
        (Some(30.0), Some(50.0))
    );
    let bert = player(&all, "Bert");
    assert_eq!(
        (bert.total.objective_ms, bert.total.objective_sampled_ms),
        (22_000, 22_000)
    );
    assert_eq!(
        (bert.total.denied_ms, bert.total.kills),
        (10_000 + 40_000, 2)
    );
    assert_eq!(
        spread(bert, "objective_s").n,
        1,
        "no objective known in the second round"
    );
    assert_eq!(pooled(player(&all, "Anna"), "objective_s"), Some(0.0));
    assert_eq!(pooled(player(&all, "botX"), "objective_s"), None);
}

#[test]
fn classes_maps_and_bots() {
    let all = over_rounds(&both());
    let class = |name: &str, class| {
        let mut rows = all.classes.iter();
        &rows
            .find(|row| row.who.name == name && row.class == Some(class))
            .unwrap()
            .summary
    };
    let medic = class("Anna", "MEDIC");
    assert_eq!(
        (
            medic.rounds,
            medic.total.lives,
            medic.total.kills,
            medic.total.deaths
        ),
        (2, 2, 0, 2)
    );
    assert_eq!(
        (medic.total.alive_ms, medic.total.supported_ms),
        (30_000, 0)
    );
    assert_eq!(medic.life_ms.unwrap().n, 2);
    let soldier = class("Anna", "SOLDIER");
    assert_eq!(
        (soldier.rounds, soldier.total.kills, soldier.total.deaths),
        (1, 1, 0)
    );
    assert_eq!(
        (soldier.total.damage_given, soldier.total.denied_ms),
        (60, 30_000)
    );
    assert_eq!(
        (
            pooled(soldier, "head_hit_pct"),
            pooled(soldier, "headshot_pct")
        ),
        (Some(50.0), None)
    );
    assert_eq!((soldier.life_ms, soldier.cut_life_ms.unwrap().n), (None, 1));
    let maps: Vec<_> = all
        .maps
        .iter()
        .map(|row| {
            (
                row.map.as_str(),
                row.is_bot,
                row.summary.rounds,
                row.summary.total.kills,
            )
        })
        .collect();
    assert_eq!(maps, [("nowhere", false, 2, 4), ("nowhere", true, 1, 0)]);
    assert_eq!(all.maps[0].length_ms.unwrap().median, 60_000.0);
    assert_eq!(spread(&all.maps[0].summary, "kills").max, 3.0);
    let bots: Vec<_> = all.players.iter().filter(|row| row.who.is_bot).collect();
    assert_eq!((bots.len(), bots[0].who.name.as_str()), (1, "botX"));
    assert_eq!(bots[0].who.person.name, "botX");
    let on_map = all
        .player_maps
        .iter()
        .find(|row| row.who.name == "Anna")
        .unwrap();
    assert_eq!(
        (on_map.map.as_str(), &on_map.summary),
        ("nowhere", player(&all, "Anna"))
    );
}

#[test]
fn pairs_over_rounds() {
    let mut rounds = both().to_vec();
    rounds.push(rounds[0].clone());
    let all = over_rounds(&rounds);
    let names =
        |persons: &[sandtable::analysis::person::Person; 2]| persons.clone().map(|p| p.guid);
    let pair = all
        .pairs
        .iter()
        .find(|pair| names(&pair.persons) == ["GUIDAnna", "GUIDArno"])
        .unwrap();
    assert_eq!((pair.rounds, pair.has_bot), (2, false));
    assert_eq!((pair.crossfires, pair.kills, pair.damage), (2, 2, 200));
    let delay = pair.delay_ms.unwrap();
    assert_eq!((delay.n, delay.median), (2, 500.0));
    // Arno, the second, was near Anna's deaths and avenged them.
    assert_eq!(
        (pair.chances, pair.tries, pair.trades),
        ([0, 2], [0, 2], [0, 2])
    );
    // Together for 50 s of each round, within 600 u until he leaves at 30 s.
    assert_eq!(
        (pair.both_ms, pair.near_ms, pair.near_pct),
        (100_000, 40_000, Some(40.0))
    );
    assert_eq!(pair.near_pct_per_round.unwrap().median, 40.0);
    assert_eq!(pair.crossfires_per_round.unwrap().max, 1.0);
    let bot = all.pairs.iter().find(|pair| pair.has_bot).unwrap();
    assert_eq!(
        (bot.both_ms, bot.near_ms, bot.crossfires),
        (60_000, 60_000, 0)
    );
    assert_eq!(bot.delay_ms, None);
    assert_eq!(all.pairs.len(), 2, "opponents are no pair");
}

#[test]
fn names_change_and_guids_do_not() {
    let mut second = second_round();
    for row in second.tracks.iter_mut().chain(&mut second.engagements) {
        *row = row.replace(
            &format!("{};Anna", guid("Anna")),
            &format!("{};^1Zora", guid("Anna")),
        );
    }
    let first = round_facts(&first_round().round(), &[], &Params::default());
    let second = round_facts(&second.round(), &[], &Params::default());
    let all = over_rounds([&first, &second, &second]);
    let zora = all
        .players
        .iter()
        .find(|row| row.who.person.guid == "GUIDAnna")
        .unwrap();
    assert_eq!((zora.who.name.as_str(), zora.summary.rounds), ("^1Zora", 3));
    let text = |all: &OverRounds| serde_json::to_string(all).unwrap();
    assert_eq!(text(&all), text(&over_rounds([&second, &first, &second])));
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(over_rounds([]), OverRounds::default());
    let empty = round_facts(&Story::default().round(), &[], &Params::default());
    let all = over_rounds([&empty]);
    assert_eq!(
        (
            all.rounds,
            all.players.len(),
            all.maps.len(),
            all.pairs.len()
        ),
        (1, 0, 0, 0)
    );
    // A round without tracks: kills and damage are known, times are not.
    let mut story = second_round();
    story.tracks.clear();
    let all = over_rounds(&[round_facts(&story.round(), &hill(), &Params::default())]);
    let bert = player(&all, "Bert");
    assert_eq!(
        (pooled(bert, "kills"), pooled(bert, "damage_given")),
        (Some(1.0), Some(120.0))
    );
    for key in [
        "lives",
        "alive_min",
        "kills_per_min",
        "objective_s",
        "denied_s",
        "supported_pct",
        "way_u_per_min",
    ] {
        assert_eq!(pooled(bert, key), None, "{key}");
    }
    assert_eq!(pooled(player(&all, "Anna"), "alone_pct"), None);
}
