//! Density: a scene worked out by hand for every kind, filter and normalisation, and what must hold on any round.

#[path = "support/story.rs"]
mod story;
mod support;

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

const DAY: &[(At, i64)] = &[
    ((0, 0), 5000),
    ((1, 0), 5000),
    ((2, 0), 8000),
    ((0, 3), 3000),
    ((0, 6), 3000),
];

#[test]
fn every_kind_of_the_yard() {
    let yard = Kept::new(yard().round());
    let of = |kind| sums(&count(&yard, kind, &Filter::default()));
    assert_eq!(of(Kind::Movement), DAY);
    assert_eq!(of(Kind::KillsByKiller), [((2, 0), 1)]);
    assert_eq!(of(Kind::KillsByVictim), [((0, 3), 1)], "not her own");
    assert_eq!(of(Kind::Deaths), [((1, 0), 1), ((0, 3), 1)]);
    assert_eq!(
        of(Kind::Combat),
        [((2, 0), 1), ((0, 3), 2)],
        "neither the body's nor the friend's"
    );
    assert_eq!(of(Kind::Escapes), [((2, 1), 1)], "bodies do not escape");
    assert_eq!(of(Kind::Shots), [((0, 0), 1), ((2, 0), 2)]);
    let movement = count(&yard, Kind::Movement, &Filter::default());
    let cell = Cell {
        sum: 5000,
        n: 5,
        lives: 1,
        rounds: 1,
    };
    assert_eq!(movement.grid.get((0, 0)), cell);
    assert_eq!((movement.rounds(), movement.grid.n()), (1, 24));
}

#[test]
fn every_filter_of_the_yard() {
    let yard = Kept::new(yard().round());
    let of = |kind, filter: Filter| sums(&count(&yard, kind, &filter));
    let all = Filter::default;
    let allies = Filter {
        team: Some(Team::Allies),
        ..all()
    };
    let bert = Filter {
        person: Some(Person::new(&guid("Bert"), "by another name")),
        ..all()
    };
    let soldiers = Filter {
        class: Some(Class::Soldier),
        ..all()
    };
    for filter in [allies, bert, soldiers] {
        assert_eq!(of(Kind::Movement, filter.clone()), [((2, 0), 8000)]);
        assert_eq!(of(Kind::KillsByVictim, filter.clone()), [((0, 3), 1)]);
        assert_eq!(of(Kind::Deaths, filter.clone()), []);
        assert_eq!(of(Kind::Combat, filter.clone()), [((2, 0), 1)]);
        assert_eq!(of(Kind::Escapes, filter.clone()), [((2, 1), 1)]);
        assert_eq!(of(Kind::Shots, filter.clone()), [((2, 0), 2)]);
        // The unknown shooter may be of any team, class or name.
        assert_eq!(count(&yard, Kind::Shots, &filter).undecided, 1);
        assert_eq!(count(&yard, Kind::Deaths, &filter).undecided, 0);
    }
    let middle = Filter {
        time_ms: Some((3000, 6000)),
        ..all()
    };
    let presence = [
        ((0, 0), 2000),
        ((1, 0), 1000),
        ((2, 0), 3000),
        ((0, 3), 3000),
    ];
    assert_eq!(of(Kind::Movement, middle.clone()), presence);
    assert_eq!(of(Kind::Deaths, middle.clone()), [], "6 s is behind it");
    assert_eq!(of(Kind::Combat, middle), [((0, 3), 2)]);
    let upstairs = Filter {
        height_u: Some((100.0, 450.1)),
        ..all()
    };
    assert_eq!(of(Kind::Movement, upstairs.clone()), [((1, 0), 5000)]);
    assert_eq!(of(Kind::Deaths, upstairs.clone()), [((1, 0), 1)]);
    assert_eq!(of(Kind::Shots, upstairs), []);
    let nobody = Filter {
        person: Some(Person::new("", "Anna")),
        ..all()
    };
    assert_eq!(of(Kind::Movement, nobody), []);
}

