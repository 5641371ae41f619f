//! Files that are known, twice, cut, moved, taken out: nothing is lost and nothing is there twice.

use crate::bench::{Bench, count, settled};
use crate::support;
use sandtable::jobs::import::Options;
use sandtable::jobs::import::report::FileState;
use std::path::Path;

fn is_stored(state: &FileState) -> bool {
    matches!(state, FileState::Stored { .. })
}

#[test]
fn what_is_there_is_not_read_again() {
    let bench = Bench::new("known");
    let fixtures = support::root().join("fixtures");
    let first = bench.import(&[&fixtures]);
    let stored = count(&first, is_stored);
    let refused = count(&first, |state| matches!(state, FileState::Refused(_)));
    let copies = count(&first, |state| matches!(state, FileState::DuplicateOf(_)));
    assert_eq!(stored + refused + copies, first.len(), "{first:?}");
    // Version 1, and an empty file.
    assert_eq!(refused, 2, "{first:?}");
    let before = bench
        .ask("SELECT hex(content_hash), map_name, round_number FROM proximity_round ORDER BY 1");
    let again = bench.import(&[&fixtures]);
    assert_eq!(count(&again, is_stored), 0, "{again:?}");
    // Two rounds lie there twice: one that made its tracker crash, and one that was mutilated by hand.
    let known = count(&again, |state| *state == FileState::Known);
    let copies = count(&again, |state| matches!(state, FileState::DuplicateOf(_)));
    assert_eq!((known, copies), (first.len() - 4, 2), "{again:?}");
    assert_eq!(before.len() + 4, known, "four of them are stats files");
    assert_eq!(
        before,
        bench.ask(
            "SELECT hex(content_hash), map_name, round_number FROM proximity_round ORDER BY 1"
        )
    );
    // The same bytes under another name, unpacked.
    let path = support::fixture("6.11/2026-08-23-201300");
    let copy = bench.write("elsewhere/x_engagements.txt", &support::plain(&path));
    assert_eq!(bench.import(&[&copy])[0].1, FileState::Known);
    assert_eq!(
        before.len() as i64,
        bench.number("SELECT count(*) FROM proximity_round")
    );
}

/// Whatever the order, the whole copy is the one that stays.
#[test]
fn the_complete_copy_wins() {
    let path = support::fixture("4.1/2026-01-28");
    let whole = support::plain(&path);
    let end = whole.len() * 9 / 10;
    let cut = &whole[..end];
    for order in [[0, 1], [1, 0]] {
        let bench = Bench::new(&format!("twins{}", order[0]));
        let files = [
            bench.write(
                "2026-01-28-203300-te_escape2-round-1_engagements.txt",
                &whole,
            ),
            bench.write("2026-01-28-203310-te_escape2-round-1_engagements.txt", cut),
        ];
        let states = order.map(|nth| bench.import(&[&files[nth]]).remove(0).1);
        let name = |nth: usize| {
            files[nth]
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        };
        if order == [0, 1] {
            assert_eq!(states[1], FileState::DuplicateOf(name(0)));
        } else {
            assert!(
                matches!(&states[1], FileState::Stored { replaced: Some(by), .. } if *by == name(1)),
                "{states:?}"
            );
        }
        let catalogue = bench.catalogue();
        assert_eq!(catalogue.len(), 1);
        assert_eq!(
            (catalogue[0].file_name.clone(), catalogue[0].is_cut),
            (name(0), false)
        );
        let files = bench.ask("SELECT name, state, round FROM file ORDER BY name");
        let id = catalogue[0].id.0;
        assert_eq!(
            files,
            [
                format!("{}|stored|{id}", name(0)),
                format!("{}|duplicate|{id}", name(1))
            ]
        );
        assert_eq!(
            bench.number("SELECT count(*) FROM player_track"),
            bench.number("SELECT life_count FROM proximity_round")
        );
        assert_eq!(
            bench.number("SELECT count(*) FROM player_track_row"),
            bench.number("SELECT count(*) FROM player_track")
        );
    }
}

