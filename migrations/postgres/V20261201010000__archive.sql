-- When a record was closed away. Where the archive is a database of its own, a row with it lies there;
-- otherwise it lies here, and lists leave it out.
ALTER TABLE documents ADD COLUMN archived_at BIGINT;

CREATE INDEX documents_archived_at ON documents (archived_at, number) WHERE archived_at IS NOT NULL;

-- Records on their way between this database and the archive, as long as there may be two of one.
CREATE TABLE moves (
    document_id TEXT PRIMARY KEY,
    towards TEXT NOT NULL CHECK (towards IN ('archive', 'default')),
    -- Which database has the one that counts.
    holder TEXT NOT NULL CHECK (holder IN ('archive', 'default')),
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);
