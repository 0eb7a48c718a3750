-- Ids are 16 bytes, hashes 32; times are milliseconds since 1970, UTC. The same in every dialect.

CREATE TABLE installation (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    id         BLOB NOT NULL,
    epoch      BLOB NOT NULL,
    keyring    BLOB NOT NULL, -- fingerprint of the keyring that belongs to this database
    own_device BLOB NOT NULL, -- the device as which the server writes
    own_n      INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    id         BLOB PRIMARY KEY,
    login_name TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    login      BLOB           -- NULL until they enrol
) STRICT;

-- head and chain are the counter: read and written in the transaction that stores the entries.
CREATE TABLE journals (
    id    BLOB PRIMARY KEY,
    kind  TEXT NOT NULL,
    name  TEXT NOT NULL,
    head  INTEGER NOT NULL,
    chain BLOB NOT NULL,
    UNIQUE (kind, name)
) STRICT;

CREATE TABLE grants (
    user_id    BLOB NOT NULL REFERENCES users (id),
    journal    BLOB NOT NULL REFERENCES journals (id),
    role       TEXT NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (user_id, journal)
) STRICT;

CREATE TABLE devices (
    id          BLOB PRIMARY KEY,
    user_id     BLOB NOT NULL REFERENCES users (id),
    outbox_key  BLOB NOT NULL, -- wrapped by the keyring
    outbox_mark BLOB NOT NULL, -- tells whether the same key is registered again
    revoked_at  INTEGER
) STRICT;

-- What a device may show: "push" can only push, "renew" makes a session.
CREATE TABLE credentials (
    hash   BLOB PRIMARY KEY,
    device BLOB NOT NULL REFERENCES devices (id),
    kind   TEXT NOT NULL
) STRICT;
CREATE INDEX credentials_device ON credentials (device);

CREATE TABLE sessions (
    hash    BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    device  BLOB NOT NULL REFERENCES devices (id),
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE enrolments (
    hash    BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    expires INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

-- No reference to users or devices: the server writes as itself, and after a restore entries of
-- others may be offered again. salt and payload are NULL once erased; the chain stays whole.
CREATE TABLE entries (
    journal     BLOB NOT NULL REFERENCES journals (id),
    seq         INTEGER NOT NULL,
    id          BLOB NOT NULL UNIQUE,
    author      BLOB NOT NULL,
    device      BLOB NOT NULL,
    n           INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    cloned      INTEGER NOT NULL, -- what the writer was told
    commitment  BLOB NOT NULL,
    chain       BLOB NOT NULL,
    salt        BLOB,
    payload     BLOB,
    PRIMARY KEY (journal, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_device_n ON entries (device, n);

CREATE TABLE quarantine (
    journal     BLOB NOT NULL REFERENCES journals (id),
    device      BLOB NOT NULL,
    n           INTEGER NOT NULL,
    raw_hash    BLOB NOT NULL,
    user_id     BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    raw         BLOB NOT NULL,
    PRIMARY KEY (journal, device, n, raw_hash)
) STRICT;
