//! What must hold on any round.

use super::*;

pub(crate) fn real() -> Vec<Kept> {
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
        let middle = i64::midpoint(kept.round.clock.start_ms, kept.round.clock.end_ms);
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

/// One way sampled every 200 and every 500 ms: rounds of a block of 1200 u at 300 u/s, with a rest at each corner, for twenty minutes. The
/// time alive is the same; in each cell of 256 u the times differ by less than one step of both for each visit, and over all cells by less
/// than 4 % of the whole, as steps that begin in a cell too early and too late even out. (They do not where the way repeats itself in whole
/// steps, so an edge takes 5023 ms.)
#[test]
fn presence_does_not_depend_on_the_cadence() {
    let sampled = |step: usize| {
        let point = |t: i64| {
            // Four seconds of walking along an edge, one of rest.
            let (edge, along) = (
                t.div_euclid(5023) % 4,
                (t.rem_euclid(5023)).min(4000) * 3 / 10,
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
        let points: Vec<_> = (0..=1_200_000).step_by(step).map(point).collect();
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
    assert_eq!([grids[0].total(), grids[1].total()], [1_200_000, 1_200_000]);
    let cells: std::collections::BTreeSet<At> = grids
        .iter()
        .flat_map(Grid::cells)
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
    assert!(apart_ms < 1_200_000 * 4 / 100, "{apart_ms} ms");
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
