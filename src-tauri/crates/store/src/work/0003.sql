-- Things that were opened on this desk.
CREATE TABLE seen (
    entity BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
