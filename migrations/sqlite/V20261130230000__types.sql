-- Document types that admins added. Rows are only ever added: each is a version that was imported, or the
-- act of taking a type out of use. The row with the highest sequence holds.
CREATE TABLE document_types (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    type_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    -- The definition as its TOML was written; null where the type was taken out of use.
    definition TEXT,
    done_by TEXT NOT NULL REFERENCES users (id),
    done_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX document_types_version ON document_types (type_id, version)
    WHERE definition IS NOT NULL;
CREATE INDEX document_types_by ON document_types (done_by);
