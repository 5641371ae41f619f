//! The rows of all sections.

use super::columns::{Packer, Unpacker};
use super::{Samples, Strings, Sym};
use crate::format::columnar::{ColumnSink, ColumnSource, Columnar};
use crate::format::sections::{PLAIN, TableSink, TableSource};
use crate::format::{Document, Engagements, Row, Span, Table, Tables, TrackRow};
use crate::library::pack::Damaged;
use crate::library::pack::bytes::{Cursor, put_text, put_varint};

pub(super) fn put(document: &Document, out: &mut Vec<u8>) {
    let mut packer = Packer::new(out);
    put_engagements(&document.engagements, &mut packer);
    put_table(&document.tracks, &mut packer);
    put_pool(
        &document.samples.event_names,
        &mut packer,
        |names, packer| {
            packer.column(names, |name| *name);
        },
    );
    let sections = PLAIN.iter();
    let with_rows = sections.filter(|section| (section.rows)(&document.tables) > 0);
    put_varint(with_rows.count() as u64, packer.out);
    document.tables.show(&mut packer);
}

fn put_engagements(all: &Engagements, packer: &mut Packer<'_>) {
    put_table(&all.table, packer);
    put_pool(&all.positions, packer, |rows, to| Columnar::show(rows, to));
    put_pool(&all.attackers, packer, |rows, to| Columnar::show(rows, to));
    put_pool(&all.weapons, packer, |rows, to| {
        to.column(rows, |row| row.0);
        to.column(rows, |row| row.1);
    });
    put_pool(&all.participants, packer, |rows, to| {
        to.column(rows, |row| *row);
    });
}

/// Rows whose columns stand together. Columns of so many are still in the processor's cache when the next column comes.
const GROUP: usize = 1024;

fn put_pool<R>(rows: &[R], packer: &mut Packer<'_>, columns: impl Fn(&[R], &mut Packer<'_>)) {
    put_varint(rows.len() as u64, packer.out);
    for group in rows.chunks(GROUP) {
        columns(group, packer);
    }
}

fn put_table<R: Columnar>(table: &Table<R>, packer: &mut Packer<'_>) {
    put_pool(&table.rows, packer, |rows, packer| R::show(rows, packer));
    if !table.rows.is_empty() {
        packer.lane(table.lines.iter().map(|line| i64::from(*line)));
        put_varint(table.lenient.len() as u64, packer.out);
        packer.lane(table.lenient.iter().map(|row| i64::from(*row)));
    }
}

impl TableSink for Packer<'_> {
    fn table<R: Row + Columnar>(&mut self, table: &Table<R>) {
        if !table.rows.is_empty() {
            put_text(R::SECTION.as_bytes(), self.out);
            put_varint(R::COUNT as u64, self.out);
            put_table(table, self);
        }
    }
}

/// What is read of the tables.
pub(super) struct Unpacked {
    pub(super) engagements: Engagements,
    pub(super) tracks: Table<TrackRow>,
    pub(super) event_names: Vec<Sym>,
    pub(super) plain: Tables,
}

pub(super) fn read(cursor: &mut Cursor<'_>, strings: &Strings) -> Result<Unpacked, Damaged> {
    let mut from = Unpacker::new(cursor, strings.len());
    let engagements = read_engagements(&mut from)?;
    let mut tracks: Table<TrackRow> = read_table(&mut from)?;
    chain(&mut tracks.rows, |life| &mut life.path)?;
    let event_names = read_pool(&mut from, 1, |rows, from| from.column(rows, |row| row))?;
    let has_sample = event_names.first().map(|name| strings.raw(*name)) == Some(b"sample");
    if !has_sample || event_names.len() > Samples::MOST_EVENTS {
        return Err(Damaged("its names of sample events are wrong"));
    }
    let sections = from.cursor.count(1)?;
    let mut source = Plain {
        next: None,
        sections,
        from,
    };
    source.next_name()?;
    let mut plain = Tables::default();
    plain.fill(&mut source)?;
    if source.next.is_some() {
        return Err(Damaged("it has a section that is not known"));
    }
    Ok(Unpacked {
        engagements,
        tracks,
        event_names,
        plain,
    })
}

