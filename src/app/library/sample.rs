//! A stored round for tests of this module.

use crate::library::RoundId;
use crate::library::catalogue::Entry;
use crate::model::{ContentHash, NumberSource};

/// Round 1 of a supply match on 23 August 2026, 20:13, without anything unusual; `id` makes it different from others.
pub(super) fn entry(id: i64) -> Entry {
    Entry {
        id: RoundId(id),
        hash: ContentHash::of(&id.to_le_bytes()),
        file_name: format!("2026-08-23-20130{}-supply-round-1_engagements.txt", id % 10),
        path: None,
        map: "supply".to_owned(),
        number: 1,
        number_source: NumberSource::Filename,
        is_number_disputed: false,
        date: Some("2026-08-23".to_owned()),
        start_unix: Some(1_787_508_000 + id),
        local_time: Some("20:13".to_owned()),
        length_ms: 723_000,
        version: "6.11".to_owned(),
        cadence_ms: 200,
        players: Vec::new(),
        bots: 0,
        has_objective_focus: false,
        kills: 100,
        errors: 0,
        warnings: 0,
        is_cut: false,
        match_id: None,
        is_linked: false,
        tags: Vec::new(),
    }
}
