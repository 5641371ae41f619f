//! A made-up library: evenings of matches, the same for every run.

use sandtable::library::RoundId;
use sandtable::library::catalogue::Entry;
use sandtable::model::{ContentHash, NumberSource};
use std::path::PathBuf;

const MAPS: [&str; 8] = [
    "supply",
    "te_escape2",
    "etl_adlernest",
    "sw_goldrush_te",
    "radar",
    "frostbite",
    "et_brewdog",
    "bremen_b3",
];

const PEOPLE: [&str; 24] = [
    "salt_coral",
    "salt_ninety",
    "salt_wren",
    "salt_otto",
    "salt_bramble",
    "salt_juniper",
    "dune.kestrel",
    "dune.tinfox",
    "dune.vesper",
    "dune.marlow",
    "merc_ash",
    "dune.oskar",
    "north|pike",
    "north|lumen",
    "north|reed",
    "north|hazel",
    "north|tove",
    "north|quill",
    "[bay] ferro",
    "[bay] linus",
    "[bay] echo",
    "[bay] moss",
    "[bay] ida",
    "[bay] crane",
];

/// 23 August 2026, noon UTC, seconds.
const NEWEST_NOON: i64 = 1_787_486_400;
const DAY_S: i64 = 86_400;

/// So many rounds, newest evening first: up to six matches an evening, an evening every other day, one match in seven without its second
/// round.
pub(crate) fn library(rounds: usize) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(rounds);
    for evening in 0.. {
        for game in 0..3 + evening % 4 {
            let number = entries.len() as i64 + 1;
            let is_single = (evening * 5 + game) % 7 == 3;
            for half in 0..if is_single { 1 } else { 2 } {
                if entries.len() == rounds {
                    return entries;
                }
                let mut entry = round(evening, game, half, entries.len());
                entry.match_id = (!is_single).then_some(RoundId(number));
                entries.push(entry);
            }
        }
    }
    entries
}

fn round(evening: usize, game: usize, half: usize, nth: usize) -> Entry {
    let id = nth as i64 + 1;
    let start = NEWEST_NOON - 2 * DAY_S * evening as i64 + 8 * 3600 - (evening as i64 % 3) * 1200
        + (game as i64 * 32 + half as i64 * 14) * 60
        + (nth as i64 * 37) % 60;
    let of_day = (start + 2 * 3600).rem_euclid(DAY_S);
    let day = start.div_euclid(DAY_S);
    let date = date_of(day);
    let map = MAPS[(evening * 3 + game * 5) % MAPS.len()];
    let first = (evening * 6) % PEOPLE.len();
    let players = (0..12).map(|nth| PEOPLE[(first + nth) % PEOPLE.len()].to_owned());
    let file_name = format!(
        "{date}-{:06}-{map}-round-{}_engagements.txt.gz",
        of_day,
        half + 1
    );
    Entry {
        id: RoundId(id),
        hash: ContentHash::of(&id.to_le_bytes()),
        path: Some(PathBuf::from("/srv/games/et/proximity").join(&file_name)),
        file_name,
        map: map.to_owned(),
        number: half as u32 + 1,
        number_source: NumberSource::Filename,
        is_number_disputed: false,
        date: Some(date),
        start_unix: Some(start),
        local_time: Some(format!("{:02}:{:02}", of_day / 3600, of_day / 60 % 60)),
        length_ms: 300_000 + (nth as i64 * 977_531) % 600_000,
        version: if evening < 40 { "6.11" } else { "5.0" }.to_owned(),
        cadence_ms: if evening % 9 == 1 && game == 0 {
            500
        } else {
            200
        },
        players: players.collect(),
        bots: if (evening + game) % 5 == 4 { 2 } else { 0 },
        has_objective_focus: evening < 40,
        kills: 120,
        errors: u64::from(nth % 23 == 5),
        warnings: if nth % 11 == 2 { 3 } else { 0 },
        is_cut: nth % 41 == 9,
        match_id: None,
        is_linked: !nth.is_multiple_of(3),
        tags: if nth % 17 == 4 {
            vec!["scrim".to_owned()]
        } else {
            Vec::new()
        },
    }
}

/// `YYYY-MM-DD` of a day since 1970, by Howard Hinnant's `civil_from_days`.
fn date_of(day: i64) -> String {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
