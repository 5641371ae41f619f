//! What an import knows does not depend on what came first.

use crate::bench::Bench;
use crate::dump::{assert_same, dump};
use crate::support;

/// A name that tells a round's number may come with the round, after it, or, from another folder, before it.
#[test]
fn names_that_tell_the_number_may_come_at_any_time() {
    let path = support::fixture("4.2/2026-02-14-202500");
    let names = ["gametime-supply-R2-1771100700.json"];
    let numbers = "SELECT round_number, round_number_source, claimed_number FROM proximity_round";
    let bench = Bench::new("names");
    let alone = bench.copy(&path, "2026-02-14-202500-supply-round-1_engagements.txt");
    let mut dumps = Vec::new();
    for is_first in [true, false] {
        if bench.library.exists() {
            std::fs::remove_file(&bench.library).unwrap();
        }
        if is_first {
            assert!(
                !bench.open().add_gametimes(names).unwrap(),
                "nothing to correct yet"
            );
        }
        bench.import(&[&alone]);
        if !is_first {
            assert!(bench.open().add_gametimes(names).unwrap());
            bench.open().link().unwrap();
        }
        assert_eq!(bench.ask(numbers), ["2|gametime|2"], "first: {is_first}");
        let entry = bench.catalogue().remove(0);
        let round = bench.open().open_round(entry.id).unwrap();
        assert_eq!(
            (round.number.value, entry.number),
            (2, 2),
            "what is shown is what is listed"
        );
        dumps.push(dump(&bench.library));
    }
    assert_same(&dumps[0], &dumps[1], "in either order");
}
