//! Samples: real ones are in `files`, these are the ones that no tracker writes.

use crate::{Dice, support};
use sandtable::format::{Sample, Samples, Span, Strings};
use sandtable::library::pack::path::KNOWN_EVENTS;
use sandtable::library::pack::{LoosePath, decode_path, encode_path, path_json};

/// Bits, so that zeros of either sign and NaNs are told apart.
type Bits = ([i64; 5], [u32; 4], Vec<u8>);

fn bits(sample: Sample, event: &[u8]) -> Bits {
    let whole = [
        i64::from(sample.time_ms),
        i64::from(sample.health),
        i64::from(sample.weapon),
        i64::from(sample.stance),
        i64::from(sample.sprint),
    ];
    let reals = [sample.x, sample.y, sample.z, sample.speed].map(f32::to_bits);
    (whole, reals, event.to_vec())
}

fn all_bits(samples: &Samples, strings: &Strings) -> Vec<Bits> {
    let all = (0..samples.len()).map(|index| samples.get(index));
    all.map(|sample| {
        let name = samples.event_names[usize::from(sample.event)];
        bits(sample, strings.raw(name))
    })
    .collect()
}

fn push(samples: &mut Samples, sample: Sample) {
    samples.time_ms.push(sample.time_ms);
    samples.x.push(sample.x);
    samples.y.push(sample.y);
    samples.z.push(sample.z);
    samples.health.push(sample.health);
    samples.speed.push(sample.speed);
    samples.weapon.push(sample.weapon);
    samples.stance.push(sample.stance);
    samples.sprint.push(sample.sprint);
    samples.event.push(sample.event);
}

/// Columns with the names of events that a file begins with.
fn empty() -> (Samples, Strings) {
    let mut strings = Strings::default();
    let samples = Samples {
        event_names: vec![strings.intern(b"sample"), strings.intern(b"spawn")],
        ..Samples::default()
    };
    (samples, strings)
}

fn packed(samples: &Samples, strings: &Strings) -> Vec<u8> {
    let mut out = Vec::new();
    encode_path(samples, strings, 0..samples.len(), &mut out);
    out
}

/// Packs the samples and unpacks them behind others of another file.
fn assert_comes_back(samples: &Samples, strings: &Strings) {
    let bytes = packed(samples, strings);
    let (mut back, mut names) = empty();
    push(&mut back, Sample::default());
    let span = decode_path(&bytes, &mut back, &mut names).expect("a path");
    let len = samples.len() as u32;
    assert_eq!(span, Span { start: 1, len });
    assert_eq!(all_bits(&back, &names)[1..], all_bits(samples, strings));
    let loose = LoosePath::decode(&bytes).expect("a path");
    let loose: Vec<Bits> = loose
        .iter()
        .map(|(sample, event)| bits(sample, event))
        .collect();
    assert_eq!(loose, all_bits(samples, strings));
}

#[test]
fn extremes_come_back() {
    let (mut samples, mut strings) = empty();
    samples.event_names.push(strings.intern(b"\xffodd;"));
    samples.event_names.push(strings.intern(b""));
    let reals = [
        0.0,
        -0.0,
        0.1,
        -0.1,
        0.05,
        1e-40,
        419_430.3,
        419_430.4,
        -8_388_608.0,
        16_777_216.0,
        f32::MAX,
        f32::MIN,
        f32::INFINITY,
        f32::NAN,
        f32::from_bits(0xffc1_2345),
    ];
    let times = [0, i32::MAX, i32::MIN, -1, 200, 400, 600, 500, 500];
    let small = [0, i16::MAX, i16::MIN, -1, 8];
    for nth in 0..200_usize {
        push(
            &mut samples,
            Sample {
                time_ms: times[nth % times.len()],
                x: reals[nth % reals.len()],
                y: reals[nth * 7 % reals.len()],
                z: reals[nth / 3 % reals.len()],
                health: times[nth * 2 % times.len()],
                speed: reals[nth * 4 % reals.len()],
                weapon: small[nth % small.len()],
                stance: small[nth / 2 % small.len()],
                sprint: small[nth / 3 % small.len()],
                event: (nth / 5 % 4) as u8,
            },
        );
        assert_comes_back(&samples, &strings);
    }
}

#[test]
fn samples_made_up_by_dice_come_back() {
    let mut dice = Dice(11);
    for _ in 0..300 {
        let (mut samples, mut strings) = empty();
        for name in KNOWN_EVENTS {
            let name = strings.intern(name.as_bytes());
            if !samples.event_names.contains(&name) {
                samples.event_names.push(name);
            }
        }
        // How wild each column is.
        let wild: [usize; 10] = std::array::from_fn(|_| dice.below(5));
        let mut sample = Sample::default();
        for _ in 0..dice.below(100) {
            let mut change = |column: usize, usual: i64| match wild[column] {
                0 => 0,
                1 => usual,
                2 => usual + dice.below(9) as i64 - 4,
                3 => dice.below(4000) as i64 - 2000,
                _ => dice.next() as i64,
            };
            sample.time_ms = sample.time_ms.wrapping_add(change(0, 200) as i32);
            let mut tenths = |column, before: f32| {
                let change = change(column, 3);
                match wild[column] {
                    4 => f32::from_bits(change as u32),
                    _ => ((f64::from(before) * 10.0).round() as i64 + change) as f32 / 10.0,
                }
            };
            sample.x = tenths(1, sample.x);
            sample.y = tenths(2, sample.y);
            sample.z = tenths(3, sample.z);
            sample.speed = tenths(4, sample.speed);
            sample.health = sample.health.wrapping_add(change(5, 0) as i32);
            sample.weapon = change(6, 8) as i16;
            sample.stance = change(7, 0) as i16;
            sample.sprint = change(8, 1) as i16;
            sample.event = (change(9, 0).unsigned_abs() % samples.event_names.len() as u64) as u8;
            push(&mut samples, sample);
        }
        assert_comes_back(&samples, &strings);
    }
}

