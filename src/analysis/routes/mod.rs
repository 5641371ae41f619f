//! Where lives go: out of their spawn area, along which way, and in what company.
//!
//! * [`spawn_exits`]: the areas in which a team spawns, where and when each life leaves its area, and the places where they do so
//!   together.
//! * [`paths`] and [`routes`]: the ways of lives, how alike two of them are, and the ways that many lives share.
//! * [`Company`] and [`life_columns`]: for each sample how near the nearest enemy and the nearest team mate are, what a path is coloured
//!   by; [`life_shares`]: how much of a life that was danger, how much of it was alone.
//!
//! Source: `PLAYER_TRACKS`. Unit u, ms. What is known at a sample is what was sampled at or before it. A player is not seen after a revive
//! (trackers up to 6.11): such lives have no exit and no route, and where it matters the time with somebody unseen is told apart.

mod columns;
mod company;
mod exits;
mod lanes;
mod path;
mod route;
mod spawns;

pub use columns::{LifeColumns, LifeShares, ShareParams, life_columns, life_shares};
pub use company::{Company, CompanyParams};
pub use exits::{Exit, Leaving, LifeExit, SpawnExits, spawn_exits};
pub use path::{Path, PathParams, path_distance_u, paths};
pub use route::{Route, RouteParams, TeamRoutes, routes};
pub use spawns::{Params as ExitParams, SpawnArea};

pub(super) use columns::unseen_stretches;
pub(super) use company::side as side_of;
