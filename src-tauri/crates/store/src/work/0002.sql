-- What was refused stays in sight until whoever entered it has put it away.
ALTER TABLE entry ADD COLUMN put_away INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_told ON entry (number) WHERE fate = 4 AND put_away = 0;
