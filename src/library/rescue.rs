//! When a library is damaged: it is set aside, never deleted; what a person wrote is saved from it and from the backup; the rounds are
//! imported again from their files.

use super::error::{Cause, LibraryError};
use super::notebook::{Notebook, backup_path};
use super::schema::STEPS;
use super::{Library, WatchedFolder, sources};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What was done about a damaged library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescue {
    /// What was wrong.
    pub damage: String,
    /// Where the damaged library is now.
    pub set_aside: PathBuf,
    /// Files whose rounds were in it, as far as it could still be read: to be imported again.
    pub files: Vec<PathBuf>,
}

impl std::fmt::Display for Rescue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "The library was damaged ({}). It is kept as {}; notes and watched folders were saved, and the rounds of {} files are imported again.",
            self.damage,
            self.set_aside.display(),
            self.files.len()
        )
    }
}

impl Library {
    /// Opens a library, and makes a new one in place of a damaged one.
    ///
    /// # Errors
    /// As [`Library::open`], except for damage; and when the damaged one cannot be moved.
    pub fn open_or_rescue(path: &Path) -> Result<(Self, Option<Rescue>), LibraryError> {
        match Self::open(path) {
            Ok(library) => Ok((library, None)),
            Err(LibraryError {
                cause: Cause::Damaged(damage),
                ..
            }) => Self::rescue(path, damage),
            // The first bytes are gone, but a library it was: its backup lies beside it.
            Err(LibraryError {
                cause: Cause::NotOurs(damage),
                ..
            }) if backup_path(path).exists() && !is_sound_database(path) => {
                Self::rescue(path, damage)
            }
            Err(error) => Err(error),
        }
    }

    /// Sets a damaged library aside and makes a new one with what was saved.
    ///
    /// # Errors
    /// When the damaged one cannot be moved, or no new one made.
    pub fn rescue(path: &Path, damage: String) -> Result<(Self, Option<Rescue>), LibraryError> {
        let saved = Saved::of(path);
        let set_aside = set_aside(path)?;
        // The backup comes back by itself.
        let mut library = Self::open(path)?;
        library.write_down(|conn| {
            let step = conn.unchecked_transaction()?;
            saved.notebook.put(&step)?;
            sources::put(&step, &saved.folders)?;
            step.commit()
        })?;
        Ok((
            library,
            Some(Rescue {
                damage,
                set_aside,
                files: saved.files,
            }),
        ))
    }

    /// Reads the whole library and says whether its parts agree. Takes seconds per gigabyte.
    ///
    /// # Errors
    /// [`Cause::Damaged`] with the first finding.
    pub fn examine(&self) -> Result<(), LibraryError> {
        let finding: String = self.guarded(|library| {
            library
                .conn
                .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        })?;
        if finding == "ok" {
            Ok(())
        } else {
            Err(self.error(Cause::Damaged(finding)))
        }
    }
}

/// What can still be read of a damaged library.
#[derive(Default)]
struct Saved {
    notebook: Notebook,
    folders: Vec<WatchedFolder>,
    files: Vec<PathBuf>,
}

impl Saved {
    fn of(path: &Path) -> Self {
        if is_sound_database(path) {
            return Self::from(path);
        }
        let Ok(copy) = Copy::of(path) else {
            return Self::default();
        };
        Self::from(&copy.path)
    }

    fn from(path: &Path) -> Self {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        Connection::open_with_flags(path, flags).map_or_else(
            |_| Self::default(),
            |conn| Self {
                notebook: Notebook::salvage(&conn),
                folders: sources::salvage(&conn),
                files: files_of(&conn),
            },
        )
    }
}

/// The files of a damaged library, as far as they can be read: up to the damage, from either end.
fn files_of(conn: &Connection) -> Vec<PathBuf> {
    let mut ids_and_paths = BTreeMap::new();
    for order in ["ASC", "DESC"] {
        let sql = format!("SELECT id, path FROM file WHERE state <> 'removed' ORDER BY id {order}");
        let Ok(mut find) = conn.prepare(&sql) else {
            continue;
        };
        let Ok(mut rows) = find.query([]) else {
            continue;
        };
        while let Ok(Some(row)) = rows.next() {
            if let (Ok(id), Ok(path)) = (row.get::<_, i64>(0), row.get::<_, String>(1)) {
                ids_and_paths.insert(id, path);
            }
        }
    }
    let (mut files, mut seen) = (Vec::new(), BTreeSet::new());
    for path in ids_and_paths.into_values() {
        // An archive is imported whole, so its members name it once.
        let file = match path.split_once(".zip!") {
            Some((archive, _)) => PathBuf::from(format!("{archive}.zip")),
            None => PathBuf::from(path),
        };
        if seen.insert(file.clone()) {
            files.push(file);
        }
    }
    files
}

