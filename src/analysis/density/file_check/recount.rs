//! The tracker's rules applied to the rows: see [`super`].

use super::super::events::end_of;
use crate::analysis::deaths::team_at;
use crate::analysis::file_heatmaps::CELL_U;
use crate::model::format::engagement::EngagementRow;
use crate::model::{Round, Team};
use std::collections::BTreeMap;

/// Counts with what edges leave open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub(super) as_written: i64,
    pub(super) least: i64,
    pub(super) most: i64,
}

pub(super) type Cells = BTreeMap<(i64, i64), Counted>;

/// The tracker's counts from the rows.
#[derive(Default)]
pub(super) struct Recount {
    pub(super) traversal: Cells,
    pub(super) combat: Cells,
    pub(super) escape: Cells,
    pub(super) axis_kills: Cells,
    pub(super) allies_kills: Cells,
}

impl Recount {
    pub(super) fn of(round: &Round) -> Self {
        let mut counts = Self::default();
        let document = &round.document;
        let samples = round.samples();
        let names = samples.event_names.iter();
        let counted: Vec<bool> = names
            .map(|name| matches!(round.strings().raw(*name), b"sample" | b"revived"))
            .collect();
        let points = document.tracks.rows.iter().flat_map(|row| row.path.range());
        // A player stays in a cell for many points, so it is looked up once for all of them.
        let mut stay: Option<((i64, i64), i64)> = None;
        for index in points.filter(|index| counted[usize::from(samples.event[*index])]) {
            let place = (f64::from(samples.x[index]), f64::from(samples.y[index]));
            let ((column, x_open), (row, y_open)) = (cell_of(place.0), cell_of(place.1));
            match &mut stay {
                _ if x_open || y_open => count(&mut counts.traversal, place),
                Some((at, n)) if *at == (column, row) => *n += 1,
                _ => {
                    settle(&mut counts.traversal, stay.replace(((column, row), 1)));
                }
            }
        }
        settle(&mut counts.traversal, stay);
        for row in &document.engagements.table.rows {
            for position in document.engagements.positions_of(row) {
                if round.strings().raw(position.event) == b"hit" {
                    let place = (f64::from(position.x), f64::from(position.y));
                    count(&mut counts.combat, place);
                }
            }
            counts.add_end(round, row);
        }
        counts
    }

    fn add_end(&mut self, round: &Round, row: &EngagementRow) {
        let Some([x, y, _]) = end_of(row) else {
            return;
        };
        let place = (f64::from(x), f64::from(y));
        match round.strings().raw(row.outcome) {
            b"escaped" => count(&mut self.escape, place),
            b"killed" if !row.killer_guid.is_empty() || !row.killer_name.is_empty() => {
                let kills = match killer_team(round, row) {
                    Some(Team::Axis) => &mut self.axis_kills,
                    _ => &mut self.allies_kills,
                };
                count(kills, place);
            }
            _ => {}
        }
    }
}

/// The team that the tracker had for the killer.
fn killer_team(round: &Round, row: &EngagementRow) -> Option<Team> {
    if (row.killer_guid, row.killer_name) == (row.target_guid, row.target_name) {
        return Team::from_tag(round.text(row.target_team));
    }
    let by_life = || {
        let killer = round.players.find(row.killer_guid, row.killer_name)?;
        team_at(round, killer, row.end_time?)
    };
    // Guid-less bots share an entry among the attackers, so it does not tell whose it is.
    if row.killer_guid.is_empty() {
        return by_life();
    }
    let mut attackers = round.document.engagements.attackers_of(row).iter();
    let entry = attackers.rfind(|attacker| attacker.got_kill);
    let team = entry.and_then(|entry| Team::from_tag(round.text(entry.team)));
    team.or_else(by_life)
}

/// The cell of a coordinate, and whether it is written exactly on the lower edge.
fn cell_of(value: f64) -> (i64, bool) {
    let edge = f64::from(CELL_U);
    let index = (value / edge).floor();
    (index as i64, index * edge == value)
}

/// Counts places that are all inside one cell.
fn settle(cells: &mut Cells, stay: Option<((i64, i64), i64)>) {
    if let Some((at, n)) = stay {
        let cell = cells.entry(at).or_default();
        cell.as_written += n;
        cell.least += n;
        cell.most += n;
    }
}

/// Counts a place, and in which cells it may have been counted. Only a coordinate written exactly on an edge can have been rounded over it.
fn count(cells: &mut Cells, (x, y): (f64, f64)) {
    let ((column, x_open), (row, y_open)) = (cell_of(x), cell_of(y));
    let is_open = x_open || y_open;
    for column_at in column.saturating_sub(i64::from(x_open))..=column {
        for row_at in row.saturating_sub(i64::from(y_open))..=row {
            let cell = cells.entry((column_at, row_at)).or_default();
            cell.as_written += i64::from((column_at, row_at) == (column, row));
            cell.least += i64::from(!is_open);
            cell.most += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_an_edge_may_be_in_either_cell() {
        let mut cells = Cells::new();
        for place in [(511.9, 0.1), (512.0, 100.0), (0.0, -512.0), (1e30, -1e38)] {
            count(&mut cells, place);
        }
        let of = |at| cells.get(&at).map(|c| (c.as_written, c.least, c.most));
        assert_eq!(of((0, 0)), Some((1, 1, 2)));
        assert_eq!(of((1, 0)), Some((1, 0, 1)));
        assert_eq!(of((0, -1)), Some((1, 0, 1)));
        assert_eq!(of((-1, -1)), Some((0, 0, 1)));
        assert_eq!(of((-1, -2)), Some((0, 0, 1)));
        let written: i64 = cells.values().map(|cell| cell.as_written).sum();
        assert_eq!(written, 4);
    }
}
