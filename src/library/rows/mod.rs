//! The rows of a round, written in the order of their ids.

mod derived;

use super::prepare::Prepared;
use super::schema::{PLAIN_TABLES, ROW_BITS};
use super::words::Words;
use super::{lists, positions};
use crate::format::engagement::EngagementRow;
use crate::format::sections::PLAIN;
use crate::format::{Cell, Sym, TrackRow};
use rusqlite::types::Null;
use rusqlite::{CachedStatement, Connection, Result, ToSql};

/// Writes the rows of one round.
pub(super) struct Writer<'a> {
    conn: &'a Connection,
    words: &'a mut Words,
    /// Number of each string of the round.
    numbers: &'a [i64],
    prepared: &'a Prepared,
    first_row: i64,
}

/// One row on its way into a table: columns are bound from the left.
struct Line<'s, 'c> {
    statement: &'s mut CachedStatement<'c>,
    column: usize,
}

impl Line<'_, '_> {
    fn put(&mut self, value: impl ToSql) -> Result<&mut Self> {
        self.column += 1;
        self.statement.raw_bind_parameter(self.column, value)?;
        Ok(self)
    }

    fn end(&mut self) -> Result<()> {
        self.column = 0;
        self.statement.raw_execute().map(|_| ())
    }
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        conn: &'a Connection,
        words: &'a mut Words,
        numbers: &'a [i64],
        prepared: &'a Prepared,
        round: i64,
    ) -> Self {
        Self {
            conn,
            words,
            numbers,
            prepared,
            first_row: round << ROW_BITS,
        }
    }

    /// Writes everything.
    pub(super) fn write(mut self) -> Result<()> {
        self.engagements()?;
        self.tracks()?;
        self.plain_sections()?;
        self.trades()?;
        self.support()?;
        self.teamplay()?;
        self.pairs()?;
        self.players()
    }

    fn number(&self, sym: Sym) -> i64 {
        self.numbers[sym.index()]
    }

    /// The number of a text, or NULL for none.
    fn number_or_null(&self, sym: Sym) -> Option<i64> {
        (!sym.is_empty()).then(|| self.number(sym))
    }

    fn word(&mut self, text: &str) -> Result<i64> {
        self.words.number(self.conn, text)
    }

    fn insert(&self, table: &str, columns: usize) -> Result<CachedStatement<'a>> {
        let mut sql = format!("INSERT INTO {table} VALUES (?1");
        for column in 2..=columns {
            sql.push_str(",?");
            sql.push_str(&column.to_string());
        }
        sql.push(')');
        self.conn.prepare_cached(&sql)
    }

    fn plain_sections(&self) -> Result<()> {
        let tables = &self.prepared.round.document.tables;
        for section in PLAIN {
            let rows = (section.rows)(tables);
            let Some((_, table)) = PLAIN_TABLES.iter().find(|(name, _)| *name == section.name)
            else {
                continue;
            };
            if rows == 0 {
                continue;
            }
            let mut statement = self.insert(table, section.columns.len() + 1)?;
            let mut line = Line {
                statement: &mut statement,
                column: 0,
            };
            for row in 0..rows {
                line.put(self.first_row + row as i64)?;
                for cell in (section.cells)(tables, row) {
                    self.put_cell(&mut line, cell)?;
                }
                line.end()?;
            }
        }
        Ok(())
    }

    fn put_cell(&self, line: &mut Line<'_, '_>, cell: Cell) -> Result<()> {
        match cell {
            Cell::Empty => line.put(Null)?,
            Cell::Text(sym) => line.put(self.number(sym))?,
            Cell::Int(value) => line.put(value)?,
            // NaN is stored as NULL: the file has no number there.
            Cell::Real(value, _) => line.put(value)?,
            Cell::Flag(value) => line.put(value)?,
        };
        Ok(())
    }

    fn engagements(&self) -> Result<()> {
        let mut statement = self.insert("combat_engagement_row", 25)?;
        let mut line = Line {
            statement: &mut statement,
            column: 0,
        };
        for (nth, row) in self
            .prepared
            .round
            .document
            .engagements
            .table
            .rows
            .iter()
            .enumerate()
        {
            self.engagement(&mut line, nth, row)?;
        }
        Ok(())
    }

    fn engagement(&self, line: &mut Line<'_, '_>, nth: usize, row: &EngagementRow) -> Result<()> {
        let document = &self.prepared.round.document;
        let all = &document.engagements;
        line.put(self.first_row + nth as i64)?
            .put(row.id)?
            .put(row.start_time)?
            .put(row.end_time)?
            .put(row.duration)?;
        for sym in [
            row.target_guid,
            row.target_name,
            row.target_team,
            row.outcome,
        ] {
            line.put(self.number(sym))?;
        }
        line.put(row.total_damage)?;
        line.put(self.number_or_null(row.killer_guid))?
            .put(self.number_or_null(row.killer_name))?;
        line.put(positions::encode(all.positions_of(row), &document.strings))?;
        let places = [
            row.start_x,
            row.start_y,
            row.start_z,
            row.end_x,
            row.end_y,
            row.end_z,
        ];
        for place in places {
            line.put(place.0)?;
        }
        line.put(row.distance_traveled.0)?
            .put(lists::attackers(document, row))?
            .put(row.num_attackers)?;
        line.put(row.is_crossfire)?
            .put(row.crossfire_delay)?
            .put(lists::participants(document, row))?
            .end()
    }

    fn tracks(&self) -> Result<()> {
        let mut statement = self.insert("player_track_row", 22)?;
        let mut line = Line {
            statement: &mut statement,
            column: 0,
        };
        for (nth, row) in self.prepared.round.document.tracks.rows.iter().enumerate() {
            self.track(&mut line, nth, row)?;
        }
        Ok(())
    }

    fn track(&self, line: &mut Line<'_, '_>, nth: usize, row: &TrackRow) -> Result<()> {
        line.put(self.first_row + nth as i64)?;
        for sym in [row.guid, row.name, row.team, row.class] {
            line.put(self.number(sym))?;
        }
        let values = self.prepared.derived.lives[nth].as_ref();
        let death = row.death_time.filter(|time| *time != 0);
        // Upstream has 0 for a duration that is not known.
        let duration = values
            .filter(|_| death.is_some() && row.spawn_time != 0)
            .map(|values| values.duration_ms);
        line.put(row.spawn_time)?
            .put(death)?
            .put(duration)?
            .put(row.first_move_time)?;
        line.put(values.and_then(|values| values.time_to_first_move_ms))?;
        line.put(row.death_type.map(|tag| self.number(tag)))?;
        line.put(row.path.len)?.put(self.prepared.path(nth))?;
        let values = values.map(|v| {
            let seconds = [
                v.stance_standing_sec,
                v.stance_crouching_sec,
                v.stance_prone_sec,
                v.sprint_sec,
            ];
            let way = [
                v.total_distance,
                v.avg_speed,
                v.sprint_percentage,
                v.peak_speed,
            ];
            (way, seconds, v.post_spawn_distance)
        });
        for nth in 0..4 {
            line.put(values.map(|(way, ..)| way[nth]))?;
        }
        for nth in 0..4 {
            line.put(values.map(|(_, seconds, _)| seconds[nth]))?;
        }
        line.put(values.map(|(.., post_spawn)| post_spawn))?.end()
    }
}
