//! The file's heatmaps held against its rows, on their grid of 512 u.
//!
//! For each of its five counts there are three numbers per cell: what the file says, what the tracker's own rule gives when it is applied
//! to the rows of the same file (*recount*), and what we count ([`super`]), where doubtful rows are left out. The first two should agree;
//! the third may well be less.
//!
//! The tracker's rules, the same from 4.0 to 6.11 (read from its source, and borne out by every sample at hand):
//! - *traversal*: 1 for every path point with event `sample` (not `spawn`, and not the last point, which is written apart), ghosts included;
//! - *combat*: 1 for every engagement position with event `hit`, bodies and made-up hits included;
//! - *escape*: 1 at the end of every engagement with outcome `escaped`, bodies included;
//! - *kills*: 1 at the end of every engagement with outcome `killed` that names a killer, for the Axis where the killer is of the Axis and
//!   else for the Allies: self kills and team kills included, and up to 4.1 the world, which makes its kills Allied ones.
//!
//! What cannot be told from the file:
//! - The tracker divides the position it has, and writes it rounded to 0.1 u. A place written exactly on an edge between cells may be
//!   counted on either side. Such places make [`CellCheck::least`] and [`CellCheck::most`] differ; a count between them is not a
//!   disagreement.
//! - The killer's team is the one the tracker's cache had. Where the killer is not among the attackers it is taken from his life;
//!   guid-less bots share one attacker entry, whose team is the first one's.
//! - Trackers before 4.0 wrote no tracks: traversal cannot be recounted.
//!
//! A file whose heatmap sections have no rows says nothing. Unit: counts. Source: `KILL_HEATMAP`, `MOVEMENT_HEATMAP`, `ENGAGEMENTS`,
//! `PLAYER_TRACKS`. O(samples + rows · log rows).

mod recount;

use super::grid::At;
use super::walk::{Asked, Left, Sink, Source, Taken, walk};
use super::{Filter, Kind, Params};
use crate::analysis::file_heatmaps::{CELL_U, KillCell, MovementCell, file_heatmaps};
use crate::model::{PlayerId, Team};
use recount::{Cells, Recount};
use serde::Serialize;
use std::collections::BTreeMap;

/// One cell of one count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CellCheck {
    /// Column.
    pub grid_x: i64,
    /// Row.
    pub grid_y: i64,
    /// By the file.
    pub file: i64,
    /// By the tracker's rule from the rows, places taken as written.
    pub recount: i64,
    /// The same without the places on an edge of this cell.
    pub least: i64,
    /// The same with all places that may belong to it.
    pub most: i64,
    /// By us.
    pub ours: i64,
}

impl CellCheck {
    /// Whether file and rows agree to the number.
    pub fn agrees(&self) -> bool {
        self.file == self.recount
    }

    /// Whether they agree as far as rounded places can tell.
    pub fn may_agree(&self) -> bool {
        self.agrees() || (self.least <= self.file && self.file <= self.most)
    }
}

/// One count of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CountCheck {
    /// Sum over all cells by the file.
    pub file: i64,
    /// By the tracker's rule from the rows.
    pub recount: i64,
    /// By us.
    pub ours: i64,
    /// Cells in which file and rows agree to the number.
    pub agreeing: u32,
    /// Cells in which they differ by no more than rounded places explain.
    pub on_the_edge: u32,
    /// All other cells.
    pub disagreeing: u32,
    /// Every cell with any of the three, in order of column and row.
    pub cells: Vec<CellCheck>,
}

impl CountCheck {
    /// The cells in which file and rows do not agree to the number, in order.
    pub fn differing(&self) -> impl Iterator<Item = &CellCheck> {
        self.cells.iter().filter(|cell| !cell.agrees())
    }
}

/// Why a count cannot be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unchecked {
    /// The file has no heatmap rows.
    NoHeatmap,
    /// The file has no path points to count.
    NoSamples,
}

/// All five counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileCheck {
    /// Path points.
    pub traversal: Result<CountCheck, Unchecked>,
    /// Hits.
    pub combat: Result<CountCheck, Unchecked>,
    /// Escapes.
    pub escape: Result<CountCheck, Unchecked>,
    /// Kills by the Axis.
    pub axis_kills: Result<CountCheck, Unchecked>,
    /// Kills by the Allies.
    pub allies_kills: Result<CountCheck, Unchecked>,
}

