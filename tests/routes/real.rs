//! What must hold on real rounds.

use crate::{demo, exits_of, flags, paths_of, shapes_of, support};
use sandtable::analysis::movement::{Measured, profiles};
use sandtable::analysis::routes::{
    Company, CompanyParams, RouteParams, ShareParams, life_shares, routes,
};
use sandtable::analysis::shape::{
    Params as ShapeParams, PushParams, cohesion_agreement, push_agreement, pushes,
};
use sandtable::model::{Round, Team};

/// On the project's own map the areas are its spawn areas, and the exits its gates.
#[test]
fn real_exits() {
    let truth = [
        (Team::Axis, 2368.0, -32.0),
        (Team::Axis, -160.0, 1408.0),
        (Team::Allies, -2304.0, -32.0),
        (Team::Allies, -160.0, 1408.0),
    ];
    // Doors and passages around the areas: bases' gates, the Court Arch, and the open sides of the North Court.
    let ways_out = [
        (2016.0, 352.0),
        (2016.0, -352.0),
        (-1632.0, 0.0),
        (-1632.0, -416.0),
        (-2080.0, 672.0),
        (-224.0, 896.0),
        (256.0, 1152.0),
        (256.0, 1728.0),
        (-576.0, 1472.0),
    ];
    let mut rounds = vec![demo()];
    rounds.extend(
        ["201935-sandpit", "212012-sandpit", "212637-sandpit"]
            .map(|part| support::round(&support::fixture(part))),
    );
    for round in rounds {
        let found = exits_of(&round);
        let areas: Vec<Team> = found.areas.iter().map(|area| area.team).collect();
        assert_eq!(areas, [Team::Axis, Team::Axis, Team::Allies, Team::Allies]);
        for (area, truth) in found.areas.iter().zip(truth) {
            assert!(
                (area.centre[0] - truth.1).hypot(area.centre[1] - truth.2) <= 80.0,
                "{area:?}"
            );
            assert!(area.spread_u <= 310.0, "{area:?}");
        }
        let mut near = 0;
        for exit in &found.exits {
            let far = |way: &(f32, f32)| (exit.place[0] - way.0).hypot(exit.place[1] - way.1);
            let nearest = ways_out.iter().map(far).fold(f32::INFINITY, f32::min);
            near += if nearest <= 250.0 { exit.lives } else { 0 };
        }
        let left: u32 = found.exits.iter().map(|exit| exit.lives).sum();
        assert!(
            near * 100 >= left * 95,
            "{near} of {left} leave at a way out"
        );
        let all: u32 = found.areas.iter().map(|area| area.lives).sum();
        let others: u32 = found.stayed.iter().chain(&found.jumped).sum();
        assert_eq!(
            left + others + found.without_spawn_point,
            found.lives.len() as u32
        );
        assert_eq!(all + found.without_spawn_point, found.lives.len() as u32);
    }
}

/// Where counts agree, shapes of real rounds are the tracker's.
#[test]
fn real_shapes_are_the_trackers() {
    for (part, centroid_u, dispersion_u) in
        [("201935-sandpit", 25.0, 15.0), ("212012-sandpit", 0.2, 0.2)]
    {
        let round = support::round(&support::fixture(part));
        let flags = flags(&round);
        let cohesion = cohesion_agreement(&round, &flags, &ShapeParams::default()).unwrap();
        assert!(
            cohesion.centroid_u.unwrap().p95 <= centroid_u
                && cohesion.centroid_u.unwrap().median <= 0.2
        );
        assert!(
            cohesion.dispersion_u.unwrap().p95 <= dispersion_u
                && cohesion.dispersion_u.unwrap().n > 800
        );
        // Whoever is missing was revived.
        let known = cohesion.same_count + cohesion.explained_by_unseen + cohesion.without_ours;
        assert!(known * 100 >= cohesion.rows * 98, "{cohesion:?}");
        let params = PushParams::default();
        let ours = pushes(&round, &flags, &[], &params);
        let agreement = push_agreement(&round, &flags, &ours, &[], &params).unwrap();
        let rows = agreement.matched.len() + agreement.only_file.len();
        assert!(
            agreement.matched.len() * 100 >= rows * 80,
            "{} of {rows}",
            agreement.matched.len()
        );
        assert!(agreement.common_share.unwrap() > 0.6);
    }
}

