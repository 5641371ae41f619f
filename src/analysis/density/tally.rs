//! Adding up on a grid, fast: a rectangle of cells without a search per sample, and a map for what lies outside it.

use super::grid::{At, Cell, Grid, cell_of};
use super::walk::{Left, Sink, Source, Taken};
use crate::model::PlayerId;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Cells that the rectangle may have: 64 MiB for each worker. A map of 10,000 u each way has 390,000 cells of 16 u.
const MOST_CELLS: u64 = 1 << 21;
/// Side of the rectangle where the whole set does not fit: its area is just within [`MOST_CELLS`].
const SIDE: u32 = 1448;

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
}

impl Window {
    /// The rectangle around all samples of a set; where that is too large, as a damaged coordinate makes it, one around their middle.
    /// O(samples).
    pub(super) fn around(sources: &[Source<'_>], size_u: f32) -> Self {
        let boxes = sources.par_iter().filter_map(|source| bounds(source));
        let whole = boxes.reduce_with(|a, b| {
            let least = [a[0].min(b[0]), a[1].min(b[1])];
            [least[0], least[1], a[2].max(b[2]), a[3].max(b[3])]
        });
        let Some([x, y, to_x, to_y]) = whole else {
            return Self::default();
        };
        let (first, last) = (cell_of(x, y, size_u), cell_of(to_x, to_y, size_u));
        let (width, height) = (last.0.abs_diff(first.0) + 1, last.1.abs_diff(first.1) + 1);
        if u64::from(width) * u64::from(height) > MOST_CELLS {
            return Self::around_middle(sources, size_u);
        }
        Self {
            x: first.0,
            y: first.1,
            width,
            height,
        }
    }

    fn around_middle(sources: &[Source<'_>], size_u: f32) -> Self {
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for source in sources {
            let samples = source.round.samples();
            let step = samples.len() / 64 + 1;
            for index in (0..samples.len()).step_by(step) {
                let (x, y) = cell_of(samples.x[index], samples.y[index], size_u);
                xs.push(x);
                ys.push(y);
            }
        }
        let middle = |all: &mut Vec<i32>| {
            let half = all.len() / 2;
            *all.select_nth_unstable(half).1 - (SIDE / 2) as i32
        };
        if xs.is_empty() {
            return Self::default();
        }
        Self {
            x: middle(&mut xs),
            y: middle(&mut ys),
            width: SIDE,
            height: SIDE,
        }
    }

    fn len(self) -> usize {
        self.width as usize * self.height as usize
    }

    #[inline]
    fn index(self, (x, y): At) -> Option<usize> {
        // What lies to the left or below wraps to a large number.
        let (dx, dy) = (x.wrapping_sub(self.x) as u32, y.wrapping_sub(self.y) as u32);
        (dx < self.width && dy < self.height)
            .then(|| dy as usize * self.width as usize + dx as usize)
    }

    fn at(self, index: usize) -> At {
        let (x, y) = (index % self.width as usize, index / self.width as usize);
        (self.x + x as i32, self.y + y as i32)
    }
}

fn bounds(source: &Source<'_>) -> Option<[f32; 4]> {
    let samples = source.round.samples();
    let ((least_x, most_x), (least_y, most_y)) = (extent(&samples.x)?, extent(&samples.y)?);
    Some([least_x, least_y, most_x, most_y])
}

/// The least and the largest value, several side by side.
fn extent(values: &[f32]) -> Option<(f32, f32)> {
    const LANES: usize = 16;
    let first = *values.first()?;
    let (mut least, mut most) = ([first; LANES], [first; LANES]);
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for ((value, least), most) in chunk.iter().zip(&mut least).zip(&mut most) {
            *least = if *value < *least { *value } else { *least };
            *most = if *value > *most { *value } else { *most };
        }
    }
    let least = least.into_iter().chain(rest.iter().copied());
    let most = most.into_iter().chain(rest.iter().copied());
    Some((least.fold(first, f32::min), most.fold(first, f32::max)))
}

/// A cell with who was counted in it last.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    cell: Cell,
    last_life: u32,
    last_round: u32,
}

