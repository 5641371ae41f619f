//! The library's list with 10,000 rounds: a new catalogue, a keystroke in the search field, a frame of the window.

#[path = "../support/shelf.rs"]
mod shelf;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use eframe::egui::{self, Pos2, RawInput, Rect, vec2};
use sandtable::app::library::filter::Filters;
use sandtable::app::library::shelf::Shelf;
use sandtable::jobs::library::LibraryEvent;
use sandtable::library::catalogue::Entry;
use sandtable::ui::Desk;
use std::hint::black_box;
use std::sync::Arc;

// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 10_000;

fn filled(entries: &Arc<Vec<Entry>>) -> Shelf {
    let mut shelf = Shelf::default();
    shelf.set_entries(Arc::clone(entries));
    shelf
}

fn lists(criterion: &mut Criterion) {
    let entries = Arc::new(shelf::library(ROUNDS));
    criterion.bench_function("shelf, new catalogue", |bench| {
        bench.iter(|| black_box(filled(&entries)).listed());
    });
    let mut shelf = filled(&entries);
    for query in ["s", "sal", "salt gold", "salt gold aug r2"] {
        criterion.bench_function(&format!("shelf, keystroke \"{query}\""), |bench| {
            bench.iter_batched(
                || query.to_owned(),
                |query| {
                    shelf.set_query(query);
                    black_box(shelf.listed())
                },
                BatchSize::SmallInput,
            );
        });
    }
    let filters = Filters {
        player: Some("dune.oskar".to_owned()),
        has_problems: true,
        ..Filters::default()
    };
    criterion.bench_function("shelf, filter", |bench| {
        bench.iter(|| {
            shelf.set_filters(filters.clone());
            black_box(shelf.listed())
        });
    });
}

fn first_page(criterion: &mut Criterion) {
    let mut desk = Desk::new(|| ());
    let entries = Arc::new(shelf::library(ROUNDS));
    desk.app
        .take_library_event(LibraryEvent::Catalogue(entries));
    let ctx = egui::Context::default();
    let mut time_s = 0.0;
    criterion.bench_function("window, list of 10,000 rounds", |bench| {
        bench.iter(|| {
            time_s += 1.0 / 60.0;
            let input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
                time: Some(time_s),
                ..RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| desk.ui(ui));
            output.textures_delta.clear();
            black_box(ctx.tessellate(output.shapes, output.pixels_per_point).len())
        });
    });
}

criterion_group!(benches, lists, first_page);
criterion_main!(benches);
