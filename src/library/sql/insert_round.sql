INSERT INTO proximity_round (
    content_hash, opening_hash, file_name, file_path, plain_bytes, was_packed, map_name, round_number, round_number_source,
    round_number_disputed, claimed_number, session_date, session_date_source, zone_offset_s, stamp_local_s, round_start_unix, round_end_unix,
    start_ms, end_ms, tracker_version, tracker_family, version_reason, capabilities, config_hash, cadence_declared_ms,
    cadence_measured_ms, cadence_ms, player_count, bot_count, player_names, life_count, sample_count, engagement_count, kill_count,
    row_count, objective_rows, errors, warnings, notes, is_cut, created_at
) VALUES (
    :content_hash, :opening_hash, :file_name, :file_path, :plain_bytes, :was_packed, :map_name, :round_number, :round_number_source,
    :round_number_disputed, :claimed_number, :session_date, :session_date_source, :zone_offset_s, :stamp_local_s, :round_start_unix, :round_end_unix,
    :start_ms, :end_ms, :tracker_version, :tracker_family, :version_reason, :capabilities, :config_hash, :cadence_declared_ms,
    :cadence_measured_ms, :cadence_ms, :player_count, :bot_count, :player_names, :life_count, :sample_count, :engagement_count,
    :kill_count, :row_count, :objective_rows, :errors, :warnings, :notes, :is_cut, :created_at
)
