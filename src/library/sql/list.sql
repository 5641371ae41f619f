-- The columns in the order in which `list.rs` takes them.
SELECT
    r.id, r.content_hash, r.file_name, r.file_path, r.map_name, coalesce(r.paired_number, r.round_number),
    iif(r.paired_number IS NULL, r.round_number_source, 'pairing'), r.round_number_disputed, r.session_date,
    nullif(r.round_start_unix, 0), r.zone_offset_s, r.stamp_local_s, r.end_ms - r.start_ms, r.tracker_version, r.cadence_ms,
    r.player_names, r.bot_count, r.objective_rows > 0, r.kill_count, r.errors, r.warnings, r.is_cut, r.match_id, r.round_id IS NOT NULL
FROM proximity_round AS r
