//! What can go wrong between a path and its bytes.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use zip::result::ZipError;

/// A file or folder that could not be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    /// The file or folder.
    pub path: PathBuf,
    /// The file inside it, when it is an archive and the fault is in one of its members.
    pub member: Option<String>,
    /// What is wrong.
    pub cause: Cause,
}

/// Why a file or folder could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It is not there, or no longer.
    Disappeared,
    /// The person who runs the program may not read it.
    NoPermission,
    /// Its size or time changed while it was read, or since its archive was listed: it is still being written.
    Changed,
    /// Neither a file nor a folder: a pipe, a device.
    NotAFile,
    /// Larger than [`MOST_BYTES`](crate::model::format::container::MOST_BYTES), on disk or unpacked.
    TooLarge,
    /// The archive, or this member of it, is damaged; holds the unpacker's message.
    DamagedArchive(String),
    /// The member is encrypted.
    Encrypted,
    /// The member is packed by a method that is not known here; holds its name or number.
    UnknownPacking(String),
    /// Anything else the system said.
    System(String),
}

impl Cause {
    /// Whether it may be gone by itself a moment later: worth another look before anybody is told.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Changed | Self::Disappeared)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disappeared => f.write_str("it is not there (any more)"),
            Self::NoPermission => f.write_str("no permission to read it"),
            Self::Changed => f.write_str("it changed while it was read; it is still being written"),
            Self::NotAFile => f.write_str("it is neither a file nor a folder"),
            Self::TooLarge => f.write_str("it is larger than 1 GiB, which no round file is"),
            Self::DamagedArchive(why) => write!(f, "the archive is damaged: {why}"),
            Self::Encrypted => {
                f.write_str("it is encrypted; unpack the archive with its password first")
            }
            Self::UnknownPacking(method) => write!(
                f,
                "it is packed by a method that cannot be read here ({method})"
            ),
            Self::System(text) => f.write_str(text),
        }
    }
}

impl From<&io::Error> for Cause {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Disappeared,
            io::ErrorKind::PermissionDenied => Self::NoPermission,
            io::ErrorKind::IsADirectory => Self::NotAFile,
            _ => Self::System(error.to_string()),
        }
    }
}

impl From<&ZipError> for Cause {
    fn from(error: &ZipError) -> Self {
        match error {
            ZipError::Io(error) => from_unpacking(error),
            ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => {
                Self::Encrypted
            }
            ZipError::CompressionMethodNotSupported(method) => {
                Self::UnknownPacking(format!("number {method}"))
            }
            ZipError::UnsupportedArchive(text) => Self::UnknownPacking((*text).to_owned()),
            ZipError::InvalidArchive(text) => Self::DamagedArchive(text.to_string()),
            other => Self::DamagedArchive(other.to_string()),
        }
    }
}

/// An error on reading out of an archive: bytes that make no sense or end too early are the archive's fault, the rest the system's.
pub(super) fn from_unpacking(error: &io::Error) -> Cause {
    match error.kind() {
        io::ErrorKind::InvalidData
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::UnexpectedEof
        | io::ErrorKind::Other => Cause::DamagedArchive(error.to_string()),
        _ => Cause::from(error),
    }
}

impl SourceError {
    /// The system's answer about `path`.
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::new(path, Cause::from(error))
    }

    /// A fault of `path` itself.
    pub(super) fn new(path: &Path, cause: Cause) -> Self {
        Self {
            path: path.to_owned(),
            member: None,
            cause,
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(member) = &self.member {
            write!(f, " ({member})")?;
        }
        write!(f, ": {}", self.cause)
    }
}

impl std::error::Error for SourceError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_file_member_and_cause() {
        let error = SourceError {
            path: PathBuf::from("/rounds/april.zip"),
            member: Some("a/x_engagements.txt".to_owned()),
            cause: Cause::Encrypted,
        };
        assert_eq!(
            error.to_string(),
            "/rounds/april.zip (a/x_engagements.txt): it is encrypted; unpack the archive with its password first"
        );
        let gone = SourceError::io(
            Path::new("/rounds"),
            &io::Error::from(io::ErrorKind::NotFound),
        );
        assert_eq!(gone.to_string(), "/rounds: it is not there (any more)");
        assert!(gone.cause.is_passing());
    }
}
