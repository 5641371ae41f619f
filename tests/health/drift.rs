//! `drift`: what it finds and how it ends.

use crate::bench::Bench;
use crate::program::{sandtable, text};
use crate::support::{self, fixture};

#[test]
fn mixed_cadences_of_an_evening_are_found_in_files_and_library_alike() {
    let bench = Bench::new("drift-mixed");
    let files =
        ["201935", "212012", "212637"].map(|stamp| text(fixture(&format!("2026-11-19-{stamp}"))));
    let said = sandtable(&bench.library, &["drift", &files[0], &files[1], &files[2]]);
    assert_eq!(said.code, 1, "{}", said.err);
    for part in [
        "200 ms: 1, 500 ms: 2",
        "mixed cadences, with a single change: 500 ms in 2 rounds",
        "201935",
    ] {
        assert!(said.out.contains(part), "{part} in\n{}", said.out);
    }
    let folder = text(support::root().join("fixtures/sandpit"));
    let by_folder = sandtable(&bench.library, &["drift", "--json", &folder]);
    assert_eq!(by_folder.code, 1);
    assert!(!bench.library.exists(), "nothing is imported by looking");
    bench.import(&[&support::root().join("fixtures/sandpit")]);
    let by_library = sandtable(&bench.library, &["drift", "--json", "library"]);
    assert_eq!(by_library.code, 1, "{}", by_library.err);
    let (folder, library) = (by_folder.json(), by_library.json());
    assert_eq!(folder, library);
    assert_eq!(library["is_mixed"], true);
    assert_eq!(
        library["drift"]["by_date"]["2026-11-19"],
        serde_json::json!({"200": 1, "500": 2})
    );
    assert_eq!(
        library["sentences"].as_array().unwrap().len(),
        library["drift"]["findings"].as_array().unwrap().len()
    );
    let evening = sandtable(&bench.library, &["drift", "--json", "@2026-11-19"]);
    assert_eq!(evening.json(), library);
}

#[test]
fn one_cadence_is_fine_and_nothing_readable_is_not() {
    let bench = Bench::new("drift-codes");
    let files = ["212012", "212637"].map(|stamp| text(fixture(&format!("2026-11-19-{stamp}"))));
    let said = sandtable(&bench.library, &["drift", &files[0], &files[1]]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("nothing is mixed"), "{}", said.out);
    // The same bytes once more are no second round.
    let copy = text(bench.write(
        "2026-11-19-212012-sandpit-round-1_engagements.txt",
        &support::plain(&fixture("2026-11-19-212012")),
    ));
    let said = sandtable(&bench.library, &["drift", "--json", &files[0], &copy]);
    assert_eq!(said.json()["drift"]["rounds"], 1);
    assert_eq!(said.json()["repeated"], 1);
    // Far apart, two cadences are no contradiction.
    let early = text(fixture("4.0/2026-01-20-201300"));
    let said = sandtable(
        &bench.library,
        &[
            "drift",
            "--window",
            "3",
            &early,
            &text(fixture("2026-11-19-201935")),
        ],
    );
    assert_eq!(said.code, 0, "{}", said.out);

    let letter = text(bench.write("letter_engagements.txt", b"Dear all"));
    for nothing in [letter.as_str(), "no-such-folder", "library", "@7", "@soon"] {
        let said = sandtable(&bench.library, &["drift", nothing]);
        assert_eq!(said.code, 2, "{nothing}");
        assert!(
            said.out.is_empty() && !said.err.is_empty(),
            "{nothing}: {}",
            said.out
        );
    }
    // A round without cadence stands under the empty key.
    let old = text(fixture("3.0/2025-12-12"));
    let said = sandtable(&bench.library, &["drift", "--json", &old, &letter]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.json()["unread"].as_array().unwrap().len(), 1);
}
