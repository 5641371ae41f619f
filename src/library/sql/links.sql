SELECT
    p.id, p.session_date, p.map_name, p.file_name, p.round_number, p.paired_number, p.round_link_reason, p.match_id,
    s.file_name AS stats_file
FROM proximity_round AS p LEFT JOIN rounds AS s ON s.id = p.round_id
ORDER BY p.session_date, p.id