/// Sums in the making, of one worker.
pub(super) struct Tally {
    window: Window,
    inside: Vec<Slot>,
    outside: FxHashMap<At, Slot>,
    /// Running number of the round and of the life that is being walked, from 1.
    round: u32,
    life: u32,
    has_life: bool,
    /// Left out, see [`Left`].
    pub(super) undecided: u64,
    pub(super) without_place: u64,
}

impl Tally {
    pub(super) fn new(window: Window) -> Self {
        Self {
            window,
            inside: vec![Slot::default(); window.len()],
            outside: FxHashMap::default(),
            round: 0,
            life: 0,
            has_life: false,
            undecided: 0,
            without_place: 0,
        }
    }

    /// What several workers counted, each in other rounds.
    pub(super) fn grid(all: &[Self], size_u: f32) -> Grid {
        let Some(window) = all.first().map(|tally| tally.window) else {
            return Grid::new(size_u);
        };
        let mut cells = Vec::new();
        for index in 0..window.len() {
            let mut sum = Cell::default();
            for tally in all {
                sum.add(&tally.inside[index].cell);
            }
            if sum.n > 0 {
                cells.push((window.at(index), sum));
            }
        }
        let mut outside: FxHashMap<At, Cell> = FxHashMap::default();
        for (at, slot) in all.iter().flat_map(|tally| &tally.outside) {
            outside.entry(*at).or_default().add(&slot.cell);
        }
        cells.extend(outside);
        Grid::of(size_u, cells)
    }
}

impl Sink for Tally {
    fn begin_round(&mut self) {
        self.round += 1;
    }

    fn begin_life(&mut self, life: Option<u32>, _: Option<PlayerId>) {
        self.life += 1;
        self.has_life = life.is_some();
    }

    #[inline]
    fn take(&mut self, at: At, taken: Taken) {
        let slot = match self.window.index(at) {
            Some(index) => &mut self.inside[index],
            None => self.outside.entry(at).or_default(),
        };
        slot.cell.sum += taken.sum;
        slot.cell.n += 1;
        // The samples and events of a life come one after the other, and so do the lives of a round. Added without asking first: whether
        // somebody is new to a cell is nothing that a processor can foresee.
        slot.cell.lives += u32::from(slot.last_life != self.life && self.has_life);
        slot.cell.rounds += u32::from(slot.last_round != self.round);
        (slot.last_life, slot.last_round) = (self.life, self.round);
    }

    fn leave(&mut self, why: Left, n: u64) {
        match why {
            Left::Undecided => self.undecided += n,
            Left::WithoutPlace => self.without_place += n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_knows_its_cells() {
        let window = Window {
            x: -3,
            y: 5,
            width: 4,
            height: 2,
        };
        for index in 0..window.len() {
            assert_eq!(window.index(window.at(index)), Some(index));
        }
        for outside in [(-4, 5), (1, 5), (0, 4), (0, 7), (i32::MIN, i32::MAX)] {
            assert_eq!(window.index(outside), None, "{outside:?}");
        }
    }

    #[test]
    fn the_extent_is_that_of_all_values() {
        for count in 1..40_u8 {
            let values: Vec<f32> = (0..count)
                .map(|n| f32::from(u16::from(n) * 37 % 40) - 20.0)
                .collect();
            let least = values.iter().copied().fold(f32::MAX, f32::min);
            let most = values.iter().copied().fold(f32::MIN, f32::max);
            assert_eq!(extent(&values), Some((least, most)));
        }
        assert_eq!(extent(&[]), None);
    }

    #[test]
    fn lives_and_rounds_are_counted_once_inside_and_outside() {
        let window = Window {
            x: 0,
            y: 0,
            width: 2,
            height: 2,
        };
        let mut tally = Tally::new(window);
        let taken = Taken::event(0, None);
        for _ in 0..2 {
            tally.begin_round();
            for life in [Some(0), Some(1), None] {
                tally.begin_life(life, None);
                for at in [(1, 1), (7, -9), (1, 1)] {
                    tally.take(at, taken);
                }
            }
        }
        let grid = Tally::grid(&[tally, Tally::new(window)], 64.0);
        let cell = |n| Cell {
            sum: i64::from(n),
            n,
            lives: 4,
            rounds: 2,
        };
        assert_eq!(grid.cells(), [((7, -9), cell(6)), ((1, 1), cell(12))]);
    }
}
