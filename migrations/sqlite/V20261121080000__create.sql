-- Users, and the ways they come in.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- The name in lower case while the account is in use; NULL once it is removed, which frees the name.
    name_key TEXT UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('clerk', 'reviewer', 'admin')),
    -- Argon2id in PHC form; NULL for the built-in user of this machine, who cannot sign in by password.
    password_hash TEXT,
    is_local INTEGER NOT NULL CHECK (is_local IN (0, 1)),
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;

CREATE UNIQUE INDEX users_local ON users (is_local) WHERE is_local = 1;

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    -- SHA-256 of the secret in the cookie; the secret itself is kept nowhere.
    secret_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE codes (
    code_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX codes_user ON codes (user_id);

CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;

CREATE INDEX tokens_user ON tokens (user_id);

-- Wrong passwords, by digest of the name that was tried: a name that does not exist is slowed down all the same.
CREATE TABLE sign_in_failures (
    name_hash TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Documents and what is known of them.

-- A row is reserved before the object is written, so that no crash can lose the key of an object.
CREATE TABLE blobs (
    digest TEXT PRIMARY KEY,
    object_name TEXT NOT NULL UNIQUE,
    -- The blob's own data key, wrapped by the master key.
    wrapped_key TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
    -- Counts up with submission: the order of lists, and a short number for people and other systems.
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE REFERENCES blobs (digest),
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN (
        'queued', 'processing', 'extracted', 'needs_review', 'reviewed', 'failed', 'cancelled'
    )),
    problem_code TEXT,
    problem_message TEXT,
    submitted_by TEXT NOT NULL REFERENCES users (id),
    submitted_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    -- Derived from reading and corrections whenever either changes, for lists.
    title TEXT,
    document_type TEXT,
    issuing_country TEXT,
    doubtful INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX documents_status ON documents (status, number);
CREATE INDEX documents_submitted_by ON documents (submitted_by);

-- Appended, never changed; the one with the highest sequence holds.
CREATE TABLE readings (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    engine TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    reading TEXT NOT NULL
) STRICT;

CREATE INDEX readings_document ON readings (document_id, sequence);

-- Appended, never changed; the last one of a field holds.
CREATE TABLE corrections (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'edited', 'cleared')),
    value TEXT NOT NULL,
    corrected_by TEXT NOT NULL REFERENCES users (id),
    corrected_at INTEGER NOT NULL
) STRICT;

CREATE INDEX corrections_document ON corrections (document_id, sequence);
CREATE INDEX corrections_by ON corrections (corrected_by);

-- Work to be done.

CREATE TABLE jobs (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    queue TEXT NOT NULL,
    kind TEXT NOT NULL,
    document_id TEXT REFERENCES documents (id) ON DELETE CASCADE,
    -- What the job needs beyond its document, as JSON.
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    -- Higher comes first.
    priority INTEGER NOT NULL,
    -- How often it was claimed, and how many of the claims ended without a word.
    attempts INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    run_after INTEGER NOT NULL,
    -- Set while it runs: whoever shows the lease may commit, until another claim replaces it.
    lease TEXT,
    leased_until INTEGER,
    -- The process that runs it.
    worker TEXT,
    progress_step TEXT,
    progress_percent INTEGER,
    -- At most one job of the same key waits or runs.
    dedupe_key TEXT,
    last_error_code TEXT,
    last_error_message TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX jobs_claim ON jobs (queue, state, priority DESC, crashes, sequence, run_after);
CREATE INDEX jobs_document ON jobs (document_id, sequence);
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe_key) WHERE state IN ('waiting', 'running');

-- What happened lately, for listeners in every process that has the database open. Older entries are dropped.
CREATE TABLE changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    -- The change as JSON: its kind and, where the kind has them, status or progress. Never a value.
    change TEXT NOT NULL
) STRICT;
