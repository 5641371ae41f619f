//! The library's tables: one SQL file per version, applied in order; which section's rows go into which table.

/// The steps from an empty file to the present tables; `PRAGMA user_version` counts those that are done.
pub(super) const STEPS: [&str; 4] = [
    include_str!("001_rounds.sql"),
    include_str!("002_rows.sql"),
    include_str!("003_views.sql"),
    include_str!("004_notebook.sql"),
];

/// `PRAGMA application_id` of a library: "SAND".
pub(super) const APPLICATION_ID: i64 = 0x5341_4e44;

/// Sections whose rows are stored as they are, with their tables: column for column in the order of the file.
pub(super) const PLAIN_TABLES: &[(&str, &str)] = &[
    ("KILL_HEATMAP", "map_kill_heatmap_row"),
    ("MOVEMENT_HEATMAP", "map_movement_heatmap_row"),
    ("OBJECTIVE_FOCUS", "proximity_objective_focus_row"),
    ("REACTION_METRICS", "proximity_reaction_metric_row"),
    ("SPAWN_TIMING", "proximity_spawn_timing_row"),
    ("TEAM_COHESION", "proximity_team_cohesion_row"),
    (
        "CROSSFIRE_OPPORTUNITIES",
        "proximity_crossfire_opportunity_row",
    ),
    ("FOCUS_FIRE", "proximity_focus_fire_row"),
    ("TEAM_PUSHES", "proximity_team_push_row"),
    ("TRADE_KILLS", "proximity_lua_trade_kill_row"),
    ("REVIVES", "proximity_revive_row"),
    ("WEAPON_ACCURACY", "proximity_weapon_accuracy_row"),
    ("KILL_OUTCOME", "proximity_kill_outcome_row"),
    ("HIT_REGIONS", "proximity_hit_region_row"),
    ("COMBAT_POSITIONS", "proximity_combat_position_row"),
    ("SHOT_FIRED", "proximity_shot_fired_row"),
    ("AIM_LOCK", "proximity_aim_lock_row"),
    ("SPAWN_SELECT", "proximity_spawn_select_row"),
    ("SKILL_SNAPSHOT", "proximity_skill_snapshot_row"),
    ("COMM_EVENTS", "proximity_comm_event_row"),
    ("CARRIER_EVENTS", "proximity_carrier_event_row"),
    ("CARRIER_KILLS", "proximity_carrier_kill_row"),
    ("CARRIER_RETURNS", "proximity_carrier_return_row"),
    ("VEHICLE_PROGRESS", "proximity_vehicle_progress_row"),
    ("ESCORT_CREDIT", "proximity_escort_credit_row"),
    ("CONSTRUCTION_EVENTS", "proximity_construction_event_row"),
    ("OBJECTIVE_RUNS", "proximity_objective_run_row"),
];

/// Tables of rows that are no section's as it stands: worked out, or with lists.
pub(super) const OTHER_TABLES: &[&str] = &[
    "combat_engagement_row",
    "player_track_row",
    "proximity_trade_event_row",
    "proximity_support_summary_row",
    "player_teamplay_row",
    "crossfire_pair_row",
    "proximity_round_player_row",
];

/// All tables whose rows belong to a round by the range of their ids.
pub(super) fn row_tables() -> impl Iterator<Item = &'static str> {
    let plain = PLAIN_TABLES.iter().map(|(_, table)| *table);
    plain.chain(OTHER_TABLES.iter().copied())
}

/// Rows of a round have ids from `round << ROW_BITS` on. A file of the greatest size has fewer rows than fit.
pub(super) const ROW_BITS: u32 = 28;

/// The ids that rows of a round may have, first and last.
pub(super) const fn row_range(round: i64) -> (i64, i64) {
    let first = round << ROW_BITS;
    (first, first | ((1 << ROW_BITS) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sections::PLAIN;
    use rusqlite::Connection;

    fn fresh() -> Connection {
        let conn = Connection::open_in_memory().unwrap();
        for step in STEPS {
            conn.execute_batch(step).unwrap();
        }
        conn
    }

    #[test]
    fn every_section_has_a_table_with_as_many_columns() {
        let conn = fresh();
        assert_eq!(PLAIN_TABLES.len(), PLAIN.len());
        for section in PLAIN {
            let (_, table) = PLAIN_TABLES
                .iter()
                .find(|(name, _)| *name == section.name)
                .unwrap();
            let columns: i64 = conn
                .query_row(
                    "SELECT count(*) FROM pragma_table_info(?1)",
                    [table],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(columns as usize, section.columns.len() + 1, "{table}");
        }
    }

    #[test]
    fn every_row_table_is_known_and_every_view_can_be_read() {
        let conn = fresh();
        let names = |kind: &str| -> Vec<String> {
            let mut found = conn
                .prepare("SELECT name FROM sqlite_schema WHERE type = ?1")
                .unwrap();
            found
                .query_map([kind], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect()
        };
        let mut rows: Vec<String> = names("table")
            .into_iter()
            .filter(|name| name.ends_with("_row"))
            .collect();
        let mut known: Vec<&str> = row_tables().collect();
        rows.sort_unstable();
        known.sort_unstable();
        assert_eq!(rows, known);
        for view in names("view") {
            conn.query_row(&format!("SELECT count(*) FROM {view}"), [], |row| {
                row.get::<_, i64>(0)
            })
            .unwrap();
            conn.prepare(&format!("SELECT * FROM {view}"))
                .unwrap()
                .query([])
                .unwrap()
                .next()
                .unwrap();
        }
    }
}
