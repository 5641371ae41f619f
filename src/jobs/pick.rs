//! The desktop's own file chooser, on a thread of its own: it returns when the person is done with it.

use rfd::FileDialog;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickFor {
    /// One round file, to open it.
    Open,
    /// Round files and archives, to import them.
    ImportFiles,
    /// A folder, to import what is in it.
    ImportFolder,
    /// A folder, to watch it.
    Watch,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// These files, or this folder; at least one.
    Paths(Vec<PathBuf>),
    /// The person changed their mind.
    Nothing,
    /// The desktop has no file chooser, as far as can be told.
    NoChooser,
}

/// Nobody closes a file chooser this quickly: without desktop portal and zenity the call comes back at once, empty-handed and without
/// an error.
const TOO_QUICK: Duration = Duration::from_millis(300);

/// Shows the file chooser. Blocks until it is closed.
pub fn pick(what: PickFor) -> Picked {
    let asked = Instant::now();
    let dialog = FileDialog::new();
    let one = |path: PathBuf| vec![path];
    let picked = match what {
        PickFor::Open => with_endings(dialog, &["txt", "gz"])
            .set_title("Open round file")
            .pick_file()
            .map(one),
        PickFor::ImportFiles => with_endings(dialog, &["txt", "gz", "zip"])
            .set_title("Import round files")
            .pick_files(),
        PickFor::ImportFolder => dialog
            .set_title("Import a folder of round files")
            .pick_folder()
            .map(one),
        PickFor::Watch => dialog
            .set_title("Watch a folder for round files")
            .pick_folder()
            .map(one),
    };
    match picked {
        Some(paths) if !paths.is_empty() => Picked::Paths(paths),
        None if asked.elapsed() < TOO_QUICK => Picked::NoChooser,
        _ => Picked::Nothing,
    }
}

fn with_endings(dialog: FileDialog, endings: &[&str]) -> FileDialog {
    dialog
        .add_filter("Round files", endings)
        .add_filter("All files", &["*"])
}
