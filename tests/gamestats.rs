//! Kills and deaths against an independent witness: the stats files that a second server module wrote for the same rounds.
//!
//! Only what enemies did to each other counts by weapon; self and team kills stand in fields of their own. These run on from round 1 to round 2
//! of a match, so round 1 must be taken off, which [`gamestats::difference`] does.

mod support;

use sandtable::analysis::deaths::{Death, DeathKind, deaths, scores_at};
use sandtable::format::gamestats::{
    self, Basis, Carry, EXTRA_FIELDS, Extra, ExtraField, FileKind, PlayerDifference, Side,
    StatsFile,
};
use sandtable::model::{PlayerId, Round, Team};
use std::collections::BTreeMap;
use std::path::Path;

/// What both sources say of one player.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Witness {
    /// Kills and deaths between enemies, by weapon kind.
    by_weapon: BTreeMap<u8, [i64; 2]>,
    self_kills: i64,
    team_kills: i64,
    team: i64,
}

impl Witness {
    /// Kills or deaths with all weapons.
    fn sum(&self, which: usize) -> i64 {
        self.by_weapon.values().map(|counts| counts[which]).sum()
    }
}

fn stats(path: &Path) -> StatsFile {
    let name = path.file_name().unwrap().to_string_lossy();
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(gamestats::kind_of(&name, &bytes), FileKind::Stats);
    let file = gamestats::read(&bytes, &name);
    assert_eq!(file.problems.total(), 0, "{:?}", file.problems.kept());
    file
}

/// What a stats file says of the round alone.
fn witness(player: &PlayerDifference) -> (String, Witness) {
    assert!(matches!(player.basis, Basis::Difference | Basis::Joined));
    let count = |name| {
        let at = ExtraField::index_of(name).unwrap();
        match player.extra[at] {
            Some(Extra::Whole(count)) => count,
            ref other => panic!("{name}: {other:?}"),
        }
    };
    let weapons = player.weapons.iter();
    let weapons = weapons.map(|(kind, counts)| (*kind, [counts.kills, counts.deaths]));
    let witness = Witness {
        by_weapon: weapons.filter(|(_, counts)| *counts != [0, 0]).collect(),
        self_kills: count("self_kills"),
        team_kills: count("team_kills"),
        team: player.team,
    };
    (player.guid8.clone(), witness)
}

/// The engine's kind of weapon for a means of death, for those that occur.
fn weapon_bit(means_number: i64) -> u8 {
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
        let mut by_weapon: BTreeMap<u8, [i64; 2]> = BTreeMap::new();
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
fn compare(rounds: [&Path; 2], files: [&Path; 2]) -> [i64; 3] {
    let mut before = StatsFile::default();
    let mut sums = [0; 3];
    for (file, stats_file) in rounds.into_iter().zip(files) {
        let round = support::round(file);
        let ours = ours(&round, &deaths(&round));
        let now = stats(stats_file);
        let new = gamestats::difference(&before, &now);
        let theirs: BTreeMap<String, Witness> = new.iter().map(witness).collect();
        assert_eq!(ours, theirs, "{}", file.display());
        for player in ours.values() {
            sums[0] += player.sum(0);
            sums[1] += player.self_kills;
            sums[2] += player.team_kills;
        }
        before = now;
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
fn headers_of_real_files() {
    let file = stats(&stats_file("212016"));
    let header = &file.header;
    assert_eq!(header.server.as_deref(), Some("sandpit test server"));
    assert_eq!(header.map.as_deref(), Some("sandpit"));
    assert_eq!(header.config.as_deref(), Some(""));
    assert_eq!(header.round, Some(1));
    assert_eq!(
        [header.defender, header.winner],
        [Some(Side::Axis), Some(Side::Allies)]
    );
    assert_eq!(
        [
            header.time_limit_s,
            header.next_time_limit_s,
            header.play_time_ms
        ],
        [Some(480), Some(360), Some(359_633)]
    );
    let next = stats(&stats_file("212640"));
    assert_eq!(next.header.round, Some(2));
    // The limit of round 2 is what round 1 took.
    assert_eq!(next.header.time_limit_s, Some(360));
    let player = file
        .players
        .iter()
        .find(|player| player.guid8 == "CC75BCEB")
        .unwrap();
    assert_eq!(player.name, "^5salt^7|^1c^2o^3r^4a^5l");
    assert_eq!(
        (player.rounds, player.team, player.weapon_mask),
        (0, 2, 2096)
    );
    assert_eq!(player.total().all(), [65, 208, 8, 6, 6]);
    assert_eq!(player.count("damage_given"), Some(1247));
    assert_eq!(player.extra("time_dead_percent"), Some(25.0));
    assert_eq!(player.count("shots"), Some(208));
}

/// Fields that are said to run on never fall from round 1 to round 2; of the others that occur, most fall for somebody. The sums of the
/// weapons are the shots.
#[test]
fn running_fields_run_on() {
    let mut has_fallen = [false; EXTRA_FIELDS.len()];
    for [first, second] in [["201115", "201938"], ["212016", "212640"]] {
        let [first, second] = [first, second].map(|stamp| stats(&stats_file(stamp)));
        for now in &second.players {
            assert_eq!(now.extra.len(), EXTRA_FIELDS.len());
            assert_eq!(now.count("shots"), Some(now.total().shots));
            assert_eq!(now.rounds, 1);
            let then = first
                .players
                .iter()
                .find(|player| player.guid8 == now.guid8);
            for (at, (now, then)) in now.extra.iter().zip(&then.unwrap().extra).enumerate() {
                has_fallen[at] |= now.number() < then.number();
            }
        }
    }
    let fallen = |carry| {
        let of_kind = EXTRA_FIELDS
            .iter()
            .zip(has_fallen)
            .filter(|(field, _)| field.carry == carry);
        of_kind.filter(|(_, has_fallen)| *has_fallen).count()
    };
    assert_eq!(
        [Carry::Match, Carry::Round, Carry::Ratio].map(fallen),
        [0, 17, 3]
    );
}

/// However a file is cut, every line is either a player or a problem, and what is before the cut is as in the whole file.
#[test]
fn a_cut_file_gives_what_is_before_the_cut() {
    let bytes = std::fs::read(stats_file("201115")).unwrap();
    let whole = gamestats::read(&bytes, "");
    assert_eq!((whole.players.len(), whole.is_unterminated), (12, false));
    for end in 0..bytes.len() {
        let cut = gamestats::read(&bytes[..end], "");
        let lines = bytes[..end].split(|&byte| byte == b'\n');
        let lines = lines.filter(|line| !line.is_empty()).count();
        let bad = cut.problems.kept().iter();
        let bad = bad.filter(|problem| problem.rule == "bad-player").count();
        assert_eq!(cut.players.len() + bad, lines.saturating_sub(1), "{end}");
        // Whole lines but the header.
        let ends = bytes[..end].split_inclusive(|&byte| byte == b'\n');
        let complete = ends.filter(|line| line.ends_with(b"\n")).count();
        let complete = complete.saturating_sub(1);
        assert_eq!(cut.players[..complete], whole.players[..complete], "{end}");
        assert_eq!(cut.is_unterminated, end > 0 && bytes[end - 1] != b'\n');
    }
}
