-- Only speed is lost, and the words, which are made anew.
DROP INDEX blobs_created_at;
DROP INDEX documents_doubtful;
DROP INDEX documents_submitted_at;
DELETE FROM document_terms;
