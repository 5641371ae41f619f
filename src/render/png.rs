//! Pictures as files: from premultiplied colours to what PNG stores.

use eframe::egui::{Color32, ColorImage};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _, ImageResult, RgbaImage};

/// The picture with colours that are not multiplied by their alpha, row by row, four bytes a pixel.
fn straight_bytes(picture: &ColorImage) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(picture.pixels.len() * 4);
    for pixel in &picture.pixels {
        bytes.extend(pixel.to_srgba_unmultiplied());
    }
    bytes
}

fn size_of(picture: &ColorImage) -> [u32; 2] {
    picture.size.map(|side| side as u32)
}

/// The picture as the `image` crate holds it, colours not multiplied by alpha.
pub fn to_rgba_image(picture: &ColorImage) -> RgbaImage {
    let [width, height] = size_of(picture);
    RgbaImage::from_raw(width, height, straight_bytes(picture)).unwrap_or_default()
}

/// The bytes of a PNG file with the picture.
///
/// A picture without transparent pixels is stored without alpha, which is a quarter less to read.
///
/// # Errors
///
/// When the picture has no pixels, or its size does not agree with their number.
pub fn encode_png(picture: &ColorImage) -> ImageResult<Vec<u8>> {
    let [width, height] = size_of(picture);
    let mut file = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive);
    let is_opaque = picture.pixels.iter().all(Color32::is_opaque);
    let (bytes, color) = if is_opaque {
        let rgb = picture.pixels.iter();
        let rgb = rgb.flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]);
        (rgb.collect(), ExtendedColorType::Rgb8)
    } else {
        (straight_bytes(picture), ExtendedColorType::Rgba8)
    };
    check_length(&bytes, size_of(picture), color)?;
    encoder.write_image(&bytes, width, height, color)?;
    Ok(file)
}

/// The encoder treats a wrong number of bytes as a mistake of the program and panics.
fn check_length(bytes: &[u8], size: [u32; 2], color: ExtendedColorType) -> ImageResult<()> {
    let [width, height] = size.map(u64::from);
    let expected = width * height * u64::from(color.bits_per_pixel() / 8);
    if expected == bytes.len() as u64 && expected > 0 {
        return Ok(());
    }
    let kind = image::error::ParameterErrorKind::DimensionMismatch;
    let error = image::error::ParameterError::from_kind(kind);
    Err(image::ImageError::Parameter(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(file: &[u8]) -> image::DynamicImage {
        image::load_from_memory(file).expect("the encoder writes what the decoder reads")
    }

    #[test]
    fn an_opaque_picture_keeps_its_bytes_and_has_no_alpha() {
        let pixels = vec![Color32::from_rgb(1, 2, 3), Color32::from_rgb(250, 128, 0)];
        let file = encode_png(&ColorImage::new([2, 1], pixels)).expect("two pixels");
        let image = decoded(&file);
        assert_eq!(image.color(), image::ColorType::Rgb8);
        assert_eq!(image.to_rgb8().as_raw(), &[1, 2, 3, 250, 128, 0]);
    }

    #[test]
    fn alpha_is_divided_out() {
        let pixels = vec![
            Color32::from_rgba_premultiplied(64, 0, 128, 128),
            Color32::TRANSPARENT,
        ];
        let picture = ColorImage::new([1, 2], pixels);
        let file = encode_png(&picture).expect("two pixels");
        let expected = [128, 0, 255, 128, 0, 0, 0, 0];
        assert_eq!(decoded(&file).to_rgba8().as_raw(), &expected);
        assert_eq!(to_rgba_image(&picture).as_raw(), &expected);
    }

    #[test]
    fn a_picture_without_pixels_is_an_error() {
        assert!(encode_png(&ColorImage::filled([0, 3], Color32::WHITE)).is_err());
        let mut torn = ColorImage::filled([2, 2], Color32::WHITE);
        torn.pixels.pop();
        assert!(encode_png(&torn).is_err());
    }
}
