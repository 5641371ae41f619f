//! Files and folders that go, change or cannot be read while they are imported, and a library that goes.

use crate::bench::Bench;
use crate::dump::{assert_same, assert_whole, dump};
use crate::{child, corpus, support};
use sandtable::jobs::import::report::{FileState, ImportEvent, ImportFile};
use sandtable::jobs::import::{Options, import};
use sandtable::library::LibraryError;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Imports; `at_event` hears of everything. Gives where each file ended and what could not be searched.
pub(crate) fn import_with(
    bench: &Bench,
    paths: &[PathBuf],
    is_cancelled: &AtomicBool,
    mut at_event: impl FnMut(&ImportEvent),
) -> Result<(Vec<ImportFile>, Vec<String>), LibraryError> {
    let mut files: Vec<ImportFile> = Vec::new();
    let mut tell = |event: ImportEvent| {
        at_event(&event);
        match event {
            ImportEvent::Found(found) => files.extend(found),
            ImportEvent::Changed(changed) => {
                for (id, state) in changed {
                    files[id as usize].state = state;
                }
            }
            ImportEvent::Done => {}
            ImportEvent::Stopped(why) => panic!("{why}"),
        }
    };
    let done = import(
        bench.open(),
        Options::default(),
        paths.to_vec(),
        is_cancelled,
        &mut tell,
    );
    done.map(|(_, _, troubles)| (files, troubles))
}

pub(crate) fn states(bench: &Bench, paths: &[PathBuf]) -> (Vec<FileState>, Vec<String>) {
    let (files, troubles) = import_with(bench, paths, &AtomicBool::new(false), |_| {}).unwrap();
    (files.into_iter().map(|file| file.state).collect(), troubles)
}

#[test]
fn files_that_are_not_there() {
    let bench = Bench::new("missing");
    let there = bench.copy(
        &support::fixture("6.11/2026-08-23-201300"),
        "a_engagements.txt.gz",
    );
    let (files, troubles) = states(&bench, &[bench.folder.join("gone.txt"), there]);
    assert!(matches!(files[..], [FileState::Stored { .. }]), "{files:?}");
    assert_eq!(troubles.len(), 1);
    assert!(
        troubles[0].contains("gone.txt: it is not there (any more)"),
        "{troubles:?}"
    );
}

/// Files are found first and read later; whatever happens to them in between, the others come in.
#[cfg(unix)]
#[test]
fn files_that_go_and_change_while_others_are_read() {
    let bench = Bench::new("going");
    let paths = corpus::write(&bench);
    let rounds = bench.folder.join("files/rounds");
    let mut names: Vec<PathBuf> = std::fs::read_dir(&rounds)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    names.retain(|path| path.is_file() && path.to_string_lossy().contains("sandpit"));
    names.sort();
    let (gone, back) = (names.pop().unwrap(), bench.folder.join("gone"));
    // A link to nowhere is found by its folder's listing and is not there when it is read.
    std::fs::rename(&gone, &back).unwrap();
    std::os::unix::fs::symlink("/nowhere/at/all", &gone).unwrap();
    let (files, troubles) = states(&bench, &paths);
    let failed: Vec<&FileState> = files
        .iter()
        .filter(|state| matches!(state, FileState::Failed(_)))
        .collect();
    let told = format!("{failed:?} {troubles:?}");
    assert!(told.contains("it is not there (any more)"), "{told}");
    let first = assert_whole(&bench.library, "one is gone");
    std::fs::remove_file(&gone).unwrap();
    std::fs::rename(&back, &gone).unwrap();
    states(&bench, &paths);
    assert_eq!(assert_whole(&bench.library, "it is back"), first + 1);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read() {
    use crate::refused::{set_mode, without_rights};
    let bench = Bench::new("unreadable");
    let path = support::fixture("6.11/2026-08-23-201300");
    bench.copy(&path, "files/open/a_engagements.txt.gz");
    let file = bench.copy(
        &support::fixture("4.0/2026-01-20-201300"),
        "files/file/b_engagements.txt",
    );
    let folder = bench
        .copy(&path, "files/closed/c_engagements.txt.gz")
        .with_file_name("");
    set_mode(&folder, 0o000);
    set_mode(&file, 0o000);
    let paths = [bench.folder.join("files")];
    let child = child::command(&without_rights(), "import", &bench.library, &paths).spawn();
    let text = child::said(child.unwrap());
    set_mode(&folder, 0o755);
    set_mode(&file, 0o644);
    assert!(
        text.contains("closed") && text.contains("no permission to read it"),
        "{text}"
    );
    assert_eq!(
        text.matches("no permission to read it").count(),
        2,
        "{text}"
    );
    assert_eq!(assert_whole(&bench.library, "unreadable"), 1);
    states(&bench, &paths);
    assert_eq!(assert_whole(&bench.library, "readable again"), 2);
}

/// Whoever tidies up may delete the library while it is written. Nobody crashes, it is said, and the next import has everything again.
#[cfg(unix)]
#[test]
fn a_library_that_is_deleted_while_it_is_written() {
    let bench = Bench::new("deleted");
    let paths = corpus::write(&bench);
    states(&bench, &paths);
    let expected = dump(&bench.library);
    remove(&bench.library);
    let mut is_deleted = false;
    let done = import_with(&bench, &paths, &AtomicBool::new(false), |event| {
        if !is_deleted && matches!(event, ImportEvent::Found(_)) {
            remove(&bench.library);
            is_deleted = true;
        }
    });
    let text = done.unwrap_err().to_string();
    assert!(
        text.contains("library.db") && text.contains("deleted or replaced"),
        "{text}"
    );
    states(&bench, &paths);
    assert_same(&dump(&bench.library), &expected, "made again");
}

fn remove(library: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = library.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}
