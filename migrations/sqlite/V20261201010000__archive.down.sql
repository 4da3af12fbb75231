-- Lost: which records were closed away; those of this database are open again. Restore what lies in an
-- archive of its own before.

DROP TABLE moves;
DROP INDEX documents_archived_at;
ALTER TABLE documents DROP COLUMN archived_at;
