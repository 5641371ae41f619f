//! What the window says about a round in one line, each word with its source.

use super::opened::OpenRound;
use super::time_text::{clock, short};
use crate::model::{ClockFinding, DateSource, NumberSource, Round, Severity};

/// How a fact is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// As it is.
    Plain,
    /// Sources disagree, or something is odd.
    Doubtful,
    /// Not known: shown grey.
    Unknown,
}

/// One word about a round, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about: `map`, `round`.
    pub what: &'static str,
    /// The word.
    pub text: String,
    /// Definition and source.
    pub source: String,
    /// How to take it.
    pub trust: Trust,
}

impl Fact {
    fn new(
        what: &'static str,
        text: impl Into<String>,
        source: impl Into<String>,
        trust: Trust,
    ) -> Self {
        Self {
            what,
            text: text.into(),
            source: source.into(),
            trust,
        }
    }
}

/// Map, round number, date, length, tracker version, cadence.
pub fn facts(open: &OpenRound) -> Vec<Fact> {
    let round = &*open.round;
    vec![
        map_fact(round, &open.ground.source),
        number_fact(round),
        date_fact(round),
        length_fact(round),
        version_fact(round),
        cadence_fact(round),
    ]
}

fn map_fact(round: &Round, ground: &str) -> Fact {
    let file = match &round.provenance.path {
        Some(path) => path.display().to_string(),
        None => format!("built-in demo round, {}", round.provenance.file_name),
    };
    let source = |how: &str| format!("{how}\nGround: {ground}.\nFile: {file}");
    match round.map() {
        "" => Fact::new(
            "map",
            "unknown map",
            source("The header has no map= line."),
            Trust::Unknown,
        ),
        map => Fact::new(
            "map",
            map,
            source("Map name, from the header line map=."),
            Trust::Plain,
        ),
    }
}

fn number_fact(round: &Round) -> Fact {
    let number = &round.number;
    let mut source = vec![format!(
        "Round {} of the match, from {}.",
        number.value,
        number_source(number.source)
    )];
    for (from, value) in &number.candidates {
        source.push(format!("{}: {value}", number_source(*from)));
    }
    let disputed = number.is_disputed();
    if disputed {
        source.push("The sources disagree; the first usable one counts.".to_owned());
    }
    let trust = match number.source {
        NumberSource::Default => Trust::Unknown,
        _ if disputed => Trust::Doubtful,
        _ => Trust::Plain,
    };
    Fact::new(
        "round",
        format!("R{}", number.value),
        source.join("\n"),
        trust,
    )
}

const fn number_source(source: NumberSource) -> &'static str {
    match source {
        NumberSource::Gametime => "the name of the gametime file beside it",
        NumberSource::Filename => "the file name",
        NumberSource::Header => "the header line round=",
        NumberSource::Pairing => {
            "the match it belongs to: the round played before or after it, with the sides changed"
        }
        NumberSource::Default => "nothing: no source names a number, 1 is assumed",
    }
}

fn date_fact(round: &Round) -> Fact {
    let Some(date) = &round.date.value else {
        return Fact::new(
            "date",
            "no date",
            "Neither header nor file name tells a time.",
            Trust::Unknown,
        );
    };
    let mut source = vec![
        "The evening this round belongs to: the date on which it started, where the server stands."
            .to_owned(),
    ];
    for (from, value) in &round.date.candidates {
        source.push(format!("{}: {value}", date_source(*from)));
    }
    if let Some(offset) = round.date.zone_offset_s {
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 3600, offset.abs() / 60 % 60);
        source.push(format!(
            "Server time zone by file stamp and round end: UTC{sign}{hours}:{minutes:02}"
        ));
    }
    let time = start_of_day_time(round)
        .map(|time| format!(" {time}"))
        .unwrap_or_default();
    Fact::new(
        "date",
        format!("{}{time}", day_and_month(date)),
        source.join("\n"),
        Trust::Plain,
    )
}

const fn date_source(source: DateSource) -> &'static str {
    match source {
        DateSource::StartInServerZone => "Start of the round in the server's time zone",
        DateSource::StampLessDuration => "File stamp less the round's length",
        DateSource::StartInUtc => "Start of the round in UTC",
        DateSource::Stamp => "File stamp, the end of the round",
    }
}

/// `HH:MM` at which the round started where the server stands, by the sources that also give the date.
fn start_of_day_time(round: &Round) -> Option<String> {
    let start = round
        .document
        .header
        .round_start_unix
        .filter(|start| *start > 0);
    let zone = round.date.zone_offset_s;
    let stamp =
        crate::model::Stamp::of(&round.provenance.file_name).map(|stamp| stamp.local_seconds);
    let length_s = round.clock.wall_ms.unwrap_or(round.clock.end_ms) / 1000;
    let (seconds, suffix) = match (start.zip(zone), stamp, start) {
        (Some((start, zone)), ..) => (start + zone, ""),
        (None, Some(stamp), _) => (stamp - length_s, ""),
        (None, None, Some(start)) => (start, " UTC"),
        (None, None, None) => return None,
    };
    let of_day = seconds.rem_euclid(86_400);
    Some(format!(
        "{:02}:{:02}{suffix}",
        of_day / 3600,
        of_day / 60 % 60
    ))
}

/// `23 Aug 2026` of `2026-08-23`; other texts as they are.
pub(super) fn day_and_month(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut parts = date.split('-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return date.to_owned();
    };
    let month = month
        .parse::<usize>()
        .ok()
        .and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    match month {
        Some(month) => format!("{} {month} {year}", day.trim_start_matches('0')),
        None => date.to_owned(),
    }
}

