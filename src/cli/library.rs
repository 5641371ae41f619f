//! The library as the commands open it, and what they say when that cannot be done.

use super::Outcome;
use super::output::message;
use crate::library::{Cause, Library, LibraryError, Rescue, library_path};
use std::path::{Path, PathBuf};

/// What a command that uses the library comes to; `Err` holds why it could not be done at all.
pub(super) type Done = Result<Outcome, String>;

/// Tells why a command could not be done.
pub(super) fn outcome(done: Done) -> Outcome {
    done.unwrap_or_else(|why| {
        message(&why);
        Outcome::Failed
    })
}

/// An error in words that say what to do about it.
pub(super) fn words(error: &LibraryError) -> String {
    match error.cause {
        Cause::Damaged(_) => format!(
            "{error}; `sandtable import` sets it aside, saves what was written in it and builds a new one"
        ),
        _ => error.to_string(),
    }
}

/// Where the library is.
pub(super) fn place(asked: Option<&Path>) -> Result<PathBuf, String> {
    library_path(asked).map_err(|error| words(&error))
}

fn missing(path: &Path) -> String {
    format!(
        "{}: there is no library yet; import files first",
        path.display()
    )
}

/// A library that is there, to read.
pub(super) fn to_read(asked: Option<&Path>) -> Result<Library, String> {
    let path = place(asked)?;
    let library = Library::open_to_read(&path).map_err(|error| words(&error))?;
    library.ok_or_else(|| missing(&path))
}

/// A library that is there, to change.
pub(super) fn to_change(asked: Option<&Path>) -> Result<Library, String> {
    let path = place(asked)?;
    if !path.exists() {
        return Err(missing(&path));
    }
    Library::open(&path).map_err(|error| words(&error))
}

/// A library to import into: made when it is not there, made anew when it is damaged.
pub(super) fn to_fill(asked: Option<&Path>) -> Result<(Library, Option<Rescue>), String> {
    let opened = Library::open_or_rescue(&place(asked)?);
    let (library, rescue) = opened.map_err(|error| words(&error))?;
    if let Some(rescue) = &rescue {
        message(&rescue.to_string());
    }
    Ok((library, rescue))
}
