//! A round made up for measuring: as many people and samples as a large real one, always the same.

use sandtable::format;
use sandtable::model::{Provenance, Round};
use std::fmt::Write as _;

/// How large the round is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Players on each side.
    pub a_side: u32,
    /// Lives of each player, one after the other.
    pub lives: u32,
    /// Samples of each life.
    pub samples: u32,
}

/// Time between two samples, ms.
const CADENCE_MS: u32 = 200;

/// Numbers that look random and never change.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn roll(&mut self) -> f32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// The round, read from the text of a file.
///
/// # Panics
/// When the text is no round file, which would be a mistake in here.
pub(crate) fn round(size: Size) -> Round {
    let document = format::read(text(size).as_bytes()).expect("a proper round file");
    Round::build(document, Provenance::default())
}

/// The text of the file.
fn text(size: Size) -> String {
    let mut dice = Dice(7);
    let mut text = String::from("# PROXIMITY_TRACKER_V6\n# map=nowhere\n# round=1\n");
    let _ = writeln!(text, "# position_sample_interval={CADENCE_MS}");
    text.push_str("# PLAYER_TRACKS\n");
    let life_ms = size.samples * CADENCE_MS;
    let mut kills = String::new();
    for player in 0..2 * size.a_side {
        let (team, class) = (team(player), CLASSES[player as usize % CLASSES.len()]);
        for life in 0..size.lives {
            let start_ms = life * life_ms;
            // The death is half a step behind the last sample.
            let death_ms = start_ms + life_ms - CADENCE_MS / 2;
            let _ = write!(
                text,
                "{player:032X};^{}pla^7yer{player};{team};{class};{start_ms};{death_ms};{};killed;{};",
                player % 10,
                start_ms + CADENCE_MS,
                size.samples
            );
            let end = walk(&mut text, &mut dice, start_ms, size.samples);
            let killer = (player + size.a_side) % (2 * size.a_side);
            let _ = writeln!(
                kills,
                "{death_ms};kill;{killer:032X};player{killer};{};MEDIC;{player:032X};player{player};{team};{class};{:.0};{:.0};24;{:.0};{:.0};24;8;9;100;6;6",
                self::team(killer),
                end.0 + 400.0,
                end.1 - 300.0,
                end.0,
                end.1
            );
        }
    }
    text.push_str("# COMBAT_POSITIONS\n");
    text + &kills
}

const CLASSES: [&str; 5] = ["MEDIC", "ENGINEER", "SOLDIER", "FIELDOPS", "COVERTOPS"];

fn team(player: u32) -> &'static str {
    if player % 2 == 0 { "AXIS" } else { "ALLIES" }
}

/// A life's path: running about with turns and rests. Gives where it ends.
fn walk(text: &mut String, dice: &mut Dice, start_ms: u32, samples: u32) -> (f32, f32) {
    let (mut x, mut y) = (dice.roll() * 5000.0 - 2500.0, dice.roll() * 4000.0 - 2000.0);
    let mut heading = dice.roll() * std::f32::consts::TAU;
    for nth in 0..samples {
        let speed = if dice.roll() < 0.15 {
            0.0
        } else {
            180.0 + dice.roll() * 170.0
        };
        heading += (dice.roll() - 0.5) * 0.9;
        let seconds = CADENCE_MS as f32 / 1000.0;
        x += heading.cos() * speed * seconds;
        y += heading.sin() * speed * seconds;
        if x.abs() > 3000.0 || y.abs() > 2400.0 {
            heading += 1.7;
            (x, y) = (x.clamp(-3000.0, 3000.0), y.clamp(-2400.0, 2400.0));
        }
        let (event, separator) = if nth == 0 {
            ("spawn", "")
        } else {
            ("sample", "|")
        };
        let time_ms = start_ms + nth * CADENCE_MS;
        let health = 120 - nth * 110 / samples;
        let _ = write!(
            text,
            "{separator}{time_ms},{x:.1},{y:.1},24.1,{health},{speed:.1},8,0,0,{event}"
        );
    }
    text.push('\n');
    (x, y)
}
