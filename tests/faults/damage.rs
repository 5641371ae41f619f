//! Damaged libraries: set aside and kept; what a person wrote comes back, and the rounds come back from their files.

use crate::bench::Bench;
use crate::dump::{assert_same, dump};
use crate::sources::states;
use crate::{child, corpus};
use sandtable::library::{Cause, Library, Rescue};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A library with rounds, tags and a watched folder, and what is in it.
struct Scene {
    bench: Bench,
    paths: Vec<PathBuf>,
    expected: crate::dump::Dump,
}

impl Scene {
    fn new(name: &str) -> Self {
        let bench = Bench::new(name);
        let paths = corpus::write(&bench);
        child::said(child::start("import", &bench, &paths));
        let mut library = bench.open();
        for entry in &library.catalogue().unwrap()[..3] {
            library
                .add_tag(entry.hash, &format!("tag of {}", entry.map))
                .unwrap();
        }
        library
            .add_source(&bench.folder.join("files"), true)
            .unwrap();
        let mut folder = library.sources().unwrap().remove(0);
        folder.opens_newest = true;
        library.change_source(&folder).unwrap();
        drop(library);
        let expected = dump(&bench.library);
        Self {
            bench,
            paths,
            expected,
        }
    }

    fn overwrite(&self, from: f64, bytes: &[u8]) {
        let mut file = File::options()
            .write(true)
            .open(&self.bench.library)
            .unwrap();
        let length = file.metadata().unwrap().len();
        file.seek(SeekFrom::Start((length as f64 * from) as u64))
            .unwrap();
        file.write_all(bytes).unwrap();
    }

    fn cut(&self, bytes: u64) {
        File::options()
            .write(true)
            .open(&self.bench.library)
            .unwrap()
            .set_len(bytes)
            .unwrap();
    }

    fn length(&self) -> u64 {
        std::fs::metadata(&self.bench.library).unwrap().len()
    }

    fn backup(&self) -> PathBuf {
        self.bench.folder.join("library.db.notebook.json")
    }

    /// Opens it as the program does, imports what the rescue names, and compares.
    fn comes_back(&self, what: &str) -> Rescue {
        let damaged = std::fs::read(&self.bench.library).unwrap();
        let (library, rescue) = Library::open_or_rescue(&self.bench.library).unwrap();
        // Damage in the middle shows when it is met, or looked for.
        let rescue = rescue.unwrap_or_else(|| {
            let found = library.examine().unwrap_err();
            assert!(
                found.to_string().contains("the library is damaged ("),
                "{what}: {found}"
            );
            let Cause::Damaged(damage) = found.cause else {
                panic!("{what}: {found}");
            };
            drop(library);
            Library::rescue(&self.bench.library, damage)
                .unwrap()
                .1
                .unwrap()
        });
        let text = rescue.to_string();
        assert!(
            text.starts_with("The library was damaged (") && text.contains("It is kept as "),
            "{what}: {text}"
        );
        assert!(
            std::fs::read(&rescue.set_aside).unwrap() == damaged,
            "{what}: kept as it was"
        );
        let left: Vec<String> = std::fs::read_dir(&self.bench.folder)
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        assert!(
            left.iter().all(|name| !name.contains("salvage")),
            "{left:?}"
        );
        for table in ["tag", "source"] {
            assert_eq!(
                dump(&self.bench.library)[table],
                self.expected[table],
                "{what}"
            );
        }
        rescue
    }

    fn is_whole_after(&self, paths: &[PathBuf], what: &str) {
        let (_, troubles) = states(&self.bench, paths);
        assert_eq!(troubles, Vec::<String>::new(), "{what}");
        assert_same(&dump(&self.bench.library), &self.expected, what);
    }
}

