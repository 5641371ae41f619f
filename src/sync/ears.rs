//! Being told of changes by the operating system.

use super::names::kind_of;
use super::schedule::{Key, Reached};
use super::share::network_share;
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A folder that tells of its changes for as long as this lives.
pub(super) struct Ears {
    identity: Identity,
    _watcher: RecommendedWatcher,
}

impl Ears {
    /// The folder they belong to.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// Tells a folder from another one of the same name: something else was mounted there, or a folder above it was exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// Device and number, where the system has them.
    number: Option<(u64, u64)>,
    created: Option<SystemTime>,
}

impl Identity {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let number = {
            use std::os::unix::fs::MetadataExt;
            Some((metadata.dev(), metadata.ino()))
        };
        #[cfg(not(unix))]
        let number = None;
        Self {
            number,
            created: metadata.created().ok(),
        }
    }
}

/// What an event means for the folder it comes from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// These are to be looked at.
    Changed(Vec<PathBuf>),
    /// Some events were lost.
    Missed,
    /// The folder itself was moved or removed; nothing more will be heard of it.
    Gone,
    /// Something went wrong; nothing can be relied on any more. In words.
    Silent(String),
}

/// What a probe found out, for the thread that keeps the ears.
pub(super) enum Hearing {
    /// The ears it has are the right ones.
    Keep,
    /// New ones.
    New(Ears),
    /// None: the folder is listed again and again.
    Without,
}

/// A folder to be probed.
pub(super) struct Probe {
    pub key: Key,
    pub path: PathBuf,
    /// It is not to be asked to tell of changes.
    pub polls: bool,
    /// The folder that the ears there are belong to.
    pub heard: Option<Identity>,
    /// How often it will be listed if it does not tell, s.
    pub poll_s: i64,
}

impl Probe {
    /// Finds out whether the folder can be read, and has it tell of changes. May take as long as a network takes.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn run(&self, tell: impl Fn(Heard) + Send + 'static) -> Result<(Reached, Hearing), String> {
        let metadata = std::fs::metadata(&self.path).map_err(|error| in_words(&error))?;
        if !metadata.is_dir() {
            return Err("it is not a folder".to_owned());
        }
        // Being allowed to list it is another matter than being allowed to see it.
        std::fs::read_dir(&self.path).map_err(|error| in_words(&error))?;
        if self.polls {
            return Ok((Reached::default(), Hearing::Without));
        }
        if let Some(share) = network_share(&self.path) {
            return Ok(self.without(&format!("on {share}")));
        }
        let tells = Reached {
            tells: true,
            remark: None,
        };
        let identity = Identity::of(&metadata);
        if self.heard.as_ref() == Some(&identity) {
            return Ok((tells, Hearing::Keep));
        }
        match self.listen(tell) {
            Ok(watcher) => {
                let ears = Ears {
                    identity,
                    _watcher: watcher,
                };
                Ok((tells, Hearing::New(ears)))
            }
            Err(error) => Ok(self.without(&cause_of(&error))),
        }
    }

    fn without(&self, why: &str) -> (Reached, Hearing) {
        let reached = Reached {
            tells: false,
            remark: Some(format!("{why}: listed every {} s", self.poll_s)),
        };
        (reached, Hearing::Without)
    }

    fn listen(&self, tell: impl Fn(Heard) + Send + 'static) -> notify::Result<RecommendedWatcher> {
        use notify::Watcher as _;
        let root = self.path.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(heard) = heard(&root, event) {
                tell(heard);
            }
        })?;
        watcher.watch(&self.path, RecursiveMode::Recursive)?;
        Ok(watcher)
    }
}

fn in_words(error: &std::io::Error) -> String {
    super::Cause::from(error).to_string()
}

fn cause_of(error: &notify::Error) -> String {
    match error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system's limit of watched folders is reached (fs.inotify.max_user_watches)"
                .to_owned()
        }
        _ => format!("the system does not tell of changes ({error})"),
    }
}

