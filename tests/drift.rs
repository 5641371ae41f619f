//! Drift: windows, mixed cadences and configurations, and the words for them.

mod support;

use sandtable::analysis::drift::{Configuration, Drift, FindingKind, RoundSetup, drift, sentences};
use sandtable::model::format::Header;

const DAY: i64 = 86_400;
const T: i64 = 1_795_000_000;

fn setup(name: &str, start_s: i64, cadence_ms: i64, config: &str) -> RoundSetup {
    RoundSetup {
        name: name.to_owned(),
        date: Some("2026-11-19".to_owned()),
        start_s: Some(start_s),
        version: "6.11".to_owned(),
        declared_ms: Some(cadence_ms),
        measured_ms: Some(cadence_ms),
        config_hash: Some(config.to_owned()),
        server: String::new(),
    }
}

fn sizes(found: &Drift) -> Vec<u32> {
    found.windows.iter().map(|window| window.rounds).collect()
}

#[test]
fn windows_are_never_longer_than_the_days_given() {
    let at = |days: f64| T + (days * DAY as f64) as i64;
    let rounds: Vec<RoundSetup> = [0.0, 0.5, 1.0, 1.5, 2.5, 9.0]
        .into_iter()
        .map(|days| setup(&format!("{days}"), at(days), 200, "a"))
        .collect();
    assert_eq!(sizes(&drift(&rounds, 1)), [3, 2, 1]);
    assert_eq!(sizes(&drift(&rounds, 7)), [5, 1]);
    assert_eq!(sizes(&drift(&rounds, 0)), [1; 6]);
    assert_eq!(sizes(&drift(&rounds, u32::MAX)), [6]);
    let week = drift(&rounds, 7);
    assert_eq!(
        (week.windows[0].from_s, week.windows[0].to_s),
        (at(0.0), at(2.5))
    );
    assert!(!week.is_mixed());
    assert_eq!(week.by_date["2026-11-19"], [(Some(200), 6)].into());
}

#[test]
fn mixed_windows_name_the_minority() {
    let rounds = [
        setup("a", T, 200, "one"),
        setup("b", T + 1000, 500, "one"),
        setup("c", T + 2000, 200, "one"),
        setup("d", T + 3000, 200, "two"),
        setup("late", T + 9 * DAY, 500, "two"),
    ];
    let found = drift(&rounds, 7);
    assert!(found.is_mixed());
    assert_eq!(sizes(&found), [4, 1]);
    let kinds: Vec<_> = found
        .findings
        .iter()
        .map(|finding| (finding.kind, finding.window, finding.switches))
        .collect();
    assert_eq!(
        kinds,
        [
            (FindingKind::Cadence, Some(0), 2),
            (FindingKind::Config, Some(0), 1)
        ]
    );
    assert_eq!(found.findings[0].sides[0].value, "200 ms");
    assert_eq!(found.findings[0].sides[1].rounds, ["b"]);
    assert_eq!(found.findings[1].sides[1].rounds, ["d"]);
    assert_eq!(
        sentences(&found),
        [
            "2026-11-19: mixed cadences, taking turns (2 changes): 200 ms in 3 rounds, 500 ms in 1 (b).",
            "2026-11-19: mixed configurations, with a single change: one in 3 rounds, two in 1 (d).",
        ]
    );
    let mut turned = rounds;
    turned.reverse();
    assert_eq!(drift(&turned, 7), found);
}

#[test]
fn at_equal_counts_the_first_is_the_majority() {
    let rounds = [setup("new", T + 1000, 200, "a"), setup("old", T, 500, "a")];
    let finding = &drift(&rounds, 7).findings[0];
    assert_eq!(
        (
            finding.sides[0].value.as_str(),
            &finding.sides[1].rounds[..]
        ),
        ("500 ms", &["new".to_owned()][..])
    );
}

