//! Running a user interface without a window, for its picture.

use super::renderer::SoftwareRenderer;
use eframe::egui::{
    Color32, ColorImage, Context, FullOutput, Pos2, RawInput, Rect, Ui, Vec2, ViewportId,
};

/// Seconds between two frames. Longer than any animation of egui, so that each is over in the next frame.
const FRAME_SECONDS: f64 = 0.25;

/// The largest texture a program may load, in texels along a side: what graphics cards of the game's time can hold.
const MAX_TEXTURE_SIDE: usize = 8192;

/// The largest picture, in pixels along a side.
const MAX_PICTURE_SIDE: f32 = 16384.0;

/// A user interface with nobody in front of it.
///
/// Time is counted in frames, not taken from a clock: the same interface run the same number of frames gives the same picture.
pub struct Headless {
    context: Context,
    renderer: SoftwareRenderer,
    size_points: Vec2,
    pixels_per_point: f32,
    clear: Color32,
    frames_run: u32,
}

impl Headless {
    /// An interface of `size_points`, painted with `pixels_per_point`.
    pub fn new(size_points: Vec2, pixels_per_point: f32) -> Self {
        Self {
            context: Context::default(),
            renderer: SoftwareRenderer::new(),
            size_points,
            pixels_per_point,
            clear: Color32::BLACK,
            frames_run: 0,
        }
    }

    /// The colour behind the interface, premultiplied; black unless set.
    #[must_use]
    pub fn with_clear_color(mut self, clear: Color32) -> Self {
        self.clear = clear;
        self
    }

    /// The context the interface runs in: for fonts, theme and textures.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Runs `frames` frames (at least one) and returns the picture of the last.
    ///
    /// Most interfaces know their layout after two frames and are at rest after three.
    pub fn run(&mut self, frames: usize, mut add_contents: impl FnMut(&mut Ui)) -> ColorImage {
        for _ in 1..frames {
            self.frame(&mut add_contents);
        }
        let output = self.frame(&mut add_contents);
        let scale = output.pixels_per_point;
        let primitives = self.context.tessellate(output.shapes, scale);
        let size_px = self.size_px();
        self.renderer
            .render(size_px, scale, self.clear, &primitives)
    }

    /// Width and height of the picture in pixels.
    fn size_px(&self) -> [usize; 2] {
        let size = self.size_points * self.pixels_per_point;
        [size.x, size.y].map(|side| side.round().min(MAX_PICTURE_SIDE) as usize)
    }

    /// Every frame's textures are taken over, even if its picture is not wanted: later frames only mention changes.
    fn frame(&mut self, add_contents: &mut impl FnMut(&mut Ui)) -> FullOutput {
        let mut output = self.context.run_ui(self.input(), &mut *add_contents);
        self.renderer.apply_textures(&mut output.textures_delta);
        self.frames_run += 1;
        output
    }

    fn input(&self) -> RawInput {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size_points)),
            max_texture_side: Some(MAX_TEXTURE_SIDE),
            time: Some(f64::from(self.frames_run) * FRAME_SECONDS),
            predicted_dt: FRAME_SECONDS as f32,
            focused: false,
            ..RawInput::default()
        };
        let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
        viewport.native_pixels_per_point = Some(self.pixels_per_point);
        input
    }
}
