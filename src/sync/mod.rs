//! Where rounds come from: files, archives and folders, on this machine and on network shares.
//!
//! [`find`] lists what there is without reading it, [`read`] reads one of the finds, [`settle`] tells files that are still being
//! written from those that are whole, and [`watch`] says when a watched folder is to be looked at again. None of them knows what is in
//! a round file or where it is stored: the importer does.
//!
//! A watched folder goes through all of them: a [`watch::Look`] is listed; what the library knows by its [`Mark`] is left out; the
//! rest is fed to [`settle::Settling`] until it is ready (archives too, before they are opened); then it is read.

mod archive;
mod contents;
mod ears;
mod error;
pub mod find;
mod mark;
pub mod names;
pub mod read;
mod schedule;
pub mod settle;
pub mod share;
pub mod watch;

pub use error::{Cause, SourceError};
pub use mark::Mark;

pub use crate::library::WatchedFolder;

/// What a watched folder is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceStatus {
    /// Waits for news.
    Watching,
    /// Lists the folder.
    Scanning,
    /// Paused by the person.
    Paused,
    /// Cannot be read, and why; it is tried again at every scan.
    Unreachable(String),
}

/// A watched folder as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceView {
    /// The folder.
    pub folder: WatchedFolder,
    /// What it is doing.
    pub status: SourceStatus,
    /// When it was last listed, seconds since 1970; `None` before the first time.
    pub last_scan_unix: Option<i64>,
    /// When it will be listed next, seconds since 1970; `None` while paused.
    pub next_scan_unix: Option<i64>,
    /// Files imported from it since the program started.
    pub new: u64,
    /// Files in it that the library knows.
    pub known: u64,
    /// Files in it that could not be imported.
    pub failed: u64,
    /// Why it is listed again and again though nobody asked for that, and how often.
    pub remark: Option<String>,
}
