//! Density: a scene worked out by hand for every kind, filter and normalisation, and what must hold on any round.

#[allow(dead_code, reason = "every test uses its own part of this")]
#[path = "../support/story.rs"]
mod story;
#[path = "../support/mod.rs"]
mod support;

mod heatmaps;
mod kinds;
mod numbers;
mod rounds;

use sandtable::analysis::deaths::{Death, deaths};
use sandtable::analysis::density::difference::Params as DifferenceParams;
use sandtable::analysis::density::file_check::{FileCheck, Unchecked, file_check};
use sandtable::analysis::density::{
    At, Behind, Cell, Density, Differing, Field, Filter, Grid, Incomparable, Kind, NoField, Normal,
    Params, Side, Source, Unavailable, Unit, behind, density, difference, field,
};
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::movement::life_movements;
use sandtable::analysis::person::{Person, person};
use sandtable::model::{Class, PlayerId, Round, Team};
use story::{Story, guid};

/// A round with what is kept beside it.
struct Kept {
    round: Round,
    deaths: Vec<Death>,
    flags: RowFlags,
}

impl Kept {
    fn new(round: Round) -> Self {
        let deaths = deaths(&round);
        let flags = RowFlags::of(&round, &deaths);
        Self {
            round,
            deaths,
            flags,
        }
    }

    fn source(&self) -> Source<'_> {
        Source {
            round: &self.round,
            deaths: &self.deaths,
            flags: &self.flags,
        }
    }
}

/// Cells of 100 u make hand-reckoning easy.
const HUNDRED: Params = Params {
    size_u: 100.0,
    alone_u: 500.0,
    oldest_sample_ms: 1500,
};

fn count(kept: &Kept, kind: Kind, filter: &Filter) -> Density {
    density(&[kept.source()], kind, filter, &HUNDRED)
}

fn sums(density: &Density) -> Vec<(At, i64)> {
    let cells = density.grid.cells().iter();
    cells.map(|(at, cell)| (*at, cell.sum)).collect()
}

type Who<'a> = (&'a str, &'a str, &'a str);
const ANNA: Who<'_> = ("Anna", "AXIS", "MEDIC");
const ARNO: Who<'_> = ("Arno", "AXIS", "ENGINEER");
const BERT: Who<'_> = ("Bert", "ALLIES", "SOLDIER");

/// A life of points (t, x, y, z), all of full health but the last, which is of none where it died.
fn life(story: &mut Story, (name, team, class): Who<'_>, points: &[[i64; 4]], end: &str) {
    let last = points.len() - 1;
    let path = points.iter().enumerate().map(|(nth, [t, x, y, z])| {
        let (health, event) = match nth {
            nth if nth == last => (if end == "round_end" { 100 } else { 0 }, end),
            0 => (100, "spawn"),
            _ => (100, "sample"),
        };
        format!("{t},{x}.0,{y}.0,{z}.0,{health},100.0,8,0,0,{event}")
    });
    let path: Vec<String> = path.collect();
    story.tracks.push(format!(
        "{};{name};{team};{class};{};{};;{end};{};{}",
        guid(name),
        points[0][0],
        points[last][0],
        points.len(),
        path.join("|")
    ));
}

/// An engagement: target, from and to, outcome, killer (empty for none), end (x, y, z), hits (t, x, y, z), attackers (name, team, first and last
/// hit).
type Fight<'a> = (
    Who<'a>,
    [i64; 2],
    &'a str,
    &'a str,
    [i64; 3],
    &'a [[i64; 4]],
    &'a [(&'a str, &'a str, i64, i64)],
);

