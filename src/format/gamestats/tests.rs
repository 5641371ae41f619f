use super::*;
use crate::format::Refusal;

const HEADER: &str = "a server\\supply\\\\1\\1\\2\\12:00\\10:05\\605000";
const PLAYER: &str =
    "ABCD0123\\^1a|b\\0\\2\\20 10 40 3 1 2 5 20 2 4 0 \t100\t90\t0\t0\t0\t7\t8\t0\t75.5";
const NAME: &str = "2026-11-19-201115-supply-round-1.txt";

fn rules(file: &StatsFile) -> Vec<(&'static str, Option<u32>)> {
    let kept = file.problems.kept().iter();
    kept.map(|problem| (problem.rule, problem.line)).collect()
}

fn file(lines: &[&str]) -> StatsFile {
    read((lines.join("\n") + "\n").as_bytes(), NAME)
}

#[test]
fn a_file_is_read_as_described() {
    let file = file(&[HEADER, PLAYER]);
    assert_eq!(rules(&file), []);
    let header = &file.header;
    assert_eq!(header.server.as_deref(), Some("a server"));
    assert_eq!(header.map.as_deref(), Some("supply"));
    assert_eq!(header.config.as_deref(), Some(""));
    assert_eq!(header.round, Some(1));
    assert_eq!(
        (header.defender, header.winner),
        (Some(Side::Axis), Some(Side::Allies))
    );
    assert_eq!(
        (header.time_limit_s, header.next_time_limit_s),
        (Some(720), Some(605))
    );
    assert_eq!(header.play_time_ms, Some(605_000));
    let player = &file.players[0];
    assert_eq!(
        (player.guid8.as_str(), player.name.as_str(), player.line),
        ("ABCD0123", "^1a|b", 2)
    );
    assert_eq!((player.rounds, player.team, player.weapon_mask), (0, 2, 20));
    let counts: Vec<_> = player
        .weapons
        .iter()
        .map(|(kind, counts)| (*kind, counts.all()))
        .collect();
    assert_eq!(counts, [(2, [10, 40, 3, 1, 2]), (4, [5, 20, 2, 4, 0])]);
    assert_eq!(player.total().all(), [15, 60, 5, 5, 2]);
    assert_eq!(
        (player.count("self_kills"), player.count("team_kills")),
        (Some(7), Some(8))
    );
    assert_eq!(player.extra("time_played_percent"), Some(75.5));
    assert_eq!(
        (player.count("xp"), player.count("no such field")),
        (None, None)
    );
}

#[test]
fn names_may_hold_anything() {
    let odd = PLAYER.replace("^1a|b", "\\back\\\\slash\t\\1\\2\\");
    let latin = [HEADER.as_bytes(), b"\r\n\\cut\xc3\\0\\1\\0 \t1\r\n"].concat();
    assert_eq!(
        file(&[HEADER, &odd]).players[0].name,
        "\\back\\\\slash\t\\1\\2\\"
    );
    let file = read(&latin, NAME);
    assert_eq!(rules(&file), []);
    let player = &file.players[0];
    assert_eq!(
        (player.guid8.as_str(), player.name.as_str()),
        ("", "cut\u{fffd}")
    );
    assert_eq!(player.name_raw, b"cut\xc3");
    assert_eq!(
        (player.team, player.weapons.len(), &player.extra[..]),
        (1, 0, &[Extra::Whole(1)][..])
    );
    assert_eq!(file.header.play_time_ms, Some(605_000));
}

#[test]
fn bad_lines_are_named_and_the_rest_is_kept() {
    let mismatch = PLAYER.replace("\\20 ", "\\21 ");
    let letters = PLAYER.replace("\t7\t", "\tseven\t");
    let cut = PLAYER.split_once("\t0\t75.5").unwrap().0;
    let file = file(&[HEADER, "nonsense", &mismatch, PLAYER, "", &letters, cut]);
    assert_eq!(
        rules(&file),
        [
            ("bad-player", Some(2)),
            ("bad-player", Some(3)),
            ("bad-number", Some(6)),
            ("short-line", Some(7)),
        ]
    );
    assert_eq!(file.players.len(), 3);
    assert_eq!(file.players[1].extra[5], Extra::Text("seven".to_owned()));
    assert_eq!(
        file.problems.kept()[1].text.split(": \"").next(),
        Some("the mask names 3 kinds of weapon, which take 15 counts, but 10 follow")
    );
}

