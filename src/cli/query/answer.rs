//! The answer to a question as text, JSON or CSV, written while it comes in.

use crate::cli::table::{Cell, Layout};
use crate::library::Value;
use serde_json::json;
use std::io::{self, Write};

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A table.
    Text,
    /// An array of objects.
    Json,
    /// A line of names and a line a row.
    Csv,
}

/// Rows of a text table that are waited for to know how wide the columns are.
const ROWS_MEASURED: usize = 1_000;

/// An answer on its way out.
pub(super) struct Answer<W> {
    form: Form,
    out: W,
    columns: Vec<String>,
    /// First rows of a text table, until the columns' widths are known.
    waiting: Vec<Vec<Cell>>,
    layout: Option<Layout>,
    rows: u64,
    /// What came of writing so far.
    written: io::Result<()>,
}

impl<W: Write> Answer<W> {
    pub(super) fn new(form: Form, out: W) -> Self {
        Self {
            form,
            out,
            columns: Vec::new(),
            waiting: Vec::new(),
            layout: None,
            rows: 0,
            written: Ok(()),
        }
    }

    pub(super) fn begin(&mut self, names: &[String]) {
        self.columns = distinct(names);
        self.written = match self.form {
            Form::Text => Ok(()),
            Form::Json => write!(self.out, "["),
            Form::Csv => csv_line(names.iter().map(String::as_str), &mut self.out),
        };
    }

    /// Writes a row; `false` when nobody reads on.
    pub(super) fn row(&mut self, row: &[Value]) -> bool {
        if self.written.is_ok() {
            self.written = match self.form {
                Form::Text => self.text_row(row.iter().map(cell).collect()),
                Form::Json => self.json_row(row),
                Form::Csv => csv_row(row, &mut self.out),
            };
        }
        self.rows += 1;
        self.written.is_ok()
    }

    fn text_row(&mut self, row: Vec<Cell>) -> io::Result<()> {
        if let Some(layout) = &self.layout {
            return layout.write_row(&row, &mut self.out);
        }
        self.waiting.push(row);
        if self.waiting.len() < ROWS_MEASURED {
            return Ok(());
        }
        self.lay_out()
    }

    /// Fixes the widths and writes what waited for them.
    fn lay_out(&mut self) -> io::Result<()> {
        let layout = Layout::of(self.columns.iter().map(String::as_str), &self.waiting);
        layout.write_head(&mut self.out)?;
        for row in std::mem::take(&mut self.waiting) {
            layout.write_row(&row, &mut self.out)?;
        }
        self.layout = Some(layout);
        Ok(())
    }

    fn json_row(&mut self, row: &[Value]) -> io::Result<()> {
        let start = if self.rows == 0 { "\n" } else { ",\n" };
        self.out.write_all(start.as_bytes())?;
        let object: serde_json::Map<String, serde_json::Value> = self
            .columns
            .iter()
            .cloned()
            .zip(row.iter().map(json_of))
            .collect();
        serde_json::to_writer(&mut self.out, &object)?;
        Ok(())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        if self.form == Form::Text && self.layout.is_none() && !self.waiting.is_empty() {
            self.lay_out()?;
        }
        self.out.flush()
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        std::mem::replace(&mut self.written, Ok(()))?;
        match self.form {
            Form::Text if self.layout.is_none() => self.lay_out()?,
            Form::Json => writeln!(self.out, "\n]")?,
            _ => {}
        }
        self.out.flush()
    }
}

/// Names that can be the keys of one object.
fn distinct(names: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let mut unique = name.clone();
        let mut nth = 2;
        while all.contains(&unique) {
            unique = format!("{name}_{nth}");
            nth += 1;
        }
        all.push(unique);
    }
    all
}

/// A decimal that can be told from a whole number, and read back exactly.
fn decimal(value: f64) -> String {
    format!("{value:?}")
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::empty(),
        Value::Int(value) => Cell::number(value),
        Value::Real(value) => Cell::number(decimal(*value)),
        Value::Text(text) => Cell::text(text),
        Value::Blob(bytes) => Cell::text(&format!("<{} bytes>", bytes.len())),
    }
}

fn json_of(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Int(value) => json!(value),
        Value::Real(value) => json!(value),
        Value::Text(text) => json!(text),
        Value::Blob(bytes) => json!(hex(bytes)),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn csv_row(row: &[Value], out: &mut impl Write) -> io::Result<()> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::Int(value) => value.to_string(),
        Value::Real(value) => decimal(*value),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => hex(bytes),
    };
    let texts: Vec<String> = row.iter().map(text).collect();
    csv_line(texts.iter().map(String::as_str), out)
}

/// One line of CSV (RFC 4180, but with a plain line feed): what holds a comma, a quote or a line break is quoted, quotes are doubled.
fn csv_line<'a>(texts: impl IntoIterator<Item = &'a str>, out: &mut impl Write) -> io::Result<()> {
    for (nth, text) in texts.into_iter().enumerate() {
        if nth > 0 {
            out.write_all(b",")?;
        }
        if text.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", text.replace('"', "\"\""))?;
        } else {
            out.write_all(text.as_bytes())?;
        }
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(form: Form, rows: &[Vec<Value>]) -> String {
        let mut out = Vec::new();
        let mut answer = Answer::new(form, &mut out);
        answer.begin(&["a".to_owned(), "b".to_owned(), "a".to_owned()]);
        for row in rows {
            assert!(answer.row(row));
        }
        answer.end().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_kind_of_value_in_every_form() {
        let text = |text: &str| Value::Text(text.to_owned());
        let rows = [
            vec![
                Value::Int(-7),
                text("x, \"y\"\n"),
                Value::Blob(vec![1, 255]),
            ],
            vec![Value::Null, text(""), Value::Real(3.0)],
        ];
        assert_eq!(
            answer(Form::Csv, &rows),
            "a,b,a\n-7,\"x, \"\"y\"\"\n\",01ff\n,,3.0\n"
        );
        assert_eq!(
            answer(Form::Json, &rows),
            "[\n{\"a\":-7,\"b\":\"x, \\\"y\\\"\\n\",\"a_2\":\"01ff\"},\n{\"a\":null,\"b\":\"\",\"a_2\":3.0}\n]\n"
        );
        assert_eq!(
            answer(Form::Text, &rows),
            " a  b         a_2\n-7  x, \"y\"\\n  <2 bytes>\n              3.0\n"
        );
        assert_eq!(answer(Form::Json, &[]), "[\n]\n");
        assert_eq!(answer(Form::Text, &[]), "a  b  a_2\n");
    }

    #[test]
    fn rows_behind_the_measured_ones_are_written_too() {
        let rows: Vec<Vec<Value>> = (0..ROWS_MEASURED as i64 + 5)
            .map(|n| vec![Value::Int(n), Value::Null, Value::Null])
            .collect();
        let text = answer(Form::Text, &rows);
        assert_eq!(text.lines().count(), rows.len() + 1);
        assert_eq!(text.lines().last(), Some("1004"));
    }
}
