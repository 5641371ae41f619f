//! Links between stats files and rounds: real files, one hand-made case per reason, and links that do not depend on the order of arrival.

mod support;

use sandtable::analysis::linking::{
    LinkReason, Linking, NumberMatch, Place, PlaceId, RoundCandidate, RoundLink, RoundTimes,
    StatsCandidate, coverage, link, map_key, neighbourhood,
};
use sandtable::format::gamestats;
use sandtable::model::Stamp;
use std::collections::BTreeMap;
use std::path::Path;

/// Six people, told apart by `team`.
fn people(team: u32) -> Vec<String> {
    (0..6)
        .map(|n| format!("{team:04X}{n:04X}{:024}", 7))
        .collect()
}

/// A round of ten minutes that ends at a local second.
fn round(id: i64, end_s: i64) -> RoundCandidate {
    RoundCandidate {
        id,
        map: "supply".to_owned(),
        number: Some(1),
        is_number_disputed: false,
        times: RoundTimes {
            stamp_local_s: Some(end_s),
            length_ms: Some(600_000),
            ..RoundTimes::default()
        },
        guids: people(1),
    }
}

/// The stats file of such a round, stamped at a local second.
fn stats(id: i64, stamp_s: i64) -> StatsCandidate {
    StatsCandidate {
        id,
        map: "^1Supply ".to_owned(),
        number: Some(1),
        stamp_local_s: Some(stamp_s),
        play_time_ms: Some(600_000),
        guid8s: people(1)
            .iter()
            .map(|guid| guid[..8].to_lowercase())
            .collect(),
    }
}

fn only(linking: &Linking) -> &RoundLink {
    assert_eq!(linking.rounds.len(), 1);
    &linking.rounds[0]
}

fn outcome(linking: &Linking) -> Vec<(i64, Option<i64>, LinkReason)> {
    let rounds = linking.rounds.iter();
    rounds
        .map(|link| (link.round_id, link.stats_id, link.reason))
        .collect()
}

const T: i64 = 1_000_000;

fn real_stats(id: i64, path: &Path) -> StatsCandidate {
    let name = path.file_name().unwrap().to_string_lossy();
    let file = gamestats::read(&std::fs::read(path).unwrap(), &name);
    StatsCandidate::of(id, &name, &file)
}

fn real() -> (Vec<RoundCandidate>, Vec<StatsCandidate>) {
    let mut rounds = support::files("assets/demo");
    rounds.extend(
        support::files("fixtures/sandpit")
            .into_iter()
            .filter(|path| path.to_string_lossy().contains("_engagements")),
    );
    rounds.sort_by_key(|path| path.file_name().unwrap().to_owned());
    let rounds = rounds
        .iter()
        .zip(1..)
        .map(|(path, id)| RoundCandidate::of(id, &support::round(path)));
    let stats = support::files("fixtures/sandpit/gamestats");
    let stats = stats
        .iter()
        .zip(101..)
        .map(|(path, id)| real_stats(id, path));
    (rounds.collect(), stats.collect())
}

#[test]
fn real_files_are_linked_by_their_stamps() {
    let (rounds, stats) = real();
    let linking = link(&rounds, &stats);
    let exact = LinkReason::ResolvedExactStamp;
    assert_eq!(
        outcome(&linking),
        [
            (1, Some(101), exact),
            (2, Some(102), exact),
            (3, Some(103), exact),
            (4, Some(104), exact)
        ]
    );
    let scores: Vec<_> = linking
        .rounds
        .iter()
        .map(|link| link.score.unwrap())
        .collect();
    assert_eq!(
        scores
            .iter()
            .map(|score| score.difference_s)
            .collect::<Vec<_>>(),
        [3, 3, 4, 3]
    );
    for score in &scores {
        assert_eq!((score.common_players, score.fewer_players), (12, 12));
        assert_eq!((score.number, score.total), (NumberMatch::Equal, 1000));
        assert!(
            score.length_difference_ms.unwrap().abs() < 1000,
            "{score:?}"
        );
    }
    assert!(
        linking
            .rounds
            .iter()
            .all(|link| link.alternatives.is_empty())
    );
    assert_eq!(linking.unusable_stats, []);
}

