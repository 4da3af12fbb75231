-- When a job was last claimed and when it ended: for statistics, and to drop what ended long ago.
ALTER TABLE jobs ADD COLUMN claimed_at INTEGER;
ALTER TABLE jobs ADD COLUMN ended_at INTEGER;

UPDATE jobs SET ended_at = changed_at WHERE state IN ('done', 'failed', 'cancelled');

CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL;

-- Who works on which queue, as long as he says so again and again.
CREATE TABLE workers (
    -- The process.
    id TEXT NOT NULL,
    queue TEXT NOT NULL,
    concurrency INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (id, queue)
) STRICT;

-- When each recurring job comes next.
CREATE TABLE schedules (
    name TEXT PRIMARY KEY,
    next_at INTEGER NOT NULL
) STRICT;

-- Roles that one process has at a time, such as keeping the schedules.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    leased_until INTEGER NOT NULL
) STRICT;
