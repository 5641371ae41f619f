//! Invariants on all fixtures.

use crate::scene::{ANNA, BERT, Seen, kill, scene};
use crate::support;
use sandtable::analysis::deaths::DeathKind;
use sandtable::analysis::outages::{Denied, Outage};
use sandtable::analysis::wave_ledger::Segment;
use sandtable::analysis::waves::{self, Clocks};
use sandtable::model::Team;

/// Rounds of a real server have a clock; waves of simulated rounds follow no seed and must have none.
#[test]
fn only_real_waves_make_a_clock() {
    for path in support::rounds() {
        let name = path.to_string_lossy().into_owned();
        let clocks = Clocks::of(&support::round(&path), &waves::Params::default());
        if !name.contains("sandpit") {
            assert!(
                clocks.axis.is_err() && clocks.allies.is_err(),
                "{name}: {clocks:?}"
            );
            continue;
        }
        for (clock, interval) in [(clocks.axis, 25_000), (clocks.allies, 20_000)] {
            let clock = clock.unwrap();
            assert_eq!(
                (clock.interval_ms, clock.bias_ms),
                (interval, -25),
                "{name}"
            );
            assert_eq!(clock.landings_near, clock.landings, "{name}");
            // Seeds of the engine are whole fractions of a second; on this server whole seconds.
            assert_eq!(clock.offset_ms % 1000, 0, "{name}");
        }
    }
}

/// Sums of parts are the whole, on every fixture.
#[test]
fn parts_add_up_on_real_rounds() {
    let mut rounds = support::rounds();
    rounds.extend(support::files("assets/demo"));
    let mut with_ledger = 0;
    for path in rounds {
        let name = path.display().to_string();
        let seen = Seen::of(support::round(&path));
        if seen.round.lives().is_empty() {
            continue;
        }
        let outages = &seen.outages;
        assert_eq!(outages.all.len(), seen.deaths.len(), "{name}");
        let denied = |d: &Denied| (d.kills, d.denied_ms);
        let players = outages.players.iter().map(denied);
        let players = players.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let teams = [outages.axis, outages.allies].map(|d| denied(&d));
        assert_eq!(
            players,
            (teams[0].0 + teams[1].0, teams[0].1 + teams[1].1),
            "{name}"
        );
        let by_enemies = seen
            .deaths
            .iter()
            .filter(|d| d.kind == DeathKind::Enemy && d.killer.is_some());
        assert_eq!(players.0 as usize, by_enemies.count(), "{name}");
        assert!(
            outages
                .all
                .iter()
                .all(|o| o.out_ms().is_none_or(|ms| ms >= 0))
        );
        for reading in &seen.momentum.readings {
            assert!(reading.balance().is_finite(), "{name}");
        }
        let (axis, allies) = (&seen.ledger.axis, &seen.ledger.allies);
        let (Some(axis), Some(allies)) = (axis, allies) else {
            continue;
        };
        with_ledger += 1;
        let merged = &seen.ledger.merged;
        let sum = |of: fn(&Segment) -> u32| merged.iter().map(of).sum::<u32>();
        let of_team = |team| {
            seen.deaths
                .iter()
                .filter(|d| d.victim_team == Some(team))
                .count() as u32
        };
        assert_eq!(sum(|s| s.axis_deaths), of_team(Team::Axis), "{name}");
        assert_eq!(sum(|s| s.allies_deaths), of_team(Team::Allies), "{name}");
        for (ledger, own_deaths, kills, team) in [
            (
                axis,
                sum(|s| s.axis_deaths),
                sum(|s| s.axis_kills),
                Team::Axis,
            ),
            (
                allies,
                sum(|s| s.allies_deaths),
                sum(|s| s.allies_kills),
                Team::Allies,
            ),
        ] {
            let cycles = &ledger.cycles;
            assert_eq!(
                cycles.iter().map(|c| c.deaths).sum::<u32>(),
                own_deaths,
                "{name}"
            );
            assert_eq!(cycles.iter().map(|c| c.kills).sum::<u32>(), kills, "{name}");
            assert_eq!(ledger.won + ledger.lost + ledger.even, cycles.len() as u32);
            assert!(
                cycles
                    .windows(2)
                    .all(|pair| pair[0].end_ms == pair[1].start_ms)
            );
            let out: i64 = outages
                .all
                .iter()
                .filter(|o| o.victim_team == Some(team))
                .filter_map(Outage::out_ms)
                .sum();
            assert_eq!(
                cycles.iter().map(|c| c.waiting_ms).sum::<i64>(),
                out,
                "{name}"
            );
            assert_eq!(cycles.iter().map(|c| c.dead_ms).sum::<i64>(), out, "{name}");
        }
        let ahead: i64 = merged.iter().map(|s| s.axis_ahead_ms).sum();
        assert_eq!(ahead, seen.alive.axis_ahead_ms, "{name}");
        let kills = seen.staggers.of_axis.kills + seen.staggers.of_allies.kills;
        assert_eq!(kills as usize, seen.staggers.kills.len());
        assert_eq!(kills, players.0, "{name}");
    }
    assert_eq!(with_ledger, 4);
}

/// Times far outside of any round make nothing overflow, and no cycle.
#[test]
fn absurd_times_break_nothing() {
    const FAR_MS: i64 = 1_000_000_000_000_000;
    let mut story = scene();
    for t in [-FAR_MS, FAR_MS] {
        kill(&mut story, t, ANNA, BERT);
    }
    let absurd = format!("K;Bert;ALLIES;K;Anna;AXIS;{FAR_MS};{FAR_MS};{FAR_MS};0.500");
    story.sections[0].1.push(absurd);
    let seen = Seen::of(story.round());
    assert!(seen.clocks.axis.is_ok(), "an absurd interval is none");
    let cycles = &seen.ledger.axis.as_ref().unwrap().cycles;
    assert!(cycles.len() <= 5 && cycles.iter().all(|cycle| cycle.deaths <= 3));
    assert!(
        seen.momentum.at(i64::MIN).balance() == 0.0
            && seen.momentum.at(i64::MAX).balance().is_finite()
    );
    assert!(
        seen.outages
            .all
            .iter()
            .filter_map(Outage::out_ms)
            .all(|ms| ms >= 0)
    );
}
