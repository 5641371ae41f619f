//! Libraries that cannot be used as they are, or not at the moment: in words, and nothing is changed or lost.

use crate::bench::{Bench, count};
use crate::dump::{assert_same, assert_whole, dump};
use crate::{child, corpus, support};
use rusqlite::Connection;
use sandtable::jobs::import::report::FileState;
use sandtable::library::{Cause, Library};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The steps of the tables, as the program has them.
const STEPS: [&str; 4] = [
    include_str!("../../src/library/schema/001_rounds.sql"),
    include_str!("../../src/library/schema/002_rows.sql"),
    include_str!("../../src/library/schema/003_views.sql"),
    include_str!("../../src/library/schema/004_notebook.sql"),
];

fn refused(path: &Path) -> String {
    let before = std::fs::read(path).unwrap();
    let text = Library::open(path).unwrap_err().to_string();
    assert_eq!(Library::open_or_rescue(path).unwrap_err().to_string(), text);
    assert_eq!(Library::open_to_read(path).unwrap_err().to_string(), text);
    let asked = Library::query(path, "SELECT 1", |_| {}, |_| true);
    assert_eq!(asked.unwrap_err().to_string(), text);
    assert!(
        std::fs::read(path).unwrap() == before,
        "not a byte was changed"
    );
    text
}

#[test]
fn a_library_of_a_newer_program() {
    let bench = Bench::new("newer");
    bench.import(&[&support::fixture("6.11/2026-08-23-201300")]);
    let conn = Connection::open(&bench.library).unwrap();
    let version: i64 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    conn.pragma_update(None, "user_version", version + 1)
        .unwrap();
    drop(conn);
    let text = refused(&bench.library);
    assert!(
        text.contains("newer version of this program") && text.contains("nothing was changed"),
        "{text}"
    );
    Connection::open(&bench.library)
        .unwrap()
        .pragma_update(None, "user_version", version)
        .unwrap();
    assert_eq!(bench.catalogue().len(), 1);
}

#[test]
fn files_of_other_programs() {
    let bench = Bench::new("others");
    Connection::open(&bench.library)
        .unwrap()
        .execute_batch("CREATE TABLE cake (recipe)")
        .unwrap();
    let text = refused(&bench.library);
    assert!(
        text.contains("no library of this program") && text.contains("another program"),
        "{text}"
    );
    let letter = bench.write(
        "letter.db",
        "Dear friends, this is no database at all. "
            .repeat(30)
            .as_bytes(),
    );
    let text = refused(&letter);
    assert!(
        text.contains("no library of this program") && text.contains("not a database"),
        "{text}"
    );
}

#[test]
fn older_libraries_are_brought_up_to_date() {
    let tables = |path: &Path| -> Vec<String> {
        let conn = Connection::open(path).unwrap();
        let mut find = conn
            .prepare("SELECT type || name || coalesce(sql, '') FROM sqlite_schema ORDER BY name")
            .unwrap();
        find.query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    let fresh = Bench::new("fresh");
    drop(fresh.open());
    for version in 0..=STEPS.len() {
        let bench = Bench::new("older");
        let conn = Connection::open(&bench.library).unwrap();
        for step in &STEPS[..version] {
            conn.execute_batch(step).unwrap();
        }
        if version > 0 {
            let owner: i64 = Connection::open(&fresh.library)
                .unwrap()
                .pragma_query_value(None, "application_id", |row| row.get(0))
                .unwrap();
            conn.pragma_update(None, "application_id", owner).unwrap();
            conn.pragma_update(None, "user_version", version as i64)
                .unwrap();
            conn.execute("INSERT INTO source (path, is_paused, opens_newest, polls, created_at) VALUES ('/rounds', 0, 0, 1, '')", []).unwrap();
        }
        drop(conn);
        // Who only reads gets it brought up to date as well.
        drop(Library::open_to_read(&bench.library).unwrap().unwrap());
        assert_eq!(
            tables(&bench.library),
            tables(&fresh.library),
            "from version {version}"
        );
        assert_eq!(
            bench.open().sources().unwrap().len(),
            usize::from(version > 0)
        );
        bench.import(&[&support::fixture("6.11/2026-08-23-201300")]);
        assert_eq!(bench.catalogue().len(), 1);
    }
}

#[test]
fn a_library_somebody_keeps_locked() {
    let bench = Bench::new("locked");
    let folder = support::root().join("fixtures/4.2");
    bench.import(&[&support::fixture("sandpit/2026-11-19-201935")]);
    let other = Connection::open(&bench.library).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(bench.catalogue().len(), 1, "reading goes on");
    let text = child::said(child::start(
        "import",
        &bench,
        std::slice::from_ref(&folder),
    ));
    assert!(
        text.contains("another program has kept the library locked; nothing was lost, try again"),
        "{text}"
    );
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(assert_whole(&bench.library, "after the lock"), 1);
    let states = bench.import(&[&folder]);
    assert_eq!(
        count(&states, |state| matches!(state, FileState::Stored { .. })),
        4,
        "{states:?}"
    );
}

#[test]
fn a_library_where_none_can_be() {
    let bench = Bench::new("nowhere");
    let file = bench.write("file.txt", b"no folder");
    let error = Library::open(&file.join("library.db")).unwrap_err();
    assert!(matches!(error.cause, Cause::CannotOpen(_)), "{error:?}");
    assert!(
        error.to_string().contains("file.txt") && error.to_string().contains("cannot be opened"),
        "{error}"
    );
    let error = Library::open(&bench.folder).unwrap_err();
    assert!(error.to_string().contains("cannot be opened"), "{error}");
}

/// The administrator may write everywhere; without this right, permissions bind him too.
pub(crate) fn without_rights() -> Vec<&'static str> {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout.trim_ascii() == b"0" {
        vec![
            "setpriv",
            "--bounding-set",
            "-dac_override,-dac_read_search",
        ]
    } else {
        Vec::new()
    }
}

