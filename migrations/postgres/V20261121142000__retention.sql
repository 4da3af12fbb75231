-- How long documents are kept, by family; the row of the empty family stands for all that have none.
CREATE TABLE retention_policies (
    document_type TEXT COLLATE "C" PRIMARY KEY,
    -- Days after the last change of a document that waits for nobody.
    days BIGINT NOT NULL CHECK (days > 0),
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

-- Documents that must be kept whatever a policy says, and why.
CREATE TABLE legal_holds (
    document_id TEXT COLLATE "C" PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    held_by TEXT NOT NULL,
    held_at BIGINT NOT NULL
);
