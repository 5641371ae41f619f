//! Tables of text: columns as wide as what is in them, numbers to the right.

use std::io::{self, Write};

/// A column is made no wider than this, characters; what is longer stands out, but is never cut.
const MOST_WIDTH: usize = 60;
const GAP: usize = 2;

/// One place of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    text: String,
    is_number: bool,
}

impl Cell {
    /// Text; what would move the cursor or break the line is written as an escape, as names of players may hold anything.
    pub(super) fn text(text: &str) -> Self {
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            if c.is_control() {
                clean.extend(c.escape_default());
            } else {
                clean.push(c);
            }
        }
        Self {
            text: clean,
            is_number: false,
        }
    }

    /// A number.
    pub(super) fn number(number: impl std::fmt::Display) -> Self {
        Self {
            text: number.to_string(),
            is_number: true,
        }
    }

    /// Nothing.
    pub(super) fn empty() -> Self {
        Self::text("")
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// How wide the columns are.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    heads: Vec<Cell>,
    widths: Vec<usize>,
    is_right: Vec<bool>,
}

impl Layout {
    /// Fits a head and these rows; later rows may stand out.
    pub(super) fn of<'a>(heads: impl IntoIterator<Item = &'a str>, rows: &[Vec<Cell>]) -> Self {
        let heads: Vec<Cell> = heads.into_iter().map(Cell::text).collect();
        let column = |nth: usize| rows.iter().filter_map(move |row| row.get(nth));
        let width = |nth: usize| {
            let widest = column(nth).map(Cell::width).max().unwrap_or(0);
            widest.min(MOST_WIDTH).max(heads[nth].width())
        };
        let is_right = |nth: usize| {
            let mut filled = column(nth).filter(|cell| !cell.text.is_empty()).peekable();
            filled.peek().is_some() && filled.all(|cell| cell.is_number)
        };
        Self {
            widths: (0..heads.len()).map(width).collect(),
            is_right: (0..heads.len()).map(is_right).collect(),
            heads,
        }
    }

    /// The line with the columns' names.
    pub(super) fn write_head(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_row(&self.heads, out)
    }

    /// One row.
    pub(super) fn write_row(&self, row: &[Cell], out: &mut impl Write) -> io::Result<()> {
        let mut line = String::new();
        let mut end = 0;
        for ((cell, width), is_right) in row.iter().zip(&self.widths).zip(&self.is_right) {
            let free = width.saturating_sub(cell.width());
            let (before, behind) = if *is_right { (free, 0) } else { (0, free) };
            line.extend(std::iter::repeat_n(' ', before));
            line.push_str(&cell.text);
            // Blanks that nothing stands behind are left out.
            end = if cell.text.is_empty() {
                end
            } else {
                line.len()
            };
            line.extend(std::iter::repeat_n(' ', behind + GAP));
        }
        line.truncate(end);
        writeln!(out, "{line}")
    }
}

/// Writes a table of which all rows are known.
pub(super) fn write(heads: &[&str], rows: &[Vec<Cell>], out: &mut impl Write) -> io::Result<()> {
    let layout = Layout::of(heads.iter().copied(), rows);
    layout.write_head(out)?;
    rows.iter().try_for_each(|row| layout.write_row(row, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_lines_end_with_text() {
        let rows = [
            vec![Cell::text("ann"), Cell::number(7), Cell::text("é\u{1b}\n")],
            vec![Cell::text("b"), Cell::number(1234), Cell::empty()],
            vec![Cell::empty(), Cell::empty(), Cell::text("x")],
        ];
        let mut out = Vec::new();
        write(&["who", "n", "note"], &rows, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "who     n  note\n\
             ann     7  é\\u{1b}\\n\n\
             b    1234\n\
             \u{20}          x\n"
        );
    }

    #[test]
    fn a_long_text_is_whole_and_makes_no_column_wide() {
        let long = "x".repeat(200);
        let rows = [
            vec![Cell::text(&long), Cell::text("a")],
            vec![Cell::text("y"), Cell::text("b")],
        ];
        let mut out = Vec::new();
        write(&["long", "short"], &rows, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[1], format!("{long}  a"));
        assert_eq!(lines[2], format!("y{}b", " ".repeat(61)));
    }
}
