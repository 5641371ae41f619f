//! Draws egui output to a picture on the CPU: snapshots, pictures without a display, picture and clip export.
//!
//! This is the only place that turns egui's triangles into pixels without a graphics driver. It follows the window's own painter
//! (`egui_glow`) rule for rule, so that an exported picture is what the window shows: colours are multiplied and blended in gamma
//! space with premultiplied alpha, clip rectangles are rounded the same way, vertices are snapped to 1/256 of a pixel and a pixel
//! belongs to a triangle when its centre does (the top-left rule decides on edges).
//!
//! Three things differ on purpose:
//!
//! - **Paint callbacks are skipped.** They hold graphics-card commands; what must appear in a picture needs a mesh as well.
//! - **No dithering.** The window hides banding with noise below one colour step; a picture is meant to be compared.
//! - **Order of work does not show.** Bands of rows are painted in parallel, and every pixel is the same for any number of threads.
//!
//! The road through the files: [`SoftwareRenderer`] cuts the picture into bands (`renderer`), walks each mesh (`mesh`), finds the
//! covered pixels (`coverage`), decides what colours them (`brush`) and mixes them in (`blend`).

mod blend;
mod brush;
mod coverage;
mod headless;
mod mesh;
mod mipmap;
mod pixel_rect;
mod plane;
mod png;
mod renderer;
mod sampler;
mod texture;

pub use headless::Headless;
pub use png::{encode_png, to_rgba_image};
pub use renderer::SoftwareRenderer;
