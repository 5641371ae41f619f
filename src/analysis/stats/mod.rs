//! All numbers of a round in one value, and of several rounds together: what `sandtable stats` prints and what tools compare.
//!
//! Keys without prefix are the reference's definitions ([`super::reference`]); keys that begin with `ours_` are this project's.

mod over_all;
mod params;
mod parts;

pub use over_all::{OverAll, over_all};
pub use params::Params;
pub use parts::{Course, Shape, TradeChains, Ways};

use super::alive::{Alive, alive, alive_stretches};
use super::checks::{Report, check};
use super::deaths::deaths;
use super::density::Source;
use super::density::file_check::{FileCheck, file_check};
use super::engagement_summary::{EngagementSummary, engagement_summary};
use super::file_focus::{FileFocus, file_focus};
use super::file_heatmaps::{FileHeatmaps, file_heatmaps};
use super::flags::RowFlags;
use super::moments::{self, Moments};
use super::movement::{Movement, Profile, life_movements, player_movements, profiles};
use super::objective_focus::{Focus, objective_focus};
use super::over_rounds::{Results, RoundFacts};
use super::reference::ReferenceRound;
use super::reference::crossfire_pairs::{CrossfirePair, crossfire_pairs};
use super::reference::life_values::{LifeValues, life_values};
use super::reference::support::{self as reference_support, SupportSummary};
use super::reference::teamplay::{Teamplay, teamplay};
use super::reference::trades::{self as reference_trades, TradeEvent};
use super::support::{self, Support};
use super::teamplay::{Fights, Pair, fights};
use super::trades::{self, TradeChance};
use super::waves::{Clocks, WaveClock};
use crate::maps::objective::Objective;
use crate::model::{PlayerId, Round, Team};
use parts::Ground;
use serde::Serialize;

/// A player, for the numbers that name him by his [`PlayerId`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlayerKey {
    /// The number by which rows name him.
    pub id: PlayerId,
    /// His GUID; empty for a bot without one.
    pub guid: String,
    /// His name, with colour codes.
    pub name: String,
    /// His (first) team.
    pub team: Option<&'static str>,
    /// A bot.
    pub is_bot: bool,
}

/// The numbers of one round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    /// The file's name.
    pub file: String,
    /// The map.
    pub map: String,
    /// Who the numbers of players mean.
    pub players: Vec<PlayerKey>,
    /// What cannot be given, and why.
    pub unavailable: Vec<&'static str>,
    /// The constants behind everything.
    pub params: Params,
    /// Trade events.
    pub trades: Vec<TradeEvent>,
    /// Support uptime; `None` without tracks.
    pub support: Option<SupportSummary>,
    /// Teamplay counters.
    pub teamplay: Vec<Teamplay>,
    /// Crossfire pairs.
    pub crossfire_pairs: Vec<CrossfirePair>,
    /// Values of each life.
    pub lives: Vec<LifeValues>,
    /// Engagements, all and without the doubtful ones.
    pub engagements: EngagementSummary,
    /// Objective focus as the file gives it.
    pub objective_focus: Vec<FileFocus>,
    /// Heatmaps as the file gives them.
    pub heatmaps: FileHeatmaps,
    /// Trade chances.
    pub ours_trades: Vec<TradeChance>,
    /// Support in time; `None` without tracks.
    pub ours_support: Option<Support>,
    /// Fights, indexed by player.
    pub ours_fights: Vec<Fights>,
    /// Pairs in crossfires.
    pub ours_crossfire_pairs: Vec<Pair>,
    /// Movement of each life, in file order.
    pub ours_lives: Vec<Movement>,
    /// Movement, indexed by player.
    pub ours_movement: Vec<Movement>,
    /// Nearness to objectives; `None` where none is known or nobody has samples.
    pub ours_objective_focus: Option<Focus>,
    /// Who was alive when; `None` without tracks.
    pub ours_alive: Option<Alive>,
    /// The teams' reinforcement clocks.
    pub ours_waves: Vec<TeamWaves>,
    /// Trade chains, rates, and the other definitions beside ours.
    pub ours_chains: TradeChains,
    /// Momentum, outages, staggered kills, the ledger of waves; `None` without tracks.
    pub ours_course: Option<Course>,
    /// Spawn exits, routes, danger and solitude; `None` without tracks.
    pub ours_ways: Option<Ways>,
    /// Team shape and pushes; `None` without tracks.
    pub ours_shape: Option<Shape>,
    /// Movement profiles, indexed by player; empty without samples.
    pub ours_profiles: Vec<Profile>,
    /// What is worth seeing.
    pub ours_moments: Moments,
    /// The file's heatmaps against its own rows.
    pub ours_heatmap_check: FileCheck,
    /// What is doubtful about the file.
    pub ours_checks: Report,
    /// What numbers over many rounds are made of.
    #[serde(skip)]
    pub facts: RoundFacts,
}

