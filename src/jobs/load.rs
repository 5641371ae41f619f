//! From a path to a round: find the file, read it, build the round and what the window needs at once.

use super::ground::{GroundPlan, ground_of};
use crate::analysis::deaths::{Death, deaths};
use crate::format::container::{self, Unpacked};
use crate::format::{self, Problem, Refusal, Severity};
use crate::library::{Library, RoundId};
use crate::model::{ContentHash, Provenance, Round};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A round, and what the window needs of it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The round.
    pub round: Arc<Round>,
    /// Its deaths in order of time.
    pub deaths: Arc<Vec<Death>>,
    /// The ground under it.
    pub ground: GroundPlan,
    /// Said when another file was opened than the one that was named: the newest of a folder.
    pub remark: Option<String>,
}

/// Why a file could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The file or folder that was asked for.
    pub path: PathBuf,
    /// What is wrong with it, in words.
    pub cause: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.cause)
    }
}

impl std::error::Error for LoadError {}

const DEMO_NAME: &str = "2026-11-19-201112-sandpit-round-1_engagements.txt.gz";
const DEMO: &[u8] =
    include_bytes!("../../assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz");

/// Opens a round file (packed or plain), or the newest one in a folder, with what the window needs besides the round.
///
/// # Errors
/// When nothing can be read there, or it is no round file.
pub fn load_path(path: &Path) -> Result<Loaded, LoadError> {
    let mut remark = None;
    let round = load_file(path, &mut remark)?;
    Ok(Loaded {
        remark,
        ..Loaded::around(round)
    })
}

/// Reads the round of a file (or the newest in a folder), for those who need nothing else.
///
/// # Errors
/// As [`load_path`].
pub fn load_round(path: &Path) -> Result<Arc<Round>, LoadError> {
    load_file(path, &mut None).map(Arc::new)
}

fn load_file(path: &Path, remark: &mut Option<String>) -> Result<Round, LoadError> {
    let fail = |cause: String| LoadError {
        path: path.to_owned(),
        cause,
    };
    let mut file = path.to_owned();
    if path.is_dir() {
        file = newest_round_file(path).map_err(|error| fail(error.to_string()))?.ok_or_else(|| {
            fail("this folder holds no file that ends in _engagements.txt or _engagements.txt.gz".to_owned())
        })?;
        *remark = Some(format!(
            "{} is a folder: opened its newest round, {}",
            path.display(),
            name_of(&file)
        ));
    }
    let bytes = std::fs::read(&file).map_err(|error| fail(error.to_string()))?;
    let provenance = Provenance {
        file_name: name_of(&file),
        gametime_names: gametime_names_beside(&file),
        path: Some(file),
        ..Provenance::default()
    };
    round_of_bytes(&bytes, provenance).map_err(|refusal| fail(refusal.to_string()))
}

/// Opens a round of the library in this file, which errors call by `name`; its own file is not read.
///
/// # Errors
/// When there is no such round, or the library cannot be read.
pub fn load_stored(library: &Path, id: RoundId, name: &str) -> Result<Loaded, LoadError> {
    let fail = |cause: String| LoadError {
        path: PathBuf::from(name),
        cause,
    };
    let opened = Library::open_to_read(library).map_err(|error| fail(error.to_string()))?;
    let opened = opened.ok_or_else(|| fail("there is no library".to_owned()))?;
    let round = opened.open_round(id);
    round
        .map(Loaded::around)
        .map_err(|error| fail(error.to_string()))
}

/// The round that comes with the program.
///
/// # Panics
/// Never in a built program: the demo is compiled in, and a test reads it.
pub fn load_demo() -> Loaded {
    let provenance = Provenance {
        file_name: DEMO_NAME.to_owned(),
        ..Provenance::default()
    };
    load_bytes(DEMO, provenance).expect("the built-in demo round can be read")
}

/// Reads a round from the bytes of its file. Fills in what `provenance` can only know from the bytes.
///
/// # Errors
/// When they are no round file.
pub fn load_bytes(bytes: &[u8], provenance: Provenance) -> Result<Loaded, Refusal> {
    round_of_bytes(bytes, provenance).map(Loaded::around)
}

impl Loaded {
    /// A round with its deaths and its ground.
    pub fn around(round: Round) -> Self {
        Self {
            deaths: Arc::new(deaths(&round)),
            ground: ground_of(&round),
            round: Arc::new(round),
            remark: None,
        }
    }
}

fn round_of_bytes(bytes: &[u8], provenance: Provenance) -> Result<Round, Refusal> {
    let unpacked = container::unpack(bytes)?;
    let hash = ContentHash::of(&unpacked.bytes);
    round_of(&unpacked, hash, provenance, |_| Vec::new())
}

/// The round in a file's plain bytes, of which `hash` is the hash. Fills in what `provenance` can only know from them; `gametimes` gives the
/// names of gametime files about a round that ended in a second since 1970.
pub(crate) fn round_of(
    unpacked: &Unpacked<'_>,
    hash: ContentHash,
    mut provenance: Provenance,
    gametimes: impl FnOnce(i64) -> Vec<String>,
) -> Result<Round, Refusal> {
    let mut document = format::read(&unpacked.bytes)?;
    if let Some(damage) = &unpacked.damage {
        let problem = || Problem {
            severity: Severity::Error,
            rule: "damaged-archive",
            line: None,
            section: None,
            column: None,
            text: format!(
                "the gzip archive is damaged ({damage}); what could be unpacked was read"
            ),
        };
        document.problems.push(problem, Severity::Error);
    }
    if let Some(end_unix) = document.header.round_end_unix {
        provenance.gametime_names.extend(gametimes(end_unix));
    }
    let provenance = Provenance {
        plain_bytes: unpacked.bytes.len() as u64,
        was_packed: unpacked.was_packed,
        content_hash: Some(hash),
        ..provenance
    };
    Ok(Round::build(document, provenance))
}

