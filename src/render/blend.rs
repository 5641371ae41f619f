//! Mixing a colour into a pixel: premultiplied alpha in gamma space, `source + (1 - source alpha) * destination`.
//!
//! The results are those of exact arithmetic rounded once, as a graphics card rounds them when it stores eight bits. Sums above
//! 255 stay at 255; they come from colours with more light than alpha, which egui uses to add light.

use eframe::egui::Color32;

/// A colour in one word, so that the compiler moves it as one; red is in the lowest byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pixel(u32);

impl From<Color32> for Pixel {
    #[inline]
    fn from(color: Color32) -> Self {
        Self(u32::from_le_bytes(color.to_array()))
    }
}

impl From<Pixel> for Color32 {
    #[inline]
    fn from(pixel: Pixel) -> Self {
        let [r, g, b, a] = pixel.0.to_le_bytes();
        Self::from_rgba_premultiplied(r, g, b, a)
    }
}

impl Pixel {
    pub(super) const TRANSPARENT: Self = Self(0);
    pub(super) const WHITE: Self = Self(u32::MAX);

    #[inline]
    pub(super) fn alpha(self) -> u32 {
        self.0 >> 24
    }

    /// Red, green, blue and alpha.
    #[inline]
    pub(super) fn to_f64(self) -> [f64; 4] {
        self.0.to_le_bytes().map(f64::from)
    }

    #[inline]
    fn channel(self, i: u32) -> u32 {
        (self.0 >> (8 * i)) & 255
    }

    #[inline]
    fn from_channels(channel: impl Fn(u32) -> u32) -> Self {
        Self(channel(0) | (channel(1) << 8) | (channel(2) << 16) | (channel(3) << 24))
    }
}

/// The four channels of a pixel, each with 16 bits of room, so that one multiplication serves all.
#[derive(Clone, Copy)]
struct Lanes(u64);

/// The lower half of each lane, where the channel is.
const CHANNELS: u64 = 0x00ff_00ff_00ff_00ff;

/// Half of 255 or 256 in each lane: makes cutting off a rounding.
const HALF: u64 = 0x0080_0080_0080_0080;

impl Lanes {
    #[inline]
    fn from_pixel(pixel: Pixel) -> Self {
        let word = u64::from(pixel.0);
        Self((word | (word << 24)) & CHANNELS)
    }

    #[inline]
    fn into_pixel(self) -> Pixel {
        Pixel((self.0 | (self.0 >> 24)) as u32)
    }

    /// `self * factor / 255`, rounded; exact for all channels and all factors up to 255.
    #[inline]
    fn scaled(self, factor: u32) -> Self {
        let product = self.0 * u64::from(factor) + HALF;
        Self(((product + ((product >> 8) & CHANNELS)) >> 8) & CHANNELS)
    }

    /// `self + other`, at most 255.
    #[inline]
    fn plus(self, other: Self) -> Self {
        let sum = self.0 + other.0;
        let overflow = (sum >> 8) & 0x0001_0001_0001_0001;
        Self((sum | (overflow * 255)) & CHANNELS)
    }

    /// The way from `self` to `other` at `weight` / 256, rounded.
    #[inline]
    fn lerp(self, other: Self, weight: u32) -> Self {
        // Borrows between lanes cancel out: as one number this is `self * (256 - weight) + other * weight`.
        let way = other.0.wrapping_sub(self.0).wrapping_mul(u64::from(weight));
        let sum = (self.0 << 8).wrapping_add(way).wrapping_add(HALF);
        Self((sum >> 8) & CHANNELS)
    }
}

/// `source` over `destination`.
#[inline]
pub(super) fn over(destination: Pixel, source: Pixel) -> Pixel {
    Lanes::from_pixel(destination)
        .scaled(255 - source.alpha())
        .plus(Lanes::from_pixel(source))
        .into_pixel()
}

/// `source` over every pixel of a run.
pub(super) fn fill(run: &mut [Pixel], source: Pixel) {
    if source.alpha() == 255 {
        run.fill(source);
    } else {
        for pixel in run {
            *pixel = over(*pixel, source);
        }
    }
}

/// A source with fractions of a colour step (each channel 0.0..=255.0) over `destination`.
#[inline]
pub(super) fn over_exact(destination: Pixel, source: [f32; 4]) -> Pixel {
    // At this size the last bit of an f32 is worth one: adding it rounds, and leaves the whole number in the lowest bits.
    const ROUND: f32 = 8_388_608.0;
    let keep = 1.0 - source[3] * (1.0 / 255.0);
    let under = destination.0.to_le_bytes().map(f32::from);
    let mut sums = [0.0; 4];
    for i in 0..4 {
        let sum = source[i] + under[i] * keep;
        let sum = if sum > 0.0 { sum } else { 0.0 };
        sums[i] = if sum < 255.0 { sum } else { 255.0 } + ROUND;
    }
    Pixel::from_channels(|i| sums[i as usize].to_bits() & 255)
}

