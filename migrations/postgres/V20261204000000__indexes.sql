-- What lists and searches are made of at a million records; `make bench-store` measures it. A server keeps
-- statistics and combines indexes, so that it needs fewer than a file.

-- The words are made anew by the job that looks for documents without any, which is due at once.
DELETE FROM document_terms;
UPDATE schedules SET next_at = 0 WHERE name = 'index_documents';

CREATE INDEX documents_submitted_at ON documents (submitted_at, number);
CREATE INDEX documents_doubtful ON documents (number) WHERE doubtful > 0;

-- Reservations without a document are looked for by their age.
CREATE INDEX blobs_created_at ON blobs (created_at);