/// A team's reinforcement clock, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TeamWaves {
    /// `AXIS` or `ALLIES`.
    pub team: &'static str,
    /// The clock, if the file proves one.
    pub clock: Option<WaveClock>,
    /// Why there is none.
    pub unavailable: Option<String>,
}

/// Computes everything of a round. Linear in rows and samples up to logarithms; see the modules.
/// `objectives` are the map's, as far as they are known.
pub fn stats(round: &Round, objectives: &[Objective], params: &Params) -> Stats {
    let deaths = deaths(round);
    let flags = RowFlags::of(round, &deaths);
    let ground = Ground {
        round,
        deaths: &deaths,
        flags: &flags,
        objectives,
        params,
    };
    let view = ReferenceRound::new(round, &flags);
    let has_tracks = !round.lives().is_empty();
    let ours_lives = life_movements(round, &flags);
    let (ours_fights, ours_crossfire_pairs) = fights(round, &flags);
    let trades = reference_trades::trades(&view, &params.trades);
    let ours_trades = trades::trades(round, &deaths, &flags, &params.ours_trades);
    let ours_chains = TradeChains::of(ground, &ours_trades, &trades);
    let support = support::support(round, &flags, &params.ours_support);
    let alive = alive(round, &deaths, &params.ours_alive);
    let stretches = alive_stretches(round);
    let clocks = Clocks::of(round, &params.ours_waves);
    let course = Course::of(ground, &alive, &stretches, &clocks);
    let focus =
        (has_tracks && !objectives.is_empty()).then(|| objective_focus(round, &flags, objectives));
    let results = Results {
        deaths: &deaths,
        flags: &flags,
        trades: &ours_trades,
        support: &support,
        movements: &ours_lives,
        outages: &course.outages,
        stretches: &stretches,
        focus: focus.as_ref(),
    };
    let heatmaps = file_check(&Source {
        round,
        deaths: &deaths,
        flags: &flags,
    });
    let sources = moments::Sources {
        round,
        deaths: &deaths,
        flags: &flags,
        alive: &alive,
        chances: &ours_trades,
        chains: &ours_chains.chains,
    };
    Stats {
        file: round.provenance.file_name.clone(),
        map: round.map().to_owned(),
        players: players(round),
        unavailable: unavailable(round),
        params: *params,
        support: reference_support::support(&view, &params.support),
        teamplay: teamplay(&view),
        crossfire_pairs: crossfire_pairs(&view),
        lives: life_values(&view, &params.lives),
        engagements: engagement_summary(round, &flags),
        objective_focus: file_focus(round),
        heatmaps: file_heatmaps([round]),
        ours_fights,
        ours_crossfire_pairs,
        ours_movement: player_movements(round, &ours_lives),
        ours_waves: Team::SIDES.map(|team| team_waves(team, &clocks)).into(),
        ours_ways: has_tracks.then(|| Ways::of(ground)),
        ours_shape: has_tracks.then(|| Shape::of(ground)),
        ours_profiles: profiles(round, &flags),
        ours_moments: moments::moments(&sources, &params.ours_moments),
        ours_checks: check(round, &deaths, &flags, &heatmaps, &params.ours_checks),
        ours_heatmap_check: heatmaps,
        facts: RoundFacts::of(round, &results, &params.ours_over_rounds),
        trades,
        ours_trades,
        ours_chains,
        ours_lives,
        ours_support: has_tracks.then_some(support),
        ours_objective_focus: focus,
        ours_alive: has_tracks.then_some(alive),
        ours_course: has_tracks.then_some(course),
    }
}

fn team_waves(team: Team, clocks: &Clocks) -> TeamWaves {
    let solved = match team {
        Team::Axis => &clocks.axis,
        _ => &clocks.allies,
    };
    TeamWaves {
        team: team.tag(),
        clock: solved.as_ref().ok().copied(),
        unavailable: solved.as_ref().err().map(ToString::to_string),
    }
}

fn players(round: &Round) -> Vec<PlayerKey> {
    let key = |(id, player): (PlayerId, &crate::model::Player)| PlayerKey {
        id,
        guid: round.text(player.guid).to_owned(),
        name: round.text(player.name).to_owned(),
        team: player.team.map(Team::tag),
        is_bot: player.is_bot,
    };
    round.players.iter().map(key).collect()
}

fn unavailable(round: &Round) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if round.lives().is_empty() {
        missing.push(
            "no player tracks: no support, no lives, no trade events; of trade chances who was near is not known",
        );
    }
    if round.document.engagements.table.rows.is_empty() {
        missing.push("no engagements: no trade events, teamplay, crossfires");
    }
    if round.document.tables.objective_focus.rows.is_empty() {
        missing.push("no objective focus in the file");
    }
    missing
}
