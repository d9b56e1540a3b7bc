-- A run and what lists of runs say of it. 'length' counts its entries, so that a lost tail is noticed.
CREATE TABLE run (
    run_key INTEGER PRIMARY KEY,
    id      TEXT    NOT NULL UNIQUE,
    graph   TEXT    NOT NULL,
    status  TEXT    NOT NULL,
    started INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    length  INTEGER NOT NULL,
    epoch   INTEGER NOT NULL,
    owner   TEXT
);
CREATE INDEX run_by_status ON run (status, run_key);
CREATE INDEX run_by_owner ON run (owner) WHERE owner IS NOT NULL;

CREATE TABLE label (
    run_key INTEGER NOT NULL REFERENCES run,
    name    TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    PRIMARY KEY (run_key, name)
) WITHOUT ROWID;
CREATE INDEX label_by_value ON label (name, value, run_key);

-- An open journal. Its leases are good until 'until_wall' (microseconds since 1970), or for processes of the same boot
-- of the same machine until 'until_up' (nanoseconds of its uptime), which no change of the clock touches.
CREATE TABLE owner (
    id         TEXT    PRIMARY KEY,
    host       TEXT    NOT NULL,
    pid        INTEGER NOT NULL,
    started    INTEGER NOT NULL,
    until_wall INTEGER NOT NULL,
    until_up   INTEGER NOT NULL
);

-- The journal itself. A large payload is in 'blob', found by its SHA-256 in 'hash'.
CREATE TABLE entry (
    run_key  INTEGER NOT NULL REFERENCES run,
    position INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    path     TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    codec    TEXT    NOT NULL,
    payload  BLOB,
    hash     TEXT,
    checksum INTEGER NOT NULL
);
CREATE UNIQUE INDEX entry_by_position ON entry (run_key, position);
CREATE INDEX entry_by_hash ON entry (hash) WHERE hash IS NOT NULL;

CREATE TABLE blob (
    hash  TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
);

-- What anybody left for the owner of a run: an answer to the question 'subject', or the wish to cancel.
CREATE TABLE request (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    run_key  INTEGER NOT NULL REFERENCES run,
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    codec    TEXT    NOT NULL,
    payload  BLOB    NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE UNIQUE INDEX request_by_subject ON request (run_key, kind, subject);

PRAGMA application_id = 1497453124;
PRAGMA user_version = 1;
