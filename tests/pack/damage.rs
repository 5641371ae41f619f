//! Bytes that are not what was packed: found, and never a panic or much memory.

use crate::{packed, support};
use sandtable::format::{self, Document, Samples, Strings};
use sandtable::library::pack::{
    Damaged, LoosePath, Unpacking, decode_image, decode_path, path_json, seal,
};

/// A small document with something of everything.
fn small() -> Document {
    let text = "# PROXIMITY_TRACKER_V6\n# map=supply\n# round=1\n# capabilities=shot_fired:1\n# ENGAGEMENTS\n\
        1;100;900;800;A;^1a;AXIS;killed;140;B;b;2;1;50;B,C;1.0;2.0;3.5;-4.0;5.0;6.0;77.7;\
        100,1.0,2.0,3.0,start|900,1.0,2.0,3.0,death;B,b,ALLIES,90,3,100,800,1,8:3;|C,c,ALLIES,50,1,150,150,0,3:1;\n\
        x;1\n\
        # PLAYER_TRACKS\n\
        A;a;AXIS;MEDIC;0;900;200;killed;4;0,1.0,2.0,3.0,100,0.0,8,2,0,spawn|200,-0.0,2.5,3.0,100,110.5,8,0,0,sample|\
        400,30.0,2.5,3.0,100,110.5,8,0,1,sample|900,90.0,2.5,3.0,0,0.0,8,0,0,killed\n\
        B;b;ALLIES;SOLDIER;0;;;;1;0,1.0,2.0,3.0,100,0.0,8,2,0,odd\n\
        # SHOT_FIRED\n100;B;8;1;2;3;90.25;-3.5\n200;B;8.0;1;2;3;nan;-3.5\n\
        # SPAWN_TIMING\n1;2;3;4;5;6;7;8;9;0.5;;1.5\n# NEWS\nanything\n# REVIVES";
    let document = format::read(text.as_bytes()).expect("a round file");
    assert_eq!(document.samples.len(), 5);
    assert!(document.problems.total() > 2);
    document
}

/// Tries bytes in every way.
fn try_path(bytes: &[u8]) -> Result<usize, Damaged> {
    let mut strings = Strings::default();
    let mut samples = Samples {
        event_names: vec![strings.intern(b"sample")],
        ..Samples::default()
    };
    let decoded = decode_path(bytes, &mut samples, &mut strings);
    let loose = LoosePath::decode(bytes);
    assert_eq!(loose.is_ok(), decoded.is_ok());
    assert_eq!(path_json(bytes).is_ok(), decoded.is_ok());
    let length = loose.map(|path| path.iter().count())?;
    let span = decoded?;
    assert_eq!(span.len as usize, length);
    // What is there can be looked at.
    for index in span.range() {
        let sample = samples.get(index);
        let _ = strings.text(samples.event_names[usize::from(sample.event)]);
    }
    Ok(length)
}

fn try_image(bytes: &[u8], paths: &[Vec<u8>]) -> bool {
    match decode_image(bytes, paths) {
        Ok(document) => {
            let _ = format::write::to_bytes(&document);
            true
        }
        Err(_) => false,
    }
}

/// The bytes without their checksum, changed, and with a right one again.
fn resealed(bytes: &[u8], change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut changed = bytes[..bytes.len() - 4].to_vec();
    change(&mut changed);
    seal(&mut changed, 0);
    changed
}

#[test]
fn every_truncation_is_found() {
    let (image, paths) = packed(&small());
    assert!(try_image(&image, &paths));
    for length in 0..image.len() {
        assert!(decode_image(&image[..length], &paths).is_err(), "{length}");
        if let Some(kept) = length.checked_sub(4) {
            let cut = resealed(&image, |bytes| bytes.truncate(kept));
            assert!(decode_image(&cut, &paths).is_err(), "{length} resealed");
        }
    }
    for path in &paths {
        for length in 0..path.len() {
            assert!(try_path(&path[..length]).is_err(), "{length}");
            if let Some(kept) = length.checked_sub(4) {
                let cut = resealed(path, |bytes| bytes.truncate(kept));
                assert!(try_path(&cut).is_err(), "{length} resealed");
            }
        }
    }
}

