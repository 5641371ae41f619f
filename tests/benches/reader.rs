//! Speed of the reader: a file of some 10 MB from bytes to `Round`, beside the speed of merely finding its lines.
//!
//! The file is the built-in demo round with every row written six times, so that rows, names and numbers are real ones; another file can be
//! named in `SANDTABLE_BENCH_FILE`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sandtable::format::{container, read};
use sandtable::model::{ContentHash, Provenance, Round};
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DEMO: &[u8] =
    include_bytes!("../../assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz");

fn file() -> Vec<u8> {
    if let Some(path) = std::env::var_os("SANDTABLE_BENCH_FILE") {
        let packed =
            std::fs::read(path).expect("the file named in SANDTABLE_BENCH_FILE can be read");
        return container::unpack(&packed)
            .expect("it is a round file")
            .bytes
            .into_owned();
    }
    let plain = container::unpack(DEMO)
        .expect("the demo is packed")
        .bytes
        .into_owned();
    let mut out = Vec::new();
    for line in plain.split_inclusive(|&b| b == b'\n') {
        let times = if line.starts_with(b"#") || line == b"\n" {
            1
        } else {
            6
        };
        for _ in 0..times {
            out.extend_from_slice(line);
        }
    }
    out
}

fn reader(criterion: &mut Criterion) {
    let bytes = file();
    let mut group = criterion.benchmark_group(format!("reader, {} bytes", bytes.len()));
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.sample_size(30);
    group.bench_function("find lines (memchr)", |b| {
        b.iter(|| memchr::memchr_iter(b'\n', black_box(&bytes)).count());
    });
    group.bench_function("bytes to Document", |b| b.iter(|| read(black_box(&bytes))));
    group.bench_function("bytes to Round", |b| {
        b.iter(|| {
            Round::build(
                read(black_box(&bytes)).expect("a round"),
                Provenance::default(),
            )
        });
    });
    group.bench_function("content hash", |b| {
        b.iter(|| ContentHash::of(black_box(&bytes)));
    });
    group.finish();
}

criterion_group!(benches, reader);
criterion_main!(benches);
