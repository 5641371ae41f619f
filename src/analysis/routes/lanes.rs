//! Many ways side by side, so that one way is compared with four of them at once.
//!
//! The arithmetic of each pair is that of [`path_distance_u`](super::path_distance_u), operation by operation, so the distances are the same
//! to the last digit.

use super::path::{Path, squared};
use wide::f32x4;

/// Ways compared at once.
pub(super) const LANES: usize = 4;

/// After so many places it is asked whether all are beyond the limit.
const CHECKED: usize = 4;

/// Places of a block after so many steps of way: x, y and z of each.
type Row = [f32x4; 3];

/// Ways of lives, the longest first, in blocks of ways that are equally long and near each other at their ends.
pub(super) struct Lanes {
    pub(super) blocks: Vec<Block>,
    /// The places of the blocks, block by block.
    places: Vec<Row>,
    /// Sums of the places up to each.
    sums: Vec<Row>,
    /// The longest distance from a place to the next, u. One step of way, unless paths of other parameters were given.
    pub(super) longest_step_u: f32,
}

/// Up to [`LANES`] ways of the same number of places.
pub(super) struct Block {
    /// Of whom, as positions among the lives given; at least one.
    pub(super) who: Vec<usize>,
    /// Places of each.
    places: usize,
    /// Where they begin.
    from: usize,
}

/// One way, to be compared with others.
pub(super) struct Way {
    /// Each place as often as a row has ways.
    places: Vec<Row>,
    sums: Vec<Row>,
}

impl Way {
    pub(super) fn of(path: &Path) -> Self {
        let mut sum = [f32x4::ZERO; 3];
        let places: Vec<Row> = path.places.iter().map(|p| p.map(f32x4::splat)).collect();
        let sums = places.iter().map(|place| {
            add(&mut sum, place);
            sum
        });
        Self {
            sums: sums.collect(),
            places,
        }
    }
}

impl Lanes {
    /// The ways of `lives`, which are indices among `paths`; none without a place.
    pub(super) fn of(paths: &[Path], lives: &[usize]) -> Self {
        let way = |who: usize| paths[lives[who]].places.as_slice();
        let mut order: Vec<usize> = (0..lives.len())
            .filter(|who| !way(*who).is_empty())
            .collect();
        order.sort_by_cached_key(|who| (usize::MAX - way(*who).len(), nearness(way(*who)), *who));
        let mut lanes = Self {
            blocks: Vec::with_capacity(order.len() / LANES + 1),
            places: Vec::new(),
            sums: Vec::new(),
            longest_step_u: 0.0,
        };
        let mut longest_sq = 0.0_f32;
        for equal in order.chunk_by(|a, b| way(*a).len() == way(*b).len()) {
            for who in equal.chunks(LANES) {
                let places = way(who[0]).len();
                let from = lanes.places.len();
                // The last way stands for those that a block is short of.
                let of = |lane: usize| way(who[lane.min(who.len() - 1)]);
                let mut sum = [f32x4::ZERO; 3];
                for k in 0..places {
                    let row: Row = [0, 1, 2].map(|axis| {
                        f32x4::new([
                            of(0)[k][axis],
                            of(1)[k][axis],
                            of(2)[k][axis],
                            of(3)[k][axis],
                        ])
                    });
                    add(&mut sum, &row);
                    lanes.places.push(row);
                    lanes.sums.push(sum);
                }
                for way in who.iter().map(|who| way(*who)) {
                    let steps = way.windows(2).map(|two| squared(two[0], two[1]));
                    longest_sq = steps.fold(longest_sq, f32::max);
                }
                lanes.blocks.push(Block {
                    who: who.to_vec(),
                    places,
                    from,
                });
            }
        }
        lanes.longest_step_u = longest_sq.sqrt();
        lanes
    }

