//! Halved copies of a texture, for painting it much smaller than it is without losing texels at random.

use eframe::egui::{Color32, ColorImage};

/// The picture halved again and again, down to one texel; empty when it is one texel already.
pub(super) fn smaller_levels(image: &ColorImage) -> Vec<ColorImage> {
    let mut levels: Vec<ColorImage> = Vec::new();
    loop {
        let last = levels.last().unwrap_or(image);
        if last.size == [1, 1] {
            return levels;
        }
        levels.push(halved(last));
    }
}

/// Half the size, rounded down but at least one texel; each texel is the mean of the (up to) four it stands for.
fn halved(image: &ColorImage) -> ColorImage {
    let [width, height] = image.size;
    let size = [(width / 2).max(1), (height / 2).max(1)];
    let mut pixels = Vec::with_capacity(size[0] * size[1]);
    for y in 0..size[1] {
        let rows = [2 * y, (2 * y + 1).min(height - 1)];
        for x in 0..size[0] {
            let columns = [2 * x, (2 * x + 1).min(width - 1)];
            pixels.push(mean(rows.map(|y| columns.map(|x| image[(x, y)]))));
        }
    }
    ColorImage::new(size, pixels)
}

fn mean([[a, b], [c, d]]: [[Color32; 2]; 2]) -> Color32 {
    let texels = [a, b, c, d].map(|texel| texel.to_array());
    let channel = |i: usize| {
        let sum: u16 = texels.iter().map(|texel| u16::from(texel[i])).sum();
        ((sum + 2) / 4) as u8
    };
    Color32::from_rgba_premultiplied(channel(0), channel(1), channel(2), channel(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_halve_down_to_one_texel() {
        let grays = [0, 4, 8, 8, 100, 8, 8, 8, 8, 200].map(Color32::from_gray);
        let levels = smaller_levels(&ColorImage::new([5, 2], grays.to_vec()));
        let sizes: Vec<_> = levels.iter().map(|level| level.size).collect();
        assert_eq!(sizes, [[2, 1], [1, 1]]);
        let values = |level: usize| levels[level].pixels.iter().map(Color32::r);
        assert_eq!(values(0).collect::<Vec<_>>(), [5, 8]);
        assert_eq!(values(1).collect::<Vec<_>>(), [7]);
    }
}