fn length_fact(round: &Round) -> Fact {
    let time = &round.clock;
    let mut source = vec![format!(
        "Length of what is shown: {} to {} on the file's own clock.",
        clock(time.start_ms),
        clock(time.end_ms)
    )];
    match time.wall_ms {
        Some(wall_ms) => source.push(format!(
            "By the calendar (round_end_unix - round_start_unix): {}.",
            short(wall_ms)
        )),
        None => source.push("The header does not tell the length by the calendar.".to_owned()),
    }
    for finding in &time.findings {
        source.push(finding_words(*finding));
    }
    let trust = if time.findings.is_empty() {
        Trust::Plain
    } else {
        Trust::Doubtful
    };
    Fact::new("length", short(time.length_ms()), source.join("\n"), trust)
}

fn finding_words(finding: ClockFinding) -> String {
    match finding {
        ClockFinding::Negative { earliest_ms } => {
            format!(
                "There are times before zero, from {}: two clocks with a skew.",
                clock(earliest_ms)
            )
        }
        ClockFinding::Inflated { first_spawn_ms } => format!(
            "Zero lies before the round: warm-up is counted. The first spawn is at {}, and the timeline starts there.",
            clock(first_spawn_ms)
        ),
        ClockFinding::StaleSpawns { lives } => {
            format!(
                "{lives} lives carry a spawn time later than their own samples; their first sample counts."
            )
        }
        ClockFinding::WallMismatch { wall_ms, clock_ms } => format!(
            "Clock ({}) and calendar ({}) disagree by more than 5 s: a pause, or a server that does not run in real time.",
            short(clock_ms),
            short(wall_ms)
        ),
        ClockFinding::Outliers { samples } => {
            format!("{samples} samples lie more than six hours off and do not count.")
        }
    }
}

fn version_fact(round: &Round) -> Fact {
    let version = &round.document.version;
    Fact::new(
        "tracker",
        format!("tracker {}", version.label),
        format!(
            "Which tracker wrote the file, told by its content: {}.",
            version.reason
        ),
        Trust::Plain,
    )
}

fn cadence_fact(round: &Round) -> Fact {
    let declared = round.declared_cadence_ms();
    let declared_words = declared.map_or("not declared".to_owned(), |ms| {
        format!("{ms} ms (position_sample_interval)")
    });
    let samples = round.samples().len();
    match round.measured_cadence_ms() {
        Some(ms) => {
            let source = format!(
                "Cadence: median time between neighbouring samples of a life, over {samples} samples.\nDeclared: {declared_words}."
            );
            let trust = if declared.is_some_and(|declared| declared != ms) {
                Trust::Doubtful
            } else {
                Trust::Plain
            };
            Fact::new("cadence", format!("{ms} ms"), source, trust)
        }
        None => Fact::new(
            "cadence",
            "no samples",
            format!(
                "No life has two samples, so no cadence can be measured.\nDeclared: {declared_words}."
            ),
            Trust::Unknown,
        ),
    }
}

/// `no problems`, `1 problem`, and how they are spread.
pub fn problems_fact(round: &Round) -> Fact {
    let problems = &round.document.problems;
    let count = |severity| problems.count(severity);
    let (errors, warnings, notes) = (
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
    );
    let text = match problems.total() {
        0 => "no problems".to_owned(),
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    };
    let mut source =
        vec!["What the reader could not read, or found doubtful, in this file.".to_owned()];
    if problems.total() > 0 {
        source.push(format!(
            "{errors} errors, {warnings} warnings, {notes} notes. Click to list them."
        ));
    }
    if round.document.ending.is_cut() {
        source.push("The file is cut: it ends early.".to_owned());
    }
    let trust = if errors + warnings > 0 {
        Trust::Doubtful
    } else {
        Trust::Plain
    };
    Fact::new("problems", text, source.join("\n"), trust)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::load::{load_bytes, load_demo};
    use crate::model::Provenance;

    fn texts(open: &OpenRound) -> Vec<String> {
        facts(open).into_iter().map(|fact| fact.text).collect()
    }

    #[test]
    fn the_demo_in_one_line() {
        let open = OpenRound::new(0, load_demo());
        let texts = texts(&open);
        assert_eq!(texts[0], "sandpit");
        assert_eq!(texts[1], "R1");
        assert!(texts[2].starts_with("19 Nov 2026 "), "{texts:?}");
        assert_eq!(texts[4..], ["tracker 6.11", "200 ms"]);
    }

    #[test]
    fn what_is_not_known_is_said_to_be_unknown() {
        let loaded = load_bytes(
            b"# PROXIMITY_TRACKER_V6\n# ENGAGEMENTS\n",
            Provenance::default(),
        )
        .unwrap();
        let open = OpenRound::new(0, loaded);
        let facts = facts(&open);
        let unknown: Vec<&str> = facts
            .iter()
            .filter(|f| f.trust == Trust::Unknown)
            .map(|f| f.what)
            .collect();
        assert_eq!(unknown, ["map", "round", "date", "cadence"]);
        assert!(facts.iter().all(|fact| !fact.source.is_empty()));
    }

    #[test]
    fn dates_are_written_for_people() {
        assert_eq!(day_and_month("2026-08-03"), "3 Aug 2026");
        assert_eq!(day_and_month("2026-13-03"), "2026-13-03");
        assert_eq!(day_and_month("soon"), "soon");
    }
}
