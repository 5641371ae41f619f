//! Who is how near, and what shares of lives follow from it.

use crate::story::{Story, guid};
use crate::{ALLIES, AXIS, Point, at, demo, flags, life, support, walk};
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::routes::{
    Company, CompanyParams, LifeShares, ShareParams, life_columns, life_shares,
};
use sandtable::model::{LifeId, PlayerId, Round, Team};

/// Anna walks; Bert stands 400 u north of her start until he dies at 2.0 s; Carl, an enemy 300 u up and 400 u east, is sampled at 0 and 1 s
/// only, though he lives to 6 s; Dora is an enemy in limbo at Anna's feet.
fn company() -> Story {
    let mut story = Story::default();
    life(
        &mut story,
        ("Anna", AXIS),
        &walk(0, 500, (0.0, 0.0), (0.0, 100.0), 8),
        4500,
        "killed",
        None,
    );
    life(
        &mut story,
        ("Bert", AXIS),
        &walk(0, 500, (0.0, 400.0), (0.0, 0.0), 3),
        2000,
        "killed",
        None,
    );
    let high = |t| Point {
        z: 324.0,
        ..at(t, 400.0, 0.0)
    };
    life(
        &mut story,
        ("Carl", ALLIES),
        &[high(0), high(1000)],
        6000,
        "round_end",
        None,
    );
    let limbo = |t| Point {
        health: 0,
        sprint: 1,
        ..at(t, 0.0, 0.0)
    };
    life(
        &mut story,
        ("Dora", ALLIES),
        &[at(0, 3000.0, 0.0), limbo(500), limbo(1000)],
        4000,
        "unknown",
        None,
    );
    story
}

#[test]
fn company_of_a_scene() {
    let round = company().round();
    let flags = flags(&round);
    let company = Company::of(&round, &flags, &CompanyParams::default());
    let anna = life_columns(&round, &flags, &company, LifeId(0));
    assert_eq!(
        anna.t_ms[..9],
        [0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]
    );
    // Bert is dead from 2.0 s on.
    let mates = [Some(400.0), Some(300.0), Some(200.0), Some(100.0)];
    assert_eq!(anna.solitude_u[..4], mates);
    assert!(anna.solitude_u[4..].iter().all(Option::is_none));
    // Carl is known until 1.5 s after his sample of 1.0 s: 500 u at first, and after Anna's steps to the north.
    let from = |y: f32| Some((400.0_f32.powi(2) + 300.0_f32.powi(2) + y * y).sqrt());
    let enemies: Vec<_> = [0.0, 100.0, 200.0, 300.0, 400.0, 500.0].map(from).to_vec();
    assert_eq!(anna.danger_u[..6], enemies);
    assert!(anna.danger_u[6..].iter().all(Option::is_none));
    // The last point is the death.
    assert_eq!((anna.health[8], anna.health[9]), (Some(100), None));
    assert_eq!(
        (anna.speed_u_per_s[8], anna.speed_u_per_s[9]),
        (Some(100.0), None)
    );
    // In limbo Dora has nobody near, and the Axis do not see her.
    let dora = life_columns(&round, &flags, &company, LifeId(3));
    assert_eq!(dora.danger_u, [Some(3000.0), None, None]);
}

#[test]
fn shares_of_a_scene() {
    let mut story = company();
    // Bert is revived at 2.5 s, and dies again at 3.5 s.
    let revive = format!("2500;;;{};Bert;0.0;400.0;24.0;0.0;;0", guid("Bert"));
    story.sections.push(("REVIVES", vec![revive]));
    story.engagement(
        ("Bert", AXIS),
        (1900, 2000),
        "killed",
        (0, 400),
        &[("Carl", ALLIES, 100, 1900, 2000, true)],
    );
    story.engagement(
        ("Bert", AXIS),
        (3400, 3500),
        "killed",
        (0, 400),
        &[("Carl", ALLIES, 100, 3400, 3500, true)],
    );
    let round = story.round();
    let flags = flags(&round);
    let company = Company::of(&round, &flags, &CompanyParams::default());
    let shares = life_shares(
        &round,
        &flags,
        &company,
        &ShareParams {
            danger_u: 540.0,
            alone_u: 250.0,
        },
    );
    let anna = LifeShares {
        life: LifeId(0),
        player: PlayerId(0),
        alive_ms: 4500,
        // 500, 510 and 539 u at 0, 0.5 and 1.0 s.
        danger_ms: 1500,
        danger_unsure_ms: 0,
        // Farther than 250 u at 0 and 0.5 s, nobody seen from 2.0 s on; of this Bert lives at 2.5 and 3.0 s.
        alone_ms: 1000 + 2500,
        alone_unsure_ms: 1000,
    };
    assert_eq!(shares[0], anna);
    assert_eq!(shares[0].danger_percent(), Some(100.0 / 3.0));
    // Carl's last sample holds for two cadences of 500 ms; Bert unseen is not sure safety.
    assert_eq!((shares[2].alive_ms, shares[2].danger_unsure_ms), (2000, 0));
}

/// A round by each life that contains the time, sample by sample: what [`Company`] must equal.
fn company_by_hand(round: &Round, flags: &RowFlags, oldest_ms: i64) -> Company {
    let samples = round.samples();
    let mut company = Company {
        enemy_u: vec![None; samples.len()],
        mate_u: vec![None; samples.len()],
    };
    let is_living = |index: usize| !flags.ghost_samples[index] && samples.health[index] > 0;
    let is_side = |team: Option<Team>| team.is_some_and(|team| team.opponent().is_some());
    for life in round.lives().iter().filter(|life| is_side(life.team)) {
        for index in life.sample_indices().filter(|index| is_living(*index)) {
            let t_ms = i64::from(samples.time_ms[index]);
            for other in round.lives().iter().filter(|other| is_side(other.team)) {
                let Some(seen) = other.sample_at(samples, t_ms) else {
                    continue;
                };
                if other.player == life.player || seen.age_ms > oldest_ms || !is_living(seen.index)
                {
                    continue;
                }
                let [x, y, z] =
                    [&samples.x, &samples.y, &samples.z].map(|axis| axis[seen.index] - axis[index]);
                let u = (x * x + y * y + z * z).sqrt();
                let best = if other.team == life.team {
                    &mut company.mate_u[index]
                } else {
                    &mut company.enemy_u[index]
                };
                *best = Some(best.map_or(u, |best: f32| best.min(u)));
            }
        }
    }
    company
}

#[test]
fn company_of_real_rounds_is_the_one_counted_by_hand() {
    let mut rounds = vec![demo()];
    rounds.extend(
        ["201935-sandpit", "4.0/2026-01-20-201300", "202535-supply"]
            .map(|part| support::round(&support::fixture(part))),
    );
    for round in rounds {
        let flags = flags(&round);
        let fast = Company::of(&round, &flags, &CompanyParams::default());
        assert!(
            fast == company_by_hand(&round, &flags, 1500),
            "{}",
            round.provenance.file_name
        );
        assert!(fast.enemy_u.iter().flatten().count() * 2 > round.samples().len());
    }
}