/// Anna and Arno are 600 u apart for 3 s, then 300 u for 2 s; then 316 u on the map but 550 u in the house, for the last second of his life.
#[test]
fn alone_in_the_yard() {
    let yard = Kept::new(yard().round());
    let of = |kind, alone| {
        let filter = Filter {
            alone: Some(alone),
            ..Filter::default()
        };
        let counted = count(&yard, kind, &filter);
        (sums(&counted), counted.undecided)
    };
    let alone = [
        ((0, 0), 3000),
        ((1, 0), 5000),
        ((2, 0), 8000),
        ((0, 3), 1000),
        ((0, 6), 3000),
    ];
    assert_eq!(of(Kind::Movement, true), (alone.to_vec(), 0));
    let together = vec![((0, 0), 2000), ((0, 3), 2000)];
    assert_eq!(of(Kind::Movement, false), (together, 0));
    // The hit at 4.5 s found him in company by the samples of 4 s; that at 5.5 s alone.
    assert_eq!(of(Kind::Combat, false), (vec![((0, 3), 1)], 0));
    assert_eq!(of(Kind::Combat, true), (vec![((2, 0), 1), ((0, 3), 1)], 0));
    assert_eq!(of(Kind::Deaths, true), (vec![((1, 0), 1), ((0, 3), 1)], 0));
    assert_eq!(of(Kind::KillsByVictim, true), (vec![((0, 3), 1)], 0));
    assert_eq!(of(Kind::Shots, true), (vec![((2, 0), 2)], 1));
    // A sample that is too old does not tell where the mate is.
    let params = Params {
        oldest_sample_ms: 0,
        ..HUNDRED
    };
    let filter = Filter {
        alone: Some(false),
        ..Filter::default()
    };
    let counted = density(&[yard.source()], Kind::Combat, &filter, &params);
    assert_eq!(sums(&counted), [], "half a second old");
}

fn values(field: &Field) -> Vec<(At, Option<f64>)> {
    field
        .cells
        .iter()
        .map(|cell| (cell.at, cell.value))
        .collect()
}

/// 24 s alive in all, 2 deaths.
#[test]
fn every_normalisation_of_the_yard() {
    let yard = Kept::new(yard().round());
    let twice = [yard.source(), yard.source()];
    let all = Filter::default();
    let of = |kind| density(&twice, kind, &all, &HUNDRED);
    let (movement, deaths) = (of(Kind::Movement), of(Kind::Deaths));
    let at_hill = movement.grid.get((0, 3));
    assert_eq!((at_hill.sum, at_hill.lives, at_hill.rounds), (6000, 2, 2));
    let reckon = |of: &Density, normal| field(of, Some(&movement), normal, 0.0).unwrap();
    let some = |cells: &[(At, f64)]| -> Vec<(At, Option<f64>)> {
        cells
            .iter()
            .map(|(at, value)| (*at, Some(*value)))
            .collect()
    };
    let total = reckon(&movement, Normal::Total);
    assert_eq!((total.unit, total.get((2, 0))), (Unit::Seconds, Some(16.0)));
    let per_round = reckon(&movement, Normal::PerRound);
    assert_eq!(per_round.unit, Unit::SecondsPerRound);
    assert_eq!(per_round.get((2, 0)), Some(8.0));
    let share = reckon(&movement, Normal::Share);
    assert_eq!(
        (share.unit, share.get((2, 0))),
        (Unit::Share, Some(8.0 / 24.0))
    );
    let alive = field(&movement, None, Normal::PerMinuteAlive, 0.0).unwrap();
    assert_eq!(alive.unit, Unit::SecondsPerMinuteAlive);
    assert_eq!((alive.get((2, 0)), alive.total()), (Some(20.0), 60.0));

    let cells = |each| some(&[((1, 0), each), ((0, 3), each)]);
    let total = reckon(&deaths, Normal::Total);
    assert_eq!((total.unit, values(&total)), (Unit::Events, cells(2.0)));
    let per_round = reckon(&deaths, Normal::PerRound);
    assert_eq!(
        (per_round.unit, values(&per_round)),
        (Unit::EventsPerRound, cells(1.0))
    );
    let alive = reckon(&deaths, Normal::PerMinuteAlive);
    assert_eq!(
        (alive.unit, values(&alive)),
        (Unit::EventsPerMinuteAlive, cells(2.5))
    );
    // Anna's 10 s there with 2 deaths, Arno's 6 s with 2.
    let there = reckon(&deaths, Normal::PerMinuteThere { fewest_ms: 0 });
    assert_eq!(there.unit, Unit::EventsPerMinuteThere);
    let dangers = [
        ((0, 0), 0.0),
        ((1, 0), 12.0),
        ((2, 0), 0.0),
        ((0, 3), 20.0),
        ((0, 6), 0.0),
    ];
    assert_eq!(values(&there), some(&dangers));
    let sure = reckon(&deaths, Normal::PerMinuteThere { fewest_ms: 6001 });
    assert_eq!((sure.get((0, 3)), sure.get((1, 0))), (None, Some(12.0)));
    assert_eq!((sure.get((7, 7)), sure.peak()), (Some(0.0), Some(12.0)));
}

