-- Lost: the certificates of what was erased, the times of pictures and proofs, and when documents were
-- settled. What is in the trash comes back. A policy for pictures or proofs alone is dropped.
DROP TABLE erasures;
ALTER TABLE retention_policies ADD COLUMN days INTEGER NOT NULL DEFAULT 1 CHECK (days > 0);
DELETE FROM retention_policies WHERE record IS NULL;
UPDATE retention_policies SET days = CASE
    WHEN record LIKE 'P%D' AND record NOT LIKE '%Y%' AND record NOT LIKE '%M%' AND record NOT LIKE '%W%'
        THEN CAST(substr(record, 2, length(record) - 2) AS INTEGER)
    WHEN record LIKE 'P%Y' THEN 366 * CAST(substr(record, 2, length(record) - 2) AS INTEGER)
    ELSE 36600 END;
ALTER TABLE retention_policies DROP COLUMN proof;
ALTER TABLE retention_policies DROP COLUMN record;
ALTER TABLE retention_policies DROP COLUMN pictures;
DROP INDEX documents_trashed_at;
DROP INDEX documents_decided_at;
ALTER TABLE documents DROP COLUMN trashed_by;
ALTER TABLE documents DROP COLUMN trashed_at;
ALTER TABLE documents DROP COLUMN pictures_erased_at;
ALTER TABLE documents DROP COLUMN decided_at;
