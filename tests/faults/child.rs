//! This program once more, doing one thing with a library: to be killed, or to be there at the same time as others.

use crate::bench::Bench;
use sandtable::jobs::import::report::{FileState, ImportEvent};
use sandtable::jobs::import::{Options, import};
use sandtable::library::Library;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

const TASK: &str = "SANDTABLE_FAULTS_TASK";
const LIBRARY: &str = "SANDTABLE_FAULTS_LIBRARY";
const PATHS: &str = "SANDTABLE_FAULTS_PATHS";

/// What a child says last: what came of its task.
const SAYS: &str = "child says: ";

/// A program that will do `task` with a library; `wrapper` is a program with arguments that runs it, empty for none.
pub(crate) fn command(wrapper: &[&str], task: &str, library: &Path, paths: &[PathBuf]) -> Command {
    let exe = std::env::current_exe().unwrap();
    let mut words: Vec<OsString> = wrapper.iter().map(OsString::from).collect();
    words.push(exe.into_os_string());
    let mut command = Command::new(&words[0]);
    command
        .args(&words[1..])
        .args([
            "--ignored",
            "--exact",
            "child::does_its_task",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(TASK, task)
        .env(LIBRARY, library)
        .env(PATHS, std::env::join_paths(paths).unwrap())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Starts a child that does `task` with the bench's library.
pub(crate) fn start(task: &str, bench: &Bench, paths: &[PathBuf]) -> Child {
    command(&[], task, &bench.library, paths).spawn().unwrap()
}

/// Waits for a child and gives what it said. Panics when it did.
pub(crate) fn said(child: Child) -> String {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{}\n{text}\n{errors}",
        output.status
    );
    assert!(!errors.contains("panicked"), "{errors}");
    let said = text
        .split_once(SAYS)
        .map(|(_, said)| said.lines().next().unwrap_or_default());
    said.unwrap_or_else(|| panic!("it said nothing: {text}\n{errors}"))
        .to_owned()
}

#[test]
#[ignore = "what other tests start as a program of its own"]
fn does_its_task() {
    let Some(library) = std::env::var_os(LIBRARY).map(PathBuf::from) else {
        return;
    };
    let paths = std::env::var_os(PATHS).unwrap_or_default();
    let paths: Vec<PathBuf> = std::env::split_paths(&paths).collect();
    let said = match std::env::var(TASK).unwrap().as_str() {
        "import" => imported(&library, paths),
        "link" => match Library::open(&library).and_then(|mut library| library.link()) {
            Ok(_) => "linked".to_owned(),
            Err(error) => error.to_string(),
        },
        "checkpoint" => {
            let conn = rusqlite::Connection::open(&library).unwrap();
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                .unwrap();
            "written".to_owned()
        }
        "read" => read_on(&library),
        "list" => match Library::open_to_read(&library) {
            Ok(open) => format!("{} round", open.unwrap().catalogue().unwrap().len()),
            Err(error) => error.to_string(),
        },
        "fill" => crate::refused::fill(&library, &paths),
        other => panic!("{other} is no task"),
    };
    println!("{SAYS}{said}");
}

/// How an import of paths ended: `done` with what could not be read, or its error.
pub(crate) fn imported(library: &Path, paths: Vec<PathBuf>) -> String {
    let mut told = Vec::new();
    let mut tell = |event: ImportEvent| {
        if let ImportEvent::Changed(changed) = event {
            for (_, state) in changed {
                if let FileState::Failed(why) = state {
                    told.push(why);
                }
            }
        }
    };
    let done = Library::open(library).and_then(|library| {
        let options = Options::default();
        import(library, options, paths, &AtomicBool::new(false), &mut tell)
    });
    match done {
        Ok((_, _, troubles)) => {
            told.extend(troubles);
            format!("done {}", told.join("; "))
        }
        Err(error) => error.to_string(),
    }
}

/// Asks until the folder's file `stop` is there; says how often, and how long the longest answer took.
fn read_on(library: &Path) -> String {
    let stop = library.with_file_name("stop");
    let (mut asked, mut longest) = (0, Duration::ZERO);
    while !stop.exists() {
        let began = Instant::now();
        let Some(open) = Library::open_to_read(library).unwrap() else {
            continue;
        };
        for entry in open.catalogue().unwrap() {
            match open.open_round(entry.id) {
                Ok(round) => assert_eq!(round.provenance.content_hash, Some(entry.hash)),
                // A better copy has taken its place.
                Err(error) => assert!(error.to_string().contains("there is no round"), "{error}"),
            }
            longest = longest.max(began.elapsed());
            if stop.exists() {
                break;
            }
        }
        let began = Instant::now();
        let question = "SELECT count(*), sum(total_distance) FROM player_track";
        Library::query(library, question, |_| {}, |_| true).unwrap();
        longest = longest.max(began.elapsed());
        asked += 1;
    }
    format!("asked {asked} times, longest {} ms", longest.as_millis())
}