#[test]
fn rates_need_the_time_of_the_same_people() {
    let yard = Kept::new(yard().round());
    let all = Filter::default();
    let of = |kind, filter: &Filter| count(&yard, kind, filter);
    let deaths = of(Kind::Deaths, &all);
    let refused = |of: &Density, presence: Option<&Density>, normal| {
        field(of, presence, normal, 0.0).unwrap_err()
    };
    let rate = Normal::PerMinuteAlive;
    assert_eq!(refused(&deaths, None, rate), NoField::NeedsPresence);
    assert_eq!(
        refused(&deaths, Some(&deaths), rate),
        NoField::PresenceOfOtherSet
    );
    let axis = Filter {
        team: Some(Team::Axis),
        ..all.clone()
    };
    let of_axis = of(Kind::Movement, &axis);
    assert_eq!(
        refused(&deaths, Some(&of_axis), rate),
        NoField::PresenceOfOtherSet
    );
    let late = Filter {
        time_ms: Some((10_000, 20_000)),
        ..all.clone()
    };
    let (late_deaths, late_time) = (of(Kind::Deaths, &late), of(Kind::Movement, &late));
    assert_eq!(
        refused(&late_deaths, Some(&late_time), rate),
        NoField::NoTimeAlive
    );
    let there = Normal::PerMinuteThere { fewest_ms: 0 };
    let movement = of(Kind::Movement, &all);
    let kills = of(Kind::KillsByVictim, &all);
    assert_eq!(
        refused(&kills, Some(&movement), there),
        NoField::NotOfThisKind
    );
    assert_eq!(refused(&movement, None, there), NoField::NotOfThisKind);
}

#[test]
fn what_the_file_does_not_tell_is_not_zero() {
    let yard = Kept::new(yard().round());
    let mut story = Story::default();
    story.life(("Cleo", "AXIS"), &[(0, 0, 0), (1000, 0, 0)], "killed");
    let bare = Kept::new(story.round());
    let sources = [yard.source(), bare.source(), yard.source()];
    let of = |kind| density(&sources, kind, &Filter::default(), &HUNDRED);
    let shots = of(Kind::Shots);
    assert_eq!(shots.unavailable, [(1, Unavailable::NoShots)]);
    assert_eq!((shots.rounds(), shots.grid.total()), (2, 6));
    let per_round = field(&shots, None, Normal::PerRound, 0.0).unwrap();
    assert_eq!(per_round.total(), 3.0, "of the rounds that can tell");
    assert_eq!(
        of(Kind::Combat).unavailable,
        [(1, Unavailable::NoEngagements)]
    );
    assert_eq!(of(Kind::Deaths).unavailable, [], "the end of a life tells");
    assert_eq!(of(Kind::Deaths).grid.total(), 5);

    // A round of another map, and one without tracks.
    let other = Kept::new(support::round(&support::fixture("3.0/")));
    let mixed = density(
        &[yard.source(), other.source()],
        Kind::Deaths,
        &Filter::default(),
        &HUNDRED,
    );
    assert_eq!(mixed.unavailable, [(1, Unavailable::OtherMap)]);
    let old = density(
        &[other.source()],
        Kind::Movement,
        &Filter::default(),
        &HUNDRED,
    );
    assert_eq!(old.unavailable, [(0, Unavailable::NoSamples)]);
    let kills = |kind, filter: &Filter| count(&other, kind, filter);
    let by_killer = kills(Kind::KillsByKiller, &Filter::default());
    let by_victim = kills(Kind::KillsByVictim, &Filter::default());
    assert_eq!((by_killer.grid.total(), by_victim.without_place), (0, 0));
    assert_eq!(by_killer.without_place, by_victim.grid.n());
    assert!(by_victim.grid.n() > 20);
    let medics = Filter {
        class: Some(Class::Medic),
        ..Filter::default()
    };
    let of_medics = kills(Kind::KillsByVictim, &medics);
    assert_eq!(
        (of_medics.grid.n(), of_medics.undecided),
        (0, by_victim.grid.n())
    );

    let nothing = density(&[], Kind::Movement, &Filter::default(), &HUNDRED);
    assert_eq!((nothing.given, nothing.grid.is_empty()), (0, true));
    for normal in [
        Normal::Total,
        Normal::PerRound,
        Normal::PerMinuteAlive,
        Normal::Share,
    ] {
        assert_eq!(field(&nothing, None, normal, 50.0).unwrap().cells, []);
    }
    assert_eq!(
        difference(&nothing, &nothing, &DifferenceParams::default()),
        Ok(Vec::new())
    );
}

