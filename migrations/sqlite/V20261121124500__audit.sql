-- Who did what. Appended in the transaction of the act, never changed: each entry holds the hash of the one
-- before it, and a seal that only the holder of the keys can make.
CREATE TABLE audit (
    -- 1, 2, 3 …, without gaps.
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- NULL where nobody had signed in, or the program acted by itself.
    user_id TEXT,
    -- The door: desktop, network, command_line, or program.
    door TEXT NOT NULL,
    act TEXT NOT NULL,
    -- The document, user or other thing it was done to.
    subject TEXT,
    -- Words and numbers as a JSON object; personal values only as digests.
    details TEXT NOT NULL,
    -- What the digests were salted with; destroyed with the person's data, and not part of the hash.
    salt TEXT,
    hash TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;

CREATE INDEX audit_subject ON audit (subject, sequence);
