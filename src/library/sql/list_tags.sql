-- Tags of stored rounds: those of the very file, and those of other copies of the same round.
SELECT r.id, t.text FROM tag AS t JOIN proximity_round AS r ON r.content_hash = t.content_hash
UNION
SELECT f.round, t.text FROM tag AS t JOIN file AS f ON f.content_hash = t.content_hash WHERE f.round IS NOT NULL
ORDER BY 1, 2
