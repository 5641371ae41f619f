//! Packed round files: `.gz` is recognised by its content, not its name.

use super::refusal::Refusal;
use std::borrow::Cow;
use std::io::Read;

/// Nothing larger is taken for a round file (the largest real ones are some 15 MB); also what keeps line numbers and string
/// positions within 32 bits, and an archive that unpacks to terabytes from filling the memory.
pub const MOST_BYTES: u64 = 1 << 30;

/// A file's plain bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked<'a> {
    /// The bytes, as far as they could be unpacked.
    pub bytes: Cow<'a, [u8]>,
    /// It was packed.
    pub was_packed: bool,
    /// What the unpacker stopped at; `bytes` holds what came before.
    pub damage: Option<String>,
}

/// The plain bytes of a round file that may be packed with gzip. A damaged archive gives what could be unpacked.
///
/// # Errors
/// [`Refusal::DamagedArchive`] when nothing could be unpacked, [`Refusal::TooLarge`] beyond [`MOST_BYTES`].
pub fn unpack(bytes: &[u8]) -> Result<Unpacked<'_>, Refusal> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(Unpacked {
            bytes: Cow::Borrowed(bytes),
            was_packed: false,
            damage: None,
        });
    }
    let mut plain = Vec::with_capacity(bytes.len().saturating_mul(5).min(MOST_BYTES as usize));
    let unpacking = flate2::read::MultiGzDecoder::new(bytes)
        .take(MOST_BYTES + 1)
        .read_to_end(&mut plain);
    let damage = unpacking.err().map(|error| error.to_string());
    if plain.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    match damage {
        Some(why) if plain.is_empty() => Err(Refusal::DamagedArchive(why)),
        damage => Ok(Unpacked {
            bytes: Cow::Owned(plain),
            was_packed: true,
            damage,
        }),
    }
}

/// Packs the bytes of a round file.
///
/// # Errors
/// None in practice: the target is memory.
pub fn pack(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_and_unpacking_give_the_same_bytes() {
        let plain = b"# PROXIMITY_TRACKER_V6\n".repeat(1000);
        let packed = pack(&plain).unwrap();
        assert!(packed.len() < 1000);
        let unpacked = unpack(&packed).unwrap();
        assert_eq!(unpacked.bytes, plain);
        assert_eq!((unpacked.was_packed, unpacked.damage), (true, None));
        assert_eq!(unpack(&plain).unwrap().bytes, plain);
    }

    #[test]
    fn a_cut_archive_gives_what_is_readable() {
        let packed = pack(b"some text").unwrap();
        let cut = unpack(&packed[..packed.len() - 6]).unwrap();
        assert_eq!(cut.bytes.as_ref(), b"some text");
        assert!(cut.damage.is_some());
        let head_only = unpack(&packed[..10]);
        assert!(
            matches!(head_only, Err(Refusal::DamagedArchive(_))),
            "{head_only:?}"
        );
    }
}
