//! Frames of the whole window: user interface and tessellation, without a graphics card. A round of 12 against 12 over 20 minutes, 1280 x 800.

#[path = "../support/synthetic.rs"]
mod synthetic;

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::egui::{self, Pos2, RawInput, Rect, vec2};
use sandtable::analysis::deaths::deaths;
use sandtable::app::action::Action;
use sandtable::app::commands::CommandId;
use sandtable::jobs::ground::ground_of;
use sandtable::jobs::load::Loaded;
use sandtable::ui::Desk;
use std::hint::black_box;
use std::sync::Arc;

// The program's own allocator: with the system's one every frame's meshes cost page faults, and the figures are about those.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 144,000 samples in 480 lives, every 200 ms.
const LARGE: synthetic::Size = synthetic::Size {
    a_side: 12,
    lives: 20,
    samples: 300,
};

struct Stage {
    ctx: egui::Context,
    desk: Desk,
    time_s: f64,
}

impl Stage {
    fn new() -> Self {
        let round = synthetic::round(LARGE);
        let mut desk = Desk::new(|| ());
        desk.app.add_round(Loaded {
            deaths: Arc::new(deaths(&round)),
            ground: ground_of(&round),
            round: Arc::new(round),
            remark: None,
        });
        let mut stage = Self {
            ctx: egui::Context::default(),
            desk,
            time_s: 0.0,
        };
        // Fonts and layout settle.
        for _ in 0..5 {
            stage.frame();
        }
        stage
    }

    /// One frame at 60 a second; gives the number of primitives.
    fn frame(&mut self) -> usize {
        self.time_s += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time_s),
            ..RawInput::default()
        };
        let desk = &mut self.desk;
        let mut output = self.ctx.run_ui(input, |ui| desk.ui(ui));
        output.textures_delta.clear();
        self.ctx
            .tessellate(output.shapes, output.pixels_per_point)
            .len()
    }
}

fn frames(criterion: &mut Criterion) {
    let mut stage = Stage::new();
    stage.desk.app.apply(Action::Seek(600_000));
    criterion.bench_function("window, paused", |bench| {
        bench.iter(|| black_box(stage.frame()));
    });
    criterion.bench_function("window, playing", |bench| {
        bench.iter(|| {
            if !stage.desk.app.is_playing() {
                stage.desk.app.run(CommandId::PlayPause);
            }
            black_box(stage.frame())
        });
    });
}

criterion_group!(benches, frames);
criterion_main!(benches);
