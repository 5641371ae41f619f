//! The software renderer against pictures worked out by hand.

#[path = "support/scene.rs"]
mod scene;
mod support;

use eframe::egui::epaint::{
    ClippedPrimitive, ImageDelta, Mesh, PaintCallback, Primitive, TextureId, Vertex, WHITE_UV,
};
use eframe::egui::{
    Color32, ColorImage, Pos2, Rect, TextureFilter, TextureOptions, TextureWrapMode, TexturesDelta,
    pos2, vec2,
};
use sandtable::render::{Headless, SoftwareRenderer, encode_png};
use scene::Dice;
use std::sync::Arc;

const PICTURE: TextureId = TextureId::Managed(5);
const EVERYWHERE: Rect = Rect::EVERYTHING;
/// White at half strength: 128 of 255.
const HALF: Color32 = Color32::from_rgba_premultiplied(128, 128, 128, 128);

/// A renderer with the white texel that plain colours point at, and `PICTURE`.
fn renderer_with(changes: Vec<ImageDelta>) -> SoftwareRenderer {
    let mut delta = TexturesDelta::default();
    let white = ColorImage::filled([1, 1], Color32::WHITE);
    let options = TextureOptions::LINEAR;
    delta.push(TextureId::default(), ImageDelta::full(white, options));
    for change in changes {
        delta.push(PICTURE, change);
    }
    let mut renderer = SoftwareRenderer::new();
    renderer.apply_textures(&mut delta);
    renderer
}

fn clipped(clip_rect: Rect, mesh: Mesh) -> ClippedPrimitive {
    ClippedPrimitive {
        clip_rect,
        primitive: Primitive::Mesh(mesh),
    }
}

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

fn solid_rect(area: Rect, color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(area, color);
    mesh
}

fn triangle(corners: [(Pos2, Color32); 3]) -> Mesh {
    let mut mesh = Mesh::default();
    for (pos, color) in corners {
        mesh.colored_vertex(pos, color);
    }
    mesh.add_triangle(0, 1, 2);
    mesh
}

fn textured_rect(area: Rect, uv: Rect, tint: Color32) -> Mesh {
    let mut mesh = Mesh::with_texture(PICTURE);
    mesh.add_rect_with_uv(area, uv, tint);
    mesh
}

/// The red channel, row by row: enough for pictures in gray.
fn reds(picture: &ColorImage) -> Vec<Vec<u8>> {
    let rows = picture.pixels.chunks(picture.width());
    rows.map(|row| row.iter().map(Color32::r).collect())
        .collect()
}

fn paint(renderer: &SoftwareRenderer, size: [usize; 2], mesh: Mesh) -> ColorImage {
    renderer.render(size, 1.0, Color32::BLACK, &[clipped(EVERYWHERE, mesh)])
}

fn grays(size: [usize; 2], values: &[u8]) -> ColorImage {
    ColorImage::new(
        size,
        values.iter().copied().map(Color32::from_gray).collect(),
    )
}

/// One row of `width` pixels painted with a texture of one row.
fn textured_row(texels: &[u8], options: TextureOptions, width: usize, uv: [f32; 2]) -> Vec<u8> {
    let image = grays([texels.len(), 1], texels);
    let renderer = renderer_with(vec![ImageDelta::full(image, options)]);
    let area = rect(0.0, 0.0, width as f32, 1.0);
    let mesh = textured_rect(area, rect(uv[0], 0.0, uv[1], 1.0), Color32::WHITE);
    reds(&paint(&renderer, [width, 1], mesh)).remove(0)
}

#[test]
fn a_solid_rectangle_covers_exactly_its_pixels() {
    let red = Color32::from_rgb(200, 0, 0);
    let mesh = solid_rect(rect(1.0, 1.0, 4.0, 3.0), red);
    let picture = paint(&renderer_with(vec![]), [5, 4], mesh);
    let expected = [
        [0, 0, 0, 0, 0],
        [0, 200, 200, 200, 0],
        [0, 200, 200, 200, 0],
        [0, 0, 0, 0, 0],
    ];
    assert_eq!(reds(&picture), expected);
    assert_eq!(picture[(2, 2)], red);
}

