INSERT INTO rounds (
    content_hash, file_name, file_path, round_date, round_time, stamp_local_s, server_name, map_name, config_name, round_number,
    defender_team, winner_team, time_limit_s, next_time_limit_s, play_time_ms, player_count, problems, created_at
) VALUES (
    :content_hash, :file_name, :file_path, :round_date, :round_time, :stamp_local_s, :server_name, :map_name, :config_name, :round_number,
    :defender_team, :winner_team, :time_limit_s, :next_time_limit_s, :play_time_ms, :player_count, :problems, :created_at
)
