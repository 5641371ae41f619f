//! Shows a file in the desktop's file manager.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a file could not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong, in words.
    pub cause: String,
}

impl fmt::Display for RevealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        write!(f, "Could not show {path}: {}.", self.cause)
    }
}

/// Opens the file manager where a file is; of a member of an archive, where the archive is. Blocks until the desktop has taken the
/// order.
///
/// # Errors
/// When nothing of the path is left, or the desktop has no file manager that can be called.
pub fn reveal(path: &Path) -> Result<(), RevealError> {
    let fail = |cause: String| RevealError {
        path: path.to_owned(),
        cause,
    };
    let there = path
        .ancestors()
        .find(|path| path.exists())
        .filter(|there| there.parent().is_some())
        .ok_or_else(|| fail("it is no longer there".to_owned()))?;
    let (program, arguments) = file_manager(there, there.is_dir(), std::env::consts::OS);
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match status {
        // Windows' own file manager ends with 1 when all went well.
        Ok(status) if status.success() || program == "explorer" => Ok(()),
        Ok(status) => Err(fail(format!("{program} failed ({status})"))),
        Err(error) => Err(fail(format!("{program}: {error}"))),
    }
}

/// Program and arguments that show a file (where that can be asked for) or the folder it is in.
fn file_manager(path: &Path, is_folder: bool, system: &str) -> (&'static str, Vec<OsString>) {
    let folder = if is_folder {
        path
    } else {
        path.parent().unwrap_or(path)
    };
    match system {
        "windows" if is_folder => ("explorer", vec![path.into()]),
        "windows" => {
            let mut argument = OsString::from("/select,");
            argument.push(path);
            ("explorer", vec![argument])
        }
        "macos" => ("open", vec!["-R".into(), path.into()]),
        // The desktops have no common way to select a file.
        _ => ("xdg-open", vec![folder.into()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_desktop_is_asked_in_its_own_way() {
        let ask = |system| {
            let (program, arguments) = file_manager(Path::new("/srv/a.txt"), false, system);
            let arguments: Vec<String> = arguments
                .iter()
                .map(|argument| argument.to_string_lossy().into_owned())
                .collect();
            format!("{program} {}", arguments.join(" "))
        };
        assert_eq!(ask("linux"), "xdg-open /srv");
        assert_eq!(ask("windows"), "explorer /select,/srv/a.txt");
        assert_eq!(ask("macos"), "open -R /srv/a.txt");
        let folder = file_manager(Path::new("/srv"), true, "linux");
        assert_eq!(folder.1, [OsString::from("/srv")]);
    }

    #[test]
    fn what_is_gone_cannot_be_shown() {
        let error = reveal(Path::new("gone/round.txt")).unwrap_err();
        let text = "Could not show gone/round.txt: it is no longer there.";
        assert_eq!(error.to_string(), text);
    }
}
