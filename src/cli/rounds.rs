//! Rounds as arguments: files, and rounds of the library as `@12`, `@2026-11-19`, `@last` or `@all`.

use super::Outcome;
use super::output::message;
use crate::jobs::load::{Loaded, load_path, load_round};
use crate::library::catalogue::Entry;
use crate::library::{Library, RoundId, library_path};
use crate::model::Round;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a round is to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A file, or a folder of which the newest round is meant.
    File(PathBuf),
    /// The library.
    Stored(RoundId),
}

/// What some arguments name.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// In order of the arguments; the rounds of one argument in order of their start.
    pub(super) rounds: Vec<Origin>,
    /// The answer is to be a list: there are several arguments, or one that may be any number of rounds. That some cannot be read does not
    /// make a list a single one.
    pub(super) is_many: bool,
    has_failed: bool,
}

impl Asked {
    /// How the command ends at best.
    pub(super) fn outcome(&self) -> Outcome {
        if self.has_failed {
            Outcome::Failed
        } else {
            Outcome::Fine
        }
    }
}

/// What stands behind `@`.
#[derive(Debug, PartialEq, Eq)]
enum Word<'a> {
    Id(i64),
    Date(&'a str),
    Last,
    All,
}

impl<'a> Word<'a> {
    /// The word of an argument; `None` for a file, an error for what begins with `@` and is none of them.
    fn of(argument: &'a Path) -> Result<Option<Self>, String> {
        let Some(word) = argument.to_str().and_then(|text| text.strip_prefix('@')) else {
            return Ok(None);
        };
        let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        match word {
            "last" => Ok(Some(Self::Last)),
            "all" => Ok(Some(Self::All)),
            number if is_number => number
                .parse()
                .map(|id| Some(Self::Id(id)))
                .map_err(|_| format!("@{word}: no round has such a number")),
            date if is_date(date) => Ok(Some(Self::Date(date))),
            _ => Err(format!(
                "@{word}: rounds of the library are @12 (by number), @2026-11-19 (of an evening), @last or @all; a file of that name is ./@{word}"
            )),
        }
    }
}

/// `YYYY-MM-DD`, a day that exists.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Gives the rounds of arguments; opens the library when the first one names a round of it.
pub(super) struct Shelf<'a> {
    asked: Option<&'a Path>,
    open: Option<(Library, Vec<Entry>)>,
}

impl<'a> Shelf<'a> {
    /// With the library that the command line names, if it does.
    pub(super) fn new(asked: Option<&'a Path>) -> Self {
        Self { asked, open: None }
    }

    /// What the arguments name; says what is wrong with those that name nothing.
    pub(super) fn resolve_all(&mut self, arguments: &[PathBuf]) -> Asked {
        let mut asked = Asked {
            is_many: arguments.len() > 1,
            ..Asked::default()
        };
        for argument in arguments {
            match self.resolve(argument) {
                Ok((rounds, is_many)) => {
                    asked.rounds.extend(rounds);
                    asked.is_many |= is_many;
                }
                Err(why) => {
                    message(&why);
                    asked.has_failed = true;
                }
            }
        }
        asked
    }

    /// The rounds of one argument, and whether it may be any number of them.
    fn resolve(&mut self, argument: &Path) -> Result<(Vec<Origin>, bool), String> {
        let Some(word) = Word::of(argument)? else {
            return Ok((vec![Origin::File(argument.to_owned())], false));
        };
        let rounds = self.stored(&word).map_err(|why| {
            let hint = if argument.exists() {
                format!("; the file of that name is ./{}", argument.display())
            } else {
                String::new()
            };
            format!("{}: {why}{hint}", argument.display())
        })?;
        let is_many = matches!(word, Word::Date(_) | Word::All);
        Ok((rounds.into_iter().map(Origin::Stored).collect(), is_many))
    }