#[test]
fn taken_out_and_brought_back() {
    let bench = Bench::new("removed");
    let path = support::fixture("sandpit/2026-11-19-201935");
    bench.import(&[&path]);
    let entry = bench.catalogue().remove(0);
    let mut library = bench.open();
    library.add_tag(entry.hash, "final").unwrap();
    library.add_tag(entry.hash, "final").unwrap();
    library.add_tag(entry.hash, "a, b").unwrap();
    assert_eq!(library.remove(&[entry.id]).unwrap(), 1);
    assert_eq!(library.remove(&[entry.id]).unwrap(), 0);
    assert!(library.catalogue().unwrap().is_empty());
    for view in [
        "player_track_row",
        "combat_engagement_row",
        "proximity_hit_region_row",
        "round_image",
        "proximity_round_player_row",
    ] {
        assert_eq!(
            bench.number(&format!("SELECT count(*) FROM {view}")),
            0,
            "{view}"
        );
    }
    assert!(
        is_stored(&bench.import(&[&path])[0].1),
        "who asks for it by name gets it back"
    );
    let back = bench.catalogue().remove(0);
    assert_ne!(back.id, entry.id);
    let mut tags = back.tags.clone();
    tags.sort();
    assert_eq!(
        tags,
        ["a, b", "final"],
        "what a person wrote is there again"
    );
}

#[test]
fn notes_on_a_cut_copy_belong_to_the_whole_one() {
    let bench = Bench::new("heirs");
    let whole = support::plain(&support::fixture("4.1/2026-01-28"));
    let cut = bench.write("cut_engagements.txt", &whole[..whole.len() / 2]);
    bench.import(&[&cut]);
    let entry = bench.catalogue().remove(0);
    bench.open().add_tag(entry.hash, "watch this").unwrap();
    let better = bench.write("whole_engagements.txt", &whole);
    bench.import(&[&better]);
    let entry = bench.catalogue().remove(0);
    assert_eq!(
        (entry.file_name.as_str(), entry.tags.as_slice()),
        ("whole_engagements.txt", &["watch this".to_owned()][..])
    );
}

#[test]
fn a_rewritten_file_is_read_again() {
    let bench = Bench::new("rewritten");
    let whole = support::plain(&support::fixture("4.1/2026-01-28"));
    let path = bench.write("x_engagements.txt", &whole[..whole.len() / 2]);
    bench.import(&[&path]);
    assert!(bench.catalogue()[0].is_cut);
    std::fs::write(&path, &whole).unwrap();
    settled(&path);
    assert!(matches!(
        &bench.import(&[&path])[0].1,
        FileState::Stored {
            replaced: Some(_),
            ..
        }
    ));
    let catalogue = bench.catalogue();
    assert_eq!((catalogue.len(), catalogue[0].is_cut), (1, false));
}

#[test]
fn a_list_of_another_program_is_followed_only_when_asked() {
    let bench = Bench::new("listed");
    let path = support::fixture("6.11/2026-08-23-201300");
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let options = Options {
        listed: [name].into_iter().collect(),
        ..Options::default()
    };
    let states = bench.import_with(&[&path], options);
    assert!(matches!(&states[0].1, FileState::Skipped(why) if why.contains("another program")));
    assert!(is_stored(&bench.import(&[&path])[0].1));
}

#[test]
fn a_zip_of_rounds() {
    use std::io::Write;
    let bench = Bench::new("zip");
    let paths = [
        support::fixture("6.11/2026-08-23-201300"),
        support::fixture("4.0/2026-01-20-201300"),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for path in &paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let name = format!("rounds/{}", name.trim_end_matches(".gz"));
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(&support::plain(path)).unwrap();
    }
    let archive = bench.write("evening.zip", &zip.finish().unwrap().into_inner());
    let states = bench.import(&[&archive]);
    assert_eq!(count(&states, is_stored), 2, "{states:?}");
    let again = bench.import(&[&archive]);
    assert_eq!(
        count(&again, |state| *state == FileState::Known),
        2,
        "{again:?}"
    );
    let as_files: Vec<&Path> = paths.iter().map(std::path::PathBuf::as_path).collect();
    let states = bench.import(&as_files);
    assert_eq!(
        count(&states, |state| *state == FileState::Known),
        2,
        "{states:?}"
    );
}
