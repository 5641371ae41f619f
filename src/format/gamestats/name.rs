//! Telling stats files from round files and from everything else.

use super::super::refusal::{self, Refusal};
use super::{header, player};

/// What the name of a stats file says; the stamp at its start is read by [`crate::model::Stamp`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatsName {
    /// Map.
    pub map: String,
    /// Round, as written.
    pub number: i64,
}

/// `YYYY-MM-DD-HHMMSS-`
const STAMP_LEN: usize = 18;

impl StatsName {
    /// Reads `YYYY-MM-DD-HHMMSS-<map>-round-<n>.txt`, also with `.gz` behind; `None` for any other name. Files of the same module
    /// with an ending of their own (`…-round-1_ws.txt`, `…_endstats.txt`) are others.
    pub fn of(file_name: &str) -> Option<Self> {
        let name = file_name.strip_suffix(".gz").unwrap_or(file_name);
        let name = name.strip_suffix(".txt")?;
        let (stamp, rest) = (name.get(..STAMP_LEN)?, name.get(STAMP_LEN..)?);
        let shape = b"0000-00-00-000000-";
        let is_stamp = stamp.bytes().zip(shape).all(|(byte, &shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            dash => byte == dash,
        });
        let (map, number) = rest.rsplit_once("-round-")?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_stamp && is_number).then(|| {
            Some(Self {
                map: map.to_owned(),
                number: number.parse().ok()?,
            })
        })?
    }
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A round file, to be read by [`crate::format::read`].
    Round,
    /// A stats file, to be read by [`super::read`].
    Stats,
    /// Neither, and what it seems to be.
    Neither(Refusal),
}

/// Which of the two a file is. Content decides; the name only helps a stats file whose header line is damaged or lost, which must
/// then hold at least one readable player. An empty file is neither, whatever its name.
pub fn kind_of(file_name: &str, plain: &[u8]) -> FileKind {
    let Err(refusal) = refusal::recognise(plain) else {
        return FileKind::Round;
    };
    let mut lines = plain
        .split(|&byte| byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.trim_ascii().is_empty());
    let is_named = StatsName::of(file_name).is_some();
    let is_stats = match refusal {
        Refusal::Empty | Refusal::OtherKind(_) => false,
        Refusal::StatsFile => is_named || lines.next().is_some_and(header::looks_like_header),
        _ => is_named && lines.any(|line| player::read(line).is_ok()),
    };
    if is_stats {
        FileKind::Stats
    } else {
        FileKind::Neither(refusal)
    }
}
