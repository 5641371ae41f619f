//! Reading texels along a row of pixels: filters, wrapping, and the choice between large and small copies of a texture.

use super::blend::{self, Pixel};
use super::plane::Planes;
use super::texture::Texture;
use eframe::egui::{Color32, ColorImage, TextureFilter, TextureWrapMode};

/// Texture coordinates along a row are whole numbers of 1/2^32 texel: additions stay exact however long the row is.
const ONE_TEXEL: f64 = (1_u64 << 32) as f64;

/// Added to every place, so that a pixel centre exactly between two texels takes the second, whatever the additions lost on the way.
const TIE: f64 = 1.0 / 65536.0;

/// Between two texels 256 steps are told apart, as graphics cards do; half a step makes cutting off a rounding.
const HALF_STEP: f64 = 1.0 / 512.0;

/// Reads a texture for the pixels of one triangle.
///
/// The mapping of a triangle is affine, so its scale, and with it the filter and the copy to read, is the same for all its pixels.
pub(super) struct Sampler<'a> {
    near: LevelSampler<'a>,
    /// The next smaller copy and its share in 1/256, where the texture blends between two.
    far: Option<(LevelSampler<'a>, u32)>,
}

impl<'a> Sampler<'a> {
    /// `uv` in 0.0..=1.0 across the texture.
    pub(super) fn new(texture: &'a Texture, uv: Planes<2>) -> Self {
        let options = texture.options();
        let texels_per_pixel = texels_per_pixel(texture.size(), uv);
        if texels_per_pixel <= 1.0 {
            let near = LevelSampler::new(texture, 0, options.magnification, uv);
            return Self { near, far: None };
        }
        let level_sampler = |level| LevelSampler::new(texture, level, options.minification, uv);
        let largest = texture.smallest_level() as f64;
        let halvings = texels_per_pixel.log2().clamp(0.0, largest);
        match options.mipmap_mode {
            None => Self {
                near: level_sampler(0),
                far: None,
            },
            Some(TextureFilter::Nearest) => Self {
                near: level_sampler((halvings - 0.5).ceil().max(0.0) as usize),
                far: None,
            },
            Some(TextureFilter::Linear) => {
                let level = halvings.floor();
                let weight = ((halvings - level) * 256.0).round() as u32;
                let far = (weight > 0).then(|| (level_sampler(level as usize + 1), weight));
                Self {
                    near: level_sampler(level as usize),
                    far,
                }
            }
        }
    }

    /// Hands each pixel of a run that starts at (`x`, `y`) to `paint`, with the texel that belongs to it.
    #[inline]
    pub(super) fn for_each_texel(
        &self,
        run: &mut [Pixel],
        (x, y): (i32, i32),
        mut paint: impl FnMut(usize, &mut Pixel, Pixel),
    ) {
        let mut at = self.near.walk_from(x, y);
        match (&self.far, self.near.filter) {
            (None, TextureFilter::Nearest) => {
                for (i, pixel) in run.iter_mut().enumerate() {
                    paint(i, pixel, self.near.nearest(at));
                    at = at.next();
                }
            }
            (None, TextureFilter::Linear) => {
                if let Some(row) = self.near.row(at) {
                    for (i, pixel) in run.iter_mut().enumerate() {
                        paint(i, pixel, row.linear(at.u));
                        at = at.next();
                    }
                } else {
                    for (i, pixel) in run.iter_mut().enumerate() {
                        paint(i, pixel, self.near.linear(at));
                        at = at.next();
                    }
                }
            }
            (Some((far, weight)), _) => {
                let mut far_at = far.walk_from(x, y);
                for (i, pixel) in run.iter_mut().enumerate() {
                    let texel = blend::lerp(self.near.read(at), far.read(far_at), *weight);
                    paint(i, pixel, texel);
                    (at, far_at) = (at.next(), far_at.next());
                }
            }
        }
    }
}

/// The colour of a texture at one place, unscaled.
pub(super) fn texel_at(texture: &Texture, uv: [f64; 2]) -> Pixel {
    let filter = texture.options().magnification;
    let sampler = LevelSampler::new(texture, 0, filter, Planes::constant(uv));
    sampler.read(sampler.walk_from(0, 0))
}

/// The longer of the steps through the texture that one pixel to the right and one pixel down make.
fn texels_per_pixel(size: [usize; 2], uv: Planes<2>) -> f64 {
    let texels = uv.scaled(size.map(|side| side as f64));
    let length = |[u, v]: [f64; 2]| (u * u + v * v).sqrt();
    length(texels.per_x()).max(length(texels.per_y()))
}

/// A place in a texture and the step to the next pixel, in 1/2^32 texel.
#[derive(Clone, Copy)]
struct Walk {
    u: i64,
    v: i64,
    step_u: i64,
    step_v: i64,
}

impl Walk {
    fn next(self) -> Self {
        Self {
            u: self.u.wrapping_add(self.step_u),
            v: self.v.wrapping_add(self.step_v),
            ..self
        }
    }

    fn part_v(self) -> u32 {
        part(self.v)
    }
}

/// How far a place is behind the centre of its texel, in 1/256.
#[inline]
fn part(place: i64) -> u32 {
    (place >> 24) as u32 & 255
}

/// Reads one copy of a texture.
struct LevelSampler<'a> {
    texels: &'a [Color32],
    width: i32,
    height: i32,
    wrap: TextureWrapMode,
    filter: TextureFilter,
    /// In texels.
    uv: Planes<2>,
}