#[test]
fn something_behind_the_end_is_found() {
    let (image, paths) = packed(&small());
    let longer = resealed(&image, |bytes| bytes.push(0));
    assert!(decode_image(&longer, &paths).is_err());
    let longer = resealed(&paths[0], |bytes| bytes.push(0));
    assert!(try_path(&longer).is_err());
}

#[test]
fn every_changed_bit_is_found_by_the_checksum() {
    let (image, paths) = packed(&small());
    for bit in 0..image.len() * 8 {
        let mut changed = image.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(Unpacking::new(&changed).is_err(), "{bit}");
    }
    for bit in 0..paths[0].len() * 8 {
        let mut changed = paths[0].clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(try_path(&changed).is_err(), "{bit}");
    }
}

/// With a checksum that is right again, as a malicious file would have it.
#[test]
fn changed_bytes_with_a_right_checksum_do_no_harm() {
    let (image, paths) = packed(&small());
    let mut refused = 0;
    for at in 0..image.len() - 4 {
        for mask in [1, 2, 4, 8, 16, 32, 64, 128, 255, 0x7f] {
            let changed = resealed(&image, |bytes| bytes[at] ^= mask);
            refused += usize::from(!try_image(&changed, &paths));
        }
    }
    assert!(refused > image.len());
    let mut refused = 0;
    for path in &paths {
        for at in 0..path.len() - 4 {
            for byte in 0..=255 {
                let changed = resealed(path, |bytes| bytes[at] = byte);
                refused += usize::from(try_path(&changed).is_err());
            }
        }
    }
    assert!(refused > 1000, "{refused}");
}

#[test]
fn bytes_put_in_or_taken_out_do_no_harm() {
    let (image, paths) = packed(&small());
    for at in 1..image.len() - 4 {
        for byte in [0, 1, 0x40, 0x80, 0xff] {
            let more = resealed(&image, |bytes| bytes.insert(at, byte));
            try_image(&more, &paths);
        }
        let fewer = resealed(&image, |bytes| {
            bytes.remove(at);
        });
        try_image(&fewer, &paths);
        let long = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        let huge = resealed(&image, |bytes| drop(bytes.splice(at..=at, long)));
        try_image(&huge, &paths);
    }
    for at in 1..paths[0].len() - 4 {
        let long = [0xff, 0xff, 0xff, 0xff, 0x0f];
        let huge = resealed(&paths[0], |bytes| drop(bytes.splice(at..=at, long)));
        let _ = try_path(&huge);
    }
}

#[test]
fn paths_have_to_be_those_of_the_lives() {
    let (image, paths) = packed(&small());
    let refuses = |paths: &[&Vec<u8>]| decode_image(&image, paths).is_err();
    assert!(!refuses(&[&paths[0], &paths[1]]));
    assert!(refuses(&[]));
    assert!(refuses(&[&paths[0]]));
    assert!(refuses(&[&paths[1], &paths[0]]));
    assert!(refuses(&[&paths[0], &paths[1], &paths[1]]));
    assert!(refuses(&[&image, &paths[1]]));
}

#[test]
fn another_version_is_told() {
    let (image, paths) = packed(&small());
    let later = resealed(&image, |bytes| bytes[0] = 2);
    let error = Unpacking::new(&later).expect_err("a later version");
    let text = "the packed data is damaged: its version is not known";
    assert_eq!(error.to_string(), text);
    let later = resealed(&paths[0], |bytes| bytes[0] = 2);
    assert_eq!(try_path(&later), Err(error));
}

/// A fixture's own bytes, broken where it hurts most: in the counts at the beginning of each part.
#[test]
fn a_large_count_takes_no_memory() {
    let document = support::document(&support::fixture("3.0/"));
    let (image, paths) = packed(&document);
    for at in (1..image.len() - 4).step_by(7) {
        let changed = resealed(&image, |bytes| {
            bytes.splice(at..=at, [0xff, 0xff, 0xff, 0xff, 0x7f]);
        });
        try_image(&changed, &paths);
    }
}
