-- Everything somebody entered. The program never deletes this file.

-- Who this copy is and where it belongs: instance, token, address of the Zentrale, rights last heard.
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The outbox. `number` is contiguous from 1 and never reused.
CREATE TABLE entry (
    number     INTEGER NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE,
    body       TEXT    NOT NULL,               -- JSON of the entry, byte for byte as first stored
    parents    BLOB    NOT NULL,               -- ids of the entries it builds on, 16 bytes each
    fate       INTEGER NOT NULL DEFAULT 0,     -- 0 waiting, 1 accepted, 2 merged, 3 conflict, 4 refused
    withdrawn  INTEGER NOT NULL DEFAULT 0,     -- taken back, the Zentrale does not know yet
    deferral   TEXT    NOT NULL DEFAULT '',    -- why the Zentrale did not decide it, last time
    seq        INTEGER NOT NULL DEFAULT 0,     -- the feed holds its effect from here on
    result     TEXT    NOT NULL DEFAULT '',    -- JSON of the Zentrale's result, as received
    saved_at   INTEGER NOT NULL,               -- ms since 1970, by the clock of this machine
    settled_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX entry_waiting ON entry (number) WHERE fate = 0;
CREATE INDEX entry_seq ON entry (seq) WHERE seq > 0;

-- Documents an entry refers to that the Zentrale may not have yet.
CREATE TABLE upload (
    hash       BLOB    NOT NULL PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    done       INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_open ON upload (hash) WHERE done = 0;

-- What somebody began to write and has not entered yet.
CREATE TABLE draft (
    name     TEXT    NOT NULL PRIMARY KEY,
    body     TEXT    NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Things somebody wants to have here beside the work of their units.
CREATE TABLE pin (
    entity BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
