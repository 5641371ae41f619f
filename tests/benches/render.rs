//! How long the software renderer takes: a map with a heatmap and 300,000 triangles of trails, and a small interface.

#[path = "../support/scene.rs"]
mod scene;

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::egui::{self, ClippedPrimitive, Color32, Vec2, vec2};
use sandtable::render::SoftwareRenderer;
use std::hint::black_box;

/// The allocator of the program; with the system's, large pictures measure page faults.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZE: Vec2 = vec2(1280.0, 800.0);

/// 500 lives of 600 triangles each.
const LIVES: usize = 500;

fn small_interface(renderer: &mut SoftwareRenderer) -> Vec<ClippedPrimitive> {
    let context = egui::Context::default();
    let mut speed = 1.0_f32;
    let mut frame = || {
        let screen_rect = Some(egui::Rect::from_min_size(egui::Pos2::ZERO, SIZE));
        let input = egui::RawInput {
            screen_rect,
            ..egui::RawInput::default()
        };
        let mut output = context.run_ui(input, |ui| {
            egui::CentralPanel::default().show(ui, |ui| {
                for row in 0..30 {
                    ui.horizontal(|ui| {
                        ui.label(format!("Player {row} has a name of usual length"));
                        let _ = ui.button("Follow");
                        ui.add(egui::Slider::new(&mut speed, 0.0..=4.0).text("Speed"));
                    });
                }
            });
        });
        renderer.apply_textures(&mut output.textures_delta);
        output
    };
    frame();
    let output = frame();
    context.tessellate(output.shapes, output.pixels_per_point)
}

fn measure(
    criterion: &mut Criterion,
    name: &str,
    renderer: &SoftwareRenderer,
    primitives: &[ClippedPrimitive],
) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20);
    let size_px = [SIZE.x as usize, SIZE.y as usize];
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads can be started");
        group.bench_function(format!("{threads} threads"), |bencher| {
            let render = || renderer.render(size_px, 1.0, Color32::BLACK, black_box(primitives));
            bencher.iter(|| pool.install(render));
        });
    }
    group.finish();
}

fn render(criterion: &mut Criterion) {
    let mut renderer = SoftwareRenderer::new();
    renderer.apply_textures(&mut scene::textures());
    let layers = scene::primitives(SIZE, LIVES);
    measure(criterion, "scene", &renderer, &layers);
    measure(criterion, "scene_ground", &renderer, &layers[..2]);
    measure(criterion, "scene_trails", &renderer, &layers[2..]);

    let mut renderer = SoftwareRenderer::new();
    let interface = small_interface(&mut renderer);
    measure(criterion, "interface", &renderer, &interface);
}

criterion_group!(benches, render);
criterion_main!(benches);
