//! The file's own heatmaps.

use super::rounds::real;
use super::*;

fn check(kept: &Kept) -> FileCheck {
    file_check(&kept.source())
}

/// The tracker's own counts follow from the rows of every file, cell by cell, but for places rounded onto an edge.
#[test]
fn heatmaps_of_real_files_follow_from_their_rows() {
    let (mut exact, mut on_the_edge) = (0, 0);
    for kept in real() {
        let name = &kept.round.provenance.file_name;
        for (what, count) in check(&kept).counts() {
            let Ok(count) = count else {
                continue;
            };
            assert_eq!(count.file, count.recount, "{name} {what}");
            assert_eq!(count.disagreeing, 0, "{name} {what}");
            assert_eq!(count.differing().count(), count.on_the_edge as usize);
            exact += count.agreeing;
            on_the_edge += count.on_the_edge;
            if what != "traversal" {
                assert!(
                    count.ours <= count.file,
                    "{name} {what}: we leave doubtful rows out"
                );
            }
        }
    }
    assert!(exact > 2500 && on_the_edge < 30, "{exact} {on_the_edge}");
    let of = |part| check(&Kept::new(support::round(&support::fixture(part))));
    let demo = real().pop().unwrap();
    let demo = check(&demo);
    let sums = demo.counts().map(|(_, count)| {
        let count = count.as_ref().unwrap();
        (count.file, count.ours)
    });
    assert_eq!(
        sums,
        [(19_864, 19_985), (886, 868), (94, 81), (72, 58), (76, 58)]
    );
    assert_eq!(of("3.0/").traversal, Err(Unchecked::NoSamples));
    assert_eq!(of("235956").combat, Err(Unchecked::NoHeatmap));
    let old = of("3.0/").allies_kills.unwrap();
    assert_eq!(
        (old.file - old.recount, old.disagreeing),
        (0, 0),
        "the world's are Allied"
    );
}

/// The yard as a tracker would have counted it, with one mistake.
#[test]
fn a_wrong_heatmap_is_found() {
    let mut story = yard();
    let rows = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>();
    // Traversal: the points between first and last of each life. Anna 9, Arno 2 at y 650 and 3 at 350, Bert 7.
    story.sections.push(("KILL_HEATMAP", rows(&["0;0;1;1"])));
    story
        .sections
        .push(("MOVEMENT_HEATMAP", rows(&["0;0;19;5;1", "0;1;2;0;0"])));
    let check = check(&Kept::new(story.round()));
    let of = |count: &Result<_, _>| {
        let count: &sandtable::analysis::density::file_check::CountCheck = count.as_ref().unwrap();
        (count.file, count.recount, count.ours, count.disagreeing)
    };
    // 24 samples hold time, by us.
    assert_eq!(of(&check.traversal), (21, 21, 24, 0));
    assert_eq!(of(&check.combat), (5, 5, 3, 0));
    assert_eq!(of(&check.escape), (1, 2, 1, 1), "the file lacks the body's");
    assert_eq!(of(&check.axis_kills), (1, 1, 0, 0), "her own");
    assert_eq!(of(&check.allies_kills), (1, 1, 1, 0));
    let wrong: Vec<_> = check.escape.unwrap().differing().copied().collect();
    assert_eq!((wrong.len(), wrong[0].file, wrong[0].recount), (1, 1, 2));
}
