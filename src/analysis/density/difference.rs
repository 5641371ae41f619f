//! Two sets held against each other.

use super::Density;
use super::blur::blurred;
use super::field::sums;
use super::grid::{At, Grid};
use serde::Serialize;
use std::collections::BTreeSet;

/// From when on a difference is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// Both cells together must have at least so many samples or events …
    pub fewest_n: u32,
    /// … and so many lives: the samples of one life tell of one person's way only.
    pub fewest_lives: u32,
    /// Both sets are spread by a bell of this width first, u; 0 for none.
    pub blur_u: f32,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            fewest_n: 5,
            fewest_lives: 3,
            blur_u: 0.0,
        }
    }
}

/// One of the two sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The one that counts as more.
    First,
    /// The one that is taken away.
    Second,
}

/// Why two sets cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Incomparable {
    /// Their cells are of different size.
    CellSizes,
    /// There is nothing in this one, so there are no shares of it.
    NothingIn(Side),
}

/// One cell in which two sets differ.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Differing {
    /// Column and row.
    pub at: At,
    /// Share of the first set's total less share of the second's, -1 to 1; `None` where there is too little behind it to tell.
    pub share: Option<f64>,
    /// Samples or events behind it in the first set.
    pub n_first: u32,
    /// Samples or events behind it in the second set.
    pub n_second: u32,
    /// Lives behind it in the first set.
    pub lives_first: u32,
    /// Lives behind it in the second set.
    pub lives_second: u32,
}

/// Cells in which two sets differ, in order of row and column, each set as shares of its own total, so that sets of different size can be
/// compared. Cells with too little in both together are listed as masked; those with the same share in both are not listed.
/// With a blur, what is behind a cell is spread with the same bell for the mask, while the numbers given stay those of the cell itself.
///
/// Two empty sets do not differ. The two may be of different kinds: shares of kills against shares of time are meaningful.
/// O(cells · radius of the bell).
///
/// # Errors
/// [`Incomparable`].
pub fn difference(
    first: &Density,
    second: &Density,
    params: &Params,
) -> Result<Vec<Differing>, Incomparable> {
    let size_u = first.grid.size_u();
    if size_u != second.grid.size_u() {
        return Err(Incomparable::CellSizes);
    }
    match (first.grid.is_empty(), second.grid.is_empty()) {
        (true, true) => return Ok(Vec::new()),
        (true, false) => return Err(Incomparable::NothingIn(Side::First)),
        (false, true) => return Err(Incomparable::NothingIn(Side::Second)),
        (false, false) => {}
    }
    let (one, other) = (
        Spread::of(&first.grid, params.blur_u),
        Spread::of(&second.grid, params.blur_u),
    );
    let rows = one.shares.iter().chain(&other.shares);
    let all: BTreeSet<(i32, i32)> = rows.map(|((x, y), _)| (*y, *x)).collect();
    let compare = |(y, x): (i32, i32)| {
        let at = (x, y);
        let share = get(&one.shares, at) - get(&other.shares, at);
        if share == 0.0 {
            return None;
        }
        let enough = |of: fn(&Spread) -> &[(At, f64)], fewest: u32| {
            get(of(&one), at) + get(of(&other), at) >= f64::from(fewest)
        };
        let is_shown =
            enough(|s| &s.n, params.fewest_n) && enough(|s| &s.lives, params.fewest_lives);
        let (a, b) = (first.grid.get(at), second.grid.get(at));
        Some(Differing {
            at,
            share: is_shown.then_some(share),
            n_first: a.n,
            n_second: b.n,
            lives_first: a.lives,
            lives_second: b.lives,
        })
    };
    Ok(all.into_iter().filter_map(compare).collect())
}

/// A grid's shares, and what is behind them, all spread alike.
struct Spread {
    shares: Vec<(At, f64)>,
    n: Vec<(At, f64)>,
    lives: Vec<(At, f64)>,
}

impl Spread {
    fn of(grid: &Grid, blur_u: f32) -> Self {
        let total = grid.total() as f64;
        let spread = |values: &[(At, f64)]| blurred(values, grid.size_u(), blur_u);
        let behind = |of: fn(&super::Cell) -> u32| {
            let cells = grid.cells().iter();
            let values: Vec<_> = cells.map(|(at, cell)| (*at, f64::from(of(cell)))).collect();
            spread(&values)
        };
        let shares = spread(&sums(grid));
        Self {
            shares: shares
                .into_iter()
                .map(|(at, sum)| (at, sum / total))
                .collect(),
            n: behind(|cell| cell.n),
            lives: behind(|cell| cell.lives),
        }
    }
}

/// The value of a cell in a list in order of row and column; 0 where it is not listed.
fn get(cells: &[(At, f64)], (x, y): At) -> f64 {
    let found = cells.binary_search_by_key(&(y, x), |((x, y), _)| (*y, *x));
    found.map_or(0.0, |index| cells[index].1)
}
