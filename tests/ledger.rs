//! Reinforcement waves and what they cost, momentum, and stands: a scene worked out by hand, and invariants on real rounds.

#[path = "support/story.rs"]
mod story;
#[path = "support/mod.rs"]
mod support;

use sandtable::analysis::alive::{self, Alive, StandEnd, alive, alive_stretches, over_ms};
use sandtable::analysis::deaths::{Death, DeathKind, deaths};
use sandtable::analysis::momentum::{self, Momentum, momentum};
use sandtable::analysis::outages::{Back, Outages, outages};
use sandtable::analysis::stagger::{self, Staggers, staggers};
use sandtable::analysis::wave_ledger::{Sources, Verdict, WaveLedger, wave_ledger};
use sandtable::analysis::waves::{self, Clocks, NoClock};
use sandtable::model::{PlayerId, Round, Team};
use story::{Story, guid};

type Player = (&'static str, &'static str);
const ANNA: Player = ("Anna", "AXIS");
const ARNO: Player = ("Arno", "AXIS");
const ALMA: Player = ("Alma", "AXIS");
const BERT: Player = ("Bert", "ALLIES");
const BEA: Player = ("Bea", "ALLIES");

/// A life at one place, with a sample each second.
fn life(story: &mut Story, who: Player, start: i64, end: i64, how: &str) {
    let mut points: Vec<_> = (start..end).step_by(1000).map(|t| (t, 0, 0)).collect();
    points.push((end, 0, 0));
    story.life(who, &points, how);
}

fn kill(story: &mut Story, t: i64, victim: Player, killer: Player) {
    story.engagement(
        victim,
        (t - 300, t),
        "killed",
        (0, 0),
        &[(killer.0, killer.1, 100, t - 300, t, true)],
    );
}

/// Axis waves are recorded at 15, 35 and 55 s and land 25 ms earlier; the Allies have no clock. Everybody spawns at 0.5 s, the round ends at 70 s.
///
/// Bert kills Anna (10 s) and Arno (12 s), both land at 15 s; right then Bea kills Alma (16 s), who had not been with them. Anna kills Bert (20 s),
/// who is revived (23 s) and kills Arno (30 s). Anna (40 s, by Bea) waits for a medic and misses the wave that Arno (45 s, by Bea) and
/// Alma (50 s, by Bert) take. Arno kills himself (60 s), and Alma, alone against two, kills Bea (62 s) and Bert (65 s).
fn scene() -> Story {
    let mut story = Story::default();
    let s = &mut story;
    for (who, start, end, how) in [
        (ANNA, 500, 10_000, "killed"),
        (ANNA, 14_975, 40_000, "killed"),
        (ARNO, 500, 12_000, "killed"),
        (ARNO, 14_975, 30_000, "killed"),
        (ARNO, 34_975, 45_000, "killed"),
        (ARNO, 54_975, 60_000, "selfkill"),
        (ALMA, 500, 16_000, "killed"),
        (ALMA, 34_975, 50_000, "killed"),
        (ALMA, 54_975, 70_000, "round_end"),
        (BERT, 500, 20_000, "killed"),
        (BEA, 500, 62_000, "killed"),
    ] {
        life(s, who, start, end, how);
    }
    let of_axis = [
        (10_000, ANNA, BERT),
        (12_000, ARNO, BERT),
        (16_000, ALMA, BEA),
        (30_000, ARNO, BERT),
        (40_000, ANNA, BEA),
        (45_000, ARNO, BEA),
        (50_000, ALMA, BERT),
    ];
    let of_allies = [
        (20_000, BERT, ANNA),
        (62_000, BEA, ALMA),
        (65_000, BERT, ALMA),
    ];
    for (t, victim, killer) in of_axis.into_iter().chain(of_allies) {
        kill(s, t, victim, killer);
    }
    kill(s, 60_000, ARNO, ARNO);
    let timing = of_axis.map(|(t, victim, killer)| {
        let next = 20_000 - (t + 5000) % 20_000;
        let (killer_guid, victim_guid) = (guid(killer.0), guid(victim.0));
        format!(
            "{killer_guid};{};ALLIES;{victim_guid};{};AXIS;{t};20000;{next};0.500",
            killer.0, victim.0
        )
    });
    let outcome = |t: i64, victim: Player, killer: Player, what, until: i64, denied: i64| {
        format!(
            "{t};{};{};{};{};8;{what};{until};{};{denied};;;;",
            guid(victim.0),
            victim.0,
            guid(killer.0),
            killer.0,
            until - t
        )
    };
    story.sections = vec![
        ("SPAWN_TIMING", timing.into()),
        (
            "KILL_OUTCOME",
            vec![
                outcome(10_000, ANNA, BERT, "tapped_out", 14_975, 5000),
                outcome(20_000, BERT, ANNA, "revived", 23_000, 3000),
                outcome(45_000, ARNO, BEA, "gibbed", 45_500, 10_500),
            ],
        ),
    ];
    story
}