#[test]
fn the_yard_behind_its_cells() {
    let yard = Kept::new(yard().round());
    let sources = [yard.source(), yard.source()];
    let look = |kind, at, most| behind(&sources, kind, &Filter::default(), &HUNDRED, at, most);
    let stays = look(Kind::Movement, (0, 3), 10);
    let (first, second) = (stays.moments[0], stays.moments[1]);
    assert_eq!((first.round, second.round, stays.moments_in_all), (0, 1, 2));
    assert_eq!(
        (first.t_ms, first.until_ms, first.n, first.sum),
        (3000, 6000, 3, 3000)
    );
    assert_eq!(
        (first.player, first.life, first.engagement),
        (Some(PlayerId(1)), Some(1), None)
    );
    assert_eq!(
        (
            stays.n,
            stays.sum,
            stays.lives_in_all,
            stays.engagements_in_all
        ),
        (6, 6000, 2, 0)
    );
    let kill = look(Kind::KillsByKiller, (2, 0), 1);
    let moment = kill.moments[0];
    assert_eq!(
        (moment.player, moment.life, moment.engagement),
        (Some(PlayerId(2)), Some(2), Some(1))
    );
    assert_eq!((kill.moments.len(), kill.moments_in_all, kill.n), (1, 2, 2));
    assert_eq!((kill.engagements.len(), kill.engagements_in_all), (1, 2));
    let hits = look(Kind::Combat, (0, 3), 10);
    let times: Vec<_> = hits.moments.iter().map(|m| (m.round, m.t_ms)).collect();
    assert_eq!(times, [(0, 4500), (0, 5500), (1, 4500), (1, 5500)]);
    assert_eq!((hits.lives_in_all, hits.engagements_in_all), (2, 2));
    assert_eq!(look(Kind::Combat, (9, 9), 10), Behind::default());
    let nobodys = look(Kind::Shots, (0, 0), 10);
    assert_eq!((nobodys.moments[0].player, nobodys.lives_in_all), (None, 0));
}

