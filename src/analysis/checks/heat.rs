//! The file's heatmaps against its rows, as [`file_check`](crate::analysis::density::file_check) recounts them.

use super::Check;
use super::book::{Book, Finding};
use super::rules::RuleId;
use crate::analysis::density::file_check::{CellCheck, FileCheck};
use crate::analysis::file_heatmaps::CELL_U;
use std::collections::BTreeMap;

type Cells = BTreeMap<(i64, i64), CellCheck>;

pub(super) fn check(check: &Check<'_>, heatmaps: &FileCheck, book: &mut Book) {
    let tables = &check.round.document.tables;
    if let Ok(traversal) = &heatmaps.traversal {
        let table = &tables.movement_heatmap;
        let rows = table.rows.iter().map(|row| (row.grid_x, row.grid_y));
        compare(
            book,
            RuleId::MovementHeatmap,
            &cells([&traversal.cells]),
            rows.zip(table.lines.iter().copied()),
            "traversals",
            "samples",
        );
    }
    // Without engagements there is nothing to hold kills against.
    let engagements = &check.round.document.engagements.table.rows;
    let kills = (&heatmaps.axis_kills, &heatmaps.allies_kills);
    if let (Ok(axis), Ok(allies), false) = (kills.0, kills.1, engagements.is_empty()) {
        let table = &tables.kill_heatmap;
        let rows = table.rows.iter().map(|row| (row.grid_x, row.grid_y));
        compare(
            book,
            RuleId::KillHeatmap,
            &cells([&axis.cells, &allies.cells]),
            rows.zip(table.lines.iter().copied()),
            "kills",
            "deaths by somebody",
        );
    }
}

/// Several counts as one: whose kill it was is the tracker's guess, that it was one is not.
fn cells<const N: usize>(counts: [&Vec<CellCheck>; N]) -> Cells {
    let mut all = Cells::new();
    for cell in counts.into_iter().flatten() {
        let sum = all.entry((cell.grid_x, cell.grid_y)).or_default();
        sum.file = sum.file.saturating_add(cell.file);
        sum.recount += cell.recount;
        sum.least += cell.least;
        sum.most += cell.most;
    }
    all
}

fn compare(
    book: &mut Book,
    rule: RuleId,
    cells: &Cells,
    rows: impl Iterator<Item = ((i64, i64), u32)>,
    theirs: &str,
    ours: &str,
) {
    let mut lines: BTreeMap<(i64, i64), Vec<u32>> = BTreeMap::new();
    for (at, line) in rows {
        lines.entry(at).or_default().push(line);
    }
    book.checked(rule, cells.len());
    for ((column, row), cell) in cells {
        if cell.may_agree() {
            continue;
        }
        book.found(rule, cell.file.abs_diff(cell.recount) as f64, || {
            let middle = [column, row].map(|cell| (*cell as f32 + 0.5) * CELL_U);
            Finding::new(format!(
                "cell {column}, {row}: {} {theirs} in the file, {} {ours} in it",
                cell.file, cell.recount
            ))
            .lines(lines.remove(&(*column, *row)).unwrap_or_default())
            .place([middle[0], middle[1], 0.0])
        });
    }
}