fn fight(story: &mut Story, fight: Fight<'_>) {
    let ((target, team, _), [start, end], outcome, killer, [x, y, z], hits, attackers) = fight;
    let id = story.engagements.len() + 1;
    let hits = hits
        .iter()
        .map(|[t, x, y, z]| format!("{t},{x}.0,{y}.0,{z}.0,hit"));
    let attackers = attackers.iter().map(|(name, team, first, last)| {
        let kill = u8::from(*name == killer);
        format!(
            "{},{name},{team},20,2,{first},{last},{kill},8:2;",
            guid(name)
        )
    });
    let killer_guid = if killer.is_empty() {
        String::new()
    } else {
        guid(killer)
    };
    story.engagements.push(format!(
        "{id};{start};{end};{};{};{target};{team};{outcome};40;{killer_guid};{killer};{};0;;;{x}.0;{y}.0;{z}.0;{x}.0;{y}.0;{z}.0;0.0;{};{}",
        end - start,
        guid(target),
        attackers.len(),
        hits.collect::<Vec<_>>().join("|"),
        attackers.collect::<Vec<_>>().join("|")
    ));
}

fn stays(stays: &[(std::ops::RangeInclusive<i64>, [i64; 3])]) -> Vec<[i64; 4]> {
    let points = stays
        .iter()
        .flat_map(|(seconds, [x, y, z])| seconds.clone().map(move |s| [1000 * s, *x, *y, *z]));
    points.collect()
}

/// The yard. Samples every second.
///
/// - Anna (Axis) is at (50, 50, 0) for 5 s, then at (150, 50, 450) for 5 s, and kills herself at 10 s.
/// - Arno (Axis) is at (50, 650, 0) for 3 s, at (50, 350, 0) for 3 s, is hit by Bert at 4.5 and 5.5 s and killed at 6 s. At 7 s Bert shoots at
///   his body, which "escapes" at 9 s.
/// - Bert (Allies) is at (250, 50, 0) for 8 s, is hit by Anna at 2 s and gets away at 7.5 s, at (250, 150). At 1 s Arno hits Anna, his own.
/// - Bert fires twice, and somebody unknown once.
fn yard() -> Story {
    let mut story = Story::default();
    let anna = stays(&[(0..=4, [50, 50, 0]), (5..=10, [150, 50, 450])]);
    life(&mut story, ANNA, &anna, "selfkill");
    let arno = stays(&[(0..=2, [50, 650, 0]), (3..=6, [50, 350, 0])]);
    life(&mut story, ARNO, &arno, "killed");
    let bert = stays(&[(0..=8, [250, 50, 0])]);
    life(&mut story, BERT, &bert, "round_end");
    let hit = [[4500, 50, 350, 0], [5500, 55, 350, 0]];
    let by_bert = [("Bert", "ALLIES", 4500, 5500)];
    let fights: [Fight<'_>; 5] = [
        (
            ANNA,
            [1000, 3000],
            "timeout",
            "",
            [50, 50, 0],
            &[[1000, 50, 50, 0]],
            &[("Arno", "AXIS", 1000, 1000)],
        ),
        (
            ARNO,
            [4500, 6000],
            "killed",
            "Bert",
            [50, 350, 0],
            &hit,
            &by_bert,
        ),
        (
            BERT,
            [2000, 7500],
            "escaped",
            "",
            [250, 150, 0],
            &[[2000, 250, 50, 0]],
            &[("Anna", "AXIS", 2000, 2000)],
        ),
        (
            ARNO,
            [7000, 9000],
            "escaped",
            "",
            [50, 350, 0],
            &[[7000, 50, 350, 0]],
            &[("Bert", "ALLIES", 7000, 7000)],
        ),
        (
            ANNA,
            [10_000, 10_000],
            "killed",
            "Anna",
            [150, 50, 450],
            &[],
            &[],
        ),
    ];
    for one in fights {
        fight(&mut story, one);
    }
    let shot = |t: i64, guid: &str, x: i64| format!("{t};{guid};8;{x};50;0;0.00;0.00");
    let (bert, nobody) = (guid("Bert"), "NOBODY".to_owned());
    let shots = vec![
        shot(4500, &bert, 250),
        shot(4600, &bert, 250),
        shot(5000, &nobody, 50),
    ];
    story.sections.push(("SHOT_FIRED", shots));
    story
}
