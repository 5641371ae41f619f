//! What tells a changed file from an unchanged one without reading it.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

/// Size and time of a file on disk. Equal marks: not changed, as far as can be told from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Size on disk, bytes (packed where it is packed).
    pub bytes: u64,
    /// Time of the last change, ns since 1970; 0 where the file system keeps none.
    pub mtime_ns: i64,
}

impl Mark {
    /// The mark of a file whose metadata are at hand.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            bytes: metadata.len(),
            mtime_ns: metadata.modified().map_or(0, unix_ns),
        }
    }

    /// The mark of the file at `path`; links are followed.
    ///
    /// # Errors
    /// When nothing is there or it may not be looked at.
    pub fn at(path: &Path) -> std::io::Result<Self> {
        std::fs::metadata(path).map(|metadata| Self::of(&metadata))
    }
}

/// ns since 1970, negative before; stays at the ends of what 64 bits hold (the years 1677 and 2262).
fn unix_ns(time: SystemTime) -> i64 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanoseconds| -nanoseconds)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_before_and_after_1970() {
        let epoch = SystemTime::UNIX_EPOCH;
        assert_eq!(unix_ns(epoch + Duration::from_millis(1500)), 1_500_000_000);
        assert_eq!(unix_ns(epoch - Duration::from_millis(1500)), -1_500_000_000);
    }
}
