-- What lists are ordered and filtered by, derived with the title; empty where nothing is known.
ALTER TABLE documents ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN date_of_birth TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN date_of_expiry TEXT NOT NULL DEFAULT '';
-- The least confidence of a field that no person settled, in thousandths.
ALTER TABLE documents ADD COLUMN confidence INTEGER NOT NULL DEFAULT 1000;

CREATE INDEX documents_title_key ON documents (title_key, number);
CREATE INDEX documents_changed_at ON documents (changed_at, number);
CREATE INDEX documents_date_of_birth ON documents (date_of_birth, number);
CREATE INDEX documents_date_of_expiry ON documents (date_of_expiry, number);
CREATE INDEX documents_confidence ON documents (confidence, number);
CREATE INDEX documents_document_type ON documents (document_type, number);
CREATE INDEX documents_issuing_country ON documents (issuing_country, number);

-- The words of a document by its number, folded; what is deleted is overwritten, as everywhere.
CREATE VIRTUAL TABLE document_terms USING fts5 (
    terms, detail = none, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
INSERT INTO document_terms (document_terms, rank) VALUES ('secure-delete', 1);

-- A search under a name, for one user.
CREATE TABLE saved_searches (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (user_id, name)
) STRICT;
