//! No input panics or hangs: cut, flipped, shuffled and absurd files.

mod support;

use sandtable::analysis::deaths::deaths;
use sandtable::format::{self, write};
use sandtable::model::{Provenance, Round};
use support::{fixture, plain, rounds};

/// Reads bytes and uses the result the way the program does; whatever they are, this must come back.
fn use_all(bytes: &[u8]) {
    let Ok(document) = format::read(bytes) else {
        return;
    };
    let round = Round::build(document, Provenance::default());
    let _ = deaths(&round);
    for id in round.players.ids() {
        for t in [
            i64::MIN,
            -1,
            0,
            round.clock.start_ms,
            60_000,
            round.clock.end_ms,
            i64::MAX,
        ] {
            let _ = round.presence_at(id, t);
        }
    }
    let _ = write::to_bytes(&round.document);
}

fn cut_everywhere(bytes: &[u8], step: usize) {
    for end in (0..bytes.len()).step_by(step) {
        use_all(&bytes[..end]);
    }
}

#[test]
fn cut_files() {
    cut_everywhere(&plain(&fixture("torture/2026-08-25-235956")), 97);
    cut_everywhere(&plain(&fixture("3.0/")), 97);
    for path in rounds() {
        let bytes = plain(&path);
        cut_everywhere(&bytes, bytes.len() / 12 + 1);
    }
}

/// Every fixture at every 97th byte: minutes, so only on demand (`cargo test --release -- --ignored`).
#[test]
#[ignore = "takes minutes"]
fn cut_files_everywhere() {
    for path in rounds() {
        cut_everywhere(&plain(&path), 97);
    }
}

#[test]
fn flipped_bytes() {
    // A fixed sequence (xorshift), so that a failure can be repeated.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize
    };
    for part in ["torture/2026-08-25-235956", "3.0/", "6.11/2026-08-25"] {
        let original = plain(&fixture(part));
        for _ in 0..60 {
            let mut bytes = original.clone();
            for _ in 0..40 {
                let at = next() % bytes.len();
                bytes[at] = [
                    b';',
                    b'|',
                    b',',
                    b'\n',
                    b'-',
                    b'9',
                    b'#',
                    0,
                    0xff,
                    next() as u8,
                ][next() % 10];
            }
            // The banner decides whether anything is read at all.
            bytes[..23].copy_from_slice(&original[..23]);
            use_all(&bytes);
        }
    }
}

#[test]
fn shuffled_sections_read_the_same() {
    let text = plain(&fixture("6.11/2026-08-25"));
    let starts: Vec<usize> = (0..text.len())
        .filter(|&i| text[i..].starts_with(b"\n\n# "))
        .collect();
    assert!(starts.len() > 20);
    let mut parts: Vec<&[u8]> = starts.windows(2).map(|w| &text[w[0]..w[1]]).collect();
    let last = *starts.last().unwrap();
    parts.reverse();
    let mut shuffled = text[..starts[0]].to_vec();
    for part in parts {
        shuffled.extend_from_slice(part);
    }
    shuffled.extend_from_slice(&text[last..]);
    let (a, b) = (
        format::read(&text).unwrap(),
        format::read(&shuffled).unwrap(),
    );
    assert_eq!(a.samples.x, b.samples.x);
    assert_eq!(a.tables.shots.rows.len(), b.tables.shots.rows.len());
    let rows = |d: &format::Document| {
        let mut rows: Vec<(String, u32)> = d
            .sections
            .iter()
            .map(|s| (s.name.clone(), s.rows))
            .collect();
        rows.sort();
        rows
    };
    assert_eq!(rows(&a), rows(&b));
}

#[test]
fn absurd_files() {
    let banner = b"# PROXIMITY_TRACKER_V6\n# map=x\n";
    for section in ["ENGAGEMENTS", "PLAYER_TRACKS", "SHOT_FIRED", "UNHEARD_OF"] {
        for filler in [
            b'|', b';', b',', b'\n', b'9', b'#', b'-', b'.', b' ', 0, 0xff,
        ] {
            let mut bytes = [banner, format!("# {section}\n").as_bytes()].concat();
            bytes.resize(bytes.len() + 2_000_000, filler);
            use_all(&bytes);
        }
    }
    use_all(&vec![b'#'; 10_000_000]);
    use_all(&vec![b'x'; 10_000_000]);
}

#[test]
fn one_line_of_50_megabytes() {
    let mut bytes =
        b"# PROXIMITY_TRACKER_V6\n# PLAYER_TRACKS\nA;a;AXIS;MEDIC;0;900;;killed;4;".to_vec();
    while bytes.len() < 50_000_000 {
        bytes.extend_from_slice(b"200,1.0,2.0,3.0,100,256.0,3,0,0,sample|");
    }
    let document = format::read(&bytes).unwrap();
    assert_eq!(document.tracks.rows.len(), 1);
    assert!(document.samples.len() > 1_280_000);
    use_all(&bytes);
}

#[test]
fn numbers_at_the_edge() {
    let life = |point: &str| {
        format!(
            "# PROXIMITY_TRACKER_V6\n# PLAYER_TRACKS\nA;a;AXIS;MEDIC;-9007199254740992;9007199254740992;;killed;1;{point}\n"
        )
    };
    for point in [
        "2147483647,1e38,-1e38,3.4e38,2147483647,1e38,32767,32767,32767,sample",
        "-2147483648,1e39,0,0,0,0,0,0,0,sample",
        "99999999999,0,0,0,0,0,0,0,0,sample",
        "0,0,0,0,0,0,99999,0,0,sample",
    ] {
        use_all(life(point).as_bytes());
    }
}
