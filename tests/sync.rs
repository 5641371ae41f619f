//! Finding, reading and watching on real folders.

use sandtable::model::Provenance;
use sandtable::sync::find::{Found, Kind, Listing, Options, find};
use sandtable::sync::read::{Reader, has_end_marker, read_file};
use sandtable::sync::settle::{Patience, Settling, Verdict};
use sandtable::sync::watch::{Look, News, Pace, Watcher};
use sandtable::sync::{Cause, Mark, SourceStatus, WatchedFolder};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A folder of its own for a test; removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("sandtable-sync-{}-{number}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(std::fs::canonicalize(path).unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, with the folders above it.
    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.at(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    fn zip(&self, name: &str, members: &[(&str, &[u8])]) -> PathBuf {
        let path = self.at(name);
        let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (name, bytes) in members {
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn search(paths: &[PathBuf]) -> (Vec<Found>, Listing) {
    let mut all = Vec::new();
    let listing = find(paths, Options::default(), |found| all.push(found), || false);
    assert_eq!(listing.found, all.len() as u64);
    (all, listing)
}

/// Kind and path below `root` (of a member: `archive!member`).
fn short(found: &[Found], root: &Path) -> Vec<(Kind, String)> {
    let name = |found: &Found| {
        let below = found.path.strip_prefix(root).unwrap_or(&found.path);
        let below = below.to_str().unwrap().replace('\\', "/");
        match &found.member {
            Some(member) => format!("{below}!{}", member.name),
            None => below,
        }
    };
    found.iter().map(|it| (it.kind, name(it))).collect()
}

fn rounds(names: &[&str]) -> Vec<(Kind, String)> {
    let round = |name: &&str| (Kind::Round, (*name).to_owned());
    names.iter().map(round).collect()
}

const STATS: &str = "2026-04-03-000030-sw_goldrush_te-round-2.txt";

#[test]
fn nested_folders_are_found_by_name_files_first() {
    let folder = Folder::new("nested");
    folder.file("b/late/z_engagements.txt", "zz");
    folder.file("b/y_engagements.txt.gz", "yyy");
    folder.file(&format!("b/gamestats/{STATS}"), "s");
    folder.file("a/x_engagements.txt", "x");
    folder.file("c_engagements.txt", "c");
    folder.file("a/x_lifecycle.txt", "no");
    folder.file("a/._x_engagements.txt", "no");
    folder.file("a/notes.txt", "no");
    let (found, listing) = search(std::slice::from_ref(&folder.0));
    let mut expected = rounds(&[
        "c_engagements.txt",
        "a/x_engagements.txt",
        "b/y_engagements.txt.gz",
        "b/late/z_engagements.txt",
    ]);
    expected.insert(3, (Kind::Stats, format!("b/gamestats/{STATS}")));
    assert_eq!(short(&found, &folder.0), expected);
    assert_eq!((listing.folders, listing.troubles), (5, Vec::new()));
    let sizes: Vec<u64> = found.iter().map(|found| found.bytes).collect();
    assert_eq!(sizes, [1, 1, 3, 1, 2]);
    let on_disk = Mark::at(&folder.at("b/late/z_engagements.txt")).unwrap();
    assert_eq!(found[4].mark, on_disk);
    assert!(on_disk.mtime_ns > 1_600_000_000_000_000_000);
}

#[test]
fn what_a_person_names_counts_whatever_its_name_and_once() {
    let folder = Folder::new("named");
    let odd = folder.file("my best round.log", "x");
    let plain = folder.file("x_engagements.txt", "x");
    let gametime = folder.file("gametime-supply-R1-1771099980.json", "{}");
    let missing = folder.at("missing.txt");
    let paths = [odd, plain, gametime, missing.clone(), folder.0.clone()];
    let (found, listing) = search(&paths);
    assert_eq!(
        short(&found, &folder.0),
        rounds(&["my best round.log", "x_engagements.txt"])
    );
    assert_eq!(listing.troubles.len(), 1);
    assert_eq!(listing.troubles[0].path, missing);
    assert_eq!(listing.troubles[0].cause, Cause::Disappeared);
}

#[test]
fn gametime_names_come_with_the_rounds_beside_them() {
    let folder = Folder::new("gametimes");
    folder.file("a/x_engagements.txt", "x");
    folder.file("a/gametime-supply-R1-1771099980.json", "{}");
    folder.file("a/gametimes/gametime-supply-R2-1771100700.json", "{}");
    folder.file("b/y_engagements.txt", "y");
    let known = folder.file("known/gametime-radar-R1-1771099980.json", "{}");
    let known = [known.parent().unwrap().to_owned()];
    let options = Options {
        gametime_folders: &known,
        ..Options::default()
    };
    let names = |paths: &[PathBuf]| {
        let mut names = Vec::new();
        let add = |found: Found| names.push(found.gametimes.ending_at(1_771_099_980));
        find(paths, options, add, || false);
        names
    };
    let of_x = [
        "gametime-radar-R1-1771099980.json".to_owned(),
        "gametime-supply-R1-1771099980.json".to_owned(),
    ];
    assert_eq!(
        names(std::slice::from_ref(&folder.0)),
        [of_x.to_vec(), of_x[..1].to_vec()]
    );
    let named = folder.at("a/x_engagements.txt");
    assert_eq!(names(std::slice::from_ref(&named)), [of_x.to_vec()]);
    let (found, _) = search(&[named]);
    let provenance = Provenance {
        gametime_names: found[0].gametimes.ending_at(1_771_100_700),
        ..Provenance::default()
    };
    assert_eq!(
        provenance.gametime_names,
        ["gametime-supply-R2-1771100700.json"]
    );
}

#[test]
fn a_search_can_be_given_up() {
    let folder = Folder::new("cancel");
    for n in 0..20 {
        folder.file(&format!("{n:02}_engagements.txt"), "x");
    }
    let count = AtomicU64::new(0);
    let add = |_| {
        count.fetch_add(1, Ordering::Relaxed);
    };
    let is_cancelled = || count.load(Ordering::Relaxed) == 5;
    let paths = [folder.0.clone()];
    let listing = find(&paths, Options::default(), add, is_cancelled);
    assert_eq!((listing.found, listing.was_cancelled), (5, true));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_links_to_the_same_place() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    let outside = Folder::new("outside");
    outside.file("o_engagements.txt", "o");
    folder.file("a/x_engagements.txt", "x");
    symlink(&folder.0, folder.at("a/up")).unwrap();
    symlink(folder.at("a"), folder.at("b")).unwrap();
    symlink(&outside.0, folder.at("c")).unwrap();
    symlink(folder.at("d"), folder.at("d")).unwrap();
    symlink(folder.at("nowhere"), folder.at("n_engagements.txt")).unwrap();
    let (found, listing) = search(std::slice::from_ref(&folder.0));
    assert_eq!(
        short(&found, &folder.0),
        rounds(&["a/x_engagements.txt", "c/o_engagements.txt"])
    );
    assert_eq!(listing.folders, 3);
    let troubles: Vec<_> = listing.troubles.iter().map(|it| &it.path).collect();
    assert_eq!(troubles, [&folder.at("n_engagements.txt")]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_reported_and_the_rest_found() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("locked");
    folder.file("a/x_engagements.txt", "x");
    folder.file("b/y_engagements.txt", "y");
    let locked = folder.at("a");
    let set = |mode| {
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o000);
    // The administrator may read everything; then there is nothing to see here.
    let is_locked = std::fs::read_dir(&locked).is_err();
    let (found, listing) = search(std::slice::from_ref(&folder.0));
    set(0o755);
    if is_locked {
        assert_eq!(short(&found, &folder.0), rounds(&["b/y_engagements.txt"]));
        assert_eq!(listing.troubles[0].path, locked);
        assert_eq!(listing.troubles[0].cause, Cause::NoPermission);
    } else {
        assert_eq!(found.len(), 2);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = Folder::new("pipe");
    let pipe = folder.at("p_engagements.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let (found, listing) = search(&[folder.0.clone(), pipe.clone()]);
    assert_eq!(found, []);
    assert_eq!(listing.troubles[0].cause, Cause::NotAFile);
    assert_eq!(read_file(&pipe).unwrap_err().cause, Cause::NotAFile);
}

#[test]
fn members_of_an_archive_are_found_and_read() {
    let folder = Folder::new("zip");
    let path = folder.zip(
        "april.zip",
        &[
            ("2026/b_engagements.txt", b"bb"),
            ("2026\\a_engagements.txt", b"a"),
            ("2026/notes.md", b"no"),
            ("2026/inner.zip", b"no"),
            ("__MACOSX/._b_engagements.txt", b"no"),
            (&format!("gamestats/{STATS}"), b"stats"),
            ("gametime-supply-R1-1771099980.json", b"{}"),
        ],
    );
    let (found, listing) = search(std::slice::from_ref(&folder.0));
    let mut expected = rounds(&[
        "april.zip!2026/a_engagements.txt",
        "april.zip!2026/b_engagements.txt",
    ]);
    expected.push((Kind::Stats, format!("april.zip!gamestats/{STATS}")));
    assert_eq!(short(&found, &folder.0), expected);
    assert_eq!(listing.troubles, []);
    assert_eq!(found[1].file_name(), "b_engagements.txt");
    assert_eq!(found[1].gametimes.names().count(), 1);
    let mark = Mark::at(&path).unwrap();
    let mut reader = Reader::new();
    for (found, bytes) in found.iter().zip([&b"a"[..], b"bb", b"stats"]) {
        let contents = reader.read(found).unwrap();
        assert_eq!((contents.bytes.as_slice(), contents.mark), (bytes, mark));
        assert_eq!(found.bytes, bytes.len() as u64);
    }
    let closed = Options {
        opens_archive: &|_, known| known != mark,
        ..Options::default()
    };
    let mut all = Vec::new();
    find(&[path], closed, |found| all.push(found), || false);
    assert_eq!(
        short(&all, &folder.0),
        [(Kind::Archive, "april.zip".to_owned())]
    );
}

#[test]
fn archives_that_are_damaged_exchanged_or_encrypted() {
    let folder = Folder::new("bad-zip");
    let text = b"1;2;3\n".repeat(2000);
    let path = folder.zip("x.zip", &[("x_engagements.txt", &text)]);
    let (found, _) = search(std::slice::from_ref(&path));
    let whole = std::fs::read(&path).unwrap();

    let mut flipped = whole.clone();
    flipped[60] ^= 0xff;
    std::fs::write(&path, &flipped).unwrap();
    let error = Reader::new().read(&search(std::slice::from_ref(&path)).0[0]);
    let error = error.unwrap_err();
    assert!(matches!(error.cause, Cause::DamagedArchive(_)), "{error:?}");
    assert_eq!(error.member.as_deref(), Some("x_engagements.txt"));

    let mut encrypted = whole.clone();
    let directory = whole.windows(4).rposition(|four| four == b"PK\x01\x02");
    encrypted[6] |= 1;
    encrypted[directory.unwrap() + 8] |= 1;
    std::fs::write(&path, &encrypted).unwrap();
    let error = Reader::new().read(&search(std::slice::from_ref(&path)).0[0]);
    assert_eq!(error.unwrap_err().cause, Cause::Encrypted);

    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let (none, listing) = search(std::slice::from_ref(&path));
    assert_eq!(none, []);
    assert_eq!(listing.troubles[0].path, path);
    assert!(matches!(
        listing.troubles[0].cause,
        Cause::DamagedArchive(_)
    ));

    let error = Reader::new().read(&found[0]).unwrap_err();
    assert_eq!(error.cause, Cause::Changed);
    std::fs::remove_file(&path).unwrap();
    let error = Reader::new().read(&found[0]).unwrap_err();
    assert_eq!(error.cause, Cause::Disappeared);
}

#[test]
fn an_archive_with_any_byte_wrong_gives_the_bytes_or_an_error() {
    let folder = Folder::new("wrong");
    let text = b"1;2;3\n".repeat(20);
    let path = folder.zip("x.zip", &[("a_engagements.txt", &text)]);
    let whole = std::fs::read(&path).unwrap();
    let (mut intact, mut refused) = (0, 0);
    for position in 0..whole.len() {
        for wrong in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[position] ^= wrong;
            std::fs::write(&path, &bytes).unwrap();
            let (found, listing) = search(std::slice::from_ref(&path));
            refused += listing.troubles.len();
            for found in found {
                match Reader::new().read(&found) {
                    Ok(contents) => {
                        assert_eq!(contents.bytes, text, "byte {position}");
                        intact += 1;
                    }
                    Err(_) => refused += 1,
                }
            }
        }
    }
    // Times and attributes do no harm; sizes, sums and the packed bytes do.
    assert!(intact > 50 && refused > 150, "{intact} {refused}");
}

#[test]
fn an_archive_exchanged_between_two_members_is_noticed() {
    let folder = Folder::new("exchanged");
    let members: [(&str, &[u8]); 2] = [("a_engagements.txt", b"a"), ("b_engagements.txt", b"b")];
    let path = folder.zip("x.zip", &members);
    let (found, _) = search(std::slice::from_ref(&path));
    let mut reader = Reader::new();
    assert_eq!(reader.read(&found[0]).unwrap().bytes, b"a");
    folder.zip("y.zip", &[("b_engagements.txt", b"something else")]);
    std::fs::rename(folder.at("y.zip"), &path).unwrap();
    assert_eq!(reader.read(&found[1]).unwrap_err().cause, Cause::Changed);
}

// Elsewhere an open file cannot be removed.
#[cfg(unix)]
#[test]
fn an_archive_of_many_members_is_opened_once() {
    let folder = Folder::new("many");
    let names: Vec<String> = (0..3000)
        .map(|n| format!("{n:04}_engagements.txt"))
        .collect();
    let members: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), name.as_bytes()))
        .collect();
    let path = folder.zip("x.zip", &members);
    let (found, _) = search(std::slice::from_ref(&path));
    assert_eq!(found.len(), 3000);
    // Unlinked behind the reader's back: whoever opens it again would fail.
    let mut reader = Reader::new();
    reader.read(&found[0]).unwrap();
    std::fs::remove_file(&path).unwrap();
    for (found, name) in found.iter().zip(&names) {
        assert_eq!(reader.read(found).unwrap().bytes, name.as_bytes());
    }
}

#[test]
fn end_markers_are_seen_without_reading_the_file() {
    let folder = Folder::new("end");
    let long = "1;2;3\n".repeat(1000);
    let whole = folder.file("a_engagements.txt", &format!("{long}# END rows=1000\n"));
    let cut = folder.file("b_engagements.txt", &long);
    assert!(has_end_marker(&whole));
    assert!(!has_end_marker(&cut));
    assert!(!has_end_marker(&folder.0));
    assert!(!has_end_marker(&folder.at("missing")));
}

#[test]
fn a_file_that_grows_on_disk_settles_when_it_stops() {
    let folder = Folder::new("grows");
    let path = folder.file("x_engagements.txt", "one\n");
    let mut settling = Settling::new(Patience::WATCHED);
    let look =
        |settling: &mut Settling, now_ms| settling.look(&path, Mark::at(&path).unwrap(), now_ms);
    assert_eq!(look(&mut settling, 0), Verdict::Again(3_000));
    let file = std::fs::File::options().append(true).open(&path);
    file.unwrap().write_all(b"two\n").unwrap();
    assert_eq!(settling.due(3_000), std::slice::from_ref(&path));
    assert_eq!(look(&mut settling, 3_000), Verdict::Again(6_000));
    assert_eq!(look(&mut settling, 6_000), Verdict::Ready);
}

// Watching.

/// Fast enough for a test; the whole folder only when asked for.
const PACE: Pace = Pace {
    rescan_ms: 3_600_000,
    poll_ms: 50,
    retry_ms: 50,
    quiet_ms: 20,
    longest_ms: 100,
    answer_ms: 20_000,
};

struct Watched {
    watcher: Watcher,
    looks: Receiver<Look>,
}

/// Longer than anything here takes on the busiest machine.
const LONG: Duration = Duration::from_mins(1);

impl Watched {
    fn new() -> Self {
        let (sender, looks) = channel();
        let watcher = Watcher::start(PACE, move |news| {
            if let News::Look(look) = news {
                let _ = sender.send(look);
            }
        });
        Self {
            watcher: watcher.unwrap(),
            looks,
        }
    }

    fn add(&self, path: &Path, polls: bool) {
        self.watcher.add(WatchedFolder {
            id: 7,
            path: path.to_owned(),
            is_paused: false,
            opens_newest: false,
            polls,
        });
    }

    fn next(&self) -> Look {
        self.looks.recv_timeout(LONG).expect("something to look at")
    }

    /// Goes through the looks until one finds a file of that name.
    fn until_found(&self, name: &str) {
        let start = Instant::now();
        while start.elapsed() < LONG {
            let (found, _) = search(&self.next().paths);
            if found.iter().any(|found| found.file_name() == name) {
                return;
            }
        }
        panic!("{name} was not found");
    }

    fn until_status(&self, is_wanted: impl Fn(&SourceStatus) -> bool) -> SourceStatus {
        let start = Instant::now();
        loop {
            let states = self.watcher.states();
            if let Some(state) = states.iter().find(|state| is_wanted(&state.status)) {
                return state.status.clone();
            }
            assert!(start.elapsed() < LONG, "{states:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether the system tells of changes here; some containers have no such thing.
    fn is_told(&self) -> bool {
        self.watcher.states().iter().all(|it| it.remark.is_none())
    }
}

#[test]
fn new_renamed_and_nested_files_are_noticed() {
    let folder = Folder::new("watch");
    folder.file("old_engagements.txt", "old");
    let watched = Watched::new();
    watched.add(&folder.0, false);
    let first = watched.next();
    assert_eq!(
        (first.folder, first.is_full, first.is_first),
        (7, true, true)
    );
    assert_eq!(first.paths, std::slice::from_ref(&folder.0));
    assert_eq!(watched.watcher.states()[0].status, SourceStatus::Scanning);
    drop(first);
    watched.until_status(|status| *status == SourceStatus::Watching);
    let state = &watched.watcher.states()[0];
    assert!(
        state
            .last_scan_unix
            .is_some_and(|unix| unix > 1_600_000_000)
    );
    assert!(state.next_scan_unix > state.last_scan_unix);
    if watched.is_told() {
        let new = folder.file("new_engagements.txt", "new");
        assert_eq!(watched.next().paths, [new]);
    }
    folder.file("copy.part", "copy");
    std::fs::rename(folder.at("copy.part"), folder.at("c_engagements.txt")).unwrap();
    watched.until_found("c_engagements.txt");
    folder.file("sub/deep/d_engagements.txt", "d");
    watched.until_found("d_engagements.txt");
    watched.until_status(|status| *status == SourceStatus::Watching);
    folder.file("sub/deep/e_engagements.txt", "e");
    watched.until_found("e_engagements.txt");
}

#[test]
fn a_folder_that_is_polled_is_listed_again_and_again() {
    let folder = Folder::new("poll");
    let watched = Watched::new();
    watched.add(&folder.0, true);
    for n in 0..3 {
        let look = watched.next();
        assert_eq!((look.is_full, look.is_first), (true, n == 0));
    }
    folder.file("x_engagements.txt", "x");
    watched.until_found("x_engagements.txt");
}

#[test]
fn nothing_is_asked_for_while_a_look_is_held() {
    let folder = Folder::new("held");
    let watched = Watched::new();
    watched.add(&folder.0, true);
    let held = watched.next();
    watched.watcher.run_now(7);
    watched.watcher.run_now(7);
    // Answered in order: when another folder has been looked at, the first had its chance.
    let other = Folder::new("other");
    watched.watcher.add(WatchedFolder {
        id: 8,
        path: other.0.clone(),
        is_paused: false,
        opens_newest: false,
        polls: true,
    });
    for _ in 0..3 {
        assert_eq!(watched.next().folder, 8);
    }
    drop(held);
    watched.watcher.remove(8);
    while watched.next().folder != 7 {}
}

#[test]
fn a_folder_that_vanishes_comes_back() {
    let folder = Folder::new("vanish");
    let inner = folder.at("rounds");
    let watched = Watched::new();
    watched.add(&inner, false);
    let is_gone = |status: &SourceStatus| matches!(status, SourceStatus::Unreachable(_));
    assert_eq!(
        watched.until_status(is_gone),
        SourceStatus::Unreachable("it is not there (any more)".to_owned())
    );
    folder.file("rounds/x_engagements.txt", "x");
    watched.until_found("x_engagements.txt");
    watched.until_status(|status| *status == SourceStatus::Watching);
    std::fs::remove_dir_all(&inner).unwrap();
    watched.until_status(is_gone);
    folder.file("rounds/y_engagements.txt", "y");
    watched.until_found("y_engagements.txt");
    watched.until_status(|status| *status == SourceStatus::Watching);
    folder.file("rounds/z_engagements.txt", "z");
    watched.until_found("z_engagements.txt");
}

#[test]
fn pause_go_on_run_now_and_remove() {
    let folder = Folder::new("pause");
    let watched = Watched::new();
    watched.add(&folder.0, false);
    drop(watched.next());
    watched.until_status(|status| *status == SourceStatus::Watching);
    watched.watcher.pause(7, true);
    watched.until_status(|status| *status == SourceStatus::Paused);
    assert_eq!(watched.watcher.states()[0].next_scan_unix, None);
    folder.file("x_engagements.txt", "x");
    watched.watcher.pause(7, false);
    let look = watched.next();
    assert!(look.is_full && !look.is_first, "{look:?}");
    drop(look);
    watched.watcher.run_now(7);
    assert!(watched.next().is_full);
    watched.watcher.remove(7);
    let start = Instant::now();
    while !watched.watcher.states().is_empty() {
        assert!(start.elapsed() < LONG);
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_end_does_not_hang() {
    let folder = Folder::new("end-of-watch");
    let watched = Watched::new();
    watched.add(&folder.0, false);
    let held = watched.next();
    let Watched { watcher, looks } = watched;
    drop(watcher);
    assert_eq!(
        looks.recv_timeout(LONG).unwrap_err(),
        RecvTimeoutError::Disconnected,
        "the thread and its callback are gone"
    );
    drop(held);
}
