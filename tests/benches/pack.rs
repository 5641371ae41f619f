//! Speed of packing: a round file of some 10 MB and one of the size of twelve against twelve for twenty minutes, packed and unpacked again,
//! beside reading their text.
//!
//! The first is the built-in demo round with every row written six times, or the file named in `SANDTABLE_BENCH_FILE`.

#[path = "../support/synthetic.rs"]
mod synthetic;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sandtable::format::{Document, container, read, write};
use sandtable::library::pack::{decode_image, decode_path, encode_image, encode_path};
use sandtable::model::{Provenance, Round};
use std::hint::black_box;
use synthetic::Size;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DEMO: &[u8] =
    include_bytes!("../../assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz");

/// Twelve against twelve, twenty minutes: 144,000 samples.
const SIZE: Size = Size {
    a_side: 12,
    lives: 30,
    samples: 200,
};

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let unpacked = container::unpack(packed).expect("a round file");
    unpacked.bytes.into_owned()
}

fn file() -> Vec<u8> {
    if let Some(path) = std::env::var_os("SANDTABLE_BENCH_FILE") {
        let packed =
            std::fs::read(path).expect("the file named in SANDTABLE_BENCH_FILE can be read");
        return unpacked(&packed);
    }
    let plain = unpacked(DEMO);
    let mut out = Vec::new();
    for line in plain.split_inclusive(|&b| b == b'\n') {
        let is_row = !line.starts_with(b"#") && line != b"\n";
        for _ in 0..if is_row { 6 } else { 1 } {
            out.extend_from_slice(line);
        }
    }
    out
}

/// A BLOB per life.
fn paths(document: &Document) -> Vec<Vec<u8>> {
    let lives = document.tracks.rows.iter();
    lives
        .map(|life| {
            let mut out = Vec::new();
            let range = life.path.range();
            encode_path(&document.samples, &document.strings, range, &mut out);
            out
        })
        .collect()
}

fn pack(criterion: &mut Criterion) {
    let synthetic = write::to_bytes(&synthetic::round(SIZE).document);
    for (name, text) in [("file", file()), ("12v12", synthetic)] {
        let document = read(&text).expect("a round file");
        let (image, paths_of) = (encode_image(&document), paths(&document));
        let path_bytes: usize = paths_of.iter().map(Vec::len).sum();
        println!(
            "{name}: {} bytes of text; image {}, paths {path_bytes} ({:.2} per sample, {} samples)",
            text.len(),
            image.len(),
            path_bytes as f64 / document.samples.len().max(1) as f64,
            document.samples.len(),
        );
        let mut group = criterion.benchmark_group("pack");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.sample_size(30);
        let mut bench = |what: &str, run: &mut dyn FnMut()| {
            group.bench_function(BenchmarkId::new(what, name), |b| b.iter(&mut *run));
        };
        bench("read text", &mut || {
            black_box(read(black_box(&text)).expect("a round file"));
        });
        bench("encode image", &mut || {
            black_box(encode_image(black_box(&document)));
        });
        bench("encode paths", &mut || {
            black_box(paths(black_box(&document)));
        });
        bench("decode paths", &mut || {
            let mut strings = document.strings.clone();
            let mut samples = sandtable::format::Samples {
                event_names: document.samples.event_names.clone(),
                ..Default::default()
            };
            for path in &paths_of {
                decode_path(black_box(path), &mut samples, &mut strings).expect("a path");
            }
            black_box(samples);
        });
        bench("decode image and paths", &mut || {
            black_box(decode_image(black_box(&image), &paths_of).expect("a document"));
        });
        bench("decode to round", &mut || {
            let document = decode_image(black_box(&image), &paths_of).expect("a document");
            black_box(Round::build(document, Provenance::default()));
        });
        group.finish();
    }
}

criterion_group!(benches, pack);
criterion_main!(benches);
