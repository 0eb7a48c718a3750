-- What may be printed of a closed quarter, once: no true count is kept.
CREATE TABLE summaries (
    journal    BYTEA NOT NULL REFERENCES journals (id),
    quarter    TEXT COLLATE "C" NOT NULL, -- 2026-Q3
    summary    TEXT COLLATE "C" NOT NULL, -- JSON
    created_at BIGINT NOT NULL,
    PRIMARY KEY (journal, quarter)
);
