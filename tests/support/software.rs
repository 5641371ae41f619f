//! Lets the test harness paint with the program's own renderer: no graphics driver, the same picture everywhere.

use eframe::egui::{Color32, Context, FullOutput, TexturesDelta};
use egui_kittest::TestRenderer;
use image::RgbaImage;
use sandtable::render::{SoftwareRenderer, to_rgba_image};

/// Give it to `Harness::builder().renderer(...)`.
#[derive(Default)]
pub(crate) struct SoftwareTestRenderer {
    renderer: SoftwareRenderer,
}

impl TestRenderer for SoftwareTestRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.renderer.apply_textures(delta);
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let size_px = [size.x, size.y].map(|side| side.round() as usize);
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        let picture = self
            .renderer
            .render(size_px, scale, Color32::TRANSPARENT, &primitives);
        Ok(to_rgba_image(&picture))
    }
}
