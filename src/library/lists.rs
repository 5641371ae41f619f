//! Lists inside a row, as JSON text: what the community's schema keeps as JSONB.

use crate::format::Document;
use crate::format::engagement::EngagementRow;
use serde::Serialize;
use serde_json::json;

/// Any list as JSON; what has no JSON form (there is none here) gives `null`.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

#[derive(Serialize)]
struct Attacker<'a> {
    guid: &'a str,
    name: &'a str,
    team: &'a str,
    damage: i64,
    hits: i64,
    first_hit: i64,
    last_hit: i64,
    got_kill: bool,
    /// Hits by the number of the weapon in hand.
    weapons: serde_json::Map<String, serde_json::Value>,
}

/// `[{guid, name, team, damage, hits, first_hit, last_hit, got_kill, weapons: {id: hits}}]`, in order of first hit.
pub(super) fn attackers(document: &Document, row: &EngagementRow) -> String {
    let all = &document.engagements;
    let text = |sym| document.strings.text(sym);
    let attackers = all.attackers_of(row).iter().map(|of| Attacker {
        guid: text(of.guid),
        name: text(of.name),
        team: text(of.team),
        damage: of.damage,
        hits: of.hits,
        first_hit: of.first_hit,
        last_hit: of.last_hit,
        got_kill: of.got_kill,
        weapons: all
            .weapons_of(of)
            .iter()
            .map(|(weapon, hits)| (weapon.to_string(), json!(hits)))
            .collect(),
    });
    json(&attackers.collect::<Vec<_>>())
}

/// `[guid]`.
pub(super) fn participants(document: &Document, row: &EngagementRow) -> String {
    let guids = document
        .engagements
        .participants_of(row)
        .iter()
        .map(|guid| document.strings.text(*guid));
    json(&guids.collect::<Vec<_>>())
}
