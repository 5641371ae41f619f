INSERT INTO round_player_stats (
    round_id, place, player_guid, player_name, team, rounds, kills, deaths, headshots, hits, shots, weapons, extra
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
