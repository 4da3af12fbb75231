-- Who is to look at a document; nobody in particular where it is NULL.
ALTER TABLE documents ADD COLUMN assigned_to TEXT REFERENCES users (id);

CREATE INDEX documents_assigned_to ON documents (assigned_to, number) WHERE assigned_to IS NOT NULL;

-- Lists can be ordered by what may be unknown, too.
CREATE INDEX documents_type_order ON documents (coalesce(document_type, ''), number);
CREATE INDEX documents_country_order ON documents (coalesce(issuing_country, ''), number);

-- Whether everybody may use a kept search, or only whose it is.
ALTER TABLE saved_searches ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1));
