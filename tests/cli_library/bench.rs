//! A folder and a library of their own for a test, and the program run on them.

use crate::support;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

pub(crate) struct Bench {
    pub(crate) folder: PathBuf,
    pub(crate) library: PathBuf,
}

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Ended well, and gives what it printed.
    pub(crate) fn fine(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// Could not be done, printed nothing, and said `part`.
    pub(crate) fn failed(&self, part: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{self:?}");
        assert!(self.err.starts_with("sandtable: "), "{self:?}");
        assert!(self.err.contains(part), "{part} in {self:?}");
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: output.status.code().expect("it ended by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Bench {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-library-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self {
            library: folder.join("library.db"),
            folder,
        }
    }

    /// With a copy of the library that holds all fixtures.
    pub(crate) fn filled(name: &str) -> Self {
        let bench = Self::new(name);
        std::fs::copy(&fixtures().library, &bench.library).unwrap();
        bench
    }

    /// The program on this library; no other can be found from here.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.bare(args);
        command.env("SANDTABLE_LIBRARY", &self.library);
        command
    }

    /// The program, told nothing about where the library is.
    pub(crate) fn bare(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandtable"));
        command
            .args(args)
            .current_dir(&self.folder)
            .env_remove("SANDTABLE_LIBRARY")
            .env_remove("XDG_DATA_HOME")
            .env("HOME", &self.folder)
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args)
            .output()
            .expect("the program runs")
            .into()
    }

    /// With something on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut stdin = child.stdin.take().unwrap();
        // A program that has ended already does not read it.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().unwrap().into()
    }

    /// Copies a file of the project into the folder; old enough that nobody waits for it to grow.
    pub(crate) fn copy(&self, file: &Path, name: &str) -> PathBuf {
        self.write(name, &std::fs::read(file).unwrap())
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let target = self.folder.join(name);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(&target, bytes).unwrap();
        let minute_ago = std::time::SystemTime::now() - std::time::Duration::from_mins(1);
        let file = std::fs::File::options().append(true).open(&target).unwrap();
        file.set_modified(minute_ago).unwrap();
        target
    }
}

/// A library with all fixtures, made once for all tests; it is only read.
pub(crate) fn fixtures() -> &'static Bench {
    static FIXTURES: OnceLock<Bench> = OnceLock::new();
    FIXTURES.get_or_init(|| {
        let bench = Bench::new("fixtures");
        let ran = bench.run(&["import", &text(&support::root().join("fixtures"))]);
        assert_eq!(ran.code, 1, "{ran:?}");
        bench
    })
}

pub(crate) fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
