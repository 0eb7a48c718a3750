-- What was erased: ids only. The list itself stands beside the keyring; this is what of it was carried out here.
-- No reference to journals: a restore may have lost one.
CREATE TABLE erasures (
    journal   BLOB NOT NULL,
    number    INTEGER NOT NULL, -- 1, 2, 3 … in each journal
    item      BLOB NOT NULL, -- the line of the list
    kind      TEXT, -- place, household, person; NULL where single entries were erased
    subject   BLOB,
    erased_at INTEGER NOT NULL,
    wiped     INTEGER NOT NULL, -- whether the bytes are out of the database's files, too
    PRIMARY KEY (journal, number),
    UNIQUE (item, journal)
) STRICT;
CREATE INDEX erasures_subject ON erasures (subject);

-- Which entries, also those that a restore has lost.
CREATE TABLE erased_entries (
    id      BLOB NOT NULL,
    journal BLOB NOT NULL,
    item    BLOB NOT NULL,
    PRIMARY KEY (id, journal)
) STRICT, WITHOUT ROWID;

-- The number of the erasure that took it.
ALTER TABLE entries ADD COLUMN erasure INTEGER;
CREATE INDEX entries_erasure ON entries (journal, erasure) WHERE erasure IS NOT NULL;
