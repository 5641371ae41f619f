//! Packed paths and documents: they come back exactly as they were, and bytes that are none are refused without harm.

mod damage;
mod files;
mod paths;
mod size;
#[path = "../support/mod.rs"]
mod support;

use sandtable::format::Document;
use sandtable::library::pack::{decode_image, encode_image, encode_path};

/// Numbers that look random and are the same on every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0.rotate_left(29) ^ self.0
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() >> 20) as usize % n.max(1)
    }
}

/// A document as an image, and a BLOB per life.
pub(crate) fn packed(document: &Document) -> (Vec<u8>, Vec<Vec<u8>>) {
    let lives = document.tracks.rows.iter();
    let paths = lives.map(|life| {
        let mut out = Vec::new();
        let range = life.path.range();
        encode_path(&document.samples, &document.strings, range, &mut out);
        out
    });
    (encode_image(document), paths.collect())
}

/// Everything a document holds as text. Numbers that differ in a bit differ here too, and unlike those of `==`, NaNs are equal.
pub(crate) fn told(document: &Document) -> String {
    let strings = &document.strings;
    let raw: Vec<&[u8]> = strings.iter().map(|sym| strings.raw(sym)).collect();
    format!("{raw:?} {document:#?}")
}

/// That a document comes back as it was.
pub(crate) fn assert_comes_back(document: &Document, what: &str) {
    let (image, paths) = packed(document);
    let back = decode_image(&image, &paths).unwrap_or_else(|damaged| panic!("{what}: {damaged}"));
    let (expected, found) = (told(document), told(&back));
    if expected != found {
        let mut lines = expected.lines().zip(found.lines()).enumerate();
        let other = lines.find(|(_, (expected, found))| expected != found);
        panic!("{what}: {other:?}");
    }
}