#[test]
fn a_translucent_rectangle_blends_in_gamma_space() {
    let ground = Color32::from_rgb(100, 50, 0);
    let mesh = solid_rect(rect(0.0, 0.0, 1.0, 1.0), HALF);
    let picture = renderer_with(vec![]).render([2, 1], 1.0, ground, &[clipped(EVERYWHERE, mesh)]);
    // 128 + 100 * 127 / 255 = 177.8, 128 + 50 * 127 / 255 = 152.9.
    assert_eq!(picture[(0, 0)], Color32::from_rgb(178, 153, 128));
    assert_eq!(picture[(1, 0)], ground);
}

#[test]
fn translucent_paint_on_a_transparent_ground_stays_translucent() {
    let mesh = solid_rect(rect(0.0, 0.0, 1.0, 1.0), HALF);
    let primitives = [clipped(EVERYWHERE, mesh.clone()), clipped(EVERYWHERE, mesh)];
    let picture = renderer_with(vec![]).render([1, 1], 1.0, Color32::TRANSPARENT, &primitives);
    // 128 + 128 * 127 / 255 = 191.7.
    assert_eq!(picture[(0, 0)].to_array(), [192; 4]);
}

#[test]
fn triangles_around_a_point_leave_no_seam_and_overlap_nowhere() {
    let size = 64_usize;
    let side = size as f32;
    let border = [
        pos2(0.0, 0.0),
        pos2(17.3, 0.0),
        pos2(side, 0.0),
        pos2(side, 23.9),
        pos2(side, side),
        pos2(31.7, side),
        pos2(0.0, side),
        pos2(0.0, 40.5),
    ];
    let mut dice = Dice::new(3);
    for _ in 0..200 {
        let centre = pos2(dice.roll() * side, dice.roll() * side);
        let mut mesh = Mesh::default();
        mesh.colored_vertex(centre, HALF);
        for pos in border {
            mesh.colored_vertex(pos, HALF);
        }
        for i in 0..8 {
            // Every other triangle the other way round: egui uses both.
            let (a, b) = (1 + i, 1 + (i + 1) % 8);
            let [a, b] = if i % 2 == 0 { [a, b] } else { [b, a] };
            mesh.add_triangle(a, 0, b);
        }
        let picture = paint(&renderer_with(vec![]), [size, size], mesh);
        let other = picture.pixels.iter().position(|pixel| pixel.r() != 128);
        assert_eq!(other, None, "centre {centre:?}");
    }
}

#[test]
fn a_clip_rectangle_is_rounded_to_pixels() {
    let mesh = solid_rect(rect(-5.0, -5.0, 50.0, 50.0), Color32::WHITE);
    // In pixels 1.4..4.6 by 0.5..2.5, so columns 1..5 and rows 1..3.
    let clip = rect(0.7, 0.25, 2.3, 1.25);
    let primitives = [clipped(clip, mesh)];
    let picture = renderer_with(vec![]).render([6, 4], 2.0, Color32::BLACK, &primitives);
    let expected = [
        [0, 0, 0, 0, 0, 0],
        [0, 255, 255, 255, 255, 0],
        [0, 255, 255, 255, 255, 0],
        [0, 0, 0, 0, 0, 0],
    ];
    assert_eq!(reds(&picture), expected);
}

#[test]
fn a_gradient_is_straight_between_corners() {
    let corners = [
        (pos2(0.5, 0.5), Color32::BLACK),
        (pos2(8.5, 0.5), Color32::from_rgb(240, 0, 0)),
        (pos2(0.5, 8.5), Color32::from_rgb(0, 80, 0)),
    ];
    let picture = paint(&renderer_with(vec![]), [10, 10], triangle(corners));
    let top: Vec<_> = picture.pixels[..10].iter().map(Color32::r).collect();
    assert_eq!(top, [0, 30, 60, 90, 120, 150, 180, 210, 0, 0]);
    assert_eq!(picture[(0, 4)], Color32::from_rgb(0, 40, 0));
    assert_eq!(picture[(4, 3)], Color32::from_rgb(120, 30, 0));
    assert_eq!(picture[(4, 4)], Color32::BLACK, "on the right edge");
}

#[test]
fn a_gradient_to_nothing_fades_the_ground_in() {
    let corners = [
        (pos2(0.5, 0.0), Color32::WHITE),
        (pos2(4.5, 0.0), Color32::TRANSPARENT),
        (pos2(0.5, 4000.0), Color32::WHITE),
    ];
    let ground = Color32::from_rgb(100, 0, 0);
    let primitives = [clipped(EVERYWHERE, triangle(corners))];
    let picture = renderer_with(vec![]).render([5, 1], 1.0, ground, &primitives);
    // A quarter of the white goes with each pixel: 255, 191.25 + 25, 127.5 + 50, 63.75 + 75.
    assert_eq!(reds(&picture), [[255, 216, 178, 139, 100]]);
}

