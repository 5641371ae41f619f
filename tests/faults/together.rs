//! Two programs on one library at once.

use crate::bench::Bench;
use crate::dump::{assert_same, dump};
use crate::{child, corpus};
use sandtable::library::Library;
use sandtable::model::ContentHash;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Nobody should wait for more than a second; a machine that builds at the same time may make it some more.
const MOST_WAIT: Duration = Duration::from_secs(10);

#[test]
fn two_import_while_others_read_and_write() {
    let alone = Bench::new("alone");
    let paths = corpus::write(&alone);
    child::said(child::start("import", &alone, &paths));
    let expected = dump(&alone.library);
    for turn in 0..3 {
        let bench = Bench::new(&format!("together{turn}"));
        let overlapping: Vec<PathBuf> = ["rounds", "evening.zip", "again", "gamestats"]
            .into_iter()
            .map(|name| alone.folder.join("files").join(name))
            .chain([paths[1].clone()])
            .collect();
        // None of them is first: whoever comes first makes the library.
        let reader = child::start("read", &bench, &[]);
        let importers = [
            child::start("import", &bench, &paths),
            child::start("import", &bench, &overlapping),
        ];
        let longest = write_while(&bench, turn);
        for importer in importers {
            assert_eq!(child::said(importer), "done ");
        }
        std::fs::write(bench.folder.join("stop"), "").unwrap();
        println!(
            "reader: {}; writer: longest {longest:?}",
            child::said(reader)
        );
        assert!(longest < MOST_WAIT);
        let mut ours = dump(&bench.library);
        let tags = ours.insert("tag".to_owned(), Vec::new()).unwrap();
        assert_eq!(tags.len(), WRITES / 2);
        let backup =
            std::fs::read_to_string(bench.folder.join("library.db.notebook.json")).unwrap();
        assert_eq!(
            backup.matches("\"text\"").count(),
            WRITES / 2,
            "the backup is the latest"
        );
        assert_same(&ours, &expected, "together");
    }
}

const WRITES: usize = 40;

/// Writes tags and takes every second off again, and gives how long the longest took.
fn write_while(bench: &Bench, turn: usize) -> Duration {
    let mut longest = Duration::ZERO;
    let mut library = Library::open(&bench.library).unwrap();
    for nth in 0..WRITES {
        let hash = ContentHash([nth as u8 / 2; 32]);
        let began = Instant::now();
        library.add_tag(hash, &format!("{turn} {nth}")).unwrap();
        if nth % 2 == 1 {
            library.remove_tag(hash, &format!("{turn} {nth}")).unwrap();
        }
        longest = longest.max(began.elapsed());
        std::thread::sleep(Duration::from_millis(5));
    }
    longest
}

/// Several threads and programs write the notebook's backup; it is whole and the latest at the end.
#[test]
fn the_backup_is_written_by_one_at_a_time() {
    let bench = Bench::new("backup");
    drop(bench.open());
    std::thread::scope(|scope| {
        for writer in 0..4_u8 {
            let bench = &bench;
            scope.spawn(move || {
                let mut library = bench.open();
                for nth in 0..20_u8 {
                    library
                        .add_tag(ContentHash([nth; 32]), &format!("by {writer}"))
                        .unwrap();
                }
            });
        }
    });
    let backup = std::fs::read_to_string(bench.folder.join("library.db.notebook.json")).unwrap();
    let backup: serde_json::Value = serde_json::from_str(&backup).unwrap();
    assert_eq!(backup["tables"]["tag"].as_array().unwrap().len(), 80);
    let left: Vec<_> = std::fs::read_dir(&bench.folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert!(
        left.iter()
            .all(|name| !name.to_string_lossy().contains(".new")),
        "{left:?}"
    );
}
