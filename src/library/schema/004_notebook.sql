-- What a person wrote. Keyed by the content hash of a round's file, not by its number: it stays when the round is deleted, and is there again
-- when it is imported again. id is made once (see `notebook`) and the same in the backup, so that bringing the backup back doubles nothing.

CREATE TABLE note (
    id TEXT PRIMARY KEY, content_hash BLOB NOT NULL, t_ms INTEGER, player_guid TEXT, text TEXT NOT NULL, created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX note_round ON note (content_hash);

CREATE TABLE bookmark (
    id TEXT PRIMARY KEY, content_hash BLOB NOT NULL, t_ms INTEGER NOT NULL, end_ms INTEGER, text TEXT NOT NULL, created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bookmark_round ON bookmark (content_hash);

-- shape: JSON, in world units.
CREATE TABLE drawing (
    id TEXT PRIMARY KEY, content_hash BLOB NOT NULL, t_ms INTEGER, end_ms INTEGER, shape TEXT NOT NULL, created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drawing_round ON drawing (content_hash);

CREATE TABLE tag (
    id TEXT PRIMARY KEY, content_hash BLOB NOT NULL, text TEXT NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL, UNIQUE (content_hash, text)
) STRICT, WITHOUT ROWID;

-- How a picture lies under a map; data: JSON. Of a map, not of a round.
CREATE TABLE calibration (
    id TEXT PRIMARY KEY, map_name TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL,
    UNIQUE (map_name, name)
) STRICT, WITHOUT ROWID;
