//! Questions in SQL, which can change nothing: the library's tables keep the names of the community's schema, so its queries run as they are.

use super::Library;
use super::error::{Cause, LibraryError};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use std::path::Path;

/// One value of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// A decimal.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes, such as a path: ask for `path_json(path)` to read it.
    Blob(Vec<u8>),
}

impl Value {
    fn of(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(value) => Self::Int(value),
            ValueRef::Real(value) => Self::Real(value),
            ValueRef::Text(text) => Self::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Self::Blob(bytes.to_vec()),
        }
    }
}

impl Library {
    /// Asks one question. `columns` is told the names once, then `row` gets each row until it says `false`.
    ///
    /// # Errors
    /// [`Cause::NotFound`] without a library; [`Cause::Sql`] when the question is no single query, would change something, or is wrong.
    pub fn query(
        path: &Path,
        sql: &str,
        columns: impl FnOnce(&[String]),
        mut row: impl FnMut(Vec<Value>) -> bool,
    ) -> Result<(), LibraryError> {
        let library = Self::open_to_read(path)?;
        let library = library.ok_or_else(|| {
            let what = "there is no library yet; import files first".to_owned();
            LibraryError::new(path, Cause::NotFound(what))
        })?;
        // A library opened to read cannot be written, but another file could be, through ATTACH.
        library.guarded(|library| {
            library
                .conn
                .set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)
                .map(|_| ())
        })?;
        let fail = |error: rusqlite::Error| LibraryError::of(&library.path, &error);
        let mut statement = library.conn.prepare(sql).map_err(fail)?;
        if !statement.readonly() || statement.column_count() == 0 {
            let why =
                "only questions can be asked (SELECT …); this would change something".to_owned();
            return Err(library.error(Cause::Sql(why)));
        }
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        columns(&names);
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(found) = rows.next().map_err(fail)? {
            let values = (0..names.len()).map(|nth| found.get_ref(nth).map(Value::of));
            let values = values
                .collect::<rusqlite::Result<Vec<Value>>>()
                .map_err(fail)?;
            if !row(values) {
                break;
            }
        }
        Ok(())
    }
}
