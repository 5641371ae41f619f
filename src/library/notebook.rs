//! What a person wrote: its rows, and the backup beside the library.
//!
//! Rows are keyed by the content hash of a round's file. Every change writes the whole notebook into `<library>.notebook.json` as well, in
//! one step, so that it survives whatever happens to the library.

use super::error::{Cause, LibraryError};
use super::{Library, files, sources};
use crate::model::ContentHash;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result, params_from_iter};
use serde_json::{Map, json};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The notebook's tables; each has a column `id` that names a row for ever, and `changed_at`.
pub(super) const TABLES: [&str; 5] = ["note", "bookmark", "drawing", "tag", "calibration"];

/// A row as JSON: hashes in hexadecimal, the rest as it is.
type Row = Map<String, serde_json::Value>;

/// All rows of the notebook, by table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Notebook {
    tables: Vec<(&'static str, Vec<Row>)>,
}

impl Notebook {
    /// Reads what can be read. Of a damaged library each table gives its rows up to the damage, from either end.
    pub(super) fn salvage(conn: &Connection) -> Self {
        let tables = TABLES.map(|table| {
            let mut rows = Vec::new();
            for order in ["ASC", "DESC"] {
                let read = read_rows(
                    conn,
                    &format!("SELECT * FROM {table} ORDER BY id {order}"),
                    &mut rows,
                );
                if read.is_ok() {
                    break;
                }
            }
            rows.sort_by(|a, b| id(a).cmp(id(b)));
            rows.dedup_by(|a, b| id(a) == id(b));
            (table, rows)
        });
        Self {
            tables: tables.into(),
        }
    }

    /// Puts the rows into a library; of two with the same id the one that was changed last stays.
    pub(super) fn put(&self, conn: &Connection) -> Result<()> {
        for (table, rows) in &self.tables {
            for row in rows {
                put_row(conn, table, row)?;
            }
        }
        Ok(())
    }

    fn to_json(&self) -> serde_json::Value {
        let tables: Map<String, serde_json::Value> = self
            .tables
            .iter()
            .map(|(table, rows)| ((*table).to_owned(), json!(rows)))
            .collect();
        json!({"notebook": 1, "tables": tables})
    }

    /// The notebook of a backup.
    fn of_backup(backup: &serde_json::Value) -> Self {
        let tables = TABLES.map(|table| {
            let rows = backup["tables"][table]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let rows = rows.into_iter().filter_map(|row| match row {
                serde_json::Value::Object(row) => Some(row),
                _ => None,
            });
            (table, rows.collect())
        });
        Self {
            tables: tables.into(),
        }
    }
}

fn id(row: &Row) -> &str {
    row.get("id")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
}

fn read_rows(conn: &Connection, sql: &str, into: &mut Vec<Row>) -> Result<()> {
    let mut find = conn.prepare(sql)?;
    let names: Vec<String> = find.column_names().map(str::to_owned).collect();
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let values = names.iter().enumerate().map(|(nth, name)| {
            let value = match row.get_ref(nth)? {
                ValueRef::Null => serde_json::Value::Null,
                ValueRef::Integer(value) => json!(value),
                ValueRef::Real(value) => json!(value),
                ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
                ValueRef::Blob(bytes) => json!(hex(bytes)),
            };
            Ok((name.clone(), value))
        });
        into.push(values.collect::<Result<Row>>()?);
    }
    Ok(())
}

fn put_row(conn: &Connection, table: &str, row: &Row) -> Result<()> {
    let names: Vec<&str> = row
        .keys()
        .map(String::as_str)
        .filter(|name| is_name(name))
        .collect();
    let places = vec!["?"; names.len()].join(", ");
    let sets: Vec<String> = names
        .iter()
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {} WHERE excluded.changed_at > {table}.changed_at \
         ON CONFLICT DO NOTHING",
        names.join(", "),
        sets.join(", ")
    );
    let values = names.iter().map(|name| match &row[*name] {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Number(number) => number.as_i64().map_or_else(
            || Value::Real(number.as_f64().unwrap_or(f64::NAN)),
            Value::Integer,
        ),
        serde_json::Value::String(text) if *name == "content_hash" => {
            unhex(text).map_or(Value::Null, Value::Blob)
        }
        serde_json::Value::String(text) => Value::Text(text.clone()),
        other => Value::Text(other.to_string()),
    });
    conn.execute(&sql, params_from_iter(values)).map(|_| ())
}

