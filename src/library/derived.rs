//! What is worked out of a round when it is stored, by the community's definitions.
//!
//! The tables are named and defined as the community's are, so the rows are those of [`crate::analysis::reference`]. Two of its constants
//! count samples where they mean time; here they follow the file's own cadence (the values are the same at 200 ms).

use crate::analysis::deaths::{DeathKind, deaths};
use crate::analysis::flags::RowFlags;
use crate::analysis::reference::ReferenceRound;
use crate::analysis::reference::crossfire_pairs::{CrossfirePair, crossfire_pairs};
use crate::analysis::reference::life_values::{self, LifeValues, life_values};
use crate::analysis::reference::support::{self, SupportSummary, support};
use crate::analysis::reference::teamplay::{Teamplay, teamplay};
use crate::analysis::reference::trades::{self, TradeEvent, trades};
use crate::model::{PlayerId, Round};

/// Length of the way after a spawn, ms.
const POST_SPAWN_MS: i64 = 3_000;

/// Rows worked out of one round.
#[derive(Debug)]
pub(super) struct Derived {
    pub(super) trades: Vec<TradeEvent>,
    pub(super) trade_window_ms: i64,
    pub(super) support: Option<SupportSummary>,
    pub(super) teamplay: Vec<Teamplay>,
    pub(super) pairs: Vec<CrossfirePair>,
    /// By the index of the life's row; rows only a tolerant reader keeps have none.
    pub(super) lives: Vec<Option<LifeValues>>,
    pub(super) scores: Vec<Score>,
    pub(super) kills: u32,
}

/// What a player did and what was recorded of him.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    pub(super) kills: u32,
    pub(super) deaths: u32,
    pub(super) lives: u32,
    pub(super) samples: u32,
}

impl Derived {
    pub(super) fn of(round: &Round) -> Self {
        let deaths = deaths(round);
        let flags = RowFlags::of(round, &deaths);
        let view = ReferenceRound::new(round, &flags);
        let trade_params = trades::Params::default();
        let cadence_ms = round.cadence_ms();
        let life_params = life_values::Params {
            seconds_per_sample: cadence_ms as f64 / 1000.0,
            post_spawn_points: (POST_SPAWN_MS / cadence_ms.max(1)) as usize + 1,
        };
        let mut lives = vec![None; round.document.tracks.rows.len()];
        for (life, values) in view.lives.iter().zip(life_values(&view, &life_params)) {
            lives[life.index as usize] = Some(values);
        }
        let mut scores = vec![Score::default(); round.players.len()];
        let mut kills = 0;
        for death in deaths.iter().filter(|death| death.kind == DeathKind::Enemy) {
            kills += 1;
            scores[death.victim.index()].deaths += 1;
            if let Some(killer) = death.killer {
                scores[killer.index()].kills += 1;
            }
        }
        for life in round.lives() {
            let score = &mut scores[life.player.index()];
            score.lives += 1;
            score.samples += life.sample_count() as u32;
        }
        Self {
            trades: trades(&view, &trade_params),
            trade_window_ms: trade_params.window_ms,
            support: support(&view, &support::Params::default()),
            teamplay: teamplay(&view),
            pairs: crossfire_pairs(&view),
            lives,
            scores,
            kills,
        }
    }

    pub(super) fn score(&self, player: PlayerId) -> Score {
        self.scores[player.index()]
    }
}
