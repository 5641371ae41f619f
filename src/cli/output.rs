//! Writing to standard output and to files, the same way for every command.

use super::Outcome;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

/// Standard output, buffered.
pub(super) fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// What a failed write means: a reader that went away (`… | head`) is no failure and is not mentioned.
pub(super) fn ended(result: io::Result<()>, target: &str) -> Outcome {
    match result {
        Ok(()) => Outcome::Fine,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Outcome::Fine,
        Err(error) => {
            message(&format!("{target}: {error}"));
            Outcome::Failed
        }
    }
}

/// One line on standard error; nothing happens when that is closed.
pub(super) fn message(text: &str) {
    let _ = writeln!(io::stderr(), "sandtable: {text}");
}

/// Writes a file beside its final name first, so that a half-written one never stands under the name asked for.
pub(super) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let result = File::create(&part).and_then(|file| {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        write(&mut out)?;
        out.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()?;
        std::fs::rename(&part, path)
    });
    if result.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    result
}