#[test]
fn nearest_takes_the_texel_under_the_centre() {
    let row = textured_row(&[10, 20], TextureOptions::NEAREST, 5, [0.0, 1.0]);
    assert_eq!(row, [10, 10, 20, 20, 20]);
}

#[test]
fn linear_mixes_neighbours_and_stops_at_the_border() {
    let row = textured_row(&[0, 255], TextureOptions::LINEAR, 4, [0.0, 1.0]);
    assert_eq!(row, [0, 64, 191, 255]);
}

#[test]
fn outside_the_texture_the_wrap_mode_decides() {
    let texels = [10, 20, 30];
    let row = |options| textured_row(&texels, options, 9, [-1.0, 2.0]);
    assert_eq!(
        row(TextureOptions::NEAREST),
        [10, 10, 10, 10, 20, 30, 30, 30, 30]
    );
    assert_eq!(
        row(TextureOptions::NEAREST_REPEAT),
        [10, 20, 30, 10, 20, 30, 10, 20, 30]
    );
    assert_eq!(
        row(TextureOptions::NEAREST_MIRRORED_REPEAT),
        [30, 20, 10, 10, 20, 30, 30, 20, 10]
    );
    let halves = textured_row(&[0, 200], TextureOptions::LINEAR_REPEAT, 4, [0.0, 1.0]);
    assert_eq!(
        halves,
        [50, 50, 150, 150],
        "the border mixes with the other side"
    );
}

#[test]
fn the_filter_depends_on_the_scale() {
    let options = TextureOptions {
        magnification: TextureFilter::Nearest,
        minification: TextureFilter::Linear,
        wrap_mode: TextureWrapMode::ClampToEdge,
        mipmap_mode: None,
    };
    assert_eq!(
        textured_row(&[0, 200], options, 4, [0.0, 1.0]),
        [0, 0, 200, 200]
    );
    assert_eq!(textured_row(&[0, 200], options, 1, [0.0, 1.0]), [100]);
}

#[test]
fn smaller_copies_stand_for_all_texels() {
    let texels = [0, 0, 0, 200, 0, 0, 0, 200];
    let plain = TextureOptions::NEAREST;
    let mipmapped = plain.with_mipmap_mode(Some(TextureFilter::Nearest));
    let blended = plain.with_mipmap_mode(Some(TextureFilter::Linear));
    assert_eq!(textured_row(&texels, plain, 2, [0.0, 1.0]), [0, 0]);
    assert_eq!(textured_row(&texels, mipmapped, 2, [0.0, 1.0]), [50, 50]);
    assert_eq!(
        textured_row(&texels, mipmapped, 4, [0.0, 1.0]),
        [0, 100, 0, 100]
    );
    assert_eq!(
        textured_row(&texels, blended, 4, [0.0, 1.0]),
        [0, 100, 0, 100]
    );
    // 8 texels on 3 pixels: 0.415 of the way from halves (0 100 0 100) to quarters (50 50).
    assert_eq!(textured_row(&texels, blended, 3, [0.0, 1.0]), [21, 21, 79]);
}

#[test]
fn a_tint_multiplies_the_texture() {
    let image = ColorImage::filled([1, 2], Color32::from_rgb(200, 100, 50));
    let renderer = renderer_with(vec![ImageDelta::full(image, TextureOptions::NEAREST)]);
    let uv = rect(0.0, 0.0, 1.0, 1.0);
    let tint = Color32::from_rgb(255, 128, 51);
    let picture = paint(
        &renderer,
        [1, 2],
        textured_rect(rect(0.0, 0.0, 1.0, 2.0), uv, tint),
    );
    assert_eq!(picture[(0, 1)], Color32::from_rgb(200, 50, 10));
}

