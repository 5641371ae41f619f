//! Frames of the whole window while it imports 400 rounds of 1.1 MB: a round plays, the list of imports is shown, the list of rounds grows.
//!
//! Not criterion's business: each frame happens once. Prints the median, the 99th percentile and the longest frame.

use eframe::egui::{self, Pos2, RawInput, Rect, vec2};
use rayon::prelude::*;
use sandtable::app::action::Action;
use sandtable::app::commands::CommandId;
use sandtable::app::library::action::LibraryAction;
use sandtable::jobs::load::load_demo;
use sandtable::sample::{self, Params};
use sandtable::ui::Desk;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 400;
const FRAME: Duration = Duration::from_micros(16_667);

fn write_rounds(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    let maps = sample::ROTATION.map(str::to_owned);
    let minute_ago = SystemTime::now() - Duration::from_mins(1);
    let rounds = sample::series(&Params::default(), ROUNDS, &maps);
    rounds.par_iter().for_each(|params| {
        let path = folder.join(params.file_name());
        std::fs::write(&path, sample::text(params)).expect("room on the disk");
        let file = std::fs::File::options()
            .append(true)
            .open(&path)
            .expect("the file");
        file.set_modified(minute_ago).expect("a time of change");
    });
}

fn main() {
    let folder =
        std::env::temp_dir().join(format!("sandtable-bench-responsive-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let rounds = folder.join("rounds");
    write_rounds(&rounds);

    let ctx = egui::Context::default();
    let mut desk = Desk::new(|| ());
    desk.app.use_library(folder.join("library.db"));
    desk.app.add_round(load_demo());
    let begun = Instant::now();
    let mut frames = Vec::new();
    let frame = |desk: &mut Desk| {
        let start = Instant::now();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(begun.elapsed().as_secs_f64()),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| desk.ui(ui));
        output.textures_delta.clear();
        std::hint::black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
        let took = start.elapsed();
        std::thread::sleep(FRAME.saturating_sub(took));
        took
    };
    for _ in 0..30 {
        frame(&mut desk);
    }
    desk.app
        .apply(Action::Library(LibraryAction::Import(vec![rounds])));
    let import = Instant::now();
    while desk.app.library.shelf.entries().len() < ROUNDS || desk.app.library.imports.is_running() {
        if !desk.app.is_playing() {
            desk.app.run(CommandId::PlayPause);
        }
        frames.push(frame(&mut desk));
    }
    let seconds = import.elapsed().as_secs_f64();
    frames.sort_unstable();
    let at = |share: usize| frames[(frames.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!(
        "{ROUNDS} rounds in {seconds:.1} s; {} frames: median {:.2} ms, 99 of 100 below {:.2} ms, longest {:.2} ms",
        frames.len(),
        at(50),
        at(99),
        at(100)
    );
    let _ = std::fs::remove_dir_all(&folder);
}