#[test]
fn servers_and_rounds_that_say_nothing_are_not_compared() {
    let mut rounds = vec![setup("a", T, 200, "one"), setup("b", T, 500, "two")];
    rounds[0].server = "UTC+1".to_owned();
    rounds[1].server = "UTC+2".to_owned();
    let found = drift(&rounds, 7);
    assert_eq!((sizes(&found), found.findings.len()), (vec![1, 1], 0));
    assert_eq!(found.windows[1].server, "UTC+2");
    let silent = RoundSetup {
        declared_ms: None,
        measured_ms: None,
        config_hash: None,
        ..setup("c", T, 0, "")
    };
    let no_start = RoundSetup {
        start_s: None,
        date: None,
        ..setup("d", T, 500, "two")
    };
    let found = drift(&[setup("a", T, 200, "one"), silent, no_start], 7);
    assert_eq!((sizes(&found), found.findings.len()), (vec![2], 0));
    assert_eq!(found.undated, ["d"]);
    assert_eq!(
        found.windows[0].cadences,
        [(None, 1), (Some(200), 1)].into()
    );
    assert_eq!(found.by_date[""], [(Some(500), 1)].into());
}

#[test]
fn samples_against_their_header() {
    let measured = |name: &str, declared, measured| RoundSetup {
        measured_ms: Some(measured),
        ..setup(name, T, declared, "a")
    };
    // A frame off is no difference; half a second is one, and makes the window mixed.
    let found = drift(
        &[measured("frame", 200, 250), measured("edited", 200, 500)],
        7,
    );
    let kinds: Vec<_> = found.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [FindingKind::Cadence, FindingKind::Declared]);
    assert_eq!(
        found.windows[0].cadences,
        [(Some(200), 1), (Some(500), 1)].into()
    );
    assert_eq!(
        sentences(&found)[1],
        "edited: the header says 200 ms, the samples are 500 ms apart."
    );
    assert!(!drift(&[measured("edited", 200, 500)], 7).is_mixed());
}

#[test]
fn a_configuration_is_thresholds_and_captures() {
    let header = |capabilities: &[(&str, bool)], escape_time, spawn| Header {
        crossfire_window: Some(1000),
        escape_time: Some(escape_time),
        position_sample_interval: Some(spawn),
        axis_spawn_interval: Some(spawn),
        capabilities: Some(
            capabilities
                .iter()
                .map(|&(flag, on)| (flag.to_owned(), on))
                .collect(),
        ),
        ..Header::default()
    };
    let of = |header: &Header| Configuration::of(header).unwrap();
    let one = of(&header(
        &[("aim_lock", true), ("shot_fired", false)],
        5000,
        200,
    ));
    let same = of(&header(
        &[("shot_fired", false), ("aim_lock", true)],
        5000,
        500,
    ));
    assert_eq!((one.hash(), one.hash().len()), (same.hash(), 16));
    let other = of(&header(&[("aim_lock", false)], 4000, 200));
    assert_ne!(one.hash(), other.hash());
    assert_eq!(
        one.differences(&other),
        [
            ("capability aim_lock", Some("1"), Some("0")),
            ("capability shot_fired", Some("0"), None),
            ("escape_time", Some("5000"), Some("4000")),
        ]
    );
    assert_eq!(Configuration::of(&Header::default()), None);
}

/// Two matches of one real evening, the second at 500 ms.
#[test]
fn a_real_evening_with_two_cadences() {
    let mut files = support::files("assets/demo");
    files.extend(
        support::rounds()
            .into_iter()
            .filter(|path| path.to_string_lossy().contains("sandpit")),
    );
    let rounds: Vec<RoundSetup> = files
        .iter()
        .map(|path| RoundSetup::of(&support::round(path)))
        .collect();
    let found = drift(&rounds, 1);
    assert_eq!(found.rounds, 4);
    assert_eq!(
        found.by_date["2026-11-19"],
        [(Some(200), 2), (Some(500), 2)].into()
    );
    assert_eq!(sizes(&found), [4]);
    assert_eq!(found.windows[0].versions, [("6.11".to_owned(), 4)].into());
    assert_eq!(found.windows[0].configs.len(), 1);
    assert_eq!(
        sentences(&found),
        [
            "2026-11-19, UTC+0: mixed cadences, with a single change: 200 ms in 2 rounds, 500 ms in 2 \
             (2026-11-19-212012-sandpit-round-1_engagements.txt.gz, 2026-11-19-212637-sandpit-round-2_engagements.txt.gz)."
        ]
    );
}
