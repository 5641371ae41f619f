//! Zip archives of rounds: what is in them, and one member's bytes.

use super::error::{Cause, SourceError, from_unpacking};
use super::mark::Mark;
use crate::model::format::container::MOST_BYTES;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// A member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its place in the archive's directory.
    pub index: usize,
    /// Its name with folders; `/` between them, also where the archive has backslashes.
    pub name: String,
    /// Its unpacked size as the archive states it: no promise.
    pub bytes: u64,
}

/// An archive that is open: its directory has been read.
pub(super) struct Archive {
    path: PathBuf,
    mark: Mark,
    zip: ZipArchive<BufReader<File>>,
}

impl Archive {
    /// Opens an archive and reads its directory, nothing else.
    ///
    /// # Errors
    /// When it cannot be opened or is no archive.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let file = File::open(path).map_err(|error| SourceError::io(path, &error))?;
        let metadata = file.metadata();
        let metadata = metadata.map_err(|error| SourceError::io(path, &error))?;
        if !metadata.is_file() {
            return Err(SourceError::new(path, Cause::NotAFile));
        }
        let zip = ZipArchive::new(BufReader::new(file));
        Ok(Self {
            path: path.to_owned(),
            mark: Mark::of(&metadata),
            zip: zip.map_err(|error| SourceError::new(path, Cause::from(&error)))?,
        })
    }

    /// Whether it is the archive of that path as it was when the mark was taken.
    pub fn is(&self, path: &Path, mark: Mark) -> bool {
        self.path == path && self.mark == mark
    }

    /// What the archive was like when it was opened.
    pub fn mark(&self) -> Mark {
        self.mark
    }

    /// The files in it, by name.
    pub fn entries(&self) -> Vec<Entry> {
        let entry = |index| {
            let data = self.zip.by_index_data(index).ok()?;
            let name = data.name().map_or_else(
                |_| String::from_utf8_lossy(data.name_raw()).into_owned(),
                std::borrow::Cow::into_owned,
            );
            let name = name.replace('\\', "/");
            let is_folder = data.is_dir() || name.ends_with('/');
            (!is_folder && !data.is_symlink()).then(|| Entry {
                index,
                name,
                bytes: data.size(),
            })
        };
        let mut entries: Vec<Entry> = (0..self.zip.len()).filter_map(entry).collect();
        entries.sort_by(|a, b| (&a.name, a.index).cmp(&(&b.name, b.index)));
        entries
    }

    /// The unpacked bytes of a member.
    ///
    /// # Errors
    /// When it is damaged, encrypted, too large, or the archive changed since it was opened. The error names the member.
    pub fn bytes(&mut self, index: usize, name: &str) -> Result<Vec<u8>, SourceError> {
        let bytes = self.unpack(index).map_err(|cause| SourceError {
            path: self.path.clone(),
            member: Some(name.to_owned()),
            cause,
        });
        // An archive that is still written gives any error; that it changed is the better explanation.
        match Mark::at(&self.path) {
            Ok(mark) if mark != self.mark => Err(SourceError::new(&self.path, Cause::Changed)),
            _ => bytes,
        }
    }

    fn unpack(&mut self, index: usize) -> Result<Vec<u8>, Cause> {
        let member = self.zip.by_index_data(index);
        let member = member.map_err(|error| Cause::from(&error))?;
        if member.encrypted() {
            return Err(Cause::Encrypted);
        }
        if member.size() > MOST_BYTES {
            return Err(Cause::TooLarge);
        }
        let stated = member.size();
        let reader = self
            .zip
            .by_index(index)
            .map_err(|error| Cause::from(&error))?;
        read_at_most(reader, stated, MOST_BYTES)
    }
}

/// Reserved at once at the most; a larger member grows as it turns out to be one. A stated size costs its author nothing.
const MOST_RESERVED: u64 = 64 << 20;

/// All bytes of `reader`, or [`Cause::TooLarge`] when there are more than `most`.
fn read_at_most(reader: impl Read, stated: u64, most: u64) -> Result<Vec<u8>, Cause> {
    let mut bytes = Vec::with_capacity(stated.min(most).min(MOST_RESERVED) as usize);
    let read = reader.take(most + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > most {
        return Err(Cause::TooLarge);
    }
    read.map_err(|error| from_unpacking(&error))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_stops_at_the_limit() {
        // Ten bytes are stated and a thousand million come.
        let bomb = std::io::repeat(b'x').take(1_000_000_000);
        assert_eq!(read_at_most(bomb, 10, 1000), Err(Cause::TooLarge));
        let whole = read_at_most(std::io::repeat(b'x').take(1000), u64::MAX, 1000);
        assert_eq!(whole.map(|bytes| bytes.len()), Ok(1000));
    }
}