#[test]
fn sets_that_differ() {
    let yard = Kept::new(yard().round());
    let all = Filter::default();
    let axis = Filter {
        team: Some(Team::Axis),
        ..all.clone()
    };
    let (whole, part) = (
        count(&yard, Kind::Movement, &all),
        count(&yard, Kind::Movement, &axis),
    );
    let any = DifferenceParams {
        fewest_n: 0,
        fewest_lives: 0,
        blur_u: 0.0,
    };
    for blur_u in [0.0, 150.0] {
        let params = DifferenceParams { blur_u, ..any };
        assert_eq!(difference(&whole, &whole, &params), Ok(Vec::new()));
        let twice = whole.merged(&whole).unwrap();
        assert_eq!(difference(&twice, &whole, &params), Ok(Vec::new()));
        let differing = difference(&whole, &part, &params).unwrap();
        let sum: f64 = differing.iter().filter_map(|cell| cell.share).sum();
        assert!(sum.abs() < 1e-12, "shares of both add up to 1: {sum}");
    }
    let differing = difference(&whole, &part, &any).unwrap();
    let share = |at: At| differing.iter().find(|cell| cell.at == at).unwrap().share;
    let near = |a: Option<f64>, b: f64| assert!((a.unwrap() - b).abs() < 1e-12, "{a:?} {b}");
    near(share((0, 0)), 5.0 / 24.0 - 5.0 / 16.0);
    near(share((2, 0)), 8.0 / 24.0);
    let careful = DifferenceParams {
        fewest_n: 8,
        fewest_lives: 2,
        blur_u: 0.0,
    };
    let masked = difference(&whole, &part, &careful).unwrap();
    let at = |at: At| *masked.iter().find(|cell| cell.at == at).unwrap();
    let bert = Differing {
        at: (2, 0),
        share: None,
        n_first: 8,
        n_second: 0,
        lives_first: 1,
        lives_second: 0,
    };
    assert_eq!(at((2, 0)), bert, "one life is too few");
    assert!(at((0, 3)).share.is_none() && at((0, 0)).share.is_some());
    let fine = density(&[yard.source()], Kind::Movement, &all, &Params::default());
    assert_eq!(
        difference(&whole, &fine, &any),
        Err(Incomparable::CellSizes)
    );
    let kills = count(&yard, Kind::KillsByVictim, &axis);
    assert_eq!(
        difference(&whole, &kills, &any),
        Err(Incomparable::NothingIn(Side::Second))
    );
    assert_eq!(
        difference(&kills, &whole, &any),
        Err(Incomparable::NothingIn(Side::First))
    );
}