fn read_engagements(from: &mut Unpacker<'_, '_>) -> Result<Engagements, Damaged> {
    let mut all = Engagements {
        table: read_table(from)?,
        positions: read_rows(from)?,
        attackers: read_rows(from)?,
        weapons: read_pool(from, 2, |rows, from| {
            from.column(rows, |row: &mut (i64, i64)| &mut row.0)?;
            from.column(rows, |row| &mut row.1)
        })?,
        participants: read_pool(from, 1, |rows, from| from.column(rows, |row: &mut Sym| row))?,
    };
    let rows = &mut all.table.rows;
    let ends = [
        (chain(rows, |row| &mut row.positions)?, all.positions.len()),
        (chain(rows, |row| &mut row.attackers)?, all.attackers.len()),
        (
            chain(rows, |row| &mut row.participants)?,
            all.participants.len(),
        ),
        (
            chain(&mut all.attackers, |row| &mut row.weapons)?,
            all.weapons.len(),
        ),
    ];
    if ends.iter().any(|(end, length)| *end as usize != *length) {
        return Err(Damaged("lists of engagements are of other lengths"));
    }
    Ok(all)
}

/// Lets each span begin where the one before it ends; gives where the last one ends.
fn chain<R>(rows: &mut [R], span: impl Fn(&mut R) -> &mut Span) -> Result<u32, Damaged> {
    let mut next = 0_u32;
    for row in rows {
        let span = span(row);
        span.start = next;
        let end = next.checked_add(span.len);
        next = end.ok_or(Damaged("its lists are too long"))?;
    }
    Ok(next)
}

fn read_pool<'a, R: Copy + Default>(
    from: &mut Unpacker<'a, '_>,
    columns: usize,
    fill: impl Fn(&mut [R], &mut Unpacker<'a, '_>) -> Result<(), Damaged>,
) -> Result<Vec<R>, Damaged> {
    let count = from.cursor.number()?;
    from.check_rows(count, columns)?;
    let mut rows = Vec::with_capacity(count);
    while rows.len() < count {
        let start = rows.len();
        rows.resize(count.min(start + GROUP), R::default());
        fill(&mut rows[start..], from)?;
    }
    Ok(rows)
}

fn read_rows<R: Columnar>(from: &mut Unpacker<'_, '_>) -> Result<Vec<R>, Damaged> {
    read_pool(from, R::COUNT, |rows, from| R::fill(rows, from))
}

fn read_table<R: Columnar>(from: &mut Unpacker<'_, '_>) -> Result<Table<R>, Damaged> {
    let mut table = Table {
        rows: read_rows(from)?,
        ..Table::default()
    };
    let count = table.rows.len();
    if count > 0 {
        let line = |line: &i64| u32::try_from(*line).ok();
        let lines = from.lane(count)?.iter().map(line).collect::<Option<_>>();
        table.lines = lines.ok_or(Damaged("a line number is too large"))?;
        table.lenient = read_lenient(from, count)?;
    }
    Ok(table)
}

fn read_lenient(from: &mut Unpacker<'_, '_>, rows: usize) -> Result<Vec<u32>, Damaged> {
    let count: usize = from.cursor.number()?;
    let places = from.lane(count)?;
    let rises = places.windows(2).all(|pair| pair[0] < pair[1]);
    let is_place = |place: &i64| u32::try_from(*place).is_ok() && (*place as usize) < rows;
    if !rises || !places.iter().all(is_place) {
        return Err(Damaged("it marks rows that are not there"));
    }
    Ok(places.iter().map(|place| *place as u32).collect())
}

/// The sections of plain columns, of which only those with rows are stored.
struct Plain<'a, 'b> {
    /// Name of the section that comes next.
    next: Option<&'a [u8]>,
    /// Sections behind that one.
    sections: usize,
    from: Unpacker<'a, 'b>,
}

impl Plain<'_, '_> {
    fn next_name(&mut self) -> Result<(), Damaged> {
        self.next = None;
        if self.sections > 0 {
            self.sections -= 1;
            self.next = Some(self.from.cursor.text()?);
        }
        Ok(())
    }
}

impl TableSource for Plain<'_, '_> {
    type Error = Damaged;

    fn table<R: Row + Columnar>(&mut self) -> Result<Table<R>, Damaged> {
        if self.next != Some(R::SECTION.as_bytes()) {
            return Ok(Table::default());
        }
        if self.from.cursor.number::<usize>()? != R::COUNT {
            return Err(Damaged("a section has other columns"));
        }
        let table = read_table(&mut self.from)?;
        self.next_name()?;
        Ok(table)
    }
}
