//! What the library says of each round, read once for all counts.

use crate::analysis::drift::{RoundSetup, zone_name};
use crate::analysis::linking::{LinkReason, RoundTimes};
use crate::library::link;
use crate::library::list::number_source;
use crate::model::NumberSource;
use rusqlite::{Connection, Result, Row};

/// One round, as far as health looks at it.
pub(super) struct Facts {
    pub(super) id: i64,
    pub(super) file_name: String,
    pub(super) map: String,
    pub(super) date: Option<String>,
    pub(super) times: RoundTimes,
    pub(super) version: String,
    pub(super) declared_ms: Option<i64>,
    pub(super) measured_ms: Option<i64>,
    pub(super) config_hash: Option<String>,
    pub(super) number_source: NumberSource,
    pub(super) is_disputed: bool,
    /// The match says another number than file and header.
    pub(super) is_paired_anew: bool,
    pub(super) match_id: Option<i64>,
    /// `None` when nobody looked for its stats file yet.
    pub(super) link: Option<LinkReason>,
    pub(super) lives: u64,
    pub(super) samples: u64,
    pub(super) engagements: u64,
    pub(super) kills: u64,
    pub(super) plain_bytes: u64,
    pub(super) has_objectives: bool,
    pub(super) errors: u64,
    pub(super) warnings: u64,
    pub(super) notes: u64,
    pub(super) is_cut: bool,
}

/// All rounds, in order of their numbers.
pub(super) fn all(conn: &Connection) -> Result<Vec<Facts>> {
    let sql = include_str!("../sql/health_rounds.sql");
    conn.prepare_cached(sql)?.query_map([], facts)?.collect()
}

fn facts(row: &Row<'_>) -> Result<Facts> {
    let count = |name: &str| row.get::<_, i64>(name).map(|count| count.max(0) as u64);
    let reason: Option<String> = row.get("round_link_reason")?;
    Ok(Facts {
        id: row.get("id")?,
        file_name: row.get("file_name")?,
        map: row.get("map_name")?,
        date: row.get("session_date")?,
        times: link::times(row, 1)?,
        version: row.get("tracker_version")?,
        declared_ms: row.get("cadence_declared_ms")?,
        measured_ms: row.get("cadence_measured_ms")?,
        config_hash: row.get("config_hash")?,
        number_source: number_source(row.get_ref("round_number_source")?.as_str()?),
        is_disputed: row.get("round_number_disputed")?,
        is_paired_anew: row.get("is_paired_anew")?,
        match_id: row.get("match_id")?,
        link: reason.as_deref().and_then(LinkReason::from_code),
        lives: count("life_count")?,
        samples: count("sample_count")?,
        engagements: count("engagement_count")?,
        kills: count("kill_count")?,
        plain_bytes: count("plain_bytes")?,
        has_objectives: count("objective_rows")? > 0,
        errors: count("errors")?,
        warnings: count("warnings")?,
        notes: count("notes")?,
        is_cut: row.get("is_cut")?,
    })
}

impl Facts {
    /// As [`RoundSetup::of`] makes it of the round itself.
    pub(super) fn setup(&self) -> RoundSetup {
        RoundSetup {
            name: self.file_name.clone(),
            date: self.date.clone(),
            start_s: self.times.start_unix.or_else(|| self.times.local_start_s()),
            version: self.version.clone(),
            declared_ms: self.declared_ms,
            measured_ms: self.measured_ms,
            config_hash: self.config_hash.clone(),
            server: self.times.zone_offset_s.map(zone_name).unwrap_or_default(),
        }
    }
}