struct Seen {
    round: Round,
    deaths: Vec<Death>,
    outages: Outages,
    alive: Alive,
    clocks: Clocks,
    staggers: Staggers,
    ledger: WaveLedger,
    momentum: Momentum,
}

impl Seen {
    fn of(round: Round) -> Self {
        let deaths = deaths(&round);
        let outages = outages(&round, &deaths);
        let alive = alive(&round, &deaths, &alive::Params::default());
        let waves = waves::Params::default();
        let clocks = Clocks::of(&round, &waves);
        let params = stagger::Params::default();
        let sources = Sources {
            round: &round,
            deaths: &deaths,
            outages: &outages,
            stretches: &alive_stretches(&round),
            steps: &alive.steps,
            clocks: &clocks,
        };
        Self {
            staggers: staggers(&round, &deaths, &outages, &clocks, &waves, &params),
            ledger: wave_ledger(&sources, &waves),
            momentum: momentum(
                &deaths,
                &alive.steps,
                over_ms(&round),
                &momentum::Params::default(),
            ),
            round,
            deaths,
            outages,
            alive,
            clocks,
        }
    }

    fn id(&self, who: Player) -> PlayerId {
        let mut players = self.round.players.iter();
        players
            .find(|(_, player)| player.plain_name == who.0)
            .unwrap()
            .0
    }

    fn names(&self, ids: &[PlayerId]) -> Vec<&str> {
        let names = ids
            .iter()
            .map(|id| self.round.players[*id].plain_name.as_str());
        names.collect()
    }
}

#[test]
fn the_clock_knows_its_bias() {
    let seen = Seen::of(scene().round());
    let clock = seen.clocks.axis.unwrap();
    assert_eq!(
        (clock.interval_ms, clock.offset_ms, clock.bias_ms),
        (20_000, 5000, -25)
    );
    assert_eq!((clock.rows, clock.landings_near, clock.landings), (7, 6, 6));
    assert_eq!(clock.to_next_landing_ms(16_000), 18_975);
    assert_eq!(seen.clocks.allies, Err(NoClock::FewRows(0)));
}

#[test]
fn doubtful_rows_make_no_clock() {
    let clock = |story: &Story| Clocks::of(&story.round(), &waves::Params::default()).axis;
    // 5.0a writes interval 0.
    let mut zero = scene();
    for row in &mut zero.sections[0].1 {
        *row = row.replace(";20000;", ";0;");
    }
    assert_eq!(clock(&zero), Err(NoClock::NoInterval(7)));
    // Offset 0, as 4.2 with banner V5 writes it: the landings are elsewhere.
    let mut shifted = scene();
    for row in &mut shifted.sections[0].1 {
        let mut fields: Vec<String> = row.split(';').map(str::to_owned).collect();
        let t: i64 = fields[6].parse().unwrap();
        fields[8] = (20_000 - t % 20_000).to_string();
        *row = fields.join(";");
    }
    assert_eq!(clock(&shifted), Err(NoClock::LandingsOff(0, 6)));
    // Lives that begin with a revive are no landings.
    let mut revived = scene();
    revived.sections[1].1 = [14_975, 34_975, 54_975]
        .map(|t| {
            format!(
                "{};{};Arno;K;Bert;8;revived;{t};500;500;;;;",
                t - 500,
                guid("Arno")
            )
        })
        .into();
    let clock = clock(&revived).unwrap();
    assert_eq!((clock.landings_near, clock.landings), (3, 3));
}

#[test]
fn an_assumed_interval_needs_neighbouring_waves() {
    // Half the true interval of 20 s: fits all landings, which are on every second wave of it.
    let text = scene().text().replace(";20000;", ";10000;");
    let banner = text.replace("# PROXIMITY_TRACKER_V6", "# PROXIMITY_TRACKER_V5").replace(
        "# position_sample_interval=200\n",
        "# position_sample_interval=200\n# axis_spawn_interval=10000\n# allies_spawn_interval=30000\n# round_start_unix=1\n# round_end_unix=71\n",
    );
    let clock = |text: &str| {
        let document = sandtable::format::read(text.as_bytes()).unwrap();
        let family = document.version.family;
        let round = Round::build(document, sandtable::model::Provenance::default());
        (family, Clocks::of(&round, &waves::Params::default()).axis)
    };
    let (family, assumed) = clock(&banner);
    assert_eq!(family, sandtable::format::Family::V4PostHoc);
    assert_eq!(assumed, Err(NoClock::WavesSkipped(2)));
    assert!(
        clock(&text).1.is_ok(),
        "later versions read the server's own interval"
    );
}

