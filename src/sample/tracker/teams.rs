//! `TEAM_COHESION`, `TEAM_PUSHES`, `CROSSFIRE_OPPORTUNITIES` (`format.md` §3.7, §3.8, §3.10).

use super::super::ground::{Point, flat_u};
use super::super::player::Player;
use super::super::text::{F1, F3, cells, row};
use super::shots::Hit;
use super::{Section, Tracker};
use crate::model::Team;
use std::collections::VecDeque;

/// Shapes are looked at so often, ms.
pub(super) const COHESION_STEP_MS: i64 = 500;
/// Pushes and crossfires are looked at so often, ms.
pub(super) const PUSH_STEP_MS: i64 = 1000;
/// Further from the middle of his team somebody is a straggler, u.
const STRAGGLER_U: f32 = 800.0;
/// Slower somebody stands, u/s.
const MOVING_U_PER_S: f32 = 10.0;
/// A push needs so much speed on average, u/s …
const PUSH_U_PER_S: f32 = 80.0;
/// … and so much of one direction.
const PUSH_ALIGNMENT: f32 = 0.4;
/// Speed of a push of quality 1, u/s.
const FULL_PUSH_U_PER_S: f32 = 300.0;
/// Cosine from which on a push goes toward an objective.
const TOWARD: f32 = 0.3;
/// Mates further from the target have no crossfire, u.
const CROSSFIRE_U: f32 = 2000.0;
/// Nor have those who look from the same side, degrees.
const CROSSFIRE_DEG: f32 = 45.0;
/// A chance of crossfire stands so long, ms.
const CHANCE_MS: i64 = 2000;
/// So many chances are kept.
const MOST_CHANCES: usize = 200;

/// A push that goes on.
#[derive(Clone, Copy)]
struct Push {
    start_ms: i64,
    direction: [f32; 2],
    speed: f32,
    alignment: f32,
    quality: f32,
    people: usize,
    /// Number of the objective ahead.
    toward: Option<usize>,
}

/// Two who could shoot at the same enemy.
struct Chance {
    t_ms: i64,
    target: usize,
    mates: [usize; 2],
    angle_deg: f32,
}

/// What is known of the teams.
#[derive(Default)]
pub(super) struct Teams {
    pushes: [Option<Push>; 2],
    chances: VecDeque<Chance>,
    /// Time, who, at whom, how much.
    damage: VecDeque<(i64, usize, usize, i64)>,
}

impl Teams {
    pub(super) fn damage(&mut self, t_ms: i64, hit: &Hit) {
        self.damage
            .push_back((t_ms, hit.by, hit.target, hit.damage));
    }

    /// Damage by one mate to the target while a chance stood.
    fn done(&self, chance: &Chance, mate: usize) -> i64 {
        let window = chance.t_ms..=chance.t_ms + CHANCE_MS;
        let all = self.damage.iter();
        all.filter(|(t, by, at, _)| window.contains(t) && *by == mate && *at == chance.target)
            .map(|hit| hit.3)
            .sum()
    }
}

/// Who of a team is alive.
fn alive(players: &[Player], team: Team) -> Vec<&Player> {
    let of_team = players.iter().filter(|player| player.team() == team);
    of_team.filter(|player| player.is_alive()).collect()
}

fn centroid(people: &[&Player]) -> Point {
    let mean =
        |axis: usize| people.iter().map(|p| p.position[axis]).sum::<f32>() / people.len() as f32;
    [mean(0), mean(1), 0.0]
}

