//! The ground as the canvas draws it: with its picture on the graphics card.

use super::canvas::Ground;
use crate::app::GroundPlan;
use eframe::egui::{ColorImage, Context, TextureOptions};

impl Ground {
    /// Uploads the picture of a plan, if it has one.
    pub fn from_plan(ctx: &Context, plan: &GroundPlan) -> Self {
        let picture = plan.picture.as_ref().map(|picture| {
            let size = [picture.width as usize, picture.height as usize];
            let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
            ctx.load_texture("map picture", image, TextureOptions::LINEAR)
        });
        Self {
            rect: plan.rect,
            source: plan.source.clone(),
            picture,
            objectives: plan.objectives.clone(),
        }
    }
}
