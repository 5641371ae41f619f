//! The pictures that meshes are painted with, kept up to date from egui's list of changes.

use super::mipmap;
use eframe::egui::epaint::ImageDelta;
use eframe::egui::{Color32, ColorImage, ImageData, TextureId, TextureOptions, TexturesDelta};
use std::collections::HashMap;
use std::sync::Arc;

/// One texture and how to read it.
pub(super) struct Texture {
    /// The picture, then halves of it down to one texel where the options ask for them.
    levels: Vec<Arc<ColorImage>>,
    options: TextureOptions,
}

impl Texture {
    fn new(image: Arc<ColorImage>, options: TextureOptions) -> Self {
        let mut texture = Self {
            levels: vec![image],
            options,
        };
        texture.rebuild_smaller_levels();
        texture
    }

    /// Replaces a part of the picture. What would lie outside is left away.
    fn update(&mut self, [left, top]: [usize; 2], part: &ColorImage, options: TextureOptions) {
        let image = Arc::make_mut(&mut self.levels[0]);
        let [width, height] = image.size;
        let part_width = part.width().min(width.saturating_sub(left));
        let part_height = part.height().min(height.saturating_sub(top));
        for y in 0..part_height {
            let from = y * part.width();
            let to = (top + y) * width + left;
            image.pixels[to..to + part_width]
                .copy_from_slice(&part.pixels[from..from + part_width]);
        }
        self.options = options;
        self.rebuild_smaller_levels();
    }

    fn rebuild_smaller_levels(&mut self) {
        self.levels.truncate(1);
        if self.options.mipmap_mode.is_some() {
            let smaller = mipmap::smaller_levels(&self.levels[0]);
            self.levels.extend(smaller.into_iter().map(Arc::new));
        }
    }

    pub(super) fn options(&self) -> TextureOptions {
        self.options
    }

    /// Width and height in texels; never zero.
    pub(super) fn size(&self) -> [usize; 2] {
        self.levels[0].size
    }

    /// The number of halvings that are kept.
    pub(super) fn smallest_level(&self) -> usize {
        self.levels.len() - 1
    }

    /// The picture halved `level` times, or the smallest there is.
    pub(super) fn level(&self, level: usize) -> &ColorImage {
        &self.levels[level.min(self.smallest_level())]
    }
}

/// All textures that may still be painted with.
#[derive(Default)]
pub(super) struct TextureStore {
    textures: HashMap<TextureId, Texture>,
    /// Given up by the program, but still used by the frame they were given up in.
    leaving: Vec<TextureId>,
}

impl TextureStore {
    /// Takes over the changes of one frame and empties the list.
    ///
    /// A texture freed in a frame may still be painted in that frame, so it leaves at the next call.
    pub(super) fn apply(&mut self, delta: &mut TexturesDelta) {
        for id in self.leaving.drain(..) {
            self.textures.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                self.set(id, &change);
            }
        }
        self.leaving.extend(delta.free.drain());
    }

    fn set(&mut self, id: TextureId, change: &ImageDelta) {
        let ImageData::Color(image) = &change.image;
        if !is_sound(image) {
            return;
        }
        if let Some(pos) = change.pos {
            if let Some(texture) = self.textures.get_mut(&id) {
                texture.update(pos, image, change.options);
            }
        } else {
            let texture = Texture::new(Arc::clone(image), change.options);
            self.textures.insert(id, texture);
        }
    }

    /// `None` for a texture that was never set, was freed, or lives on a graphics card.
    pub(super) fn get(&self, id: TextureId) -> Option<&Texture> {
        self.textures.get(&id)
    }
}

/// The picture has texels, and as many as its size says; its fields are public and may say anything.
fn is_sound(image: &ColorImage) -> bool {
    let [width, height] = image.size;
    let sides_fit = i32::try_from(width).is_ok() && i32::try_from(height).is_ok();
    let texels: &[Color32] = &image.pixels;
    sides_fit && !texels.is_empty() && width.checked_mul(height) == Some(texels.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: TextureId = TextureId::Managed(7);

    fn image(size: [usize; 2], value: u8) -> ColorImage {
        ColorImage::filled(size, Color32::from_gray(value))
    }

    fn store_with(changes: Vec<ImageDelta>) -> TextureStore {
        let mut delta = TexturesDelta::default();
        for change in changes {
            delta.push(ID, change);
        }
        let mut store = TextureStore::default();
        store.apply(&mut delta);
        assert!(delta.is_empty());
        store
    }

    fn grays(store: &TextureStore) -> Vec<u8> {
        let texture = store.get(ID).expect("the texture was set");
        texture.level(0).pixels.iter().map(Color32::r).collect()
    }

    #[test]
    fn a_part_replaces_only_itself() {
        let options = TextureOptions::NEAREST;
        let store = store_with(vec![
            ImageDelta::full(image([3, 2], 1), TextureOptions::LINEAR),
            ImageDelta::partial([1, 0], image([2, 1], 9), options),
        ]);
        assert_eq!(grays(&store), [1, 9, 9, 1, 1, 1]);
        assert_eq!(store.get(ID).map(Texture::options), Some(options));
    }

    #[test]
    fn a_part_beyond_the_border_is_cut() {
        let store = store_with(vec![
            ImageDelta::full(image([2, 2], 1), TextureOptions::LINEAR),
            ImageDelta::partial([1, 1], image([5, 5], 9), TextureOptions::LINEAR),
            ImageDelta::partial([9, 9], image([5, 5], 7), TextureOptions::LINEAR),
        ]);
        assert_eq!(grays(&store), [1, 1, 1, 9]);
    }

    #[test]
    fn a_part_of_nothing_and_pictures_without_texels_are_ignored() {
        let options = TextureOptions::LINEAR;
        let part = ImageDelta::partial([0, 0], image([1, 1], 9), options);
        assert!(store_with(vec![part]).get(ID).is_none());
        let empty = ImageDelta::full(image([0, 4], 9), options);
        assert!(store_with(vec![empty]).get(ID).is_none());
    }

    #[test]
    fn a_freed_texture_serves_the_frame_that_freed_it() {
        let full = ImageDelta::full(image([1, 1], 5), TextureOptions::LINEAR);
        let mut store = store_with(vec![full]);
        let mut delta = TexturesDelta::default();
        delta.free(ID);
        store.apply(&mut delta);
        assert!(store.get(ID).is_some());
        store.apply(&mut TexturesDelta::default());
        assert!(store.get(ID).is_none());
    }
}
