//! Which round this is: its number within the match and the evening it belongs to, each with every candidate and the one that won.

use super::provenance::{Provenance, Stamp, date_text};
use crate::format::Header;

/// Where a round number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberSource {
    /// The name of a `gametime-<map>-R<n>-<unix>.json` file of the same map and second.
    Gametime,
    /// `-round-<n>_engagements` in the file name.
    Filename,
    /// `# round=` in the header.
    Header,
    /// Nothing said anything: 1 is assumed.
    Default,
    /// The match it was found to belong to, against what its own sources say. Only a library that knows the other round can tell.
    Pairing,
}

/// The round's number in its match, 1 or 2, and how it was found.
///
/// Trackers up to 4.2d write 0 and 1 or twice 1 (the engine's counter is 0-based and the module clamped it), so the number is only
/// as good as its source.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RoundNumber {
    /// The number, at least 1.
    pub value: u32,
    /// Where it comes from.
    pub source: NumberSource,
    /// Every source that says something, best first, with what it says (0 included).
    pub candidates: Vec<(NumberSource, i64)>,
}

impl RoundNumber {
    pub(crate) fn resolve(header: &Header, provenance: &Provenance) -> Self {
        let mut candidates = Vec::new();
        let paired = provenance.paired_number.map(i64::from);
        candidates.extend(paired.map(|n| (NumberSource::Pairing, n)));
        let gametime = provenance
            .gametime_names
            .iter()
            .find_map(|name| from_gametime(name, header));
        candidates.extend(gametime.map(|n| (NumberSource::Gametime, n)));
        candidates
            .extend(from_file_name(&provenance.file_name).map(|n| (NumberSource::Filename, n)));
        candidates.extend(header.round.map(|n| (NumberSource::Header, n)));
        let usable = |&&(_, n): &&(NumberSource, i64)| n > 0 && u32::try_from(n).is_ok();
        let (source, value) = candidates
            .iter()
            .find(usable)
            .copied()
            .unwrap_or((NumberSource::Default, 1));
        Self {
            value: value as u32,
            source,
            candidates,
        }
    }

    /// Whether the sources contradict each other.
    pub fn is_disputed(&self) -> bool {
        self.candidates
            .iter()
            .any(|(_, n)| *n != i64::from(self.value))
    }
}

/// `…-round-<n>_engagements…`
fn from_file_name(name: &str) -> Option<i64> {
    let end = name.rfind("_engagements")?;
    let start = name[..end].rfind("-round-")? + "-round-".len();
    parse_digits(&name[start..end])
}

/// `gametime-<map>-R<n>-<unix>.json` of the round's map, ending in the same second.
fn from_gametime(name: &str, header: &Header) -> Option<i64> {
    let rest = name.strip_prefix("gametime-")?.strip_suffix(".json")?;
    let (rest, unix) = rest.rsplit_once('-')?;
    let (map, number) = rest.rsplit_once("-R")?;
    let end = header.round_end_unix.filter(|end| *end > 0)?;
    let same = parse_digits(unix)? == end && map.eq_ignore_ascii_case(header.map.as_deref()?);
    same.then(|| parse_digits(number))
        .flatten()
        .filter(|n| *n > 0)
}

fn parse_digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// Where a session date comes from, best source first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// Start of the round in the server's own time zone, which follows from file stamp and end of round.
    StartInServerZone,
    /// The file stamp less the round's length: local start.
    StampLessDuration,
    /// Start of the round in UTC; the server's zone is not known.
    StartInUtc,
    /// The file stamp's date, which is the round's end.
    Stamp,
}

/// The evening a round belongs to: the date on which it started, where the server stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SessionDate {
    /// `YYYY-MM-DD`; `None` when neither header nor file name tells a time.
    pub value: Option<String>,
    /// Where it comes from.
    pub source: Option<DateSource>,
    /// Every source that says something, best first.
    pub candidates: Vec<(DateSource, String)>,
    /// The server's offset from UTC in seconds, when stamp and header agree on one.
    pub zone_offset_s: Option<i64>,
}

/// The stamp is written within these seconds of the end of the round (the module may delay its output).
const MOST_WRITE_DELAY_S: i64 = 120;
/// All zones of the world are multiples of a quarter of an hour.
const ZONE_STEP_S: i64 = 900;
/// From UTC-12 to UTC+14.
const ZONES_S: std::ops::RangeInclusive<i64> = -12 * 3600..=14 * 3600;

