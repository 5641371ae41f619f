//! Reading and writing real files: exact bytes back, versions told apart, damage survived and named.

mod support;

use sandtable::format::{self, Family, Refusal, Severity, write};
use sandtable::model::{Absence, LifeEnd, NumberSource, Presence, Provenance, Round};
use support::{document, fixture, plain, round, rounds};

#[test]
fn files_of_6_11_are_written_back_byte_for_byte() {
    let mut tried = 0;
    for path in rounds() {
        let bytes = plain(&path);
        let is_611 = bytes
            .windows(26)
            .any(|w| w == b"# tracker_version_full=6.11");
        let is_611 = is_611
            || String::from_utf8_lossy(&bytes[..2000.min(bytes.len())])
                .contains("tracker_version_full=6.11");
        if !is_611 || path.to_string_lossy().contains("torture") {
            continue;
        }
        tried += 1;
        let written = write::to_bytes(&document(&path));
        let first = written.iter().zip(&bytes).position(|(a, b)| a != b);
        let at = first.unwrap_or(written.len().min(bytes.len()));
        let around = |text: &[u8]| {
            let (from, to) = (
                at.saturating_sub(60).min(text.len()),
                (at + 60).min(text.len()),
            );
            String::from_utf8_lossy(&text[from..to]).into_owned()
        };
        assert!(
            written == bytes,
            "{}: at {at}:\nours   {}\nfile's {}",
            path.display(),
            around(&written),
            around(&bytes)
        );
    }
    assert!(tried >= 6, "only {tried} files of 6.11");
}

#[test]
fn versions_are_told_by_content() {
    let expected = [
        ("3.0/", Family::V3, "3.0"),
        ("4.0/", Family::V4, "4.0"),
        ("4.1/", Family::V4, "4.1"),
        ("4.2/2026-02-14-201300", Family::V4, "4.2 (a or b)"),
        ("4.2/2026-02-22", Family::V4, "4.2 (e)"),
        ("4.2/2026-03-01", Family::V4PostHoc, "4.2 (f)"),
        ("5.0/", Family::V5, "5.0 (c)"),
        ("6.01/2026-04-03-000030", Family::V6, "6.01 (b) to 6.10"),
        ("6.02/", Family::V6, "6.02 or 6.10"),
        ("6.11/2026-08-25", Family::V6, "6.11"),
    ];
    for (part, family, label) in expected {
        let version = document(&fixture(part)).version;
        assert_eq!(
            (version.family, version.label.as_str()),
            (family, label),
            "{part}: {}",
            version.reason
        );
    }
}

