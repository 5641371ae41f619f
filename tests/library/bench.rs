//! A folder and a library of their own for a test.

use sandtable::jobs::import::report::{FileState, ImportEvent, ImportFile};
use sandtable::jobs::import::{Options, import};
use sandtable::library::catalogue::Entry;
use sandtable::library::{Library, Value};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

pub(crate) struct Bench {
    pub(crate) folder: PathBuf,
    pub(crate) library: PathBuf,
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Bench {
    pub(crate) fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("sandtable-library-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self {
            library: folder.join("library.db"),
            folder,
        }
    }

    pub(crate) fn open(&self) -> Library {
        Library::open(&self.library).unwrap()
    }

    /// Imports paths and gives where each file ended, in the order they were found.
    pub(crate) fn import(&self, paths: &[&Path]) -> Vec<(String, FileState)> {
        self.import_with(paths, Options::default())
    }

    pub(crate) fn import_with(
        &self,
        paths: &[&Path],
        options: Options,
    ) -> Vec<(String, FileState)> {
        let mut files: Vec<ImportFile> = Vec::new();
        let mut tell = |event| match event {
            ImportEvent::Found(found) => files.extend(found),
            ImportEvent::Changed(changed) => changed
                .into_iter()
                .for_each(|(id, state)| files[id as usize].state = state),
            ImportEvent::Done => {}
            ImportEvent::Stopped(why) => panic!("{why}"),
        };
        let paths = paths.iter().map(|path| path.to_path_buf()).collect();
        let done = import(
            self.open(),
            options,
            paths,
            &AtomicBool::new(false),
            &mut tell,
        );
        let (_, _, troubles) = done.unwrap();
        assert_eq!(troubles, Vec::<String>::new());
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        files
            .into_iter()
            .map(|file| (name(&file.path), file.state))
            .collect()
    }

    pub(crate) fn catalogue(&self) -> Vec<Entry> {
        self.open().catalogue().unwrap()
    }

    /// The answer to a question as text, columns joined by `|`.
    pub(crate) fn ask(&self, sql: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let text = |value: &Value| match value {
            Value::Null => String::new(),
            Value::Int(value) => value.to_string(),
            Value::Real(value) => value.to_string(),
            Value::Text(text) => text.clone(),
            Value::Blob(bytes) => format!("{} bytes", bytes.len()),
        };
        let row = |row: Vec<Value>| {
            lines.push(row.iter().map(text).collect::<Vec<_>>().join("|"));
            true
        };
        Library::query(&self.library, sql, |_| {}, row)
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        lines
    }

    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.ask(sql)[0].parse().unwrap()
    }

    /// Copies a file of the project into the folder and gives its new path.
    pub(crate) fn copy(&self, file: &Path, name: &str) -> PathBuf {
        let target = self.folder.join(name);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(file, &target).unwrap();
        settled(&target);
        target
    }

    /// Writes a file that was last changed a minute ago, so that nobody waits for it to grow.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let target = self.folder.join(name);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(&target, bytes).unwrap();
        settled(&target);
        target
    }
}

/// Makes a file an old one.
pub(crate) fn settled(path: &Path) {
    let minute_ago = std::time::SystemTime::now() - std::time::Duration::from_mins(1);
    let file = std::fs::File::options().append(true).open(path).unwrap();
    file.set_modified(minute_ago).unwrap();
}

/// How many files ended so.
pub(crate) fn count(files: &[(String, FileState)], is: impl Fn(&FileState) -> bool) -> usize {
    files.iter().filter(|(_, state)| is(state)).count()
}
