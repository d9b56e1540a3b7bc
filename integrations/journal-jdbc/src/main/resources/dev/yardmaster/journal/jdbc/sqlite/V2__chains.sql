-- An entry names the one before it in its run, and a run its last: what is written is at the end of one table, and no index
-- has to be kept that has another page for every run (docs/decisions/0083).
ALTER TABLE run ADD COLUMN last INTEGER;

CREATE TABLE chained (
    id       INTEGER PRIMARY KEY,
    previous INTEGER,
    run_key  INTEGER NOT NULL,
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
INSERT INTO chained (id, previous, run_key, position, at, path, type, version, codec, payload, hash, checksum)
    SELECT rowid, lag(rowid) OVER (PARTITION BY run_key ORDER BY position), run_key, position, at, path, type, version,
        codec, payload, hash, checksum
    FROM entry;
DROP TABLE entry;
ALTER TABLE chained RENAME TO entry;
CREATE INDEX entry_by_hash ON entry (hash) WHERE hash IS NOT NULL;
UPDATE run SET last = (SELECT id FROM entry WHERE entry.run_key = run.run_key ORDER BY position DESC LIMIT 1);

PRAGMA user_version = 2;