#[test]
fn values_of_one_file_by_hand() {
    let round = round(&fixture("6.11/2026-08-25-204230"));
    assert_eq!(round.map(), "te_escape2");
    assert_eq!(
        (round.number.value, round.number.source),
        (2, NumberSource::Filename)
    );
    assert_eq!(round.declared_cadence_ms(), Some(200));
    assert_eq!(round.measured_cadence_ms(), Some(200));
    let tables = &round.document.tables;
    let kill = &tables.combat_positions.rows[1];
    assert_eq!(
        (kill.time, kill.weapon, kill.r#mod, kill.killer_health),
        (22_300, 8, 9, Some(140))
    );
    assert_eq!(
        [kill.ax, kill.ay, kill.az, kill.vx, kill.vy, kill.vz],
        [-3163, 1395, 238, -2413, 1112, 59]
    );
    let shot = &tables.shots.rows[0];
    assert_eq!(
        (shot.time, shot.weapon, shot.ox.0, shot.yaw.0, shot.pitch.0),
        (14_650, 3, -3459, 27.63, 0.75)
    );
    let engagement = &round.document.engagements.table.rows[1];
    assert_eq!(
        (
            engagement.id,
            engagement.start_time,
            engagement.total_damage
        ),
        (2, 15_650, 126)
    );
    assert_eq!(engagement.distance_traveled.0, 695.1);
    let attackers = round.document.engagements.attackers_of(engagement);
    assert!(
        attackers.iter().any(|attacker| attacker.guid.is_empty()),
        "a bot without GUID"
    );
    // Bots without GUID are different players when they have different names.
    let nameless: Vec<_> = round
        .players
        .iter()
        .filter(|(_, player)| player.guid.is_empty())
        .collect();
    assert!(
        nameless
            .iter()
            .all(|(_, player)| player.is_bot && player.plain_name.starts_with("[BOT]noguid"))
    );
}

#[test]
fn presence_never_looks_ahead_and_never_crosses_a_death() {
    let round = round(&fixture("sandpit/2026-11-19-201935"));
    let mut checked = 0;
    for (index, life) in round.lives().iter().enumerate().step_by(7) {
        for nth in (0..life.sample_count()).step_by(13) {
            let sample = life.sample_index(nth);
            let t = i64::from(round.samples().time_ms[sample]);
            // Half-way to the next sample this one still holds, never the next.
            for moment in [t, t + 99] {
                if let Presence::Alive {
                    life: found,
                    sample: at,
                } = round.presence_at(life.player, moment)
                {
                    assert_eq!(found.index(), index);
                    assert!(i64::from(round.samples().time_ms[at.index]) <= moment);
                    assert!(at.age_ms >= 0);
                    checked += 1;
                }
            }
        }
        if life.end == LifeEnd::Killed {
            let presence = round.presence_at(life.player, life.end_ms);
            assert!(
                !matches!(presence, Presence::Alive { life, .. } if life.index() == index),
                "half-open at death"
            );
        }
    }
    assert!(checked > 200);
}

#[test]
fn a_revived_player_without_track_is_said_to_be_so() {
    let round = round(&fixture("sandpit/2026-11-19-201935"));
    let mut lost = 0;
    for id in round.players.ids() {
        for &revived in round.revives_of(id) {
            let presence = round.presence_at(id, revived + 1);
            lost += i32::from(matches!(
                presence,
                Presence::Absent(Absence::RevivedTrackLost { .. })
            ));
        }
    }
    assert!(lost > 5, "{lost}");
}

#[test]
fn truncated_twins_are_recognised() {
    let first = round(&fixture("6.02/2026-05-19-204700"));
    let second = round(&fixture("6.02/2026-05-19-204710"));
    assert_eq!(first.fingerprint, second.fingerprint);
    for twin in [&first, &second] {
        assert!(twin.document.ending.is_cut());
        assert_eq!(
            twin.document.ending.empty_last_section.as_deref(),
            Some("SHOT_FIRED")
        );
        assert_eq!(twin.document.problems.count(Severity::Error), 1);
    }
    let other = round(&fixture("6.11/2026-08-23-201300"));
    assert_ne!(first.fingerprint, other.fingerprint);
}

#[test]
fn round_number_from_a_gametime_file() {
    let path = fixture("4.2/2026-02-14-202500");
    let provenance = Provenance {
        file_name: path.file_name().unwrap().to_string_lossy().into_owned(),
        gametime_names: vec!["gametime-supply-R2-1771100700.json".to_owned()],
        ..Provenance::default()
    };
    let round = Round::build(document(&path), provenance);
    assert_eq!(
        (round.number.value, round.number.source),
        (2, NumberSource::Gametime)
    );
    assert!(round.number.is_disputed());
}

#[test]
fn a_stale_spawn_does_not_swallow_its_life() {
    let round = round(&fixture("6.11/2026-08-23-202535"));
    let stale: Vec<_> = round
        .lives()
        .iter()
        .filter(|life| life.is_spawn_stale)
        .collect();
    assert!(
        !stale.is_empty(),
        "the file has lives whose spawn is of an earlier clock"
    );
    for life in stale {
        assert!(life.start_ms < life.end_ms);
        assert!(life.sample_at(round.samples(), life.start_ms).is_some());
    }
}

const SMALL: &str = "\
# PROXIMITY_TRACKER_V6
# map=nowhere
# round=1
# position_sample_interval=abc
# ENGAGEMENTS
1;1000;2000;1000;A;a;AXIS;killed;100;B;b;1;0;;;0.0;0.0;0.0;1.0;2.0;3.0;4.5;1000,0.0,0.0,0.0,start|x,1,2,3,hit;B;b,AXIS
2;8.0;2000;1000;A;a;AXIS;killed;100;B;b;1;0;;;0.0;0.0;0.0;1.0;2.0;3.0;4.5;1000,0.0,0.0,0.0,start;B,b,ALLIES,100,1,1000,1000,1,8:1;
3;oops;2000

# PLAYER_TRACKS
A;a;AXIS;MEDIC;0;900;;killed;4;0,1.0,2.0,3.0,100,0.0,3,0,0,spawn|200,x,2.0,3.0,100,0.0,3,0,0,sample|400,1.5,2.0,3.0,100,0.0,3,0,0|600,1.5,-0.0,3.0,90,5.0,3,0,0,sample
B;b;ALLIES;SOLDIER;0;;;unknown;1;0,1.0,2.0,3.0,100,0.0,3,0,0,spawn

# TEAM_PUSHES
0;1000;AXIS;200.0;nan;0.5;0.5;2.5;3;NO

# SOMETHING_NEW
1;2;3

# KILL_HEATMAP
1;2;3

# MOVEMENT_HEATMAP
1;2;3;4;5
";

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
    let document = format::read(SMALL.as_bytes()).unwrap();
    let texts: Vec<String> = document
        .problems
        .kept()
        .iter()
        .map(ToString::to_string)
        .collect();
    let has = |start: &str, part: &str| {
        texts
            .iter()
            .any(|text| text.starts_with(start) && text.contains(part))
    };
    assert!(
        has("line 4: error", "position_sample_interval is \"abc\""),
        "{texts:#?}"
    );
    assert!(
        has(
            "line 6: error: ENGAGEMENTS.positions",
            "item 2 of positions is dropped: time is not a number"
        ),
        "{texts:#?}"
    );
    assert!(
        has(
            "line 8: error: ENGAGEMENTS",
            "3 columns where at least 24 are due"
        ),
        "{texts:#?}"
    );
    assert!(
        has(
            "line 11: error: PLAYER_TRACKS.path",
            "point 2 is dropped: x is not a number"
        ),
        "{texts:#?}"
    );
    assert!(
        has(
            "line 11: error: PLAYER_TRACKS.path",
            "point 3 has fewer than ten fields"
        ),
        "{texts:#?}"
    );
    assert!(
        has(
            "line 15: warning: TEAM_PUSHES.direction_x",
            "not a finite number"
        ),
        "{texts:#?}"
    );
    assert!(
        has("line 17: warning", "SOMETHING_NEW is not known"),
        "{texts:#?}"
    );
    assert!(
        has("line 21: error: KILL_HEATMAP", "3 columns where at least 4"),
        "{texts:#?}"
    );
    assert_eq!(document.engagements.table.rows.len(), 2);
    assert_eq!(document.engagements.table.rows[1].start_time, 8);
    assert_eq!(document.engagements.table.lenient, [0, 1]);
    let life = &document.tracks.rows[0];
    assert_eq!((life.path.len, life.dropped_points), (2, 2));
    assert_eq!(
        (document.samples.time_ms[1], document.samples.x[1]),
        (600, 1.5)
    );
    assert!(
        document.samples.y[1].is_sign_negative(),
        "-0.0 keeps its sign"
    );
    assert_eq!(document.unknown[0].text, b"1;2;3\n");
    assert_eq!(document.tables.team_pushes.rows[0].push_quality.0, 2.5);
    assert_eq!(document.tables.team_pushes.rows[0].direction_x.get(), None);
    assert_eq!(document.tables.movement_heatmap.rows[0].escape, 5);
}

