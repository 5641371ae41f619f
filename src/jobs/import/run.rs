//! An import from its beginning to its end, for the command line and whoever else can wait for it.

use super::importer::{Importer, Message, Options};
use super::item::Origin;
use super::report::ImportEvent;
use crate::library::{Cause, Library, LibraryError, Relinked};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How often is told what happened.
const TELL_EVERY: Duration = Duration::from_millis(50);

/// Imports files, folders and archives. `tell` hears of every file; `is_cancelled` is looked at all the while. Gives the library back,
/// what changed in links and matches, and what could not be searched.
///
/// # Errors
/// When the library cannot take anything more; what was stored before is safe.
pub fn import(
    library: Library,
    options: Options,
    paths: Vec<PathBuf>,
    is_cancelled: &AtomicBool,
    tell: &mut dyn FnMut(ImportEvent),
) -> Result<(Library, Relinked, Vec<String>), LibraryError> {
    let (sender, inbox) = channel::<Message>();
    let path = library.path().to_owned();
    let mut importer = Importer::new(library, options, move |message| {
        // Nobody waits any more: the import is over.
        let _ = sender.send(message);
    })?;
    let begun = importer.begin(paths, Origin::Named);
    begun.map_err(|error| LibraryError {
        path,
        cause: Cause::CannotOpen(format!("no thread to import with: {error}")),
    })?;
    let mut told = Instant::now();
    let mut ended = Ok(());
    while !importer.is_idle() {
        let patience = importer.next_look().unwrap_or(TELL_EVERY).min(TELL_EVERY);
        match inbox.recv_timeout(patience) {
            Ok(message) => ended = ended.and(importer.handle(message)),
            Err(RecvTimeoutError::Timeout) => importer.look_again(),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if is_cancelled.load(Ordering::Relaxed) {
            importer.cancel();
        }
        if told.elapsed() >= TELL_EVERY {
            importer.take_events().into_iter().for_each(&mut *tell);
            told = Instant::now();
        }
    }
    importer.take_events().into_iter().for_each(&mut *tell);
    ended?;
    let relinked = importer.library().link()?;
    let troubles = importer.take_troubles();
    tell(ImportEvent::Done);
    Ok((importer.into_library(), relinked, troubles))
}
