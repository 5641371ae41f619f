use super::*;

const PACE: Pace = Pace {
    rescan_ms: 300_000,
    poll_ms: 15_000,
    retry_ms: 30_000,
    quiet_ms: 500,
    longest_ms: 3_000,
    answer_ms: 20_000,
};

fn folder(id: i64) -> WatchedFolder {
    WatchedFolder {
        id,
        path: PathBuf::from(format!("/rounds/{id}")),
        is_paused: false,
        opens_newest: false,
        polls: false,
    }
}

const TELLS: Reached = Reached {
    tells: true,
    remark: None,
};

fn probe(key: Key) -> Order {
    Order::Probe {
        key,
        path: PathBuf::from("/rounds/1"),
        polls: false,
    }
}

fn full_look(key: Key, is_first: bool) -> Order {
    Order::Look {
        key,
        id: 1,
        paths: vec![PathBuf::from("/rounds/1")],
        is_full: true,
        is_first,
    }
}

fn look(paths: &[&str]) -> Order {
    Order::Look {
        key: 0,
        id: 1,
        paths: paths.iter().map(PathBuf::from).collect(),
        is_full: false,
        is_first: false,
    }
}

fn status(schedule: &Schedule, now_ms: i64) -> SourceStatus {
    schedule.states(now_ms)[0].status.clone()
}

/// A folder that was listed whole for the first time between 0 and `done_ms`.
fn listed(done_ms: i64) -> Schedule {
    let mut schedule = Schedule::new(PACE);
    schedule.add(folder(1), 0);
    assert_eq!(schedule.step(0), [probe(0)]);
    schedule.probed(0, Ok(TELLS), 0);
    assert_eq!(schedule.step(0), [full_look(0, true)]);
    schedule.done(0, done_ms);
    schedule
}

#[test]
fn a_folder_is_listed_at_once_and_every_five_minutes() {
    let mut schedule = Schedule::new(PACE);
    assert_eq!(schedule.next_ms(0), None);
    schedule.add(folder(1), 1_000);
    assert_eq!(schedule.next_ms(1_000), Some(1_000));
    assert_eq!(schedule.step(1_000), [probe(0)]);
    assert_eq!(schedule.step(1_001), [], "one thing at a time");
    assert_eq!(status(&schedule, 1_001), SourceStatus::Scanning);
    schedule.probed(0, Ok(TELLS), 1_010);
    assert_eq!(schedule.step(1_010), [full_look(0, true)]);
    assert_eq!(schedule.states(1_010)[0].next_scan_ms, Some(301_010));
    schedule.done(0, 1_500);
    assert_eq!(status(&schedule, 1_500), SourceStatus::Watching);
    let state = &schedule.states(1_500)[0];
    assert_eq!(
        (state.last_scan_ms, state.next_scan_ms),
        (Some(1_500), Some(301_010))
    );
    assert_eq!(schedule.next_ms(1_500), Some(301_010));
    assert_eq!(schedule.step(301_009), []);
    assert_eq!(schedule.step(301_010), [probe(0)]);
    schedule.probed(0, Ok(TELLS), 301_010);
    assert_eq!(schedule.step(301_010), [full_look(0, false)]);
}

#[test]
fn changes_are_gathered_until_it_is_quiet() {
    let mut schedule = listed(10);
    schedule.changed(0, vec![PathBuf::from("/rounds/1/b")], 1_000);
    assert_eq!(schedule.next_ms(1_000), Some(1_500));
    schedule.changed(0, vec![PathBuf::from("/rounds/1/a")], 1_400);
    schedule.changed(0, vec![PathBuf::from("/rounds/1/b")], 1_400);
    assert_eq!(schedule.step(1_500), []);
    assert_eq!(
        schedule.step(1_900),
        [look(&["/rounds/1/a", "/rounds/1/b"])]
    );
    schedule.changed(0, vec![PathBuf::from("/rounds/1/c")], 2_000);
    assert_eq!(schedule.step(9_000), [], "the look before is under way");
    schedule.done(0, 9_000);
    assert_eq!(schedule.step(9_000), [look(&["/rounds/1/c"])]);
    schedule.done(0, 9_100);
    assert_eq!(
        schedule.next_ms(9_100),
        Some(300_000),
        "the turn of the whole folder is not put off"
    );
}

#[test]
fn a_folder_that_never_keeps_quiet_is_looked_at_too() {
    let mut schedule = listed(10);
    let mut looks_ms = Vec::new();
    for now_ms in (1_000..8_000).step_by(100) {
        schedule.changed(0, vec![PathBuf::from("/rounds/1/a")], now_ms);
        if !schedule.step(now_ms).is_empty() {
            looks_ms.push(now_ms);
            schedule.done(0, now_ms);
        }
    }
    assert_eq!(looks_ms, [4_000, 7_100]);
}

#[test]
fn a_flood_of_changes_is_one_listing() {
    let mut schedule = listed(10);
    let many = (0..=MOST_CHANGES).map(|n| PathBuf::from(format!("/rounds/1/{n}")));
    schedule.changed(0, many.collect(), 1_000);
    assert_eq!(schedule.step(1_000), [probe(0)]);
}

#[test]
fn a_folder_that_vanishes_says_why_and_comes_back() {
    let mut schedule = listed(10);
    schedule.missed(0, 5_000);
    assert_eq!(schedule.step(5_000), [probe(0)]);
    schedule.probed(0, Err("gone".to_owned()), 5_000);
    let gone = SourceStatus::Unreachable("gone".to_owned());
    assert_eq!(status(&schedule, 5_000), gone);
    assert_eq!(schedule.step(34_999), []);
    assert_eq!(schedule.step(35_000), [probe(0)]);
    assert_eq!(status(&schedule, 35_000), gone, "while it is tried again");
    schedule.probed(0, Ok(TELLS), 35_100);
    assert_eq!(schedule.step(35_100), [full_look(0, false)]);
    schedule.done(0, 35_200);
    assert_eq!(status(&schedule, 35_200), SourceStatus::Watching);
    assert_eq!(schedule.next_ms(35_200), Some(335_100));
}

