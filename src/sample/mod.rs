//! Rounds that nobody played: files as tracker 6.11 would have written them, for tests, benches and trying things out.
//!
//! A small game is played with made-up people (`game`) on the ground of a map (`ground`), and what the tracker module would write of it is written
//! (`tracker`), by the tracker's own rules. So all sections of a file tell of the same round: lives, hits, kills, waves, trades and heatmaps
//! agree with each other to the row. What the files are not: evidence about how people play.
//!
//! The same parameters give the same bytes on every run of one program. (Between platforms the mathematical library may round an angle otherwise,
//! from where on a round takes another course.) There is no clock in here; the date is a parameter.
//!
//! Two kinds of notes, and nothing worse, are found in these files by the rules of [`checks`](crate::analysis::checks), both because the tracker
//! does so: engagements opened on bodies, and pushes of a quality above 1. Left out are vehicles, disconnects, team kills, falls, pauses and the
//! captures that are off by default.

mod dice;
mod game;
mod ground;
mod people;
mod player;
mod text;
mod tracker;
mod waves;

use jiff::{Timestamp, tz::TimeZone};

/// What round to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// The map's name; `sandpit` has real ground, others a made-up net of ways inside their rectangle.
    pub map: String,
    /// How many play, 2 to 64.
    pub players: usize,
    /// Length of the round in minutes, up to 120.
    pub minutes: f64,
    /// Names the circle of people and everything that happens.
    pub seed: u64,
    /// Which match of the circle; decides who plays and what happens.
    pub nth_match: u32,
    /// 1, or 2: the teams have changed sides.
    pub round: u8,
    /// Time between samples in ms, a multiple of the server's frame of 50.
    pub cadence_ms: i64,
    /// Start of the round, seconds since 1970.
    pub round_start_unix: i64,
}

/// The evening on which rounds are played if nobody says another one: 6 November 2026, 19:00 UTC.
pub const DEFAULT_START_UNIX: i64 = 1_793_991_600;

impl Default for Params {
    /// A round of twelve on sandpit; its file has about 1 MB.
    fn default() -> Self {
        Self {
            map: "sandpit".to_owned(),
            players: 12,
            minutes: 4.0,
            seed: 1,
            nth_match: 0,
            round: 1,
            cadence_ms: 200,
            round_start_unix: DEFAULT_START_UNIX,
        }
    }
}

impl Params {
    /// Whether a round can be made of these, and if not, why.
    ///
    /// # Errors
    /// In words, when a number is outside its limits or the map's name cannot be part of a file's name.
    pub fn check(&self) -> Result<(), String> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if self.map.is_empty() || self.map.len() > 63 || !self.map.chars().all(is_name) {
            return Err(format!(
                "{:?} is no name of a map: letters, digits, _ and - only",
                self.map
            ));
        }
        if !(2..=64).contains(&self.players) {
            return Err(format!("{} players: 2 to 64 can play", self.players));
        }
        if !(0.1..=120.0).contains(&self.minutes) {
            return Err(format!(
                "{} minutes: a round takes 0.1 to 120",
                self.minutes
            ));
        }
        if !(50..=2000).contains(&self.cadence_ms) || self.cadence_ms % 50 != 0 {
            return Err(format!(
                "samples every {} ms: 50 to 2000 in steps of 50",
                self.cadence_ms
            ));
        }
        if !(0..=4_102_444_800).contains(&self.round_start_unix) {
            return Err(format!(
                "start {}: seconds since 1970, before 2100",
                self.round_start_unix
            ));
        }
        if !(1..=2).contains(&self.round) {
            return Err(format!("round {}: a match has two", self.round));
        }
        Ok(())
    }

    /// Length of the round in ms, whole server frames.
    fn length_ms(&self) -> i64 {
        (self.minutes * 1200.0).round() as i64 * 50
    }

    /// The name that the tracker gives such a file: stamped with the end of the round, in UTC.
    pub fn file_name(&self) -> String {
        let end = self
            .round_start_unix
            .saturating_add(self.length_ms() / 1000);
        let at = Timestamp::from_second(end)
            .unwrap_or_default()
            .to_zoned(TimeZone::UTC);
        let stamp = at.strftime("%Y-%m-%d-%H%M%S");
        format!("{stamp}-{}-round-{}_engagements.txt", self.map, self.round)
    }
}

/// The text of a round's file. Parameters that [`Params::check`] refuses are taken as near as can be.
pub fn text(params: &Params) -> Vec<u8> {
    let mut params = params.clone();
    params.players = params.players.clamp(2, 64);
    params.minutes = if params.minutes.is_finite() {
        params.minutes.clamp(0.1, 120.0)
    } else {
        4.0
    };
    params.cadence_ms = params.cadence_ms.clamp(50, 2000) / 50 * 50;
    game::play(&params)
}

/// Maps that an evening goes through.
pub const ROTATION: [&str; 6] = [
    "sandpit",
    "supply",
    "te_escape2",
    "sw_goldrush_te",
    "etl_adlernest",
    "frostbite",
];

/// Matches of an evening.
const MATCHES: u32 = 5;
/// From one evening to the next, s.
const NEXT_EVENING_S: i64 = 3 * 86_400;
/// Pauses between the rounds of a match and between matches, s.
const PAUSES_S: [i64; 2] = [55, 240];

/// `count` rounds of one circle of people, from the first on: two to a match, with sides changed in the second; five matches to an evening, an
/// evening every third day. With `maps`, matches go through them in turn.
pub fn series(first: &Params, count: usize, maps: &[String]) -> Vec<Params> {
    let mut rounds = Vec::with_capacity(count);
    let mut evening_unix = first.round_start_unix;
    let mut start_unix = evening_unix;
    for nth in 0..count as u32 {
        let (nth_match, round) = (nth / 2, nth % 2);
        if round == 0 && nth > 0 && nth_match.is_multiple_of(MATCHES) {
            // An evening of long rounds may be longer than the days between.
            evening_unix = (evening_unix + NEXT_EVENING_S).max(start_unix);
            start_unix = evening_unix;
        }
        let map = match maps.len() {
            0 => first.map.clone(),
            len => maps[nth_match as usize % len].clone(),
        };
        let params = Params {
            map,
            nth_match: first.nth_match + nth_match,
            round: round as u8 + 1,
            round_start_unix: start_unix,
            ..first.clone()
        };
        start_unix += params.length_ms() / 1000 + PAUSES_S[round as usize];
        rounds.push(params);
    }
    rounds
}
