//! Exact, compact binary forms of what a round file holds: a life's samples ([`path`]), and everything else of a document ([`image`]).
//!
//! Unpacking gives back the very document that was packed, bit for bit, and is several times as fast as reading the text. Whatever the
//! bytes, it ends with a value or with [`Damaged`]: nothing is believed before it is checked, and memory is only taken in proportion to the bytes
//! that are there. How the bytes get into a database and out again is not known here.
//!
//! # What both forms are made of
//!
//! - **Frame.** The first byte is the form's version. The last four are a checksum of all bytes before them ([`seal`]), lowest byte first.
//! - **Varint.** An unsigned number in groups of seven bits, lowest first; every byte but the last has its high bit set. At most ten bytes.
//! - **Zigzag.** A signed number `n` as an unsigned one: `2n` from zero on, `-2n - 1` below.
//! - **Text.** A varint, and as many bytes.
//! - **Lane.** A list of whole numbers whose length is known beforehand; see [`lane`].

mod bits;
mod bytes;
pub mod image;
pub mod lane;
pub mod path;
mod path_json;

pub use bytes::seal;
pub use image::{Unpacking, decode_image, encode_image};
pub use path::{LoosePath, decode_path, encode_path};
pub use path_json::path_json;

use std::fmt;

/// Packed bytes are not what the packer wrote; holds what is wrong, as a part of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged(pub &'static str);

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the packed data is damaged: {}", self.0)
    }
}

impl std::error::Error for Damaged {}
