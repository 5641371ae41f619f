SELECT
    id, round_start_unix, round_end_unix, zone_offset_s, stamp_local_s, end_ms - start_ms AS length_ms, file_name, map_name, session_date,
    tracker_version, cadence_declared_ms, cadence_measured_ms, config_hash, round_number_source, round_number_disputed,
    paired_number IS NOT NULL AS is_paired_anew, match_id, round_link_reason, life_count, sample_count, engagement_count, kill_count,
    plain_bytes, objective_rows, errors, warnings, notes, is_cut
FROM proximity_round ORDER BY id
