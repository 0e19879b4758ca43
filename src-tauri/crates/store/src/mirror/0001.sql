-- What the Zentrale said. Disposable at any moment.

-- Where the mirror stands; one row. Absent before the first contact.
CREATE TABLE place (
    one         INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    epoch       BLOB    NOT NULL,
    seq         INTEGER NOT NULL,           -- every row of the feed up to here is in `thing`
    head_seq    INTEGER NOT NULL,           -- an end of the feed we have witnessed
    head_hash   BLOB    NOT NULL,
    checked     INTEGER NOT NULL DEFAULT 0  -- digests agreed at `seq`
) STRICT;

-- Scopes we know of. `mirrored`: 0 known only from single things, 1 being fetched, 2 complete.
CREATE TABLE scope (
    number   INTEGER NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    mirrored INTEGER NOT NULL DEFAULT 0,
    after    BLOB    NOT NULL DEFAULT x'',  -- pages up to this key are here
    rows     INTEGER NOT NULL DEFAULT 0,
    sum      BLOB    NOT NULL DEFAULT x'00000000000000000000000000000000'
) STRICT;

CREATE TABLE thing (
    key       BLOB    NOT NULL PRIMARY KEY,
    scope     INTEGER NOT NULL REFERENCES scope (number),
    revision  INTEGER NOT NULL,
    hash      BLOB    NOT NULL,             -- of `state`
    state     TEXT    NOT NULL,             -- JSON of the thing, byte for byte as the Zentrale hashes it
    zuweisung BLOB,                         -- columns for lists, read out of `state`
    status    INTEGER,                      -- 0 offen … 3 zdA
    faellig   TEXT,                         -- the next open Wiedervorlage or Frist
    contested INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX thing_open ON thing (scope, status, faellig) WHERE status < 3;
CREATE INDEX thing_zuweisung ON thing (zuweisung, status) WHERE zuweisung IS NOT NULL;
CREATE INDEX thing_contested ON thing (key) WHERE contested = 1;

-- Things whose rows could not be carried out here, from position `since` on; their stands have to
-- be asked for.
CREATE TABLE need (
    key   BLOB    NOT NULL PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Documents that things refer to, and whether their bytes are on this machine.
CREATE TABLE document (
    hash BLOB    NOT NULL,
    key  BLOB    NOT NULL,
    PRIMARY KEY (hash, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_key ON document (key);
CREATE TABLE present (
    hash BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
