//! Matches: round 1 and round 2 found by change of sides and gap, on real files and on hand-made evenings.

mod support;

use sandtable::analysis::linking::RoundTimes;
use sandtable::analysis::matches::{
    Correction, MatchRound, NumberHint, PairReason, Pairing, PlayerSide, Side, pair_rounds,
};

/// Twelve players; with `is_swapped` those of axis are allies and the other way round.
fn players(is_swapped: bool) -> Vec<PlayerSide> {
    let player = |n: u32| PlayerSide {
        who: format!("{n:032X}"),
        side: Some(if (n < 6) == is_swapped {
            Side::Allies
        } else {
            Side::Axis
        }),
    };
    (0..12).map(player).collect()
}

/// A round of ten minutes from `start_s` on.
fn round(id: i64, number: i64, start_s: i64, is_swapped: bool) -> MatchRound {
    MatchRound {
        id,
        map: "supply".to_owned(),
        number: Some(number),
        is_number_disputed: false,
        times: RoundTimes {
            start_unix: Some(start_s),
            end_unix: Some(start_s + 600),
            ..RoundTimes::default()
        },
        players: players(is_swapped),
    }
}

fn pairs(pairing: &Pairing) -> Vec<(i64, i64)> {
    pairing
        .pairs
        .iter()
        .map(|pair| (pair.first, pair.second))
        .collect()
}

fn correction(round_id: i64, from: i64, to: i64) -> Correction {
    Correction {
        round_id,
        from: Some(from),
        to,
    }
}

const T: i64 = 1_000_000;

/// What the fixtures hold, by file name.
#[test]
fn matches_of_real_files() {
    let mut files = support::files("assets/demo");
    files.extend(support::rounds());
    let name = |at: i64| {
        let name = files[at as usize].file_name().unwrap().to_string_lossy();
        name.split("_engagements").next().unwrap().to_owned()
    };
    let rounds: Vec<MatchRound> = files
        .iter()
        .zip(0..)
        .map(|(path, id)| MatchRound::of(id, &support::round(path)))
        .collect();
    let pairing = pair_rounds(&rounds);
    let found: Vec<_> = pairing
        .pairs
        .iter()
        .map(|pair| {
            let score = &pair.score;
            let swap = format!("{}/{}", score.changed_players, score.common_players);
            (
                name(pair.first),
                name(pair.second),
                score.gap_s,
                swap,
                score.reason,
            )
        })
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|(first, second, gap_s, swap, reason)| {
            (
                first.as_str(),
                second.as_str(),
                *gap_s,
                swap.as_str(),
                *reason,
            )
        })
        .collect();
    // The other fixtures are of evenings on which no player is in two files.
    let both = PairReason::SwapAndNumbers;
    assert_eq!(
        found,
        [
            (
                "2026-11-19-201112-sandpit-round-1",
                "2026-11-19-201935-sandpit-round-2",
                25,
                "12/12",
                both
            ),
            (
                "2026-11-19-212012-sandpit-round-1",
                "2026-11-19-212637-sandpit-round-2",
                26,
                "12/12",
                both
            ),
        ]
    );
    assert_eq!(pairing.corrections, []);
    // The same rounds as trackers up to 4.2d would have numbered them.
    for numbers in [[0, 1], [1, 1]] {
        let mut old = rounds.clone();
        for pair in &pairing.pairs {
            old[pair.first as usize].number = Some(numbers[0]);
            old[pair.second as usize].number = Some(numbers[1]);
        }
        let again = pair_rounds(&old);
        assert_eq!(pairs(&again), pairs(&pairing));
        assert!(
            again
                .pairs
                .iter()
                .all(|pair| pair.score.reason == PairReason::Swap)
        );
        assert_eq!(
            again.corrections.len(),
            if numbers == [0, 1] { 4 } else { 2 }
        );
    }
}

#[test]
fn the_side_swap_decides_whatever_the_numbers_say() {
    for (numbers, hint, corrected) in [
        ([1, 2], NumberHint::OneTwo, vec![]),
        (
            [0, 1],
            NumberHint::Silent,
            vec![correction(1, 0, 1), correction(2, 1, 2)],
        ),
        ([1, 1], NumberHint::Silent, vec![correction(2, 1, 2)]),
        ([2, 2], NumberHint::Silent, vec![correction(1, 2, 1)]),
    ] {
        let rounds = [
            round(1, numbers[0], T, false),
            round(2, numbers[1], T + 630, true),
        ];
        let pairing = pair_rounds(&rounds);
        assert_eq!(pairs(&pairing), [(1, 2)], "{numbers:?}");
        let score = pairing.pairs[0].score;
        assert_eq!((score.number, score.gap_s), (hint, 30));
        assert_eq!((score.common_players, score.changed_players), (12, 12));
        assert_eq!(
            (score.swap_points, score.mate_points, score.gap_points),
            (400, 200, 193)
        );
        assert_eq!(pairing.corrections, corrected, "{numbers:?}");
        assert!(pairing.single.is_empty());
    }
}

