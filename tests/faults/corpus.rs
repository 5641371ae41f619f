//! Files to import: thirty small rounds with all that makes an import difficult, and rounds of the project's own server.

use crate::bench::Bench;
use crate::support;
use sandtable::sample::{self, Params, ROTATION};
use std::io::Write;
use std::path::PathBuf;
use std::sync::OnceLock;

/// How many different rounds there are among the made ones.
pub(crate) const MADE_ROUNDS: usize = 30;

/// Names below a folder, and bytes.
type Files = Vec<(String, Vec<u8>)>;

/// Writes the files below the bench's folder and gives the paths to import.
pub(crate) fn write(bench: &Bench) -> Vec<PathBuf> {
    static FILES: OnceLock<Files> = OnceLock::new();
    for (name, bytes) in FILES.get_or_init(files) {
        bench.write(&format!("files/{name}"), bytes);
    }
    vec![
        bench.folder.join("files"),
        support::root().join("fixtures/sandpit"),
    ]
}

/// The parameters of the made rounds.
pub(crate) fn rounds() -> Vec<Params> {
    let first = Params {
        players: 4,
        minutes: 0.5,
        ..Params::default()
    };
    let maps = ROTATION.map(str::to_owned);
    sample::series(&first, MADE_ROUNDS, &maps)
}

fn files() -> Files {
    let mut files = Files::new();
    let mut zipped = Files::new();
    for (nth, round) in rounds().iter().enumerate() {
        let (name, text) = (round.file_name(), sample::text(round));
        if nth % 10 == 0 {
            cut_twins(round, &text, &mut files);
        }
        if nth % 3 == 0 {
            stats(round, nth, &mut files);
        }
        if nth == 4 || nth == 5 {
            // What the number says is contradicted.
            let end_unix = round.round_start_unix + 30;
            let name = format!(
                "gametime-{}-R{}-{end_unix}.json",
                round.map,
                3 - round.round
            );
            files.push((format!("rounds/gametimes/{name}"), b"{}".to_vec()));
        }
        match nth % 5 {
            1 => files.push((format!("packed/{name}.gz"), gzip(&text))),
            2 => zipped.push((format!("evening/{name}"), text)),
            _ => files.push((format!("rounds/{name}"), text)),
        }
    }
    files.push(("evening.zip".to_owned(), zip(&zipped)));
    files.push((
        "rounds/2026-11-01-200000-x-round-1_engagements.txt".to_owned(),
        b"nothing\n".to_vec(),
    ));
    files
}

/// Two copies that a tracker wrote before it crashed, of different length.
fn cut_twins(round: &Params, text: &[u8], files: &mut Files) {
    for (seconds, percent) in [(3, 60), (7, 80)] {
        let later = Params {
            round_start_unix: round.round_start_unix + seconds,
            ..round.clone()
        };
        let cut = text[..text.len() * percent / 100].to_vec();
        files.push((format!("again/{}", later.file_name()), cut));
    }
}

/// A stats file of another module about the round; now and then a second one a little later. No two are the same to the byte.
fn stats(round: &Params, nth: usize, files: &mut Files) {
    let of =
        support::root().join("fixtures/sandpit/gamestats/2026-11-19-201938-sandpit-round-2.txt");
    let text = String::from_utf8(std::fs::read(of).unwrap()).unwrap();
    let players: Vec<&str> = text.lines().skip(1).collect();
    for late_s in [2, 40].into_iter().take(1 + nth % 2) {
        let header = format!(
            r"server\{}\\{}\1\1\8:00\8:00\{}",
            round.map,
            round.round,
            30_000 + 100 * nth as i64 + late_s
        );
        let stamp = Params {
            round_start_unix: round.round_start_unix + late_s,
            ..round.clone()
        };
        let name = stamp.file_name().replace("_engagements", "");
        let text = format!("{header}\n{}\n", players.join("\n"));
        files.push((format!("gamestats/{name}"), text.into_bytes()));
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