#[test]
fn time_out_is_measured() {
    let seen = Seen::of(scene().round());
    let all: Vec<_> = seen
        .outages
        .all
        .iter()
        .map(|o| (o.t_ms, o.out_ms().unwrap(), o.back))
        .collect();
    assert_eq!(
        all,
        [
            (10_000, 4975, Back::Landed),
            (12_000, 2975, Back::Landed),
            (16_000, 18_975, Back::Landed),
            (20_000, 3000, Back::Revived),
            (30_000, 4975, Back::Landed),
            (40_000, 30_000, Back::RoundOver),
            (45_000, 9975, Back::Landed),
            (50_000, 4975, Back::Landed),
            (60_000, 10_000, Back::RoundOver),
            (62_000, 8000, Back::RoundOver),
            (65_000, 5000, Back::RoundOver),
        ]
    );
    assert_eq!(
        seen.outages.all[8].denied_by, None,
        "nobody denies a self kill"
    );
    let of = |who| seen.outages.players[seen.id(who).index()];
    let sums = |who| {
        (
            of(who).kills,
            of(who).measured,
            of(who).to_the_end,
            of(who).denied_ms,
        )
    };
    assert_eq!(sums(BERT), (4, 4, 0, 17_900));
    assert_eq!(sums(BEA), (3, 3, 1, 58_950));
    assert_eq!(sums(ANNA), (1, 1, 0, 3000));
    assert_eq!(sums(ALMA), (2, 2, 2, 13_000));
    assert_eq!(sums(ARNO), (0, 0, 0, 0));
    assert_eq!(of(ARNO).per_kill_ms(), None);
    assert_eq!(of(BEA).per_kill_ms(), Some(19_650.0));
    assert_eq!((of(ARNO).deaths_measured, of(ARNO).lost_ms), (4, 27_925));
    let (axis, allies) = (seen.outages.axis, seen.outages.allies);
    assert_eq!((axis.denied_ms, axis.lost_ms), (16_000, 86_850));
    assert_eq!((allies.denied_ms, allies.lost_ms), (76_850, 16_000));
    let tracker = |nth: usize| {
        let tracker = seen.outages.all[nth].tracker.clone()?;
        Some((
            tracker.outcome,
            tracker.delta_ms,
            tracker.effective_denied_ms,
            tracker.difference_ms,
        ))
    };
    assert_eq!(
        tracker(0),
        Some(("tapped_out".into(), 4975, 5000, Some(25)))
    );
    assert_eq!(tracker(1), None);
    assert_eq!(tracker(3), Some(("revived".into(), 3000, 3000, Some(0))));
    assert_eq!(tracker(6), Some(("gibbed".into(), 500, 10_500, Some(525))));
    let bert = of(BERT);
    assert_eq!(
        (
            bert.compared,
            bert.compared_denied_ms,
            bert.tracker_denied_ms
        ),
        (1, 4975, 5000)
    );
}

#[test]
fn a_return_nobody_recorded_is_not_counted() {
    let mut story = Story::default();
    life(&mut story, ANNA, 0, 5000, "killed");
    life(&mut story, ANNA, 20_000, 30_000, "killed");
    life(&mut story, BERT, 0, 40_000, "round_end");
    // She dies at 12 s too, so somebody had revived her.
    for t in [5000, 12_000, 30_000] {
        kill(&mut story, t, ANNA, BERT);
    }
    let seen = Seen::of(story.round());
    let all: Vec<_> = seen
        .outages
        .all
        .iter()
        .map(|o| (o.out_ms(), o.back))
        .collect();
    assert_eq!(
        all,
        [
            (None, Back::Unseen),
            (Some(8000), Back::Landed),
            (Some(10_000), Back::RoundOver)
        ]
    );
    let bert = seen.outages.players[seen.id(BERT).index()];
    assert_eq!((bert.kills, bert.measured, bert.denied_ms), (3, 2, 18_000));
    assert!(seen.ledger.axis.is_none() && seen.ledger.merged.is_empty());
    assert!(seen.staggers.kills.is_empty());
}

