//! Looking into one file: everything that can be done without the library.

use crate::format::container::{self, Unpacked};
use crate::format::gamestats::{self, FileKind, StatsFile};
use crate::jobs::load::round_of;
use crate::library::Prepared;
use crate::model::{ContentHash, Provenance};
use crate::sync::Mark;
use crate::sync::find::Found;
use crate::sync::names::Kind;
use crate::sync::read::Reader;
use rustc_hash::FxHashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};

/// Contents that are in the library already: their rounds need not be read again.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownBytes(Arc<RwLock<FxHashSet<ContentHash>>>);

impl KnownBytes {
    pub(super) fn of(hashes: impl IntoIterator<Item = ContentHash>) -> Self {
        Self(Arc::new(RwLock::new(hashes.into_iter().collect())))
    }

    pub(super) fn add(&self, hash: ContentHash) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(hash);
    }

    pub(super) fn remove(&self, hash: &ContentHash) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(hash);
    }

    fn has(&self, hash: &ContentHash) -> bool {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(hash)
    }
}

/// What was found in a file.
#[derive(Debug)]
pub(super) enum Seen {
    /// A round.
    Round(Box<Prepared>),
    /// A stats file.
    Stats(ContentHash, Box<StatsFile>),
    /// Something the library has.
    SameBytes(ContentHash),
    /// Nothing that can be imported, and why.
    Refused(String),
    /// It could not be read now, and why.
    Failed {
        why: String,
        /// It may be well in a moment: it is still being written, or being replaced.
        is_passing: bool,
    },
}

/// Reads a file and prepares what is in it; the mark is that of the bytes.
pub(super) fn look(found: &Found, reader: &mut Reader, known: &KnownBytes) -> (Seen, Mark) {
    let contents = match reader.read(found) {
        Ok(contents) => contents,
        Err(error) => {
            let seen = Seen::Failed {
                why: error.to_string(),
                is_passing: error.cause.is_passing(),
            };
            return (seen, found.mark);
        }
    };
    // A file that makes the reader fail in an unforeseen way must not take the import along.
    let work = AssertUnwindSafe(|| seen(found, &contents.bytes, known));
    let failed = |_| Seen::Refused("the reader failed on this file; please report it".to_owned());
    (catch_unwind(work).unwrap_or_else(failed), contents.mark)
}

fn seen(found: &Found, bytes: &[u8], known: &KnownBytes) -> Seen {
    let unpacked = match container::unpack(bytes) {
        Ok(unpacked) => unpacked,
        Err(refusal) => return Seen::Refused(refusal.to_string()),
    };
    let hash = ContentHash::of(&unpacked.bytes);
    if known.has(&hash) {
        return Seen::SameBytes(hash);
    }
    let name = found.file_name();
    if found.kind == Kind::Stats || gamestats::kind_of(&name, &unpacked.bytes) == FileKind::Stats {
        return stats(&unpacked, hash, &name);
    }
    round(found, &unpacked, hash, name)
}

fn stats(unpacked: &Unpacked<'_>, hash: ContentHash, name: &str) -> Seen {
    let file = gamestats::read(&unpacked.bytes, name);
    if file.header.map.is_none() && file.players.is_empty() {
        return Seen::Refused(
            "its name is that of a stats file, but nothing in it can be read".to_owned(),
        );
    }
    Seen::Stats(hash, Box::new(file))
}

fn round(found: &Found, unpacked: &Unpacked<'_>, hash: ContentHash, name: String) -> Seen {
    let provenance = Provenance {
        file_name: name,
        path: Some(found.path.clone()),
        ..Provenance::default()
    };
    match round_of(unpacked, hash, provenance, |end_unix| {
        found.gametimes.ending_at(end_unix)
    }) {
        Ok(round) => match Prepared::of(Arc::new(round)) {
            Some(prepared) => Seen::Round(Box::new(prepared)),
            None => Seen::Refused("it has no content".to_owned()),
        },
        Err(refusal) => Seen::Refused(refusal.to_string()),
    }
}
