-- What was refused stays in sight until whoever entered it has put it away.
ALTER TABLE entry ADD COLUMN put_away INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_told ON entry (number) WHERE fate = 4 AND put_away = 0;

-- What has to be told although nobody asked; kept until somebody has read it.
CREATE TABLE notice (
    number INTEGER NOT NULL PRIMARY KEY,
    kind   TEXT    NOT NULL,
    count  INTEGER NOT NULL DEFAULT 0,         -- how many things it is about
    at     INTEGER NOT NULL                    -- ms since 1970, by the clock of this machine
) STRICT;