/// The path a person typed: blanks and quotes around it removed, `~/` for the home folder.
pub fn typed_path(text: &str) -> PathBuf {
    let text = text.trim();
    let unquoted = ['"', '\'']
        .iter()
        .find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote));
    let text = unquoted.unwrap_or(text);
    let home = directories::BaseDirs::new().filter(|_| text == "~" || text.starts_with("~/"));
    match home {
        Some(dirs) => dirs.home_dir().join(text[1..].trim_start_matches('/')),
        None => PathBuf::from(text),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn is_round_file(name: &str) -> bool {
    name.ends_with("_engagements.txt") || name.ends_with("_engagements.txt.gz")
}

/// The round file that was written last. By the stamp its name starts with, since copying a folder changes the times of its files; files
/// without a stamp come last, by name.
fn newest_round_file(folder: &Path) -> std::io::Result<Option<PathBuf>> {
    let mut newest: Option<(Option<i64>, String)> = None;
    for name in names_in(folder)? {
        let stamp = crate::model::Stamp::of(&name).map(|stamp| stamp.local_seconds);
        let candidate = (stamp, name);
        if is_round_file(&candidate.1) && newest.as_ref().is_none_or(|best| candidate > *best) {
            newest = Some(candidate);
        }
    }
    Ok(newest.map(|(_, name)| folder.join(name)))
}

fn names_in(folder: &Path) -> std::io::Result<Vec<String>> {
    let entries = std::fs::read_dir(folder)?.filter_map(Result::ok);
    Ok(entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect())
}

/// A second module writes these next to the round files, or into a folder of their own; their names tell the round number.
fn gametime_names_beside(file: &Path) -> Vec<String> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let places = [folder.to_owned(), folder.join("gametimes")];
    let names = places
        .iter()
        .filter_map(|place| names_in(place).ok())
        .flatten();
    let mut names: Vec<String> = names.filter(|name| name.starts_with("gametime-")).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_can_be_read() {
        let demo = load_demo();
        assert_eq!(demo.round.map(), "sandpit");
        assert_eq!(demo.round.number.value, 1);
        assert!(demo.round.lives().len() > 50);
        assert!(demo.deaths.len() > 20);
        assert!(demo.ground.picture.is_some());
        assert!(demo.ground.objectives.len() > 2);
        assert!(demo.round.provenance.was_packed);
    }

    #[test]
    fn errors_name_file_and_cause() {
        let error = load_path(Path::new("/nowhere/round.txt")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("/nowhere/round.txt: No such file"),
            "{error}"
        );
        let folder = tempfolder("errors");
        let file = folder.join("letter.txt");
        std::fs::write(&file, "Dear all").unwrap();
        let error = load_path(&file).unwrap_err();
        assert!(error.to_string().contains("letter.txt: "), "{error}");
        let error = load_path(&folder).unwrap_err();
        assert!(error.cause.contains("no file that ends in"), "{error}");
    }

    #[test]
    fn a_damaged_archive_opens_with_a_problem() {
        let loaded = load_bytes(&DEMO[..DEMO.len() / 2], Provenance::default()).unwrap();
        let problems = &loaded.round.document.problems;
        assert!(
            problems
                .kept()
                .iter()
                .any(|problem| problem.rule == "damaged-archive")
        );
        assert!(loaded.round.samples().len() > 100);
    }

    #[test]
    fn a_folder_gives_its_newest_round_and_says_so() {
        let folder = tempfolder("newest");
        for name in [
            "2026-11-19-201112-sandpit-round-1_engagements.txt.gz",
            "2026-11-19-181112-sandpit-round-2_engagements.txt.gz",
            "zz_engagements.txt.gz",
        ] {
            std::fs::write(folder.join(name), DEMO).unwrap();
        }
        std::fs::write(
            folder.join("2027-01-01-000000-notes.txt"),
            "later, but no round",
        )
        .unwrap();
        std::fs::create_dir_all(folder.join("gametimes")).unwrap();
        std::fs::write(
            folder.join("gametimes/gametime-sandpit-R2-1795119072.json"),
            "{}",
        )
        .unwrap();
        let loaded = load_path(&folder).unwrap();
        assert!(
            loaded
                .round
                .provenance
                .file_name
                .starts_with("2026-11-19-201112")
        );
        assert!(loaded.remark.unwrap().contains("newest round"));
        assert_eq!(
            loaded.round.number.value, 2,
            "the gametime beside it knows better"
        );
    }

    #[test]
    fn typed_paths_may_be_quoted() {
        assert_eq!(typed_path("  '/tmp/a b' "), Path::new("/tmp/a b"));
        assert_eq!(typed_path("\"/tmp/a\""), Path::new("/tmp/a"));
        assert_eq!(typed_path("/tmp/it's"), Path::new("/tmp/it's"));
        assert!(typed_path("~/x").ends_with("x"));
        assert!(!typed_path("~/x").starts_with("~"));
    }

    fn tempfolder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("sandtable-load-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }
}