/// What holds on every file.
#[test]
fn invariants_of_real_rounds() {
    let mut rounds: Vec<Round> = support::rounds()
        .iter()
        .map(|path| support::round(path))
        .collect();
    rounds.push(demo());
    for round in &rounds {
        check_ways(round);
        check_company(round);
        check_teams(round);
    }
    let with_lives = rounds.iter().filter(|round| !round.lives().is_empty());
    assert!(with_lives.count() > 12);
}

fn check_ways(round: &Round) {
    let file = &round.provenance.file_name;
    let exits = exits_of(round);
    for exit in &exits.exits {
        assert!(
            exits.areas[exit.area].is_outside(exit.place[0], exit.place[1]) || exit.lives > 1,
            "{file}"
        );
        assert!(
            exit.fastest_ms <= exit.median_ms && exit.share > 0.0 && exit.share <= 1.0,
            "{file}"
        );
    }
    let paths = paths_of(0, round);
    for team in routes(&paths, &RouteParams::default()) {
        let mut lives: Vec<usize> = team
            .routes
            .iter()
            .flat_map(|route| route.lives.clone())
            .collect();
        lives.extend(&team.alone);
        lives.sort_unstable();
        lives.dedup();
        assert_eq!(
            lives.len(),
            team.compared as usize,
            "{file}: every life once"
        );
        for route in &team.routes {
            assert!(
                route.lives.contains(&route.representative) && route.mean_distance_u <= 512.0,
                "{file}"
            );
        }
    }
}

fn check_company(round: &Round) {
    let (file, flags) = (&round.provenance.file_name, flags(round));
    let company = Company::of(round, &flags, &CompanyParams::default());
    assert!(
        company
            .enemy_u
            .iter()
            .chain(&company.mate_u)
            .flatten()
            .all(|u| u.is_finite()),
        "{file}"
    );
    let shares = life_shares(round, &flags, &company, &ShareParams::default());
    for share in &shares {
        assert!(
            share.danger_ms + share.danger_unsure_ms <= share.alive_ms,
            "{file}"
        );
        assert!(
            share.alone_unsure_ms <= share.alone_ms && share.alone_ms <= share.alive_ms,
            "{file}"
        );
    }
}

fn check_teams(round: &Round) {
    let (file, flags) = (&round.provenance.file_name, flags(round));
    for shape in shapes_of(round) {
        assert!(shape.seen >= 2 && shape.stragglers <= shape.seen, "{file}");
        assert!(
            shape.closest_u <= shape.spread_u && shape.dispersion_u <= shape.spread_u,
            "{file}"
        );
    }
    let params = PushParams::default();
    for push in pushes(round, &flags, &[], &params) {
        assert!(push.end_ms - push.start_ms >= params.shortest_ms, "{file}");
        assert!(
            push.speed_u_per_s >= 80.0 && (0.4..=1.0 + 1e-9).contains(&push.alignment),
            "{file}"
        );
    }
    for profile in profiles(round, &flags) {
        assert_eq!(
            profile.bins_ms.iter().sum::<i64>(),
            profile.timed_ms,
            "{file}"
        );
        assert!(
            profile.moving_ms <= profile.timed_ms && profile.timed_ms <= profile.alive_ms,
            "{file}"
        );
        if let Measured::Value(stance) = profile.stance {
            assert_eq!(
                stance.standing_ms + stance.low_ms + stance.not_known_ms,
                profile.alive_ms,
                "{file}"
            );
        }
        assert!(
            profile
                .sprint_ms
                .value()
                .is_none_or(|ms| *ms <= profile.timed_ms),
            "{file}"
        );
        assert!(
            profile.mean_u_per_s.is_none_or(|mean| mean < 600.0),
            "{file}"
        );
    }
}

/// On a real server the first moves by places are those the tracker saw.
#[test]
fn real_first_moves() {
    for part in ["201935-sandpit", "212012-sandpit"] {
        let round = support::round(&support::fixture(part));
        for profile in profiles(&round, &flags(&round)) {
            let moves = profile.first_moves;
            let (file, ours) = (moves.file.unwrap(), moves.samples.unwrap());
            assert_eq!(
                (file.median_ms, file.shortest_ms),
                (ours.median_ms, ours.shortest_ms)
            );
            assert!(file.n.abs_diff(ours.n) <= 1 && ours.n + moves.never == profile.lives);
        }
    }
}