#[test]
fn nothing_is_left_of_the_beginning() {
    let page = vec![0x5a; 4096];
    for (what, bytes) in [
        ("header", &page[..100]),
        ("first sector", &page[..512]),
        ("first page", &page[..]),
    ] {
        for has_backup in [true, false] {
            let scene = Scene::new("beginning");
            scene.overwrite(0.0, bytes);
            if !has_backup {
                // Without it nothing says that this was a library.
                std::fs::remove_file(scene.backup()).unwrap();
                let error = Library::open_or_rescue(&scene.bench.library).unwrap_err();
                assert!(
                    error.to_string().contains("is no library of this program"),
                    "{error}"
                );
                std::fs::write(scene.backup(), "torn").unwrap();
            }
            let rescue = scene.comes_back(what);
            scene.is_whole_after(&rescue.files, what);
            let is_kept = scene.backup().with_extension("json.unreadable").exists();
            assert_eq!(
                is_kept, !has_backup,
                "a backup that cannot be read is kept, too"
            );
        }
    }
}

#[test]
fn a_page_of_the_list_of_tables_is_garbage() {
    let scene = Scene::new("schema");
    let page = vec![0xa5; 4096];
    // The pages of the list of tables are those that are no table's.
    let conn = rusqlite::Connection::open(&scene.bench.library).unwrap();
    let roots: Vec<i64> = conn
        .prepare("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    drop(conn);
    let of_list = (2..1000).find(|page| !roots.contains(page)).unwrap();
    let mut file = File::options()
        .write(true)
        .open(&scene.bench.library)
        .unwrap();
    file.seek(SeekFrom::Start((of_list as u64 - 1) * 4096))
        .unwrap();
    file.write_all(&page).unwrap();
    drop(file);
    let rescue = scene.comes_back("schema");
    scene.is_whole_after(&rescue.files, "schema");
}

#[test]
fn bytes_in_the_middle_are_overwritten() {
    for (from, pages) in [(0.3, 40), (0.05, 200), (0.9, 30)] {
        let scene = Scene::new("middle");
        scene.overwrite(from, &vec![0xff; pages * 4096]);
        let what = format!("{pages} pages from {from}");
        scene.comes_back(&what);
        scene.is_whole_after(&scene.paths, &what);
    }
}

#[test]
fn damage_that_is_met_in_an_import_stops_it_with_a_word() {
    let scene = Scene::new("met");
    let length = scene.length() as usize;
    scene.overwrite(0.2, &vec![0xff; length / 2]);
    let again = Bench::new("met-again");
    let more = corpus::write(&again);
    let text = child::said(child::start("import", &scene.bench, &more));
    assert!(text.contains("the library is damaged ("), "{text}");
}

#[test]
fn the_end_is_missing() {
    for part in [0.0, 0.001, 0.02, 0.5, 0.95] {
        let scene = Scene::new("end");
        let bytes = (scene.length() as f64 * part) as u64;
        scene.cut(bytes);
        let what = format!("{bytes} bytes left");
        if bytes == 0 {
            // Nothing is left that could be damaged: as if it had been deleted.
            let (library, rescue) = Library::open_or_rescue(&scene.bench.library).unwrap();
            assert_eq!(rescue, None);
            assert_eq!(library.sources().unwrap().len(), 1);
        } else {
            scene.comes_back(&what);
        }
        scene.is_whole_after(&scene.paths, &what);
    }
}

#[test]
fn it_is_deleted_but_not_its_backup() {
    let scene = Scene::new("nothing");
    std::fs::remove_file(&scene.bench.library).unwrap();
    scene.is_whole_after(&scene.paths, "deleted");
}

/// What was not brought into the file yet is in the log; without the log it is missing, and nothing else is.
#[test]
fn the_log_is_deleted() {
    let scene = Scene::new("log");
    let taken = Bench::new("log-taken");
    let conn = rusqlite::Connection::open(&scene.bench.library).unwrap();
    conn.pragma_update(None, "foreign_keys", true).unwrap();
    conn.execute_batch("DELETE FROM file; DELETE FROM tag")
        .unwrap();
    let log = with_ending(&scene.bench.library, "-wal");
    assert!(std::fs::metadata(&log).unwrap().len() > 0);
    // While the other one has it open: as a copy of the file alone would be.
    std::fs::copy(&scene.bench.library, &taken.library).unwrap();
    drop(conn);
    assert_same(&dump(&taken.library), &scene.expected, "without its log");
}

fn with_ending(library: &Path, ending: &str) -> PathBuf {
    let mut name = library.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