#[test]
fn headers_with_too_much_and_too_little() {
    let no_play_time = read(b"s\\supply\\c\\2\\2\\0\\12:00\\10:05\n", NAME);
    assert_eq!(rules(&no_play_time), []);
    assert_eq!(no_play_time.header.play_time_ms, None);
    assert_eq!(no_play_time.header.winner, Some(Side::Nobody));
    assert_eq!(no_play_time.header.next_time_limit_s, Some(605));

    let short = read(b"s\\supply\\c\\2\n", NAME);
    assert_eq!(rules(&short), [("short-header", Some(1))]);
    assert_eq!(
        (short.header.map.as_deref(), short.header.round),
        (Some("supply"), Some(2))
    );

    let slashes = b"a\\b\\SUPPLY\\c\\d\\1\\1\\2\\x\\10:05\\6e5\n";
    let by_name = read(slashes, NAME);
    assert_eq!(
        rules(&by_name),
        [("ambiguous-header", Some(1)), ("bad-header-value", Some(1))]
    );
    assert_eq!(by_name.header.server.as_deref(), Some("a\\b"));
    assert_eq!(by_name.header.config.as_deref(), Some("c\\d"));
    assert_eq!(
        (by_name.header.time_limit_s, by_name.header.play_time_ms),
        (None, Some(600_000))
    );
    let by_place = read(slashes, "");
    assert_eq!(by_place.header.map.as_deref(), Some("c"));

    let lost = file(&[PLAYER]);
    assert_eq!(rules(&lost), [("missing-header", Some(1))]);
    assert_eq!(
        (lost.players.len(), lost.header == StatsHeader::default()),
        (1, true)
    );
    assert_eq!(rules(&read(b" \r\n", NAME)), [("empty-file", None)]);
    assert!(read(HEADER.as_bytes(), NAME).is_unterminated);
}

#[test]
fn names_and_kinds() {
    let name = StatsName::of("2026-11-19-201115-a-round-b-round-2.txt.gz").unwrap();
    assert_eq!((name.map.as_str(), name.number), ("a-round-b", 2));
    for other in [
        "2026-11-19-201115-supply-round-1_engagements.txt",
        "2026-11-19-201115-supply-round-1_ws.txt",
        "2026-11-19-2011-supply-round-1.txt",
        "supply-round-1.txt",
    ] {
        assert_eq!(StatsName::of(other), None, "{other}");
    }
    let whole = format!("{HEADER}\n{PLAYER}\n");
    assert_eq!(kind_of("anything", whole.as_bytes()), FileKind::Stats);
    assert_eq!(kind_of(NAME, PLAYER.as_bytes()), FileKind::Stats);
    assert_eq!(kind_of(NAME, b"# PROXIMITY_TRACKER_V6\n"), FileKind::Round);
    assert_eq!(kind_of(NAME, b""), FileKind::Neither(Refusal::Empty));
    let path = b"C:\\a\\b\\c\\d\\e\\f\\g\\h\n";
    assert_eq!(
        kind_of("list.txt", path),
        FileKind::Neither(Refusal::StatsFile)
    );
    assert_eq!(
        kind_of(NAME, b"hello\n"),
        FileKind::Neither(Refusal::NoBanner("hello".to_owned()))
    );
}

#[test]
fn differences_by_basis() {
    let bot =
        |name: &str, kills: u32| format!("OMNIBOT0\\{name}\\0\\1\\4 0 9 {kills} 0 0 \t{kills}00");
    let before = file(&[
        HEADER,
        PLAYER,
        &bot("one", 2),
        &bot("two", 5),
        &bot("two", 5),
        "EEEE0000\\e\\0\\1\\4 9 9 9 9 9 \t9",
    ]);
    let more = PLAYER
        .replace("5 20 2 4 0", "5 20 3 4 0")
        .replace("\t75.5", "\t60.5\t4");
    let after = file(&[
        HEADER,
        &more,
        &bot("one", 6),
        &bot("two", 7),
        &bot("new", 1),
        "EEEE0000\\e\\0\\1\\4 9 9 1 9 9 \t10",
    ]);
    let found = difference(&before, &after);
    let basis: Vec<_> = found
        .iter()
        .map(|player| (player.name.as_str(), player.basis))
        .collect();
    assert_eq!(
        basis,
        [
            ("^1a|b", Basis::Difference),
            ("one", Basis::Difference),
            ("two", Basis::Ambiguous),
            ("new", Basis::Joined),
            ("e", Basis::Restarted),
        ]
    );
    let weapons: Vec<_> = found[0]
        .weapons
        .iter()
        .map(|(kind, counts)| (*kind, counts.all()))
        .collect();
    assert_eq!(weapons, [(4, [0, 0, 1, 0, 0])]);
    let zero = Some(Extra::Whole(0));
    assert_eq!(found[0].extra[..8], [const { Some(Extra::Whole(0)) }; 8]);
    assert_eq!(found[0].extra[7], zero);
    assert_eq!(found[0].extra[8..], [None, Some(Extra::Whole(4))]);
    assert_eq!(found[1].extra, [Some(Extra::Whole(400))]);
    assert_eq!(found[4].extra, [Some(Extra::Whole(10))]);
}
