-- What happened to things, as far as it is known here: rows the feed brought, and older ones that were
-- asked for. A thing's revisions are counted from 1 and each has one row, so what is missing shows.
CREATE TABLE verlauf (
    key      BLOB    NOT NULL,
    revision INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    intent   BLOB    NOT NULL,
    author   BLOB    NOT NULL,
    received INTEGER NOT NULL,
    events   TEXT    NOT NULL,
    PRIMARY KEY (key, revision)
) STRICT, WITHOUT ROWID;