    fn stored(&mut self, word: &Word<'_>) -> Result<Vec<RoundId>, String> {
        let (library, entries) = self.open()?;
        let nothing = || {
            let path = library.path().display();
            format!("the library {path} holds no rounds; import files first")
        };
        let last = entries.last().ok_or_else(nothing)?;
        let of_date = |date: &str| -> Vec<RoundId> {
            let of_date = entries
                .iter()
                .filter(|entry| entry.date.as_deref() == Some(date));
            of_date.map(|entry| entry.id).collect()
        };
        match word {
            Word::Last => Ok(vec![last.id]),
            Word::All => Ok(entries.iter().map(|entry| entry.id).collect()),
            Word::Id(id) if entries.iter().any(|entry| entry.id.0 == *id) => Ok(vec![RoundId(*id)]),
            Word::Id(_) => Err("there is no such round in the library".to_owned()),
            Word::Date(date) => {
                let rounds = of_date(date);
                if rounds.is_empty() {
                    let latest = last.date.as_deref().unwrap_or("not known");
                    return Err(format!(
                        "the library holds no round of that evening; its last evening is {latest}"
                    ));
                }
                Ok(rounds)
            }
        }
    }

    /// The library and its rounds in order of their start, those without a date first.
    fn open(&mut self) -> Result<&(Library, Vec<Entry>), String> {
        if self.open.is_none() {
            self.open = Some(open(self.asked)?);
        }
        self.open
            .as_ref()
            .ok_or_else(|| "the library is not open".to_owned())
    }

    /// The rounds of the library that a word names, or `None` when the argument is no such word.
    pub(super) fn stored_rounds(
        &mut self,
        argument: &Path,
    ) -> Result<Option<Vec<RoundId>>, String> {
        if Word::of(argument)?.is_none() {
            return Ok(None);
        }
        let (rounds, _) = self.resolve(argument)?;
        let stored = rounds.into_iter().filter_map(|origin| match origin {
            Origin::Stored(id) => Some(id),
            Origin::File(_) => None,
        });
        Ok(Some(stored.collect()))
    }

    /// The library.
    pub(super) fn library(&mut self) -> Result<&Library, String> {
        self.open().map(|(library, _)| library)
    }

    /// Reads a round.
    pub(super) fn load(&mut self, origin: &Origin) -> Result<Arc<Round>, String> {
        match origin {
            Origin::File(path) => load_round(path).map_err(|error| error.to_string()),
            Origin::Stored(id) => self.load_stored(*id).map(Arc::new),
        }
    }

    fn load_stored(&mut self, id: RoundId) -> Result<Round, String> {
        let (library, _) = self.open()?;
        library.open_round(id).map_err(|error| error.to_string())
    }

    /// Reads the only round of an argument, with what drawing it needs.
    pub(super) fn load_one(&mut self, argument: &Path) -> Result<Loaded, String> {
        match self.resolve(argument)?.0.as_slice() {
            [Origin::File(path)] => load_path(path).map_err(|error| error.to_string()),
            [Origin::Stored(id)] => self.load_stored(*id).map(Loaded::around),
            several => Err(format!(
                "{}: names {} rounds; give the number of one",
                argument.display(),
                several.len()
            )),
        }
    }
}

fn open(asked: Option<&Path>) -> Result<(Library, Vec<Entry>), String> {
    let path = library_path(asked).map_err(|error| error.to_string())?;
    let library = Library::open_to_read(&path).map_err(|error| error.to_string())?;
    let library = library.ok_or_else(|| {
        let path = path.display();
        format!("there is no library yet ({path}); import files first")
    })?;
    let mut entries = library.catalogue().map_err(|error| error.to_string())?;
    // The catalogue has the latest evening first, the rounds of an evening in order of their start; sorting keeps the latter.
    entries.sort_by(|a, b| a.date.cmp(&b.date));
    Ok((library, entries))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_files() {
        let word = |text| Word::of(Path::new(text)).map(|word| format!("{word:?}"));
        assert_eq!(word("@12").unwrap(), "Some(Id(12))");
        assert_eq!(word("@2026-11-19").unwrap(), "Some(Date(\"2026-11-19\"))");
        assert_eq!(word("@last").unwrap(), "Some(Last)");
        assert_eq!(word("@all").unwrap(), "Some(All)");
        for file in ["./@12", "x@12", "12", "a/@last", ""] {
            assert_eq!(word(file).unwrap(), "None", "{file}");
        }
        for wrong in ["@", "@2026-13-01", "@2026-11-9", "@newest", "@-1", "@1x"] {
            let why = word(wrong).unwrap_err();
            assert!(why.ends_with(&format!("./{wrong}")), "{why}");
        }
        assert!(
            word("@99999999999999999999")
                .unwrap_err()
                .contains("no round")
        );
    }
}
