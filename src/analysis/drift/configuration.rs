//! What makes two trackers set up alike.

use crate::model::format::Header;
use std::collections::BTreeMap;

/// How a tracker was set up, as far as the header says.
///
/// Part of it are the thresholds `crossfire_window`, `escape_time` and `escape_distance`, `test_mode`, and every capability. Not part of it are
/// what the map or the round decides (map, round, times, the two spawn intervals), the cadence, which is judged by itself, and the version.
/// Header keys that are not known are left out: they may be of the round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration {
    entries: BTreeMap<String, String>,
}

impl Configuration {
    /// The configuration of a header; `None` when it holds none of the keys.
    pub fn of(header: &Header) -> Option<Self> {
        let mut entries = BTreeMap::new();
        let thresholds = [
            ("crossfire_window", header.crossfire_window),
            ("escape_time", header.escape_time),
            ("escape_distance", header.escape_distance),
        ];
        for (key, value) in thresholds {
            entries.extend(value.map(|value| (key.to_owned(), value.to_string())));
        }
        let switch = |on: bool| if on { "1" } else { "0" }.to_owned();
        entries.extend(
            header
                .test_mode
                .map(|on| ("test_mode".to_owned(), switch(on))),
        );
        for (flag, on) in header.capabilities.iter().flatten() {
            entries.insert(format!("capability {flag}"), switch(*on));
        }
        (!entries.is_empty()).then_some(Self { entries })
    }

    /// Keys and values in order of the keys: thresholds by their header key, capabilities as `capability <flag>`.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Sixteen hexadecimal digits: the start of the BLAKE3 hash of `key=value` lines in order of the keys. Equal configurations have equal
    /// hashes whatever the order of capabilities in the file.
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (key, value) in &self.entries {
            hasher.update(format!("{key}={value}\n").as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// The keys in which two configurations differ, with both values; `None` for a key one of them does not have.
    pub fn differences<'a>(
        &'a self,
        other: &'a Self,
    ) -> Vec<(&'a str, Option<&'a str>, Option<&'a str>)> {
        let keys: std::collections::BTreeSet<&str> = self
            .entries
            .keys()
            .chain(other.entries.keys())
            .map(String::as_str)
            .collect();
        let value = |of: &'a Self, key: &str| of.entries.get(key).map(String::as_str);
        keys.into_iter()
            .map(|key| (key, value(self, key), value(other, key)))
            .filter(|(_, ours, theirs)| ours != theirs)
            .collect()
    }
}