#[test]
fn as_many_events_as_a_file_can_have_come_back() {
    let (mut samples, mut strings) = empty();
    for nth in 2..256 {
        let name = strings.intern(format!("event{nth}").as_bytes());
        samples.event_names.push(name);
    }
    for event in 0..=255 {
        push(
            &mut samples,
            Sample {
                event,
                ..Sample::default()
            },
        );
    }
    assert_comes_back(&samples, &strings);
    // One more has no code.
    let bytes = packed(&samples, &strings);
    let (mut back, mut names) = empty();
    let name = names.intern(b"one more");
    back.event_names.push(name);
    assert!(decode_path(&bytes, &mut back, &mut names).is_err());
    assert!(back.is_empty() && back.event.is_empty());
}

#[test]
fn a_path_goes_behind_what_is_there() {
    let document = support::document(&support::fixture("4.1/2026-01-28"));
    let life = document.tracks.rows.iter().max_by_key(|life| life.path.len);
    let range = life.expect("a life").path.range();
    let mut out = b"before".to_vec();
    encode_path(
        &document.samples,
        &document.strings,
        range.clone(),
        &mut out,
    );
    let path = LoosePath::decode(&out[6..]).expect("a path");
    assert_eq!(path.len(), range.len());
    assert!(!path.is_empty());
    assert_eq!(&out[..6], b"before");
}

#[test]
fn json_names_every_column() {
    let (mut samples, mut strings) = empty();
    samples.event_names.push(strings.intern(b"od\"d"));
    let sample = Sample {
        time_ms: -150,
        x: -139.4,
        y: 1047.3,
        z: -0.0,
        health: 140,
        speed: 352.1,
        weapon: 8,
        stance: 2,
        sprint: 1,
        event: 1,
    };
    push(&mut samples, sample);
    push(
        &mut samples,
        Sample {
            time_ms: 50,
            x: f32::NAN,
            event: 2,
            ..sample
        },
    );
    assert_eq!(
        path_json(&packed(&samples, &strings)).as_deref(),
        Ok(concat!(
            r#"[{"time":-150,"x":-139.4,"y":1047.3,"z":-0.0,"health":140,"speed":352.1,"weapon":8,"stance":2,"sprint":1,"event":"spawn"},"#,
            r#"{"time":50,"x":null,"y":1047.3,"z":-0.0,"health":140,"speed":352.1,"weapon":8,"stance":2,"sprint":1,"event":"od\"d"}]"#
        ))
    );
    let (samples, strings) = empty();
    assert_eq!(path_json(&packed(&samples, &strings)).as_deref(), Ok("[]"));
    assert!(path_json(b"").is_err());
}

/// The bytes of version 1 as they are documented: another program may read them.
#[test]
fn the_bytes_are_the_documented_ones() {
    let (mut samples, strings) = empty();
    for nth in 0..4_i16 {
        push(
            &mut samples,
            Sample {
                time_ms: 1000 + i32::from(nth) * 200,
                x: f32::from(nth) * 2.0,
                y: -0.0,
                z: 24.1,
                health: 100,
                speed: 0.0,
                weapon: 8,
                stance: i16::from(nth == 0) * 2,
                sprint: 0,
                event: u8::from(nth == 0),
            },
        );
    }
    let bytes = packed(&samples, &strings);
    let (body, _checksum) = bytes.split_last_chunk::<4>().expect("a checksum");
    let expected: &[&[u8]] = &[
        &[1, 4],
        // Changes of steps: 1000, 200; two numbers of no bits.
        &[2, 0xd0, 0x0f, 0x90, 0x03, 0],
        // x: 0, 20, 40, 60 in tenths.
        &[2, 0, 40, 0],
        // y: zeros that are replaced below; z: 241; speed: 0. Distances from the smallest.
        &[0, 0, 0],
        &[0, 0xe2, 0x03, 0],
        &[0, 0, 0],
        // Four exceptions: the first at place 1, then every fourth.
        &[
            4, 1, 0, 0, 0, 0x80, 3, 0, 0, 0, 0x80, 3, 0, 0, 0, 0x80, 3, 0, 0, 0, 0x80,
        ],
        // Health 100, weapon 8, stance 2 once and 0 three times, sprint 0.
        &[0xc8, 0x01, 3],
        &[16, 3],
        &[4, 0, 0, 2],
        &[0, 3],
        // Events: `spawn` and `sample` by their places among the known ones; one of the first, three of the second.
        &[2, 2, 1],
        &[0, 0, 2, 2],
    ];
    assert_eq!(body, expected.concat());
}
