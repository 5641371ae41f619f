//! When two samples belong to one movement, and where it leads.

use crate::model::{Life, Round, SampleAt, Samples};
use eframe::egui::Vec2;

/// Nobody runs faster; a longer way in the time is a teleport or two places mixed up, u/s.
const FASTEST_U_PER_S: f32 = 1200.0;
/// Slower is standing: a marker shall not turn with every shuffle, u/s.
const STANDING_U_PER_S: f32 = 20.0;

/// How old a sample may be before it says where somebody was rather than where he is, ms.
pub(super) const fn longest_gap_ms(cadence_ms: i64) -> i64 {
    2 * cadence_ms
}

/// Whether nothing is known between two neighbouring samples of one life: the gap is longer than twice the cadence, or the way was
/// faster than anybody runs.
pub(super) fn is_break(samples: &Samples, from: usize, to: usize, cadence_ms: i64) -> bool {
    let gap_ms = i64::from(samples.time_ms[to]) - i64::from(samples.time_ms[from]);
    if gap_ms < 0 || gap_ms > longest_gap_ms(cadence_ms) {
        return true;
    }
    let (dx, dy, dz) = (
        samples.x[to] - samples.x[from],
        samples.y[to] - samples.y[from],
        samples.z[to] - samples.z[from],
    );
    let reach_u = FASTEST_U_PER_S * gap_ms as f32 / 1000.0;
    dx * dx + dy * dy + dz * dz > reach_u * reach_u
}

/// The direction somebody moves in at a sample, as a unit vector of the screen (y down), by his velocity to the sample from the one
/// before it; with `ahead`, for drawing between samples, to the one behind it. `None` when he stands or it is not known.
pub(super) fn heading(round: &Round, life: &Life, sample: SampleAt, ahead: bool) -> Option<Vec2> {
    let samples = round.samples();
    let nth = life
        .samples_until(samples, i64::from(samples.time_ms[sample.index]))
        .checked_sub(1)?;
    let neighbour = |nth: usize| (nth < life.sample_count()).then(|| life.sample_index(nth));
    let next = neighbour(nth + 1)
        .filter(|_| ahead)
        .map(|next| (sample.index, next));
    let last = nth
        .checked_sub(1)
        .and_then(neighbour)
        .map(|last| (last, sample.index));
    let is_known = |(from, to): &(usize, usize)| !is_break(samples, *from, *to, round.cadence_ms());
    let (from, to) = next.filter(is_known).or_else(|| last.filter(is_known))?;
    let seconds = (samples.time_ms[to] - samples.time_ms[from]) as f32 / 1000.0;
    let way = Vec2::new(
        samples.x[to] - samples.x[from],
        samples.y[from] - samples.y[to],
    );
    let length = way.length();
    (seconds > 0.0 && length >= STANDING_U_PER_S * seconds).then(|| way / length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two samples `gap_ms` and `way_u` apart.
    fn pair(gap_ms: i32, way_u: f32) -> Samples {
        Samples {
            time_ms: vec![1000, 1000 + gap_ms],
            x: vec![0.0, way_u],
            y: vec![0.0; 2],
            z: vec![0.0; 2],
            ..Samples::default()
        }
    }

    #[test]
    fn a_gap_of_more_than_twice_the_cadence_is_a_break() {
        assert!(!is_break(&pair(400, 100.0), 0, 1, 200));
        assert!(is_break(&pair(401, 100.0), 0, 1, 200));
        assert!(!is_break(&pair(1000, 100.0), 0, 1, 500));
        assert!(is_break(&pair(-1, 0.0), 0, 1, 200));
    }

    #[test]
    fn a_way_faster_than_anybody_is_a_break() {
        assert!(!is_break(&pair(200, 240.0), 0, 1, 200));
        assert!(is_break(&pair(200, 240.1), 0, 1, 200));
        assert!(is_break(&pair(0, 0.1), 0, 1, 200));
        assert!(!is_break(&pair(0, 0.0), 0, 1, 200));
        let mut fall = pair(200, 0.0);
        fall.z[1] = -300.0;
        assert!(is_break(&fall, 0, 1, 200), "height counts");
    }
}
