//! How small packed rounds are.

use crate::{packed, support};

/// Bytes per sample of a file's paths, and bytes of its image for each byte of its text.
fn sizes(part: &str) -> (f64, f64) {
    let path = support::fixture(part);
    let document = support::document(&path);
    let (image, paths) = packed(&document);
    let bytes: usize = paths.iter().map(Vec::len).sum();
    (
        bytes as f64 / document.samples.len() as f64,
        image.len() as f64 / support::plain(&path).len() as f64,
    )
}

#[test]
fn a_sample_takes_less_than_ten_bytes() {
    // Recorded every 200 ms; every 500 ms, where a life has fewer samples and they are farther apart.
    for (part, most) in [
        ("sandpit/2026-11-19-201935", 7.0),
        ("6.11/2026-08-25-204230", 7.0),
        ("sandpit/2026-11-19-212637", 9.0),
        ("4.1/2026-01-28", 9.0),
    ] {
        let (per_sample, image) = sizes(part);
        assert!(per_sample < most, "{part}: {per_sample}");
        assert!(image < 0.1, "{part}: {image}");
    }
}
