-- What documents have to do with each other.

-- The document that this one is the other side of, and that shows both.
ALTER TABLE documents ADD COLUMN side_of TEXT;
-- The picture this one was cut out of, which of the documents there it is part of, and where it lay, as JSON.
ALTER TABLE documents ADD COLUMN cut_from TEXT;
ALTER TABLE documents ADD COLUMN part INTEGER;
ALTER TABLE documents ADD COLUMN region TEXT;
-- How many documents were cut out of this one and stand for it.
ALTER TABLE documents ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
-- Whom it belongs to.
ALTER TABLE documents ADD COLUMN person_id TEXT;
-- How many others it may be a duplicate of, of which nobody has said anything.
ALTER TABLE documents ADD COLUMN duplicates INTEGER NOT NULL DEFAULT 0;
-- Whether it has been compared with others.
ALTER TABLE documents ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;

CREATE INDEX documents_side_of ON documents (side_of) WHERE side_of IS NOT NULL;
CREATE INDEX documents_cut_from ON documents (cut_from) WHERE cut_from IS NOT NULL;
CREATE INDEX documents_person_id ON documents (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX documents_compared ON documents (number) WHERE compared = 0;

-- Under what a document is looked for by others, as keyed digests.
CREATE TABLE document_keys (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    PRIMARY KEY (document_id, key)
) STRICT;

CREATE INDEX document_keys_key ON document_keys (key, document_id);

-- What was found about two documents, and what a person said of it last.
CREATE TABLE relations (
    -- The question and both documents.
    id TEXT PRIMARY KEY,
    question TEXT NOT NULL CHECK (question IN ('sides', 'holder', 'duplicate')),
    -- The one that was made first.
    one TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    -- What speaks for it, in thousandths of a nat; NULL where only a person spoke.
    score INTEGER,
    -- Why, as JSON; never a value.
    reasons TEXT NOT NULL,
    verdict TEXT CHECK (verdict IN ('same', 'different')),
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX relations_one ON relations (one);
CREATE INDEX relations_other ON relations (other);
CREATE INDEX relations_open ON relations (question, score) WHERE verdict IS NULL;

-- What people said about two documents. Appended, never changed; the last word on a question holds.
CREATE TABLE verdicts (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    question TEXT NOT NULL CHECK (question IN ('sides', 'holder', 'duplicate')),
    one TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
    said_by TEXT NOT NULL,
    said_at INTEGER NOT NULL
) STRICT;

CREATE INDEX verdicts_one ON verdicts (one);
CREATE INDEX verdicts_other ON verdicts (other);
