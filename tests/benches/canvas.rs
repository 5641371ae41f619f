//! Frames of the map canvas: user interface and tessellation, without a graphics card. A round of 12 against 12 over 20 minutes, 1280 x 800.

#[path = "../support/synthetic.rs"]
mod synthetic;

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::egui::{self, Pos2, RawInput, Rect, vec2};
use sandtable::analysis::deaths::{Death, deaths};
use sandtable::maps::bounds::WorldRect;
use sandtable::model::Round;
use sandtable::ui::canvas::{Canvas, CanvasView, Ground, Layers, Trails};
use sandtable::ui::theme::{self, Mode, TeamPalette, Theme};
use std::hint::black_box;

// The program's own allocator: with the system's one every frame's meshes cost page faults, and the figures are about those.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 12 against 12, 20 minutes, every 200 ms: 144,000 samples in 480 lives.
const LARGE: synthetic::Size = synthetic::Size {
    a_side: 12,
    lives: 20,
    samples: 300,
};

struct Stage {
    ctx: egui::Context,
    canvas: Canvas,
    round: Round,
    deaths: Vec<Death>,
    ground: Ground,
    theme: Theme,
    frame: u32,
}

impl Stage {
    fn new() -> Self {
        let ctx = egui::Context::default();
        let theme = Theme::new(Mode::Dark, TeamPalette::Game);
        theme::apply(&ctx, &theme);
        let round = synthetic::round(LARGE);
        assert_eq!(round.samples().len(), 144_000);
        Self {
            ctx,
            canvas: Canvas::default(),
            deaths: deaths(&round),
            round,
            ground: Ground {
                rect: WorldRect::new(-3200.0, 2600.0, 3200.0, -2600.0).expect("a rectangle"),
                source: "made up".to_owned(),
                picture: None,
                objectives: Vec::new(),
            },
            theme,
            frame: 0,
        }
    }

    /// One frame at `t_ms`; gives the number of vertices.
    fn frame(&mut self, t_ms: i64, layers: &Layers) -> usize {
        self.frame += 1;
        let view = CanvasView {
            round: &self.round,
            deaths: &self.deaths,
            ground: &self.ground,
            t_ms,
            layers,
            theme: &self.theme,
            selected: None,
            follow: false,
            smooth: true,
        };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(f64::from(self.frame) / 60.0),
            ..RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| {
            self.canvas.show(ui, &view);
        });
        output.textures_delta.clear();
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let vertices = primitives
            .iter()
            .map(|primitive| match &primitive.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
                egui::epaint::Primitive::Callback(_) => 0,
            });
        vertices.sum()
    }
}

fn frames(c: &mut Criterion) {
    let mut group = c.benchmark_group("canvas");
    for (name, trails, is_playing, is_panning) in [
        ("playing, no trails", Trails::Off, true, false),
        (
            "playing, trails of 10 s",
            Trails::Recent { seconds: 10.0 },
            true,
            false,
        ),
        (
            "playing, trails of the life",
            Trails::CurrentLife,
            true,
            false,
        ),
        (
            "playing, trails of the round",
            Trails::WholeRound,
            true,
            false,
        ),
        (
            "panning, trails of the round",
            Trails::WholeRound,
            false,
            true,
        ),
    ] {
        let mut stage = Stage::new();
        let layers = Layers {
            trails,
            grid: true,
            ..Layers::default()
        };
        let mut t_ms = 600_000;
        for _ in 0..5 {
            stage.frame(t_ms, &layers);
        }
        group.bench_function(name, |b| {
            b.iter(|| {
                t_ms = if is_playing {
                    30_000 + (t_ms + 16) % 1_100_000
                } else {
                    t_ms
                };
                if is_panning {
                    stage
                        .canvas
                        .pan_by(vec2(if stage.frame % 2 == 0 { 3.0 } else { -3.0 }, 0.0));
                }
                black_box(stage.frame(t_ms, &layers))
            });
        });
        println!("{name}: {} vertices", stage.frame(t_ms, &layers));
    }
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