/// A real stats file without its round does not go to the other round of the match.
#[test]
fn the_other_round_of_a_match_is_no_substitute() {
    let (rounds, stats) = real();
    let linking = link(&rounds[3..], &stats[2..3]);
    assert_eq!(
        only(&linking).reason,
        LinkReason::AllCandidatesOutsideWindow
    );
    // Even moved to within a minute and a half: the number is another.
    let mut near = stats[2].clone();
    near.stamp_local_s = rounds[3].times.stamp_local_s.map(|at| at + 90);
    let linking = link(&rounds[3..], &[near]);
    assert_eq!(only(&linking).reason, LinkReason::AllCandidatesContradicted);
    assert_eq!(
        only(&linking).alternatives[0].score.number,
        NumberMatch::Different
    );
}

/// One case for each reason, and each case has just that one.
#[test]
fn every_reason_has_its_case() {
    let other_number = StatsCandidate {
        number: Some(2),
        ..stats(1, T + 3)
    };
    let other_people = StatsCandidate {
        guid8s: people(2).iter().map(|guid| guid[..8].to_owned()).collect(),
        ..stats(1, T + 3)
    };
    let no_time = RoundCandidate {
        times: RoundTimes::default(),
        ..round(1, T)
    };
    let no_map = RoundCandidate {
        map: "^1 ".to_owned(),
        ..round(1, T)
    };
    let other_map = StatsCandidate {
        map: "goldrush".to_owned(),
        ..stats(1, T + 3)
    };
    let cases: [(LinkReason, Vec<RoundCandidate>, Vec<StatsCandidate>); 10] = [
        (
            LinkReason::ResolvedExactStamp,
            vec![round(1, T)],
            vec![stats(1, T + 6)],
        ),
        (
            LinkReason::Resolved,
            vec![round(1, T)],
            vec![stats(1, T + 7)],
        ),
        (
            LinkReason::ResolvedOtherNumber,
            vec![round(1, T)],
            vec![other_number],
        ),
        (
            LinkReason::AmbiguousTie,
            vec![round(1, T)],
            vec![stats(1, T + 2), stats(2, T + 4)],
        ),
        (
            LinkReason::LinkedElsewhere,
            vec![round(1, T - 40), round(2, T)],
            vec![stats(1, T + 3)],
        ),
        (
            LinkReason::AllCandidatesContradicted,
            vec![round(1, T)],
            vec![other_people],
        ),
        (
            LinkReason::AllCandidatesOutsideWindow,
            vec![round(1, T)],
            vec![stats(1, T + 301)],
        ),
        (
            LinkReason::NoRowsForMapRound,
            vec![round(1, T)],
            vec![other_map, stats(2, T + 86_401)],
        ),
        (
            LinkReason::TimeParseFailed,
            vec![no_time],
            vec![stats(1, T)],
        ),
        (LinkReason::InvalidInput, vec![no_map], vec![stats(1, T)]),
    ];
    let mut seen: BTreeMap<LinkReason, usize> = BTreeMap::new();
    for (reason, rounds, stats) in &cases {
        let linking = link(rounds, stats);
        assert_eq!(linking.rounds[0].reason, *reason);
        assert_eq!(linking.rounds[0].stats_id.is_some(), reason.is_linked());
        *seen.entry(linking.rounds[0].reason).or_default() += 1;
    }
    assert_eq!(seen, LinkReason::ALL.map(|reason| (reason, 1)).into());
    for reason in LinkReason::ALL {
        assert_eq!(LinkReason::from_code(reason.code()), Some(reason));
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
    }
    assert_eq!(LinkReason::from_code("db_unavailable"), None);
}

#[test]
fn a_score_is_the_sum_of_its_parts() {
    let mut file = stats(1, T + 63);
    file.guid8s.truncate(4);
    file.guid8s[3] = "FFFF0000".to_owned();
    file.play_time_ms = Some(497_000);
    let linking = link(&[round(1, T)], &[file]);
    let score = only(&linking).score.unwrap();
    // 60 of 300 s off; 3 of 4 players; 100 of 400 s of length beyond the usual 3.
    assert_eq!(
        [
            score.time_points,
            score.player_points,
            score.length_points,
            score.number_points
        ],
        [240, 225, 112, 150]
    );
    assert_eq!(
        (score.total, score.length_difference_ms),
        (727, Some(103_000))
    );
}