impl FileCheck {
    /// The counts with their names.
    pub fn counts(&self) -> [(&'static str, &Result<CountCheck, Unchecked>); 5] {
        [
            ("traversal", &self.traversal),
            ("combat", &self.combat),
            ("escape", &self.escape),
            ("axis_kills", &self.axis_kills),
            ("allies_kills", &self.allies_kills),
        ]
    }
}

/// The file's heatmaps held against the rows of the same file.
pub fn file_check(source: &Source<'_>) -> FileCheck {
    let round = source.round;
    let file = file_heatmaps([round]);
    let moved = !file.movement.is_empty();
    // The kill heatmap comes first, so where there is movement an empty one means that nobody was killed.
    let killed = moved || !file.kills.is_empty();
    let recount = Recount::of(round);
    let ours = |kind, team| {
        let filter = Filter {
            team,
            ..Filter::default()
        };
        our_cells(source, kind, &filter)
    };
    let movement = |of: fn(&MovementCell) -> i64| {
        let cells = file.movement.iter();
        cells.map(move |cell| ((cell.grid_x, cell.grid_y), of(cell)))
    };
    let kills = |of: fn(&KillCell) -> i64| {
        let cells = file.kills.iter();
        cells.map(move |cell| ((cell.grid_x, cell.grid_y), of(cell)))
    };
    let if_any = |any: bool| any.then_some(()).ok_or(Unchecked::NoHeatmap);
    let has_samples = !round.samples().is_empty();
    FileCheck {
        traversal: if_any(moved)
            .and_then(|()| has_samples.then_some(()).ok_or(Unchecked::NoSamples))
            .map(|()| {
                let ours = ours(Kind::Movement, None);
                check(movement(|c| c.traversal), &recount.traversal, &ours)
            }),
        combat: if_any(moved).map(|()| {
            let ours = ours(Kind::Combat, None);
            check(movement(|c| c.combat), &recount.combat, &ours)
        }),
        escape: if_any(moved).map(|()| {
            let ours = ours(Kind::Escapes, None);
            check(movement(|c| c.escape), &recount.escape, &ours)
        }),
        axis_kills: if_any(killed).map(|()| {
            let ours = ours(Kind::KillsByVictim, Some(Team::Axis));
            check(kills(|c| c.axis_kills), &recount.axis_kills, &ours)
        }),
        allies_kills: if_any(killed).map(|()| {
            let ours = ours(Kind::KillsByVictim, Some(Team::Allies));
            check(kills(|c| c.allies_kills), &recount.allies_kills, &ours)
        }),
    }
}

/// Our count on the file's grid, as numbers of samples and events.
fn our_cells(source: &Source<'_>, kind: Kind, filter: &Filter) -> BTreeMap<(i64, i64), i64> {
    let params = Params {
        size_u: CELL_U,
        ..Params::default()
    };
    let asked = Asked {
        kind,
        filter,
        params: &params,
    };
    let mut counter = Counter::default();
    walk(source, asked, &mut counter);
    counter.settle();
    counter.cells
}

/// Counts samples and events.
#[derive(Default)]
struct Counter {
    cells: BTreeMap<(i64, i64), i64>,
    /// The cell counted in last, and how often: players stay in one for many samples.
    stay: (At, i64),
}

impl Counter {
    fn settle(&mut self) {
        let ((x, y), n) = std::mem::take(&mut self.stay);
        if n > 0 {
            *self.cells.entry((i64::from(x), i64::from(y))).or_default() += n;
        }
    }
}

impl Sink for Counter {
    fn begin_round(&mut self) {}

    fn begin_life(&mut self, _: Option<u32>, _: Option<PlayerId>) {}

    fn take(&mut self, at: At, _: Taken) {
        if self.stay.0 != at {
            self.settle();
            self.stay.0 = at;
        }
        self.stay.1 += 1;
    }

    fn leave(&mut self, _: Left, _: u64) {}
}

fn check(
    file: impl Iterator<Item = ((i64, i64), i64)>,
    recount: &Cells,
    ours: &BTreeMap<(i64, i64), i64>,
) -> CountCheck {
    let mut cells: BTreeMap<(i64, i64), CellCheck> = BTreeMap::new();
    for (at, file) in file {
        cells.entry(at).or_default().file = file;
    }
    for (at, counted) in recount {
        let cell = cells.entry(*at).or_default();
        (cell.recount, cell.least, cell.most) = (counted.as_written, counted.least, counted.most);
    }
    for (at, ours) in ours {
        cells.entry(*at).or_default().ours = *ours;
    }
    let mut check = CountCheck::default();
    for ((grid_x, grid_y), cell) in cells {
        let cell = CellCheck {
            grid_x,
            grid_y,
            ..cell
        };
        if (cell.file, cell.recount, cell.ours) == (0, 0, 0) {
            continue;
        }
        check.file = check.file.saturating_add(cell.file);
        check.recount += cell.recount;
        check.ours += cell.ours;
        let kind = if cell.agrees() {
            &mut check.agreeing
        } else if cell.may_agree() {
            &mut check.on_the_edge
        } else {
            &mut check.disagreeing
        };
        *kind += 1;
        check.cells.push(cell);
    }
    check
}
