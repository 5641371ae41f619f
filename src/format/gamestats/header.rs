//! The first line: `server\map\config\round\defender\winner\limit\next limit\play time`.

use super::super::number;
use super::super::problem::{Problems, Severity, excerpt};
use super::name::StatsName;
use super::report;

/// A side as the header numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// 0: nobody, such as no winner.
    Nobody,
    /// 1.
    Axis,
    /// 2.
    Allies,
    /// Any other number.
    #[serde(untagged)]
    Other(i64),
}

impl Side {
    /// The side of a number.
    pub const fn of(number: i64) -> Self {
        match number {
            0 => Self::Nobody,
            1 => Self::Axis,
            2 => Self::Allies,
            other => Self::Other(other),
        }
    }

    /// The number of a side.
    pub const fn number(self) -> i64 {
        match self {
            Self::Nobody => 0,
            Self::Axis => 1,
            Self::Allies => 2,
            Self::Other(other) => other,
        }
    }
}

/// What the first line says. A field that is missing or cannot be read is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatsHeader {
    /// Server name with colour codes.
    pub server: Option<String>,
    /// Map name as written.
    pub map: Option<String>,
    /// Name of the server's configuration; often empty.
    pub config: Option<String>,
    /// 1 or 2.
    pub round: Option<i64>,
    /// Who defends.
    pub defender: Option<Side>,
    /// Who won.
    pub winner: Option<Side>,
    /// Time limit of the round, s.
    pub time_limit_s: Option<i64>,
    /// Time limit of the next round, s: what the attackers needed, or the whole limit when the defenders held.
    pub next_time_limit_s: Option<i64>,
    /// Length of the round by the server's clock without pauses, ms; `None` also where the line ends before it.
    pub play_time_ms: Option<i64>,
    /// The line as it stands, without its end.
    pub raw: Vec<u8>,
}

/// Fields between the configuration and the end: round, defender, winner, limit, next limit, and maybe play time.
const TAIL_WITHOUT_PLAY_TIME: usize = 5;
const TAIL: usize = 6;
/// Server, map, configuration.
const HEAD: usize = 3;

/// Whether a line is a header for certain: a time limit stands where a header has one.
pub(super) fn looks_like_header(line: &[u8]) -> bool {
    let fields: Vec<&[u8]> = line.split(|&byte| byte == b'\\').collect();
    fields.len() >= HEAD + TAIL_WITHOUT_PLAY_TIME
        && fields[fields.len() - 3..]
            .iter()
            .any(|field| seconds_of(field).is_some())
}

/// Reads the header line. Server and configuration may hold backslashes: the numbers are found from the end, the map by `name`.
pub(super) fn read(
    line: &[u8],
    number: u32,
    name: Option<&StatsName>,
    problems: &mut Problems,
) -> StatsHeader {
    let mut header = StatsHeader {
        raw: line.to_vec(),
        ..StatsHeader::default()
    };
    let fields: Vec<&[u8]> = line.split(|&byte| byte == b'\\').collect();
    let ends_with_limit = fields.last().is_some_and(|last| seconds_of(last).is_some());
    let tail = if ends_with_limit {
        TAIL_WITHOUT_PLAY_TIME
    } else {
        TAIL
    };
    if fields.len() < HEAD + tail {
        report(
            problems,
            Severity::Error,
            "short-header",
            number,
            "HEADER",
            || {
                format!(
                    "{} of {} fields: \"{}\"",
                    fields.len(),
                    HEAD + TAIL,
                    excerpt(line)
                )
            },
        );
    }
    let head_len = fields
        .len()
        .saturating_sub(tail)
        .max(HEAD.min(fields.len()));
    let (head, tail) = fields.split_at(head_len);
    read_head(&mut header, head, number, name, problems);
    let mut bad = |what: &str, field: &[u8]| {
        report(
            problems,
            Severity::Warning,
            "bad-header-value",
            number,
            "HEADER",
            || format!("{what} is \"{}\"", excerpt(field)),
        );
    };
    let mut take = |at: usize, what: &str, read: fn(&[u8]) -> Option<i64>| {
        let field = *tail.get(at)?;
        let value = read(field);
        if value.is_none() {
            bad(what, field);
        }
        value
    };
    header.round = take(0, "round", whole);
    header.defender = take(1, "defender", whole).map(Side::of);
    header.winner = take(2, "winner", whole).map(Side::of);
    header.time_limit_s = take(3, "time limit", seconds_of);
    header.next_time_limit_s = take(4, "next time limit", seconds_of);
    header.play_time_ms = take(5, "play time", whole_or_rounded);
    header
}

fn read_head(
    header: &mut StatsHeader,
    head: &[&[u8]],
    number: u32,
    name: Option<&StatsName>,
    problems: &mut Problems,
) {
    let text = |parts: &[&[u8]]| String::from_utf8_lossy(&parts.join(&b'\\')).into_owned();
    let is_map =
        |part: &&[u8]| name.is_some_and(|name| part.eq_ignore_ascii_case(name.map.as_bytes()));
    // Without the file name's help, the configuration is taken to hold no backslash.
    let from_name = (1..head.len()).find(|&at| is_map(&head[at]));
    let map_at = match head.len() {
        0..=HEAD => 1,
        more => from_name.unwrap_or(more - 2),
    };
    if head.len() > HEAD {
        report(
            problems,
            Severity::Note,
            "ambiguous-header",
            number,
            "HEADER",
            || {
                let how = if from_name.is_some() {
                    "file name"
                } else {
                    "place"
                };
                format!(
                    "backslashes in the server's or the configuration's name; the map is told by the {how}"
                )
            },
        );
    }
    let map_at = map_at.min(head.len());
    header.server = (map_at > 0).then(|| text(&head[..map_at]));
    header.map = head.get(map_at).map(|part| text(&[part]));
    header.config = head
        .get(map_at + 1..)
        .filter(|rest| !rest.is_empty())
        .map(text);
}

fn whole(field: &[u8]) -> Option<i64> {
    number::int(field).ok().map(|(value, _)| value)
}

/// A server whose Lua counts in decimals writes the play time so.
fn whole_or_rounded(field: &[u8]) -> Option<i64> {
    whole(field).or_else(|| number::real(field).ok().map(|value| value.round() as i64))
}

/// `m:ss` in seconds.
fn seconds_of(field: &[u8]) -> Option<i64> {
    let colon = memchr::memchr(b':', field)?;
    let digits = |part: &[u8]| {
        let is_plain = !part.is_empty() && part.len() <= 9 && part.iter().all(u8::is_ascii_digit);
        is_plain.then(|| whole(part))?
    };
    let (minutes, seconds) = (digits(&field[..colon])?, digits(&field[colon + 1..])?);
    (seconds < 60).then_some(minutes * 60 + seconds)
}
