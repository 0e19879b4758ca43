-- Every primary key begins with the Mandant. Hashes and ids are bytes; JSON is text, byte for byte.
CREATE TABLE mandant (
    mandant BLOB NOT NULL PRIMARY KEY CHECK (length(mandant) = 16),
    name    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The counter: taken last in every transaction that writes to the feed.
CREATE TABLE feed_head (
    mandant BLOB    NOT NULL PRIMARY KEY REFERENCES mandant (mandant),
    epoch   BLOB    NOT NULL CHECK (length(epoch) = 16),
    seq     INTEGER NOT NULL CHECK (seq >= 0),
    hash    BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
    mandant    BLOB    NOT NULL,
    seq        INTEGER NOT NULL,
    scope      BLOB    NOT NULL,
    entity     BLOB    NOT NULL,
    revision   INTEGER NOT NULL,
    intent     BLOB    NOT NULL,
    author     BLOB    NOT NULL,
    received   INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    state_hash BLOB    NOT NULL,
    events     TEXT    NOT NULL,
    salt       BLOB    NOT NULL,
    commitment BLOB    NOT NULL,
    hash       BLOB    NOT NULL,
    PRIMARY KEY (mandant, seq)
) STRICT;
CREATE INDEX feed_by_scope ON feed (mandant, scope, seq);
CREATE INDEX feed_by_entity ON feed (mandant, entity, seq);

CREATE TABLE entity (
    mandant    BLOB    NOT NULL,
    key        BLOB    NOT NULL,
    revision   INTEGER NOT NULL,
    scope      BLOB    NOT NULL,
    state      TEXT    NOT NULL,
    state_hash BLOB    NOT NULL,
    PRIMARY KEY (mandant, key)
) STRICT;
CREATE INDEX entity_by_scope ON entity (mandant, scope, key);

-- `sum` is an unsigned 128-bit number, most significant byte first.
CREATE TABLE scope_digest (
    mandant BLOB    NOT NULL,
    scope   BLOB    NOT NULL,
    rows    INTEGER NOT NULL,
    sum     BLOB    NOT NULL CHECK (length(sum) = 16),
    PRIMARY KEY (mandant, scope)
) STRICT, WITHOUT ROWID;

-- `checksum` covers all other columns, so that damage to those the feed does not repeat is found too.
CREATE TABLE entry (
    mandant      BLOB    NOT NULL,
    intent       BLOB    NOT NULL,
    instance     BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    author       BLOB    NOT NULL,
    target       BLOB    NOT NULL,
    received     INTEGER NOT NULL,
    payload_hash BLOB    NOT NULL,
    entry        TEXT    NOT NULL,
    result       TEXT    NOT NULL,
    checksum     BLOB    NOT NULL,
    PRIMARY KEY (mandant, intent)
) STRICT;

CREATE TABLE document (
    mandant BLOB    NOT NULL REFERENCES mandant (mandant),
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    size    INTEGER NOT NULL CHECK (size >= 0),
    PRIMARY KEY (mandant, hash)
) STRICT, WITHOUT ROWID;

-- Who has uploaded a document, and so proved that they own its bytes.
CREATE TABLE document_holder (
    mandant BLOB NOT NULL,
    hash    BLOB NOT NULL,
    person  BLOB NOT NULL CHECK (length(person) = 16),
    PRIMARY KEY (mandant, hash, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_reference (
    mandant BLOB NOT NULL,
    hash    BLOB NOT NULL,
    entity  BLOB NOT NULL CHECK (length(entity) = 17),
    PRIMARY KEY (mandant, hash, entity)
) STRICT, WITHOUT ROWID;

-- A token names its device, and so its Mandant: it must be the only one anywhere.
CREATE TABLE device (
    mandant    BLOB    NOT NULL REFERENCES mandant (mandant),
    token_hash BLOB    NOT NULL CHECK (length(token_hash) = 32),
    person     BLOB    NOT NULL,
    name       TEXT    NOT NULL,
    added      INTEGER NOT NULL,
    PRIMARY KEY (mandant, token_hash)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX device_by_token ON device (token_hash);