/// What an event means; `None` for those that concern no round.
fn heard(root: &Path, event: notify::Result<Event>) -> Option<Heard> {
    let event = match event {
        Ok(event) => event,
        Err(error) => return Some(Heard::Silent(cause_of(&error))),
    };
    if event.need_rescan() {
        return Some(Heard::Missed);
    }
    let is_root = |event: &Event| event.paths.iter().any(|path| path == root);
    let may_be_folder = match event.kind {
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
            return is_root(&event).then_some(Heard::Gone);
        }
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => return None,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any => true,
        EventKind::Modify(_) | EventKind::Other => false,
    };
    // Of a renaming the last path is the new one.
    let path = event.paths.into_iter().next_back()?;
    let name = path.file_name()?.to_string_lossy();
    let is_wanted = kind_of(&name).is_some() || may_be_folder && path.is_dir();
    (is_wanted && path != root).then(|| Heard::Changed(vec![path]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, RemoveKind};

    fn heard_of(kind: EventKind, paths: &[&str]) -> Option<Heard> {
        let event = Event::new(kind);
        let event = paths
            .iter()
            .fold(event, |event, path| event.add_path(PathBuf::from(path)));
        heard(Path::new("/rounds"), Ok(event))
    }

    fn changed(path: &str) -> Heard {
        Heard::Changed(vec![PathBuf::from(path)])
    }

    #[test]
    fn only_what_may_be_a_round_is_told() {
        let round = "/rounds/x_engagements.txt";
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert_eq!(heard_of(written, &[round]), Some(changed(round)));
        assert_eq!(heard_of(closed, &[round]), Some(changed(round)));
        assert_eq!(heard_of(opened, &[round]), None);
        assert_eq!(heard_of(written, &["/rounds/etconsole.log"]), None);
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        assert_eq!(
            heard_of(renamed, &["/rounds/x.part", round]),
            Some(changed(round))
        );
        let folder = std::env::temp_dir();
        let made = EventKind::Create(CreateKind::Folder);
        let folder = folder.to_str().unwrap();
        assert_eq!(heard_of(made, &[folder]), Some(changed(folder)));
    }

    #[test]
    fn a_folder_that_goes_and_events_that_are_lost() {
        let removed = EventKind::Remove(RemoveKind::Folder);
        assert_eq!(heard_of(removed, &["/rounds"]), Some(Heard::Gone));
        assert_eq!(heard_of(removed, &["/rounds/april"]), None);
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        assert_eq!(heard_of(moved, &["/rounds"]), Some(Heard::Gone));
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(
            heard(Path::new("/rounds"), Ok(overflow)),
            Some(Heard::Missed)
        );
        let limit = notify::Error::new(ErrorKind::MaxFilesWatch);
        let Some(Heard::Silent(why)) = heard(Path::new("/rounds"), Err(limit)) else {
            panic!("silence");
        };
        assert!(why.contains("max_user_watches"), "{why}");
    }

    fn probe(
        path: &Path,
        polls: bool,
        heard: Option<Identity>,
    ) -> Result<(Reached, Hearing), String> {
        let probe = Probe {
            key: 0,
            path: path.to_owned(),
            polls,
            heard,
            poll_s: 15,
        };
        probe.run(|_| {})
    }

    #[test]
    fn a_probe_says_what_is_wrong_and_who_has_to_be_polled() {
        let folder = std::env::temp_dir().join(format!("sandtable-ears-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("file");
        std::fs::write(&file, "x").unwrap();
        let why = |path: &Path| probe(path, false, None).err();
        assert_eq!(why(&file).as_deref(), Some("it is not a folder"));
        let missing = why(&folder.join("missing"));
        assert_eq!(missing.as_deref(), Some("it is not there (any more)"));

        let (reached, hearing) = probe(&folder, true, None).unwrap();
        assert_eq!(reached, Reached::default());
        assert!(matches!(hearing, Hearing::Without));

        let same = Identity::of(&std::fs::metadata(&folder).unwrap());
        let other = Identity::of(&std::fs::metadata(std::env::temp_dir()).unwrap());
        let (reached, hearing) = probe(&folder, false, Some(same)).unwrap();
        // On a network share, or where the system tells nothing, there is a remark instead.
        if reached.tells {
            assert!(matches!(hearing, Hearing::Keep));
            let (_, hearing) = probe(&folder, false, Some(other)).unwrap();
            assert!(matches!(hearing, Hearing::New(_)));
        } else {
            assert!(reached.remark.unwrap().ends_with(": listed every 15 s"));
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