#[test]
fn line_ends_marks_and_order_do_not_matter() {
    let unix = format::read(SMALL.as_bytes()).unwrap();
    let dos = format::read(SMALL.replace('\n', "\r\n").as_bytes()).unwrap();
    let marked = format::read(format!("\u{feff}{SMALL}").as_bytes()).unwrap();
    for other in [&dos, &marked] {
        assert_eq!(write::to_bytes(other), write::to_bytes(&unix));
        assert_eq!(other.problems.kept(), unix.problems.kept());
    }
}

#[test]
fn what_is_no_round_file_says_what_it_is() {
    let read = |name: &str| {
        let path = support::root().join("fixtures").join(name);
        format::read(&std::fs::read(path).unwrap()).unwrap_err()
    };
    assert_eq!(
        read("v1/2025-12-01-201042--round-0_engagements.txt"),
        Refusal::Version1
    );
    assert_eq!(
        read("v1/2025-12-01-201042--round-0_positions.txt"),
        Refusal::Version1
    );
    assert_eq!(
        read("v1/2025-12-01-201042--round-0_combat.txt"),
        Refusal::Version1
    );
    assert_eq!(
        read("v1/2025-12-01-201042--round-0_heatmap.txt"),
        Refusal::Version1
    );
    assert_eq!(
        read("torture/2026-08-25-235958-te_escape2-round-3_engagements.txt"),
        Refusal::Empty
    );
    assert_eq!(
        read("sandpit/gamestats/2026-11-19-201115-sandpit-round-1.txt"),
        Refusal::StatsFile
    );
}
