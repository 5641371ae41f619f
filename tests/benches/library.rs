//! The library: importing, opening a stored round, the list of ten thousand.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sandtable::jobs::import::{Options, import};
use sandtable::library::{FileFacts, Library, Prepared};
use sandtable::model::{ContentHash, Provenance, Round};
use sandtable::sample::{self, Params};
use sandtable::{format, library::RoundId};
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "../support/synthetic.rs"]
#[allow(dead_code, reason = "every bench uses its own part of this")]
mod synthetic;

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path =
            std::env::temp_dir().join(format!("sandtable-bench-library-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for temporary files");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Writes rounds of some 1.1 MB each; gives their bytes.
fn write_rounds(folder: &Path, count: usize) -> u64 {
    std::fs::create_dir_all(folder).expect("a folder");
    let maps = sample::ROTATION.map(str::to_owned);
    let minute_ago = std::time::SystemTime::now() - Duration::from_mins(1);
    let rounds = sample::series(&Params::default(), count, &maps);
    let sizes = rounds.iter().map(|params| {
        let (path, text) = (folder.join(params.file_name()), sample::text(params));
        std::fs::write(&path, &text).expect("room on the disk");
        let file = std::fs::File::options()
            .append(true)
            .open(&path)
            .expect("the file");
        file.set_modified(minute_ago).expect("a time of change");
        text.len() as u64
    });
    sizes.sum()
}

fn import_all(library: &Path, rounds: &Path) {
    let library = Library::open(library).expect("a library");
    let never = AtomicBool::new(false);
    let done = import(
        library,
        Options::default(),
        vec![rounds.to_owned()],
        &never,
        &mut |_| {},
    );
    black_box(done.expect("an import"));
}

fn remove(library: &Path) {
    for ending in ["", "-wal", "-shm", ".notebook.json"] {
        let mut name = library.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(name);
    }
}

fn imports(c: &mut Criterion) {
    let folder = Folder::new();
    let (rounds, library) = (folder.0.join("rounds"), folder.0.join("library.db"));
    let bytes = write_rounds(&rounds, 60);
    let mut group = c.benchmark_group("library/import of 60 rounds");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    group.bench_function("new", |b| {
        b.iter(|| {
            remove(&library);
            import_all(&library, &rounds);
        });
    });
    group.bench_function("known", |b| b.iter(|| import_all(&library, &rounds)));
    group.finish();
}

fn facts(name: &str) -> FileFacts {
    FileFacts {
        path: PathBuf::from(name),
        name: name.to_owned(),
        bytes: 1,
        changed_ns: 1,
    }
}

/// A stored round as large as twelve against twelve over twenty minutes.
fn opening(c: &mut Criterion) {
    let folder = Folder::new();
    let path = folder.0.join("library.db");
    let mut library = Library::open(&path).expect("a library");
    let size = synthetic::Size {
        a_side: 12,
        lives: 20,
        samples: 300,
    };
    let round = with_hash(synthetic::round(size), 1);
    let prepared = Prepared::of(Arc::new(round)).expect("a round of a file");
    library.store(&prepared, &facts("large")).expect("stored");
    c.bench_function("library/open a round of 144,000 samples", |b| {
        b.iter(|| {
            library
                .open_round(black_box(RoundId(1)))
                .expect("the round")
        });
    });
}

fn with_hash(mut round: Round, nth: u32) -> Round {
    round.provenance.content_hash = Some(ContentHash::of(&nth.to_le_bytes()));
    round
}

/// Ten thousand small rounds.
fn listing(c: &mut Criterion) {
    let folder = Folder::new();
    let path = folder.0.join("library.db");
    let mut library = Library::open(&path).expect("a library");
    for nth in 0..10_000_u32 {
        let start = 1_700_000_000 + i64::from(nth) * 1_000;
        let mut text = format!(
            "# PROXIMITY_TRACKER_V6\n# map=map{}\n# round_start_unix={start}\n# PLAYER_TRACKS\n",
            nth % 12
        );
        for player in 0..12 {
            let _ = writeln!(
                text,
                "{player:032X};name{player};AXIS;MEDIC;100;2000;;killed;1;100,1.0,2.0,3.0,100,0.0,8,0,0,spawn"
            );
        }
        let document = format::read(text.as_bytes()).expect("a round file");
        let name = format!("{nth}_engagements.txt");
        let provenance = Provenance {
            file_name: name.clone(),
            ..Provenance::default()
        };
        let round = with_hash(Round::build(document, provenance), nth);
        let prepared = Prepared::of(Arc::new(round)).expect("a round of a file");
        library.store(&prepared, &facts(&name)).expect("stored");
    }
    let mut group = c.benchmark_group("library/10,000 rounds");
    group.sample_size(20);
    group.bench_function("list", |b| {
        b.iter(|| library.catalogue().expect("the list"));
    });
    group.bench_function("link all", |b| {
        b.iter(|| library.link_all().expect("links"));
    });
    group.finish();
}

criterion_group!(benches, imports, opening, listing);
criterion_main!(benches);
