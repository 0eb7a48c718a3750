-- What may be printed of a closed quarter, once: no true count is kept.
CREATE TABLE summaries (
    journal    BLOB NOT NULL REFERENCES journals (id),
    quarter    TEXT NOT NULL, -- 2026-Q3
    summary    TEXT NOT NULL, -- JSON
    created_at INTEGER NOT NULL,
    PRIMARY KEY (journal, quarter)
) STRICT;
