//! Stands, momentum, and what comes of nothing.

use crate::scene::{ANNA, ARNO, BEA, BERT, Seen, kill, life, scene};
use crate::story::Story;
use sandtable::analysis::alive::{self, StandEnd};
use sandtable::analysis::deaths::Death;
use sandtable::analysis::momentum::{self, Momentum, momentum};

#[test]
fn stands_and_how_they_end() {
    let seen = Seen::of(scene().round());
    let stands: Vec<_> = seen
        .alive
        .stands
        .iter()
        .map(|s| {
            (
                seen.names(&[s.player])[0],
                s.start_ms,
                s.end,
                s.survived,
                s.is_won,
                s.end_ms,
            )
        })
        .collect();
    assert_eq!(
        stands,
        [
            ("Alma", 12_000, StandEnd::Helped, true, false, 14_975),
            ("Bea", 20_000, StandEnd::Helped, true, false, 23_000),
            ("Anna", 30_000, StandEnd::Helped, true, false, 34_975),
            ("Alma", 45_000, StandEnd::Died, false, false, 50_000),
            ("Alma", 60_000, StandEnd::Cleared, true, true, 65_000),
        ]
    );
    assert_eq!(
        seen.alive.first_blood,
        Some((10_000, seen.id(BERT), seen.id(ANNA)))
    );
    // Two enemies kill themselves: the stand is survived, not won.
    let mut story = Story::default();
    life(&mut story, ANNA, 0, 40_000, "round_end");
    for (who, t) in [(BERT, 10_000), (BEA, 20_000)] {
        life(&mut story, who, 0, t, "selfkill");
        kill(&mut story, t, who, who);
    }
    let seen = Seen::of(story.round());
    let stand = seen.alive.stands[0];
    assert_eq!(
        (stand.end, stand.survived, stand.is_won),
        (StandEnd::Cleared, true, false)
    );
    assert_eq!(stand.end_ms, 20_000);
    // Alive against two when the round ends: survived, with nothing won.
    let mut story = Story::default();
    for who in [ANNA, BERT, BEA] {
        life(&mut story, who, 0, 40_000, "round_end");
    }
    let stand = Seen::of(story.round()).alive.stands[0];
    assert_eq!(
        (stand.end, stand.survived, stand.is_won),
        (StandEnd::RoundOver, true, false)
    );
}

#[test]
fn momentum_fades_and_never_looks_ahead() {
    let seen = Seen::of(scene().round());
    let momentum = &seen.momentum;
    assert_eq!(momentum.at(0).balance(), 0.0);
    let before = momentum.at(9999);
    assert_eq!(
        (before.axis.exchange, before.axis.lead, before.allies.lead),
        (0.0, 0.5, -0.5)
    );
    let at = momentum.at(10_000);
    assert_eq!(
        (at.axis.exchange, at.allies.exchange, at.axis.lead),
        (-1.0, 1.0, 0.0)
    );
    assert_eq!(at.balance(), -2.0);
    let later = momentum.at(11_999).axis.exchange;
    assert!(
        (later + (-1999.0_f64 / 15_000.0).exp2()).abs() < 1e-12,
        "{later}"
    );
    // A self kill costs his own team alone.
    let (just, then) = (momentum.at(59_999), momentum.at(60_000));
    let fade = (-1.0_f64 / 15_000.0).exp2();
    assert!((then.axis.exchange - (just.axis.exchange * fade - 1.0)).abs() < 1e-9);
    assert!((then.allies.exchange - just.allies.exchange * fade).abs() < 1e-9);
    assert!((momentum.at(i64::MAX).axis.exchange).abs() < 1e-9);
    // Without what comes later every earlier value is the same.
    for until in [12_000, 23_000, 45_000] {
        let deaths: Vec<_> = seen
            .deaths
            .iter()
            .take_while(|d| d.t_ms <= until)
            .copied()
            .collect();
        let steps: Vec<_> = seen
            .alive
            .steps
            .iter()
            .take_while(|s| s.t_ms <= until)
            .copied()
            .collect();
        let cut = cut_momentum(&deaths, &steps);
        for t in (0..=until).step_by(250) {
            assert_eq!(cut.at(t), momentum.at(t), "at {t} of {until}");
        }
    }
}

fn cut_momentum(deaths: &[Death], steps: &[alive::Step]) -> Momentum {
    momentum(deaths, steps, 70_000, &momentum::Params::default())
}

#[test]
fn swings_are_the_largest_changes() {
    let mut story = Story::default();
    for who in [BERT, BEA] {
        life(&mut story, who, 0, 60_000, "round_end");
    }
    for who in [ANNA, ARNO] {
        life(&mut story, who, 0, 20_000, "killed");
        kill(&mut story, 20_000, who, BERT);
    }
    let seen = Seen::of(story.round());
    let [swing] = seen.momentum.swings.as_slice() else {
        panic!("{:?}", seen.momentum.swings)
    };
    assert_eq!((swing.start_ms, swing.end_ms), (10_000, 20_000));
    // Two kills and two men, seen from both sides: 2 + 2 in exchange, 1 + 1 in lead.
    assert_eq!((swing.from, swing.to, swing.change()), (0.0, -6.0, -6.0));
}

#[test]
fn nothing_comes_of_nothing() {
    let seen = Seen::of(Story::default().round());
    assert!(seen.outages.all.is_empty() && seen.momentum.readings.is_empty());
    assert!(seen.momentum.swings.is_empty() && seen.ledger.merged.is_empty());
    assert_eq!(seen.momentum.at(5).balance(), 0.0);
    // Deaths without any life: nobody is seen to come back, so nothing is measured.
    let mut story = Story::default();
    kill(&mut story, 5000, ANNA, BERT);
    let seen = Seen::of(story.round());
    assert!(seen.deaths.len() == 1 && seen.outages.all.is_empty());
    assert_eq!(seen.outages.players.len(), 2);
}
