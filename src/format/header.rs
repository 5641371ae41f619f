//! The lines `# key=value` between banner and first section.

use super::number;

/// One header line as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderEntry {
    /// Key, before the first `=`.
    pub key: String,
    /// Value, after the first `=`, as bytes.
    pub value: Vec<u8>,
    /// Line in the file, from 1.
    pub line: u32,
}

/// A key whose value is not what the key asks for.
pub(crate) struct BadEntry {
    pub(crate) key: &'static str,
    pub(crate) line: u32,
    pub(crate) value: Vec<u8>,
}

/// What the file says about itself. Every field is `None` when its key is missing or unreadable; where a key stands twice, the
/// last one counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Number in the banner `# PROXIMITY_TRACKER_V<n>`. Not the tracker's version.
    pub banner: u32,
    /// All lines, known or not, in file order.
    pub entries: Vec<HeaderEntry>,
    /// Map name.
    pub map: Option<String>,
    /// Round number as written: 0-based, clamped or right, depending on the version.
    pub round: Option<i64>,
    /// ms.
    pub crossfire_window: Option<i64>,
    /// ms.
    pub escape_time: Option<i64>,
    /// ET units.
    pub escape_distance: Option<i64>,
    /// Declared cadence, ms.
    pub position_sample_interval: Option<i64>,
    /// Seconds since 1970 (UTC) when the round was first seen playing; 0 means unknown.
    pub round_start_unix: Option<i64>,
    /// Seconds since 1970 (UTC) at the end of the round; 0 means unknown.
    pub round_end_unix: Option<i64>,
    /// Reinforcement interval, ms; 0 means unknown.
    pub axis_spawn_interval: Option<i64>,
    /// Reinforcement interval, ms; 0 means unknown.
    pub allies_spawn_interval: Option<i64>,
    /// The tracker's own version; only 6.11 and later say it.
    pub tracker_version_full: Option<String>,
    /// The tracker ran in test mode.
    pub test_mode: Option<bool>,
    /// Declared captures, in file order.
    pub capabilities: Option<Vec<(String, bool)>>,
}

/// Keys whose value is a whole number.
type IntSlot = fn(&mut Header) -> &mut Option<i64>;
const INT_KEYS: &[(&str, IntSlot)] = &[
    ("round", |h| &mut h.round),
    ("crossfire_window", |h| &mut h.crossfire_window),
    ("escape_time", |h| &mut h.escape_time),
    ("escape_distance", |h| &mut h.escape_distance),
    ("position_sample_interval", |h| {
        &mut h.position_sample_interval
    }),
    ("round_start_unix", |h| &mut h.round_start_unix),
    ("round_end_unix", |h| &mut h.round_end_unix),
    ("axis_spawn_interval", |h| &mut h.axis_spawn_interval),
    ("allies_spawn_interval", |h| &mut h.allies_spawn_interval),
];

impl Header {
    /// Whole-number keys with their values, in the order the tracker writes them.
    pub fn numbers(&self) -> [(&'static str, Option<i64>); 9] {
        [
            ("round", self.round),
            ("crossfire_window", self.crossfire_window),
            ("escape_time", self.escape_time),
            ("escape_distance", self.escape_distance),
            ("position_sample_interval", self.position_sample_interval),
            ("round_start_unix", self.round_start_unix),
            ("round_end_unix", self.round_end_unix),
            ("axis_spawn_interval", self.axis_spawn_interval),
            ("allies_spawn_interval", self.allies_spawn_interval),
        ]
    }

    /// The header that these lines make. Values that cannot be read are unknown, as they were when the file was read.
    pub(crate) fn of(banner: u32, entries: Vec<HeaderEntry>) -> Self {
        let mut header = Self {
            banner,
            ..Self::default()
        };
        for entry in &entries {
            let value = entry.value.trim_ascii();
            header.set(&entry.key, value, entry.line, &mut Vec::new());
        }
        header.entries = entries;
        header
    }

    /// Keys that can be the column of a problem.
    pub(crate) fn known_keys() -> impl Iterator<Item = &'static str> {
        INT_KEYS.iter().map(|(key, _)| *key).chain(["capabilities"])
    }

    /// Where a key stands among the lines, for telling versions apart by key order.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key == key)
    }

    /// Takes one line `# key=value` without its `# `. Gives whether it was one.
    pub(crate) fn take_line(&mut self, text: &[u8], line: u32, bad: &mut Vec<BadEntry>) -> bool {
        let Some(equals) = memchr::memchr(b'=', text) else {
            return false;
        };
        let (key, value) = (text[..equals].trim_ascii(), &text[equals + 1..]);
        let is_key = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
        if key.is_empty() || !key.iter().all(is_key) {
            return false;
        }
        let key = String::from_utf8_lossy(key).into_owned();
        self.set(&key, value.trim_ascii(), line, bad);
        self.entries.push(HeaderEntry {
            key,
            value: value.to_vec(),
            line,
        });
        true
    }

    fn set(&mut self, key: &str, value: &[u8], line: u32, bad: &mut Vec<BadEntry>) {
        let text = || String::from_utf8_lossy(value).into_owned();
        if let Some(&(key, slot)) = INT_KEYS.iter().find(|(known, _)| *known == key) {
            if let Ok((number, _)) = number::int(value) {
                *slot(self) = Some(number);
            } else {
                bad.push(BadEntry {
                    key,
                    line,
                    value: value.to_vec(),
                });
            }
            return;
        }
        match key {
            "map" => self.map = Some(text()),
            "tracker_version_full" => self.tracker_version_full = Some(text()),
            "test_mode" => self.test_mode = Some(value == b"1"),
            "capabilities" => match capabilities(&text()) {
                Some(flags) => self.capabilities = Some(flags),
                None => bad.push(BadEntry {
                    key: "capabilities",
                    line,
                    value: value.to_vec(),
                }),
            },
            _ => {}
        }
    }
}

/// `flag:0,flag:1`; `None` when an item is anything else.
fn capabilities(text: &str) -> Option<Vec<(String, bool)>> {
    let items = text.split(',').filter(|item| !item.trim().is_empty());
    items
        .map(|item| match item.trim().split_once(':')? {
            (flag, "0") => Some((flag.to_owned(), false)),
            (flag, "1") => Some((flag.to_owned(), true)),
            _ => None,
        })
        .collect()
}
