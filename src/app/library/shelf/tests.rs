use super::super::filter::Part;
use super::super::sample::entry;
use super::*;

/// Two evenings: on the later one the match 1 + 2 on supply and a single radar round, on the earlier one the match 4 + 5 on supply.
fn shelf() -> Shelf {
    let round = |id: i64, number: u32, match_id: Option<i64>, date: &str, map: &str| Entry {
        number,
        map: map.to_owned(),
        date: Some(date.to_owned()),
        start_unix: Some(id * 1000),
        match_id: match_id.map(RoundId),
        players: vec![format!("player {id}"), "ash".to_owned()],
        ..entry(id)
    };
    let mut shelf = Shelf::default();
    shelf.set_entries(Arc::new(vec![
        round(11, 1, Some(11), "2026-08-23", "supply"),
        round(12, 2, Some(11), "2026-08-23", "supply"),
        round(13, 1, None, "2026-08-23", "radar"),
        round(4, 1, Some(4), "2026-08-20", "supply"),
        round(5, 2, Some(4), "2026-08-20", "supply"),
    ]));
    shelf
}

/// The list in short: `[evening]`, `{match}`, round.
fn text(shelf: &Shelf) -> String {
    let word = |line: &Line| match shelf.key(line) {
        LineKey::Group(name) => format!("[{}]", name.unwrap_or_default()),
        LineKey::Match(id) => format!("{{{}}}", id.0),
        LineKey::Round(id) => id.0.to_string(),
    };
    shelf.lines().iter().map(word).collect::<Vec<_>>().join(" ")
}

fn ids(shelf: &Shelf) -> Vec<i64> {
    shelf.selected().iter().map(|id| id.0).collect()
}

fn round(id: i64) -> LineKey {
    LineKey::Round(RoundId(id))
}

fn evening(date: &str) -> LineKey {
    LineKey::Group(Some(date.to_owned()))
}

#[test]
fn evenings_hold_matches_and_matches_hold_rounds() {
    let mut shelf = shelf();
    let newest = "[2026-08-23] {13} 13 {11} 11 12 [2026-08-20] {4} 4 5";
    assert_eq!(text(&shelf), newest);
    assert_eq!((shelf.listed(), shelf.groups()), (5, 2));
    shelf.set_sort(Sort::Oldest);
    assert_eq!(
        text(&shelf),
        "[2026-08-20] {4} 4 5 [2026-08-23] {11} 11 12 {13} 13"
    );
    shelf.set_sort(Sort::Map);
    assert_eq!(text(&shelf), "[radar] {13} 13 [supply] {11} 11 12 {4} 4 5");
    shelf.set_sort(Sort::Relevance);
    assert_eq!(text(&shelf), "13 11 12 4 5");
    for line in shelf.lines() {
        let key = shelf.key(line);
        let nth = shelf.line_of(&key).unwrap();
        assert_eq!(&shelf.lines()[nth], line);
    }
}

#[test]
fn search_and_filters_leave_out_and_ranking_orders_only_by_relevance() {
    let mut shelf = shelf();
    shelf.set_query("supply ash".to_owned());
    assert_eq!(text(&shelf), "[2026-08-23] {11} 11 12 [2026-08-20] {4} 4 5");
    shelf.set_query("r2".to_owned());
    assert_eq!(text(&shelf), "[2026-08-23] {11} 12 [2026-08-20] {4} 5");
    shelf.set_filters(Filters {
        from: Some("2026-08-21".to_owned()),
        ..Filters::default()
    });
    assert_eq!(text(&shelf), "[2026-08-23] {11} 12");
    let filters = shelf.filters().clone().without(Part::Dates);
    shelf.set_filters(filters);
    shelf.set_query("player 12".to_owned());
    assert_eq!(text(&shelf), "[2026-08-23] {11} 12");
    shelf.set_query("dar ash".to_owned());
    assert_eq!(text(&shelf), "[2026-08-23] {13} 13");
    shelf.set_query("player 5".to_owned());
    shelf.set_sort(Sort::Relevance);
    assert_eq!(text(&shelf), "5");
    shelf.set_query("nobody".to_owned());
    assert!(shelf.lines().is_empty());
}

