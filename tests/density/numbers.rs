//! Normalisations, differences, what is behind a cell, and what a file does not tell.

use super::*;

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
