//! When a library is damaged: it is set aside, never deleted; what a person wrote is saved from it and from the backup; the rounds are
//! imported again from their files.

use super::Library;
use super::error::{Cause, LibraryError};
use super::notebook::{Notebook, backup_path};
use rusqlite::{Connection, OpenFlags};
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
        let mut library = Self::open(path)?;
        let backup = Notebook::of_backup(path);
        library.guarded(|library| {
            let step = library.conn.unchecked_transaction()?;
            saved.notebook.put(&step)?;
            if let Some(backup) = &backup {
                backup.put(&step)?;
            }
            step.commit()
        })?;
        for (folder, polls) in &saved.folders {
            library.add_source(folder, *polls)?;
        }
        library.back_up()?;
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
    folders: Vec<(PathBuf, bool)>,
    files: Vec<PathBuf>,
}

impl Saved {
    fn of(path: &Path) -> Self {
        let Ok(conn) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY) else {
            return Self::default();
        };
        let mut saved = Self {
            notebook: Notebook::salvage(&conn),
            ..Self::default()
        };
        let mut read = |sql: &str, take: &mut dyn FnMut(&mut Self, PathBuf, bool)| {
            let Ok(mut find) = conn.prepare(sql) else {
                return;
            };
            let Ok(mut rows) = find.query([]) else { return };
            while let Ok(Some(row)) = rows.next() {
                if let (Ok(path), Ok(flag)) = (row.get::<_, String>(0), row.get(1)) {
                    take(&mut saved, PathBuf::from(path), flag);
                }
            }
        };
        read(
            "SELECT path, polls FROM source ORDER BY id",
            &mut |saved, path, polls| saved.folders.push((path, polls)),
        );
        // An archive is imported whole, so its members name it once.
        read(
            "SELECT path, 0 FROM file WHERE state <> 'removed' ORDER BY id",
            &mut |saved, path, _| {
                let text = path.to_string_lossy();
                let archive = text
                    .split_once(".zip!")
                    .map(|(archive, _)| PathBuf::from(format!("{archive}.zip")));
                let file = archive.unwrap_or(path);
                if saved.files.last() != Some(&file) {
                    saved.files.push(file);
                }
            },
        );
        saved
    }
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
    let with_ending = |file: &Path, ending: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
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