#[test]
fn ties_stay_open_and_block_nobody_else() {
    // Rounds 1 and 2 ended in the same second on two servers with bots; round 3 is an evening later.
    let bots = |mut candidate: RoundCandidate| {
        candidate.guids = (0..6).map(|n| format!("OMNIBOT{n:02}{:023}", 0)).collect();
        candidate
    };
    let bot_stats = |mut candidate: StatsCandidate| {
        candidate.guid8s = vec!["OMNIBOT0".to_owned(); 6];
        candidate
    };
    let rounds = [
        bots(round(1, T)),
        bots(round(2, T)),
        bots(round(3, T + 9000)),
    ];
    let files = [
        bot_stats(stats(1, T + 3)),
        bot_stats(stats(2, T + 3)),
        bot_stats(stats(3, T + 9003)),
    ];
    let linking = link(&rounds, &files);
    assert_eq!(
        outcome(&linking),
        [
            (1, None, LinkReason::AmbiguousTie),
            (2, None, LinkReason::AmbiguousTie),
            (3, Some(3), LinkReason::ResolvedExactStamp),
        ]
    );
    // What all bots share says nothing, for or against.
    let score = linking.rounds[2].score.unwrap();
    assert_eq!(
        (
            score.common_players,
            score.fewer_players,
            score.player_points
        ),
        (0, 0, 150)
    );
    assert_eq!(linking.rounds[0].alternatives.len(), 2);
}

#[test]
fn people_beside_bots_tell_servers_apart() {
    // Two servers in different zones, same map, same local second: one person is on each.
    let with = |person: u32, bots: usize| -> Vec<String> {
        let mut guids = vec!["OMNIBOT0".to_owned(); bots];
        guids.extend(people(person));
        guids
    };
    let mut rounds = [round(1, T), round(2, T)];
    let mut files = [stats(11, T + 3), stats(12, T + 3)];
    for (at, zone_offset_s) in [(0, 3600), (1, 7200)] {
        rounds[at].times.end_unix = Some(T - zone_offset_s);
        rounds[at].times.zone_offset_s = Some(zone_offset_s);
        rounds[at].guids = with(at as u32 + 1, 5);
        files[at].guid8s = with(at as u32 + 1, 5)
            .iter()
            .map(|guid| guid[..8].to_owned())
            .collect();
    }
    files.reverse();
    let exact = LinkReason::ResolvedExactStamp;
    assert_eq!(
        outcome(&link(&rounds, &files)),
        [(1, Some(11), exact), (2, Some(12), exact)]
    );
    // The stamp may be missing: end and zone say the same.
    rounds[0].times.stamp_local_s = None;
    assert_eq!(outcome(&link(&rounds, &files))[0], (1, Some(11), exact));
}

#[test]
fn midnight_is_no_border() {
    let at = |name: &str| Stamp::of(name).unwrap().local_seconds;
    let rounds = [
        round(1, at("2026-04-02-235959-supply-round-1_engagements.txt")),
        RoundCandidate::of(
            2,
            &support::round(&support::fixture("6.01/2026-04-03-000030")),
        ),
    ];
    let mut goldrush = stats(12, at("2026-04-03-000033-sw_goldrush_te-round-2.txt"));
    goldrush.map = "sw_goldrush_te".to_owned();
    goldrush.number = Some(2);
    goldrush.play_time_ms = rounds[1].times.length_ms;
    goldrush.guid8s = rounds[1]
        .guids
        .iter()
        .map(|guid| guid.chars().take(8).collect())
        .collect();
    let files = [
        stats(11, at("2026-04-03-000002-supply-round-1.txt")),
        goldrush,
    ];
    let exact = LinkReason::ResolvedExactStamp;
    assert_eq!(
        outcome(&link(&rounds, &files)),
        [(1, Some(11), exact), (2, Some(12), exact)]
    );
}

#[test]
fn a_disputed_number_is_no_contradiction() {
    let mut file = stats(1, T + 200);
    file.number = Some(2);
    assert_eq!(
        only(&link(&[round(1, T)], &[file.clone()])).reason,
        LinkReason::AllCandidatesContradicted
    );
    let disputed = RoundCandidate {
        is_number_disputed: true,
        ..round(1, T)
    };
    let linking = link(&[disputed], &[file]);
    assert_eq!(only(&linking).reason, LinkReason::Resolved);
    assert_eq!(only(&linking).score.unwrap().number_points, 75);
}