#[test]
fn a_part_of_a_texture_can_be_replaced() {
    let options = TextureOptions::NEAREST;
    let changes = vec![
        ImageDelta::full(grays([3, 2], &[1, 2, 3, 4, 5, 6]), options),
        ImageDelta::partial([1, 1], grays([2, 1], &[80, 90]), options),
    ];
    let uv = rect(0.0, 0.0, 1.0, 1.0);
    let mesh = textured_rect(rect(0.0, 0.0, 3.0, 2.0), uv, Color32::WHITE);
    let picture = paint(&renderer_with(changes), [3, 2], mesh);
    assert_eq!(reds(&picture), [[1, 2, 3], [4, 80, 90]]);
}

#[test]
fn a_rectangle_looks_like_its_two_triangles() {
    let mut dice = Dice::new(4);
    let texels: Vec<u8> = (0..64).map(|_| (dice.roll() * 255.0) as u8).collect();
    let full = ImageDelta::full(grays([8, 8], &texels), TextureOptions::LINEAR);
    let renderer = renderer_with(vec![full]);
    for _ in 0..50 {
        let mut roll = |scale: f32| dice.roll() * scale;
        let area = Rect::from_min_size(
            pos2(roll(9.0), roll(9.0)),
            vec2(1.0 + roll(20.0), 1.0 + roll(20.0)),
        );
        let uv = rect(roll(0.4), roll(0.4), 0.6 + roll(0.4), 0.6 + roll(0.4));
        let mesh = textured_rect(area, uv, HALF);
        let mut apart = mesh.clone();
        // The same triangles, but in an order in which they do not share an edge by position in the list.
        apart.indices = vec![0, 1, 2, 1, 3, 2];
        let whole = paint(&renderer, [32, 32], mesh);
        assert_eq!(whole, paint(&renderer, [32, 32], apart), "{area:?} {uv:?}");
    }
}

#[test]
fn the_picture_does_not_depend_on_the_number_of_threads() {
    let size = vec2(400.0, 300.0);
    let primitives = scene::primitives(size, 60);
    let mut renderer = SoftwareRenderer::new();
    renderer.apply_textures(&mut scene::textures());
    let with_threads = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads can be started");
        pool.install(|| renderer.render([500, 375], 1.25, Color32::BLACK, &primitives))
    };
    let alone = with_threads(1);
    for threads in [2, 3, 8] {
        assert!(with_threads(threads) == alone, "{threads} threads");
    }
}

#[test]
fn garbage_paints_nothing_and_does_not_panic() {
    let mut dice = Dice::new(5);
    let numbers = [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::MAX,
        f32::MIN,
        f32::MIN_POSITIVE,
        1e12,
        -1e12,
        0.0,
        7.5,
        31.0,
    ];
    let mut any = || numbers[(dice.roll() * numbers.len() as f32) as usize];
    let image = grays([2, 2], &[0, 80, 160, 240]);
    for options in [TextureOptions::LINEAR_REPEAT, TextureOptions::NEAREST] {
        let renderer = renderer_with(vec![ImageDelta::full(image.clone(), options)]);
        let mut mesh = Mesh::with_texture(PICTURE);
        for i in 0..3000 {
            mesh.vertices.push(Vertex {
                pos: pos2(any(), any()),
                uv: pos2(any(), any()),
                color: if i % 2 == 0 { HALF } else { Color32::WHITE },
            });
        }
        mesh.indices = (0..3000).collect();
        let clip = Rect::from_min_max(pos2(any(), any()), pos2(any(), any()));
        for scale in [1.0, 0.3, 1e-30, 1e30, f32::NAN, f32::INFINITY, 0.0, -1.0] {
            for clip in [clip, EVERYWHERE, Rect::NOTHING, Rect::NAN] {
                let primitives = [clipped(clip, mesh.clone())];
                let picture = renderer.render([32, 32], scale, Color32::BLACK, &primitives);
                assert_eq!(picture.size, [32, 32]);
            }
        }
    }
}

