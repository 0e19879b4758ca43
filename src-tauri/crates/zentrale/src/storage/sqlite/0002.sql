-- Einreichungen of the portal on their way in; never deleted, they are the memory that makes fetching
-- idempotent.
CREATE TABLE einreichung (
    mandant     BLOB    NOT NULL REFERENCES mandant (mandant),
    einreichung BLOB    NOT NULL CHECK (length(einreichung) = 16),
    lage        TEXT    NOT NULL,
    due         INTEGER NOT NULL,
    version     INTEGER NOT NULL CHECK (version > 0),
    record      TEXT    NOT NULL,
    PRIMARY KEY (mandant, einreichung)
) STRICT;
CREATE INDEX einreichung_by_due ON einreichung (mandant, lage, due, einreichung);

-- Keys of Zustellpunkte; the private part is encrypted with a key that is not in the database.
CREATE TABLE sealed_key (
    mandant      BLOB NOT NULL REFERENCES mandant (mandant),
    kid          TEXT NOT NULL,
    zustellpunkt BLOB NOT NULL CHECK (length(zustellpunkt) = 16),
    record       TEXT NOT NULL,
    sealed       BLOB NOT NULL,
    PRIMARY KEY (mandant, kid)
) STRICT, WITHOUT ROWID;
