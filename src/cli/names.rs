//! Players as people name them on the command line.

use crate::model::{PlayerId, Round};

/// The only player whose name contains `part`, whatever the case; an exact name wins.
pub(super) fn player_named(round: &Round, part: &str) -> Result<PlayerId, String> {
    let part = part.to_lowercase();
    let named = |exact: bool| {
        let all = round.players.iter();
        let found = all.filter(|(_, player)| {
            let name = player.plain_name.to_lowercase();
            if exact {
                name == part
            } else {
                name.contains(&part)
            }
        });
        found.map(|(id, _)| id).collect::<Vec<_>>()
    };
    let exact = named(true);
    let found = if exact.is_empty() {
        named(false)
    } else {
        exact
    };
    let names = |ids: &[PlayerId]| {
        ids.iter()
            .map(|id| round.players[*id].plain_name.clone())
            .collect::<Vec<_>>()
            .join(", ")
    };
    match found[..] {
        [id] => Ok(id),
        [] => {
            let all: Vec<PlayerId> = round.players.ids().collect();
            Err(format!(
                "{part}: nobody of that name; there are {}",
                names(&all)
            ))
        }
        _ => Err(format!("{part}: could be {}", names(&found))),
    }
}
