//! Sums on square cells.

use serde::Serialize;

/// A cell's column and row: it covers `size·x .. size·(x+1)`, and the same for y.
pub type At = (i32, i32);

/// Edge of a cell where no sensible one is asked for, u.
pub const USUAL_SIZE_U: f32 = 64.0;

/// Columns and rows end here, so that a neighbour's number always exists. Places beyond it (of damaged rows) are counted in the last cell.
const LAST: i32 = 1 << 30;

/// The edge of a cell, kept between 16 and 512 u.
pub(super) fn kept_size(size_u: f32) -> f32 {
    if size_u.is_finite() {
        size_u.clamp(16.0, 512.0)
    } else {
        USUAL_SIZE_U
    }
}

/// The column (or row) that covers a coordinate. Written without `floor`, which is a call on the oldest 64-bit processors.
#[inline]
fn index_of(coordinate: f32, size_u: f32) -> i32 {
    let cells = (coordinate / size_u).clamp(-(LAST as f32), LAST as f32);
    let cut = cells as i32;
    cut - i32::from(cells < cut as f32)
}

/// The cell that covers a place. `size_u` must be one that [`kept_size`] gave.
#[inline]
pub(super) fn cell_of(x: f32, y: f32, size_u: f32) -> At {
    (index_of(x, size_u), index_of(y, size_u))
}

/// One cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Time in it, ms, or events in it.
    pub sum: i64,
    /// Samples or events behind it.
    pub n: u32,
    /// Different lives behind it. What somebody does after a revive, of which there is no track, counts for the life before.
    pub lives: u32,
    /// Different rounds behind it.
    pub rounds: u32,
}

impl Cell {
    pub(super) fn add(&mut self, other: &Self) {
        self.sum = self.sum.saturating_add(other.sum);
        self.n = self.n.saturating_add(other.n);
        self.lives = self.lives.saturating_add(other.lives);
        self.rounds = self.rounds.saturating_add(other.rounds);
    }
}

/// All cells that hold something. Two grids of the same content are equal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grid {
    size_u: f32,
    /// In order of row and column.
    cells: Vec<(At, Cell)>,
}

impl Grid {
    /// An empty grid. The edge of a cell is kept between 16 and 512 u.
    pub fn new(size_u: f32) -> Self {
        Self::of(kept_size(size_u), Vec::new())
    }

    /// From cells in any order, none of them twice.
    pub(super) fn of(size_u: f32, mut cells: Vec<(At, Cell)>) -> Self {
        let row_first = |((x, y), _): &(At, Cell)| (*y, *x);
        if !cells.is_sorted_by_key(row_first) {
            cells.sort_unstable_by_key(row_first);
        }
        Self { size_u, cells }
    }

    /// Edge of a cell, u.
    pub fn size_u(&self) -> f32 {
        self.size_u
    }

    /// The cell that covers a place.
    pub fn cell_of(&self, x: f32, y: f32) -> At {
        cell_of(x, y, self.size_u)
    }

    /// The places a cell covers: least x and y, and the first x and y beyond it, u.
    pub fn bounds_of(&self, (x, y): At) -> [f32; 4] {
        let edge = |index: i32| (f64::from(index) * f64::from(self.size_u)) as f32;
        [edge(x), edge(y), edge(x + 1), edge(y + 1)]
    }

    /// What is in a cell.
    pub fn get(&self, (x, y): At) -> Cell {
        let found = self
            .cells
            .binary_search_by_key(&(y, x), |((x, y), _)| (*y, *x));
        found.map_or_else(|_| Cell::default(), |index| self.cells[index].1)
    }

    /// All cells that hold something, in order of row and column.
    pub fn cells(&self) -> &[(At, Cell)] {
        &self.cells
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Sum over all cells: ms or events.
    pub fn total(&self) -> i64 {
        let sums = self.cells.iter().map(|(_, cell)| cell.sum);
        sums.fold(0, i64::saturating_add)
    }

    /// Samples or events behind all cells.
    pub fn n(&self) -> u64 {
        self.cells.iter().map(|(_, cell)| u64::from(cell.n)).sum()
    }

    /// Both grids added up; `None` when their cells are of different size. Lives and rounds add up too, which is right for sets that share
    /// none: two halves of one round count its lives twice. O(cells of both).
    #[must_use]
    pub fn merged(&self, other: &Self) -> Option<Self> {
        if self.size_u != other.size_u {
            return None;
        }
        let mut cells: Vec<(At, Cell)> = Vec::with_capacity(self.cells.len() + other.cells.len());
        let mut rest = other.cells.as_slice();
        for (at, cell) in &self.cells {
            let before = rest.partition_point(|((x, y), _)| (*y, *x) < (at.1, at.0));
            cells.extend_from_slice(&rest[..before]);
            rest = &rest[before..];
            let mut cell = *cell;
            if let Some(((_, more), behind)) = rest.split_first().filter(|(next, _)| next.0 == *at)
            {
                cell.add(more);
                rest = behind;
            }
            cells.push((*at, cell));
        }
        cells.extend_from_slice(rest);
        Some(Self {
            size_u: self.size_u,
            cells,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_half_open_also_below_zero() {
        let grid = Grid::new(64.0);
        assert_eq!(grid.cell_of(0.0, -0.1), (0, -1));
        assert_eq!(grid.cell_of(64.0, 63.9), (1, 0));
        assert_eq!(grid.cell_of(-64.0, -64.1), (-1, -2));
        assert_eq!(grid.cell_of(f32::MAX, f32::MIN), (LAST, -LAST));
        assert_eq!(grid.bounds_of((-1, 2)), [-64.0, 128.0, 0.0, 192.0]);
        assert_eq!(Grid::new(1.0).size_u(), 16.0);
        assert_eq!(Grid::new(1e9).size_u(), 512.0);
        assert_eq!(Grid::new(f32::NAN).size_u(), 64.0);
    }

    #[test]
    fn the_index_is_the_floor() {
        for size_u in [16.0, 48.0, 64.0, 100.0, 512.0] {
            for tenth in -20_000_i16..20_000 {
                let coordinate = f32::from(tenth) / 10.0;
                let floor = (coordinate / size_u).floor() as i32;
                assert_eq!(index_of(coordinate, size_u), floor, "{coordinate}");
            }
        }
    }

    #[test]
    fn merging_adds_cell_by_cell() {
        let cell = |sum| Cell {
            sum,
            n: 1,
            lives: 1,
            rounds: 1,
        };
        let of = |cells: &[(At, i64)]| {
            let cells = cells.iter().map(|(at, sum)| (*at, cell(*sum)));
            Grid::of(64.0, cells.collect())
        };
        let one = of(&[((5, 0), 1), ((0, 0), 2), ((3, -1), 4)]);
        let other = of(&[((0, 0), 8), ((9, 9), 16)]);
        let both = one.merged(&other).unwrap();
        let sums: Vec<_> = both
            .cells()
            .iter()
            .map(|(at, cell)| (*at, cell.sum))
            .collect();
        assert_eq!(
            sums,
            [((3, -1), 4), ((0, 0), 10), ((5, 0), 1), ((9, 9), 16)]
        );
        assert_eq!((both.get((0, 0)).n, both.total(), both.n()), (2, 31, 5));
        assert_eq!(other.merged(&one), Some(both));
        assert_eq!(one.merged(&Grid::new(32.0)), None);
        assert_eq!(one.get((1, 1)), Cell::default());
    }
}
