//! Rows that cannot be read, and those that only a tolerant reader reads.

use crate::format::field::Field;
use crate::format::number::BadNumber;
use crate::format::problem::excerpt;
use crate::format::row::{BadField, Row};
use crate::format::sections::WeaponAccuracyRow;

/// Why a row was refused.
pub(super) struct BadRow {
    pub(super) rule: &'static str,
    pub(super) column: Option<&'static str>,
    pub(super) why: String,
}

impl BadRow {
    pub(super) fn too_short(count: usize, needed: usize) -> Self {
        Self {
            rule: "too-few-columns",
            column: None,
            why: format!("{count} columns where at least {needed} are due"),
        }
    }

    pub(super) fn field(bad: &BadField, columns: &[&str], fields: &[Field<'_>]) -> Self {
        Self {
            rule: "bad-number",
            column: Some(bad.column),
            why: field_text(bad.column, bad.why, columns, fields),
        }
    }
}

pub(super) fn field_text(
    column: &str,
    why: BadNumber,
    columns: &[&str],
    fields: &[Field<'_>],
) -> String {
    let index = columns.iter().position(|name| *name == column);
    let field = index
        .and_then(|index| fields.get(index))
        .map_or(&[][..], |field| field.text());
    format!("{column} is \"{}\", {}", excerpt(field), why.why())
}

/// Rows that can be read although a strict reader of the format drops them for a value it does not believe.
pub(super) fn strict_reader_drops(section: &str, fields: &[Field<'_>]) -> bool {
    let negative = |index: usize| {
        fields
            .get(index)
            .is_some_and(|field| field.text().trim_ascii().starts_with(b"-"))
    };
    section == <WeaponAccuracyRow as Row>::SECTION && (negative(4) || negative(5))
}
