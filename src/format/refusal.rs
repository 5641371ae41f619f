//! Telling round files from everything else.

use super::problem::excerpt;
use std::fmt;

/// Why a file is not read at all, and what it seems to be instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Zero bytes, or blanks only.
    Empty,
    /// A file of the first tracker (2025): four separate TAB files without map and round.
    Version1,
    /// A file of tracker 2 (2025): `|`-separated kills, no lives.
    Version2,
    /// The human-readable side file of a tracker in test mode.
    Lifecycle,
    /// A stats file of another server module.
    StatsFile,
    /// Something with a known signature, such as a picture or an archive.
    OtherKind(&'static str),
    /// Text or bytes without the banner; holds the beginning.
    NoBanner(String),
    /// The packed file is damaged; holds the unpacker's message.
    DamagedArchive(String),
    /// Larger than [`super::container::MOST_BYTES`], packed or unpacked.
    TooLarge,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::Version1 => f.write_str(
                "this is a file of tracker version 1 (2025), which wrote four separate tables without map and round; \
                 rounds are readable from version 3 on",
            ),
            Self::Version2 => f.write_str(
                "this is a file of tracker version 2 (2025), which recorded kills but no engagements; \
                 rounds are readable from version 3 on",
            ),
            Self::Lifecycle => f.write_str(
                "this is the tracker's human-readable lifecycle log; open the *_engagements.txt file beside it",
            ),
            Self::StatsFile => f.write_str(
                "this is a stats file (gamestats) of the round, not a round file; open the *_engagements.txt file",
            ),
            Self::OtherKind(kind) => write!(f, "this is {kind}, not a round file"),
            Self::NoBanner(start) => write!(
                f,
                "this is not a round file: line 1 should be the banner \"# PROXIMITY_TRACKER_V…\", but is \"{start}\""
            ),
            Self::DamagedArchive(why) => write!(f, "the packed file is damaged: {why}"),
            Self::TooLarge => f.write_str("the file is larger than 1 GiB, which no round file is"),
        }
    }
}

impl std::error::Error for Refusal {}

const BANNER: &[u8] = b"# PROXIMITY_TRACKER_V";

/// First bytes of files that people drop on a window by mistake.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"PK\x03\x04", "a zip or pk3 archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x1f\x8b", "a gzip file inside a gzip file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"IBSP", "a map (BSP)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"{", "a JSON file"),
];

/// The banner's number and the position behind the banner line, or why this is no round file. A byte-order mark and blank lines
/// before the banner are skipped.
///
/// # Errors
/// [`Refusal`] with what the file seems to be.
pub(crate) fn recognise(bytes: &[u8]) -> Result<u32, Refusal> {
    let mut lines = bytes.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    let Some(first) = lines.find(|line| !line.is_empty()) else {
        return Err(Refusal::Empty);
    };
    if let Some(number) = first.strip_prefix(BANNER) {
        let number = std::str::from_utf8(number)
            .ok()
            .and_then(|n| n.parse().ok());
        return match number {
            Some(2) => Err(Refusal::Version2),
            Some(n) if n >= 3 => Ok(n),
            _ => Err(Refusal::NoBanner(excerpt(first))),
        };
    }
    Err(name_it(bytes, first))
}

fn name_it(bytes: &[u8], first: &[u8]) -> Refusal {
    let starts = |start: &&[u8]| first.starts_with(start);
    let version1: [&[u8]; 4] = [
        b"# ENGAGEMENT_ANALYSIS",
        b"# POSITION_TRACKER_DATA",
        b"# COMBAT_",
        b"# HEATMAP",
    ];
    if version1.iter().any(starts) {
        return Refusal::Version1;
    }
    if let Some((_, kind)) = SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
    {
        return Refusal::OtherKind(kind);
    }
    // servername\map\config\round\defender\winner\timelimit\nextTimeLimit\playtime
    if memchr::memchr_iter(b'\\', first).count() >= 7 {
        return Refusal::StatsFile;
    }
    if first
        .to_ascii_lowercase()
        .windows(9)
        .any(|w| w == b"lifecycle")
    {
        return Refusal::Lifecycle;
    }
    Refusal::NoBanner(excerpt(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banners() {
        assert_eq!(recognise(b"# PROXIMITY_TRACKER_V6\n# map=x\n"), Ok(6));
        assert_eq!(recognise(b"\n  # PROXIMITY_TRACKER_V3\r\n"), Ok(3));
        assert_eq!(recognise(b"# PROXIMITY_TRACKER_V12"), Ok(12));
        assert_eq!(
            recognise(b"# PROXIMITY_TRACKER_V2\n"),
            Err(Refusal::Version2)
        );
    }

    #[test]
    fn other_files_are_named() {
        assert_eq!(recognise(b""), Err(Refusal::Empty));
        assert_eq!(recognise(b" \n\r\n"), Err(Refusal::Empty));
        assert_eq!(
            recognise(b"# ENGAGEMENT_ANALYSIS\n"),
            Err(Refusal::Version1)
        );
        assert_eq!(
            recognise(b"# POSITION_TRACKER_DATA\n"),
            Err(Refusal::Version1)
        );
        assert_eq!(
            recognise(b"\x89PNG\r\n\x1a\n"),
            Err(Refusal::OtherKind("a PNG picture"))
        );
        assert_eq!(
            recognise(b"server\\supply\\cfg\\1\\1\\2\\12:00\\10:00\\700000\n"),
            Err(Refusal::StatsFile)
        );
        assert_eq!(
            recognise(b"hello\n"),
            Err(Refusal::NoBanner("hello".to_owned()))
        );
    }
}
