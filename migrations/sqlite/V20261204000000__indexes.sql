-- What lists and searches are made of at a million records; `make bench-store` measures it.

-- The words again, with the documents of each beginning of one to four letters beside those of each word.
-- They are made anew by the job that looks for documents without any, which is due at once.
DROP TABLE document_terms;
CREATE VIRTUAL TABLE document_terms USING fts5 (
    terms, detail = none, prefix = '1 2 3 4', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
INSERT INTO document_terms (document_terms, rank) VALUES ('secure-delete', 1);
UPDATE schedules SET next_at = 0 WHERE name = 'index_documents';

-- Each holds what filters ask for beside what it is sorted by, so that a filter is decided without the row.
DROP INDEX documents_status;
DROP INDEX documents_submitted_by;
DROP INDEX documents_title_key;
DROP INDEX documents_changed_at;
DROP INDEX documents_date_of_birth;
DROP INDEX documents_date_of_expiry;
DROP INDEX documents_confidence;
DROP INDEX documents_document_type;
DROP INDEX documents_issuing_country;
DROP INDEX documents_type_order;
DROP INDEX documents_country_order;
DROP INDEX documents_assigned_to;

CREATE INDEX documents_number ON documents
    (number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_changed_at ON documents
    (changed_at, number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_title_key ON documents
    (title_key, number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_date_of_birth ON documents
    (date_of_birth, number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_date_of_expiry ON documents
    (date_of_expiry, number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_confidence ON documents
    (confidence, number, status, document_type, issuing_country, doubtful, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_submitted_at ON documents
    (submitted_at, number, status, document_type, issuing_country, doubtful, confidence, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_status ON documents
    (status, number, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_document_type ON documents
    (document_type, number, status, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_issuing_country ON documents
    (issuing_country, number, status, document_type, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_type_order ON documents
    (coalesce(document_type, ''), number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_country_order ON documents
    (coalesce(issuing_country, ''), number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_doubtful ON documents
    (doubtful, number, status, document_type, issuing_country, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_submitted_by ON documents
    (submitted_by, number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts);
CREATE INDEX documents_assigned_to ON documents
    (assigned_to, number, status, document_type, issuing_country, doubtful, confidence, submitted_at, archived_at, trashed_at, side_of, parts)
    WHERE assigned_to IS NOT NULL;

-- Reservations without a document are looked for by their age.
CREATE INDEX blobs_created_at ON blobs (created_at, digest);