#[test]
fn the_order_of_rows_and_rounds_changes_nothing() {
    let there = yard();
    let mut back = there.clone();
    back.tracks.reverse();
    back.engagements.reverse();
    for (_, rows) in &mut back.sections {
        rows.reverse();
    }
    let (there, back) = (Kept::new(there.round()), Kept::new(back.round()));
    let file = |part| Kept::new(support::round(&support::fixture(part)));
    let (one, other) = (file("212012-sandpit"), file("212637-sandpit"));
    for kind in Kind::ALL {
        for alone in [None, Some(true)] {
            let filter = Filter {
                alone,
                ..Filter::default()
            };
            let of = |sources: &[Source<'_>]| density(sources, kind, &filter, &HUNDRED);
            assert_eq!(of(&[there.source()]), of(&[back.source()]), "{kind:?}");
            let both = of(&[one.source(), other.source()]);
            assert_eq!(both, of(&[other.source(), one.source()]), "{kind:?}");
            let merged = of(&[one.source()]).merged(&of(&[other.source()]));
            assert_eq!(Some(&both), merged.as_ref(), "{kind:?}");
            assert_eq!(
                both.grid.cells().iter().map(|(_, c)| c.rounds).max(),
                Some(2)
            );
        }
    }
    assert_eq!(
        count(&one, Kind::Movement, &Filter::default()).merged(&count(
            &other,
            Kind::Deaths,
            &Filter::default()
        )),
        None
    );
}

fn real() -> Vec<Kept> {
    let demo =
        support::root().join("assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz");
    let files = support::rounds().into_iter().chain([demo]);
    files.map(|path| Kept::new(support::round(&path))).collect()
}

/// Grids without lives and rounds, which two parts of a round share.
fn bare(grid: &Grid) -> Vec<(At, i64, u32)> {
    let cells = grid.cells().iter();
    cells.map(|(at, cell)| (*at, cell.sum, cell.n)).collect()
}

#[test]
fn parts_add_up_to_the_whole_on_real_rounds() {
    for kept in real() {
        let all = Filter::default();
        let name = &kept.round.provenance.file_name;
        let middle = (kept.round.clock.start_ms + kept.round.clock.end_ms) / 2;
        for kind in Kind::ALL {
            let of = |filter: &Filter| count(&kept, kind, filter);
            let whole = of(&all);
            let half = |from, to| Filter {
                time_ms: Some((from, to)),
                ..Filter::default()
            };
            let floor = |from, to| Filter {
                height_u: Some((from, to)),
                ..Filter::default()
            };
            let team = |team| Filter {
                team: Some(team),
                ..Filter::default()
            };
            let alone = |alone| Filter {
                alone: Some(alone),
                ..Filter::default()
            };
            let pairs = [
                [half(i64::MIN, middle), half(middle, i64::MAX)],
                [floor(f32::MIN, 24.0), floor(24.0, f32::MAX)],
                [team(Team::Axis), team(Team::Allies)],
                [alone(true), alone(false)],
            ];
            for pair in pairs {
                let [one, other] = [of(&pair[0]), of(&pair[1])];
                if one.undecided > 0 || one.without_place != other.without_place {
                    let counted = one.grid.n() + other.grid.n() + one.undecided;
                    assert!(
                        counted + one.without_place >= whole.grid.n(),
                        "{name} {kind:?}"
                    );
                    assert!(counted - one.undecided <= whole.grid.n(), "{name} {kind:?}");
                    continue;
                }
                let both = one.grid.merged(&other.grid).unwrap();
                assert_eq!(bare(&both), bare(&whole.grid), "{name} {kind:?} {pair:?}");
            }
            let total = whole.grid.total() as f64;
            for blur_u in [30.0, 200.0] {
                let spread = field(&whole, None, Normal::Total, blur_u).unwrap();
                let scale = if kind == Kind::Movement { 1000.0 } else { 1.0 };
                let lost = (spread.total() * scale - total).abs();
                assert!(lost <= 1e-9 * total, "{name} {kind:?} {lost}");
            }
        }
    }
}

#[test]
fn totals_are_those_of_the_other_numbers() {
    for kept in real() {
        let name = &kept.round.provenance.file_name;
        let of = |kind| count(&kept, kind, &Filter::default());
        let movements = life_movements(&kept.round, &kept.flags);
        let alive_ms: i64 = movements.iter().map(|life| life.alive_ms).sum();
        assert_eq!(of(Kind::Movement).grid.total(), alive_ms, "{name}");
        let deaths = of(Kind::Deaths);
        let counted = deaths.grid.n() + deaths.without_place;
        assert_eq!(counted, kept.deaths.len() as u64, "{name}");
        let kills = [Kind::KillsByKiller, Kind::KillsByVictim].map(of);
        assert_eq!(
            kills[0].grid.n() + kills[0].without_place,
            kills[1].grid.n() + kills[1].without_place,
            "{name}"
        );
        assert_eq!(
            of(Kind::Shots).grid.n() as usize,
            kept.round.document.tables.shots.rows.len()
        );
        // Everybody's part is the whole.
        let one = |id| {
            let filter = Filter {
                person: Some(person(&kept.round, id)),
                ..Filter::default()
            };
            count(&kept, Kind::Movement, &filter).grid.total()
        };
        let of_all: i64 = kept.round.players.ids().map(one).sum();
        assert_eq!(of_all, alive_ms, "{name}");
    }
}

/// What is listed behind each cell is what was counted in it.
#[test]
fn every_cell_of_a_real_round_can_be_looked_behind() {
    let file = |part| Kept::new(support::round(&support::fixture(part)));
    let rounds = [file("212012-sandpit"), file("212637-sandpit")];
    let sources = [rounds[0].source(), rounds[1].source()];
    let params = Params {
        size_u: 256.0,
        ..Params::default()
    };
    let filter = Filter {
        team: Some(Team::Allies),
        ..Filter::default()
    };
    for kind in Kind::ALL {
        let counted = density(&sources, kind, &filter, &params);
        assert!(!counted.grid.is_empty());
        for (at, cell) in counted.grid.cells() {
            let found = behind(&sources, kind, &filter, &params, *at, usize::MAX);
            assert_eq!(
                (found.sum, found.n),
                (cell.sum, u64::from(cell.n)),
                "{kind:?}"
            );
            assert_eq!(found.lives_in_all, cell.lives, "{kind:?} {at:?}");
            let n: u64 = found.moments.iter().map(|m| u64::from(m.n)).sum();
            assert_eq!(
                (n, found.moments.len() as u32),
                (found.n, found.moments_in_all)
            );
            assert!(found.moments.is_sorted_by_key(|m| (m.round, m.t_ms)));
            let rounds: std::collections::BTreeSet<u32> =
                found.moments.iter().map(|m| m.round).collect();
            assert_eq!(rounds.len() as u32, cell.rounds);
            for moment in &found.moments {
                let player = moment.player.expect("everybody is known");
                let life =
                    &rounds_of(&sources, moment.round).lives()[moment.life.unwrap() as usize];
                assert_eq!((life.player, life.team), (player, Some(Team::Allies)));
            }
        }
    }
}

fn rounds_of<'a>(sources: &[Source<'a>], round: u32) -> &'a Round {
    sources[round as usize].round
}

