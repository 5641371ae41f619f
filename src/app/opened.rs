//! A round that is open: its data and what the viewer has made of it.

use super::playback::Playback;
use super::roster::{Roster, roster_at};
use crate::analysis::deaths::{Death, scores_at};
use crate::jobs::ground::GroundPlan;
use crate::jobs::load::Loaded;
use crate::maps::picture::Picture;
use crate::model::{PlayerId, Round};
use std::sync::Arc;

/// One open round.
#[derive(Clone, Debug)]
pub struct OpenRound {
    /// Names it while it is open.
    pub key: u64,
    /// The round.
    pub round: Arc<Round>,
    /// Its deaths in order of time.
    pub deaths: Arc<Vec<Death>>,
    /// The ground under it.
    pub ground: GroundPlan,
    /// The playhead.
    pub playback: Playback,
    /// Whose view it is.
    pub selected: Option<PlayerId>,
    /// The map keeps the selected player in the middle.
    pub is_following: bool,
}

impl OpenRound {
    /// Opens a loaded round at its start.
    pub fn new(key: u64, loaded: Loaded) -> Self {
        let clock = &loaded.round.clock;
        Self {
            key,
            playback: Playback::new(clock.start_ms, clock.end_ms),
            round: loaded.round,
            deaths: loaded.deaths,
            ground: loaded.ground,
            selected: None,
            is_following: false,
        }
    }

    /// Everybody, by team, at the playhead.
    pub fn roster(&self) -> Roster {
        let t_ms = self.playback.t_ms();
        let scores = scores_at(&self.deaths, self.round.players.len(), t_ms);
        roster_at(&self.round, &scores, t_ms)
    }

    /// Selects a player or nobody; only a selected player can be followed.
    pub fn select(&mut self, player: Option<PlayerId>) {
        self.selected = player;
        self.is_following &= player.is_some();
    }

    /// How many deaths lie at or before the playhead.
    pub fn deaths_so_far(&self) -> usize {
        let t_ms = self.playback.t_ms();
        self.deaths.partition_point(|death| death.t_ms <= t_ms)
    }

    /// The decoded picture, once: who uploads it as a texture need not keep it twice.
    pub fn take_picture(&mut self) -> Option<Picture> {
        self.ground.picture.take()
    }

    /// `supply R1`: what a tab or a notice calls it.
    pub fn short_name(&self) -> String {
        let map = self.round.map();
        let map = if map.is_empty() { "unknown map" } else { map };
        format!("{map} R{}", self.round.number.value)
    }
}