#[test]
fn folds_hide_rounds_but_never_what_was_just_searched() {
    let mut shelf = shelf();
    shelf.fold(evening("2026-08-23"), true);
    shelf.fold(LineKey::Match(RoundId(4)), true);
    assert_eq!(text(&shelf), "[2026-08-23] [2026-08-20] {4}");
    assert_eq!(shelf.listed(), 5);
    shelf.set_query("supply".to_owned());
    assert_eq!(text(&shelf), "[2026-08-23] {11} 11 12 [2026-08-20] {4} 4 5");
    shelf.fold(evening("2026-08-23"), true);
    assert_eq!(text(&shelf), "[2026-08-23] [2026-08-20] {4} 4 5");
    shelf.set_query("suppl".to_owned());
    assert!(!shelf.is_folded(&evening("2026-08-23")));
    shelf.set_query(String::new());
    assert_eq!(text(&shelf), "[2026-08-23] [2026-08-20] {4}");
    shelf.fold_all(false);
    assert_eq!(shelf.lines().len(), 10);
    shelf.fold_all(true);
    assert_eq!(text(&shelf), "[2026-08-23] [2026-08-20]");
}

#[test]
fn ranges_select_the_rounds_between() {
    let mut shelf = shelf();
    shelf.pick(&round(13), Pick::Only);
    shelf.pick(&round(12), Pick::Extend);
    assert_eq!(ids(&shelf), [13, 11, 12]);
    // The range begins where it began.
    shelf.pick(&round(11), Pick::Extend);
    assert_eq!(ids(&shelf), [13, 11]);
    // Up to a match's header that is unfolded: not its rounds, which lie below.
    shelf.pick(&LineKey::Match(RoundId(11)), Pick::Extend);
    assert_eq!(ids(&shelf), [13]);
    shelf.pick(&LineKey::Match(RoundId(4)), Pick::Toggle);
    assert_eq!(ids(&shelf), [13, 4, 5]);
    shelf.pick(&evening("2026-08-23"), Pick::Only);
    assert_eq!(ids(&shelf), [13, 11, 12]);
    // Folded headers stand for their rounds.
    shelf.fold_all(true);
    shelf.pick(&evening("2026-08-20"), Pick::Extend);
    assert_eq!(shelf.selected_count(), 5);
}

#[test]
fn the_cursor_walks_over_the_lines() {
    let mut shelf = shelf();
    assert_eq!(shelf.cursor(), None);
    shelf.step(Step::By(1), false);
    assert_eq!(shelf.cursor(), Some(0));
    shelf.step(Step::By(2), false);
    assert_eq!(ids(&shelf), [13]);
    shelf.step(Step::By(2), true);
    assert_eq!(ids(&shelf), [13, 11]);
    shelf.step(Step::Last, false);
    assert_eq!(ids(&shelf), [5]);
    shelf.fold(evening("2026-08-20"), true);
    assert_eq!(shelf.cursor(), None, "its line is hidden");
}

#[test]
fn a_new_catalogue_keeps_what_is_still_there() {
    let mut shelf = shelf();
    shelf.select_all();
    shelf.set_query("radar".to_owned());
    assert_eq!(shelf.selected_count(), 5);
    assert_eq!(
        ids(&shelf)[0],
        13,
        "listed ones first, hidden ones are still selected"
    );
    let left = shelf.entries()[1..3].to_vec();
    shelf.set_entries(Arc::new(left));
    assert_eq!(ids(&shelf), [13, 12]);
    assert_eq!((shelf.query(), shelf.listed()), ("radar", 1));
    assert_eq!(shelf.choices().maps.len(), 2);
    assert!(shelf.entry(RoundId(11)).is_none());
}
