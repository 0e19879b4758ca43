-- What happened to this desk without anybody at it having done it, until they have read it. Neither
-- names nor contents: those may have left the desk for a reason.
CREATE TABLE notice (
    number  INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind    INTEGER NOT NULL,
    subject BLOB    NOT NULL,               -- key of the unit or thing it is about; empty if none
    entries INTEGER NOT NULL,               -- own entries that it concerns
    told_at INTEGER NOT NULL,               -- ms since 1970, by the clock of this machine
    UNIQUE (kind, subject)
) STRICT;
