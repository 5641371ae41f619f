//! The desktop's own file chooser, on a thread of its own: it returns when the person is done with it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// This file.
    File(PathBuf),
    /// The person changed their mind.
    Nothing,
    /// The desktop has no file chooser, as far as can be told.
    NoChooser,
}

/// Nobody closes a file chooser this quickly: without desktop portal and zenity the call comes back at once, empty-handed and without
/// an error.
const TOO_QUICK: Duration = Duration::from_millis(300);

/// Asks for a round file. Blocks until the chooser is closed.
pub fn pick_file() -> Picked {
    let asked = Instant::now();
    let picked = rfd::FileDialog::new()
        .set_title("Open round file")
        .add_filter("Round files", &["txt", "gz"])
        .add_filter("All files", &["*"])
        .pick_file();
    match picked {
        Some(path) => Picked::File(path),
        None if asked.elapsed() < TOO_QUICK => Picked::NoChooser,
        None => Picked::Nothing,
    }
}
