//! Where things happen: sums on a grid over any set of rounds of one map.
//!
//! A [`Grid`] divides the world into square cells of 16 to 512 u, cell (x, y) covering `size·x .. size·(x+1)` and the same for y, and adds
//! up weights: milliseconds for movement, 1 per event for kills and deaths. Only cells with something in them are kept, so that a set of
//! maps of any extent costs what it holds. [`Grid::add`] merges sets, [`Grid::blurred`] spreads each cell over its neighbours without
//! gaining or losing anything, [`difference`] compares two sets cell by cell.
//!
//! Source: `PLAYER_TRACKS`, deaths of [`super::deaths`]. Unit ms, events. Known weakness: what a player does after a revive has no samples
//! (trackers up to 6.11); movement is booked where a step begins, so cells smaller than a step show dots.
//! O(samples + events) to fill, O(cells · radius) to blur.

use super::deaths::{Death, DeathKind};
use super::flags::RowFlags;
use super::support::held_ms;
use crate::model::{PlayerId, Round, Team};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Time of the living, ms, where they are.
    Movement,
    /// Kills of enemies, where the killer stood.
    KillsByKiller,
    /// Kills of enemies, where the victim died; of the killer's team.
    KillsByVictim,
    /// Deaths of any kind, where they happened.
    Deaths,
}

/// Which of it; `None` everywhere takes all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Filter {
    /// Only of this team.
    pub team: Option<Team>,
    /// Only of this player.
    pub player: Option<PlayerId>,
    /// Only in `from..to`, ms.
    pub time_ms: Option<(i64, i64)>,
    /// Only at a height in `from..to`, u.
    pub height_u: Option<(f32, f32)>,
}

impl Filter {
    fn takes(&self, player: Option<PlayerId>, team: Option<Team>, t_ms: i64, z: f32) -> bool {
        let inside =
            |range: Option<(i64, i64)>| range.is_none_or(|(from, to)| from <= t_ms && t_ms < to);
        self.team.is_none_or(|wanted| team == Some(wanted))
            && self.player.is_none_or(|wanted| player == Some(wanted))
            && inside(self.time_ms)
            && self.height_u.is_none_or(|(from, to)| from <= z && z < to)
    }
}

/// One cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// Sum of weights: ms or events.
    pub sum: f64,
    /// Samples or events behind it.
    pub n: u32,
}

/// Sums per cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    size_u: f32,
    cells: FxHashMap<(i32, i32), Cell>,
}

impl Grid {
    /// An empty grid. The edge of a cell is kept between 16 and 512 u.
    pub fn new(size_u: f32) -> Self {
        let size_u = if size_u.is_finite() {
            size_u.clamp(16.0, 512.0)
        } else {
            64.0
        };
        Self {
            size_u,
            cells: FxHashMap::default(),
        }
    }

    /// Edge of a cell, u.
    pub fn size_u(&self) -> f32 {
        self.size_u
    }

    /// The cell that covers a place.
    pub fn cell_of(&self, x: f32, y: f32) -> (i32, i32) {
        (
            (x / self.size_u).floor() as i32,
            (y / self.size_u).floor() as i32,
        )
    }

    /// What is in a cell.
    pub fn get(&self, cell: (i32, i32)) -> Cell {
        self.cells.get(&cell).copied().unwrap_or_default()
    }

    /// All cells that hold something, in order of row and column.
    pub fn cells(&self) -> Vec<((i32, i32), Cell)> {
        let mut all: Vec<_> = self.cells.iter().map(|(at, cell)| (*at, *cell)).collect();
        all.sort_by_key(|((x, y), _)| (*y, *x));
        all
    }

    /// Sum over all cells, added up in a fixed order.
    pub fn total(&self) -> f64 {
        self.cells().iter().map(|(_, cell)| cell.sum).sum()
    }

    fn count(&mut self, x: f32, y: f32, weight: f64) {
        let cell = self.cells.entry(self.cell_of(x, y)).or_default();
        cell.sum += weight;
        cell.n += 1;
    }

    /// Counts a round in. `deaths` and `flags` are the round's.
    pub fn take(
        &mut self,
        round: &Round,
        deaths: &[Death],
        flags: &RowFlags,
        kind: Kind,
        filter: &Filter,
    ) {
        match kind {
            Kind::Movement => self.take_movement(round, flags, filter),
            Kind::KillsByKiller | Kind::KillsByVictim => {
                for death in deaths.iter().filter(|death| death.kind == DeathKind::Enemy) {
                    let by_killer = kind == Kind::KillsByKiller;
                    let place = if by_killer {
                        death.killer_pos
                    } else {
                        death.victim_pos
                    };
                    self.take_event(place, death.killer, death.killer_team, death.t_ms, filter);
                }
            }
            Kind::Deaths => {
                for death in deaths {
                    let (victim, team) = (Some(death.victim), death.victim_team);
                    self.take_event(death.victim_pos, victim, team, death.t_ms, filter);
                }
            }
        }
    }

    fn take_event(
        &mut self,
        place: Option<[f32; 3]>,
        player: Option<PlayerId>,
        team: Option<Team>,
        t_ms: i64,
        filter: &Filter,
    ) {
        if let Some([x, y, _]) = place.filter(|[.., z]| filter.takes(player, team, t_ms, *z)) {
            self.count(x, y, 1.0);
        }
    }

