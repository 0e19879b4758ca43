-- Which Eingänge went into a Vorgang; only rows of that kind (0x05) are in the index.
CREATE INDEX thing_verbleib ON thing (json_extract(state, '$.verbleib.zugeordnet'))
    WHERE key >= x'05' AND key < x'06';
