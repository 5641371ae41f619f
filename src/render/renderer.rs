//! The renderer itself: textures, and a picture cut into bands.

use super::blend::Pixel;
use super::brush::Band;
use super::mesh::MeshPainter;
use super::pixel_rect::PixelRect;
use super::texture::TextureStore;
use eframe::egui::epaint::{ClippedPrimitive, Primitive};
use eframe::egui::{Color32, ColorImage, TexturesDelta};
use rayon::prelude::*;

/// Bands lower than this cost more in walking past meshes than they win in spreading the work.
const MIN_BAND_ROWS: usize = 32;

/// Bands per thread: a few more than threads, because the busy rows are seldom spread evenly.
const BANDS_PER_THREAD: usize = 3;

/// Turns the triangles egui asks for into a picture, without a graphics card.
///
/// Bad input never panics: triangles with corners that are not finite, indices that lead nowhere and unknown textures are left out.
#[derive(Default)]
pub struct SoftwareRenderer {
    textures: TextureStore,
}

impl SoftwareRenderer {
    /// A renderer that knows no textures yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over the texture changes of one frame, in the order of frames, and leaves `delta` empty.
    ///
    /// Call it before painting the frame. Textures the frame freed can still be painted until the next call.
    pub fn apply_textures(&mut self, delta: &mut TexturesDelta) {
        self.textures.apply(delta);
    }

    /// The picture of `primitives` (from `egui::Context::tessellate`), `size_px` wide and high, on a ground of `clear`.
    ///
    /// Colours are premultiplied, as in `primitives`. Painting is spread over the threads of the current rayon pool; the picture does
    /// not depend on how many there are. A scale that is not a positive number paints nothing.
    pub fn render(
        &self,
        size_px: [usize; 2],
        pixels_per_point: f32,
        clear: Color32,
        primitives: &[ClippedPrimitive],
    ) -> ColorImage {
        let [width, height] = size_px;
        let scale_is_usable = pixels_per_point.is_normal() && pixels_per_point > 0.0;
        if width == 0 || height == 0 || !scale_is_usable {
            return ColorImage::filled(size_px, clear);
        }
        let mut pixels = vec![Pixel::from(clear); width * height];
        let frame = Frame {
            textures: &self.textures,
            size_px,
            pixels_per_point,
            primitives,
        };
        let band_rows = band_rows(height, rayon::current_num_threads());
        pixels
            .par_chunks_mut(width * band_rows)
            .enumerate()
            .for_each(|(i, pixels)| {
                frame.paint_band(Band {
                    pixels,
                    width,
                    first_row: (i * band_rows) as i32,
                });
            });
        ColorImage::new(size_px, pixels.into_iter().map(Color32::from).collect())
    }
}

/// One thread walks the meshes once; more of them share the rows.
fn band_rows(height: usize, threads: usize) -> usize {
    if threads == 1 {
        return height;
    }
    height
        .div_ceil(threads * BANDS_PER_THREAD)
        .max(MIN_BAND_ROWS)
        .min(height)
}

/// Everything a band needs to know.
struct Frame<'a> {
    textures: &'a TextureStore,
    size_px: [usize; 2],
    pixels_per_point: f32,
    primitives: &'a [ClippedPrimitive],
}

impl Frame<'_> {
    fn paint_band(&self, mut band: Band<'_>) {
        let bottom = band.first_row + (band.pixels.len() / band.width) as i32;
        for primitive in self.primitives {
            let clip_rect = primitive.clip_rect;
            let clip = PixelRect::from_clip_rect(clip_rect, self.pixels_per_point, self.size_px)
                .within_rows(band.first_row, bottom);
            // A callback is a command to a graphics card; there is nobody to give it to.
            let Primitive::Mesh(mesh) = &primitive.primitive else {
                continue;
            };
            if clip.is_empty() {
                continue;
            }
            if let Some(texture) = self.textures.get(mesh.texture_id) {
                MeshPainter::new(texture, self.pixels_per_point, clip).paint(&mut band, mesh);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_neither_tiny_nor_higher_than_the_picture() {
        assert_eq!(band_rows(800, 1), 800);
        assert_eq!(band_rows(800, 2), 134);
        assert_eq!(band_rows(800, 64), MIN_BAND_ROWS);
        assert_eq!(band_rows(5, 64), 5);
    }
}
