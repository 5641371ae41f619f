SELECT s.name, c.name
FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c
WHERE
    s.type = 'view' AND s.name <> 'scope'
    OR s.name IN ('proximity_round', 'file', 'rounds', 'round_player_stats', 'note', 'bookmark', 'drawing', 'tag', 'calibration')
ORDER BY s.name, c.cid