    /// How far each way of the block is from `way` over what both went, infinite beyond `limit`; `None` when all of them are.
    /// `step_u` is the longest step of all ways.
    #[inline]
    pub(super) fn distances(
        &self,
        block: &Block,
        way: &Way,
        limit: f32,
        step_u: f32,
    ) -> Option<[f32; LANES]> {
        let n = block.places.min(way.places.len());
        // Two ways are at least as far apart as their middles, but for the step by which nearest places are off the places of the
        // same way. Most pairs are decided by this.
        let apart = squared_lanes(&way.sums[n - 1], &self.sums[block.from + n - 1]);
        let most = f32x4::splat(((limit + step_u) * n as f32).powi(2));
        if apart.simd_gt(most).all() {
            return None;
        }
        let most = f32x4::splat(limit * (2 * n) as f32);
        let (a, b) = (&way.places[..n], &self.places[block.from..block.from + n]);
        let mut sum = f32x4::ZERO;
        // Squared distances from the place before of one to this place of the other.
        let none = f32x4::splat(f32::INFINITY);
        let (mut a_before, mut b_before) = (none, none);
        for k in 0..n - 1 {
            let here = squared_lanes(&a[k], &b[k]);
            let a_to_next = squared_lanes(&a[k], &b[k + 1]);
            let b_to_next = squared_lanes(&a[k + 1], &b[k]);
            let nearest_to_a = here.fast_min(a_to_next).fast_min(b_before);
            let nearest_to_b = here.fast_min(b_to_next).fast_min(a_before);
            sum += nearest_to_a.sqrt() + nearest_to_b.sqrt();
            if k % CHECKED == CHECKED - 1 && sum.simd_gt(most).all() {
                return None;
            }
            (a_before, b_before) = (a_to_next, b_to_next);
        }
        let here = squared_lanes(&a[n - 1], &b[n - 1]);
        sum += here.fast_min(b_before).sqrt() + here.fast_min(a_before).sqrt();
        let is_beyond = sum.simd_gt(most);
        let mean = sum / f32x4::splat((2 * n) as f32);
        Some(is_beyond.bitselect(none, mean).to_array())
    }
}

/// Squared distances of the places of two rows.
#[inline]
fn squared_lanes(a: &Row, b: &Row) -> f32x4 {
    let [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    x * x + y * y + z * z
}

fn add(sum: &mut Row, row: &Row) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += *value;
    }
}

/// A number that is alike for ways that end near each other: cells of the plane along a curve.
fn nearness(way: &[[f32; 3]]) -> u64 {
    const CELL_U: f32 = 128.0;
    let end = way.last().copied().unwrap_or_default();
    let [x, y] =
        [end[0], end[1]].map(|value| ((value / CELL_U) as i32).wrapping_add(1 << 15) as u64);
    (0..16).fold(0, |sum, bit| {
        sum | (x >> bit & 1) << (2 * bit + 1) | (y >> bit & 1) << (2 * bit)
    })
}

#[cfg(test)]
mod tests {
    use super::super::path::path_distance_u;
    use super::*;
    use crate::model::{LifeId, PlayerId, Team};

    /// Ways of 1 to 20 places that run this way and that, some of them near each other.
    fn ways() -> Vec<Path> {
        let mut state = 7_u32;
        let mut random = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let mut way = |nth: u32| Path {
            round: 0,
            life: LifeId(nth),
            player: PlayerId(0),
            team: Team::Axis,
            start_ms: 0,
            died: false,
            places: (0..=random(20))
                .map(|k| {
                    let side = (150 * k * (nth % 3)) as f32;
                    [(150 * k + random(90)) as f32, side, random(300) as f32]
                })
                .collect(),
        };
        (0..61).map(&mut way).collect()
    }

    #[test]
    fn four_at_once_are_as_far_as_each() {
        let paths = ways();
        let all: Vec<usize> = (0..paths.len()).collect();
        let lanes = Lanes::of(&paths, &all);
        for limit in [f32::INFINITY, 300.0, 100.0, 0.0, -1.0] {
            let (mut seen, mut within) = (0, 0);
            for path in &paths {
                let way = Way::of(path);
                for block in &lanes.blocks {
                    let found = lanes.distances(block, &way, limit, lanes.longest_step_u);
                    let found = found.unwrap_or([f32::INFINITY; LANES]);
                    for (&who, found) in block.who.iter().zip(found) {
                        let alone = path_distance_u(path, &paths[who]).unwrap();
                        let expected = if alone <= limit { alone } else { f32::INFINITY };
                        assert_eq!(found, expected, "{limit}");
                        seen += 1;
                        within += u32::from(found.is_finite());
                    }
                }
            }
            assert_eq!(seen, 61 * 61);
            assert_eq!(within > 0, limit >= 0.0);
            assert!(limit.is_infinite() || within < seen);
        }
    }
}
