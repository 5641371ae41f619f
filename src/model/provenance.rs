//! Where a round came from: the file, not its content.

use std::path::PathBuf;

/// BLAKE3 of the unpacked bytes. The same round has the same hash whether it lies packed or plain.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// The hash of `plain` bytes.
    pub fn of(plain: &[u8]) -> Self {
        Self(*blake3::hash(plain).as_bytes())
    }
}

impl std::fmt::Display for ContentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// What is known about a round's file.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// The file's name without folders; round number and time stamp are read from it.
    pub file_name: String,
    /// Where it was read from; `None` for the built-in demo.
    pub path: Option<PathBuf>,
    /// Size of the unpacked bytes.
    pub plain_bytes: u64,
    /// It was packed with gzip.
    pub was_packed: bool,
    /// Hash of the unpacked bytes; `None` when nobody asked for it.
    pub content_hash: Option<ContentHash>,
    /// Names of `gametime-<map>-R<n>-<unix>.json` files known for this place; a second module writes them, and their name tells the
    /// round number where the tracker's is wrong.
    pub gametime_names: Vec<String>,
    /// The number by the match it was found to belong to, where that is another than its own sources say.
    pub paired_number: Option<u32>,
}

/// The time stamp at the start of a file name: the server's local time when the file was written, about the round's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Local date and time, as if it were UTC, in seconds since 1970.
    pub local_seconds: i64,
}

impl Stamp {
    /// Reads `YYYY-MM-DD-HHMMSS-…`; `None` when the name does not start so or names no real moment.
    pub fn of(file_name: &str) -> Option<Self> {
        let bytes = file_name.as_bytes().get(..17)?;
        let number = |from: usize, to: usize| -> Option<i16> {
            let digits = std::str::from_utf8(&bytes[from..to]).ok()?;
            digits
                .bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| digits.parse().ok())?
        };
        if bytes[4] != b'-' || bytes[7] != b'-' || bytes[10] != b'-' {
            return None;
        }
        let small = |from, to| number(from, to).and_then(|n| i8::try_from(n).ok());
        let date = jiff::civil::Date::new(number(0, 4)?, small(5, 7)?, small(8, 10)?).ok()?;
        let time =
            jiff::civil::Time::new(small(11, 13)?, small(13, 15)?, small(15, 17)?, 0).ok()?;
        let moment = date
            .to_datetime(time)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()?;
        Some(Self {
            local_seconds: moment.timestamp().as_second(),
        })
    }
}

/// `YYYY-MM-DD` of seconds since 1970, taken as they are.
pub(crate) fn date_text(seconds: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps() {
        let stamp = Stamp::of("2026-04-03-000030-sw_goldrush_te-round-2_engagements.txt").unwrap();
        assert_eq!(stamp.local_seconds, 1_775_174_430);
        assert_eq!(
            date_text(stamp.local_seconds).as_deref(),
            Some("2026-04-03")
        );
        assert_eq!(Stamp::of("2026-13-03-000030-x"), None);
        assert_eq!(Stamp::of("2026-04-03-250000-x"), None);
        assert_eq!(Stamp::of("round.txt"), None);
        assert_eq!(Stamp::of("2026-04-03-00é030-x"), None);
    }
}