/// The product `texel * tint` over `destination`, rounded only at the end.
#[inline]
pub(super) fn over_tinted(destination: Pixel, texel: Pixel, tint: Pixel) -> Pixel {
    const ONE: u32 = 255 * 255;
    let product = |i| texel.channel(i) * tint.channel(i);
    let keep = ONE - product(3);
    Pixel::from_channels(|i| {
        let sum = product(i) * 255 + destination.channel(i) * keep;
        ((sum + ONE / 2) / ONE).min(255)
    })
}

/// `texel * tint`, each channel rounded.
#[inline]
pub(super) fn multiply(texel: Pixel, tint: Pixel) -> Pixel {
    if texel == Pixel::WHITE {
        return tint;
    }
    Pixel::from_channels(|i| (texel.channel(i) * tint.channel(i) + 127) / 255)
}

/// The way from `a` to `b` at `weight` / 256, each channel rounded.
#[inline]
pub(super) fn lerp(a: Pixel, b: Pixel, weight: u32) -> Pixel {
    Lanes::from_pixel(a)
        .lerp(Lanes::from_pixel(b), weight)
        .into_pixel()
}

/// The mixture of four neighbours: `weight_x` / 256 of the way across the upper and the lower two, `weight_y` / 256 of the way down.
#[inline]
pub(super) fn lerp_square([upper, lower]: [[Pixel; 2]; 2], weight_x: u32, weight_y: u32) -> Pixel {
    let upper = Lanes::from_pixel(upper[0]).lerp(Lanes::from_pixel(upper[1]), weight_x);
    let lower = Lanes::from_pixel(lower[0]).lerp(Lanes::from_pixel(lower[1]), weight_x);
    upper.lerp(lower, weight_y).into_pixel()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgba(r: u8, g: u8, b: u8, a: u8) -> Pixel {
        Color32::from_rgba_premultiplied(r, g, b, a).into()
    }

    /// The definition, in floating point.
    fn channel_over(under: u8, source: u8, alpha: u8) -> u8 {
        let kept = f64::from(under) * f64::from(255 - alpha) / 255.0;
        (f64::from(source) + kept).round().min(255.0) as u8
    }

    #[test]
    fn over_agrees_with_its_definition_for_every_value_and_alpha() {
        for under in 0..=255_u8 {
            for alpha in 0..=255_u8 {
                let source = alpha / 2;
                let mixed = over(
                    rgba(under, 255 - under, under, 255),
                    rgba(source, alpha, 255, alpha),
                );
                let expected = rgba(
                    channel_over(under, source, alpha),
                    channel_over(255 - under, alpha, alpha),
                    channel_over(under, 255, alpha),
                    255,
                );
                assert_eq!(mixed, expected, "under {under} alpha {alpha}");
            }
        }
    }

    #[test]
    fn a_source_of_whole_steps_is_the_same_either_way() {
        for under in 0..=255_u8 {
            for alpha in (0..=255_u8).step_by(5) {
                let below = rgba(under, 9, 255 - under, 255);
                let source = rgba(alpha / 3, alpha, 0, alpha);
                let exact = source.0.to_le_bytes().map(f32::from);
                assert_eq!(over_exact(below, exact), over(below, source));
                assert_eq!(
                    over_tinted(below, source, Pixel::WHITE),
                    over(below, source)
                );
            }
        }
    }

    #[test]
    fn light_without_alpha_is_added_and_stops_at_white() {
        let light = rgba(100, 20, 0, 0);
        assert_eq!(over(rgba(200, 10, 7, 255), light), rgba(255, 30, 7, 255));
        assert_eq!(
            over_tinted(rgba(200, 10, 7, 255), light, Pixel::WHITE),
            rgba(255, 30, 7, 255)
        );
    }

    #[test]
    fn sources_out_of_range_stop_at_the_ends() {
        let ground = rgba(10, 10, 10, 255);
        let wild = [-0.6, -1e30, 1e30, 255.0];
        assert_eq!(over_exact(ground, wild), rgba(0, 0, 255, 255));
        assert_eq!(over_exact(ground, [f32::NAN; 4]), rgba(0, 0, 0, 0));
    }

    #[test]
    fn a_tint_multiplies_before_the_blend() {
        // Half coverage of (200, 100, 50): 200 * 128 / 255 = 100.39, plus 40 * (1 - 128 / 255) = 19.92.
        let texel = rgba(128, 128, 128, 128);
        let mixed = over_tinted(rgba(40, 40, 40, 255), texel, rgba(200, 100, 50, 255));
        assert_eq!(mixed, rgba(120, 70, 45, 255));
        assert_eq!(
            multiply(texel, rgba(200, 100, 50, 255)),
            rgba(100, 50, 25, 128)
        );
    }

    #[test]
    fn lerp_meets_both_ends_and_the_middle() {
        let (a, b) = (rgba(0, 10, 255, 255), rgba(255, 20, 0, 0));
        assert_eq!(lerp(a, b, 0), a);
        assert_eq!(lerp(a, b, 256), b);
        assert_eq!(lerp(a, b, 128), rgba(128, 15, 128, 128));
    }
}
