SELECT
    r.id, r.content_hash, r.file_name, r.file_path, r.map_name, coalesce(r.paired_number, r.round_number) AS round_number,
    iif(r.paired_number IS NULL, r.round_number_source, 'pairing') AS round_number_source, r.round_number_disputed,
    r.session_date, nullif(r.round_start_unix, 0) AS start_unix, r.zone_offset_s,
    r.stamp_local_s, r.end_ms - r.start_ms AS length_ms, r.tracker_version, r.cadence_ms, r.player_names, r.bot_count,
    r.objective_rows > 0 AS has_objective_focus, r.kill_count, r.errors, r.warnings, r.is_cut, r.match_id,
    r.round_id IS NOT NULL AS is_linked,
    (
        SELECT json_group_array(DISTINCT t.text) FROM tag AS t
        WHERE t.content_hash IN (SELECT r.content_hash UNION ALL SELECT f.content_hash FROM file AS f WHERE f.round = r.id)
    ) AS tags
FROM proximity_round AS r
ORDER BY
    r.session_date IS NULL, r.session_date DESC,
    iif(r.round_start_unix > 0, r.round_start_unix, coalesce(r.stamp_local_s, 0) - (r.end_ms - r.start_ms) / 1000), r.id