/// One way sampled every 200 and every 500 ms: rounds of a block of 1200 u at 300 u/s, with a rest at each corner. The time alive is the same,
/// and in each cell of 256 u the time differs by less than one step of either for each visit, and by 4 % of the whole in all.
#[test]
fn presence_does_not_depend_on_the_cadence() {
    let sampled = |step: usize| {
        let point = |t: i64| {
            // Four seconds of walking along an edge, one of rest.
            let (edge, along) = (
                t.div_euclid(5000) % 4,
                (t.rem_euclid(5000)).min(4000) * 3 / 10,
            );
            let (x, y) = match edge {
                0 => (along, 0),
                1 => (1200, along),
                2 => (1200 - along, 1200),
                _ => (0, 1200 - along),
            };
            [t, x + 37, y + 61, 0]
        };
        let mut story = Story::default();
        let points: Vec<_> = (0..=300_000).step_by(step).map(point).collect();
        life(&mut story, ANNA, &points, "round_end");
        Kept::new(story.round())
    };
    let [fine, coarse] = [200, 500].map(sampled);
    let params = Params {
        size_u: 256.0,
        ..Params::default()
    };
    let of = |kept: &Kept| {
        density(
            &[kept.source()],
            Kind::Movement,
            &Filter::default(),
            &params,
        )
        .grid
    };
    let grids = [of(&fine), of(&coarse)];
    assert_eq!([grids[0].total(), grids[1].total()], [300_000, 300_000]);
    let cells: std::collections::BTreeSet<At> = grids
        .iter()
        .flat_map(|grid| grid.cells())
        .map(|(at, _)| *at)
        .collect();
    let mut apart_ms = 0;
    for at in cells {
        let visits = [&fine, &coarse].map(|kept| {
            let all = Filter::default();
            behind(&[kept.source()], Kind::Movement, &all, &params, at, 0).moments_in_all
        });
        let apart = (grids[0].get(at).sum - grids[1].get(at).sum).abs();
        let most = i64::from(visits[0].max(visits[1])) * (200 + 500);
        assert!(apart <= most, "{at:?}: {apart} ms in {visits:?} visits");
        apart_ms += apart;
    }
    assert!(apart_ms < 300_000 * 4 / 100, "{apart_ms} ms");
}

/// A damaged coordinate makes the box around a set huge; it is counted all the same, and nothing is lost.
#[test]
fn places_far_away_are_counted() {
    let mut story = yard();
    life(
        &mut story,
        ("Dora", "ALLIES", "MEDIC"),
        &[
            [0, 2_000_000_000, -2_000_000_000, 0],
            [1000, 3, 3, 0],
            [2000, 1_000_000, 3, 0],
        ],
        "round_end",
    );
    let far = Kept::new(story.round());
    let counted = count(&far, Kind::Movement, &Filter::default());
    assert_eq!(counted.grid.total(), 26_000);
    assert_eq!(counted.grid.get((20_000_000, -20_000_000)).sum, 1000);
    assert_eq!(counted.grid.get((0, 0)).sum, 6000);
    let spread = field(&counted, None, Normal::Total, 300.0).unwrap();
    assert!((spread.total() - 26.0).abs() < 26e-9);
    let found = behind(
        &[far.source()],
        Kind::Movement,
        &Filter::default(),
        &HUNDRED,
        (20_000_000, -20_000_000),
        5,
    );
    assert_eq!((found.n, found.moments[0].t_ms), (1, 0));
}

