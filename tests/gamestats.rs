//! Kills and deaths against an independent witness: the stats files that a second server module wrote for the same rounds.
//!
//! A stats file is a header line and one line per player, fields joined by `\`: first eight characters of the GUID, name, round, team, and
//! the numbers. The numbers are a mask of weapon kinds, then for each bit from the lowest up *hits, shots, kills, deaths, headshots*; behind
//! a TAB follow further fields, of which number 5 (from 0) is self kills and number 6 team kills. The engine counts there only what enemies
//! did to each other; self and team kills stand in their own fields. Everything runs on from round 1 to round 2 of a match, so round
//! 1 must be taken off.

mod support;

use sandtable::analysis::deaths::{Death, DeathKind, deaths, scores_at};
use sandtable::model::{PlayerId, Round, Team};
use std::collections::BTreeMap;
use std::path::Path;

/// What a stats file says of one player.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Witness {
    /// Kills and deaths between enemies, by weapon kind.
    by_weapon: BTreeMap<u32, [i64; 2]>,
    self_kills: i64,
    team_kills: i64,
    team: u32,
}

impl Witness {
    /// Kills or deaths with all weapons.
    fn sum(&self, which: usize) -> i64 {
        self.by_weapon.values().map(|counts| counts[which]).sum()
    }

    /// What was added since `before`; a weapon with nothing new is left out.
    fn since(&self, before: &Self) -> Self {
        let mut new = self.clone();
        for (bit, counts) in &mut new.by_weapon {
            let old = before.by_weapon.get(bit).copied().unwrap_or_default();
            *counts = [counts[0] - old[0], counts[1] - old[1]];
        }
        new.by_weapon.retain(|_, counts| *counts != [0, 0]);
        new.self_kills -= before.self_kills;
        new.team_kills -= before.team_kills;
        new
    }
}

fn witnesses(path: &Path) -> BTreeMap<String, Witness> {
    let bytes = std::fs::read(path).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    lines.map(witness).collect()
}

fn witness(line: &str) -> (String, Witness) {
    let (guid, rest) = line.split_once('\\').unwrap();
    // The name may hold anything; what follows it holds no backslash.
    let [numbers, team] = [0, 1].map(|nth| rest.rsplit('\\').nth(nth).unwrap());
    let (weapons, more) = numbers.split_once('\t').unwrap();
    let mut weapons = weapons
        .split_ascii_whitespace()
        .map(|n| n.parse::<i64>().unwrap());
    let more: Vec<&str> = more.split('\t').collect();
    let mask = weapons.next().unwrap();
    let weapons: Vec<i64> = weapons.collect();
    let bits = (0..32).filter(|bit| mask & 1 << bit != 0);
    let by_weapon: BTreeMap<u32, [i64; 2]> = bits
        .zip(weapons.chunks_exact(5))
        .map(|(bit, counts)| (bit, [counts[2], counts[3]]))
        .collect();
    assert_eq!(weapons.len(), 5 * by_weapon.len(), "{line}");
    let witness = Witness {
        by_weapon,
        self_kills: more[5].parse().unwrap(),
        team_kills: more[6].parse().unwrap(),
        team: team.parse().unwrap(),
    };
    (guid.to_owned(), witness)
}

/// The engine's kind of weapon for a means of death, for those that occur.
fn weapon_bit(means_number: i64) -> u32 {
    match means_number {
        6 => 2,        // Luger
        7 => 3,        // Colt
        8 => 4,        // MP 40
        9 => 5,        // Thompson
        10 => 6,       // Sten
        16 | 18 => 11, // grenades
        22 => 14,      // dynamite
        other => panic!("means of death {other} is new here"),
    }
}