#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn places_that_may_not_be_written() {
    let bench = Bench::new("readonly");
    let paths = [support::fixture("6.11/2026-08-23-201300")];
    let run = |task: &str| {
        let child = child::command(&without_rights(), task, &bench.library, &paths).spawn();
        child::said(child.unwrap())
    };
    set_mode(&bench.folder, 0o555);
    let no_library = run("import");
    set_mode(&bench.folder, 0o755);
    assert!(
        no_library.contains("library.db") && no_library.contains("may not be written to"),
        "{no_library}"
    );
    assert!(!bench.library.exists());
    bench.import(&[&support::fixture("sandpit/2026-11-19-201935")]);
    let before = dump(&bench.library);
    for (of_file, of_folder) in [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)] {
        // A reader may leave an empty log behind, with which the file alone decides.
        for ending in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(bench.folder.join(format!("library.db{ending}")));
        }
        set_mode(&bench.library, of_file);
        set_mode(&bench.folder, of_folder);
        let (import, read) = (run("import"), run("list"));
        println!("{of_file:o} {of_folder:o}: {import}; {read}");
        set_mode(&bench.folder, 0o755);
        set_mode(&bench.library, 0o644);
        assert!(
            import.contains("may not be written to"),
            "{of_file:o} {of_folder:o}: {import}"
        );
        assert!(
            read.starts_with("1 round") || read.contains("may not be written to"),
            "{of_file:o} {of_folder:o}: {read}"
        );
        assert_same(&dump(&bench.library), &before, "read-only");
    }
}

/// A disk with room for a part of the library only: what fits is there, the rest follows when there is room.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let bench = Bench::new("full");
    let paths = corpus::write(&bench);
    child::said(child::start("import", &bench, &paths));
    let expected = dump(&bench.library);
    let room = bench.folder.join("room");
    std::fs::create_dir(&room).unwrap();
    let library = room.join("library.db");
    let mount = "mount -t tmpfs -o size=64m tmpfs \"$(dirname \"$SANDTABLE_FAULTS_LIBRARY\")\" && exec \"$0\" \"$@\"";
    let wrapper = [
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        mount,
    ];
    let is_possible = Command::new(wrapper[0])
        .args(&wrapper[1..4])
        .args(["mount", "-t", "tmpfs", "tmpfs"])
        .arg(&room)
        .status();
    if is_possible.is_ok_and(|status| status.success()) {
        let text = child::said(
            child::command(&wrapper, "fill", &library, &paths)
                .spawn()
                .unwrap(),
        );
        assert!(
            text.contains("no room left on the disk; what was stored before is safe"),
            "{text}"
        );
        assert_same(
            &dump(&bench.folder.join("rescued.db")),
            &expected,
            "after a full disk",
        );
    } else {
        println!("no small disk can be made here; only the limit of a file's size is tried");
    }
    // The same by another way that is open everywhere: no file may be longer than this.
    for blocks in [0, 200, 4_000, 9_000] {
        let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let bench = Bench::new("limit");
        let child = child::command(&["sh", "-c", &limit], "import", &bench.library, &paths).spawn();
        let text = child::said(child.unwrap());
        println!("{blocks} blocks: {text}");
        assert!(
            text.contains("library.db") && text.contains("what was stored before is safe"),
            "{text}"
        );
        if blocks > 200 {
            assert_whole(&bench.library, "after a limit");
        }
        child::said(child::start("import", &bench, &paths));
        assert_same(&dump(&bench.library), &expected, "after a limit");
    }
}

/// What a child does on a small disk: fills it, imports, makes room, imports again, and carries the library out.
pub(crate) fn fill(library: &Path, paths: &[PathBuf]) -> String {
    let folder = library.parent().unwrap();
    let ballast = folder.join("ballast");
    std::fs::write(&ballast, vec![1; 60 << 20]).unwrap();
    let first = child::imported(library, paths.to_vec());
    let stored = assert_whole(library, "on a full disk");
    assert!(
        stored > 3 && stored < corpus::MADE_ROUNDS,
        "{stored} rounds fit"
    );
    std::fs::remove_file(&ballast).unwrap();
    let second = child::imported(library, paths.to_vec());
    assert_eq!(second, "done ");
    std::fs::copy(library, folder.with_file_name("rescued.db")).unwrap();
    first
}
