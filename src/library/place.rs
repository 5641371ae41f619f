//! Where the library is.

use super::error::{Cause, LibraryError};
use std::path::{Path, PathBuf};

/// Names a library other than the usual one.
pub const VARIABLE: &str = "SANDTABLE_LIBRARY";

/// The library's file: the one asked for, else the one [`VARIABLE`] names, else the usual one of this user (on Linux
/// `~/.local/share/sandtable/library.db`, on Windows below `AppData\Local`).
///
/// # Errors
/// When the system tells no home folder.
pub fn library_path(asked: Option<&Path>) -> Result<PathBuf, LibraryError> {
    if let Some(path) = asked {
        return Ok(path.to_owned());
    }
    if let Some(path) = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        return Ok(PathBuf::from(path));
    }
    let dirs = directories::ProjectDirs::from("", "", "sandtable");
    let folder = dirs.map(|dirs| dirs.data_local_dir().to_owned());
    folder
        .map(|folder| folder.join("library.db"))
        .ok_or_else(|| {
            let why = format!(
                "there is no home folder to keep it in; name a file with --library or {VARIABLE}"
            );
            LibraryError::new(Path::new("library.db"), Cause::CannotOpen(why))
        })
}

/// Device and number of a file, where the system has such.
pub(super) type Identity = Option<(u64, u64)>;

/// Which file lies at a path.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    let file = std::fs::metadata(path).ok()?;
    Some((file.dev(), file.ino()))
}

/// A file that is in use cannot be deleted here.
#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> Identity {
    None
}