    fn take_movement(&mut self, round: &Round, flags: &RowFlags, filter: &Filter) {
        let samples = round.samples();
        for life in round.lives() {
            let is_other = filter.player.is_some_and(|wanted| wanted != life.player);
            if is_other || filter.team.is_some_and(|wanted| life.team != Some(wanted)) {
                continue;
            }
            for (nth, index) in life.sample_indices().enumerate() {
                let (t_ms, z) = (i64::from(samples.time_ms[index]), samples.z[index]);
                if !filter.takes(Some(life.player), life.team, t_ms, z) {
                    continue;
                }
                let held = held_ms(round, flags, life, nth);
                if held > 0 {
                    self.count(samples.x[index], samples.y[index], held as f64);
                }
            }
        }
    }

    /// Adds another grid; nothing happens when its cells are of another size.
    pub fn add(&mut self, other: &Self) {
        if self.size_u != other.size_u {
            return;
        }
        for (at, more) in other.cells() {
            let cell = self.cells.entry(at).or_default();
            cell.sum += more.sum;
            cell.n += more.n;
        }
    }

    /// The sums spread by a Gaussian bell of `sigma_u` (cut off at three times that, its weights adding up to 1), first along x, then along
    /// y. The total stays what it is; `n` stays with its cell.
    #[must_use]
    pub fn blurred(&self, sigma_u: f32) -> Self {
        let sigma = f64::from(sigma_u / self.size_u);
        if !sigma.is_finite() || sigma <= 0.0 {
            return self.clone();
        }
        let reach = (3.0 * sigma).ceil().min(64.0) as i32;
        let bell = |step: i32| (-0.5 * (f64::from(step) / sigma).powi(2)).exp();
        let sum: f64 = (-reach..=reach).map(bell).sum();
        let kernel: Vec<(i32, f64)> = (-reach..=reach)
            .map(|step| (step, bell(step) / sum))
            .collect();
        let spread = |grid: &Self, along_x: bool| {
            let mut out = Self::new(grid.size_u);
            for ((x, y), cell) in grid.cells() {
                for (step, share) in &kernel {
                    let at = if along_x {
                        (x.saturating_add(*step), y)
                    } else {
                        (x, y.saturating_add(*step))
                    };
                    out.cells.entry(at).or_default().sum += cell.sum * share;
                }
            }
            out
        };
        let mut out = spread(&spread(self, true), false);
        for (at, cell) in &self.cells {
            out.cells.entry(*at).or_default().n = cell.n;
        }
        out
    }
}

/// One cell of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Differing {
    /// Column and row.
    pub at: (i32, i32),
    /// Share of the first set's total less share of the second's, -1 to 1.
    pub share: f64,
    /// What is behind it in the first set.
    pub n_first: u32,
    /// What is behind it in the second set.
    pub n_second: u32,
}

/// Cells in which two sets differ, each as a share of its own total, so that sets of different size can be compared. Cells with fewer than
/// `fewest` samples or events in both together are left out. Empty when the sizes of the cells differ.
pub fn difference(first: &Grid, second: &Grid, fewest: u32) -> Vec<Differing> {
    if first.size_u != second.size_u {
        return Vec::new();
    }
    let share = |sum: f64, total: f64| if total > 0.0 { sum / total } else { 0.0 };
    let totals = (first.total(), second.total());
    let mut both = first.clone();
    both.add(second);
    let compare = |(at, _): ((i32, i32), Cell)| {
        let (one, other) = (first.get(at), second.get(at));
        Differing {
            at,
            share: share(one.sum, totals.0) - share(other.sum, totals.1),
            n_first: one.n,
            n_second: other.n,
        }
    };
    let all = both
        .cells()
        .into_iter()
        .filter(|(_, cell)| cell.n >= fewest);
    all.map(compare).filter(|cell| cell.share != 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(places: &[(f32, f32)]) -> Grid {
        let mut grid = Grid::new(64.0);
        for (x, y) in places {
            grid.count(*x, *y, 10.0);
        }
        grid
    }

    #[test]
    fn cells_are_half_open_also_below_zero() {
        let grid = Grid::new(64.0);
        assert_eq!(grid.cell_of(0.0, -0.1), (0, -1));
        assert_eq!(grid.cell_of(64.0, 63.9), (1, 0));
        assert_eq!(Grid::new(1.0).size_u(), 16.0);
        assert_eq!(Grid::new(f32::NAN).size_u(), 64.0);
    }

    #[test]
    fn a_blur_loses_nothing() {
        let grid = grid(&[(0.0, 0.0), (500.0, -900.0), (70.0, 0.0)]);
        let blurred = grid.blurred(100.0);
        assert!((blurred.total() - 30.0).abs() < 1e-9, "{}", blurred.total());
        assert!(blurred.get((0, 0)).sum < 10.0 && blurred.get((2, 1)).sum > 0.0);
        assert_eq!(grid.blurred(0.0), grid);
    }

    #[test]
    fn a_set_does_not_differ_from_itself_or_from_itself_twice() {
        let one = grid(&[(0.0, 0.0), (500.0, -900.0)]);
        assert_eq!(difference(&one, &one, 1), []);
        let mut twice = one.clone();
        twice.add(&one);
        assert_eq!(difference(&twice, &one, 1), []);
        let other = grid(&[(0.0, 0.0), (0.0, 0.0)]);
        let found = difference(&one, &other, 1);
        assert_eq!(
            found
                .iter()
                .map(|cell| (cell.at, cell.share))
                .collect::<Vec<_>>(),
            [((7, -15), 0.5), ((0, 0), -0.5)]
        );
        assert_eq!(difference(&one, &other, 2).len(), 1, "one event is too few");
        assert_eq!(difference(&one, &Grid::new(32.0), 1), []);
    }
}
