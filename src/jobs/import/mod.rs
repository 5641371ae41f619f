//! Importing: from paths to stored rounds, with progress, cancel and retry.
//!
//! [`Importer`] keeps the queue and writes into the library; it is driven by whoever owns it (the window's library thread, or the command
//! line), one message after the other, and starts threads that search folders, read files and prepare rounds. Files are known again by path,
//! size and time, so that importing a folder once more reads nothing; after that by their bytes.

mod importer;
mod item;
mod look;
mod pool;
pub mod report;
mod run;

pub use importer::{Importer, Message, Options};
pub use item::{Origin, WatchedCounts};
pub use run::import;
