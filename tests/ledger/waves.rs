//! Clocks, outages, kills against the clock, ledgers.

use crate::scene::{ALMA, ANNA, ARNO, BEA, BERT, Seen, kill, life, scene};
use crate::story::{Story, guid};
use sandtable::analysis::outages::Back;
use sandtable::analysis::wave_ledger::Verdict;
use sandtable::analysis::waves::{self, Clocks, NoClock};
use sandtable::model::Round;

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
