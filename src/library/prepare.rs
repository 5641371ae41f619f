//! Everything about a round that costs time before it is written, so that many threads can do it and the one that writes only writes.

use super::derived::Derived;
use super::pack;
use crate::analysis::drift::Configuration;
use crate::format::Severity;
use crate::model::{CAPABILITIES, ContentHash, Round};
use std::path::PathBuf;
use std::sync::Arc;

/// The file a round comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Names it: its path; for a member of an archive the archive's path, `!`, and the member's name.
    pub path: PathBuf,
    /// Without folders.
    pub name: String,
    /// Size on disk.
    pub bytes: u64,
    /// Modification time, ns since 1970.
    pub changed_ns: i64,
}

/// A round that is ready to be stored.
#[derive(Debug)]
pub struct Prepared {
    pub(super) round: Arc<Round>,
    pub(super) hash: ContentHash,
    pub(super) derived: Derived,
    pub(super) image: Vec<u8>,
    /// The samples of each life, one behind the other; `path_ends` says where each ends.
    paths: Vec<u8>,
    path_ends: Vec<usize>,
    pub(super) summary: Summary,
}

/// What the list of rounds says about one besides its identity.
#[derive(Debug)]
pub(super) struct Summary {
    pub(super) capabilities: String,
    pub(super) config_hash: Option<String>,
    pub(super) player_names: String,
    pub(super) bots: u32,
    pub(super) rows: i64,
    pub(super) errors: i64,
    pub(super) warnings: i64,
    pub(super) notes: i64,
    pub(super) is_cut: bool,
}

impl Prepared {
    /// Works out and packs what is to be stored. `None` when the round's provenance has no content hash: it came from no file.
    pub fn of(round: Arc<Round>) -> Option<Self> {
        let hash = round.provenance.content_hash?;
        let document = &round.document;
        let mut paths = Vec::with_capacity(document.samples.len() * 10);
        let mut path_ends = Vec::with_capacity(document.tracks.rows.len());
        for row in &document.tracks.rows {
            pack::encode_path(
                &document.samples,
                &document.strings,
                row.path.range(),
                &mut paths,
            );
            path_ends.push(paths.len());
        }
        Some(Self {
            hash,
            derived: Derived::of(&round),
            image: pack::encode_image(document),
            paths,
            path_ends,
            summary: Summary::of(&round),
            round,
        })
    }

    /// The round.
    pub fn round(&self) -> &Arc<Round> {
        &self.round
    }

    /// Its problems of severity warning or error.
    pub fn problems(&self) -> u64 {
        (self.summary.errors + self.summary.warnings) as u64
    }

    /// The packed samples of the life in row `index` of the tracks.
    pub(super) fn path(&self, index: usize) -> &[u8] {
        let start = index
            .checked_sub(1)
            .map_or(0, |before| self.path_ends[before]);
        &self.paths[start..self.path_ends[index]]
    }
}

impl Summary {
    fn of(round: &Round) -> Self {
        let document = &round.document;
        let problems = &document.problems;
        let flag = |(flag, _): &(&str, &str)| {
            (
                (*flag).to_owned(),
                serde_json::json!(round.capability(flag).0),
            )
        };
        let capabilities: serde_json::Map<String, serde_json::Value> =
            CAPABILITIES.iter().map(flag).collect();
        let names: Vec<&str> = round
            .players
            .iter()
            .map(|(_, player)| player.plain_name.as_str())
            .collect();
        Self {
            capabilities: serde_json::Value::Object(capabilities).to_string(),
            config_hash: Configuration::of(&document.header)
                .map(|configuration| configuration.hash()),
            // A line feed in a name would make two of it.
            player_names: names
                .iter()
                .map(|name| name.replace('\n', " "))
                .collect::<Vec<_>>()
                .join("\n"),
            bots: round
                .players
                .iter()
                .filter(|(_, player)| player.is_bot)
                .count() as u32,
            rows: document
                .sections
                .iter()
                .map(|section| i64::from(section.rows))
                .sum(),
            errors: problems.count(Severity::Error) as i64,
            warnings: problems.count(Severity::Warning) as i64,
            notes: problems.count(Severity::Note) as i64,
            is_cut: document.ending.is_cut(),
        }
    }
}
