//! Finding round files in what a person named: files, folders with everything below them, archives.
//!
//! Nothing but folders and the directories of archives is read, so that tens of thousands of files that are known already cost their
//! listing and nothing else.

use super::archive::Archive;
use super::contents::{Contents, GAMETIMES, gametime_names};
use super::error::{Cause, SourceError};
use super::mark::Mark;
pub use super::names::{Gametimes, Kind, kind_of};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ffi::OsString;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// A file that may be worth reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file; of a member, its archive.
    pub path: PathBuf,
    /// The file inside the archive.
    pub member: Option<Member>,
    /// What it is taken for.
    pub kind: Kind,
    /// How many bytes reading it will give: the size on disk, or the unpacked size an archive states for its member.
    pub bytes: u64,
    /// The file on disk; of a member, its archive. When it is the same as last time, nothing has to be read.
    pub mark: Mark,
    /// The gametime names lying beside it, or in its archive.
    pub gametimes: Gametimes,
}

/// A file inside an archive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// Its name with folders, `/` between them.
    pub name: String,
    /// Its place in the archive's directory: two members may have the same name.
    pub index: usize,
}

impl Found {
    /// The file's name without folders; of a member, the member's.
    pub fn file_name(&self) -> String {
        match &self.member {
            Some(member) => last_part(&member.name).to_owned(),
            None => name_of(&self.path),
        }
    }
}

/// How to look.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Folders with gametime files for every round, besides those that lie next to a round.
    pub gametime_folders: &'a [PathBuf],
    /// Whether an archive is to be opened: its members are found then. Otherwise the archive itself is found, as [`Kind::Archive`]: for
    /// one that is known by its mark, or may be half-written.
    pub opens_archive: &'a dyn Fn(&Path, Mark) -> bool,
}

fn always(_: &Path, _: Mark) -> bool {
    true
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            gametime_folders: &[],
            opens_archive: &always,
        }
    }
}

/// How a search went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Finds.
    pub found: u64,
    /// Folders listed.
    pub folders: u64,
    /// What could not be looked at.
    pub troubles: Vec<SourceError>,
    /// It was given up before its end.
    pub was_cancelled: bool,
}

/// Looks for files worth reading, and calls `on_found` with each: in the order of `paths`; in a folder first its files, then its
/// subfolders, both by name; in an archive by name.
///
/// A file that is named itself counts as a round whatever its name (gametime files excepted: only their names are of use, and those are
/// seen anyhow). Links are followed; a folder that is reached twice is listed once. `is_cancelled` is asked before every find.
pub fn find(
    paths: &[PathBuf],
    options: Options<'_>,
    on_found: impl FnMut(Found),
    is_cancelled: impl Fn() -> bool,
) -> Listing {
    let known = options.gametime_folders.iter();
    let known = Gametimes::of(known.flat_map(|folder| gametime_names(folder)));
    let mut walk = Walk {
        options,
        on_found,
        is_cancelled,
        known,
        listing: Listing::default(),
        folders: FxHashSet::default(),
        files: FxHashSet::default(),
        places: FxHashMap::default(),
    };
    for path in paths {
        if walk.is_over() {
            break;
        }
        walk.named(path);
    }
    walk.listing
}

/// The folder that a named file lies in.
#[derive(Clone)]
struct Place {
    /// Free of links: the same for every way to it.
    canonical: PathBuf,
    gametimes: Gametimes,
}

struct Walk<'a, F, C> {
    options: Options<'a>,
    on_found: F,
    is_cancelled: C,
    /// Gametime names for every round.
    known: Gametimes,
    listing: Listing,
    /// Folders listed, without links.
    folders: FxHashSet<PathBuf>,
    /// Files found, their folders without links.
    files: FxHashSet<PathBuf>,
    /// Of files that were named themselves.
    places: FxHashMap<PathBuf, Place>,
}