#[test]
fn what_is_not_finite_or_not_there_is_left_out() {
    let corner = |x, y| (pos2(x, y), Color32::WHITE);
    let broken = triangle([corner(f32::NAN, 0.0), corner(9.0, 0.0), corner(0.0, 9.0)]);
    let mut dangling = solid_rect(rect(0.0, 0.0, 2.0, 2.0), Color32::WHITE);
    dangling.indices = vec![0, 1, 99, 0, 1, u32::MAX];
    let unknown = textured_rect(rect(0.0, 0.0, 2.0, 2.0), EVERYWHERE, Color32::WHITE);
    let callback = ClippedPrimitive {
        clip_rect: EVERYWHERE,
        primitive: Primitive::Callback(PaintCallback {
            rect: rect(0.0, 0.0, 2.0, 2.0),
            callback: Arc::new(()),
        }),
    };
    let mut primitives: Vec<_> = [broken, dangling, unknown]
        .into_iter()
        .map(|mesh| clipped(EVERYWHERE, mesh))
        .collect();
    primitives.push(callback);
    let renderer = renderer_with(vec![]);
    let picture = renderer.render([2, 2], 1.0, Color32::BLACK, &primitives);
    assert_eq!(picture, ColorImage::filled([2, 2], Color32::BLACK));
    for size in [[0, 0], [0, 5], [5, 0]] {
        let picture = renderer.render(size, 1.0, Color32::BLACK, &primitives);
        assert!(picture.size == size && picture.pixels.is_empty());
    }
}

#[test]
fn a_huge_triangle_keeps_its_gradient() {
    // 120 steps of red over 1,200,000 points: one step per 10,000, so the picture around zero is even.
    let corners = [
        (pos2(-600_000.0, -600_000.0), Color32::from_rgb(40, 0, 0)),
        (pos2(600_000.0, -600_000.0), Color32::from_rgb(160, 0, 0)),
        (pos2(-600_000.0, 900_000.0), Color32::from_rgb(40, 0, 0)),
    ];
    let picture = paint(&renderer_with(vec![]), [4, 4], triangle(corners));
    assert_eq!(reds(&picture), [[100; 4]; 4]);
}

#[test]
fn uvs_may_be_the_same_point_of_a_picture() {
    let image = grays([2, 1], &[40, 80]);
    let renderer = renderer_with(vec![ImageDelta::full(image, TextureOptions::NEAREST)]);
    let point = pos2(0.75, 0.5);
    let uv = Rect::from_min_max(point, point);
    let mesh = textured_rect(rect(0.0, 0.0, 2.0, 1.0), uv, Color32::WHITE);
    assert_eq!(reds(&paint(&renderer, [2, 1], mesh)), [[80, 80]]);
    assert_eq!(WHITE_UV, Pos2::ZERO);
}

#[test]
fn an_interface_without_a_window_gives_the_same_picture_each_time() {
    let picture = || {
        let mut count = 0;
        let picture = Headless::new(vec2(200.0, 80.0), 1.5).run(4, |ui| {
            count += 1;
            ui.heading("Sandtable");
            let _ = ui.button("Open");
            ui.ctx().request_repaint();
        });
        assert!(count >= 4);
        picture
    };
    let first = picture();
    assert_eq!(first.size, [300, 120]);
    assert!(first == picture());
    let lit = first.pixels.iter().filter(|pixel| pixel.r() > 100);
    assert!(lit.count() > 200, "there is text");
    assert!(encode_png(&first).is_ok());
}

#[test]
fn textures_a_program_loads_appear_and_may_be_dropped_in_the_same_frame() {
    let color = Color32::from_rgb(12, 34, 56);
    let size = vec2(20.0, 20.0);
    let picture = Headless::new(size, 1.0)
        .with_clear_color(Color32::from_rgb(9, 9, 9))
        .run(3, |ui| {
            let image = ColorImage::filled([4096, 1], color);
            let texture = ui.load_texture("t", image, TextureOptions::LINEAR);
            let uv = rect(0.0, 0.0, 1.0, 1.0);
            let area = rect(5.0, 5.0, 10.0, 10.0);
            ui.painter().image(texture.id(), area, uv, Color32::WHITE);
        });
    assert_eq!(picture[(7, 7)], color);
    assert_eq!(picture[(2, 2)], Color32::from_rgb(9, 9, 9));
}

#[test]
fn a_small_interface_looks_as_it_did() {
    let mut volume = 0.3_f32;
    let mut harness = egui_kittest::Harness::builder()
        .with_size([240.0, 110.0])
        .with_pixels_per_point(1.5)
        .renderer(support::software::SoftwareTestRenderer::default())
        .build_ui(move |ui| {
            eframe::egui::CentralPanel::default().show(ui, |ui| {
                ui.heading("Round 7, Goldrush");
                ui.label("The quick brown fox, 0123456789");
                let _ = ui.button("Replay");
                let slider = eframe::egui::Slider::new(&mut volume, 0.0..=1.0);
                ui.add(slider.text("Speed"));
            });
        });
    harness.run();
    harness.snapshot("render_small_ui");
}
