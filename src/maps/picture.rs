//! Command map pictures: the one that is bundled, and decoding of any.
//!
//! Released maps' pictures belong to their authors and are never part of the program; they are read from the user's own map files. The bundled
//! one belongs to `sandpit`, the project's own map, so that the demo round has a ground to stand on.

use image::{ImageFormat, ImageReader, Limits};
use std::fmt;
use std::io::Cursor;

const SANDPIT: &[u8] = include_bytes!("../../assets/maps/sandpit.png");

/// Longest side of a picture that is decoded, in pixels. Real ones have 256 to 2048.
pub const MAX_SIDE_PX: u32 = 8192;

/// Most memory a decoder may ask for: a picture of the greatest size, and room to work.
const MAX_DECODE_BYTES: u64 = 320 << 20;

/// A decoded picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels per row, above 0.
    pub width: u32,
    /// Rows, above 0.
    pub height: u32,
    /// `width * height` pixels of red, green, blue, alpha (0 to 255, not premultiplied), rows from the top.
    pub rgba: Vec<u8>,
}

impl fmt::Debug for Picture {
    /// The size only: the pixels would fill the screen.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}

/// Why a picture cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// It is larger than [`MAX_SIDE_PX`], or would need too much memory.
    TooLarge,
    /// It is of no kind that the game uses (PNG, TGA, JPEG).
    UnknownKind,
    /// It is damaged; the decoder's words.
    Damaged(String),
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(
                f,
                "the picture is too large (at most {MAX_SIDE_PX} pixels a side)"
            ),
            Self::UnknownKind => f.write_str("the picture is neither PNG nor TGA nor JPEG"),
            Self::Damaged(reason) => write!(f, "the picture is damaged: {reason}"),
        }
    }
}

impl std::error::Error for PictureError {}

/// The encoded command map picture that comes with the program for this map (name in any case); only `sandpit` has one.
pub fn bundled_picture(map_name: &str) -> Option<&'static [u8]> {
    map_name.eq_ignore_ascii_case("sandpit").then_some(SANDPIT)
}

/// Decodes a PNG, JPEG or TGA picture.
///
/// # Errors
/// When it is too large, of another kind, or damaged. A size that the file only claims costs no memory.
pub fn decode(bytes: &[u8]) -> Result<Picture, PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind_of(bytes)?);
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE_PX);
    limits.max_image_height = Some(MAX_SIDE_PX);
    limits.max_alloc = Some(MAX_DECODE_BYTES);
    reader.limits(limits);
    let pixels = reader
        .decode()
        .map_err(|error| match error {
            image::ImageError::Limits(_) => PictureError::TooLarge,
            other => PictureError::Damaged(other.to_string()),
        })?
        .into_rgba8();
    let (width, height) = pixels.dimensions();
    if width == 0 || height == 0 {
        return Err(PictureError::Damaged("it has no pixels".to_owned()));
    }
    Ok(Picture {
        width,
        height,
        rgba: pixels.into_raw(),
    })
}

/// PNG and JPEG by their first bytes. TGA has no mark, so it is what has a colour map flag and an image type that TGA knows (`TrueVision` TGA
/// 2.0, bytes 1 and 2 of the header).
fn kind_of(bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    match image::guess_format(bytes) {
        Ok(kind @ (ImageFormat::Png | ImageFormat::Jpeg)) => Ok(kind),
        Ok(_) => Err(PictureError::UnknownKind),
        Err(_) => match bytes {
            [_, 0 | 1, 1..=3 | 9..=11, ..] => Ok(ImageFormat::Tga),
            _ => Err(PictureError::UnknownKind),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Uncompressed 24-bit TGA with the given header sizes and pixels as blue, green, red; rows from the bottom.
    fn tga(width: u16, height: u16, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        bytes.extend(width.to_le_bytes());
        bytes.extend(height.to_le_bytes());
        bytes.extend([24, 0]);
        bytes.extend(pixels);
        bytes
    }

    #[test]
    fn sandpit_has_a_picture_of_its_ground() {
        let picture = decode(bundled_picture("Sandpit").unwrap()).unwrap();
        assert_eq!((picture.width, picture.height), (1024, 1024));
        assert_eq!(picture.rgba.len(), 1024 * 1024 * 4);
        let at = |x: usize, y: usize| &picture.rgba[(y * 1024 + x) * 4..][..4];
        // Outside the walls dark, the Allied yard in the west blue, the Axis base in the east red.
        assert_eq!(at(0, 0), [15, 19, 24, 255]);
        let (west, east) = (at(130, 560), at(940, 560));
        assert!(west[2] > west[0] + 20, "{west:?}");
        assert!(east[0] > east[2] + 10, "{east:?}");
    }

    #[test]
    fn other_maps_have_none() {
        for name in ["supply", "", "sandpit.png"] {
            assert_eq!(bundled_picture(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_tga_is_turned_the_right_way_up() {
        let picture = decode(&tga(1, 2, &[1, 2, 3, 40, 50, 60])).unwrap();
        assert_eq!((picture.width, picture.height), (1, 2));
        assert_eq!(picture.rgba, [60, 50, 40, 255, 3, 2, 1, 255]);
    }

    #[test]
    fn a_claimed_size_is_refused_before_memory_is_taken() {
        assert_eq!(decode(&tga(65535, 65535, &[])), Err(PictureError::TooLarge));
        assert_eq!(decode(&tga(8193, 1, &[])), Err(PictureError::TooLarge));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [
            &b""[..],
            b"x",
            b"not a picture",
            b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        ] {
            assert_eq!(decode(bytes), Err(PictureError::UnknownKind), "{bytes:?}");
        }
    }

    #[test]
    fn a_damaged_picture_is_refused() {
        let whole = bundled_picture("sandpit").unwrap();
        for cut in [8, 20, 40, whole.len() / 2] {
            assert!(
                matches!(decode(&whole[..cut]), Err(PictureError::Damaged(_))),
                "cut at {cut}"
            );
        }
        assert!(matches!(
            decode(&tga(2, 2, &[0; 5])),
            Err(PictureError::Damaged(_))
        ));
        assert!(matches!(
            decode(&tga(0, 2, &[])),
            Err(PictureError::Damaged(_))
        ));
    }
}
