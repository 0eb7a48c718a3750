-- Ids are 16 bytes, hashes 32; times are milliseconds since 1970, UTC. The same in every dialect.
-- Payloads are the bytes as written, never JSONB. COLLATE "C" sorts by bytes, as SQLite does, whatever the database's language.

CREATE TABLE installation (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    id         BYTEA NOT NULL,
    epoch      BYTEA NOT NULL,
    keyring    BYTEA NOT NULL, -- fingerprint of the keyring that belongs to this database
    own_device BYTEA NOT NULL, -- the device as which the server writes
    own_n      BIGINT NOT NULL
);

CREATE TABLE users (
    id         BYTEA PRIMARY KEY,
    login_name TEXT COLLATE "C" NOT NULL UNIQUE,
    name       TEXT COLLATE "C" NOT NULL,
    role       TEXT COLLATE "C" NOT NULL,
    login      BYTEA           -- NULL until they enrol
);

-- head and chain are the counter: read and written in the transaction that stores the entries.
CREATE TABLE journals (
    id    BYTEA PRIMARY KEY,
    kind  TEXT COLLATE "C" NOT NULL,
    name  TEXT COLLATE "C" NOT NULL,
    head  BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    UNIQUE (kind, name)
);

CREATE TABLE grants (
    user_id    BYTEA NOT NULL REFERENCES users (id),
    journal    BYTEA NOT NULL REFERENCES journals (id),
    role       TEXT COLLATE "C" NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (user_id, journal)
);

CREATE TABLE devices (
    id          BYTEA PRIMARY KEY,
    user_id     BYTEA NOT NULL REFERENCES users (id),
    outbox_key  BYTEA NOT NULL, -- wrapped by the keyring
    outbox_mark BYTEA NOT NULL, -- tells whether the same key is registered again
    revoked_at  BIGINT
);

-- What a device may show: "push" can only push, "renew" makes a session.
CREATE TABLE credentials (
    hash   BYTEA PRIMARY KEY,
    device BYTEA NOT NULL REFERENCES devices (id),
    kind   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX credentials_device ON credentials (device);

CREATE TABLE sessions (
    hash    BYTEA PRIMARY KEY,
    user_id BYTEA NOT NULL REFERENCES users (id),
    device  BYTEA NOT NULL REFERENCES devices (id),
    expires BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE enrolments (
    hash    BYTEA PRIMARY KEY,
    user_id BYTEA NOT NULL REFERENCES users (id),
    expires BIGINT NOT NULL,
    used_at BIGINT
);

-- No reference to users or devices: the server writes as itself, and after a restore entries of
-- others may be offered again. salt and payload are NULL once erased; the chain stays whole.
CREATE TABLE entries (
    journal     BYTEA NOT NULL REFERENCES journals (id),
    seq         BIGINT NOT NULL,
    id          BYTEA NOT NULL UNIQUE,
    author      BYTEA NOT NULL,
    device      BYTEA NOT NULL,
    n           BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    cloned      BOOLEAN NOT NULL, -- what the writer was told
    commitment  BYTEA NOT NULL,
    chain       BYTEA NOT NULL,
    salt        BYTEA,
    payload     BYTEA,
    PRIMARY KEY (journal, seq)
);
CREATE INDEX entries_device_n ON entries (device, n);

CREATE TABLE quarantine (
    journal     BYTEA NOT NULL REFERENCES journals (id),
    device      BYTEA NOT NULL,
    n           BIGINT NOT NULL,
    raw_hash    BYTEA NOT NULL,
    user_id     BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL,
    raw         BYTEA NOT NULL,
    PRIMARY KEY (journal, device, n, raw_hash)
);
