INSERT INTO file (path, name, bytes, changed_ns, content_hash, state, round, reason, problems, program, seen_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (path) DO UPDATE SET
    name = excluded.name, bytes = excluded.bytes, changed_ns = excluded.changed_ns, content_hash = excluded.content_hash,
    state = excluded.state, round = excluded.round, reason = excluded.reason, problems = excluded.problems,
    program = excluded.program, seen_at = excluded.seen_at
