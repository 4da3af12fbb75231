-- Readers outside of this machine that documents may be sent to, once somebody has accepted it.
CREATE TABLE outside_readers (
    name TEXT PRIMARY KEY,
    -- Where it is and how it is spoken to, as JSON.
    configuration TEXT NOT NULL,
    -- Its key, sealed; null where it needs none.
    sealed_key TEXT,
    set_by TEXT NOT NULL REFERENCES users (id),
    set_at BIGINT NOT NULL,
    -- Version of the sentence that was accepted; null while it is off.
    accepted BIGINT,
    accepted_by TEXT REFERENCES users (id),
    accepted_at BIGINT
);

CREATE INDEX outside_readers_set_by ON outside_readers (set_by);
CREATE INDEX outside_readers_accepted_by ON outside_readers (accepted_by);
