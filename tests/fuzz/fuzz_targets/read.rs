//! Any bytes go through unpacking, reading, exporting and writing; and what was written must read as the same rows again.
//!
//! The reader's source is compiled in directly, so that fuzzing does not build the window.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[allow(dead_code, unreachable_pub, rustdoc::broken_intra_doc_links)]
#[path = "../../../src/format/mod.rs"]
mod format;

fuzz_target!(|data: &[u8]| {
    let Ok(unpacked) = format::container::unpack(data) else {
        return;
    };
    let Ok(document) = format::read(&unpacked.bytes) else {
        return;
    };
    let mut json = Vec::new();
    format::export::json(&document, None, &mut json).unwrap();
    serde_json::from_slice::<serde_json::Value>(&json).expect("the export is JSON");
    let written = format::write::to_bytes(&document);
    let again = format::read(&written).expect("what was written is a round file");
    assert_eq!(again.tracks.rows.len(), document.tracks.rows.len());
    assert_eq!(again.samples.time_ms, document.samples.time_ms);
    assert_eq!(again.engagements.table.rows.len(), document.engagements.table.rows.len());
    assert_eq!(again.engagements.attackers.len(), document.engagements.attackers.len());
});