/// First only the wrong file is there and is taken; then the right one comes.
#[test]
fn a_wrong_link_is_corrected_when_a_better_candidate_arrives() {
    let mut store = Store::default();
    store.add_round(round(1, T));
    store.add_stats(stats(11, T + 200));
    assert_eq!(store.links[&1].stats_id, Some(11));
    assert_eq!(store.links[&1].reason, LinkReason::Resolved);
    store.add_stats(stats(12, T + 3));
    assert_eq!(store.links[&1].stats_id, Some(12));
    assert_eq!(store.links[&1].alternatives[0].stats_id, 11);
    // The round that the first file belongs to.
    store.add_round(round(2, T + 197));
    let linked: Vec<_> = store.links.values().map(|link| link.stats_id).collect();
    assert_eq!(linked, [Some(12), Some(11)]);
    store.remove_stats(12);
    let reasons: Vec<_> = store.links.values().map(|link| link.reason).collect();
    assert_eq!(
        reasons,
        [LinkReason::LinkedElsewhere, LinkReason::ResolvedExactStamp]
    );
}

/// Links that are only ever renewed in the neighbourhood of what changed.
#[derive(Default)]
struct Store {
    rounds: BTreeMap<i64, RoundCandidate>,
    stats: BTreeMap<i64, StatsCandidate>,
    links: BTreeMap<i64, RoundLink>,
    /// Rounds linked again in all.
    relinked: usize,
}

impl Store {
    fn places(&self) -> Vec<Place> {
        let rounds = self.rounds.values().filter_map(round_place);
        rounds
            .chain(self.stats.values().filter_map(stats_place))
            .collect()
    }

    fn add_round(&mut self, round: RoundCandidate) {
        let (id, place) = (round.id, round_place(&round));
        self.rounds.insert(id, round);
        if place.is_none() {
            let alone = link(&[self.rounds[&id].clone()], &[]);
            self.links.insert(id, only(&alone).clone());
        }
        self.renew(place.as_ref());
    }

    fn add_stats(&mut self, stats: StatsCandidate) {
        let place = stats_place(&stats);
        self.stats.insert(stats.id, stats);
        self.renew(place.as_ref());
    }

    fn remove_stats(&mut self, id: i64) {
        let place = self.stats.remove(&id).as_ref().and_then(stats_place);
        self.renew(place.as_ref());
    }

    fn renew(&mut self, changed: Option<&Place>) {
        let around = neighbourhood(
            &self.places(),
            &changed.cloned().into_iter().collect::<Vec<_>>(),
        );
        let rounds: Vec<_> = around
            .rounds
            .iter()
            .map(|id| self.rounds[id].clone())
            .collect();
        let stats: Vec<_> = around
            .stats
            .iter()
            .map(|id| self.stats[id].clone())
            .collect();
        self.relinked += rounds.len();
        let links = link(&rounds, &stats).rounds.into_iter();
        self.links.extend(links.map(|link| (link.round_id, link)));
    }

    fn all_at_once(&self) -> Vec<RoundLink> {
        let rounds: Vec<_> = self.rounds.values().cloned().collect();
        let stats: Vec<_> = self.stats.values().cloned().collect();
        link(&rounds, &stats).rounds
    }
}

fn round_place(round: &RoundCandidate) -> Option<Place> {
    Some(Place {
        id: PlaceId::Round(round.id),
        map_key: map_key(&round.map),
        local_s: round.times.local_end_s()?,
    })
}

fn stats_place(stats: &StatsCandidate) -> Option<Place> {
    Some(Place {
        id: PlaceId::Stats(stats.id),
        map_key: map_key(&stats.map),
        local_s: stats.stamp_local_s?,
    })
}

/// A row of numbers that only looks random.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn shuffle<X>(&mut self, items: &mut [X]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

#[derive(Clone, Debug)]
enum Arrival {
    Round(RoundCandidate),
    Stats(StatsCandidate),
}

