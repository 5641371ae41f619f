//! One folder's list of names.

use super::error::SourceError;
use super::names::{Kind, gametime_end, kind_of};
use std::ffi::OsString;
use std::path::Path;

/// The folder that a second module writes its gametime files to.
pub(super) const GAMETIMES: &str = "gametimes";

/// What of a folder is of interest, by name.
#[derive(Default)]
pub(super) struct Contents {
    pub files: Vec<(OsString, Kind)>,
    pub folders: Vec<OsString>,
    pub gametimes: Vec<String>,
    pub troubles: Vec<SourceError>,
}

impl Contents {
    /// Lists a folder.
    ///
    /// # Errors
    /// When it cannot be listed at all; what cannot be listed of it is in `troubles`.
    pub fn of(folder: &Path) -> std::io::Result<Self> {
        let mut contents = Self::default();
        for entry in std::fs::read_dir(folder)? {
            match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                Ok((name, is)) => {
                    // Only a link has to be asked where it leads.
                    let is_folder = is.is_dir() || is.is_symlink() && folder.join(&name).is_dir();
                    contents.add(name, is_folder);
                }
                Err(error) => contents.troubles.push(SourceError::io(folder, &error)),
            }
        }
        contents.files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        contents.folders.sort_unstable();
        Ok(contents)
    }

    fn add(&mut self, name: OsString, is_folder: bool) {
        let text = name.to_string_lossy();
        if is_folder {
            self.folders.push(name);
        } else if let Some(kind) = kind_of(&text) {
            self.files.push((name, kind));
        } else if gametime_end(&text).is_some() {
            self.gametimes.push(text.into_owned());
        }
    }
}

/// The gametime names in a folder; none when it cannot be listed: they are a help, not a must.
pub(super) fn gametime_names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| gametime_end(name).is_some()).collect()
}
