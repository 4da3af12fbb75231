-- Only speed is lost, and the words, which are made anew.
DROP INDEX blobs_created_at;
DROP INDEX documents_number;
DROP INDEX documents_changed_at;
DROP INDEX documents_title_key;
DROP INDEX documents_date_of_birth;
DROP INDEX documents_date_of_expiry;
DROP INDEX documents_confidence;
DROP INDEX documents_submitted_at;
DROP INDEX documents_status;
DROP INDEX documents_document_type;
DROP INDEX documents_issuing_country;
DROP INDEX documents_doubtful;
DROP INDEX documents_submitted_by;
DROP INDEX documents_type_order;
DROP INDEX documents_country_order;
DROP INDEX documents_assigned_to;

CREATE INDEX documents_status ON documents (status, number);
CREATE INDEX documents_submitted_by ON documents (submitted_by);
CREATE INDEX documents_title_key ON documents (title_key, number);
CREATE INDEX documents_changed_at ON documents (changed_at, number);
CREATE INDEX documents_date_of_birth ON documents (date_of_birth, number);
CREATE INDEX documents_date_of_expiry ON documents (date_of_expiry, number);
CREATE INDEX documents_confidence ON documents (confidence, number);
CREATE INDEX documents_document_type ON documents (document_type, number);
CREATE INDEX documents_issuing_country ON documents (issuing_country, number);
CREATE INDEX documents_type_order ON documents (coalesce(document_type, ''), number);
CREATE INDEX documents_country_order ON documents (coalesce(issuing_country, ''), number);
CREATE INDEX documents_assigned_to ON documents (assigned_to, number) WHERE assigned_to IS NOT NULL;

DROP TABLE document_terms;
CREATE VIRTUAL TABLE document_terms USING fts5 (
    terms, detail = none, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
INSERT INTO document_terms (document_terms, rank) VALUES ('secure-delete', 1);
