//! Reading what was found.

use super::archive::Archive;
use super::error::{Cause, SourceError};
use super::find::Found;
use super::mark::Mark;
use crate::model::format::container::MOST_BYTES;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// A file's bytes and what the file was like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// As they lie on disk (gzip stays packed); of a member of an archive, unpacked.
    pub bytes: Vec<u8>,
    /// The file on disk (of a member, its archive) just when these bytes were read. May be newer than the find's.
    pub mark: Mark,
}

/// Reads finds one after the other. Keeps the last archive open, so that reading all its members in a row lists it once; for several
/// threads, make one reader for each.
#[derive(Default)]
pub struct Reader {
    open: Option<Archive>,
}

impl Reader {
    /// A reader with nothing open.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bytes of a find.
    ///
    /// # Errors
    /// Names the file and what is wrong with it. [`Cause::Changed`] when size or time changed meanwhile, and for a member also when its
    /// archive changed since it was found.
    pub fn read(&mut self, found: &Found) -> Result<Contents, SourceError> {
        let Some(member) = &found.member else {
            return read_file(&found.path);
        };
        let archive = self.archive(&found.path, found.mark)?;
        let bytes = archive.bytes(member.index, &member.name)?;
        Ok(Contents {
            bytes,
            mark: found.mark,
        })
    }

    fn archive(&mut self, path: &Path, mark: Mark) -> Result<&mut Archive, SourceError> {
        let open = self.open.take().filter(|archive| archive.is(path, mark));
        if let Some(archive) = open {
            return Ok(self.open.insert(archive));
        }
        // First of all: one that is written at the moment would be taken for a damaged one.
        let now = Mark::at(path).map_err(|error| SourceError::io(path, &error))?;
        let is_same = |mark_now: Mark| {
            let changed = || SourceError::new(path, Cause::Changed);
            (mark_now == mark).then_some(()).ok_or_else(changed)
        };
        is_same(now)?;
        let archive = Archive::open(path)?;
        is_same(archive.mark())?;
        Ok(self.open.insert(archive))
    }
}

/// The bytes of a file.
///
/// # Errors
/// As [`Reader::read`].
pub fn read_file(path: &Path) -> Result<Contents, SourceError> {
    read_with(path, |_| {})
}

/// `between` runs when the file has been read and before it is looked at again.
fn read_with(path: &Path, between: impl FnOnce(&Path)) -> Result<Contents, SourceError> {
    let of_system = |error: std::io::Error| SourceError::io(path, &error);
    let fail = |cause| Err(SourceError::new(path, cause));
    // Opening a pipe would wait for somebody to write into it.
    if !std::fs::metadata(path).map_err(of_system)?.is_file() {
        return fail(Cause::NotAFile);
    }
    let mut file = File::open(path).map_err(of_system)?;
    let before = Mark::of(&file.metadata().map_err(of_system)?);
    if before.bytes > MOST_BYTES {
        return fail(Cause::TooLarge);
    }
    let mut bytes = Vec::with_capacity(before.bytes as usize + 1);
    let reading = (&mut file).take(MOST_BYTES + 1).read_to_end(&mut bytes);
    reading.map_err(of_system)?;
    between(path);
    let after = Mark::of(&file.metadata().map_err(of_system)?);
    if after != before || bytes.len() as u64 != before.bytes {
        return fail(Cause::Changed);
    }
    Ok(Contents { bytes, mark: after })
}

/// The closing line of newer trackers fits into this many bytes at the end of a file.
const TAIL_BYTES: u64 = 256;

/// Whether the file ends with the closing line `# END …` that newer trackers write: it is whole, however fresh it may be. `false` for
/// packed files and whenever the file cannot be read.
pub fn has_end_marker(path: &Path) -> bool {
    let tail = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let bytes = file.metadata()?.len();
        file.seek(SeekFrom::Start(bytes.saturating_sub(TAIL_BYTES)))?;
        let mut tail = Vec::new();
        file.take(TAIL_BYTES).read_to_end(&mut tail)?;
        Ok(tail)
    };
    path.is_file() && tail().is_ok_and(|tail| ends_whole(&tail))
}

/// The last line is `# END …` and has its line end.
fn ends_whole(tail: &[u8]) -> bool {
    let last = || {
        let lines = tail.trim_ascii_end().rsplit(|&b| b == b'\n');
        lines.map(<[u8]>::trim_ascii).next()
    };
    tail.ends_with(b"\n") && last().is_some_and(|line| line.starts_with(b"# END "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_that_grows_while_it_is_read_is_noticed() {
        let path = std::env::temp_dir().join(format!("sandtable-read-{}.txt", std::process::id()));
        std::fs::write(&path, "one\n").unwrap();
        let grown = read_with(&path, |path| {
            let mut file = File::options().append(true).open(path).unwrap();
            file.write_all(b"two\n").unwrap();
        });
        assert_eq!(grown.unwrap_err().cause, Cause::Changed);
        let quiet = read_with(&path, |_| {}).unwrap();
        assert_eq!(quiet.bytes, b"one\ntwo\n");
        assert_eq!(quiet.mark.bytes, 8);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(read_file(&path).unwrap_err().cause, Cause::Disappeared);
    }

    #[test]
    fn end_markers() {
        assert!(ends_whole(b"1;2;3\n# END 12 rows\n"));
        assert!(ends_whole(b"# END 12 rows\r\n\n"));
        assert!(!ends_whole(b"# END 12 ro"), "cut within the line");
        assert!(!ends_whole(b"# END 1 2\n3;4\n"));
        assert!(!ends_whole(b"# ENDING\n"));
        assert!(!ends_whole(b""));
    }
}
