//! Families of results that belong together, each reckoned from the same few things about a round.

use super::Params;
use crate::analysis::alive::over_ms;
use crate::analysis::alive::{Alive, AliveStretch};
use crate::analysis::chains::file_rows::{FileRows, file_rows};
use crate::analysis::chains::rates::{Rates, rates};
use crate::analysis::chains::reference_events::{Agreement, reference_events};
use crate::analysis::chains::{Chain, chains};
use crate::analysis::deaths::Death;
use crate::analysis::flags::RowFlags;
use crate::analysis::momentum::{Momentum, momentum};
use crate::analysis::outages::{Outages, outages};
use crate::analysis::reference::trades::TradeEvent;
use crate::analysis::routes::{
    Company, LifeShares, SpawnExits, TeamRoutes, life_shares, paths, routes, spawn_exits,
};
use crate::analysis::shape::{
    CohesionAgreement, NotComparable, Push, PushAgreement, ShapeSummary, cohesion_agreement,
    push_agreement_of, shape_summaries, shapes_and_motions,
};
use crate::analysis::stagger::{Staggers, staggers};
use crate::analysis::trades::TradeChance;
use crate::analysis::wave_ledger::{self, WaveLedger, wave_ledger};
use crate::analysis::waves::Clocks;
use crate::maps::objective::Objective;
use crate::model::Round;
use serde::Serialize;

/// What every family needs.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) round: &'a Round,
    pub(super) deaths: &'a [Death],
    pub(super) flags: &'a RowFlags,
    pub(super) objectives: &'a [Objective],
    pub(super) params: &'a Params,
}

/// Trade chains, how often who trades, and what the two other definitions of a trade make of the round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TradeChains {
    /// Deaths that avenge each other.
    pub chains: Vec<Chain>,
    /// Rates of players, duos and teams.
    pub rates: Rates,
    /// Against the file's `TRADE_KILLS`.
    pub file_rows: FileRows,
    /// Against the reference's events; `None` without tracks.
    pub reference: Option<Agreement>,
}

impl TradeChains {
    pub(super) fn of(ground: Ground<'_>, chances: &[TradeChance], events: &[TradeEvent]) -> Self {
        let Ground {
            round,
            deaths,
            flags,
            params,
            ..
        } = ground;
        let window = &params.ours_trades;
        Self {
            chains: chains(round, deaths, flags, chances, window, &params.ours_chains),
            rates: rates(round, chances),
            file_rows: file_rows(round, deaths, chances, window, &params.ours_file_rows),
            reference: reference_events(round, deaths, chances, events),
        }
    }
}

/// How the round went: who had the upper hand, and what every death and wave cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// Kills, deaths and numbers as one fading curve.
    pub momentum: Momentum,
    /// How long each death took its victim out.
    pub outages: Outages,
    /// Kills that made the victim wait long or split his team's wave.
    pub staggers: Staggers,
    /// Wave by wave.
    pub ledger: WaveLedger,
}

impl Course {
    pub(super) fn of(
        ground: Ground<'_>,
        alive: &Alive,
        stretches: &[AliveStretch],
        clocks: &Clocks,
    ) -> Self {
        let Ground {
            round,
            deaths,
            params,
            ..
        } = ground;
        let outages = outages(round, deaths);
        let waves = &params.ours_waves;
        let sources = wave_ledger::Sources {
            round,
            deaths,
            outages: &outages,
            stretches,
            steps: &alive.steps,
            clocks,
        };
        Self {
            momentum: momentum(deaths, &alive.steps, over_ms(round), &params.ours_momentum),
            ledger: wave_ledger(&sources, waves),
            staggers: staggers(
                round,
                deaths,
                &outages,
                clocks,
                waves,
                &params.ours_staggers,
            ),
            outages,
        }
    }
}

/// Where lives went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ways {
    /// Spawn areas, and how lives leave them.
    pub exits: SpawnExits,
    /// Ways that several lives went; their lives are numbered as in [`Ways::lives_of_routes`].
    pub routes: Vec<TeamRoutes>,
    /// The life (its place in the file, from 0) behind each number in the routes.
    pub lives_of_routes: Vec<u32>,
    /// Danger and solitude of each life.
    pub shares: Vec<LifeShares>,
}

impl Ways {
    pub(super) fn of(ground: Ground<'_>) -> Self {
        let Ground {
            round,
            deaths,
            flags,
            params,
            ..
        } = ground;
        let company = Company::of(round, flags, &params.ours_company);
        let paths = paths(0, round, flags, deaths, &params.ours_paths);
        Self {
            exits: spawn_exits(&[(round, flags)], &params.ours_exits),
            routes: routes(&paths, &params.ours_routes),
            lives_of_routes: paths.iter().map(|path| path.life.0).collect(),
            shares: life_shares(round, flags, &company, &params.ours_shares),
        }
    }
}

/// How teams stood and pushed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shape {
    /// Over the round, per team.
    pub teams: Vec<ShapeSummary>,
    /// Pushes of both teams.
    pub pushes: Vec<Push>,
    /// Against the file's `TEAM_COHESION`, or why not.
    pub cohesion: Result<CohesionAgreement, NotComparable>,
    /// Against the file's `TEAM_PUSHES`, or why not.
    pub push_rows: Result<PushAgreement, NotComparable>,
}

impl Shape {
    pub(super) fn of(ground: Ground<'_>) -> Self {
        let Ground {
            round,
            flags,
            objectives,
            params,
            ..
        } = ground;
        // One walk for three: who is seen where is most of the work.
        let (shape, push) = (&params.ours_shape, &params.ours_pushes);
        let (shapes, motions) = shapes_and_motions(round, flags, shape, push);
        let pushes = motions.pushes(objectives);
        Self {
            teams: shape_summaries(&shapes),
            cohesion: cohesion_agreement(round, flags, shape),
            push_rows: push_agreement_of(round, flags, &motions, &pushes, objectives),
            pushes,
        }
    }
}
