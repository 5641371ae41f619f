//! What became of a file, in words and as JSON.

use crate::jobs::import::report::{FileState, ImportFile};
use serde_json::{Value, json};
use std::path::Path;

/// The state as one word, and what else is to be said about it.
pub(super) fn word(state: &FileState) -> (&'static str, String) {
    match state {
        FileState::Waiting => ("waiting", String::new()),
        FileState::Growing => ("growing", String::new()),
        FileState::Reading => ("reading", String::new()),
        FileState::Stored { problems, replaced } => {
            let problems = match problems {
                0 => None,
                1 => Some("1 problem".to_owned()),
                n => Some(format!("{n} problems")),
            };
            let replaced = replaced
                .as_ref()
                .map(|name| format!("replaces the less complete {name}"));
            let said: Vec<String> = problems.into_iter().chain(replaced).collect();
            ("stored", said.join(", "))
        }
        FileState::Known => ("known", String::new()),
        FileState::DuplicateOf(name) => ("duplicate", format!("of {name}")),
        FileState::Skipped(why) => ("skipped", why.clone()),
        FileState::Refused(why) => ("refused", why.clone()),
        FileState::Failed(why) => ("failed", why.clone()),
        FileState::Cancelled => ("cancelled", String::new()),
    }
}

/// One line: state, file, and why.
pub(in crate::cli) fn line(path: &Path, state: &FileState) -> String {
    let (word, said) = word(state);
    let path = path.display();
    if said.is_empty() {
        format!("{word:<9}  {path}")
    } else {
        format!("{word:<9}  {path}  ({said})")
    }
}

/// `{path, bytes, state, problems, replaced, duplicate_of, why}`; what the state does not have is null.
pub(super) fn file_json(file: &ImportFile) -> Value {
    let mut object = state_json(&file.path, &file.state);
    object["bytes"] = json!(file.bytes);
    object
}

/// The same where the size does not matter.
pub(in crate::cli) fn state_json(path: &Path, state: &FileState) -> Value {
    let (mut problems, mut replaced, mut duplicate_of, mut why) = (None, None, None, None);
    match state {
        FileState::Stored {
            problems: n,
            replaced: name,
        } => (problems, replaced) = (Some(*n), name.as_ref()),
        FileState::DuplicateOf(name) => duplicate_of = Some(name),
        FileState::Skipped(text) | FileState::Refused(text) | FileState::Failed(text) => {
            why = Some(text);
        }
        _ => {}
    }
    json!({
        "path": path.to_string_lossy(), "state": word(state).0, "problems": problems, "replaced": replaced,
        "duplicate_of": duplicate_of, "why": why,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_in_words() {
        let path = Path::new("x.txt");
        let stored = FileState::Stored {
            problems: 2,
            replaced: Some("y.txt".to_owned()),
        };
        assert_eq!(
            line(path, &stored),
            "stored     x.txt  (2 problems, replaces the less complete y.txt)"
        );
        assert_eq!(line(path, &FileState::Known), "known      x.txt");
        assert_eq!(
            state_json(path, &FileState::DuplicateOf("z".to_owned())).to_string(),
            r#"{"path":"x.txt","state":"duplicate","problems":null,"replaced":null,"duplicate_of":"z","why":null}"#
        );
        assert_eq!(state_json(path, &stored)["problems"], 2);
    }
}