#[test]
fn kills_against_the_clock() {
    let seen = Seen::of(scene().round());
    let kills = &seen.staggers.kills;
    let left: Vec<_> = kills
        .iter()
        .map(|kill| (kill.t_ms, kill.to_next_ms))
        .collect();
    assert_eq!(
        left,
        [
            (10_000, 4975),
            (12_000, 2975),
            (16_000, 18_975),
            (30_000, 4975),
            (40_000, 14_975),
            (45_000, 9975),
            (50_000, 4975)
        ]
    );
    let late: Vec<_> = kills.iter().filter(|kill| kill.is_late).collect();
    assert_eq!(late.len(), 1, "14.975 of 20 s is less than three quarters");
    assert_eq!((late[0].t_ms, late[0].share), (16_000, 0.948_75));
    assert_eq!(
        (late[0].mates_landed, late[0].had_landed, late[0].is_split),
        (2, false, true)
    );
    assert_eq!(late[0].out_ms, Some(18_975));
    let missed: Vec<_> = kills.iter().map(|kill| kill.missed_next).collect();
    let no = Some(false);
    assert_eq!(missed, [no, no, no, no, Some(true), no, no]);
    let counts = seen.staggers.of_axis;
    assert_eq!(
        (counts.kills, counts.late, counts.splits, counts.missed_next),
        (7, 1, 1, 1)
    );
    assert_eq!(
        (counts.to_next_ms, counts.mean_to_next_ms()),
        (61_825, Some(61_825.0 / 7.0))
    );
    assert_eq!(seen.staggers.of_allies.mean_to_next_ms(), None);
    let bea = seen.staggers.players[seen.id(BEA).index()];
    assert_eq!(
        (bea.kills, bea.late, bea.splits, bea.missed_next),
        (3, 1, 1, 1)
    );
}

#[test]
fn the_ledger_of_a_team() {
    let seen = Seen::of(scene().round());
    assert!(seen.ledger.allies.is_none());
    let ledger = seen.ledger.axis.as_ref().unwrap();
    assert_eq!((ledger.won, ledger.lost, ledger.even), (1, 3, 0));
    let cycles = &ledger.cycles;
    let spans: Vec<_> = cycles
        .iter()
        .map(|c| (c.wave, c.start_ms, c.end_ms, c.is_whole))
        .collect();
    assert_eq!(
        spans,
        [
            (0, 0, 14_975, false),
            (1, 14_975, 34_975, true),
            (2, 34_975, 54_975, true),
            (3, 54_975, 70_000, false)
        ]
    );
    let fights: Vec<_> = cycles
        .iter()
        .map(|c| {
            (
                c.kills,
                c.deaths,
                c.deaths_by_enemies,
                c.net_kills,
                c.verdict,
            )
        })
        .collect();
    assert_eq!(
        fights,
        [
            (0, 2, 2, -2, Verdict::Lost),
            (1, 2, 2, -1, Verdict::Lost),
            (0, 3, 3, -3, Verdict::Lost),
            (2, 1, 0, 2, Verdict::Won)
        ]
    );
    let times: Vec<_> = cycles
        .iter()
        .map(|c| (c.ahead_ms, c.behind_ms, c.waiting_ms, c.dead_ms))
        .collect();
    assert_eq!(
        times,
        [
            (9500, 2975, 7950, 7950),
            (4025, 4975, 23_950, 23_950),
            (5025, 9975, 44_950, 29_925),
            (5000, 2000, 10_000, 25_025)
        ]
    );
    let landed: Vec<_> = cycles.iter().map(|c| seen.names(&c.landed)).collect();
    assert_eq!(landed[1], ["Anna", "Arno"]);
    assert_eq!(
        (&landed[0], &landed[2], &landed[3]),
        (&vec![], &vec!["Arno", "Alma"], &vec!["Arno", "Alma"])
    );
    assert_eq!(
        seen.names(&cycles[1].alive_at_start),
        ["Anna", "Arno", "Alma"]
    );
    let at_end: Vec<_> = cycles.iter().map(|c| seen.names(&c.alive_at_end)).collect();
    assert_eq!(at_end, [vec!["Alma"], vec!["Anna"], vec![], vec!["Alma"]]);
}

#[test]
fn the_merged_ledger() {
    let seen = Seen::of(scene().round());
    let rows: Vec<_> = seen
        .ledger
        .merged
        .iter()
        .map(|s| {
            (
                s.start_ms,
                s.axis_kills,
                s.allies_kills,
                s.axis_deaths,
                s.allies_deaths,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (0, 0, 2, 2, 0),
            (14_975, 1, 2, 2, 1),
            (34_975, 0, 3, 3, 0),
            (54_975, 2, 0, 1, 2)
        ]
    );
    let alive: Vec<_> = seen
        .ledger
        .merged
        .iter()
        .map(|s| (s.axis_alive, s.allies_alive))
        .collect();
    assert_eq!(alive, [(0, 0), (3, 2), (3, 2), (2, 2)]);
    let landed: Vec<_> = seen
        .ledger
        .merged
        .iter()
        .map(|s| (s.axis_landed, s.allies_landed))
        .collect();
    assert_eq!(
        landed,
        [(false, false), (true, false), (true, false), (true, false)]
    );
}

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
        let denied = |d: &sandtable::analysis::outages::Denied| (d.kills, d.denied_ms);
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
        let sum = |of: fn(&sandtable::analysis::wave_ledger::Segment) -> u32| {
            merged.iter().map(of).sum::<u32>()
        };
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
                .filter_map(|o| o.out_ms())
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