/// The same from a round file.
fn ours(round: &Round, deaths: &[Death]) -> BTreeMap<String, Witness> {
    let scores = scores_at(deaths, round.players.len(), i64::MAX);
    let one = |id: PlayerId| {
        let player = &round.players[id];
        let mut by_weapon: BTreeMap<u32, [i64; 2]> = BTreeMap::new();
        for death in deaths.iter().filter(|death| death.kind == DeathKind::Enemy) {
            let bit = weapon_bit(death.means_number.expect("kill rows name the means"));
            let counts = [death.killer == Some(id), death.victim == id].map(i64::from);
            if counts != [0, 0] {
                let sums = by_weapon.entry(bit).or_default();
                *sums = [sums[0] + counts[0], sums[1] + counts[1]];
            }
        }
        let score = scores[id.index()];
        let witness = Witness {
            by_weapon,
            self_kills: i64::from(score.self_kills),
            team_kills: i64::from(score.team_kills),
            team: match player.team {
                Some(Team::Axis) => 1,
                _ => 2,
            },
        };
        let by_others = |kind| {
            deaths
                .iter()
                .filter(|d| d.kind == kind && d.victim == id)
                .count() as i64
        };
        assert_eq!(i64::from(score.kills), witness.sum(0));
        assert_eq!(
            i64::from(score.deaths),
            witness.sum(1)
                + witness.self_kills
                + by_others(DeathKind::TeamKill)
                + by_others(DeathKind::World),
            "every death is of one kind"
        );
        (round.text(player.guid)[..8].to_owned(), witness)
    };
    round.players.ids().map(one).collect()
}

/// Compares both rounds of a match; gives kills of enemies, self kills and team kills of both together.
fn compare(rounds: [&Path; 2], stats: [&Path; 2]) -> [i64; 3] {
    let mut before: BTreeMap<String, Witness> = BTreeMap::new();
    let mut sums = [0; 3];
    for (file, stats) in rounds.into_iter().zip(stats) {
        let round = support::round(file);
        let ours = ours(&round, &deaths(&round));
        let total = witnesses(stats);
        let theirs: BTreeMap<String, Witness> = total
            .iter()
            .map(|(guid, now)| {
                let before = before.get(guid).cloned().unwrap_or_default();
                (guid.clone(), now.since(&before))
            })
            .collect();
        assert_eq!(ours, theirs, "{}", file.display());
        for player in ours.values() {
            sums[0] += player.sum(0);
            sums[1] += player.self_kills;
            sums[2] += player.team_kills;
        }
        before = total;
    }
    sums
}

fn stats_file(stamp: &str) -> std::path::PathBuf {
    let folder = support::root().join("fixtures/sandpit/gamestats");
    let mut found = support::files("fixtures/sandpit/gamestats").into_iter();
    found
        .find(|path| path.to_string_lossy().contains(stamp))
        .unwrap_or_else(|| panic!("{stamp} in {}", folder.display()))
}

/// Every kill and every death of every player with every weapon, self kills and team kills: equal, without a single exception.
#[test]
fn kills_and_deaths_agree_with_the_other_module() {
    let demo = support::files("assets/demo");
    let second = support::fixture("sandpit/2026-11-19-201935");
    let stats = ["201115", "201938"].map(stats_file);
    let sums = compare([&demo[0], &second], [&stats[0], &stats[1]]);
    assert_eq!(sums, [233, 42, 20]);
    let slow = ["sandpit/2026-11-19-212012", "sandpit/2026-11-19-212637"].map(support::fixture);
    let stats = ["212016", "212640"].map(stats_file);
    let sums = compare([&slow[0], &slow[1]], [&stats[0], &stats[1]]);
    assert_eq!(sums, [185, 25, 14]);
}

#[test]
fn a_line_is_read_as_described() {
    let line = "ABCD0123\\^1a|b\\1\\2\\20 10 40 3 1 2 5 20 2 4 0 \t100\t90\t0\t0\t0\t7\t8\t0";
    let (guid, witness) = witness(line);
    assert_eq!(guid, "ABCD0123");
    assert_eq!(
        witness.by_weapon,
        BTreeMap::from([(2, [3, 1]), (4, [2, 4])])
    );
    assert_eq!(
        (witness.self_kills, witness.team_kills, witness.team),
        (7, 8, 2)
    );
    let later = witness.since(&Witness {
        by_weapon: BTreeMap::from([(2, [3, 1]), (4, [1, 1])]),
        self_kills: 2,
        ..Witness::default()
    });
    assert_eq!(later.by_weapon, BTreeMap::from([(4, [1, 3])]));
    assert_eq!((later.self_kills, later.team_kills), (5, 8));
}
