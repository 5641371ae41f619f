-- What a round takes: the packed paths of its lives, and the image of everything else.
SELECT
    (SELECT coalesce(sum(length(t.path)), 0) FROM player_track_row AS t WHERE t.id BETWEEN ?1 << 28 AND (?1 << 28 | 268435455)),
    (SELECT length(i.image) FROM round_image AS i WHERE i.round = ?1)
