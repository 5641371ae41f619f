-- Rounds, the files they came from, and the stats rounds they are linked to.

-- Every text of the rows of all rounds, once. Text as read, with U+FFFD for bytes that are no UTF-8; the bytes themselves are in the image.
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

-- One stored round. Numbers are never given to another round again.
CREATE TABLE proximity_round (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_hash BLOB NOT NULL UNIQUE,      -- BLAKE3 of the unpacked bytes
    opening_hash INTEGER NOT NULL,          -- hash of the first engagements: the same for a truncated twin
    file_name TEXT NOT NULL,
    file_path TEXT,
    plain_bytes INTEGER NOT NULL,
    was_packed INTEGER NOT NULL,
    map_name TEXT NOT NULL,                 -- '' when the header has none
    round_number INTEGER NOT NULL,
    round_number_source TEXT NOT NULL,      -- gametime, filename, header, default
    round_number_disputed INTEGER NOT NULL,
    claimed_number INTEGER,                 -- what the best source says, 0 included; NULL when none says anything
    paired_number INTEGER,                  -- what the match says, where it contradicts round_number
    session_date TEXT,                      -- the evening, YYYY-MM-DD; NULL when no source tells it
    session_date_source TEXT,
    zone_offset_s INTEGER,
    stamp_local_s INTEGER,                  -- the file name's stamp, server's local time, as if it were UTC
    round_start_unix INTEGER NOT NULL,      -- 0 = not known
    round_end_unix INTEGER NOT NULL,        -- 0 = not known
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    tracker_version TEXT NOT NULL,
    tracker_family TEXT NOT NULL,
    version_reason TEXT NOT NULL,
    capabilities TEXT NOT NULL,             -- JSON {flag: enabled|disabled|unknown}
    config_hash TEXT,                       -- of thresholds and captures; NULL when the file declares none
    cadence_declared_ms INTEGER,
    cadence_measured_ms INTEGER,
    cadence_ms INTEGER NOT NULL,
    player_count INTEGER NOT NULL,
    bot_count INTEGER NOT NULL,
    player_names TEXT NOT NULL,             -- plain names, one a line
    life_count INTEGER NOT NULL,
    sample_count INTEGER NOT NULL,
    engagement_count INTEGER NOT NULL,
    kill_count INTEGER NOT NULL,            -- deaths caused by enemies
    row_count INTEGER NOT NULL,             -- readable rows of all sections
    objective_rows INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    notes INTEGER NOT NULL,
    is_cut INTEGER NOT NULL,
    match_id INTEGER,                       -- id of the match's first round
    round_id INTEGER REFERENCES rounds (id) ON DELETE SET NULL,
    round_link_source TEXT,
    round_link_reason TEXT,
    round_link_score TEXT,                  -- JSON: what spoke for the link
    round_linked_at TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX proximity_round_twins ON proximity_round (map_name COLLATE NOCASE, round_start_unix);
CREATE INDEX proximity_round_end ON proximity_round (round_end_unix);
CREATE INDEX proximity_round_date ON proximity_round (session_date);
CREATE INDEX proximity_round_link ON proximity_round (round_id);

-- Everything of a round's file but the samples of its lives, in the form described in `pack`.
CREATE TABLE round_image (round INTEGER PRIMARY KEY REFERENCES proximity_round (id) ON DELETE CASCADE, image BLOB NOT NULL) STRICT;

-- Files that were looked at. A file that is the same still (path, size, time) need not be read again.
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,              -- of a member of an archive: the archive's path, `!`, the member's name
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,            -- modification time, ns since 1970
    content_hash BLOB,
    state TEXT NOT NULL,                    -- stored, duplicate, stats, refused, removed
    round INTEGER REFERENCES proximity_round (id) ON DELETE SET NULL,
    reason TEXT,                            -- of a refusal
    problems INTEGER NOT NULL,
    program TEXT NOT NULL,                  -- version that looked at it: a later one looks again at what was refused
    seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX file_round ON file (round);
CREATE INDEX file_hash ON file (content_hash);

-- Names `gametime-<map>-R<n>-<unix>.json` of a second module: they tell the number of the round that ended in that second.
CREATE TABLE gametime (name TEXT PRIMARY KEY, ended_unix INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX gametime_end ON gametime (ended_unix);

-- Rounds as a second module's stats files tell them.
CREATE TABLE rounds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_hash BLOB NOT NULL UNIQUE,
    file_name TEXT NOT NULL,
    file_path TEXT,
    round_date TEXT,                        -- YYYY-MM-DD of the stamp
    round_time TEXT,                        -- HHMMSS of the stamp
    stamp_local_s INTEGER,
    server_name TEXT,
    map_name TEXT NOT NULL,
    config_name TEXT,
    round_number INTEGER,
    defender_team INTEGER,                  -- 1 Axis, 2 Allies
    winner_team INTEGER,
    time_limit_s INTEGER,
    next_time_limit_s INTEGER,
    play_time_ms INTEGER,
    player_count INTEGER NOT NULL,
    problems INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX rounds_map ON rounds (map_name COLLATE NOCASE, stamp_local_s);

-- A player's line of a stats file. Numbers run on from round 1 to round 2 of a match.
CREATE TABLE round_player_stats (
    round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    player_guid TEXT NOT NULL,              -- the first eight characters
    player_name TEXT NOT NULL,
    team INTEGER,
    rounds INTEGER,
    kills INTEGER NOT NULL,
    deaths INTEGER NOT NULL,
    headshots INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    shots INTEGER NOT NULL,
    weapons TEXT NOT NULL,                  -- JSON: per kind of weapon [hits, shots, kills, deaths, headshots]
    extra TEXT NOT NULL,                    -- JSON: the fields behind the weapons
    PRIMARY KEY (round_id, place)
) STRICT, WITHOUT ROWID;

-- Rounds and stats files that came or went since links and matches were last worked out: where to look again. In the same transaction as what
-- it tells of, so that nothing is forgotten when the program ends in between.
CREATE TABLE link_change (
    id INTEGER PRIMARY KEY,
    is_stats INTEGER NOT NULL,
    place INTEGER NOT NULL,                 -- id of the round or of the stats round
    map_name TEXT NOT NULL,
    local_s INTEGER NOT NULL
) STRICT;

-- Folders whose new files are imported by themselves.
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    is_paused INTEGER NOT NULL,
    opens_newest INTEGER NOT NULL,
    polls INTEGER NOT NULL,
    last_scan_unix INTEGER,
    created_at TEXT NOT NULL
) STRICT;
