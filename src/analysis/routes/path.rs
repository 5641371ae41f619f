//! The way of a life as a few places, and how alike two ways are.
//!
//! A [`Path`] holds the places after 0, [`PathParams::step_u`], 2 · `step_u` … u of way along the polyline through the samples (three
//! dimensions), up to [`PathParams::way_u`]; time does not enter, so waiting changes nothing. It begins at the first usable sample and ends
//! at the last, at a sample taken in limbo or before a jump.
//!
//! [`path_distance_u`] compares two paths over the way that both went: each place with the nearest of the places of the other after one
//! step less, the same, or one step more of way; the mean over all places of both. So a detour of up to one step, or a fight in a doorway,
//! costs little, and going the same way back and forth is not the same as going it once. Unit u. 0 is the same way.
//!
//! Known weakness: only the common part is compared, so a life that ended early is like all routes that begin like it; two storeys
//! are 160 u apart and the ground between does not count, so a wall between two ways is not seen.
//!
//! O(samples up to the way's end) for paths, O(steps) per pair.

use crate::analysis::deaths::Death;
use crate::analysis::flags::RowFlags;
use crate::analysis::serial;
use crate::model::{Life, LifeId, PlayerId, Round, Team};
use serde::Serialize;

/// How finely and how far ways are told.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PathParams {
    /// From place to place along the way, u.
    pub step_u: f32,
    /// How far ways are followed, u. At most [`MOST_PLACES`] places are kept.
    pub way_u: f32,
}

impl Default for PathParams {
    fn default() -> Self {
        Self {
            step_u: 192.0,
            way_u: 3072.0,
        }
    }
}

/// More places a path never has.
pub const MOST_PLACES: usize = 257;

impl PathParams {
    /// How many places a path has that goes all the way.
    pub fn most_places(&self) -> usize {
        let steps = (self.way_u / self.step()).floor();
        if steps.is_finite() {
            (steps.max(0.0) as usize + 1).min(MOST_PLACES)
        } else {
            MOST_PLACES
        }
    }

    /// The step, never less than 1 u.
    fn step(self) -> f32 {
        if self.step_u.is_finite() {
            self.step_u.max(1.0)
        } else {
            Self::default().step_u
        }
    }
}

/// The way of one life.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Path {
    /// The number of the round that the caller gave.
    pub round: usize,
    /// The life.
    #[serde(serialize_with = "serial::life")]
    pub life: LifeId,
    /// Whose.
    pub player: PlayerId,
    /// For which team.
    #[serde(serialize_with = "serial::team")]
    pub team: Team,
    /// Start of the life, ms.
    pub start_ms: i64,
    /// It ended with a death.
    pub died: bool,
    /// The places, one step of way from one to the next; at least one.
    pub places: Vec<[f32; 3]>,
}

/// The paths of a round's lives that have a team and a usable sample, in file order. `number` tells rounds apart where paths of several are
/// put together.
pub fn paths(
    number: usize,
    round: &Round,
    flags: &RowFlags,
    deaths: &[Death],
    params: &PathParams,
) -> Vec<Path> {
    // 4.0 does not say how a life ended; the deaths know.
    let mut died: Vec<bool> = round.lives().iter().map(|l| l.end.is_death()).collect();
    for life in deaths.iter().filter_map(|death| death.life) {
        died[life.index()] = true;
    }
    let lives = round.lives().iter().enumerate();
    lives
        .filter_map(|(index, life)| {
            let team = life.team.filter(|team| team.opponent().is_some())?;
            let places = places(round, flags, life, *params);
            (!places.is_empty()).then(|| Path {
                round: number,
                life: LifeId(index as u32),
                player: life.player,
                team,
                start_ms: life.start_ms,
                died: died[index],
                places,
            })
        })
        .collect()
}

fn places(round: &Round, flags: &RowFlags, life: &Life, params: PathParams) -> Vec<[f32; 3]> {
    let first = |index: &usize| !flags.ghost_samples[*index] && round.samples().health[*index] > 0;
    // Most lives are a stretch of the columns, which is walked without asking where the next sample is.
    let places = if let Some(mut rest) = life.sample_range() {
        let from = rest.find(first);
        from.map(|from| walked(round, flags, from, rest, params))
    } else {
        let mut rest = life.sample_indices();
        let from = rest.find(first);
        from.map(|from| walked(round, flags, from, rest, params))
    };
    places.unwrap_or_default()
}