impl<F: FnMut(Found), C: Fn() -> bool> Walk<'_, F, C> {
    fn is_over(&mut self) -> bool {
        self.listing.was_cancelled = self.listing.was_cancelled || (self.is_cancelled)();
        self.listing.was_cancelled
    }

    fn trouble(&mut self, path: &Path, error: &std::io::Error) {
        self.listing.troubles.push(SourceError::io(path, error));
    }

    /// What the person named.
    fn named(&mut self, path: &Path) {
        match std::fs::metadata(path) {
            Err(error) => self.trouble(path, &error),
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(metadata) if metadata.is_file() => self.named_file(path, &metadata),
            Ok(_) => {
                let not_a_file = SourceError::new(path, Cause::NotAFile);
                self.listing.troubles.push(not_a_file);
            }
        }
    }

    fn named_file(&mut self, path: &Path, metadata: &Metadata) {
        let name = name_of(path);
        if super::names::gametime_end(&name).is_some() {
            return;
        }
        let place = self.place_of(path);
        let kind = kind_of(&name).unwrap_or(Kind::Round);
        self.file(path.to_owned(), kind, metadata, &place);
    }

    /// The folder of a named file, listed once for all files in it.
    fn place_of(&mut self, path: &Path) -> Place {
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if let Some(place) = self.places.get(parent) {
            return place.clone();
        }
        let mut names = gametime_names(parent);
        names.extend(gametime_names(&parent.join(GAMETIMES)));
        let place = self.place(parent, names);
        self.places.insert(parent.to_owned(), place.clone());
        place
    }

    fn place(&self, folder: &Path, names: Vec<String>) -> Place {
        Place {
            canonical: std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()),
            gametimes: Gametimes::of(names).with(&self.known),
        }
    }

    /// A folder and everything below it. Not recursive: no depth of folders ends the program.
    fn folder(&mut self, root: &Path) {
        let mut waiting = vec![root.to_owned()];
        while let Some(folder) = waiting.pop() {
            if self.is_over() {
                return;
            }
            let below = self.list(&folder);
            waiting.extend(below.into_iter().rev().map(|name| folder.join(name)));
        }
    }

    /// Finds the files of one folder; gives its subfolders by name.
    fn list(&mut self, folder: &Path) -> Vec<OsString> {
        let mut contents = match Contents::of(folder) {
            Ok(contents) => contents,
            Err(error) => {
                self.trouble(folder, &error);
                return Vec::new();
            }
        };
        if contents.folders.iter().any(|name| name == GAMETIMES) {
            let beside = gametime_names(&folder.join(GAMETIMES));
            contents.gametimes.extend(beside);
        }
        let place = self.place(folder, contents.gametimes);
        if !self.folders.insert(place.canonical.clone()) {
            return Vec::new();
        }
        self.listing.folders += 1;
        self.listing.troubles.append(&mut contents.troubles);
        for (name, kind) in contents.files {
            if self.is_over() {
                return Vec::new();
            }
            let path = folder.join(name);
            match std::fs::metadata(&path) {
                Ok(metadata) if metadata.is_file() => self.file(path, kind, &metadata, &place),
                Ok(_) => {}
                Err(error) => self.trouble(&path, &error),
            }
        }
        contents.folders
    }

    fn file(&mut self, path: PathBuf, kind: Kind, metadata: &Metadata, place: &Place) {
        let name = path.file_name().unwrap_or_default();
        if !self.files.insert(place.canonical.join(name)) {
            return;
        }
        let mark = Mark::of(metadata);
        if kind == Kind::Archive && (self.options.opens_archive)(&path, mark) {
            return self.archive(&path, place);
        }
        self.give(Found {
            path,
            member: None,
            kind,
            bytes: mark.bytes,
            mark,
            gametimes: place.gametimes.clone(),
        });
    }

    /// The rounds and stats files in an archive. Archives in archives are not opened.
    fn archive(&mut self, path: &Path, place: &Place) {
        let archive = match Archive::open(path) {
            Ok(archive) => archive,
            Err(error) => return self.listing.troubles.push(error),
        };
        let entries = archive.entries();
        let inside = entries.iter().map(|entry| last_part(&entry.name));
        let inside = Gametimes::of(inside.map(str::to_owned));
        let gametimes = inside.with(&place.gametimes);
        for entry in entries {
            let kind = match kind_of(last_part(&entry.name)) {
                None | Some(Kind::Archive) => continue,
                Some(kind) => kind,
            };
            if self.is_over() {
                return;
            }
            self.give(Found {
                path: path.to_owned(),
                kind,
                bytes: entry.bytes,
                mark: archive.mark(),
                gametimes: gametimes.clone(),
                member: Some(Member {
                    name: entry.name,
                    index: entry.index,
                }),
            });
        }
    }

    fn give(&mut self, found: Found) {
        self.listing.found += 1;
        (self.on_found)(found);
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Behind the last folder of a member's name.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
