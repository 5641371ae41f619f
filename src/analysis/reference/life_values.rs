//! What follows from one life's points.
//!
//! Unit u, ms, u/s, s; source `PLAYER_TRACKS`, points in file order. Durations are 0, and the time to the first move unknown, when one of
//! their two times is missing **or 0**. Distances are polylines in three dimensions with teleports; the mean speed leaves out points at
//! rest; seconds in a stance are [`Params::seconds_per_sample`] times the number of points of the kind `sample`, whatever the cadence.
//!
//! Known weakness: a recorded stance of 2 is a player who has just spawned, not a prone one, and old files record limbo as sprint.
//! O(points).

use super::trades::exact;
use super::{Life, ReferenceRound};
use crate::analysis::flags::Flags;
use serde::Serialize;

/// The reference's constants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// What every sample counts in seconds.
    pub seconds_per_sample: f64,
    /// How many of the first points make up the way after the spawn.
    pub post_spawn_points: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            seconds_per_sample: 0.2,
            post_spawn_points: 16,
        }
    }
}

/// The values of one life.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LifeValues {
    /// Whose.
    pub guid: String,
    /// Name at spawn.
    pub name: String,
    /// Team at spawn.
    pub team: String,
    /// ms.
    pub spawn_time: i64,
    /// ms; `None` also for 0.
    pub death_time: Option<i64>,
    /// ms; negative when the recorded spawn is stale.
    pub duration_ms: i64,
    /// ms.
    pub time_to_first_move_ms: Option<i64>,
    /// u.
    pub total_distance: f64,
    /// u/s over points that move; 0 without any.
    pub avg_speed: f64,
    /// Percent of points with the sprint flag.
    pub sprint_percentage: f64,
    /// u/s.
    pub peak_speed: f64,
    /// s with recorded stance 0.
    pub stance_standing_sec: f64,
    /// s with recorded stance 1.
    pub stance_crouching_sec: f64,
    /// s with recorded stance 2.
    pub stance_prone_sec: f64,
    /// s with the sprint flag.
    pub sprint_sec: f64,
    /// u along the first points.
    pub post_spawn_distance: f64,
    /// Doubts about the life.
    pub flags: Flags,
}

/// The values of every life of a round, in file order.
pub fn life_values(view: &ReferenceRound<'_>, params: &Params) -> Vec<LifeValues> {
    view.lives
        .iter()
        .map(|life| values(view, life, params))
        .collect()
}

fn between(start_ms: i64, end_ms: Option<i64>) -> Option<i64> {
    let end_ms = end_ms.filter(|end| *end != 0 && start_ms != 0)?;
    Some(end_ms - start_ms)
}

fn values(view: &ReferenceRound<'_>, life: &Life<'_>, params: &Params) -> LifeValues {
    let row = life.row;
    let samples = view.round.samples();
    let path = life.path.in_file_order();
    let points = path.len();
    let place = |index: usize| [&samples.x, &samples.y, &samples.z].map(|axis| exact(axis[index]));
    let (mut total_distance, mut post_spawn_distance) = (0.0, 0.0);
    let (mut speed_sum, mut moving, mut peak_speed) = (0.0, 0_u32, 0.0_f64);
    let (mut stances, mut sprints, mut sprint_samples) = ([0_u32; 3], 0_u32, 0_u32);
    let mut previous: Option<[f64; 3]> = None;
    for (nth, index) in path.enumerate() {
        let here = place(index);
        if let Some(before) = previous {
            let [dx, dy, dz] = [0, 1, 2].map(|axis| here[axis] - before[axis]);
            let step = (dx * dx + dy * dy + dz * dz).sqrt();
            total_distance += step;
            if nth < params.post_spawn_points {
                post_spawn_distance += step;
            }
        }
        previous = Some(here);
        let speed = exact(samples.speed[index]);
        if speed > 0.0 {
            speed_sum += speed;
            moving += 1;
            peak_speed = peak_speed.max(speed);
        }
        let is_sprint = samples.sprint[index] == 1;
        sprints += u32::from(is_sprint);
        if samples.is_plain(index) {
            sprint_samples += u32::from(is_sprint);
            let stance = usize::try_from(samples.stance[index]).ok();
            if let Some(count) = stance.and_then(|stance| stances.get_mut(stance)) {
                *count += 1;
            }
        }
    }
    let seconds = |count: u32| params.seconds_per_sample * f64::from(count);
    LifeValues {
        guid: view.string(row.guid),
        name: view.string(row.name),
        team: view.string(row.team),
        spawn_time: row.spawn_time,
        death_time: life.death_ms(),
        duration_ms: between(row.spawn_time, life.death_ms()).unwrap_or(0),
        time_to_first_move_ms: between(row.spawn_time, row.first_move_time),
        total_distance,
        avg_speed: speed_sum / f64::from(moving.max(1)),
        sprint_percentage: 100.0 * f64::from(sprints) / points.max(1) as f64,
        peak_speed,
        stance_standing_sec: seconds(stances[0]),
        stance_crouching_sec: seconds(stances[1]),
        stance_prone_sec: seconds(stances[2]),
        sprint_sec: seconds(sprint_samples),
        post_spawn_distance,
        flags: life.flags,
    }
}
