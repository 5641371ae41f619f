//! What colours the covered pixels of a triangle: one colour, a gradient, or a tinted picture.

use super::blend::{self, Pixel};
use super::coverage::{Coverage, Run};
use super::plane::{Planes, Point};
use super::sampler::{Sampler, texel_at};
use super::texture::Texture;
use eframe::egui::epaint::{Vertex, WHITE_UV};

/// Some rows of the picture, all of its width.
pub(super) struct Band<'a> {
    pub(super) pixels: &'a mut [Pixel],
    pub(super) width: usize,
    pub(super) first_row: i32,
}

impl Band<'_> {
    fn pixels_of(&mut self, run: Run) -> &mut [Pixel] {
        let row = (run.y - self.first_row) as usize * self.width;
        &mut self.pixels[row + run.left as usize..row + run.right as usize]
    }
}

/// Colours the triangles of one mesh: texture times vertex colour, with the least work that gives it.
pub(super) struct Brush<'a> {
    texture: &'a Texture,
    /// The texel that everything without a picture points at; white in the font texture.
    plain_texel: Pixel,
}

impl<'a> Brush<'a> {
    pub(super) fn new(texture: &'a Texture) -> Self {
        Self {
            texture,
            plain_texel: texel_at(texture, [WHITE_UV.x, WHITE_UV.y].map(f64::from)),
        }
    }

    /// Paints the pixels that `shape` covers. The values at the three `corners` of the picture are those of `vertices`.
    #[inline]
    pub(super) fn paint(
        &self,
        band: &mut Band<'_>,
        shape: &impl Coverage,
        corners: [Point; 3],
        vertices: [&Vertex; 3],
    ) {
        let colors = vertices.map(|vertex| Pixel::from(vertex.color));
        let one_color = colors[0] == colors[1] && colors[0] == colors[2];
        if same_uv(vertices[0], vertices[1]) && same_uv(vertices[0], vertices[2]) {
            let texel = self.texel(vertices[0]);
            if one_color {
                paint_solid(band, shape, blend::multiply(texel, colors[0]));
            } else {
                paint_gradient(band, shape, &gradient(corners, colors, texel));
            }
            return;
        }
        let uvs = Planes::through(corners, vertices.map(uv_of));
        let sampler = Sampler::new(self.texture, uvs);
        if one_color {
            paint_picture(band, shape, &sampler, colors[0]);
        } else {
            let tints = gradient(corners, colors, Pixel::WHITE);
            paint_shaded_picture(band, shape, &sampler, &tints);
        }
    }

    fn texel(&self, vertex: &Vertex) -> Pixel {
        if vertex.uv.x == WHITE_UV.x && vertex.uv.y == WHITE_UV.y {
            self.plain_texel
        } else {
            texel_at(self.texture, uv_of(vertex))
        }
    }
}

/// Number by number, because comparing points that are not numbers is a panic in debug builds.
fn same_uv(a: &Vertex, b: &Vertex) -> bool {
    a.uv.x == b.uv.x && a.uv.y == b.uv.y
}

fn uv_of(vertex: &Vertex) -> [f64; 2] {
    [f64::from(vertex.uv.x), f64::from(vertex.uv.y)]
}

/// The colours between the corners times one texel, 0.0..=255.0.
fn gradient(corners: [Point; 3], colors: [Pixel; 3], texel: Pixel) -> Planes<4> {
    let planes = Planes::through(corners, colors.map(Pixel::to_f64));
    if texel == Pixel::WHITE {
        return planes;
    }
    planes.scaled(texel.to_f64().map(|value| value / 255.0))
}

/// The colours along a run: the first, and the step from pixel to pixel.
///
/// Inside the triangle both stay within the corners' colours, so 32 bits are enough once the start is known.
#[inline]
fn ramp(run: Run, colors: &Planes<4>) -> impl Fn(usize) -> [f32; 4] {
    let first = colors.at_pixel(run.left, run.y).map(|value| value as f32);
    let step = colors.per_x().map(|value| value as f32);
    move |i| {
        let along = i as f32;
        std::array::from_fn(|channel| first[channel] + along * step[channel])
    }
}

fn paint_solid(band: &mut Band<'_>, shape: &impl Coverage, color: Pixel) {
    if color != Pixel::TRANSPARENT {
        shape.for_each_run(|run| blend::fill(band.pixels_of(run), color));
    }
}

fn paint_gradient(band: &mut Band<'_>, shape: &impl Coverage, colors: &Planes<4>) {
    shape.for_each_run(|run| {
        let color_at = ramp(run, colors);
        for (i, pixel) in band.pixels_of(run).iter_mut().enumerate() {
            *pixel = blend::over_exact(*pixel, color_at(i));
        }
    });
}

fn paint_picture(band: &mut Band<'_>, shape: &impl Coverage, sampler: &Sampler<'_>, tint: Pixel) {
    shape.for_each_run(|run| {
        let start = (run.left, run.y);
        let pixels = band.pixels_of(run);
        if tint == Pixel::WHITE {
            sampler.for_each_texel(pixels, start, |_, pixel, texel| {
                *pixel = match texel.alpha() {
                    255 => texel,
                    _ => blend::over(*pixel, texel),
                };
            });
        } else {
            sampler.for_each_texel(pixels, start, |_, pixel, texel| {
                if texel != Pixel::TRANSPARENT {
                    *pixel = blend::over_tinted(*pixel, texel, tint);
                }
            });
        }
    });
}

fn paint_shaded_picture(
    band: &mut Band<'_>,
    shape: &impl Coverage,
    sampler: &Sampler<'_>,
    tints: &Planes<4>,
) {
    shape.for_each_run(|run| {
        let tint_at = ramp(run, tints);
        let start = (run.left, run.y);
        sampler.for_each_texel(band.pixels_of(run), start, |i, pixel, texel| {
            let tint = blend::over_exact(Pixel::TRANSPARENT, tint_at(i));
            *pixel = blend::over_tinted(*pixel, texel, tint);
        });
    });
}
