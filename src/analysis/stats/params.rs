//! All constants behind the numbers of a round, in one value.

use crate::analysis::reference::{
    life_values, support as reference_support, trades as reference_trades,
};
use crate::analysis::{
    alive, chains, checks, moments, momentum, over_rounds, routes, shape, stagger, support, trades,
    waves,
};
use serde::Serialize;

/// All constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Params {
    /// Of [`crate::analysis::reference::trades`].
    pub trades: reference_trades::Params,
    /// Of [`crate::analysis::reference::support`].
    pub support: reference_support::Params,
    /// Of [`crate::analysis::reference::life_values`].
    pub lives: life_values::Params,
    /// Of [`crate::analysis::trades`].
    pub ours_trades: trades::Params,
    /// Of [`crate::analysis::chains`].
    pub ours_chains: chains::Params,
    /// Of [`crate::analysis::chains::file_rows`].
    pub ours_file_rows: chains::file_rows::Params,
    /// Of [`crate::analysis::support`].
    pub ours_support: support::Params,
    /// Of [`crate::analysis::alive`].
    pub ours_alive: alive::Params,
    /// Of [`crate::analysis::momentum`].
    pub ours_momentum: momentum::Params,
    /// Of [`crate::analysis::waves`].
    pub ours_waves: waves::Params,
    /// Of [`crate::analysis::stagger`].
    pub ours_staggers: stagger::Params,
    /// Of [`routes::spawn_exits`].
    pub ours_exits: routes::ExitParams,
    /// Of [`routes::paths`].
    pub ours_paths: routes::PathParams,
    /// Of [`routes::routes`].
    pub ours_routes: routes::RouteParams,
    /// Of [`routes::Company`].
    pub ours_company: routes::CompanyParams,
    /// Of [`routes::life_shares`].
    pub ours_shares: routes::ShareParams,
    /// Of [`shape::shapes`].
    pub ours_shape: shape::Params,
    /// Of [`shape::pushes`].
    pub ours_pushes: shape::PushParams,
    /// Of [`crate::analysis::moments`].
    pub ours_moments: moments::Params,
    /// Of [`crate::analysis::checks`].
    pub ours_checks: checks::Params,
    /// Of [`crate::analysis::over_rounds`].
    pub ours_over_rounds: over_rounds::Params,
}
