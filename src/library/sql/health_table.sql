-- Rows, rounds that have any, and the last evening of one of those. A round's rows have the numbers from the first of its range on without a gap,
-- so the last one tells how many there are: one search per round instead of a walk over all rows.
WITH counted AS MATERIALIZED (
    SELECT
        r.session_date,
        (
            SELECT t.id - (r.id << 28) + 1 FROM TABLE_NAME AS t
            WHERE t.id BETWEEN (r.id << 28) AND (r.id << 28 | 268435455) ORDER BY t.id DESC LIMIT 1
        ) AS row_count
    FROM proximity_round AS r
)
SELECT coalesce(sum(row_count), 0), count(row_count), max(iif(row_count IS NULL, NULL, session_date)) FROM counted
