-- Einreichungen of the portal on their way in; never deleted, they are the memory that makes fetching
-- idempotent.
CREATE TABLE einreichung (
    mandant     UUID   NOT NULL REFERENCES mandant (mandant),
    einreichung UUID   NOT NULL,
    lage        TEXT   NOT NULL,
    due         BIGINT NOT NULL,
    version     BIGINT NOT NULL CHECK (version > 0),
    record      TEXT   NOT NULL,
    PRIMARY KEY (mandant, einreichung)
);
CREATE INDEX einreichung_by_due ON einreichung (mandant, lage, due, einreichung);

-- Keys of Zustellpunkte; the private part is encrypted with a key that is not in the database.
CREATE TABLE sealed_key (
    mandant      UUID  NOT NULL REFERENCES mandant (mandant),
    kid          TEXT  NOT NULL,
    zustellpunkt UUID  NOT NULL,
    record       TEXT  NOT NULL,
    sealed       BYTEA NOT NULL,
    PRIMARY KEY (mandant, kid)
);