/// The places of the way from the sample `from` through the samples after it.
fn walked(
    round: &Round,
    flags: &RowFlags,
    from: usize,
    rest: impl Iterator<Item = usize>,
    params: PathParams,
) -> Vec<[f32; 3]> {
    let samples = round.samples();
    let (step, most) = (f64::from(params.step()), params.most_places());
    let at = |index: usize| [samples.x[index], samples.y[index], samples.z[index]];
    let mut places: Vec<[f32; 3]> = Vec::with_capacity(most);
    let start = at(from);
    places.push(start);
    let mut a = start.map(f64::from);
    // Way since the last place.
    let mut way = 0.0_f64;
    for index in rest {
        if flags.ghost_samples[index] || flags.jumped[index] {
            break;
        }
        let b = at(index).map(f64::from);
        let [x, y, z] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
        let length = (x * x + y * y + z * z).sqrt();
        let mut next = step - way;
        while next <= length && places.len() < most {
            let part = if length > 0.0 { next / length } else { 0.0 };
            places.push([0, 1, 2].map(|i| (a[i] + (b[i] - a[i]) * part) as f32));
            next += step;
        }
        if places.len() >= most {
            break;
        }
        way = length - (next - step);
        a = b;
    }
    places
}

/// How far apart two ways run on average over the way that both went, u; see the module. `None` when one of them has no place.
pub fn path_distance_u(a: &Path, b: &Path) -> Option<f32> {
    let common = a.places.len().min(b.places.len());
    let mean = banded_mean(&a.places[..common], &b.places[..common]);
    (common > 0 && mean.is_finite()).then_some(mean)
}

/// Mean over all places of both to the nearest place of the other within one step of way. Both of the same length, not empty.
fn banded_mean(a: &[[f32; 3]], b: &[[f32; 3]]) -> f32 {
    let n = a.len().min(b.len());
    let mut sum = 0.0_f32;
    // Squared distances from the place before of one to this place of the other.
    let (mut a_before, mut b_before) = (f32::INFINITY, f32::INFINITY);
    for k in 0..n {
        let here = squared(a[k], b[k]);
        let (a_to_next, b_to_next) = if k + 1 < n {
            (squared(a[k], b[k + 1]), squared(b[k], a[k + 1]))
        } else {
            (f32::INFINITY, f32::INFINITY)
        };
        let nearest_to_a = here.min(a_to_next).min(b_before);
        let nearest_to_b = here.min(b_to_next).min(a_before);
        sum += nearest_to_a.sqrt() + nearest_to_b.sqrt();
        (a_before, b_before) = (a_to_next, b_to_next);
    }
    sum / (2 * n.max(1)) as f32
}

/// Squared distance.
pub(super) fn squared(a: [f32; 3], b: [f32; 3]) -> f32 {
    let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    x * x + y * y + z * z
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: usize, y: f32, shift: f32) -> Vec<[f32; 3]> {
        (0..n).map(|k| [100.0 * k as f32 + shift, y, 0.0]).collect()
    }

    #[test]
    fn parallel_ways_are_as_far_apart_as_they_run() {
        assert_eq!(banded_mean(&line(5, 0.0, 0.0), &line(5, 30.0, 0.0)), 30.0);
        assert_eq!(banded_mean(&line(5, 0.0, 0.0), &line(5, 0.0, 0.0)), 0.0);
    }

    #[test]
    fn a_shift_of_one_step_costs_only_its_ends() {
        // b is one step ahead: b[k] = a[k + 1]. Only a[0] and b[4] have no partner: 100 u each, over ten places.
        assert_eq!(banded_mean(&line(5, 0.0, 0.0), &line(5, 0.0, 100.0)), 20.0);
        assert_eq!(banded_mean(&line(5, 0.0, 100.0), &line(5, 0.0, 0.0)), 20.0);
        // Two steps ahead: a[k] is one step from b[k - 1], except a[0] (two steps); the same for b.
        assert_eq!(banded_mean(&line(5, 0.0, 0.0), &line(5, 0.0, 200.0)), 120.0);
    }

    #[test]
    fn places_are_counted() {
        assert_eq!(PathParams::default().most_places(), 17);
        let odd = |step_u, way_u| PathParams { step_u, way_u }.most_places();
        assert_eq!(odd(0.0, 10.0), 11);
        assert_eq!(odd(f32::NAN, f32::NAN), MOST_PLACES);
        assert_eq!(odd(100.0, -5.0), 1);
    }
}