#[test]
fn a_folder_that_does_not_answer_is_unreachable_and_asked_once() {
    let mut schedule = Schedule::new(PACE);
    schedule.add(folder(1), 0);
    assert_eq!(schedule.step(0), [probe(0)]);
    assert_eq!(schedule.next_ms(0), Some(20_000));
    assert_eq!(status(&schedule, 19_999), SourceStatus::Scanning);
    assert_eq!(
        status(&schedule, 20_000),
        SourceStatus::Unreachable("the folder does not answer".to_owned())
    );
    assert_eq!(schedule.next_ms(20_000), None, "nothing to wake up for");
    assert_eq!(schedule.step(999_999), []);
}

#[test]
fn folders_that_do_not_tell_are_listed_often_but_not_all_the_time() {
    let mut schedule = Schedule::new(PACE);
    let mut share = folder(1);
    share.polls = true;
    schedule.add(share, 0);
    schedule.step(0);
    schedule.probed(0, Ok(Reached::default()), 0);
    schedule.step(0);
    schedule.done(0, 1_000);
    assert_eq!(schedule.next_ms(1_000), Some(15_000));
    schedule.step(15_000);
    schedule.probed(0, Ok(Reached::default()), 15_000);
    schedule.step(15_000);
    schedule.done(0, 75_000);
    assert_eq!(
        schedule.next_ms(75_000),
        Some(135_000),
        "rests as long as the listing took"
    );
}

#[test]
fn a_folder_that_falls_silent_is_polled_and_says_so() {
    let mut schedule = listed(10);
    schedule.fell_silent(0, "limit reached".to_owned(), 1_000);
    assert_eq!(schedule.step(1_000), [Order::Deafen(0), probe(0)]);
    let silent = Reached {
        tells: false,
        remark: Some("limit reached".to_owned()),
    };
    schedule.probed(0, Ok(silent), 1_000);
    schedule.step(1_000);
    schedule.done(0, 1_100);
    let state = &schedule.states(1_100)[0];
    assert_eq!(state.remark.as_deref(), Some("limit reached"));
    assert_eq!(state.status, SourceStatus::Watching);
    assert_eq!(state.next_scan_ms, Some(16_000));
    assert!(!state.folder.polls, "that is the person's to say");
}

#[test]
fn a_paused_folder_rests_and_goes_on_with_everything() {
    let mut schedule = listed(10);
    schedule.changed(0, vec![PathBuf::from("/rounds/1/a")], 1_000);
    schedule.pause(1, true, 1_100);
    assert_eq!(schedule.step(1_100), [Order::Deafen(0)]);
    assert!(!schedule.wants_changes(0));
    assert_eq!(status(&schedule, 1_100), SourceStatus::Paused);
    assert_eq!(schedule.states(1_100)[0].next_scan_ms, None);
    schedule.changed(0, vec![PathBuf::from("/rounds/1/b")], 2_000);
    schedule.run_now(1, 2_000);
    assert_eq!(schedule.next_ms(2_000), None);
    assert_eq!(schedule.step(999_999), []);
    schedule.pause(1, false, 1_000_000);
    assert_eq!(schedule.step(1_000_000), [probe(0)]);
}

#[test]
fn pausing_while_a_probe_is_under_way() {
    let mut schedule = Schedule::new(PACE);
    schedule.add(folder(1), 0);
    schedule.step(0);
    schedule.pause(1, true, 10);
    schedule.probed(0, Ok(TELLS), 20);
    assert_eq!(schedule.step(20), [Order::Deafen(0)]);
    schedule.pause(1, false, 30);
    assert_eq!(schedule.step(30), [probe(0)]);
}

#[test]
fn run_now_counts_also_while_the_folder_is_looked_at() {
    let mut schedule = listed(10);
    schedule.run_now(1, 1_000);
    assert_eq!(schedule.step(1_000), [probe(0)]);
    schedule.probed(0, Ok(TELLS), 1_000);
    schedule.step(1_000);
    schedule.run_now(1, 1_200);
    schedule.done(0, 1_300);
    assert_eq!(schedule.step(1_300), [probe(0)]);
}

#[test]
fn late_answers_about_a_removed_folder_do_not_reach_its_successor() {
    let mut schedule = listed(10);
    schedule.run_now(1, 100);
    assert_eq!(schedule.step(100), [probe(0)]);
    schedule.add(folder(1), 200);
    assert_eq!(schedule.step(200), [Order::Deafen(0), probe(1)]);
    schedule.probed(0, Err("old".to_owned()), 300);
    assert_eq!(status(&schedule, 300), SourceStatus::Scanning);
    schedule.remove(1);
    schedule.done(1, 400);
    assert_eq!(schedule.states(400), []);
    assert_eq!(schedule.step(400), [Order::Deafen(1)]);
    assert_eq!(schedule.next_ms(400), None);
}

#[test]
fn a_folder_that_changes_behind_the_probe_is_probed_again() {
    let mut schedule = listed(10);
    schedule.run_now(1, 100);
    assert_eq!(schedule.step(100), [probe(0)]);
    schedule.missed(0, 110);
    schedule.probed(0, Ok(TELLS), 110);
    assert_eq!(schedule.step(110), [full_look(0, false)]);
    schedule.done(0, 120);
    assert_eq!(schedule.step(120), [probe(0)]);
}