impl SessionDate {
    pub(crate) fn resolve(header: &Header, provenance: &Provenance, length_ms: i64) -> Self {
        let stamp = Stamp::of(&provenance.file_name).map(|stamp| stamp.local_seconds);
        let start = header.round_start_unix.filter(|s| *s > 0);
        let end = header.round_end_unix.filter(|s| *s > 0);
        let zone_offset_s = stamp
            .zip(end)
            .and_then(|(stamp, end)| zone_offset(stamp - end));
        let mut candidates = Vec::new();
        let mut add = |source, seconds: Option<i64>| {
            candidates.extend(seconds.and_then(date_text).map(|date| (source, date)));
        };
        add(
            DateSource::StartInServerZone,
            start.zip(zone_offset_s).map(|(start, zone)| start + zone),
        );
        let length_s = length_ms.clamp(0, 24 * 3_600_000) / 1000;
        add(
            DateSource::StampLessDuration,
            stamp.map(|stamp| stamp - length_s),
        );
        add(DateSource::StartInUtc, start);
        add(DateSource::Stamp, stamp);
        let first: Option<&(DateSource, String)> = candidates.first();
        Self {
            value: first.map(|(_, date)| date.clone()),
            source: first.map(|(source, _)| *source),
            zone_offset_s,
            candidates,
        }
    }
}

/// The zone of which `difference` (local stamp minus UTC end) is the offset; `None` when it is near no zone, as on servers that run
/// faster than real time.
fn zone_offset(difference: i64) -> Option<i64> {
    let zone = difference.div_euclid(ZONE_STEP_S) * ZONE_STEP_S;
    (difference - zone <= MOST_WRITE_DELAY_S && ZONES_S.contains(&zone)).then_some(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provenance(name: &str, gametimes: &[&str]) -> Provenance {
        Provenance {
            file_name: name.to_owned(),
            gametime_names: gametimes.iter().map(|&n| n.to_owned()).collect(),
            ..Provenance::default()
        }
    }

    fn header(round: i64, end: i64) -> Header {
        Header {
            map: Some("supply".to_owned()),
            round: Some(round),
            round_start_unix: Some(end - 600),
            round_end_unix: Some(end),
            ..Header::default()
        }
    }

    #[test]
    fn gametime_beats_file_name_beats_header() {
        let name = "2026-02-14-202500-supply-round-1_engagements.txt";
        let other = [
            "gametime-supply-R1-1771099980.json",
            "gametime-SUPPLY-R2-1771100700.json",
        ];
        let number = RoundNumber::resolve(&header(1, 1_771_100_700), &provenance(name, &other));
        assert_eq!((number.value, number.source), (2, NumberSource::Gametime));
        assert_eq!(number.candidates.len(), 3);
        assert!(number.is_disputed());
        let number = RoundNumber::resolve(&header(2, 0), &provenance(name, &other));
        assert_eq!((number.value, number.source), (1, NumberSource::Filename));
        let zero = provenance("2026-01-20-201300-supply-round-0_engagements.txt.gz", &[]);
        let number = RoundNumber::resolve(&header(2, 0), &zero);
        assert_eq!((number.value, number.source), (2, NumberSource::Header));
        let number = RoundNumber::resolve(&header(0, 0), &zero);
        assert_eq!((number.value, number.source), (1, NumberSource::Default));
    }

    #[test]
    fn a_round_over_midnight_belongs_to_the_evening_it_started() {
        // Ends 30 s past midnight on a server two hours east of UTC.
        let end = 1_775_174_430 - 7200;
        let mut header = header(2, end);
        header.round_start_unix = Some(end - 300);
        let provenance = provenance(
            "2026-04-03-000030-sw_goldrush_te-round-2_engagements.txt",
            &[],
        );
        let date = SessionDate::resolve(&header, &provenance, 300_000);
        assert_eq!(date.value.as_deref(), Some("2026-04-02"));
        assert_eq!(date.source, Some(DateSource::StartInServerZone));
        assert_eq!(date.zone_offset_s, Some(7200));
        header.round_start_unix = None;
        let date = SessionDate::resolve(&header, &provenance, 300_000);
        assert_eq!(date.value.as_deref(), Some("2026-04-02"));
        assert_eq!(date.source, Some(DateSource::StampLessDuration));
    }

    #[test]
    fn no_time_at_all_is_no_date() {
        let date = SessionDate::resolve(&Header::default(), &provenance("round.txt", &[]), 0);
        assert_eq!((date.value, date.source), (None, None));
    }
}
