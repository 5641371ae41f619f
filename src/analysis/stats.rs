//! All numbers of a round in one value, and of several rounds together: what `sandtable stats` prints and what tools compare.
//!
//! Keys without prefix are the reference's definitions ([`super::reference`]); keys that begin with `ours_` are this project's.

use super::alive::{self, Alive, alive};
use super::deaths::deaths;
use super::engagement_summary::{EngagementSummary, engagement_summary};
use super::file_focus::{FileFocus, file_focus};
use super::file_heatmaps::{FileHeatmaps, file_heatmaps};
use super::flags::RowFlags;
use super::movement::{Movement, life_movements, player_movements};
use super::objective_focus::{Focus, objective_focus};
use super::reference::crossfire_pairs::{self, CrossfirePair, crossfire_pairs};
use super::reference::life_values::{self, LifeValues, life_values};
use super::reference::support::{self as reference_support, SupportSummary};
use super::reference::teamplay::{self, Teamplay, teamplay};
use super::reference::trades::{self as reference_trades, TradeEvent};
use super::reference::{ReferenceRound, rounded};
use super::support::{self, Support};
use super::teamplay::{Fights, Pair, fights};
use super::trades::{self, TradeChance};
use super::waves::{self, WaveClock, wave_clock};
use crate::maps::objective::Objective;
use crate::model::{PlayerId, Round, Team};
use serde::Serialize;

/// All constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Params {
    /// Of [`super::reference::trades`].
    pub trades: reference_trades::Params,
    /// Of [`super::reference::support`].
    pub support: reference_support::Params,
    /// Of [`super::reference::life_values`].
    pub lives: life_values::Params,
    /// Of [`super::trades`].
    pub ours_trades: trades::Params,
    /// Of [`super::support`].
    pub ours_support: support::Params,
    /// Of [`super::alive`].
    pub ours_alive: alive::Params,
    /// Of [`super::waves`].
    pub ours_waves: waves::Params,
}

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
    let view = ReferenceRound::new(round, &flags);
    let has_tracks = !round.lives().is_empty();
    let ours_lives = life_movements(round, &flags);
    let (ours_fights, ours_crossfire_pairs) = fights(round, &flags);
    Stats {
        file: round.provenance.file_name.clone(),
        map: round.map().to_owned(),
        players: players(round),
        unavailable: unavailable(round),
        params: *params,
        trades: reference_trades::trades(&view, &params.trades),
        support: reference_support::support(&view, &params.support),
        teamplay: teamplay(&view),
        crossfire_pairs: crossfire_pairs(&view),
        lives: life_values(&view, &params.lives),
        engagements: engagement_summary(round, &flags),
        objective_focus: file_focus(round),
        heatmaps: file_heatmaps([round]),
        ours_trades: trades::trades(round, &deaths, &flags, &params.ours_trades),
        ours_support: has_tracks.then(|| support::support(round, &flags, &params.ours_support)),
        ours_fights,
        ours_crossfire_pairs,
        ours_movement: player_movements(round, &ours_lives),
        ours_lives,
        ours_objective_focus: (has_tracks && !objectives.is_empty())
            .then(|| objective_focus(round, &flags, objectives)),
        ours_alive: has_tracks.then(|| alive(round, &deaths, &params.ours_alive)),
        ours_waves: Team::SIDES
            .map(|team| team_waves(round, team, params))
            .into(),
    }
}

fn team_waves(round: &Round, team: Team, params: &Params) -> TeamWaves {
    let solved = wave_clock(round, team, &params.ours_waves);
    TeamWaves {
        team: team.tag(),
        clock: solved.as_ref().ok().copied(),
        unavailable: solved.err().map(|why| why.to_string()),
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

/// What the reference makes of several rounds together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OverAll {
    /// Rounds.
    pub rounds: usize,
    /// Teamplay counters, merged.
    pub teamplay: Vec<Teamplay>,
    /// Crossfire pairs, merged.
    pub crossfire_pairs: Vec<CrossfirePair>,
    /// Support over all samples; `None` when no round has tracks.
    pub support: Option<SupportSummary>,
}

/// Merges rounds in the order given.
pub fn over_all(rounds: &[Stats]) -> OverAll {
    let mut all = OverAll {
        rounds: rounds.len(),
        ..OverAll::default()
    };
    for round in rounds {
        teamplay::merge(&mut all.teamplay, &round.teamplay);
        crossfire_pairs::merge(&mut all.crossfire_pairs, &round.crossfire_pairs);
        if let Some(new) = &round.support {
            let old = all
                .support
                .map_or((0, 0), |s| (s.support_samples, s.total_samples));
            let (supported, total) = (old.0 + new.support_samples, old.1 + new.total_samples);
            let pct = 100.0 * f64::from(supported) / f64::from(total.max(1));
            all.support = Some(SupportSummary {
                support_samples: supported,
                total_samples: total,
                support_uptime_pct: rounded(pct, 2),
            });
        }
    }
    all
}
