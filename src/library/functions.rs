//! What SQL can call besides its own functions.

use super::{pack, positions};
use crate::model::et_name;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

/// Adds `path_json(path)`: the samples of `player_track.path`, or the positions of `combat_engagement.position_path`, as JSON; and
/// `plain_name(name)`: a player's name without colour codes.
pub(super) fn add(conn: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("path_json", 1, flags, path_json)?;
    conn.create_scalar_function("plain_name", 1, flags, |context| {
        let name: Option<String> = context.get(0)?;
        Ok(name.map(|name| et_name::strip(&name).into_owned()))
    })
}

fn path_json(context: &Context<'_>) -> Result<Option<String>> {
    let bytes = match context.get_raw(0) {
        ValueRef::Null => return Ok(None),
        ValueRef::Blob(bytes) => bytes,
        _ => {
            return Err(Error::UserFunctionError(
                "path_json takes the path of a life or of an engagement".into(),
            ));
        }
    };
    if bytes.is_empty() {
        return Ok(Some("[]".to_owned()));
    }
    if bytes[0] == positions::KIND {
        let text = positions::json(bytes)
            .ok_or_else(|| Error::UserFunctionError("the path is damaged".into()))?;
        return Ok(Some(text));
    }
    let text = pack::path_json(bytes);
    text.map(Some)
        .map_err(|damaged| Error::UserFunctionError(damaged.to_string().into()))
}
