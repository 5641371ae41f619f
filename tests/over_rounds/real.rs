//! Orders, cadences, and invariants on all fixtures.

use crate::scene::{ANNA, ARNO, first_round, hill, second_round};
use crate::story::Story;
use crate::support;
use sandtable::analysis::deaths::{deaths, scores_at};
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::outages::outages;
use sandtable::analysis::over_rounds::{
    METRICS, Params, RoundFacts, Tally, over_rounds, round_facts,
};
use sandtable::analysis::person::person;
use sandtable::analysis::teamplay::fights;
use sandtable::model::Round;

/// Facts are in order of persons, so they do not even depend on the order of a file's rows.
#[test]
fn the_order_of_rows_changes_nothing() {
    for story in [first_round(), second_round()] {
        let mut other = story.clone();
        other.tracks.reverse();
        other.engagements.reverse();
        for (_, rows) in &mut other.sections {
            rows.reverse();
        }
        let facts = |story: &Story| round_facts(&story.round(), &hill(), &Params::default());
        assert_eq!(facts(&story), facts(&other));
    }
}

/// Arno walks to and fro past Anna, sampled every 200 and every 500 ms.
#[test]
fn time_near_each_other_does_not_depend_on_the_cadence() {
    let sampled = |step: usize| {
        let at = |t: i64| (t, (900.0 * (t as f64 / 4000.0).sin()).round() as i64, 0);
        let mut story = Story::default();
        let walk: Vec<_> = (0..=60_000).step_by(step).map(at).collect();
        let stand: Vec<_> = (0..=60_000).step_by(step).map(|t| (t, 0, 0)).collect();
        story
            .life(ANNA, &stand, "round_end")
            .life(ARNO, &walk, "round_end");
        let facts = round_facts(&story.round(), &[], &Params::default());
        (facts.pairs[0].both_ms, facts.pairs[0].near_ms)
    };
    let [fine, coarse] = [200, 500].map(sampled);
    assert_eq!((fine.0, coarse.0), (60_000, 60_000));
    // He is within 600 u for asin(2/3) of every quarter of his swing: 46 % of the time. Every one of 10 crossings may be off by a step.
    assert!((fine.1 - 27_900).abs() <= 10 * 200, "{fine:?}");
    assert!((coarse.1 - 27_900).abs() <= 10 * 500, "{coarse:?}");
    assert!((fine.1 - coarse.1).abs() <= 10 * 500);
}

fn real_rounds() -> Vec<Round> {
    let mut paths = support::rounds();
    paths.extend(support::files("assets/demo"));
    paths.iter().map(|path| support::round(path)).collect()
}

/// The facts of every fixture agree with the single modules.
#[test]
fn facts_of_real_rounds_add_up() {
    let rounds = real_rounds();
    let facts: Vec<_> = rounds
        .iter()
        .map(|round| round_facts(round, &[], &Params::default()))
        .collect();
    for (round, facts) in rounds.iter().zip(&facts) {
        let name = &round.provenance.file_name;
        let deaths = deaths(round);
        let flags = RowFlags::of(round, &deaths);
        let (by_player, pairs) = fights(round, &flags);
        let scores = scores_at(&deaths, round.players.len(), i64::MAX);
        let denied = outages(round, &deaths);
        for player in &facts.players {
            let total = player.total();
            let mut ids: Vec<_> = round.players.ids().collect();
            ids.retain(|id| {
                let who = person(round, *id);
                who.guid == player.person.guid
                    && (!who.guid.is_empty() || who.name == player.person.name)
            });
            let sum = |of: &dyn Fn(usize) -> i64| ids.iter().map(|id| of(id.index())).sum::<i64>();
            assert_eq!(
                i64::from(total.kills),
                sum(&|i| scores[i].kills.into()),
                "{name}"
            );
            assert_eq!(
                i64::from(total.deaths),
                sum(&|i| scores[i].deaths.into()),
                "{name}"
            );
            assert_eq!(
                total.damage_given,
                sum(&|i| by_player[i].damage_given),
                "{name}"
            );
            assert_eq!(
                total.damage_taken,
                sum(&|i| by_player[i].damage_taken),
                "{name}"
            );
            assert_eq!(
                i64::from(total.targeted),
                sum(&|i| by_player[i].targeted.into())
            );
            assert_eq!(
                i64::from(total.focus_escapes),
                sum(&|i| by_player[i].focus_escapes.into())
            );
            assert_eq!(
                total.denied_ms,
                sum(&|i| denied.players[i].denied_ms),
                "{name}"
            );
            assert!(
                total.sampled_ms <= total.alive_ms + 5000,
                "{name}: {total:?}"
            );
            assert!(total.supported_ms <= total.sampled_ms && total.moving_ms <= total.sampled_ms);
        }
        let crossfires: usize = facts.pairs.iter().map(|pair| pair.delays_ms.len()).sum();
        assert_eq!(
            crossfires as u32,
            pairs.iter().map(|pair| pair.crossfires).sum::<u32>(),
            "{name}"
        );
        assert!(facts.pairs.iter().all(|pair| pair.near_ms <= pair.both_ms));
    }
}

