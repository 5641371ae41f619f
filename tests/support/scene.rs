//! A busy picture: a map, a heatmap over it, and the trails of many lives as one ribbon mesh.

use eframe::egui::epaint::{
    ClippedPrimitive, ImageDelta, Mesh, Primitive, TextureId, Vertex, WHITE_UV,
};
use eframe::egui::{
    Color32, ColorImage, Pos2, Rect, TextureOptions, TexturesDelta, Vec2, pos2, vec2,
};

/// Even numbers in 0..1 that are the same on every run and every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self) -> f32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }
}

const MAP: TextureId = TextureId::Managed(1);
const HEAT: TextureId = TextureId::Managed(2);

/// The textures of [`primitives`], and a white texel where the font texture would be.
pub(crate) fn textures() -> TexturesDelta {
    let mut dice = Dice::new(1);
    let mut noise = |side: usize, alpha: u8| {
        let mut pixels = Vec::with_capacity(side * side);
        for _ in 0..side * side {
            let gray = (dice.roll() * 255.0) as u8;
            let light = [gray, gray / 2, 255 - gray, alpha];
            let [r, g, b, a] = light;
            pixels.push(Color32::from_rgba_unmultiplied(r, g, b, a));
        }
        ColorImage::new([side, side], pixels)
    };
    let mut delta = TexturesDelta::default();
    let options = TextureOptions::LINEAR;
    let white = ColorImage::filled([1, 1], Color32::WHITE);
    delta.push(TextureId::default(), ImageDelta::full(white, options));
    delta.push(MAP, ImageDelta::full(noise(1024, 255), options));
    delta.push(HEAT, ImageDelta::full(noise(256, 90), options));
    delta
}

/// The scene for a picture of `size` points; each life has 300 samples and 600 triangles.
pub(crate) fn primitives(size: Vec2, lives: usize) -> Vec<ClippedPrimitive> {
    let all = Rect::from_min_size(Pos2::ZERO, size);
    let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    let quad = |texture, tint| {
        let mut mesh = Mesh::with_texture(texture);
        mesh.add_rect_with_uv(all, uv, tint);
        mesh
    };
    let mut trails = Mesh::default();
    let mut dice = Dice::new(2);
    for _ in 0..lives {
        add_trail(&mut trails, size, &mut dice);
    }
    [
        quad(MAP, Color32::WHITE),
        quad(HEAT, Color32::WHITE),
        trails,
    ]
    .into_iter()
    .map(|mesh| ClippedPrimitive {
        clip_rect: all,
        primitive: Primitive::Mesh(mesh),
    })
    .collect()
}

/// A wandering line of 300 samples, 1.5 points wide, whose colour changes along the way.
fn add_trail(mesh: &mut Mesh, size: Vec2, dice: &mut Dice) {
    let mut at = pos2(dice.roll() * size.x, dice.roll() * size.y);
    let mut heading = dice.roll() * std::f32::consts::TAU;
    for sample in 0..=300_u32 {
        heading += (dice.roll() - 0.5) * 0.8;
        let step = Vec2::angled(heading) * (1.0 + 5.0 * dice.roll());
        let side = step.rot90().normalized() * 0.75;
        let fade = (55 + sample / 2) as u8;
        let color = Color32::from_rgba_unmultiplied(250, fade, 40, fade);
        let first = mesh.vertices.len() as u32;
        for pos in [at - side, at + side] {
            let uv = WHITE_UV;
            mesh.vertices.push(Vertex { pos, uv, color });
        }
        if sample > 0 {
            mesh.add_triangle(first - 2, first - 1, first);
            mesh.add_triangle(first, first - 1, first + 1);
        }
        at += step;
        let inside = at.clamp(pos2(0.0, 0.0), size.to_pos2());
        if inside != at {
            heading += 2.0;
            at = inside + vec2(0.1, 0.1);
        }
    }
}
