//! The file's heatmaps against a plain count of the rows they were made from, on the tracker's own grid.

use super::Check;
use super::book::{Book, Finding};
use super::rules::RuleId;
use crate::analysis::file_heatmaps::CELL_U;
use rustc_hash::FxHashMap;

type Cell = (i64, i64);

/// Per cell what the rows say, and how many of their places lie so near to an edge that they may count for either side.
#[derive(Default)]
struct Counts {
    edge_u: f32,
    cells: FxHashMap<Cell, [i64; 2]>,
    /// The cell counted in last; players stay in one for many samples.
    run: Option<(Cell, i64)>,
}

impl Counts {
    fn add(&mut self, x: f32, y: f32) {
        let [column, row] = [x, y].map(|axis| (axis / CELL_U).floor() as i64);
        match &mut self.run {
            Some((cell, count)) if *cell == (column, row) => *count += 1,
            _ => {
                self.flush();
                self.run = Some(((column, row), 1));
            }
        }
        let near = |axis: f32, cell: i64| {
            let inside = axis - cell as f32 * CELL_U;
            if inside < self.edge_u {
                Some(cell.saturating_sub(1))
            } else {
                (CELL_U - inside < self.edge_u).then(|| cell.saturating_add(1))
            }
        };
        let (beside, below) = (near(x, column), near(y, row));
        if beside.is_some() || below.is_some() {
            for column in std::iter::once(column).chain(beside) {
                for row in std::iter::once(row).chain(below) {
                    self.cells.entry((column, row)).or_default()[1] += 1;
                }
            }
        }
    }

    fn flush(&mut self) {
        if let Some((cell, count)) = self.run.take() {
            self.cells.entry(cell).or_default()[0] += count;
        }
    }
}

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    movement(check, book);
    kills(check, book);
}

fn movement(check: &Check<'_>, book: &mut Book) {
    let table = &check.round.document.tables.movement_heatmap;
    let samples = check.round.samples();
    if table.rows.is_empty() || samples.is_empty() {
        return;
    }
    let mut counts = Counts {
        edge_u: check.params.heat_edge_u,
        ..Counts::default()
    };
    for index in (0..samples.len()).filter(|index| samples.is_plain(*index)) {
        counts.add(samples.x[index], samples.y[index]);
    }
    let rows = table.rows.iter().zip(&table.lines);
    let file = rows.map(|(row, line)| ((row.grid_x, row.grid_y), row.traversal, *line));
    compare(
        book,
        RuleId::MovementHeatmap,
        file.collect(),
        counts,
        "traversals",
        "samples",
    );
}

fn kills(check: &Check<'_>, book: &mut Book) {
    let table = &check.round.document.tables.kill_heatmap;
    let engagements = &check.round.document.engagements.table.rows;
    if table.rows.is_empty() || engagements.is_empty() {
        return;
    }
    let mut counts = Counts {
        edge_u: check.params.heat_edge_u,
        ..Counts::default()
    };
    for row in engagements {
        let is_kill = matches!(
            check.round.text(row.outcome),
            "killed" | "teamkill" | "selfkill" | "fallen" | "world"
        );
        let has_killer = !(row.killer_guid.is_empty() && row.killer_name.is_empty());
        if let (true, Some(x), Some(y)) = (is_kill && has_killer, row.end_x.get(), row.end_y.get())
        {
            counts.add(x as f32, y as f32);
        }
    }
    let rows = table.rows.iter().zip(&table.lines);
    let file = rows.map(|(row, line)| {
        let kills = row.axis_kills.saturating_add(row.allies_kills);
        ((row.grid_x, row.grid_y), kills, *line)
    });
    compare(
        book,
        RuleId::KillHeatmap,
        file.collect(),
        counts,
        "kills",
        "deaths by somebody",
    );
}

/// `file` holds cell, count and line of each row; cells that stand twice are added.
fn compare(
    book: &mut Book,
    rule: RuleId,
    file: Vec<(Cell, i64, u32)>,
    mut counts: Counts,
    theirs: &str,
    ours: &str,
) {
    counts.flush();
    let mut cells: FxHashMap<Cell, (i64, Vec<u32>)> = FxHashMap::default();
    for (cell, count, line) in file {
        let known = cells.entry(cell).or_default();
        known.0 = known.0.saturating_add(count);
        known.1.push(line);
    }
    for cell in counts.cells.keys() {
        cells.entry(*cell).or_default();
    }
    let mut cells: Vec<_> = cells.into_iter().collect();
    cells.sort_unstable();
    book.checked(rule, cells.len());
    for ((column, row), (says, lines)) in cells {
        let [there, on_edge] = counts
            .cells
            .get(&(column, row))
            .copied()
            .unwrap_or_default();
        let off = says.abs_diff(there);
        if off <= on_edge.unsigned_abs() {
            continue;
        }
        book.found(rule, off as f64, || {
            let middle = [column, row].map(|cell| (cell as f32 + 0.5) * CELL_U);
            Finding::new(format!(
                "cell {column}, {row}: {says} {theirs} in the file, {there} {ours} in it"
            ))
            .lines(lines)
            .place([middle[0], middle[1], 0.0])
        });
    }
}
