//! A round worked out by hand, and everything computed of a round.

use crate::story::{Story, guid};
use sandtable::analysis::alive::{self, Alive, alive, alive_stretches, over_ms};
use sandtable::analysis::deaths::{Death, deaths};
use sandtable::analysis::momentum::{self, Momentum, momentum};
use sandtable::analysis::outages::{Outages, outages};
use sandtable::analysis::stagger::{self, Staggers, staggers};
use sandtable::analysis::wave_ledger::{Sources, WaveLedger, wave_ledger};
use sandtable::analysis::waves::{self, Clocks};
use sandtable::model::{PlayerId, Round};

pub(crate) type Player = (&'static str, &'static str);
pub(crate) const ANNA: Player = ("Anna", "AXIS");
pub(crate) const ARNO: Player = ("Arno", "AXIS");
pub(crate) const ALMA: Player = ("Alma", "AXIS");
pub(crate) const BERT: Player = ("Bert", "ALLIES");
pub(crate) const BEA: Player = ("Bea", "ALLIES");

/// A life at one place, with a sample each second.
pub(crate) fn life(story: &mut Story, who: Player, start: i64, end: i64, how: &str) {
    let mut points: Vec<_> = (start..end).step_by(1000).map(|t| (t, 0, 0)).collect();
    points.push((end, 0, 0));
    story.life(who, &points, how);
}

pub(crate) fn kill(story: &mut Story, t: i64, victim: Player, killer: Player) {
    story.engagement(
        victim,
        (t - 300, t),
        "killed",
        (0, 0),
        &[(killer.0, killer.1, 100, t - 300, t, true)],
    );
}

/// Axis waves are recorded at 15, 35 and 55 s and land 25 ms earlier; the Allies have no clock. Everybody spawns at 0.5 s, the round ends at 70 s.
///
/// Bert kills Anna (10 s) and Arno (12 s), both land at 15 s; right then Bea kills Alma (16 s), who had not been with them. Anna kills Bert (20 s),
/// who is revived (23 s) and kills Arno (30 s). Anna (40 s, by Bea) waits for a medic and misses the wave that Arno (45 s, by Bea) and
/// Alma (50 s, by Bert) take. Arno kills himself (60 s), and Alma, alone against two, kills Bea (62 s) and Bert (65 s).
pub(crate) fn scene() -> Story {
    let mut story = Story::default();
    let s = &mut story;
    for (who, start, end, how) in [
        (ANNA, 500, 10_000, "killed"),
        (ANNA, 14_975, 40_000, "killed"),
        (ARNO, 500, 12_000, "killed"),
        (ARNO, 14_975, 30_000, "killed"),
        (ARNO, 34_975, 45_000, "killed"),
        (ARNO, 54_975, 60_000, "selfkill"),
        (ALMA, 500, 16_000, "killed"),
        (ALMA, 34_975, 50_000, "killed"),
        (ALMA, 54_975, 70_000, "round_end"),
        (BERT, 500, 20_000, "killed"),
        (BEA, 500, 62_000, "killed"),
    ] {
        life(s, who, start, end, how);
    }
    let of_axis = [
        (10_000, ANNA, BERT),
        (12_000, ARNO, BERT),
        (16_000, ALMA, BEA),
        (30_000, ARNO, BERT),
        (40_000, ANNA, BEA),
        (45_000, ARNO, BEA),
        (50_000, ALMA, BERT),
    ];
    let of_allies = [
        (20_000, BERT, ANNA),
        (62_000, BEA, ALMA),
        (65_000, BERT, ALMA),
    ];
    for (t, victim, killer) in of_axis.into_iter().chain(of_allies) {
        kill(s, t, victim, killer);
    }
    kill(s, 60_000, ARNO, ARNO);
    let timing = of_axis.map(|(t, victim, killer)| {
        let next = 20_000 - (t + 5000) % 20_000;
        let (killer_guid, victim_guid) = (guid(killer.0), guid(victim.0));
        format!(
            "{killer_guid};{};ALLIES;{victim_guid};{};AXIS;{t};20000;{next};0.500",
            killer.0, victim.0
        )
    });
    let outcome = |t: i64, victim: Player, killer: Player, what, until: i64, denied: i64| {
        format!(
            "{t};{};{};{};{};8;{what};{until};{};{denied};;;;",
            guid(victim.0),
            victim.0,
            guid(killer.0),
            killer.0,
            until - t
        )
    };
    story.sections = vec![
        ("SPAWN_TIMING", timing.into()),
        (
            "KILL_OUTCOME",
            vec![
                outcome(10_000, ANNA, BERT, "tapped_out", 14_975, 5000),
                outcome(20_000, BERT, ANNA, "revived", 23_000, 3000),
                outcome(45_000, ARNO, BEA, "gibbed", 45_500, 10_500),
            ],
        ),
    ];
    story
}

pub(crate) struct Seen {
    pub(crate) round: Round,
    pub(crate) deaths: Vec<Death>,
    pub(crate) outages: Outages,
    pub(crate) alive: Alive,
    pub(crate) clocks: Clocks,
    pub(crate) staggers: Staggers,
    pub(crate) ledger: WaveLedger,
    pub(crate) momentum: Momentum,
}

impl Seen {
    pub(crate) fn of(round: Round) -> Self {
        let deaths = deaths(&round);
        let outages = outages(&round, &deaths);
        let alive = alive(&round, &deaths, &alive::Params::default());
        let waves = waves::Params::default();
        let clocks = Clocks::of(&round, &waves);
        let params = stagger::Params::default();
        let sources = Sources {
            round: &round,
            deaths: &deaths,
            outages: &outages,
            stretches: &alive_stretches(&round),
            steps: &alive.steps,
            clocks: &clocks,
        };
        Self {
            staggers: staggers(&round, &deaths, &outages, &clocks, &waves, &params),
            ledger: wave_ledger(&sources, &waves),
            momentum: momentum(
                &deaths,
                &alive.steps,
                over_ms(&round),
                &momentum::Params::default(),
            ),
            round,
            deaths,
            outages,
            alive,
            clocks,
        }
    }

    pub(crate) fn id(&self, who: Player) -> PlayerId {
        let mut players = self.round.players.iter();
        players
            .find(|(_, player)| player.plain_name == who.0)
            .unwrap()
            .0
    }

    pub(crate) fn names(&self, ids: &[PlayerId]) -> Vec<&str> {
        let names = ids
            .iter()
            .map(|id| self.round.players[*id].plain_name.as_str());
        names.collect()
    }
}
