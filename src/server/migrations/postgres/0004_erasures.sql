-- What was erased: ids only. The list itself stands beside the keyring; this is what of it was carried out here.
-- No reference to journals: a restore may have lost one.
CREATE TABLE erasures (
    journal   BYTEA NOT NULL,
    number    BIGINT NOT NULL, -- 1, 2, 3 … in each journal
    item      BYTEA NOT NULL, -- the line of the list
    kind      TEXT COLLATE "C", -- place, household, person; NULL where single entries were erased
    subject   BYTEA,
    erased_at BIGINT NOT NULL,
    wiped     BOOLEAN NOT NULL, -- whether the bytes are out of the database's files, too
    PRIMARY KEY (journal, number),
    UNIQUE (item, journal)
);
CREATE INDEX erasures_subject ON erasures (subject);

-- Which entries, also those that a restore has lost.
CREATE TABLE erased_entries (
    id      BYTEA NOT NULL,
    journal BYTEA NOT NULL,
    item    BYTEA NOT NULL,
    PRIMARY KEY (id, journal)
);

-- The number of the erasure that took it.
ALTER TABLE entries ADD COLUMN erasure BIGINT;
CREATE INDEX entries_erasure ON entries (journal, erasure) WHERE erasure IS NOT NULL;