/// The tables add up to each other, and hold no impossible number.
#[test]
fn tables_of_real_rounds_add_up() {
    let facts: Vec<_> = real_rounds()
        .iter()
        .map(|round| round_facts(round, &[], &Params::default()))
        .collect();
    let all = over_rounds(&facts);
    let mut by_players = Tally::default();
    all.players
        .iter()
        .for_each(|row| by_players.add(&row.summary.total));
    let (mut by_maps, mut by_player_maps) = (Tally::default(), Tally::default());
    all.maps
        .iter()
        .for_each(|row| by_maps.add(&row.summary.total));
    all.player_maps
        .iter()
        .for_each(|row| by_player_maps.add(&row.summary.total));
    assert_eq!((by_players, by_players), (by_maps, by_player_maps));
    let mut by_classes = Tally::default();
    all.classes
        .iter()
        .for_each(|row| by_classes.add(&row.summary.total));
    assert_eq!(
        (by_classes.kills, by_classes.alive_ms),
        (by_players.kills, by_players.alive_ms)
    );
    assert!(by_players.kills > 500);
    let summaries = all
        .players
        .iter()
        .map(|row| &row.summary)
        .chain(all.maps.iter().map(|row| &row.summary));
    for summary in summaries {
        assert_eq!(summary.metrics.len(), METRICS.len());
        for metric in &summary.metrics {
            assert!(metric.pooled.is_none_or(f64::is_finite), "{metric:?}");
            if let Some(rounds) = metric.per_round {
                assert!(
                    rounds.n <= summary.rounds
                        && rounds.min <= rounds.median
                        && rounds.median <= rounds.max
                );
                assert!(
                    metric.key.ends_with("_pct") <= (rounds.max <= 100.0),
                    "{metric:?}"
                );
            }
        }
    }
}

/// The order of rounds changes nothing, to the last bit; a part of the rounds and the rest add up to all.
#[test]
fn the_order_of_rounds_changes_nothing() {
    let facts: Vec<_> = real_rounds()
        .iter()
        .map(|round| round_facts(round, &[], &Params::default()))
        .collect();
    let text = |rounds: &[&RoundFacts]| {
        serde_json::to_string(&over_rounds(rounds.iter().copied())).unwrap()
    };
    let mut order: Vec<&RoundFacts> = facts.iter().collect();
    let straight = text(&order);
    order.reverse();
    assert!(straight == text(&order), "reversed");
    order.rotate_left(5);
    assert!(straight == text(&order), "rotated");
    let (some, rest) = facts.split_at(facts.len() / 2);
    let mut sums: Vec<(String, Tally)> = Vec::new();
    for part in [some, rest] {
        for row in over_rounds(part).players {
            let key = format!("{}|{}", row.who.person.guid, row.who.person.name);
            match sums.iter_mut().find(|sum| sum.0 == key) {
                Some(sum) => sum.1.add(&row.summary.total),
                None => sums.push((key, row.summary.total)),
            }
        }
    }
    sums.sort_by(|a, b| a.0.cmp(&b.0));
    let mut whole: Vec<_> = over_rounds(&facts)
        .players
        .into_iter()
        .map(|row| {
            (
                format!("{}|{}", row.who.person.guid, row.who.person.name),
                row.summary.total,
            )
        })
        .collect();
    whole.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(whole, sums);
}
