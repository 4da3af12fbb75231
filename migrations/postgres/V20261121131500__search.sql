-- What lists are ordered and filtered by, derived with the title; empty where nothing is known.
ALTER TABLE documents ADD COLUMN title_key TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN date_of_birth TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN date_of_expiry TEXT COLLATE "C" NOT NULL DEFAULT '';
-- The least confidence of a field that no person settled, in thousandths.
ALTER TABLE documents ADD COLUMN confidence BIGINT NOT NULL DEFAULT 1000;

CREATE INDEX documents_title_key ON documents (title_key, number);
CREATE INDEX documents_changed_at ON documents (changed_at, number);
CREATE INDEX documents_date_of_birth ON documents (date_of_birth, number);
CREATE INDEX documents_date_of_expiry ON documents (date_of_expiry, number);
CREATE INDEX documents_confidence ON documents (confidence, number);
CREATE INDEX documents_document_type ON documents (document_type COLLATE "C", number);
CREATE INDEX documents_issuing_country ON documents (issuing_country COLLATE "C", number);

-- The words of a document by its number, folded.
CREATE TABLE document_terms (
    number BIGINT PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
    terms TSVECTOR NOT NULL
);

CREATE INDEX document_terms_terms ON document_terms USING GIN (terms);

-- A search under a name, for one user.
CREATE TABLE saved_searches (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (user_id, name)
);
