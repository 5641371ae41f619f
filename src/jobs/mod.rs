//! Work that takes longer than a frame: named threads, progress, events. Knows no window; whoever waits passes a `wake` closure.

pub mod ground;
pub mod import;
pub mod librarian;
pub mod library;
pub mod load;
pub mod pick;
pub mod reveal;
pub mod runner;
