-- The audit of every database once more, away from those who could alter it there. Without the salts of
-- its digests: what is forgotten where it was written is not remembered here.
CREATE TABLE audit_copies (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The database of the act, and the entry's number in it.
    origin TEXT NOT NULL CHECK (origin IN ('default', 'archive')),
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    user_id TEXT,
    door TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT,
    details TEXT NOT NULL,
    hash TEXT NOT NULL,
    seal TEXT NOT NULL,
    UNIQUE (origin, sequence)
) STRICT;

-- Figures about use, a row for each day, measure, document type and part: counts and durations, nothing
-- about a person.
CREATE TABLE usage (
    id TEXT PRIMARY KEY,
    -- ISO 8601, in UTC.
    day TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN (
        'kept', 'submitted', 'read', 'reading_time', 'corrected', 'waiting_time'
    )),
    document_type TEXT NOT NULL,
    -- A status, a field with what was done to it, or a queue.
    part TEXT NOT NULL,
    counted INTEGER NOT NULL,
    total_ms INTEGER NOT NULL,
    longest_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX usage_day ON usage (day, measure);
