//! Running the program.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What came of it.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// Runs the program with a library of its own; the real one of whoever runs the tests is never touched.
pub(crate) fn sandtable(library: &Path, args: &[&str]) -> Said {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_sandtable"))
        .arg("--library")
        .arg(library)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said {
        code: output.status.code().expect("it ended by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

pub(crate) fn text(path: impl AsRef<Path>) -> String {
    path.as_ref().to_string_lossy().into_owned()
}