impl Tracker<'_> {
    pub(super) fn cohesion(&mut self, t_ms: i64, players: &[Player]) {
        for team in Team::SIDES {
            let people = alive(players, team);
            if people.len() < 2 {
                continue;
            }
            let middle = centroid(&people);
            let distances = people.iter().map(|p| flat_u(p.position, middle));
            let dispersion = distances.clone().sum::<f32>() / people.len() as f32;
            let stragglers = distances.filter(|far| *far > STRAGGLER_U).count();
            let mut spread = 0.0_f32;
            let mut buddies = (f32::MAX, 0, 1);
            for (nth, a) in people.iter().enumerate() {
                for (other, b) in people.iter().enumerate().skip(nth + 1) {
                    let apart = flat_u(a.position, b.position);
                    spread = spread.max(apart);
                    if apart < buddies.0 {
                        buddies = (apart, nth, other);
                    }
                }
            }
            let out = self.rows.of(Section::Cohesion);
            cells!(
                out, b';': t_ms, team.tag(), people.len(), F1(middle[0]), F1(middle[1]), F1(dispersion), F1(spread), stragglers, "",
            );
            cells!(out, b'+': people[buddies.1].who().0, people[buddies.2].who().0);
            out.push(b';');
            row!(out; F1(buddies.0));
        }
    }

    pub(super) fn pushes(&mut self, t_ms: i64, players: &[Player]) {
        for (side, team) in Team::SIDES.into_iter().enumerate() {
            let now = self.push_now(t_ms, &alive(players, team));
            match (&mut self.teams.pushes[side], now) {
                (Some(push), Some(now)) => {
                    // A running mean that forgets, as the tracker has it; the direction stays that of the first second.
                    push.speed = f32::midpoint(push.speed, now.speed);
                    push.alignment = f32::midpoint(push.alignment, now.alignment);
                    push.quality = f32::midpoint(push.quality, now.quality);
                    push.people = push.people.max(now.people);
                }
                (open @ None, Some(_)) => *open = now,
                (_, None) => self.end_push(t_ms, side, team),
            }
        }
    }

    /// The push that a team is in at this moment.
    fn push_now(&self, t_ms: i64, people: &[&Player]) -> Option<Push> {
        let moving: Vec<[f32; 2]> = people
            .iter()
            .map(|p| p.velocity)
            .filter(|v| v[0].hypot(v[1]) > MOVING_U_PER_S)
            .collect();
        if people.len() < 2 || moving.len() < 2 {
            return None;
        }
        let count = moving.len() as f32;
        let mean = [0, 1].map(|axis| moving.iter().map(|v| v[axis]).sum::<f32>() / count);
        let length = mean[0].hypot(mean[1]).max(f32::MIN_POSITIVE);
        let direction = mean.map(|axis| axis / length);
        let along = |v: &[f32; 2]| (v[0] * direction[0] + v[1] * direction[1]) / v[0].hypot(v[1]);
        let alignment = moving.iter().map(along).sum::<f32>() / count;
        let speed = moving.iter().map(|v| v[0].hypot(v[1])).sum::<f32>() / count;
        (speed >= PUSH_U_PER_S && alignment >= PUSH_ALIGNMENT).then(|| Push {
            start_ms: t_ms,
            direction,
            speed,
            alignment,
            quality: alignment * speed / FULL_PUSH_U_PER_S,
            people: moving.len(),
            toward: self.toward(centroid(people), direction),
        })
    }

    /// The objective nearest to the middle of a team (whose height counts as 0), if the team goes there.
    fn toward(&self, middle: Point, direction: [f32; 2]) -> Option<usize> {
        let far = |nth: usize| {
            let objective = &self.ground.objectives[nth];
            objective.distance_u(middle[0], middle[1], middle[2])
        };
        let all = 0..self.ground.objectives.len();
        let nearest = all.min_by(|a, b| far(*a).total_cmp(&far(*b)))?;
        let objective = &self.ground.objectives[nearest];
        let (dx, dy) = (objective.x - middle[0], objective.y - middle[1]);
        let cosine = (dx * direction[0] + dy * direction[1]) / dx.hypot(dy).max(1.0);
        (cosine > TOWARD).then_some(nearest)
    }

    fn end_push(&mut self, t_ms: i64, side: usize, team: Team) {
        let Some(push) = self.teams.pushes[side].take() else {
            return;
        };
        let objectives = &self.ground.objectives;
        let toward = match push.toward {
            Some(nth) => objectives[nth].id.as_str(),
            None if objectives.is_empty() => "N/A",
            None => "NO",
        };
        row!(
            self.rows.of(Section::Pushes); push.start_ms, t_ms, team.tag(), F1(push.speed), F3(push.direction[0]),
            F3(push.direction[1]), F3(push.alignment), F3(push.quality), push.people, toward,
        );
    }

    pub(super) fn crossfires(&mut self, t_ms: i64, players: &[Player]) {
        while self
            .teams
            .chances
            .front()
            .is_some_and(|chance| chance.t_ms + CHANCE_MS <= t_ms)
        {
            self.close_chance(players, false);
        }
        while self
            .teams
            .damage
            .front()
            .is_some_and(|hit| hit.0 < t_ms - CHANCE_MS)
        {
            self.teams.damage.pop_front();
        }
        for (target, enemy) in players.iter().enumerate().filter(|(_, p)| p.is_alive()) {
            let sees = |mate: &Player| {
                mate.is_alive()
                    && mate.side() != enemy.side()
                    && self.ground.sees(mate.lookout(), enemy.lookout())
                    && flat_u(mate.position, enemy.position) <= CROSSFIRE_U
            };
            let mates: Vec<usize> = (0..players.len())
                .filter(|slot| sees(&players[*slot]))
                .collect();
            for (nth, a) in mates.iter().enumerate() {
                for b in &mates[nth + 1..] {
                    let angle_deg =
                        angle_deg(enemy.position, players[*a].position, players[*b].position);
                    if angle_deg >= CROSSFIRE_DEG {
                        self.teams.chances.push_back(Chance {
                            t_ms,
                            target,
                            mates: [*a, *b],
                            angle_deg,
                        });
                    }
                }
            }
        }
        while self.teams.chances.len() > MOST_CHANCES {
            self.close_chance(players, true);
        }
    }

    fn close_chance(&mut self, players: &[Player], is_evicted: bool) {
        let Some(chance) = self.teams.chances.pop_front() else {
            return;
        };
        let done = chance.mates.map(|mate| self.teams.done(&chance, mate));
        let is_executed = !is_evicted && done.iter().all(|damage| *damage > 0);
        let target = &players[chance.target];
        let (guid, name) = target.who();
        let [a, b] = chance.mates.map(|mate| players[mate].who().0);
        row!(
            self.rows.of(Section::Crossfire); chance.t_ms, guid, name, target.team().tag(), a, b, F1(chance.angle_deg), is_executed,
            done[0] + done[1],
        );
    }

    pub(super) fn end_teams(&mut self, t_ms: i64, players: &[Player]) {
        for (side, team) in Team::SIDES.into_iter().enumerate() {
            self.end_push(t_ms, side, team);
        }
        while !self.teams.chances.is_empty() {
            self.close_chance(players, false);
        }
    }
}

/// The angle between two places as seen from a third, on the map, degrees.
fn angle_deg(from: Point, a: Point, b: Point) -> f32 {
    let to = |at: Point| (at[1] - from[1]).atan2(at[0] - from[0]);
    let apart = (to(a) - to(b)).to_degrees().abs();
    apart.min(360.0 - apart)
}
