//! `PLAYER_TRACKS`, the samples' share of `MOVEMENT_HEATMAP`, and `OBJECTIVE_FOCUS`.

use super::super::ground::Point;
use super::super::player::Player;
use super::super::text::{F1, cells, row};
use super::{Section, Tracker, cell};
use crate::maps::objective::DEFAULT_RADIUS_U;
use std::collections::VecDeque;

/// Somebody who moves faster has moved, u/s.
const MOVING_U_PER_S: f32 = 10.0;
/// How far back the approach to an objective is looked at, ms.
pub(super) const APPROACH_MS: i64 = 30_000;

/// A life that goes on.
#[derive(Default)]
struct Open {
    spawn_ms: i64,
    first_move_ms: Option<i64>,
    samples: usize,
    path: Vec<u8>,
    /// The last samples: time and place.
    recent: VecDeque<(i64, Point)>,
}

/// Nearness of one player to objectives.
#[derive(Clone, Default)]
struct Near {
    /// Samples at which each objective was the nearest.
    counts: Vec<i64>,
    sum_u: f64,
    inside: i64,
    samples: i64,
}

/// All lives that go on, by slot.
pub(super) struct Lives {
    open: Vec<Option<Open>>,
    near: Vec<Near>,
}

impl Lives {
    pub(super) fn new(count: usize) -> Self {
        Self {
            open: (0..count).map(|_| None).collect(),
            near: vec![Near::default(); count],
        }
    }

    /// Somebody's way in the last half minute; empty when nobody follows him.
    pub(super) fn recent(&self, slot: usize) -> Vec<(i64, Point)> {
        let open = self.open[slot].as_ref();
        open.map_or_else(Vec::new, |life| life.recent.iter().copied().collect())
    }
}

impl Open {
    fn point(&mut self, t_ms: i64, player: &Player, event: &str) {
        if self.samples > 0 {
            self.path.push(b'|');
        }
        self.samples += 1;
        let at = player.position;
        let is_first = event == "spawn";
        let (speed, stance, sprint) = match event {
            "sample" => (player.speed(), player.stance, player.is_sprinting),
            // The engine's flag of a fresh spawn reads as lying.
            _ if is_first => (0.0, 2, false),
            _ => (0.0, 0, false),
        };
        cells!(
            &mut self.path, b',': t_ms, F1(at[0]), F1(at[1]), F1(at[2]), player.health.max(0), F1(speed), player.weapon, stance, sprint, event,
        );
    }
}

impl Tracker<'_> {
    /// A spawn, not a revive.
    pub(in crate::sample) fn spawn(&mut self, t_ms: i64, slot: usize, player: &Player) {
        let mut open = Open {
            spawn_ms: t_ms,
            path: Vec::with_capacity(8192),
            ..Open::default()
        };
        open.point(t_ms, player, "spawn");
        self.lives.open[slot] = Some(open);
    }

    /// Samples of all who are followed.
    pub(super) fn sample(&mut self, t_ms: i64, players: &[Player]) {
        for (slot, player) in players.iter().enumerate() {
            let life = self.lives.open[slot].as_mut();
            let Some(life) = life.filter(|life| life.spawn_ms < t_ms) else {
                continue;
            };
            life.point(t_ms, player, "sample");
            if life.first_move_ms.is_none() && player.speed() > MOVING_U_PER_S {
                life.first_move_ms = Some(t_ms);
            }
            life.recent.push_back((t_ms, player.position));
            while life
                .recent
                .front()
                .is_some_and(|first| first.0 < t_ms - APPROACH_MS)
            {
                life.recent.pop_front();
            }
            self.movement_heat.entry(cell(player.position)).or_default()[0] += 1;
            self.near(slot, player.position);
        }
    }

    fn near(&mut self, slot: usize, at: Point) {
        let near = &mut self.lives.near[slot];
        near.samples += 1;
        let objectives = self.ground.objectives.iter().enumerate();
        let distances = objectives.map(|(nth, o)| (nth, o.distance_u(at[0], at[1], at[2])));
        let Some((nth, distance_u)) = distances.min_by(|a, b| a.1.total_cmp(&b.1)) else {
            return;
        };
        near.counts.resize(self.ground.objectives.len(), 0);
        near.counts[nth] += 1;
        near.sum_u += f64::from(distance_u);
        near.inside += i64::from(distance_u <= DEFAULT_RADIUS_U);
    }

    /// The end of a life, with its word.
    pub(super) fn end_life(&mut self, t_ms: i64, slot: usize, player: &Player, end: &str) {
        let Some(mut life) = self.lives.open[slot].take() else {
            return;
        };
        life.point(t_ms, player, end);
        let (guid, name) = player.who();
        let out = self.rows.of(Section::Tracks);
        cells!(
            out, b';': guid, name, player.team().tag(), player.class().tag(), life.spawn_ms, t_ms, life.first_move_ms, end, life.samples,
        );
        out.push(b';');
        out.extend_from_slice(&life.path);
        out.push(b'\n');
    }

    pub(super) fn end_lives(&mut self, t_ms: i64, players: &[Player]) {
        for (slot, player) in players.iter().enumerate() {
            self.end_life(t_ms, slot, player, "round_end");
        }
        if self.ground.objectives.is_empty() {
            return;
        }
        for (near, player) in self.lives.near.iter().zip(players) {
            let most = near
                .counts
                .iter()
                .enumerate()
                .rev()
                .max_by_key(|(_, n)| **n);
            let Some((nth, _)) = most else { continue };
            let (guid, name) = player.who();
            row!(
                self.rows.of(Section::Focus); guid, name, player.team().tag(), self.ground.objectives[nth].id,
                F1((near.sum_u / near.samples as f64) as f32), near.inside * self.cadence_ms, near.samples,
            );
        }
    }
}