/// Evenings full of near misses: chains of candidates in each other's window, equal stamps, missing times and other people.
fn crowded(numbers: &mut Numbers) -> Vec<Arrival> {
    let mut arrivals = Vec::new();
    for id in 0..14 {
        let end = T
            + ([0, 40_000, 200_000][numbers.below(3)]
                + numbers.below(12) * 90
                + numbers.below(3) * 4) as i64;
        let mut round = round(id, end);
        ["supply", "SUPPLY", "goldrush"][numbers.below(3)].clone_into(&mut round.map);
        round.number = [Some(1), Some(2), None][numbers.below(3)];
        round.is_number_disputed = numbers.below(4) == 0;
        round.guids = people(numbers.below(2) as u32);
        if numbers.below(9) == 0 {
            round.times.stamp_local_s = None;
        }
        arrivals.push(Arrival::Round(round));
        let mut stats = stats(100 + id, end + [3, 3, 4, 40, -100, 250][numbers.below(6)]);
        ["supply", "goldrush"][numbers.below(2)].clone_into(&mut stats.map);
        stats.number = Some(1 + numbers.below(2) as i64);
        stats.guid8s = people(numbers.below(2) as u32)
            .iter()
            .map(|guid| guid[..8].to_owned())
            .collect();
        arrivals.push(Arrival::Stats(stats));
    }
    arrivals
}

#[test]
fn any_order_of_arrival_ends_with_the_same_links() {
    let mut numbers = Numbers(7);
    let mut reasons: BTreeMap<LinkReason, usize> = BTreeMap::new();
    let (mut relinked, mut everything) = (0, 0);
    for _ in 0..40 {
        let mut arrivals = crowded(&mut numbers);
        let mut ends = Vec::new();
        for _ in 0..4 {
            numbers.shuffle(&mut arrivals);
            let mut store = Store::default();
            for arrival in arrivals.clone() {
                match arrival {
                    Arrival::Round(round) => store.add_round(round),
                    Arrival::Stats(stats) => store.add_stats(stats),
                }
                let links: Vec<RoundLink> = store.links.values().cloned().collect();
                assert_eq!(links, store.all_at_once());
                everything += links.len();
            }
            relinked += store.relinked;
            ends.push(store.links);
        }
        assert!(ends.iter().all(|end| *end == ends[0]));
        let mut used: Vec<i64> = ends[0].values().filter_map(|link| link.stats_id).collect();
        let links = used.len();
        used.sort_unstable();
        used.dedup();
        assert_eq!(used.len(), links, "a stats file is linked once");
        for link in ends[0].values() {
            *reasons.entry(link.reason).or_default() += 1;
        }
    }
    // The cases are not all of one kind, and a part was enough each time.
    for reason in LinkReason::ALL
        .into_iter()
        .filter(|reason| *reason != LinkReason::InvalidInput)
    {
        assert!(
            reasons.get(&reason).is_some_and(|count| *count > 1),
            "{reason:?}: {reasons:?}"
        );
    }
    assert!(relinked * 2 < everything, "{relinked} of {everything}");
}

#[test]
fn removals_are_renewed_too() {
    let mut numbers = Numbers(11);
    for _ in 0..20 {
        let mut store = Store::default();
        for arrival in crowded(&mut numbers) {
            match arrival {
                Arrival::Round(round) => store.add_round(round),
                Arrival::Stats(stats) => store.add_stats(stats),
            }
        }
        for id in 100..114 {
            store.remove_stats(id);
            let links: Vec<RoundLink> = store.links.values().cloned().collect();
            assert_eq!(links, store.all_at_once());
        }
    }
}

#[test]
fn unusable_stats_files_are_named() {
    let no_stamp = StatsCandidate {
        stamp_local_s: None,
        ..stats(5, T)
    };
    let no_map = StatsCandidate {
        map: String::new(),
        ..stats(4, T)
    };
    let linking = link(&[], &[no_stamp, no_map]);
    assert_eq!(
        linking.unusable_stats,
        [
            (4, LinkReason::InvalidInput),
            (5, LinkReason::TimeParseFailed)
        ]
    );
}

#[test]
fn coverage_counts_every_round() {
    let rounds = [
        (Some("2026-11-19"), LinkReason::ResolvedExactStamp),
        (Some("2026-11-19"), LinkReason::ResolvedExactStamp),
        (Some("2026-11-19"), LinkReason::AmbiguousTie),
        (None, LinkReason::TimeParseFailed),
    ];
    let found = coverage(rounds);
    let evening = &found["2026-11-19"];
    assert_eq!((evening.linked, evening.all), (2, 3));
    assert_eq!(
        evening.by_reason,
        [
            (LinkReason::ResolvedExactStamp, 2),
            (LinkReason::AmbiguousTie, 1)
        ]
        .into()
    );
    assert_eq!((found[""].linked, found[""].all), (0, 1));
}
