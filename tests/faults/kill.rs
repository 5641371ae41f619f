//! A program that is killed while it writes leaves whole rounds only, and the next one ends where it would have ended.

use crate::bench::Bench;
use crate::dump::{assert_same, assert_whole, dump};
use crate::{child, corpus};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// As many processes are killed.
const KILLS: usize = 50;
/// Of these, while they work out links, and while they bring the log into the library's file.
const WHILE_LINKING: usize = 6;
const WHILE_CHECKPOINTING: usize = 4;
/// The same library is hit at most so often.
const MOST_IN_A_ROW: usize = 3;

/// Numbers that look random and are the same on every run (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Runs a task and kills it after a while, or gives how long it took when it was faster.
fn kill_after(task: &str, bench: &Bench, paths: &[PathBuf], after: Duration) -> Option<Duration> {
    let began = Instant::now();
    let mut child = child::start(task, bench, paths);
    while began.elapsed() < after {
        if child.try_wait().unwrap().is_some() {
            return Some(began.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

fn time(task: &str, bench: &Bench, paths: &[PathBuf]) -> Duration {
    let began = Instant::now();
    child::said(child::start(task, bench, paths));
    began.elapsed()
}

#[test]
fn fifty_kills_lose_and_double_nothing() {
    let seed = std::env::var("SANDTABLE_TEST_SEED").ok();
    let seed = seed
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(20_261_119);
    println!("seed {seed} (SANDTABLE_TEST_SEED)");
    let mut dice = Dice(seed);
    let undisturbed = Bench::new("undisturbed");
    let paths = corpus::write(&undisturbed);
    let mut whole = time("import", &undisturbed, &paths);
    let expected = dump(&undisturbed.library);
    println!(
        "undisturbed: {whole:?}, {} rounds",
        expected["proximity_round"].len()
    );
    let (mut killed, mut cut_logs, mut rounds_then) = (0, 0, Vec::new());
    let wanted = KILLS - WHILE_LINKING - WHILE_CHECKPOINTING;
    while killed < wanted {
        let bench = Bench::new("killed");
        for turn in 0..MOST_IN_A_ROW {
            // The first at a moment of its own of the whole run, the others while little is left to do.
            let part = match turn {
                0 => (killed as f64 + dice.part()) / wanted as f64,
                _ => dice.part() * 0.7,
            };
            if killed == wanted {
                break;
            }
            if let Some(took) = kill_after("import", &bench, &paths, whole.mul_f64(part)) {
                if turn == 0 {
                    // The machine was busier when this was measured.
                    whole = took;
                }
                break;
            }
            killed += 1;
            cut_logs += usize::from(lose_end_of_log(&bench.library, &mut dice));
            if sandtable::library::Library::open_to_read(&bench.library)
                .unwrap()
                .is_some()
            {
                rounds_then.push(assert_whole(&bench.library, "after a kill"));
            }
        }
        child::said(child::start("import", &bench, &paths));
        assert_same(
            &dump(&bench.library),
            &expected,
            &format!("after kill {killed}"),
        );
    }
    println!("rounds in the library when it was killed: {rounds_then:?}; {cut_logs} logs cut");
    for (task, times) in [("link", WHILE_LINKING), ("checkpoint", WHILE_CHECKPOINTING)] {
        for nth in 0..times {
            let bench = Bench::new(task);
            copy(&undisturbed.library, &bench.library);
            disturb(&bench.library, task);
            let whole = {
                let probe = Bench::new("probe");
                copy(&bench.library, &probe.library);
                time(task, &probe, &[])
            };
            let after = whole.mul_f64((nth as f64 + dice.part()) / times as f64);
            kill_after(task, &bench, &[], after);
            child::said(child::start("import", &bench, &paths));
            assert_same(
                &dump(&bench.library),
                &expected,
                &format!("killed in {task}"),
            );
        }
    }
}

/// A power cut may lose what was written last. Only a library that is all log yet can be treated so: what has been brought into its file was
/// on the disk before. Whether it was done.
fn lose_end_of_log(library: &Path, dice: &mut Dice) -> bool {
    let log = with_ending(library, "-wal");
    let is_all_log = std::fs::metadata(library).is_ok_and(|file| file.len() <= 4096);
    let Ok(bytes) = std::fs::metadata(&log).map(|log| log.len()) else {
        return false;
    };
    if !is_all_log || dice.part() < 0.5 {
        return false;
    }
    let file = std::fs::File::options().write(true).open(&log).unwrap();
    file.set_len((bytes as f64 * dice.part()) as u64).unwrap();
    let _ = std::fs::remove_file(with_ending(library, "-shm"));
    true
}

fn with_ending(library: &Path, ending: &str) -> PathBuf {
    let mut name = library.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Copies a library that is not in use.
fn copy(from: &Path, to: &Path) {
    for ending in ["", "-wal"] {
        let (from, to) = (with_ending(from, ending), with_ending(to, ending));
        if from.exists() {
            std::fs::copy(from, to).unwrap();
        }
    }
}

/// Takes all links out again, and leaves that in the log.
fn disturb(library: &Path, task: &str) {
    let scratch = Bench::new("scratch");
    copy(library, &scratch.library);
    let conn = Connection::open(&scratch.library).unwrap();
    let unlink = "UPDATE proximity_round SET round_id = NULL, round_link_source = NULL, round_link_reason = NULL, round_link_score = NULL, \
                  round_linked_at = NULL, match_id = NULL, paired_number = NULL; \
                  INSERT INTO link_change (is_stats, place, map_name, local_s) \
                  SELECT 0, id, map_name, coalesce(round_end_unix + zone_offset_s, stamp_local_s) FROM proximity_round; \
                  INSERT INTO link_change (is_stats, place, map_name, local_s) SELECT 1, id, map_name, stamp_local_s FROM rounds;";
    conn.execute_batch(unlink).unwrap();
    if task == "checkpoint" {
        // All rows once more, so that there is something to bring.
        conn.execute_batch(
            "UPDATE player_track_row SET path = path; UPDATE round_image SET image = image;",
        )
        .unwrap();
    }
    // The log is brought in when the last one closes; so it is copied while this one is open.
    copy(&scratch.library, library);
}