#[test]
fn what_is_no_match() {
    let single = |rounds: [MatchRound; 2]| {
        let pairing = pair_rounds(&rounds);
        assert!(pairing.pairs.is_empty());
        assert!(pairing.corrections.is_empty());
        assert_eq!(pairing.single, [1, 2]);
    };
    // Nobody changed sides.
    single([round(1, 1, T, false), round(2, 2, T + 630, false)]);
    // Another map.
    let goldrush = MatchRound {
        map: "goldrush".to_owned(),
        ..round(2, 2, T + 630, true)
    };
    single([round(1, 1, T, false), goldrush]);
    // Too long a break, and two rounds at once (two servers).
    single([round(1, 1, T, false), round(2, 2, T + 600 + 901, true)]);
    single([round(1, 1, T, false), round(2, 2, T + 500, true)]);
    // 2 and then 1: the end of one match and the beginning of another.
    single([round(1, 2, T, false), round(2, 1, T + 630, true)]);
    // Other people.
    let mut others = round(2, 2, T + 630, true);
    for player in &mut others.players {
        player.who.push('x');
    }
    single([round(1, 1, T, false), others]);
    // Mixed teams: half of each changed.
    let mut mixed = round(2, 2, T + 630, true);
    for player in mixed.players.iter_mut().step_by(2) {
        player.side = if player.side == Some(Side::Axis) {
            Some(Side::Allies)
        } else {
            Some(Side::Axis)
        };
    }
    single([round(1, 1, T, false), mixed]);
    // No map, no time.
    single([
        round(1, 1, T, false),
        MatchRound {
            map: String::new(),
            ..round(2, 2, T + 630, true)
        },
    ]);
    let no_time = MatchRound {
        times: RoundTimes::default(),
        ..round(2, 2, T + 630, true)
    };
    single([round(1, 1, T, false), no_time]);
}

#[test]
fn without_players_only_the_numbers_can_tell() {
    let nobody = |round: MatchRound| MatchRound {
        players: Vec::new(),
        ..round
    };
    let pairing = pair_rounds(&[
        nobody(round(1, 1, T, false)),
        nobody(round(2, 2, T + 630, true)),
    ]);
    assert_eq!(pairs(&pairing), [(1, 2)]);
    assert_eq!(pairing.pairs[0].score.reason, PairReason::Numbers);
    assert_eq!(pairing.pairs[0].score.swap_points, 0);
    let pairing = pair_rounds(&[
        nobody(round(1, 1, T, false)),
        nobody(round(2, 1, T + 630, true)),
    ]);
    assert_eq!(pairs(&pairing), []);
}

/// A map played twice in a row is two matches, with right numbers and with numbers that say nothing, although the middle pair has changed
/// sides as well.
#[test]
fn replays_of_a_map_are_not_merged() {
    for numbers in [[1, 2, 1, 2], [1, 1, 1, 1]] {
        let rounds: Vec<MatchRound> = numbers
            .into_iter()
            .zip(0..)
            .map(|(number, at)| round(at, number, T + at * 625, at % 2 == 1))
            .collect();
        let pairing = pair_rounds(&rounds);
        assert_eq!(pairs(&pairing), [(0, 1), (2, 3)]);
    }
}

#[test]
fn of_three_rounds_the_best_two_are_a_match() {
    // The first was a warm-up of the same people; one player had not yet changed sides.
    let mut early = round(1, 1, T, true);
    early.players[0].side = Some(Side::Axis);
    early.players[1].side = Some(Side::Axis);
    early.players[2].side = Some(Side::Axis);
    let rounds = [
        early,
        round(2, 1, T + 625, false),
        round(3, 1, T + 1250, true),
    ];
    let pairing = pair_rounds(&rounds);
    assert_eq!(pairs(&pairing), [(2, 3)]);
    assert_eq!(pairing.single, [1]);
    assert_eq!(pairing.corrections, [correction(3, 1, 2)]);
    // A late round 2 after a timeout is still one.
    let late = [round(2, 1, T, false), round(3, 2, T + 600 + 600, true)];
    assert_eq!(pairs(&pair_rounds(&late)), [(2, 3)]);
}

#[test]
fn starts_are_counted_back_from_the_stamp_where_the_header_has_none() {
    let stamped = |id, number, end: i64, is_swapped| MatchRound {
        times: RoundTimes {
            stamp_local_s: Some(end),
            length_ms: Some(600_000),
            ..RoundTimes::default()
        },
        ..round(id, number, 0, is_swapped)
    };
    let pairing = pair_rounds(&[stamped(1, 0, T, false), stamped(2, 1, T + 640, true)]);
    assert_eq!(pairs(&pairing), [(1, 2)]);
    assert_eq!(pairing.pairs[0].score.gap_s, 40);
}

#[test]
fn two_servers_at_once_and_any_order_give_the_same_pairs() {
    // Two servers play the same map, half a minute apart, with other people; ids run against time.
    let mut rounds = Vec::new();
    for server in 0..2 {
        for at in 0..6 {
            let mut round = round(
                100 - server * 50 - at,
                1,
                T + server * 30 + at * 640,
                at % 2 == 1,
            );
            for player in &mut round.players {
                player.who.push_str(&server.to_string());
            }
            rounds.push(round);
        }
    }
    let expected = [(100, 99), (50, 49), (98, 97), (48, 47), (96, 95), (46, 45)];
    let whole = pair_rounds(&rounds);
    assert_eq!(pairs(&whole), expected);
    for turn in 0..rounds.len() {
        rounds.rotate_left(1);
        rounds.swap(turn, 3);
        assert_eq!(pair_rounds(&rounds), whole);
    }
}

/// Hundreds of copies of a round end in an answer.
#[test]
fn hundreds_of_copies_do_no_harm() {
    let rounds: Vec<MatchRound> = (0..300)
        .map(|id| round(id, 1, T + id % 40 * 20, id % 2 == 1))
        .collect();
    let pairing = pair_rounds(&rounds);
    let paired = pairing.pairs.len() * 2;
    assert_eq!(paired + pairing.single.len(), 300);
    assert!(paired > 0);
}
