-- Every primary key begins with the Mandant. Hashes and keys are bytes; JSON is text, byte for byte.
CREATE TABLE mandant (
    mandant UUID NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL
);

-- The counter: locked last in every transaction that writes to the feed. Room in the page lets the
-- row be replaced without touching the index.
CREATE TABLE feed_head (
    mandant UUID   NOT NULL PRIMARY KEY REFERENCES mandant (mandant),
    epoch   UUID   NOT NULL,
    seq     BIGINT NOT NULL CHECK (seq >= 0),
    hash    BYTEA  NOT NULL CHECK (length(hash) = 32)
) WITH (fillfactor = 10);

CREATE TABLE feed (
    mandant    UUID     NOT NULL,
    seq        BIGINT   NOT NULL,
    scope      BYTEA    NOT NULL,
    entity     BYTEA    NOT NULL,
    revision   BIGINT   NOT NULL,
    intent     UUID     NOT NULL,
    author     UUID     NOT NULL,
    received   BIGINT   NOT NULL,
    step       SMALLINT NOT NULL,
    state_hash BYTEA    NOT NULL,
    events     TEXT     NOT NULL,
    salt       BYTEA    NOT NULL,
    commitment BYTEA    NOT NULL,
    hash       BYTEA    NOT NULL,
    PRIMARY KEY (mandant, seq)
);
CREATE INDEX feed_by_scope ON feed (mandant, scope, seq);
CREATE INDEX feed_by_entity ON feed (mandant, entity, seq);

CREATE TABLE entity (
    mandant    UUID   NOT NULL,
    key        BYTEA  NOT NULL,
    revision   BIGINT NOT NULL,
    scope      BYTEA  NOT NULL,
    state      TEXT   NOT NULL,
    state_hash BYTEA  NOT NULL,
    PRIMARY KEY (mandant, key)
) WITH (fillfactor = 80);
CREATE INDEX entity_by_scope ON entity (mandant, scope, key);

-- `sum` is an unsigned 128-bit number, most significant byte first.
CREATE TABLE scope_digest (
    mandant UUID   NOT NULL,
    scope   BYTEA  NOT NULL,
    rows    BIGINT NOT NULL,
    sum     BYTEA  NOT NULL CHECK (length(sum) = 16),
    PRIMARY KEY (mandant, scope)
) WITH (fillfactor = 50);

-- `checksum` covers all other columns, so that damage to those the feed does not repeat is found too.
CREATE TABLE entry (
    mandant      UUID   NOT NULL,
    intent       UUID   NOT NULL,
    instance     UUID   NOT NULL,
    number       BIGINT NOT NULL,
    author       UUID   NOT NULL,
    target       BYTEA  NOT NULL,
    received     BIGINT NOT NULL,
    payload_hash BYTEA  NOT NULL,
    entry        TEXT   NOT NULL,
    result       TEXT   NOT NULL,
    checksum     BYTEA  NOT NULL,
    PRIMARY KEY (mandant, intent)
);

CREATE TABLE document (
    mandant UUID   NOT NULL REFERENCES mandant (mandant),
    hash    BYTEA  NOT NULL CHECK (length(hash) = 32),
    size    BIGINT NOT NULL CHECK (size >= 0),
    PRIMARY KEY (mandant, hash)
);

-- Who has uploaded a document, and so proved that they own its bytes.
CREATE TABLE document_holder (
    mandant UUID  NOT NULL,
    hash    BYTEA NOT NULL,
    person  UUID  NOT NULL,
    PRIMARY KEY (mandant, hash, person)
);

CREATE TABLE document_reference (
    mandant UUID  NOT NULL,
    hash    BYTEA NOT NULL,
    entity  BYTEA NOT NULL CHECK (length(entity) = 17),
    PRIMARY KEY (mandant, hash, entity)
);

-- A token names its device, and so its Mandant: it must be the only one anywhere.
CREATE TABLE device (
    mandant    UUID   NOT NULL REFERENCES mandant (mandant),
    token_hash BYTEA  NOT NULL CHECK (length(token_hash) = 32),
    person     UUID   NOT NULL,
    name       TEXT   NOT NULL,
    added      BIGINT NOT NULL,
    PRIMARY KEY (mandant, token_hash)
);
CREATE UNIQUE INDEX device_by_token ON device (token_hash);