/// Somebody over rounds: by GUID whatever his name, bots by name.
#[test]
fn a_person_is_the_same_in_every_round() {
    let with = |name: &str, called: &str| {
        let mut story = Story::default();
        let points = [[0, 50, 50, 0], [1000, 50, 50, 0]];
        life(&mut story, (name, "AXIS", "MEDIC"), &points, "killed");
        story.tracks[0] = story.tracks[0]
            .replacen(name, called, 2)
            .replacen(called, name, 1);
        Kept::new(story.round())
    };
    let rounds = [
        with("Anna", "Ann^1ie"),
        with("Anna", "Anna"),
        with("bot1", "bot^31"),
        with("bot2", "bot2"),
    ];
    let sources: Vec<_> = rounds.iter().map(Kept::source).collect();
    let of = |who: Person| {
        let filter = Filter {
            person: Some(who),
            ..Filter::default()
        };
        density(&sources, Kind::Movement, &filter, &HUNDRED)
            .grid
            .get((0, 0))
    };
    let anna = person(&rounds[0].round, PlayerId(0));
    assert_eq!(anna, person(&rounds[1].round, PlayerId(0)));
    assert_eq!((anna.name.as_str(), of(anna).rounds), ("Annie", 2));
    assert_eq!(of(Person::new("", "bot1")).sum, 1000);
    assert_eq!(of(Person::new("", "Anna")).sum, 0);
}

fn check(kept: &Kept) -> FileCheck {
    file_check(&kept.source())
}

/// The tracker's own counts follow from the rows of every file, cell by cell, but for places rounded onto an edge.
#[test]
fn heatmaps_of_real_files_follow_from_their_rows() {
    let (mut exact, mut on_the_edge) = (0, 0);
    for kept in real() {
        let name = &kept.round.provenance.file_name;
        for (what, count) in check(&kept).counts() {
            let Ok(count) = count else {
                continue;
            };
            assert_eq!(count.file, count.recount, "{name} {what}");
            assert_eq!(count.disagreeing, 0, "{name} {what}");
            assert_eq!(count.differing().count(), count.on_the_edge as usize);
            exact += count.agreeing;
            on_the_edge += count.on_the_edge;
            if what != "traversal" {
                assert!(
                    count.ours <= count.file,
                    "{name} {what}: we leave doubtful rows out"
                );
            }
        }
    }
    assert!(exact > 2500 && on_the_edge < 30, "{exact} {on_the_edge}");
    let of = |part| check(&Kept::new(support::round(&support::fixture(part))));
    let demo = real().pop().unwrap();
    let demo = check(&demo);
    let sums = demo.counts().map(|(_, count)| {
        let count = count.as_ref().unwrap();
        (count.file, count.ours)
    });
    assert_eq!(
        sums,
        [(19_864, 19_985), (886, 868), (94, 81), (72, 58), (76, 58)]
    );
    assert_eq!(of("3.0/").traversal, Err(Unchecked::NoSamples));
    assert_eq!(of("235956").combat, Err(Unchecked::NoHeatmap));
    let old = of("3.0/").allies_kills.unwrap();
    assert_eq!(
        (old.file - old.recount, old.disagreeing),
        (0, 0),
        "the world's are Allied"
    );
}

/// The yard as a tracker would have counted it, with one mistake.
#[test]
fn a_wrong_heatmap_is_found() {
    let mut story = yard();
    let rows = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>();
    // Traversal: the points between first and last of each life. Anna 9, Arno 2 at y 650 and 3 at 350, Bert 7.
    story.sections.push(("KILL_HEATMAP", rows(&["0;0;1;1"])));
    story
        .sections
        .push(("MOVEMENT_HEATMAP", rows(&["0;0;19;5;1", "0;1;2;0;0"])));
    let check = check(&Kept::new(story.round()));
    let of = |count: &Result<_, _>| {
        let count: &sandtable::analysis::density::file_check::CountCheck = count.as_ref().unwrap();
        (count.file, count.recount, count.ours, count.disagreeing)
    };
    // 24 samples hold time, by us.
    assert_eq!(of(&check.traversal), (21, 21, 24, 0));
    assert_eq!(of(&check.combat), (5, 5, 3, 0));
    assert_eq!(of(&check.escape), (1, 2, 1, 1), "the file lacks the body's");
    assert_eq!(of(&check.axis_kills), (1, 1, 0, 0), "her own");
    assert_eq!(of(&check.allies_kills), (1, 1, 1, 0));
    let wrong: Vec<_> = check.escape.unwrap().differing().copied().collect();
    assert_eq!((wrong.len(), wrong[0].file, wrong[0].recount), (1, 1, 2));
}
