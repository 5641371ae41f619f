//! Player names with the game's colour codes: `^1red^7white`.
//!
//! A code is `^` and one printable ASCII character `c` other than `^`; it selects entry `(c - '0') & 31` of a table of 32 colours. A `^` before
//! another `^`, before a control character, before anything beyond ASCII or at the end is an ordinary character and is shown. So `^^1x` shows
//! a caret and a red x. Names start white.

use std::borrow::Cow;

/// A colour as the screen shows it, 0 to 255 per channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Rgb {
    /// White, which is also the colour of a name before its first code.
    pub const WHITE: Self = Self {
        r: 255,
        g: 255,
        b: 255,
    };
    /// Black.
    pub const BLACK: Self = Self { r: 0, g: 0, b: 0 };
}

/// The game's table, as fractions. The game writes these to the screen as they are, so they are screen values and not linear light.
#[rustfmt::skip]
const PALETTE: [[f32; 3]; 32] = [
    [0.0, 0.0, 0.0],    [1.0, 0.0, 0.0],    [0.0, 1.0, 0.0],   [1.0, 1.0, 0.0],
    [0.0, 0.0, 1.0],    [0.0, 1.0, 1.0],    [1.0, 0.0, 1.0],   [1.0, 1.0, 1.0],
    [1.0, 0.5, 0.0],    [0.5, 0.5, 0.5],    [0.75, 0.75, 0.75],[0.75, 0.75, 0.75],
    [0.0, 0.5, 0.0],    [0.5, 0.5, 0.0],    [0.0, 0.0, 0.5],   [0.5, 0.0, 0.0],
    [0.5, 0.25, 0.0],   [1.0, 0.6, 0.1],    [0.0, 0.5, 0.5],   [0.5, 0.0, 0.5],
    [0.0, 0.5, 1.0],    [0.5, 0.0, 1.0],    [0.2, 0.6, 0.8],   [0.8, 1.0, 0.8],
    [0.0, 0.4, 0.2],    [1.0, 0.0, 0.2],    [0.7, 0.1, 0.1],   [0.6, 0.2, 0.0],
    [0.8, 0.6, 0.2],    [0.6, 0.6, 0.2],    [1.0, 1.0, 0.75],  [1.0, 1.0, 0.5],
];

/// The colour that `^` and this character select, or `None` if the two are no code.
pub fn colour_of_code(code: char) -> Option<Rgb> {
    let printable = matches!(code, ' '..='~');
    if !printable || code == '^' {
        return None;
    }
    let index = (code as u8).wrapping_sub(b'0') & 31;
    let [r, g, b] = PALETTE[usize::from(index)].map(|part| (part * 255.0).round() as u8);
    Some(Rgb { r, g, b })
}

/// The name's visible runs of one colour each, in order. Runs are never empty; a name of codes only has none.
pub fn spans(name: &str) -> Spans<'_> {
    Spans {
        rest: name,
        colour: Rgb::WHITE,
    }
}

/// Iterator of [`spans`].
#[derive(Clone, Debug)]
pub struct Spans<'a> {
    rest: &'a str,
    colour: Rgb,
}

impl<'a> Iterator for Spans<'a> {
    type Item = (Rgb, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (run, code) = split_at_code(self.rest);
            let colour = self.colour;
            match code {
                Some((next_colour, after)) => {
                    self.colour = next_colour;
                    self.rest = after;
                }
                None => self.rest = "",
            }
            if !run.is_empty() {
                return Some((colour, run));
            }
            code?;
        }
    }
}

/// The name without its colour codes; borrowed if it has none.
pub fn strip(name: &str) -> Cow<'_, str> {
    if split_at_code(name).1.is_none() {
        return Cow::Borrowed(name);
    }
    Cow::Owned(spans(name).map(|(_, run)| run).collect())
}

/// What stands before the first code, and the code's colour with what stands after it.
fn split_at_code(text: &str) -> (&str, Option<(Rgb, &str)>) {
    for (at, _) in text.match_indices('^') {
        let mut after = text[at + 1..].chars();
        if let Some(colour) = after.next().and_then(colour_of_code) {
            return (&text[..at], Some((colour, after.as_str())));
        }
    }
    (text, None)
}

/// The least contrast a name needs against what it stands on (WCAG 2 for large text and graphics). Higher would wash out the hue.
const MIN_CONTRAST: f32 = 3.0;
/// The lightest surface of the dark theme and the darkest one of the light theme, on which names have to be read.
const DARK_SURFACE: Rgb = Rgb {
    r: 0x23,
    g: 0x27,
    b: 0x30,
};
const LIGHT_SURFACE: Rgb = Rgb {
    r: 0xEC,
    g: 0xEE,
    b: 0xF1,
};

/// The colour itself if it can be read on the dark theme, else the nearest mixture with white that can: black becomes grey, dark blue a lighter
/// blue.
pub fn readable_on_dark(colour: Rgb) -> Rgb {
    mixed_until_readable(colour, Rgb::WHITE, DARK_SURFACE)
}

/// The colour itself if it can be read on the light theme, else the nearest mixture with black that can: white becomes grey, yellow olive.
pub fn readable_on_light(colour: Rgb) -> Rgb {
    mixed_until_readable(colour, Rgb::BLACK, LIGHT_SURFACE)
}

fn mixed_until_readable(colour: Rgb, towards: Rgb, surface: Rgb) -> Rgb {
    const STEPS: u16 = 32;
    (0..=STEPS)
        .map(|step| {
            let mix = |from: u8, to: u8| {
                ((u16::from(from) * (STEPS - step) + u16::from(to) * step) / STEPS) as u8
            };
            Rgb {
                r: mix(colour.r, towards.r),
                g: mix(colour.g, towards.g),
                b: mix(colour.b, towards.b),
            }
        })
        .find(|&candidate| contrast(candidate, surface) >= MIN_CONTRAST)
        .unwrap_or(towards)
}

/// Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(a: Rgb, b: Rgb) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance, 0 to 1 (WCAG 2.2, sRGB).
fn luminance(colour: Rgb) -> f32 {
    let linear = |part: u8| {
        let part = f32::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Rgb = Rgb { r: 255, g: 0, b: 0 };
    const YELLOW: Rgb = Rgb {
        r: 255,
        g: 255,
        b: 0,
    };

    fn runs(name: &str) -> Vec<(Rgb, &str)> {
        spans(name).collect()
    }

    #[test]
    fn colours_change_at_codes() {
        assert_eq!(
            runs("a^1b^3c"),
            [(Rgb::WHITE, "a"), (RED, "b"), (YELLOW, "c")]
        );
        assert_eq!(strip("^5salt^7_^1c^2o^3r^4a^5l"), "salt_coral");
    }

    #[test]
    fn the_code_is_the_distance_from_zero_in_a_circle_of_32() {
        for (code, rgb) in [
            ('0', [0, 0, 0]),
            ('7', [255, 255, 255]),
            ('8', [255, 128, 0]),
            ('9', [128, 128, 128]),
            (':', [191, 191, 191]),
            ('@', [128, 64, 0]),
            ('A', [255, 153, 26]),
            ('O', [255, 255, 128]),
            // One turn of the circle: P is 0 again, and so is p.
            ('P', [0, 0, 0]),
            ('p', [0, 0, 0]),
            ('q', [255, 0, 0]),
            ('o', [255, 255, 128]),
            // Below '0' it turns the other way.
            (' ', [128, 64, 0]),
            ('/', [255, 255, 128]),
            ('~', [0, 0, 128]),
        ] {
            let [r, g, b] = rgb;
            assert_eq!(colour_of_code(code), Some(Rgb { r, g, b }), "{code:?}");
        }
    }

    #[test]
    fn a_caret_that_is_no_code_is_shown() {
        assert_eq!(runs("^"), [(Rgb::WHITE, "^")]);
        assert_eq!(runs("a^"), [(Rgb::WHITE, "a^")]);
        assert_eq!(runs("^^"), [(Rgb::WHITE, "^^")]);
        assert_eq!(runs("^1x^"), [(RED, "x^")]);
        assert_eq!(runs("^\u{1}x"), [(Rgb::WHITE, "^\u{1}x")]);
        assert_eq!(runs("^\u{7f}"), [(Rgb::WHITE, "^\u{7f}")]);
        assert_eq!(runs("^\nx"), [(Rgb::WHITE, "^\nx")]);
    }

    #[test]
    fn a_doubled_caret_shows_one_and_starts_a_code() {
        assert_eq!(runs("^^1"), [(Rgb::WHITE, "^")]);
        assert_eq!(runs("^^1x"), [(Rgb::WHITE, "^"), (RED, "x")]);
        assert_eq!(strip("^^1x"), "^x");
    }

    #[test]
    fn letters_beyond_ascii_are_no_code_and_stay_whole() {
        assert_eq!(runs("^üx"), [(Rgb::WHITE, "^üx")]);
        assert_eq!(runs("^\u{fffd}"), [(Rgb::WHITE, "^\u{fffd}")]);
        assert_eq!(
            runs("Žan^oüñé★"),
            [
                (Rgb::WHITE, "Žan"),
                (
                    Rgb {
                        r: 255,
                        g: 255,
                        b: 128
                    },
                    "üñé★"
                )
            ]
        );
        assert_eq!(strip("^1漢^2字"), "漢字");
    }

    #[test]
    fn names_without_text_have_no_runs() {
        assert_eq!(runs(""), []);
        assert_eq!(runs("^1^2^3"), []);
        assert_eq!(strip("^1^2"), "");
    }

    #[test]
    fn a_name_without_codes_is_not_copied() {
        assert!(matches!(
            strip("plain^^é name^"),
            Cow::Borrowed("plain^^é name^")
        ));
    }

    #[test]
    fn a_run_keeps_its_colour_when_the_same_code_comes_again() {
        assert_eq!(runs("^1a^1b"), [(RED, "a"), (RED, "b")]);
    }

    #[test]
    fn every_colour_can_be_read_on_both_themes() {
        for code in '0'..='O' {
            let colour = colour_of_code(code);
            let Some(colour) = colour else { continue };
            assert!(
                contrast(readable_on_dark(colour), DARK_SURFACE) >= MIN_CONTRAST,
                "{code}"
            );
            assert!(
                contrast(readable_on_light(colour), LIGHT_SURFACE) >= MIN_CONTRAST,
                "{code}"
            );
        }
    }

    #[test]
    fn only_colours_that_need_it_are_changed() {
        assert_eq!(readable_on_dark(YELLOW), YELLOW);
        assert_eq!(readable_on_dark(Rgb::WHITE), Rgb::WHITE);
        assert_eq!(readable_on_light(Rgb::BLACK), Rgb::BLACK);

        let black = readable_on_dark(Rgb::BLACK);
        assert!(
            black.r == black.g && black.g == black.b && black.r > 80,
            "{black:?}"
        );
        let blue = readable_on_dark(Rgb { r: 0, g: 0, b: 128 });
        assert!(
            blue.b > blue.r && blue.r == blue.g && blue.b > 128,
            "{blue:?}"
        );
    }

    #[test]
    fn contrast_is_the_published_one() {
        assert!((contrast(Rgb::WHITE, Rgb::BLACK) - 21.0).abs() < 1e-3);
        assert!((contrast(RED, Rgb::WHITE) - 3.998).abs() < 1e-2);
    }
}
