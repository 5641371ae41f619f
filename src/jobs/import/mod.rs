//! Importing: from paths to stored rounds, with progress, cancel and retry.

pub mod report;