impl<'a> LevelSampler<'a> {
    fn new(texture: &'a Texture, level: usize, filter: TextureFilter, uv: Planes<2>) -> Self {
        let image: &ColorImage = texture.level(level);
        let [width, height] = image.size;
        Self {
            texels: &image.pixels,
            width: width as i32,
            height: height as i32,
            wrap: texture.options().wrap_mode,
            filter,
            uv: uv.scaled([width as f64, height as f64]),
        }
    }

    fn walk_from(&self, x: i32, y: i32) -> Walk {
        // Between the centres of two texels a linear filter mixes both, so its zero is at the centre of the first.
        let shift = match self.filter {
            TextureFilter::Nearest => TIE,
            TextureFilter::Linear => TIE + HALF_STEP - 0.5,
        };
        let [u, v] = self.uv.at_pixel(x, y);
        let [step_u, step_v] = self.uv.per_x();
        Walk {
            u: ((u + shift) * ONE_TEXEL) as i64,
            v: ((v + shift) * ONE_TEXEL) as i64,
            step_u: (step_u * ONE_TEXEL) as i64,
            step_v: (step_v * ONE_TEXEL) as i64,
        }
    }

    fn read(&self, at: Walk) -> Pixel {
        match self.filter {
            TextureFilter::Nearest => self.nearest(at),
            TextureFilter::Linear => self.linear(at),
        }
    }

    /// The rows that a walk straight across stays in; `None` for a walk at an angle and for textures that repeat.
    fn row(&self, at: Walk) -> Option<TexelRow<'a>> {
        if at.step_v != 0 || self.wrap != TextureWrapMode::ClampToEdge {
            return None;
        }
        let width = self.width as usize;
        let v = (at.v >> 32) as i32;
        let row_of = |v: i32| {
            let start = wrapped(v, self.height, self.wrap) as usize * width;
            &self.texels[start..start + width]
        };
        Some(TexelRow {
            upper: row_of(v),
            lower: row_of(v.saturating_add(1)),
            part_v: at.part_v(),
            last: self.width - 1,
        })
    }

    #[inline]
    fn nearest(&self, at: Walk) -> Pixel {
        self.texel(
            wrapped((at.u >> 32) as i32, self.width, self.wrap),
            wrapped((at.v >> 32) as i32, self.height, self.wrap),
        )
    }

    #[inline]
    fn linear(&self, at: Walk) -> Pixel {
        let (u, v) = ((at.u >> 32) as i32, (at.v >> 32) as i32);
        let (part_u, part_v) = (part(at.u), at.part_v());
        let left = wrapped(u, self.width, self.wrap);
        let top = wrapped(v, self.height, self.wrap);
        // Text lies exactly on the pixels, so most reads are of one texel alone.
        if part_u | part_v == 0 {
            return self.texel(left, top);
        }
        let right = wrapped(u.saturating_add(1), self.width, self.wrap);
        let bottom = wrapped(v.saturating_add(1), self.height, self.wrap);
        let row = |y| [self.texel(left, y), self.texel(right, y)];
        blend::lerp_square([row(top), row(bottom)], part_u, part_v)
    }

    #[inline]
    fn texel(&self, x: i32, y: i32) -> Pixel {
        self.texels[y as usize * self.width as usize + x as usize].into()
    }
}

/// Two neighbouring rows of a texture that is not repeated: pictures and glyphs lie straight, so this is what nearly all reads are.
struct TexelRow<'a> {
    upper: &'a [Color32],
    lower: &'a [Color32],
    part_v: u32,
    last: i32,
}

impl TexelRow<'_> {
    #[expect(
        clippy::inline_always,
        reason = "the call costs a quarter of a picture's time"
    )]
    #[inline(always)]
    fn linear(&self, u: i64) -> Pixel {
        let index = (u >> 32) as i32;
        let left = index.clamp(0, self.last) as usize;
        if part(u) | self.part_v == 0 {
            return self.upper[left].into();
        }
        let right = left + usize::from(index >= 0 && index < self.last);
        let upper = [self.upper[left].into(), self.upper[right].into()];
        let lower = [self.lower[left].into(), self.lower[right].into()];
        blend::lerp_square([upper, lower], part(u), self.part_v)
    }
}

/// The texel, in `0..size`, that stands for column or row `index`.
#[inline]
fn wrapped(index: i32, size: i32, mode: TextureWrapMode) -> i32 {
    match mode {
        TextureWrapMode::ClampToEdge => index.clamp(0, size - 1),
        TextureWrapMode::Repeat => index.rem_euclid(size),
        TextureWrapMode::MirroredRepeat => {
            let there = index.div_euclid(size).rem_euclid(2) == 0;
            let along = index.rem_euclid(size);
            if there { along } else { size - 1 - along }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_outside_wrap_as_asked() {
        let row = |mode| (-4..7).map(|i| wrapped(i, 3, mode)).collect::<Vec<_>>();
        assert_eq!(
            row(TextureWrapMode::ClampToEdge),
            [0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2]
        );
        assert_eq!(
            row(TextureWrapMode::Repeat),
            [2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0]
        );
        assert_eq!(
            row(TextureWrapMode::MirroredRepeat),
            [2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0]
        );
        for index in [i32::MIN, i32::MAX] {
            for mode in [TextureWrapMode::Repeat, TextureWrapMode::MirroredRepeat] {
                assert!((0..3).contains(&wrapped(index, 3, mode)));
            }
        }
    }
}
