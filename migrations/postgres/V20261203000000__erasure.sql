-- When a document was last settled: from then on its time runs. NULL while it waits for somebody.
ALTER TABLE documents ADD COLUMN decided_at BIGINT;
-- When the keys of its file and thumbnail were destroyed; the row of the file stays, without a key.
ALTER TABLE documents ADD COLUMN pictures_erased_at BIGINT;
-- Since when it is in the trash, and who put it there.
ALTER TABLE documents ADD COLUMN trashed_at BIGINT;
ALTER TABLE documents ADD COLUMN trashed_by TEXT;

UPDATE documents SET decided_at = changed_at
WHERE status IN ('extracted', 'reviewed', 'failed', 'cancelled');

CREATE INDEX documents_decided_at ON documents (decided_at, number) WHERE decided_at IS NOT NULL;
CREATE INDEX documents_trashed_at ON documents (trashed_at, number) WHERE trashed_at IS NOT NULL;

-- How long pictures, the record and the proof of the check are kept after the decision, as ISO 8601
-- durations; NULL is for as long as there is something.
ALTER TABLE retention_policies ADD COLUMN pictures TEXT;
ALTER TABLE retention_policies ADD COLUMN record TEXT;
ALTER TABLE retention_policies ADD COLUMN proof TEXT;
UPDATE retention_policies SET record = 'P' || days || 'D';
ALTER TABLE retention_policies DROP COLUMN days;

-- Certificates of what was erased. That of a record is the proof that its document was checked.
CREATE TABLE erasures (
    id TEXT COLLATE "C" PRIMARY KEY,
    document_id TEXT NOT NULL,
    -- The family, by which policies go; empty where it was not known.
    document_type TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('pictures', 'record')),
    -- When the document had been settled; when it had not, when it was erased.
    decided_at BIGINT NOT NULL,
    erased_at BIGINT NOT NULL,
    -- JSON, without any value of the person.
    certificate TEXT NOT NULL,
    seal TEXT NOT NULL
);

CREATE INDEX erasures_document ON erasures (document_id);
CREATE INDEX erasures_decided_at ON erasures (decided_at, id);