/// A copy of a library of which not even the list of tables can be read, with that list taken from a new one: it is the same in every library,
/// so the rows behind it are found again. Deleted when it is dropped.
struct Copy {
    path: PathBuf,
}

impl Copy {
    fn of(library: &Path) -> std::io::Result<Self> {
        let copy = Self {
            path: library.with_extension(format!("salvage-{}.db", std::process::id())),
        };
        std::fs::copy(library, &copy.path)?;
        let log = with_ending(library, "-wal");
        if log.exists() {
            std::fs::copy(log, with_ending(&copy.path, "-wal"))?;
        }
        let (fresh, with_rows) = fresh_pages(&copy.path).map_err(std::io::Error::other)?;
        let mut file = std::fs::File::options().write(true).open(&copy.path)?;
        let pages = (file.metadata()?.len() / PAGE_BYTES as u64) as u32;
        for (nth, page) in fresh.chunks_exact(PAGE_BYTES).enumerate() {
            if with_rows.contains(&(nth as i64 + 1)) {
                continue;
            }
            let mut page = page.to_vec();
            if nth == 0 {
                // The file's header (<https://www.sqlite.org/fileformat2.html>): there is a log, so many pages, none of them free.
                page[18..20].copy_from_slice(&[2, 2]);
                page[28..32].copy_from_slice(&pages.to_be_bytes());
                page[32..40].fill(0);
            }
            file.seek(SeekFrom::Start((nth * PAGE_BYTES) as u64))?;
            file.write_all(&page)?;
        }
        Ok(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            // What cannot be deleted is in nobody's way.
            let _ = std::fs::remove_file(with_ending(&self.path, ending));
        }
    }
}

/// The usual size of a page, which libraries are made with.
const PAGE_BYTES: usize = 4096;

/// An empty library, and the numbers of those pages of it that hold rows in a full one. `place` is where it may be made; nothing is left there.
fn fresh_pages(place: &Path) -> Result<(Vec<u8>, BTreeSet<i64>), Box<dyn Error + Send + Sync>> {
    let fresh = Copy {
        path: place.with_extension("new.db"),
    };
    let conn = Connection::open(&fresh.path)?;
    conn.pragma_update(None, "page_size", PAGE_BYTES as i64)?;
    let step = conn.unchecked_transaction()?;
    for sql in STEPS {
        step.execute_batch(sql)?;
    }
    step.commit()?;
    let mut roots = conn.prepare("SELECT rootpage FROM sqlite_schema WHERE rootpage > 1")?;
    let roots = roots
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok((std::fs::read(&fresh.path)?, roots))
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Another program's database is sound, and stays where it is.
fn is_sound_database(path: &Path) -> bool {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    conn.is_ok_and(|conn| {
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
            row.get::<_, i64>(0)
        })
        .is_ok()
    })
}

/// Moves the library's files to a name that is free.
fn set_aside(path: &Path) -> Result<PathBuf, LibraryError> {
    let day = jiff::Timestamp::now().to_string().replace(':', "");
    let day = day.split('.').next().unwrap_or_default();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut target = path.with_file_name(format!("{stem}.damaged-{day}.db"));
    let mut nth = 2;
    while target.exists() {
        target = path.with_file_name(format!("{stem}.damaged-{day}-{nth}.db"));
        nth += 1;
    }
    for ending in ["-wal", "-shm", ""] {
        let from = with_ending(path, ending);
        if from.exists() {
            let moved = std::fs::rename(&from, with_ending(&target, ending));
            moved.map_err(|error| {
                LibraryError::new(
                    path,
                    Cause::CannotOpen(format!("it is damaged and cannot be moved aside: {error}")),
                )
            })?;
        }
    }
    Ok(target)
}