/// A backup is a file anybody may edit: only plain names become part of a statement.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// The notebook's backup: the library's file name with `.notebook.json` behind it.
pub(super) fn backup_path(library: &Path) -> PathBuf {
    let mut name = library.file_name().unwrap_or_default().to_owned();
    name.push(".notebook.json");
    library.with_file_name(name)
}

impl Library {
    /// Attaches a tag to a round; once is enough.
    ///
    /// # Errors
    /// Those of the database, and of the backup's file.
    pub fn add_tag(
        &mut self,
        round: ContentHash,
        text: &str,
    ) -> std::result::Result<(), LibraryError> {
        self.write_down(|conn| {
            let now = files::now();
            let id = blake3::hash(format!("tag {round} {text} {now} {}", std::process::id()).as_bytes());
            let sql = "INSERT INTO tag (id, content_hash, text, created_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?4) \
                       ON CONFLICT (content_hash, text) DO NOTHING";
            conn.execute(sql, (hex(&id.as_bytes()[..12]), round.0, text, now)).map(|_| ())
        })
    }

    /// Takes a tag off a round.
    ///
    /// # Errors
    /// Those of the database, and of the backup's file.
    pub fn remove_tag(
        &mut self,
        round: ContentHash,
        text: &str,
    ) -> std::result::Result<(), LibraryError> {
        self.write_down(|conn| {
            conn.execute(
                "DELETE FROM tag WHERE content_hash = ?1 AND text = ?2",
                (round.0, text),
            )
            .map(|_| ())
        })
    }

    /// Changes the notebook and writes its backup.
    pub(super) fn write_down(
        &mut self,
        change: impl FnOnce(&Connection) -> Result<()>,
    ) -> std::result::Result<(), LibraryError> {
        self.check_place()?;
        self.guarded(|library| change(&library.conn))?;
        self.back_up()
    }

    /// Brings back what the backup holds, into a library that was made just now. A backup that cannot be read is kept under another name.
    pub(super) fn restore_backup(&mut self) -> std::result::Result<(), LibraryError> {
        let path = backup_path(&self.path);
        let Ok(bytes) = std::fs::read(&path) else {
            return Ok(());
        };
        let Ok(backup) = serde_json::from_slice::<serde_json::Value>(&bytes) else {
            // When it cannot be moved either, writing the new one will tell.
            let _ = std::fs::rename(&path, path.with_extension("json.unreadable"));
            return Ok(());
        };
        self.guarded(|library| {
            let step = library.conn.unchecked_transaction()?;
            Notebook::of_backup(&backup).put(&step)?;
            sources::put(&step, &sources::of_json(&backup["folders"]))?;
            step.commit()
        })
    }

    /// Writes the notebook's backup, with the watched folders: beside the old one first, then in its place.
    pub(super) fn back_up(&self) -> std::result::Result<(), LibraryError> {
        // One program at a time, and nothing is changed meanwhile: else an older notebook could be written over a newer one.
        let _turn = self.begin()?;
        let mut backup = Notebook::salvage(&self.conn).to_json();
        backup["folders"] = sources::to_json(&self.sources()?);
        let text = backup.to_string();
        let target = backup_path(&self.path);
        let fresh = target.with_extension("json.new");
        let write = || -> std::io::Result<()> {
            let mut file = std::fs::File::create(&fresh)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&fresh, &target)
        };
        write().map_err(|error| {
            let why = format!("the backup of the notebook, {}: {error}", target.display());
            self.error(Cause::CannotOpen(why))
        })
    }
}
